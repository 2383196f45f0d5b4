"""Does a start that finds its records in the cache do without what only seeding needs?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "mock_server"
PORTFOLIO = PACKAGE / "apis" / "propexo" / "portfolio"
LATE = ("faker", "yaml", "mock_server.apis.propexo.portfolio")


def imported_at_once(path: Path) -> Iterator[str]:
    """Yield what a module imports when it is imported itself."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize("name", LATE)
def test_it_is_imported_where_it_is_first_needed(name: str) -> None:
    modules = [each for each in PACKAGE.rglob("*.py") if PORTFOLIO not in each.parents]
    assert len(modules) > 200
    at_once = {each: [*imported_at_once(each)] for each in modules}
    found = [
        each.name
        for each, names in at_once.items()
        if any(one == name or one.startswith(f"{name}.") for one in names)
    ]
    assert found == []
