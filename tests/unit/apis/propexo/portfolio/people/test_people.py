"""Would somebody in the trade believe the people, their homes and their dates?"""

import re
from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mock_server.apis.propexo.portfolio import records
from mock_server.apis.propexo.portfolio.places import read_cities
from mock_server.contract.catalogue import Catalogue
from mock_server.world.fakes import Fakes
from tests.unit.apis.propexo.portfolio.conftest import NOW, Portfolio

SHIPPED = Path(__file__).parents[6] / "fixtures"
PEOPLE = ("leads", "applicants", "residents")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def everybody(portfolio: Portfolio) -> list[dict[str, Any]]:
    return [person for resource in PEOPLE for person in portfolio[resource]]


def test_records_are_created_then_changed_then_seen_and_all_before_now(
    portfolio: Portfolio,
) -> None:
    for resource, found in portfolio.items():
        for one in found:
            updated = one.get("updated_at", one["created_at"])
            seen = one.get("last_seen", updated)
            assert one["created_at"] <= updated <= seen, resource
            assert moment(seen) <= NOW


def test_times_are_written_with_milliseconds_in_utc(portfolio: Portfolio) -> None:
    for found in portfolio.values():
        for one in found:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["created_at"])


def test_people_are_spread_over_half_a_year(portfolio: Portfolio) -> None:
    created = [lead["created_at"] for lead in portfolio["leads"]]
    assert len(set(created)) == len(created)
    assert (NOW - moment(min(created))).days in range(150, 181)
    assert (NOW - moment(max(created))).days < 20


def test_one_life_goes_through_the_books_in_order(portfolio: Portfolio) -> None:
    lives: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for person in everybody(portfolio):
        lives[person["email_1"]].append(person)
    journeys = [life for life in lives.values() if len(life) == 3]
    assert journeys
    for life in lives.values():
        assert len({(one["first_name"], one["last_name"], one["phone_1"]) for one in life}) == 1
        assert all(one["created_at"] < other["created_at"] for one, other in pairwise(life))
        assert len({one["property_id"] for one in life}) == 1


def test_applicants_name_the_lead_they_were(portfolio: Portfolio) -> None:
    leads = {(one["integration_id"], one["x_id"]): one for one in portfolio["leads"]}
    for applicant in portfolio["applicants"]:
        lead = leads[applicant["integration_id"], applicant["x_lead_id"]]
        assert lead["email_1"] == applicant["email_1"]
        (application,) = applicant["applications"]
        became = {"Pending": "Applied", "Approved": "Leased", "Denied": "Lost", "Withdrawn": "Lost"}
        assert lead["status"] == became[application["status_raw"]]


def test_a_pet_is_the_same_animal_in_every_book(portfolio: Portfolio) -> None:
    leads = {one["email_1"]: one for one in portfolio["leads"]}
    for applicant in portfolio["applicants"]:
        names = [(pet["name"], pet["breed"]) for pet in applicant["pets"]]
        lead = leads[applicant["email_1"]]
        assert names == [(pet["name"], pet["breed"]) for pet in lead["pets"]]


def test_service_animals_are_those_that_the_law_knows(portfolio: Portfolio) -> None:
    people = [one for name in ("leads", "residents") for one in portfolio[name]]
    animals = [pet for one in people for pet in one["pets"]]
    assert {pet["type"] for pet in animals if pet["is_service_animal"]} <= {"Dog", "Horse"}
    assert {pet["type"] for pet in animals if not pet["is_service_animal"]} == {"Cat", "Dog"}


def test_some_applications_are_denied_or_withdrawn(portfolio: Portfolio) -> None:
    words = {each["status_raw"] for one in portfolio["applicants"] for each in one["applications"]}
    assert words == {"Approved", "Pending", "Denied", "Withdrawn"}


def test_leads_wish_for_what_can_be_had(portfolio: Portfolio) -> None:
    for lead in portfolio["leads"]:
        assert lead["desired_min_rent_in_cents"] <= lead["desired_max_rent_in_cents"]
        assert lead["target_move_in_date"] > lead["created_at"]
        assert lead["x_created_at"] <= lead["created_at"]
        assert lead["number_of_occupants"] >= 1


def test_residents_live_in_a_unit_of_their_property_and_have_moved_in(
    portfolio: Portfolio,
) -> None:
    units = {(one["property_id"], one["address_2"]): one for one in portfolio["units"]}
    for resident in portfolio["residents"]:
        unit = units[resident["property_id"], resident["address_2"]]
        assert unit["address_1"] == resident["address_1"]
        assert not unit["is_vacant"]
        assert resident["leases_meta_data"][0]["move_in_date"] <= resident["created_at"]
        assert resident["lease_id"] == resident["leases_meta_data"][0]["lease_id"]


@pytest.mark.parametrize("resource", PEOPLE)
def test_phones_and_zips_fit_the_city_as_shipped(resource: str, contract: Catalogue) -> None:
    cities = {(city.name, city.state): city for city in read_cities(SHIPPED)}
    given = {"fixtures": SHIPPED, "resources": contract.resources}
    seeded = records(leads=40, now=NOW, fakes=Fakes(5), **given)  # type: ignore[arg-type]
    for person in (one for name, one in seeded if name == resource):
        city = cities[str(person["city"]), str(person["state"])]
        assert person["zip"] in city.zips
        digits = re.sub(r"\D", "", str(person["phone_1"]))
        assert digits[:3] in city.area_codes
        assert re.fullmatch(r"[2-9]\d{2}55501\d{2}", digits)
