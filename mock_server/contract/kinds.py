"""What kind of thing an operation does: the ordered rules, and the words they use."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from mock_server.contract.document import ContractError


class Kind(StrEnum):
    """What an operation does to its resource."""

    LIST = "list"
    FETCH = "fetch"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    ACTION = "action"  # Anything else: a behaviour says what it does.
    UNSUPPORTED = "unsupported"  # The vendor documents it as something that cannot be done.


class Rule(NamedTuple):
    """Operations with one of these methods and a path like this are of this kind."""

    methods: frozenset[str]
    path: re.Pattern[str]
    kind: Kind


_ONE = re.compile(r"\}/?$")  # The path ends in a parameter, so it names one record.
_ALL = re.compile(r"^[^{]*$")  # The path has no parameter at all.
_ANY = re.compile(r"")

# The first rule that fits decides. An operation that none fits must say `x-kind` itself.
RULES = (
    Rule(frozenset({"GET"}), _ONE, Kind.FETCH),
    Rule(frozenset({"GET"}), _ANY, Kind.LIST),
    Rule(frozenset({"POST"}), _ALL, Kind.CREATE),
    Rule(frozenset({"PUT", "PATCH"}), _ONE, Kind.UPDATE),
    Rule(frozenset({"DELETE"}), _ONE, Kind.DELETE),
)


def classify(method: str, path: str, said: Mapping[str, Any]) -> Kind:
    """Return the kind the operation states, else the one the rules give.

    Raises `ContractError` when neither knows, or when the stated kind is no kind.
    """
    stated = said.get("x-kind")
    if stated is not None:
        if stated not in set(Kind):
            raise ContractError(f"{method} {path}: x-kind {stated!r} is none of {[*Kind]}")
        return Kind(stated)
    for rule in RULES:
        if method in rule.methods and rule.path.search(path):
            return rule.kind
    raise ContractError(f"{method} {path}: no rule gives its kind; say x-kind, one of {[*Kind]}")
