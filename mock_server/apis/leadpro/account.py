"""Whose leads these are: the account, its offices, statuses and stages, from fixtures/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mock_server import shipped

LEAD_TYPES = ("sale", "let", "vendor", "landlord", "mortgage_request")


@dataclass(frozen=True)
class Account:
    """The estate agency that every token of the sandbox belongs to."""

    id: int
    name: str
    offices: Sequence[Mapping[str, Any]]
    statuses: Sequence[Mapping[str, Any]]
    stages: Mapping[int, str]


@cache
def account() -> Account:
    """Return the agency as fixtures/leadpro/account.yaml describes it."""
    said = shipped.read_yaml(shipped.folder("fixtures") / "leadpro" / "account.yaml")
    return Account(
        id=said["account"]["id"],
        name=said["account"]["name"],
        offices=[{"lead_types": LEAD_TYPES, **each} for each in said["offices"]],
        statuses=said["statuses"],
        stages={each["id"]: each["name"] for each in said["stages"]},
    )
