"""Does every list page, order and filter so that nothing is lost, doubled or misplaced?"""

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from tests.contract.case import Case, each_operation, is_list, is_paged
from tests.contract.filtering import HOLDS, filters_of, met_by_nothing, samples, sent_as
from tests.contract.grounds import Record
from tests.contract.promises import assert_kept, assert_refused, complaints

# Filters that are refused without others beside them: a number means something at one place only.
BESIDE = {"unit_number": ("property_id",)}
# What a query may not say of a page.
IMPOSSIBLE: tuple[dict[str, Any], ...] = (
    {"limit": 251},
    {"limit": -1},
    {"offset": -1},
    {"limit": "many"},
    {"offset": 1.5},
    {"order-by": "colour"},
    {"order-by": "created_at:up"},
    {"order-by": ""},
    {"updated_at_gte": "yesterday"},
    {"integration_vendor": "NOBODY"},
)


def is_filtered(operation: Operation) -> bool:
    """Say whether the list can be narrowed."""
    return is_list(operation) and bool(filters_of(operation))


def everything(case: Case, records: list[Record] | None = None) -> list[Record]:
    """Return the records that the list may show, chosen by hand from all there are."""
    within = {field: case.valid_path[name] for name, field in case.operation.path_filters.items()}
    constant = {**case.operation.where, **within}.items()
    found = case.seeded() if records is None else records
    return [each for each in found if all(each[name] == value for name, value in constant)]


def ids(records: Iterable[Record]) -> list[Any]:
    """Return the records' ids."""
    return [each["id"] for each in records]


def pages(case: Case, limit: int, **query: Any) -> list[Record]:
    """Return what all pages of that size show, laid end to end."""
    found: list[Record] = []
    while True:
        answer = case.send(query={**query, "offset": len(found), "limit": limit}).json
        assert len(answer["results"]) <= limit
        found += answer["results"]
        assert answer["meta"]["hasMore"] == (len(found) < answer["meta"]["total"])
        if not answer["meta"]["hasMore"]:
            assert len(found) == answer["meta"]["total"]
            return found


def in_order(records: Iterable[Record], field: str, direction: str) -> list[Any]:
    """Return the records' ids ordered by hand: nothing before everything, ties by id."""

    def rank(record: Record) -> tuple[Any, ...]:
        value = record[field]
        return (value is not None, value if value is not None else 0, record["id"])

    return ids(sorted(records, key=rank, reverse=direction == "desc"))


def planted(case: Case) -> list[Record]:
    """Return everything, one record having a value where no seeded record has one to filter by."""
    fields = {each.filter.field for each in filters_of(case.operation) if each.filter}
    bare = {field: "planted" for field in fields if not samples(everything(case), field)}
    last = everything(case)[-1]["id"]
    case.in_world(lambda w: case.api.records(w, case.operation.resource or "").patch(last, bare))
    return everything(case, case.records())


@each_operation(is_paged)
def test_the_first_page_says_where_it_stands(case: Case) -> None:
    answer, total = case.send(), len(everything(case))
    assert_kept(case.api, case.operation, answer)
    assert answer.json["meta"] == {
        "orderBy": [{"field": "created_at", "direction": "desc"}],
        "offset": 0,
        "limit": 100,
        "hasMore": total > 100,
        "total": total,
    }
    assert ids(answer.json["results"]) == in_order(everything(case), "created_at", "desc")[:100]


@each_operation(is_paged)
def test_pages_laid_end_to_end_are_the_whole_list_once(case: Case) -> None:
    whole = in_order(everything(case), "created_at", "desc")
    # A few large pages, and about as many small ones whatever the length of the list.
    for limit in (250, max(1, len(whole) // 7)):
        assert ids(pages(case, min(limit, 250))) == whole


@each_operation(is_paged)
def test_a_limit_of_zero_counts_and_shows_nothing(case: Case) -> None:
    answer = case.send(query={"limit": 0})
    assert_kept(case.api, case.operation, answer)
    assert answer.json["results"] == []
    assert answer.json["meta"]["total"] == len(everything(case))


@each_operation(is_paged)
def test_a_page_beyond_the_end_is_empty(case: Case) -> None:
    answer = case.send(query={"offset": 1_000_000})
    assert_kept(case.api, case.operation, answer)
    assert (answer.json["results"], answer.json["meta"]["hasMore"]) == ([], False)


@each_operation(is_paged)
def test_a_page_that_cannot_be_is_refused(case: Case) -> None:
    taken = {each.name for each in case.operation.query}
    for query in IMPOSSIBLE:
        if taken >= query.keys():
            answer = case.send(query=query)
            assert_refused(case.api, case.operation, answer, 400)
            assert list(complaints(answer)) == list(query), query


@pytest.mark.parametrize("direction", ["asc", "desc"])
@each_operation(is_paged)
def test_it_orders_by_every_plain_field(case: Case, direction: str) -> None:
    wrong, all_of_them = [], everything(case)
    for field in case.api.catalogue.resources[case.operation.resource or ""].orderable:
        answer = case.send(query={"order-by": f"{field}:{direction}", "limit": 60}).json
        expected = in_order(all_of_them, field, direction)[:60]
        if ids(answer["results"]) != expected:
            wrong.append(field)
        assert answer["meta"]["orderBy"] == [{"field": field, "direction": direction}]
    assert wrong == []


@each_operation(is_paged)
def test_it_orders_by_several_fields(case: Case) -> None:
    fields = case.api.catalogue.resources[case.operation.resource or ""].fields
    first = next(each for each in ("vendor", "integration_vendor", "id") if each in fields)
    answer = case.send(query={"order-by": f"{first}:desc,created_at", "limit": 250}).json
    by_time = sorted(everything(case), key=lambda each: each["id"], reverse=True)
    by_time.sort(key=lambda each: each["created_at"])
    by_time.sort(key=lambda each: each[first], reverse=True)
    assert ids(answer["results"]) == ids(by_time)[:250]


@each_operation(is_filtered)
def test_every_filter_selects_what_a_search_by_hand_finds(case: Case) -> None:
    records, wrong = planted(case), []
    for parameter in filters_of(case.operation):
        assert parameter.filter
        field, holds = parameter.filter.field, HOLDS[parameter.filter.by]
        for value in samples(records, field):
            met = [each for each in records if holds(each.get(field), value)]
            beside = {name: met[0][name] for name in BESIDE.get(parameter.name, ())}
            expected = {each["id"] for each in met if beside.items() <= each.items()}
            found = found_by(case, {parameter.name: sent_as(parameter, value), **beside})
            wrong += [(parameter.name, value)] if found != expected or not found else []
        assert samples(records, field), f"no record has a {field} to filter by"
    assert wrong == []


def found_by(case: Case, query: Mapping[str, str]) -> set[Any]:
    """Return the ids of everything that the list shows for a query."""
    if case.operation.path.endswith("/person/leads"):
        # Names narrow a search that an email address or a phone number begins.
        return found_by_person(case, query)
    return set(ids(pages(case, 250, **query)))


def found_by_person(case: Case, query: Mapping[str, str]) -> set[Any]:
    """Return the ids of everybody whom a query finds, asked for by each address in turn."""
    if {"email", "phone"} & {*query}:
        return set(ids(case.send(query=query).json))
    emails = {each["email"] for each in case.seeded()}
    answers = [case.send(query={"email": each, **query}) for each in emails]
    return {each for answer in answers for each in ids(answer.json)}


@each_operation(is_filtered)
def test_a_filter_that_nothing_meets_shows_nothing(case: Case) -> None:
    for parameter in filters_of(case.operation):
        if types_of(parameter.schema) - {"null"} == {"string"} and "enum" not in parameter.schema:
            beside = dict.fromkeys(BESIDE.get(parameter.name, ()), "c0")
            query = {parameter.name: met_by_nothing(parameter), **beside}
            assert found_by(case, query) == set(), parameter.name


@each_operation(is_paged)
def test_two_filters_have_to_be_met_both(case: Case) -> None:
    last = everything(case)[-1]
    plain = [each for each in filters_of(case.operation) if each.filter]
    stated = [
        (each.name, each.filter.field)
        for each in plain
        if each.filter.by == "equals" and isinstance(last.get(each.filter.field), str)
        if each.name not in BESIDE
    ]
    for (name, field), (other, another) in itertools.pairwise(stated):
        expected = {
            each["id"]
            for each in everything(case)
            if (each.get(field), each.get(another)) == (last[field], last[another])
        }
        assert found_by(case, {name: last[field], other: last[another]}) == expected


@each_operation(lambda operation: is_list(operation) and not operation.query)
def test_a_list_without_pages_shows_everything(case: Case) -> None:
    answer = case.send().json
    shown = answer["data"] if isinstance(answer, dict) else answer
    assert sorted(ids(shown)) == sorted(ids(case.seeded()))
