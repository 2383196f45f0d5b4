"""What a scenario says: records by resource, and how a world that has them begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]


class ScenarioError(ValueError):
    """A scenario that cannot be used; the message says where, why, and what would be right."""


@dataclass(frozen=True)
class Records:
    """The records of one file; `table` is the Api's name and the resource's, with a slash."""

    file: str
    table: str
    records: Sequence[Any]


@dataclass(frozen=True)
class Scenario:
    """Records and a beginning under a name.

    `terms` is what `scenario.yaml` says, `file` its name in messages.
    """

    name: str
    file: str
    terms: Mapping[str, Any] = field(default_factory=dict)
    records: Sequence[Records] = ()

    @property
    def adds_nothing(self) -> bool:
        """Say whether a world has the seeded records and no others."""
        return not (self.records or self.terms.get("remove"))
