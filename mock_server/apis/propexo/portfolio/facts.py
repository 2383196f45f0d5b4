"""Which facts are the same in every portfolio: the tables in `fixtures/propexo/`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from mock_server import shipped


@cache
def tables_of(file: str) -> Mapping[str, Any]:
    """Return the tables of a file by name, read when somebody first asks."""
    facts: Mapping[str, Any] = shipped.read_yaml(
        shipped.folder("fixtures") / "propexo" / f"{file}.yaml"
    )
    return facts
