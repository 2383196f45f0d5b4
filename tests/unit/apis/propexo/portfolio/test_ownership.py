"""Do a property and its owner name each other, and do its books bear the owner's name?"""

from .conftest import Portfolio


def test_a_property_and_its_owner_name_each_other(whole: Portfolio) -> None:
    owners = {one["id"]: one for one in whole["owners"]}
    for one in whole["properties"]:
        assert one["associated_owner_ids"]
        for owner in one["associated_owner_ids"]:
            assert owners[owner]["associated_property_ids"] == [one["id"]]


def test_the_books_bear_the_owners_name(whole: Portfolio) -> None:
    companies = {one["property_id"]: one["company_name"] for one in whole["owners"]}
    for one in whole["accounting_entities"]:
        assert one["entity_name"].endswith(companies[one["property_id"]])


def test_a_property_stands_on_one_list(whole: Portfolio) -> None:
    listed = [one["associated_property_ids"] for one in whole["property_lists"]]
    assert sorted(listed) == sorted([one["id"]] for one in whole["properties"])
