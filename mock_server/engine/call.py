"""The two values everything passes around: what was asked, and what is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from mock_server.contract.json_text import write_json
from mock_server.contract.operation import Operation
from mock_server.engine.faults.damage import Damage
from mock_server.settings import Settings
from mock_server.world.queries import EVERYTHING, Selection
from mock_server.world.records import Collection
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

if TYPE_CHECKING:
    from mock_server.engine.api import Api


@dataclass(frozen=True)
class Question:
    """What a query string asks for: its values, and of a list which records, and how many.

    `limit` None asks for all there are. `drift` is by how much the records have moved up, or down,
    since an earlier page.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    selection: Selection = EVERYTHING
    offset: int = 0
    limit: int | None = None
    drift: int = 0


class Arrival(NamedTuple):
    """Where and when a call arrived: a world, its time then, and the label of the credential."""

    world: str
    at: datetime
    label: str | None = None


@dataclass
class Call:
    """One request, without its transport.

    `path` holds the path's parameters, `query_text` and `content` what arrived; `question` and
    `body` are what they stand for, once they have been checked. `headers` have lower-case names.
    `arrival` is None until the call has reached a world. `binding` is the operation by whose rules
    it was checked. `findings` is what an Api has looked up for it, so that it is looked up once.
    """

    api: "Api"
    operation: Operation
    settings: Settings
    path: Mapping[str, str]
    headers: Mapping[str, str]
    query_text: str = ""
    content: bytes = b""
    question: Question = Question()
    body: dict[str, Any] = field(default_factory=dict)
    arrival: Arrival | None = None
    binding: Operation | None = None
    findings: dict[str, Any] = field(default_factory=dict)

    @property
    def record_id(self) -> str:
        """Return the last parameter of the path, which names the record."""
        return self.path[self.operation.path_names[-1]]

    def records(self, world: World, resource: str | None = None) -> Collection:
        """Return the world's records of the operation's resource, or of another of the Api."""
        return self.api.records(world, resource or self.operation.resource or "")


@dataclass(frozen=True)
class Reply:
    """One answer, without its transport: a status, headers of its own, and text in UTF-8.

    The text is JSON where no header says otherwise.

    `delay_seconds` is how long it is held back on its way. What `afterwards` returns takes its
    place. It is asked once the call's turn in its world is over: what waits for other worlds, or
    for receivers that call the sandbox back, would keep them out of this world. `reason` is for the
    log alone and says why the call was refused; the content says it to the caller, in the vendor's
    shape. `damage` is what happens to it on its way, because of the `faults` that struck the call.
    The status 0 stands for no reply at all.
    """

    content: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0
    afterwards: "Callable[[Worlds], Reply] | None" = None
    reason: str = ""
    damage: Damage | None = None
    faults: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the content as text."""
        return self.content.decode()


def reply(value: Any, status: int = 200, **headers: str) -> Reply:
    """Return the answer that carries this value as JSON."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(write_json(value).encode(), status, named)
