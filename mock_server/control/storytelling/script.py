"""What a story consists of, as its YAML file says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, TypeVar

from mock_server import shipped

T = TypeVar("T")
_FOLDER = "stories"


@dataclass(frozen=True)
class SentCall:
    """A call that a step makes: `send` is its method and path, `keep` what is kept of the reply.

    `show` names what of the reply is worth seeing, by path; without it the whole reply is.
    """

    send: str
    body: Any = None
    keep: Mapping[str, str] = field(default_factory=dict)
    show: Sequence[str] = ()
    is_refused: bool = False


@dataclass(frozen=True)
class Look:
    """What somebody sees in a system after a step: a read, and the facts that it shows.

    `show` gives the path of each fact by its name. With `rows` they are shown of each element of
    the list at that path.
    """

    who: str
    where: str
    read: str
    show: Mapping[str, str]
    rows: str | None = None


@dataclass(frozen=True)
class Step:
    """Somebody does something: in one sentence, by calls, and with what is to be seen then."""

    title: str
    who: str
    does: str
    calls: Sequence[SentCall]
    sees: Sequence[Look]


@dataclass(frozen=True)
class Story:
    """A story: its `prelude` are the calls that come before the first step."""

    name: str
    title: str
    about: str
    steps: Sequence[Step]
    prelude: Sequence[SentCall] = ()


@cache
def every() -> Mapping[str, Story]:
    """Return the stories that are shipped, by name; raises `ValueError` for a file that is none."""
    paths = sorted((shipped.folder("fixtures") / _FOLDER).glob("*.yaml"))
    told = [_story(path.stem, shipped.read_yaml(path)) for path in paths]
    return {each.name: each for each in told}


def _story(name: str, said: Mapping[str, Any]) -> Story:
    steps = [_step(f"{name}: step {number}", each) for number, each in enumerate(said["steps"], 1)]
    prelude = [_made(SentCall, f"{name}: prelude", each) for each in said.get("prelude", ())]
    return _made(Story, name, {**said, "name": name, "steps": steps, "prelude": prelude})


def _step(place: str, said: Mapping[str, Any]) -> Step:
    calls = [_made(SentCall, place, each) for each in said["calls"]]
    sees = [_made(Look, place, each) for each in said["sees"]]
    return _made(Step, place, {**said, "calls": calls, "sees": sees})


def _made(kind: type[T], place: str, said: Mapping[str, Any]) -> T:
    """Return what a part of a file stands for; raises `ValueError` for a key that means nothing."""
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    if odd := said.keys() - known:
        raise ValueError(f"{place}: {', '.join(sorted(odd))} is none of {', '.join(sorted(known))}")
    return kind(**said)
