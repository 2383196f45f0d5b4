"""Does a list give the records, the order and the page that its query string asks for?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.contract.problems import Problem
from mock_server.world.queries import OrderBy
from tests.unit.toy import TEXT, Toy, contract, operation, query

BORN = {"type": "string", "format": "date-time"}


def ids(toy: Toy, search: str, key: str = "GET /v1/pets/") -> list[str]:
    status, found = toy.ask(key, search=search)
    assert status == 200, found
    return [each["id"] for each in found["items"]]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["rex", "tom"]),
        ("name=Tom", ["tom"]),
        ("name=tom", []),
        ("age=3", ["rex"]),
        ("label=big", ["rex", "tom"]),
        ("label=goo", []),
        ("label=big&age=9", ["tom"]),
        ("sort=age", ["rex", "tom"]),
        ("sort=shop_id,name", ["rex", "tom"]),
        ("sort=" + ",".join(["name"] * 32), ["rex", "tom"]),
        ("limit=1", ["rex"]),
        ("limit=1&offset=1", ["tom"]),
        ("limit=0", []),
        ("offset=7", []),
    ],
)
def test_a_query_selects_orders_and_pages(toy: Toy, search: str, found: list[str]) -> None:
    assert ids(toy, search) == found


def test_the_total_is_that_of_the_selection_not_of_the_page(toy: Toy) -> None:
    assert toy.ask("GET /v1/pets/", search="limit=0")[1]["total"] == 2
    assert toy.ask("GET /v1/pets/", search="limit=1&name=Rex")[1]["total"] == 1


@pytest.mark.parametrize(
    ("search", "problem"),
    [
        ("limit=-1", "limit: minimum"),
        ("offset=x", "offset: type"),
        ("offset=99999999999999999999", "offset: type"),
        ("limit=1&limit=2", "limit: type"),
        ("colour=red", "colour: unknown"),
        ("sort=tags", "sort: enum"),
        ("sort=name,wings", "sort: enum"),
        ("sort=", "sort: enum"),
        ("sort=" + ",".join(["name"] * 33), "sort: max_items"),
        ("sort=" + "," * 4_000, "sort: max_items"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(toy: Toy, search: str, problem: str) -> None:
    assert toy.ask("GET /v1/pets/", search=search) == (
        400,
        {"why": "invalid request", "problems": [problem]},
    )


def test_every_problem_of_a_query_is_told_at_once(toy: Toy) -> None:
    _, told = toy.ask("GET /v1/pets/", search="offset=-1&limit=x&sort=wings&zoo=1")
    assert told["problems"] == ["offset: minimum", "limit: type", "zoo: unknown", "sort: enum"]


def test_every_field_that_cannot_be_ordered_by_is_told(toy: Toy) -> None:
    _, told = toy.ask("GET /v1/pets/", search="sort=wings,name,tags,zoo")
    assert told["problems"] == ["sort: enum"] * 3


def test_what_is_wrong_with_an_ordering_is_told_with_its_unknown_fields(
    make_toy: Callable[..., Toy],
) -> None:
    upwards = Problem("enum", ["asc", "desc"], ("sort",), "up", "up is no direction")
    toy = make_toy(order=lambda text: (upwards, OrderBy(text)))
    _, told = toy.ask("GET /v1/pets/", search="sort=wings")
    assert told["problems"] == ["sort: up is no direction", "sort: enum"]
    _, told = toy.ask("GET /v1/pets/", search="sort=name")
    assert told["problems"] == ["sort: up is no direction"]


def with_list(**said: Any) -> dict[str, Any]:
    listed = operation("listMore", **{"x-resource": "pets", **said})
    return contract({"/v1/more-pets/": {"get": listed}})


def test_a_list_without_paging_gives_everything(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(with_list())
    for number in range(30):
        toy.ask("POST /v1/pets/", {"name": f"Pet {number}"})
    assert len(ids(toy, "", "GET /v1/more-pets/")) == 32


def test_paging_works_without_a_default_of_its_own(make_toy: Callable[..., Toy]) -> None:
    paging = [
        query("from", {"type": "integer"}, **{"x-paging": "offset"}),
        query("most", {"type": "integer"}, **{"x-paging": "limit"}),
        query("by", {"type": ["string", "null"]}, **{"x-paging": "order"}),
    ]
    toy = make_toy(with_list(parameters=paging))
    assert ids(toy, "", "GET /v1/more-pets/") == ["rex", "tom"]
    assert ids(toy, "from=1&most=1&by=name", "GET /v1/more-pets/") == ["tom"]
    assert ids(toy, "by=", "GET /v1/more-pets/") == ["rex", "tom"]


@pytest.mark.parametrize(
    ("bound", "found"),
    [
        ("2026-03-01T09:00:00.000Z", ["ada"]),
        ("2026-03-01T10:00:00%2B01:00", ["ada"]),
        ("2026-03-01T09:00:00.001Z", []),
    ],
)
def test_a_bound_is_inclusive_and_compared_as_an_instant(
    make_toy: Callable[..., Toy], bound: str, found: list[str]
) -> None:
    since = query("since", BORN, **{"x-filter": {"field": "born_at", "by": "at_least"}})
    toy = make_toy(with_list(parameters=[since]))
    with toy.worlds.turn("toy") as world:
        pet = {"id": "ada", "name": "Ada", "born_at": "2026-03-01T09:00:00.000Z"}
        world.collection("toy_pets").add(pet)
    assert ids(toy, f"since={bound}", "GET /v1/more-pets/") == found


def test_a_bound_before_all_time_is_refused(make_toy: Callable[..., Toy]) -> None:
    since = query("since", BORN, **{"x-filter": {"field": "born_at", "by": "at_least"}})
    toy = make_toy(with_list(parameters=[since]))
    status, _ = toy.ask("GET /v1/more-pets/", search="since=0001-01-01T00:00:00%2B14:00")
    assert status == 400


def test_a_list_that_cannot_be_ordered_comes_in_the_vendors_order(
    make_toy: Callable[..., Toy],
) -> None:
    plain = operation("x", parameters=[query("name", TEXT)], **{"x-resource": "pets"})
    backwards = {"pets": (OrderBy("name", descending=True),)}
    toy = make_toy(contract({"/v1/more-pets/": {"get": plain}}), default_order=backwards)
    assert ids(toy, "", "GET /v1/more-pets/") == ["tom", "rex"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("since=2026-03-01", ["rex"]),
        ("since=2026-03-01T09:30", ["rex"]),
        ("since=20260301T093000Z", ["rex"]),
        ("since=2026-03-01T09:31", []),
        ("until=2026-03-01", []),
        ("until=2026-03-02", ["rex"]),
        ("until=2026-W10", ["rex"]),
    ],
)
def test_a_bound_may_have_any_form_of_iso_8601(
    make_toy: Callable[..., Toy], search: str, found: list[str]
) -> None:
    schema = {**BORN, "x-iso-8601": True}
    bounds = [
        query(name, schema, **{"x-filter": {"field": "born_at", "by": by}})
        for name, by in (("since", "at_least"), ("until", "at_most"))
    ]
    key = "/v1/pets/born"
    listed = operation("born", parameters=bounds, **{"x-kind": "list", "x-resource": "pets"})
    toy = make_toy(contract({key: {"get": listed}}))
    assert toy.ask("PUT /v1/pets/rex", {"born_at": "2026-03-01T09:30:00.000Z"})[0] == 200
    assert ids(toy, search, f"GET {key}") == found


def test_a_parameter_that_may_be_blank_counts_as_not_sent_where_it_is(
    make_toy: Callable[..., Toy],
) -> None:
    named = query("called", {**TEXT, "pattern": r"\w"}, **{"x-filter": {"field": "name"}})
    listed = operation(
        "called",
        parameters=[{**named, "x-may-be-blank": True}],
        **{"x-kind": "list", "x-resource": "pets"},
    )
    toy = make_toy(contract({"/v1/pets/called": {"get": listed}}))
    for blank in ("called=", "called=+", "called=&called=%20"):
        assert len(ids(toy, blank, "GET /v1/pets/called")) == 2
    assert ids(toy, "called=Rex", "GET /v1/pets/called") == ["rex"]
