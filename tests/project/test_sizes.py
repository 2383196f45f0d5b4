"""Is every part still small enough to read in one sitting?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
MODULES = sorted((REPOSITORY / "mock_server").rglob("*.py"))
TESTS = sorted((REPOSITORY / "tests").rglob("test_*.py"))

MODULE_LINES = 250
FUNCTION_LINES = 30
TEST_LINES = 40
ARCHITECTURE_LINES = 80

# A table of facts may be long. Each exemption gives its reason.
LONG_MODULES: dict[str, str] = {}


def name_of(path: Path) -> str:
    """Shorten a path to what a reader would call it."""
    return path.relative_to(REPOSITORY).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the number of lines of each function in a file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def longer_than(limit: int, path: Path) -> list[str]:
    """Name the functions of a file that have more lines than the limit."""
    return [f"{name} ({lines} lines)" for name, lines in functions(path) if lines > limit]


def lines_of(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def test_there_is_something_to_measure() -> None:
    assert MODULES
    assert TESTS


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short(path: Path) -> None:
    assert lines_of(path) <= MODULE_LINES or name_of(path) in LONG_MODULES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    assert longer_than(FUNCTION_LINES, path) == []


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_tests_are_short(path: Path) -> None:
    assert longer_than(TEST_LINES, path) == []


@pytest.mark.parametrize("name", LONG_MODULES)
def test_an_exemption_is_still_needed(name: str) -> None:
    assert lines_of(REPOSITORY / name) > MODULE_LINES


def test_the_architecture_fits_in_the_head() -> None:
    assert lines_of(REPOSITORY / "ARCHITECTURE.md") <= ARCHITECTURE_LINES
