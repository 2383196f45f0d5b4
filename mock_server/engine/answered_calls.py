"""What is known of a call once it has been answered, and which calls somebody asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Caller = tuple[str | None, str | None]
# The key of the operation, the status, and the PMS whose rules the call was held to, if any.
Outcome = tuple[str | None, int, str | None]


class AnsweredCall(Protocol):
    """A call that has been answered.

    The journal gives it its number, which counts up in each world, from 1. Who keeps calls keeps
    many and reads few, so all else may be worked out when it is asked for.
    """

    number: int

    @property
    def at(self) -> datetime:
        """Return the world's time when the call arrived."""

    @property
    def api(self) -> str | None:
        """Return the name of the Api, None for a path of none."""

    @property
    def operation(self) -> str | None:
        """Return the key of the operation that took the call, None where none did."""

    @property
    def world(self) -> str:
        """Return the world of the credential."""

    @property
    def credential(self) -> str | None:
        """Return the label of the credential, never its text."""

    @property
    def caller(self) -> Caller:
        """Return the name of the Api and the label, by which calls are counted."""

    @property
    def outcome(self) -> Outcome:
        """Return how the call ended, by which calls are counted."""

    @property
    def status(self) -> int:
        """Return the status of the reply, 0 where there was none."""

    @property
    def faults(self) -> tuple[str, ...]:
        """Return the ids of the faults that struck the call."""

    @property
    def milliseconds(self) -> float:
        """Return how long the reply took, in real time."""

    @property
    def is_ours(self) -> bool:
        """Say whether the call asked something of the sandbox itself, and not of a vendor."""

    @property
    def request(self) -> "SentRequest":
        """Return what was sent."""

    @property
    def reply(self) -> "Message":
        """Return what was answered."""

    @property
    def beginning(self) -> bytes:
        """Return the first few hundred bytes of the reply, which are always kept."""

    @property
    def size(self) -> int:
        """Return about how many bytes of memory the call takes."""


@dataclass(frozen=True)
class Message:
    """What travelled one way: headers, and the body; None for one too large to be kept."""

    headers: Mapping[str, str]
    content: bytes | None
    length: int


@dataclass(frozen=True)
class SentRequest(Message):
    """What a client sent."""

    method: str
    path: str
    query: str


@dataclass(frozen=True)
class Wanted:
    """Which calls of a world somebody asks for; None or an empty value asks for any.

    `after` is the number of the last call that is not wanted.
    """

    world: str
    api: str | None = None
    operation: str | None = None
    status: int | None = None
    credential: str | None = None
    since: datetime | None = None
    after: int = 0
    with_ours: bool = False

    def takes(self, call: AnsweredCall) -> bool:
        """Say whether a call of the world is one of them."""
        return (
            call.number > self.after
            and self.api in {None, call.api}
            and self.operation in {None, call.operation}
            and self.status in {None, call.status}
            and self.credential in {None, call.credential}
            and (self.since is None or call.at >= self.since)
        )
