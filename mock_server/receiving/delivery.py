"""What a delivery brought, what is thought of its signature, and what it was answered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from mock_server.signatures import is_signed_by

_TEXT = object()  # What the value of a body is that holds no JSON.


class Verdict(StrEnum):
    """What a signature turned out to be."""

    VALID = "valid"
    WRONG = "wrong"
    NONE = "none"
    UNCHECKED = "unchecked"


def verdict(secrets: Sequence[str], body: bytes, signature: str | None) -> Verdict:
    """Judge the signature of a body; one secret that fits is enough, and without any none does."""
    if not secrets:
        return Verdict.UNCHECKED
    if signature is None:
        return Verdict.NONE
    # No secret is left out once one fits, so that the time does not tell which it was.
    fitting = [is_signed_by(secret, body, signature) for secret in secrets]
    return Verdict.VALID if any(fitting) else Verdict.WRONG


@dataclass(frozen=True)
class Answer:
    """What a delivery is answered, and a sentence on why, where that is not plain."""

    status: int
    content: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    note: str | None = None


def own_answer(value: dict[str, object], status: int = 200, note: str | None = None) -> Answer:
    """Return an answer of the receiver itself, as JSON."""
    return Answer(status, json.dumps(value).encode() + b"\n", note=note)


@dataclass(frozen=True)
class Delivery:
    """One POST that reached the receiver; its headers may hold secrets and are not kept."""

    path: str
    body: bytes
    verdict: Verdict

    @property
    def is_json(self) -> bool:
        return self.value is not _TEXT

    @cached_property
    def value(self) -> Any:
        """Return the body as parsed JSON; a body that is not JSON has no value to ask for."""
        try:
            value = json.loads(self.body)
            # What cannot be written as JSON again, endless numbers or depth, is shown as text.
            json.dumps(value, allow_nan=False, indent=2)
        except (ValueError, RecursionError):
            return _TEXT
        return value

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "backslashreplace")

    @property
    def trigger(self) -> str | None:
        """Return what set the webhook off: Propexo calls it trigger, LeadPro event."""
        return _first(self._at("trigger"), self._at("event"))

    @property
    def model(self) -> str | None:
        """Return what kind of record it tells of, as Propexo spells it: `resident-charges`."""
        return _first(self._at("data", "object"), self._at("meta", "object"))

    @property
    def record_id(self) -> str | None:
        return _first(self._at("data", "record_id"), self._at("data", "id"))

    def _at(self, *names: str) -> Any:
        found = self.value
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found


def _first(*found: Any) -> str | None:
    """Return the first that could be a name or an id; anything may stand in a body."""
    return next((str(each) for each in found if isinstance(each, str | int)), None)
