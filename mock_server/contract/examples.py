"""Examples of calls: a request and a reply of each operation, kept beside its contract.

No start reads them: they are merged into a contract when somebody asks for it.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from mock_server import shipped

Node = Mapping[str, Any]
Examples = Mapping[str, Mapping[str, Any]]

_METHODS = ("get", "post", "put", "patch", "delete")
_JSON = "application/json"


def path_of(name: str) -> Path:
    """Return the file that keeps the examples of a contract."""
    return shipped.folder("openapi") / name / "examples.json"


@lru_cache(maxsize=8)
def read(name: str) -> Examples:
    """Return the examples of a contract by operation key, none where it has none.

    Each may have `path` and `query` parameters, a `request` and a `reply`.
    """
    path = path_of(name)
    found: Examples = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def merged(root: Node, examples: Examples) -> Node:
    """Return a contract with the example of each operation in it."""
    if not examples:
        return root
    return {**root, "paths": {path: _item(root, path, item, examples) for path, item in _of(root)}}


def _of(root: Node) -> Iterator[tuple[str, Node]]:
    yield from root["paths"].items()


def _item(root: Node, path: str, item: Node, examples: Examples) -> Node:
    keys = {method: f"{method.upper()} {path}" for method in _METHODS if method in item}
    known = {method: key for method, key in keys.items() if key in examples}
    changed = {
        method: _operation(root, item[method], examples[key]) for method, key in known.items()
    }
    return {**item, **changed}


def _operation(root: Node, said: Node, example: Node) -> Node:
    made = dict(said)
    if "parameters" in said:
        values = {**example.get("path", {}), **example.get("query", {})}
        made["parameters"] = [_parameter(root, each, values) for each in said["parameters"]]
    if "request" in example and "requestBody" in said:
        made["requestBody"] = _with_example(root, said["requestBody"], example["request"])
    if "reply" in example and "200" in said.get("responses", {}):
        shown = _with_example(root, said["responses"]["200"], example["reply"])
        made["responses"] = {**said["responses"], "200": shown}
    return made


def _parameter(root: Node, said: Node, values: Node) -> Node:
    whole = _resolved(root, said)
    return {**whole, "example": values[whole["name"]]} if whole["name"] in values else said


def _with_example(root: Node, said: Node, value: Any) -> Node:
    whole = _resolved(root, said)
    content = whole["content"]
    return {**whole, "content": {**content, _JSON: {**content[_JSON], "example": value}}}


def _resolved(root: Node, node: Node) -> Node:
    if "$ref" not in node:
        return node
    _, _, kind, name = node["$ref"].split("/")
    found: Node = root["components"][kind][name]
    return found
