"""What is told to a webhook, how it travels, and what came of one attempt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Retries:
    """How often a vendor tries a failed delivery again, and after how long each time."""

    most: int = 0
    after: timedelta = timedelta()


# Carries the id of a delivery, so that a sandbox can tell a webhook from any other call.
DELIVERY_HEADER = "x-mock-delivery"


@dataclass(frozen=True)
class Message:
    """What is to be told to one webhook: of which event, and in which text.

    `webhook` is the table and id of the record that ordered it; while that is gone or switched
    off nothing is sent. A `secret` signs the body in the header `signed_in`. `why` is a sentence
    for the delivery log.
    """

    api: str
    webhook: tuple[str, str]
    event: str
    url: str
    body: str
    why: str
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: str | None = None
    signed_in: str = ""
    record_id: str | None = None
    retries: Retries = Retries()


@dataclass(frozen=True)
class Request:
    """One attempt as it goes over the wire; those of one `lane` go one after the other."""

    lane: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class AttemptResult:
    """What became of one attempt: the reply, or else one sentence that says why there is none.

    `milliseconds` is the machine's time it took. A blocked attempt was not made, or led back to a
    sandbox; it is never made again.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    milliseconds: float = 0.0
    error: str | None = None
    is_blocked: bool = False

    @property
    def is_success(self) -> bool:
        """Say whether the reply is any 2xx (guide: webhooks overview)."""
        return self.status is not None and 200 <= self.status < 300
