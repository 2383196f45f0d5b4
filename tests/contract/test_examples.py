"""Does every operation have an example, whose request and reply are as the contract says?

After a change of the seeded data the examples stay valid, and `make examples` refreshes them. The
sandbox's own operations change more often than the vendors', so theirs may be behind.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from mock_server.contract import examples
from mock_server.contract.operation import Operation
from mock_server.contract.schemas import Builder
from mock_server.engine.api import Api
from tests.contract.case import APIS, VENDORS, succeeds

every_api = pytest.mark.parametrize("api", APIS, ids=lambda each: each.name)
every_vendor = pytest.mark.parametrize("api", VENDORS, ids=lambda each: each.name)


def complaints(api: Api, operation: Operation, example: Any) -> Iterator[object]:
    """Yield what is wrong with an example."""
    builder = Builder(api.catalogue.document, strict=False)
    yield from builder.reply(operation)(example["reply"])
    if operation.body is None:
        return
    # A generic write is checked by the rules of one of the PMSs.
    twins = [each for each in api.catalogue.operations.values() if each.generic == operation.key]
    bodies = [each for each in (operation, *twins) if each.body is not None]
    found = [builder.body(each).check(example.get("request", {}))[1] for each in bodies]
    yield from min(found, key=len)


@every_vendor
def test_every_operation_has_an_example(api: Api) -> None:
    operations = {key for key, each in api.catalogue.operations.items() if succeeds(each)}
    known = {*examples.read(api.name)}
    assert known == operations, "make examples writes them"


@every_vendor
def test_every_example_is_valid(api: Api) -> None:
    wrong = {
        key: found
        for key, example in examples.read(api.name).items()
        if (found := [*complaints(api, api.catalogue[key], example)])
    }
    assert wrong == {}, "make examples writes them anew"


@every_api
def test_an_example_names_what_its_path_needs(api: Api) -> None:
    for key, example in examples.read(api.name).items():
        assert {*example.get("path", {})} == {*api.catalogue[key].path_names}, key


@every_api
def test_the_served_contract_shows_them(api: Api) -> None:
    root = api.catalogue.document.root
    merged, shown = examples.merged(root, examples.read(api.name)), 0
    for path, item in merged["paths"].items():
        for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
            told = examples.read(api.name).get(f"{method.upper()} {path}")
            if told is not None:
                content = item[method]["responses"]["200"]["content"]["application/json"]
                assert content["example"] == told["reply"]
                shown += 1
    assert shown == len(examples.read(api.name))
