"""Do buildings, rents, offices and time zones make sense?"""

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

from mock_server.apis.propexo.portfolio.grounds.properties import office_hours_on
from mock_server.apis.propexo.portfolio.timeline import date_of

from .conftest import Portfolio


def by_property(records: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        found[record["property_id"]].append(record)
    return found


def test_a_property_counts_its_units(portfolio: Portfolio) -> None:
    units = by_property(portfolio["units"])
    for one in portfolio["properties"]:
        assert one["number_of_units"] == len(units[one["id"]])
        assert 10 <= len(units[one["id"]]) <= 14
        assert one["property_id"] == one["id"]
        assert one["x_property_id"] == one["x_id"]


def test_floor_plans_count_their_units_and_agree_with_them(portfolio: Portfolio) -> None:
    plans = {plan["id"]: plan for plan in portfolio["floor_plans"]}
    counted = Counter(unit["floor_plan_id"] for unit in portfolio["units"])
    assert all(plan["unit_count"] == counted[key] for key, plan in plans.items())
    for unit in portfolio["units"]:
        plan = plans[unit["floor_plan_id"]]
        assert unit["bedrooms"] == str(plan["bedrooms"])
        assert unit["bathrooms"] == plan["bathrooms"]
        assert unit["square_feet"] == plan["rentable_square_feet"]


def test_unit_numbers_begin_with_the_floor_and_are_unique(portfolio: Portfolio) -> None:
    for units in by_property(portfolio["units"]).values():
        assert len({unit["number"] for unit in units}) == len(units)
        assert all(unit["number"][:-2] == unit["floor"] for unit in units)


def test_more_bedrooms_cost_more(portfolio: Portfolio) -> None:
    for plans in by_property(portfolio["floor_plans"]).values():
        in_order = sorted(plans, key=lambda plan: plan["bedrooms"])
        for smaller, larger in pairwise(in_order):
            if smaller["bedrooms"] < larger["bedrooms"]:
                assert smaller["rent_minimum_in_cents"] < larger["rent_minimum_in_cents"]


def test_rents_fit_the_city(portfolio: Portfolio) -> None:
    medians = {"Boston": 295_000, "Chicago": 185_000, "Phoenix": 125_000, "Honolulu": 190_000}
    cities = {one["id"]: one["city"] for one in portfolio["properties"]}
    for plan in portfolio["floor_plans"]:
        if plan["name"] == "A1":
            share = plan["rent_minimum_in_cents"] / medians[cities[plan["property_id"]]]
            assert 0.8 < share < 1.25


def test_every_property_has_a_manager_and_a_leasing_agent(portfolio: Portfolio) -> None:
    staff = by_property(portfolio["employees"])
    for one in portfolio["properties"]:
        roles = {role for employee in staff[one["id"]] for role in employee["roles"]}
        assert {"LEASING_AGENT", "PROPERTY_MANAGER"} <= roles
        assert one["manager_name"] in {employee["name"] for employee in staff[one["id"]]}


def test_time_zones_tell_winter_time_and_whether_there_is_a_summer_time(
    portfolio: Portfolio,
) -> None:
    cities = {one["id"]: one["city"] for one in portfolio["properties"]}
    zones = {
        cities[zone["property_id"]]: (zone["offset"], zone["observes_daylight_savings"])
        for zone in portfolio["timezones"]
    }
    assert zones == {
        "Boston": ("-05:00", True),
        "Chicago": ("-06:00", True),
        "Phoenix": ("-07:00", False),
        "Honolulu": ("-10:00", False),
    }


def test_offices_close_on_sundays() -> None:
    hours = {date_of(day): office_hours_on(day) for day in range(20_534, 20_536)}
    assert hours == {"2026-03-22": None, "2026-03-23": (9, 18)}
