"""Does a module say by its name what it holds, and does a unit test sit where its module does?"""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "mock_server"
UNIT_TESTS = REPOSITORY / "tests" / "unit"

# A module that needs one of these has not found its idea yet.
EMPTY_NAMES = {
    "base",
    "common",
    "data",
    "handler",
    "handlers",
    "helper",
    "helpers",
    "info",
    "manager",
    "misc",
    "process",
    "service",
    "services",
    "util",
    "utils",
}
EMPTY_ENDINGS = ("Base", "Data", "Handler", "Helper", "Info", "Manager", "Service", "Utils")

MODULES = sorted(PACKAGE.rglob("*.py"))
UNIT_TEST_FILES = sorted(UNIT_TESTS.rglob("test_*.py"))


def name_of(path: Path) -> str:
    """Shorten a path to what a reader would call it."""
    return path.relative_to(REPOSITORY).as_posix()


def mirrored(test: Path) -> Path:
    """Find the module, or the package, that a unit test is about, without its ending."""
    folder, name = test.relative_to(UNIT_TESTS).parent, test.stem.removeprefix("test_")
    # Beside the tests of its modules, a package's own test bears the package's name.
    return PACKAGE / folder if name == folder.name else PACKAGE / folder / name


def test_there_is_something_to_name() -> None:
    assert MODULES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    words = {*path.relative_to(PACKAGE).parent.parts, path.stem}
    assert words.isdisjoint(EMPTY_NAMES)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_class_is_named_for_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if name.endswith(EMPTY_ENDINGS)] == []


@pytest.mark.parametrize("path", UNIT_TEST_FILES, ids=name_of)
def test_a_unit_test_mirrors_a_module(path: Path) -> None:
    module = mirrored(path)
    assert module.with_suffix(".py").is_file() or (module / "__init__.py").is_file()
