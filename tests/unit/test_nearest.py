"""Is somebody who names what there is not told what there is?"""

import pytest

from mock_server.nearest import cut, nearest, quoted, unknown


@pytest.mark.parametrize(
    ("name", "near"),
    [("DATA_NWE", "DATA_NEW"), ("data_new", "DATA_NEW"), ("lead.created!", "lead.created")],
)
def test_the_nearest_is_named_whatever_its_case(name: str, near: str) -> None:
    told = unknown("event", name, iter(["DATA_NEW", "lead.updated", "lead.created"]))
    assert told == f"there is no event {name!r}; did you mean {near}?"


def test_case_counts_for_nothing() -> None:
    assert unknown("event", "LEAD", ["LEAF", "lead"]).endswith("did you mean lead?")


def test_where_nothing_is_like_it_all_there_are_are_named_if_they_are_few() -> None:
    assert unknown("event", "", ["xyz"]) == "there is no event ''; there is xyz"
    assert unknown("event", "q", ["abc", "def", "xyz"]).endswith("; there is abc, def and xyz")


def test_where_nothing_is_like_it_and_there_are_many_it_says_who_lists_them() -> None:
    names = [f"name {number}" for number in range(100)]
    assert unknown("lead", "", names) == (
        "there is no lead ''; none of the 100 there are is like it"
    )
    assert unknown("lead", "", names, "GET / lists them").endswith("''; GET / lists them")


def test_where_there_is_nothing_at_all_it_says_so() -> None:
    assert unknown("fault", "f1", []) == "there is no fault 'f1'; there is none at all"


def test_a_name_that_is_far_too_long_is_compared_by_its_beginning() -> None:
    assert nearest("lead" * 100_000, ["lead" * 20_000, "pet"]) == ["lead" * 20_000]


def test_a_name_that_is_far_too_long_is_repeated_in_part() -> None:
    assert quoted("x" * 100_000) == f"'{'x' * 100}...'"
    assert quoted(7) == "7"
    assert cut("it's") == "it's"
