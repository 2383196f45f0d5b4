"""One operation as Markdown: what it takes, what it replies, how sure we are, an example."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.contract.conditions import sentences
from mock_server.contract.resource import types_of

Node = Mapping[str, Any]

_JSON = "application/json"
_MOST_DEPTH = 4
_HEAD = "| field | type | required | meaning |\n|---|---|---|---|"


class OperationPage:
    """Renders the operations of one contract."""

    def __init__(self, root: Node) -> None:
        """Take the whole contract, its examples included."""
        self._root = root

    def render(self, method: str, path: str, said: Node) -> str:
        """Return an operation as Markdown."""
        return "\n".join(self._lines(method.upper(), path, said))

    def _lines(self, method: str, path: str, said: Node) -> Iterator[str]:
        yield f"# {method} {path}\n\n{said.get('summary', '')}. {said.get('description', '')}\n"
        yield f"- Evidence: {said['x-evidence']} ({said['x-source']})"
        names = {"x-vendor": "PMS", "x-generic": "Same as the generic operation"}
        yield from (f"- {label}: {said[name]}" for name, label in names.items() if name in said)
        yield from (f"- Assumed: {each}" for each in said.get("x-assumed", ()))
        parameters = [self._resolved(each) for each in said.get("parameters", ())]
        if parameters:
            yield f"\n## Parameters\n\n{_HEAD.replace('field', 'name')}"
            yield from (self._parameter(each) for each in parameters)
        body = self._content(said.get("requestBody", {}))
        if body:
            yield from self._body(body)
        yield "\n## Replies\n"
        for status, response in said.get("responses", {}).items():
            yield f"- {status}: {self._resolved(response)['description']}"
        yield from self._reply(said)

    def _parameter(self, said: Node) -> str:
        schema = {**self._resolved(said["schema"])}
        told = f"{said.get('description', '')} ({said['in']})"
        return self._row(said["name"], schema, told, is_required=said.get("required", False))

    def _body(self, content: Node) -> Iterator[str]:
        schema = self._resolved(content["schema"])
        yield f"\n## Body\n\n{_HEAD}"
        yield from self._fields(schema, "", 0)
        told = [each for one in schema.get("x-conditions", ()) for each in sentences(one)]
        if told:
            yield ""
            yield from (f"- {each}." for each in told)
        if "example" in content:
            yield f"\n### Example\n\n{_fenced(content['example'])}"

    def _reply(self, said: Node) -> Iterator[str]:
        content = self._content(said.get("responses", {}).get("200", {}))
        if "example" in content:
            yield f"\n### Example of a reply\n\n{_fenced(content['example'])}"

    def _fields(self, schema: Node, before: str, depth: int) -> Iterator[str]:
        required = schema.get("required", ())
        for name, each in schema.get("properties", {}).items():
            known, full = self._resolved(each), f"{before}{name}"
            is_required = name in required
            yield self._row(full, known, known.get("description", ""), is_required=is_required)
            inner = self._inner(known)
            if inner is not None and depth < _MOST_DEPTH:
                end = "[]." if "items" in known else "."
                yield from self._fields(inner, f"{full}{end}", depth + 1)

    def _inner(self, schema: Node) -> Node | None:
        """Return the object that a field is, or that its array holds."""
        known = self._resolved(schema.get("items", schema))
        for each in (known, *map(self._resolved, known.get("anyOf", ()))):
            if "properties" in each:
                return each
        return None

    def _row(self, name: str, schema: Node, told: str, *, is_required: bool) -> str:
        words = " ".join(told.split()).replace("|", "\\|")
        needed = "yes" if is_required else ""
        return f"| `{name}` | {self._type(schema)} | {needed} | {words} |"

    def _type(self, schema: Node) -> str:
        if "enum" in schema:
            return ", ".join(f"`{json.dumps(each)}`" for each in schema["enum"])
        if "anyOf" in schema:
            names = (self._type(self._resolved(each)) for each in schema["anyOf"])
            return " or ".join(dict.fromkeys(names))
        named = " or ".join(sorted(types_of(schema))) or "any"
        items = f" of {self._type(self._resolved(schema['items']))}" if "items" in schema else ""
        limits = [f"{word} {schema[key]}" for key, word in _LIMITS.items() if key in schema]
        return ", ".join([f"{named}{items}", *limits])

    def _content(self, node: Node) -> Node:
        found: Node = self._resolved(node).get("content", {}).get(_JSON, {})
        return found

    def _resolved(self, node: Node) -> Node:
        while "$ref" in node:
            _, _, kind, name = node["$ref"].split("/")
            beside = {key: each for key, each in node.items() if key != "$ref"}
            node = {**self._root["components"][kind][name], **beside}
        return node


_LIMITS = {
    "format": "format",
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "minLength": "length at least",
    "maxLength": "length at most",
    "minItems": "items at least",
    "maxItems": "items at most",
}


def _fenced(value: object) -> str:
    return f"```json\n{json.dumps(value, indent=2, ensure_ascii=False)}\n```"
