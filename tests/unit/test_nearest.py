"""Is somebody who names what there is not told what there is?"""

import pytest

from mock_server.nearest import unknown


@pytest.mark.parametrize(
    ("name", "near"),
    [("DATA_NWE", "DATA_NEW"), ("data_new", "DATA_NEW"), ("lead.created!", "lead.created")],
)
def test_the_nearest_is_named_whatever_its_case(name: str, near: str) -> None:
    told = unknown("event", name, iter(["DATA_NEW", "lead.updated", "lead.created"]))
    assert told == f"there is no event {name!r}; did you mean {near}?"


def test_case_counts_for_nothing() -> None:
    assert unknown("event", "LEAD", ["LEAF", "lead"]).endswith("did you mean lead?")


def test_where_there_is_nothing_near_something_is_named_all_the_same() -> None:
    assert unknown("event", "", ["xyz"]) == "there is no event ''; did you mean xyz?"


def test_where_there_is_nothing_at_all_it_says_so() -> None:
    assert unknown("fault", "f1", []) == "there is no fault 'f1'; there is none at all"
