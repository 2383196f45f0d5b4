"""What can be wrong with a value, said in the words of no vendor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

_TYPE_NAMES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array"}
Path = tuple[str | int, ...]

# Who is told a hundred problems has enough to mend, and a reply has to stay smaller than the call.
MOST_TOLD = 100


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a call: which rule is broken, where, and what would be right.

    `rule` is one of required, type, enum, pattern, format, min_length, max_length, minimum,
    maximum, exclusive_minimum, min_items, max_items, max_properties, max_json_bytes, unknown,
    any_of, reference, condition, more. `expected` is the rule's own value (a limit, the options, a
    format's name, a type or a tuple of several, the schemas of the `any_of` alternatives, the names
    that are known beside an unknown one; with `more`, how many other problems are not told).
    `received` is the value found (absent for `required`). `advice` is a whole sentence, where the
    rule alone does not say what to do. `branches` are the problems of each `any_of` alternative.
    `example` is a value that would be right, where the contract gives one.
    """

    rule: str
    expected: Any = None
    path: Path = ()
    received: Any = None
    advice: str = ""
    branches: tuple[tuple["Problem", ...], ...] = ()
    example: Any = None

    def at(self, path: Path, received: Any) -> "Problem":
        """Return the same problem, told where it was found and in what."""
        inner = tuple(
            tuple(each.at(path + each.path, _value_at(received, each.path)) for each in branch)
            for branch in self.branches
        )
        return replace(self, path=path, received=received, branches=inner)


def type_name(value: Any) -> str:
    """Return JSON's name of the value's type."""
    if value is None:
        return "null"
    return _TYPE_NAMES.get(type(value), "object")


def flatten(messages: Any, value: Any) -> Iterator[Problem]:
    """Yield every problem in marshmallow's nested messages about `value`, each with its path."""
    return (problem.at(path, received) for problem, path, received in _leaves(messages, value, ()))


def told(
    messages: Any, value: Any, *, most: int = MOST_TOLD, left_out: str = ""
) -> tuple[Problem, ...]:
    """Return the problems in marshmallow's messages: the first ones, and how many more there are.

    Those that break the rule `left_out` do not count.
    """
    leaves = (each for each in _leaves(messages, value, ()) if each[0].rule != left_out)
    first = [problem.at(path, received) for problem, path, received in islice(leaves, most)]
    return (*first, *_more(sum(1 for _ in leaves)))


def capped(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the first problems, and how many more there are, those counted before included."""
    every = tuple(problems)
    named = [each for each in every if each.rule != "more"]
    counted = sum(each.expected for each in every if each.rule == "more")
    return (*named[:MOST_TOLD], *_more(counted + len(named[MOST_TOLD:])))


def _more(number: int) -> list[Problem]:
    return [Problem("more", number)] if number else []


def _leaves(messages: Any, value: Any, path: Path) -> Iterator[tuple[Problem, Path, Any]]:
    if isinstance(messages, Problem):
        yield messages, path, value
    elif isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _leaves(inner, _value_at(value, (key,)), (*path, key))
    else:
        for inner in messages:
            yield from _leaves(inner, value, path)


def _value_at(value: Any, path: Path) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
