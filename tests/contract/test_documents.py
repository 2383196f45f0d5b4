"""Are the contracts valid OpenAPI documents in which everything is described and found?"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from mock_server import shipped
from mock_server.contract import document as documents
from mock_server.contract import examples
from mock_server.contract.operation import EVIDENCE, METHODS
from mock_server.contract.resource import types_of
from mock_server.engine.api import Api
from tests.contract.case import APIS, VENDORS

each_api = pytest.mark.parametrize("api", APIS, ids=lambda api: api.name)
each_vendor = pytest.mark.parametrize("api", VENDORS, ids=lambda api: api.name)

Node = Mapping[str, Any]


def walk(node: Any, place: str = "") -> Iterator[tuple[str, Node]]:
    """Yield every object of a document with its place, examples left out."""
    if isinstance(node, list):
        for index, inner in enumerate(node):
            yield from walk(inner, f"{place}/{index}")
    elif isinstance(node, dict):
        yield place, node
        for key, inner in node.items():
            if key not in {"example", "examples", "default"}:
                yield from walk(inner, f"{place}/{key.replace('/', '~1')}")


def is_properties(place: str) -> bool:
    """Say whether a schema's fields are listed there; a field may be called so itself."""
    named = re.search(r"(/properties)*$", place)
    return bool(named) and named[0].count("/") % 2 == 1


def fields_of(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield every named field of every schema with its place."""
    for place, node in walk(root):
        if is_properties(place):
            yield from ((f"{place}/{name}", each) for name, each in node.items())


def operations_of(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield every operation of a document with its key."""
    for path, item in root["paths"].items():
        yield from ((f"{method} {path}", item[method]) for method in METHODS if method in item)


def without_text(found: Iterator[tuple[str, Node]], api: Api) -> list[str]:
    """Return the places of what has no description, neither its own nor that of its reference."""
    resolve = api.catalogue.document.resolve
    return [place for place, node in found if not str(resolve(node).get("description", "")).strip()]


@each_api
def test_it_is_a_valid_openapi_document(api: Api) -> None:
    errors = OpenAPIV31SpecValidator(dict(api.catalogue.document.root)).iter_errors()
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@each_api
def test_it_is_served_whole(api: Api, app: Flask) -> None:
    served = app.test_client().get(f"/openapi/{api.name}.json")
    assert served.mimetype == "application/json"
    root = examples.merged(api.catalogue.document.root, examples.read(api.name))
    assert served.json == {**root, "servers": [{"url": "http://localhost"}]}


@each_api
def test_what_is_compiled_is_what_is_written(api: Api) -> None:
    folder = shipped.folder("openapi") / api.name
    assert api.catalogue.document.root == documents.bundle(folder)


@each_vendor
def test_no_object_with_objects_in_it_is_null_by_itself(api: Api) -> None:
    # openapi-python-client names what is inside a nullable object twice, and leaves it all out.
    nullable = {
        name: each["properties"].values()
        for name, each in api.catalogue.document.schemas.items()
        if "properties" in each and "null" in types_of(each)
    }
    assert [name for name in nullable if any(map(_is_object, nullable[name]))] == []


@each_vendor
def test_no_enum_has_a_value_twice(api: Api) -> None:
    # Generators name a constant after each value, and stop at a name that there is already.
    every = api.catalogue.document.every_schema()
    options = {place: list(map(str, each["enum"])) for place, each in every if "enum" in each}
    assert [place for place, each in options.items() if len({*each}) < len(each)] == []


@each_vendor
def test_no_object_within_a_schema_is_called_as_another_schema(api: Api) -> None:
    # Generators name an object after its schema and its field.
    schemas = api.catalogue.document.schemas
    within = {
        f"{name}{field.title().replace('_', '')}"
        for name, each in schemas.items()
        for field, inner in each.get("properties", {}).items()
        if _is_object(inner)
    }
    assert within & schemas.keys() == set()


@each_vendor
def test_an_object_of_any_fields_says_so(api: Api) -> None:
    # openapi-typescript takes an object without properties for one that can have none.
    open_ones = [
        place
        for place, each in api.catalogue.document.every_schema()
        if _is_object(each) and not {"properties", "additionalProperties", "anyOf"} & each.keys()
    ]
    assert open_ones == []


def _is_object(schema: Node) -> bool:
    return "object" in types_of(schema) and "$ref" not in schema


@each_api
def test_every_operation_is_described(api: Api) -> None:
    assert without_text(operations_of(api.catalogue.document.root), api) == []


@each_api
def test_every_parameter_is_described(api: Api) -> None:
    found = (
        (f"{key} {index}", each)
        for key, operation in operations_of(api.catalogue.document.root)
        for index, each in enumerate(operation.get("parameters", ()))
    )
    assert without_text(found, api) == []


@each_api
def test_every_field_is_described(api: Api) -> None:
    assert without_text(fields_of(api.catalogue.document.root), api) == []


@each_api
def test_every_component_and_answer_is_described(api: Api) -> None:
    components = api.catalogue.document.root["components"]
    found = (
        (f"{section}/{name}", each)
        for section, entries in components.items()
        for name, each in entries.items()
    )
    answers = (
        (f"{key} {status}", each)
        for key, operation in operations_of(api.catalogue.document.root)
        for status, each in operation["responses"].items()
    )
    assert without_text(found, api) + without_text(answers, api) == []


@each_api
def test_no_description_stands_empty(api: Api) -> None:
    texts = [
        (place, node["description"])
        for place, node in walk(api.catalogue.document.root)
        if isinstance(node.get("description"), str)
    ]
    assert texts
    assert [place for place, text in texts if len(text.strip()) < 3] == []


@each_vendor
def test_every_reference_between_records_leads_to_a_resource(api: Api) -> None:
    found = [node for _, node in walk(api.catalogue.document.root) if "x-references" in node]
    assert found
    for node in found:
        resource, demands = api.catalogue.reference(node) or ("", {})
        fields = api.catalogue.resources[resource]
        assert {*demands} <= {*fields.fields, *fields.private}


@each_api
def test_every_tag_is_declared_and_used(api: Api) -> None:
    root = api.catalogue.document.root
    used = {tag for _, operation in operations_of(root) for tag in operation["tags"]}
    assert {each["name"] for each in root["tags"]} == used


@each_api
def test_every_component_is_used(api: Api) -> None:
    # `x-file` marks what no operation carries, but a file that the sandbox reads or writes.
    root = api.catalogue.document.root
    used = {node["$ref"] for _, node in walk(root) if "$ref" in node}
    known = {
        f"#/components/{section}/{name}"
        for section, entries in root["components"].items()
        for name, each in entries.items()
        if section != "securitySchemes" and not {"x-resource", "x-file"} & each.keys()
    }
    assert known - used == set()


@each_api
def test_every_operation_says_how_it_refuses(api: Api) -> None:
    root = api.catalogue.document.root
    silent = [
        (key, status)
        for key, operation in operations_of(root)
        for status in refusals_of(root, operation)
        if status not in operation["responses"]
    ]
    assert silent == []


def refusals_of(root: Node, operation: Node) -> Iterator[str]:
    """Yield the statuses with which every operation of this kind may refuse a call."""
    if {} not in root["security"]:
        yield "401"
    if "requestBody" in operation:
        yield from ("400", "413")


@each_api
def test_every_operation_says_on_what_it_rests(api: Api) -> None:
    silent = [
        key
        for key, each in operations_of(api.catalogue.document.root)
        if not (each["summary"] and each["x-evidence"] in EVIDENCE and len(each["x-source"]) > 5)
    ]
    assert silent == []
