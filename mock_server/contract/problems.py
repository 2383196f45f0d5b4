"""What can be wrong with a value, said in the words of no vendor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

_TYPE_NAMES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array"}
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a call: which rule is broken, where, and what would be right.

    `rule` is one of required, type, enum, pattern, format, min_length, max_length, minimum,
    maximum, exclusive_minimum, min_items, max_items, max_json_bytes, unknown, any_of, reference,
    condition. `expected` is the rule's own value (a limit, the options, a format's name, a type or
    a tuple of several, the schemas of the `any_of` alternatives, the names that are known beside an
    unknown one). `received` is the value found (absent for `required`). `advice` is a whole
    sentence, where the rule alone does not say what to do. `branches` are the problems of each
    `any_of` alternative. `example` is a value that would be right, where the contract gives one.
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


def flatten(messages: Any, value: Any, path: Path = ()) -> Iterator[Problem]:
    """Yield every problem in marshmallow's nested messages about `value`, each with its path."""
    if isinstance(messages, Problem):
        yield messages.at(path, value)
    elif isinstance(messages, Mapping):
        for key, inner in _in_order(messages, value):
            yield from flatten(inner, _value_at(value, (key,)), (*path, key))
    elif isinstance(messages, Sequence):
        for inner in messages:
            yield from flatten(inner, value, path)


def _in_order(messages: Mapping[Any, Any], value: Any) -> list[tuple[Any, Any]]:
    """Return the messages as they came, those about unknown keys last and in the keys' own order.

    Marshmallow finds unknown keys in the order of a set, which another run would not repeat.
    """
    keys = list(value) if isinstance(value, Mapping) else []
    return sorted(
        messages.items(), key=lambda each: keys.index(each[0]) if _is_unknown(each[1]) else -1
    )


def _is_unknown(inner: Any) -> bool:
    if isinstance(inner, Mapping):
        return False
    return any(each.rule == "unknown" for each in flatten(inner, None))


def _value_at(value: Any, path: Path) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
