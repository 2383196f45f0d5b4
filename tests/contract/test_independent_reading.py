"""Does the Propexo contract say what somebody else read in the vendor's generic document?

`PROPEXO_FACTS` names a JSON file with such a reading: `operations`, each with its method, path,
parameters, request and 200 reply, and the `schemas` that they refer to.
"""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mock_server import shipped
from mock_server.contract import catalogue
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.operation import Operation

READING = os.environ.get("PROPEXO_FACTS", "")  # noqa: TID251 - no setting of the server
pytestmark = pytest.mark.skipif(
    not READING, reason="PROPEXO_FACTS names no independent reading to compare the contract with."
)

LIMITS = (
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "minItems",
    "maxItems",
)
# Where the contract departs from the document, and why.
DEPARTURES = {
    "POST /v1/units/ body: demands integration_id, not intgration_id": "a misspelling",
}
REDIRECTS = {"GET /v1/admin/job-logs/{job_log_id}/data"}  # The reference has it answer with 302.

Node = Mapping[str, Any]


@cache
def contract() -> Catalogue:
    return catalogue.read(shipped.folder("openapi") / "propexo")


@cache
def reading() -> Node:
    return json.loads(Path(READING).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def in_reading(node: Node) -> Node:
    """Follow a reference of the reading."""
    while "$ref" in node:
        node = reading()["schemas"][node["$ref"].rpartition("/")[2]]
    return node


def pairs() -> Iterator[tuple[str, Node, Operation]]:
    """Yield each operation of the reading with that of the contract."""
    for each in reading()["operations"]:
        key = f"{each['method']} {each['path']}"
        yield key, each, contract()[key]


def required(node: Node) -> set[str]:
    return set(node.get("required", ()))


def kept(differences: Iterator[str]) -> list[str]:
    return [each for each in differences if each not in DEPARTURES]


def differences(place: str, theirs: Node, ours: Node) -> Iterator[str]:
    """Yield each field, option and limit that the contract does not have as the reading has it."""
    theirs, ours = in_reading(theirs), contract().document.resolve(ours)
    yield from limits(place, theirs, ours)
    fields = ours.get("properties", {})
    for name, inner in theirs.get("properties", {}).items():
        if name in fields:
            yield from differences(f"{place}.{name}", inner, fields[name])
        elif "properties" in ours:
            yield f"{place}.{name} is missing"
    if "items" in theirs and "items" in ours:
        yield from differences(f"{place}[]", theirs["items"], ours["items"])


def limits(place: str, theirs: Node, ours: Node) -> Iterator[str]:
    missing = {each for each in theirs.get("enum", ()) if each not in ours.get("enum", ())}
    if missing:
        yield f"{place}: lacks the options {sorted(map(str, missing))}"
    for keyword in LIMITS:
        if keyword in theirs and theirs[keyword] != ours.get(keyword):
            yield f"{place}: {keyword} is {ours.get(keyword)}, not {theirs[keyword]}"


def demands(place: str, theirs: Node, ours: Node) -> Iterator[str]:
    """Yield where a body has to carry other fields than the reading says."""
    wanted, found = required(in_reading(theirs)), required(ours)
    if wanted != found:
        yield f"{place}: demands {', '.join(found - wanted)}, not {', '.join(wanted - found)}"


def test_every_operation_of_the_document_is_in_the_contract() -> None:
    keys = {f"{each['method']} {each['path']}" for each in reading()["operations"]}

    assert keys - set(contract().operations) == set()


def test_every_parameter_of_the_document_is_taken() -> None:
    missing = [
        f"{key} {parameter['name']}"
        for key, theirs, ours in pairs()
        for parameter in theirs["parameters"]
        if parameter["name"] not in {each.name for each in ours.parameters}
    ]

    assert missing == []


def test_bodies_take_the_fields_options_and_limits_of_the_document() -> None:
    found = [
        each
        for key, theirs, ours in pairs()
        if theirs["request"]
        for each in (
            *differences(f"{key} body", theirs["request"], ours.body or {}),
            *demands(f"{key} body", theirs["request"], ours.body or {}),
        )
    ]

    assert kept(iter(found)) == []


def test_replies_have_the_fields_of_the_document() -> None:
    found = [
        each
        for key, theirs, ours in pairs()
        if key not in REDIRECTS
        for each in differences(f"{key} reply", theirs["response_200"], ours.reply or {})
    ]

    assert kept(iter(found)) == []
