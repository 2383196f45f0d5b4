"""What a query parameter's text stands for by its schema."""

from collections.abc import Mapping, Sequence
from typing import Any

from mock_server.contract import rules
from mock_server.contract.json_text import read_json
from mock_server.contract.problems import type_name
from mock_server.contract.resource import types_of

Node = Mapping[str, Any]


def from_text(node: Node, texts: Sequence[str]) -> Any:
    """Return what a query parameter's text stands for by its schema.

    Text that stands for nothing of the schema's types stays text, for the validator to refuse.
    """
    types = types_of(node)
    if "array" in types:
        return [from_text(node.get("items", {}), [each]) for each in texts]
    if len(texts) > 1:
        return list(texts)
    return _value_of(texts[0], types)


def _value_of(text: str, types: frozenset[str]) -> Any:
    if "null" in types and text in {"", "null"}:
        return None
    if types & {"integer", "number", "boolean"}:
        try:
            value = read_json(text)
        except ValueError:
            return text
        # In a query string a count is written as one, though in JSON 5.0 is 5.
        if "number" not in types and type(value) is int and {*".eE"} & {*text}:
            return text
        if type_name(value) in {*types, "integer"} and rules.has_type(value, types):
            return value
        # A fraction is refused as what it is, and not as text.
        if "integer" in types and isinstance(value, float) and not value.is_integer():
            return value
    return text
