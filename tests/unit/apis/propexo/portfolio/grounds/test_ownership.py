"""Do a property and its owner name each other, and do its books bear the owner's name?"""

from tests.unit.apis.propexo.portfolio.conftest import Portfolio


def test_a_property_and_its_owner_name_each_other(portfolio: Portfolio) -> None:
    owners = {one["id"]: one for one in portfolio["owners"]}
    for one in portfolio["properties"]:
        assert one["associated_owner_ids"]
        for owner in one["associated_owner_ids"]:
            assert owners[owner]["associated_property_ids"] == [one["id"]]


def test_the_books_bear_the_owners_name(portfolio: Portfolio) -> None:
    companies = {one["property_id"]: one["company_name"] for one in portfolio["owners"]}
    for one in portfolio["accounting_entities"]:
        assert one["entity_name"].endswith(companies[one["property_id"]])


def test_a_property_stands_on_one_list(portfolio: Portfolio) -> None:
    listed = [one["associated_property_ids"] for one in portfolio["property_lists"]]
    assert sorted(listed) == sorted([one["id"]] for one in portfolio["properties"])
