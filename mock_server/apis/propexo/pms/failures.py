"""What does a PMS answer when a write to it fails?

No vendor documents its messages: those of `fixtures/propexo/failures.yaml` are invented, after the
manner of each system. Some are JSON in a string, as the errors of a write status often are
(reference: write status).
"""

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from string import Template
from types import MappingProxyType
from typing import Any

from mock_server import shipped
from mock_server.nearest import unknown

# The PMS refuses a value, has such a record already, refuses the credentials, is not there, does
# not answer in time, writes the record without something that was attached to it, no longer has
# the record that is to be changed, or has no slot at the time of an appointment.
KINDS = ("validation", "conflict", "login", "down", "timeout", "partial", "missing", "slot")
# What a message says of a write where the caller says nothing of it.
UNKNOWN: Mapping[str, str] = MappingProxyType(
    {"model": "record", "operation": "write", "name": "(unnamed)", "reason": "not available"}
)
_GENERIC = "generic"


def errors(vendor: str, kind: str, **facts: str) -> list[str]:
    """Return the errors of a failed write as the vendor's system words them, one at least.

    `facts` fill the messages: `model` is what was written, in words and singular ("service
    request"), `operation` a verb ("create"), `name` what the record is called, and `reason` what is
    wrong with the time of an appointment; any other is without effect. A vendor that is not listed
    gets the generic messages. Raises `ValueError` for a kind that is none of `KINDS`, with the
    nearest one.
    """
    if kind not in KINDS:
        raise ValueError(unknown("kind of failure", kind, KINDS))
    messages = _messages()
    said = messages.get(vendor, {}).get(kind) or messages[_GENERIC][kind]
    return [_worded(each, {**UNKNOWN, **facts}) for each in said]


@cache
def _messages() -> dict[str, dict[str, list[Any]]]:
    path = shipped.folder("fixtures") / "propexo" / "failures.yaml"
    messages: dict[str, dict[str, list[Any]]] = shipped.read_yaml(path)
    return messages


def _worded(message: Any, facts: Mapping[str, str]) -> str:
    if not isinstance(message, str):
        return json.dumps(_filled(message, facts), separators=(",", ":"), ensure_ascii=False)
    if message.startswith("<"):
        facts = {name: escape(fact, quote=False) for name, fact in facts.items()}
    return Template(message).substitute(facts)


def _filled(part: Any, facts: Mapping[str, str]) -> Any:
    """Fill the texts within a message before it becomes JSON, so that a quote breaks nothing."""
    if isinstance(part, str):
        return Template(part).substitute(facts)
    if isinstance(part, list):
        return [_filled(each, facts) for each in part]
    if isinstance(part, dict):
        return {name: _filled(each, facts) for name, each in part.items()}
    return part
