"""Can no text that somebody sends keep a regular expression busy?"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mock_server.app import every_api
from tests.project.ambiguity import can_be_slow

PACKAGE = Path(__file__).parents[2] / "mock_server"
ANCHORED = frozenset({"match", "fullmatch"})
# Patterns that could be slow, and why nobody can make them so.
TRUSTED = {
    "contract/json_text.py _TEXT_OR_NUMBER": "it reads our own JSON: texts end, numbers are short",
    "contract/rules.py _PIECE": "it reads patterns of contracts",
    "apis/propexo/records/amenities.py _WORD": "a letter less always fits its first alternative",
}
# Where a pattern is not written out, and why that is well.
NOT_WRITTEN_OUT = {
    "contract/document.py": "it only compiles the patterns of contracts",
    "contract/kinds.py": "it is empty",
    "contract/rules.py": "it takes the patterns of contracts, which are tested here",
    "service_links.py": "it reads names and values of environment variables",
    "apis/propexo/portfolio/values.py": "it reads names of fields, from a contract",
}
# All of them together take some seconds of a processor; one that is quadratic takes minutes.
CPU_SECONDS = 60
LENGTH = 80_000


class Pattern(NamedTuple):
    """A regular expression, and whether it is tried at one place of a text only."""

    text: str
    flags: int
    is_anchored: bool


def of_contracts() -> set[Pattern]:
    return {
        Pattern(schema["pattern"], 0, is_anchored=False)
        for api in every_api()
        for _, schema in api.catalogue.document.every_schema()
        if "pattern" in schema
    }


@cache
def of_code() -> dict[str, Pattern]:
    """Return the patterns that stand in the code, by file and line, or by the name they have."""
    return {place: each for path in PACKAGE.rglob("*.py") for place, each in _of_file(path)}


def _of_file(path: Path) -> Iterator[tuple[str, Pattern]]:
    tree, file = ast.parse(path.read_text(encoding="utf-8")), path.relative_to(PACKAGE).as_posix()
    names = {
        id(node.value): node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _module_of(node.func) == "re":
            name = names.get(id(node), f"line {node.lineno}")
            yield f"{file} {name}", _read(node, _uses(tree, name) or {node.func.attr})  # type: ignore[attr-defined]


def _module_of(function: ast.expr) -> str | None:
    is_method = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return function.value.id if is_method and function.attr != "escape" else None  # type: ignore[attr-defined]


def _uses(tree: ast.AST, name: str) -> set[str]:
    """Return the methods of a compiled pattern that its module calls."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }


def _read(call: ast.Call, uses: set[str]) -> Pattern:
    said = call.args[0]
    text = said.value if isinstance(said, ast.Constant) else ""
    flags = [each for each in ast.walk(call) if _module_of(each) == "re"]  # type: ignore[arg-type]
    known = (getattr(re, each.attr) for each in flags)  # type: ignore[attr-defined]
    combined = sum(int(each) for each in known if isinstance(each, re.RegexFlag))
    return Pattern(str(text), combined, is_anchored=uses <= ANCHORED)


@pytest.mark.parametrize(
    ("pattern", "is_anchored"),
    [
        (r"(a*)*b", True),
        (r"(a|a)*b", True),
        (r"(a|aa)+$", True),
        (r"a*a*b", True),
        (r".*.*=.*", True),
        (r"([a-z]+)+\d", True),
        (r"[A-Za-z\s]*={0,2}\s*", True),
        (r"T\d\d:\d\d\S* \d\d:?\d\d$", False),
        (r"\s*x", False),
        (r"\d+$", False),
        (r"^\s+|\s+$", False),
        (r"a{0,5000}a{0,5000}b", True),
    ],
)
def test_a_pattern_that_can_be_slow_is_found(pattern: str, is_anchored: bool) -> None:  # noqa: FBT001
    assert can_be_slow(pattern, is_anchored=is_anchored)


@pytest.mark.parametrize(
    ("pattern", "is_anchored"),
    [
        (r"^\d{10}$", False),
        (r"abc.*def", True),
        (r"([a-z]+\d)+", True),
        (r'"(?:[^"\\]|\\.)*"', True),
        (r"\d", False),
        (r"[A-Z]?[a-z]+", False),
        (r"[a-z]{1,63}(\.[a-z]{1,63})*", True),
    ],
)
def test_a_pattern_that_is_always_quick_passes(pattern: str, is_anchored: bool) -> None:  # noqa: FBT001
    assert not can_be_slow(pattern, is_anchored=is_anchored)


def test_no_pattern_of_a_contract_can_be_slow() -> None:
    found = of_contracts()
    assert len(found) > 10
    assert [each for each in found if can_be_slow(*each[:2], is_anchored=False)] == []


def test_no_pattern_of_the_code_can_be_slow() -> None:
    found = {place: each for place, each in of_code().items() if each.text}
    assert len(found) > 15
    slow = [
        place
        for place, each in found.items()
        if can_be_slow(each.text, each.flags, is_anchored=each.is_anchored)
    ]
    assert [each for each in slow if each not in TRUSTED] == []


def test_every_pattern_of_the_code_is_written_out() -> None:
    unread = {place.split()[0] for place, each in of_code().items() if not each.text}
    assert unread <= {*NOT_WRITTEN_OUT}


# What runs in a process of its own, which can be ended: all patterns over all texts.
TRIAL = """
import json, re, resource, sys
from itertools import product
patterns, units, length, seconds = json.load(sys.stdin)
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
for text, flags, is_anchored in patterns:
    tried = re.compile(text, flags)
    for first, second, end in product(units, units, ("", "!", "\\\\0")):
        worst = (first + second) * (length // (len(first) + len(second))) + end
        (tried.fullmatch if is_anchored else tried.search)(worst)
"""


def test_no_text_of_very_many_characters_takes_long() -> None:
    patterns: list[Any] = [*of_contracts()]
    patterns += [each for place, each in of_code().items() if place not in TRUSTED]
    units = ["0", "a", "A", " ", ".", "=", "-", "_", "1h", "aA", "0.", " =", "T00:00", '\\"']
    told = json.dumps([patterns, units, LENGTH, CPU_SECONDS])
    ended = subprocess.run([sys.executable, "-c", TRIAL], input=told, text=True, check=False)
    assert ended.returncode == 0
