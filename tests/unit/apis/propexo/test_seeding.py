"""Is it the same world on every day, and with more leads, but for its dates?"""

import json
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mock_server import shipped
from mock_server.apis.propexo import portfolio, seeding
from mock_server.contract import catalogue
from mock_server.engine.api import Planting
from mock_server.world.pristine import LeftOut

# Around the ends of months and years, leap days, and the nights in which clocks are changed.
DAYS = (
    "2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09", "2026-03-29", "2026-03-31",
    "2026-04-01", "2026-11-01", "2026-12-31", "2027-01-01", "2027-02-28", "2028-02-29",
    "2028-03-01",
)  # fmt: skip
_DATE = re.compile(r"\d{4}-\d\d(-\d\d(T[\d:.]+Z)?)?")

World = dict[tuple[str, str], str]
Seed = Callable[..., World]


@pytest.fixture(scope="module")
def seed() -> Seed:
    """Seed a world: its records as JSON, by table and id."""
    resources = catalogue.read(shipped.folder("openapi") / "propexo").resources

    def seed(day: str = DAYS[0], *, leads: int = 40, seed: str = "1") -> World:
        now = datetime.fromisoformat(day).replace(tzinfo=UTC)
        planting = Planting(leads, now, seed, shipped.folder("fixtures"), resources)
        return {
            (table, str(one["id"])): json.dumps(one, sort_keys=True, default=str)
            for table, records in seeding.records(planting)
            if not isinstance(records, LeftOut)
            for one in records
        }

    return seed


@pytest.fixture
def full_with_two_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the first 26 properties be full with 52 leads, so that further ones need few."""
    monkeypatch.setattr(portfolio, "_LEADS_PER_PROPERTY", 2)


def undated(world: World) -> World:
    return {key: _DATE.sub("date", text) for key, text in world.items()}


@pytest.fixture(scope="module")
def first(seed: Seed) -> World:
    return undated(seed(DAYS[0]))


@pytest.mark.parametrize("day", DAYS[1:])
def test_another_day_moves_dates_and_nothing_else(seed: Seed, first: World, day: str) -> None:
    assert undated(seed(day)) == first


def test_another_day_does_move_dates(seed: Seed) -> None:
    assert seed(DAYS[0], leads=0) != seed(DAYS[1], leads=0)


@pytest.mark.usefixtures("full_with_two_leads")
def test_more_leads_change_nothing_of_what_fewer_bring(seed: Seed) -> None:
    fewer: World = {}
    for leads in (0, 1, 45, 60):
        more = seed(leads=leads)
        assert more.items() >= fewer.items()
        assert len(more) > len(fewer)
        fewer = more


def test_another_seed_makes_all_ids_anew_but_for_those_of_the_documents(seed: Seed) -> None:
    documented = shipped.read_yaml(shipped.folder("fixtures") / "propexo" / "documentation.yaml")
    count = sum(map(len, documented.values()))
    shared = seed(leads=20, seed="1").keys() & seed(leads=20, seed="2").keys()
    assert len(shared) == count


@pytest.mark.usefixtures("full_with_two_leads")
def test_no_property_gives_an_id_that_another_one_of_its_system_gives(seed: Seed) -> None:
    given: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (table, _), text in seed(leads=100).items():
        one = json.loads(text)
        # The details of a unit bear the id of the unit itself.
        if one.get("x_id") and one["id"].startswith("c") and table != "propexo_unit_details":
            given[table, one["integration_id"]].append(one["x_id"])
    assert all(len(set(ids)) == len(ids) for ids in given.values())
