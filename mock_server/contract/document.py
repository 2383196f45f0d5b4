"""What the contract files of one Api say, read whole and refused where we would not honour them."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mock_server import shipped
from mock_server.contract.json_text import write_json

Schema = Mapping[str, Any]

HONOURED_KEYWORDS = frozenset(
    [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "format",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "minItems",
        "maxItems",
        "maxProperties",
        "anyOf",
        "$ref",
        "description",
        "title",
        "default",
        "deprecated",
        "example",
        "examples",
    ]
)
_FORMATS = frozenset({"date-time", "date", "email", "uri"})


class ContractError(ValueError):
    """A contract that cannot be served as it is written; the message names the place."""


class Document:
    """One Api's whole contract: every file of its folder bundled, with references inside only."""

    def __init__(self, name: str, root: Mapping[str, Any], *, is_sound: bool = False) -> None:
        """Take the bundled OpenAPI document; raises `ContractError` where it cannot be honoured.

        One that is known to be sound is not looked through again.
        """
        self.name = name
        self.root = root
        self.schemas: Mapping[str, Schema] = root.get("components", {}).get("schemas", {})
        for place, schema in () if is_sound else self.every_schema():
            _refuse_unhonoured(f"{name}: {place}", schema)
            self.resolve(schema)

    def every_schema(self) -> Iterator[tuple[str, Schema]]:
        """Yield each schema of the document with its place, nested ones included."""
        return _every_schema(self.root)

    def resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        """Follow the node's `$ref`, keeping what stands beside it."""
        while "$ref" in node:
            beside = {key: value for key, value in node.items() if key != "$ref"}
            node = {**self._target(node["$ref"]), **beside}
        return node

    def _target(self, reference: str) -> Mapping[str, Any]:
        node: Any = self.root
        for step in reference.removeprefix("#/").split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            if key not in node:
                raise ContractError(f"{self.name}: {reference} leads nowhere (at {key!r})")
            node = node[key]
        return node  # type: ignore[no-any-return]


def read(folder: Path) -> Document:
    """Return the document of a contract folder, from its compiled form while that is current."""
    return Document(folder.name, json.loads(compiled(folder)), is_sound=True)


def compiled(folder: Path) -> str:
    """Return the bundled document as JSON text, from where it is kept if it is kept at all.

    Only a sound document is kept; raises `ContractError` for any other.
    """
    kept = compiled_path(folder)
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    text = write_json(Document(folder.name, bundle(folder)).root)
    _keep(kept, text)
    return text


def compiled_path(folder: Path) -> Path:
    """Return where a folder's bundle is kept.

    Reading YAML costs fifteen times what reading JSON does, so the bundle is kept beside the
    folder under the digest of its files: a changed file has another name, never a stale bundle.
    """
    # Whoever bundles otherwise, or finds other things unsound, makes another bundle.
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(_named_content(folder, path))
    return folder / "__compiled__" / f"{digest.hexdigest()[:16]}.json"


def bundle(folder: Path) -> dict[str, Any]:
    """Join a folder's files, nested ones too, into one document that refers to nothing outside."""
    sources = sorted(folder.rglob("*.yaml"))
    files = {path.relative_to(folder).as_posix(): shipped.read_yaml(path) for path in sources}
    if "openapi.yaml" not in files:
        raise ContractError(f"{folder} holds no openapi.yaml")
    root = dict(files["openapi.yaml"])
    root["paths"] = {path: _path_item(item, files) for path, item in root.get("paths", {}).items()}
    root["components"] = _join_components(files)
    return _inward(root)  # type: ignore[no-any-return]


def _named_content(folder: Path, path: Path) -> bytes:
    # References name files, so a renamed file is another contract even where no byte changed.
    return path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes()


def _keep(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
        for outdated in path.parent.glob("*.json"):
            outdated.unlink(missing_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError:
        # A read-only installation reads its YAML anew at each start; nothing else changes.
        return


def _path_item(item: Mapping[str, Any], files: Mapping[str, Any]) -> Any:
    reference = item.get("$ref")
    if reference is None:
        return item
    name, _, pointer = reference.partition("#/paths/")
    path = pointer.replace("~1", "/").replace("~0", "~")
    try:
        return files[name]["paths"][path]
    except KeyError:
        raise ContractError(f"openapi.yaml: {reference} leads nowhere") from None


def _join_components(files: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    joined: dict[str, dict[str, Any]] = {}
    for file_name, content in files.items():
        for section, entries in content.get("components", {}).items():
            taken = joined.setdefault(section, {})
            for name, entry in entries.items():
                if name in taken:
                    raise ContractError(f"{file_name}: components/{section}/{name} exists already")
                taken[name] = entry
    return joined


def _inward(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: "#" + value.partition("#")[2] if key == "$ref" else _inward(value)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_inward(each) for each in node]
    return node


def _every_schema(root: Mapping[str, Any]) -> Iterator[tuple[str, Schema]]:
    for name, schema in root.get("components", {}).get("schemas", {}).items():
        yield from _nested(f"components/schemas/{name}", schema)
    for place, node in _inline_schemas("", {"paths": root.get("paths", {})}):
        yield from _nested(place, node)
    for place, node in _inline_schemas("", {"components": _all_but_schemas(root)}):
        yield from _nested(place, node)


def _all_but_schemas(root: Mapping[str, Any]) -> dict[str, Any]:
    sections = root.get("components", {})
    return {name: section for name, section in sections.items() if name != "schemas"}


def _inline_schemas(place: str, node: Any) -> Iterator[tuple[str, Schema]]:
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, child in children:
        where = f"{place}/{key}".lstrip("/")
        if key == "schema":
            yield where, child
        elif key not in {"example", "examples"} and isinstance(child, (dict, list)):
            yield from _inline_schemas(where, child)


def _nested(place: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    yield place, schema
    for name, inner in schema.get("properties", {}).items():
        yield from _nested(f"{place}/{name}", inner)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from _nested(f"{place}/{keyword}", schema[keyword])
    for index, inner in enumerate(schema.get("anyOf", ())):
        yield from _nested(f"{place}/anyOf/{index}", inner)


def _refuse_unhonoured(place: str, schema: Schema) -> None:
    unknown = [key for key in schema if key not in HONOURED_KEYWORDS and not key.startswith("x-")]
    if unknown:
        raise ContractError(f"{place}: we do not honour the keyword {unknown[0]!r}")
    if schema.get("format", "date") not in _FORMATS:
        raise ContractError(f"{place}: we do not check the format {schema['format']!r}")
    try:
        re.compile(schema.get("pattern", ""))
    except re.error as error:
        raise ContractError(f"{place}: we cannot read the pattern: {error}") from None
