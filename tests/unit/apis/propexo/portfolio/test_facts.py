"""Do the tables of facts agree where one names what another one lists?"""

from typing import Any

import pytest

from mock_server.apis.propexo.interfaces import CRM_INTERFACES, INTERFACES
from mock_server.apis.propexo.portfolio.facts import tables_of


def names(rows: list[dict[str, Any]], field: str = "name") -> set[str]:
    return {row[field] for row in rows}


def test_every_system_has_a_title() -> None:
    assert tables_of("systems")["titles"].keys() == INTERFACES.keys() | CRM_INTERFACES.keys()


def test_vendors_that_are_called_or_build_are_vendors() -> None:
    books = tables_of("books")
    called = {*books["trades"].values(), *names(books["jobs"], "vendor")}
    assert called <= names(books["vendors"])


def test_what_breaks_is_filed_under_words_that_the_systems_have() -> None:
    troubles, words = tables_of("books")["troubles"], tables_of("systems")["names"]
    assert names(troubles, "category") <= {*words["service_request_categories"]}
    assert names(troubles, "location") <= {*words["service_request_locations"]}
    assert names(troubles, "priority") <= {*words["service_request_priorities"]}
    assert names(troubles, "priority") <= tables_of("books")["days_until_due"].keys()


@pytest.mark.parametrize("table", ["fees", "rentable_items"])
def test_what_costs_money_has_a_charge_code(table: str) -> None:
    rows, words = tables_of("homes")[table], tables_of("systems")["names"]
    assert {row.get("charge_code", row["name"]) for row in rows} <= {*words["charge_codes"]}


def test_events_are_of_a_kind_that_may_concern_whom_they_are_with() -> None:
    events = tables_of("events")
    concerned = {kind["name"]: kind["models"] for kind in events["kinds"]}
    assert {kind for kinds in events["results"].values() for kind in kinds} <= concerned.keys()
    for model, contacts in events["contacts"].items():
        for contact in (*contacts, *events["meetings"][model]):
            assert model in concerned[contact["kind"]]


def test_the_parts_of_a_job_make_up_the_whole() -> None:
    for job in tables_of("books")["jobs"]:
        assert sum(part["share"] for part in job["parts"]) == 100
