"""What a receiver of Propexo's webhooks is put through, and which answers pass."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mock_server.signatures import sign

# The documents name no limit. It is the largest body that the sandbox itself takes.
_LARGE_BYTES = 1_048_576
_RECORD = "cm5w0c3d4000208l4e5g1j9m6"
_JOB = "cm5w0a1b2000108l4d3f9h7k2"

Signing = Callable[[str, bytes], str | None]


def _rightly(secret: str, body: bytes) -> str:
    return sign(secret, body)


def _by_another(secret: str, body: bytes) -> str:
    return sign(f"{secret}, but another", body)


def _of_another_body(secret: str, body: bytes) -> str:
    return sign(secret, body + b" ")


def _not_at_all(_secret: str, _body: bytes) -> None:
    return None


def _in_no_ascii(_secret: str, _body: bytes) -> str:
    return "é" * 64


@dataclass(frozen=True)
class Trial:
    """Some deliveries in a row, each of which has to be taken (2xx), or refused (4xx)."""

    name: str
    demand: str
    bodies: tuple[bytes, ...]
    signing: Signing = _rightly
    is_refused: bool = False

    def passes(self, status: int) -> bool:
        """Say whether the status of an answer is as demanded."""
        return status // 100 == (4 if self.is_refused else 2)


def _message(trigger: str, **told: Any) -> bytes:
    details = {
        "job_id": _JOB,
        "root_job_id": _JOB,
        "integration_id": "cm5w09zyx000008l4a1c7e5g3",
        "job_type": "READ_LEADS",
        "vendor": "ENTRATA",
        "event": trigger,
        "record_id": _RECORD,
        "object": "leads",
        **told,
    }
    meta = {"object": "leads", "integration_id": details["integration_id"]}
    message = {"trigger": trigger, "data": details, "meta": meta}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


_NEW = _message("DATA_NEW", payload={"first_name": "Zoë", "last_name": "Okafor"}, context={})
_UPDATE = _message("DATA_UPDATE", diff={"last_name": {"new": "Okoro", "previous": "Okafor"}})
_LARGE = _message("DATA_NEW", payload={"first_name": "Ada", "notes": "x" * _LARGE_BYTES})
# Whoever knows only today's triggers must not fail the day there is another.
_UNKNOWN = _message("DATA_ARCHIVED", payload={})

TRIALS = (
    Trial("signed delivery", "takes a delivery with a right signature", (_NEW,)),
    Trial("missing signature", "refuses one without", (_NEW,), _not_at_all, is_refused=True),
    Trial("wrong signature", "refuses another secret's", (_NEW,), _by_another, is_refused=True),
    Trial(
        "changed body",
        "refuses another body's signature",
        (_NEW,),
        _of_another_body,
        is_refused=True,
    ),
    Trial("odd signature", "refuses one that is not ASCII", (_NEW,), _in_no_ascii, is_refused=True),
    Trial("same delivery twice", "takes the repetition as well", (_NEW, _NEW)),
    Trial("reordered", "takes an update before the record is new", (_UPDATE, _NEW)),
    Trial("ten retries", "takes the same delivery eleven times", (_NEW,) * 11),
    Trial("unknown trigger", "takes a trigger that it does not know", (_UNKNOWN,)),
    Trial("large body", f"takes a body of over {_LARGE_BYTES:,} bytes", (_LARGE,)),
)
