"""Are the invented leads the same people on every day?"""

import json
import re
from datetime import UTC, datetime

import pytest

from mock_server import shipped
from mock_server.apis.leadpro import seeding
from mock_server.engine.api import Planting

DAYS = ("2026-03-01", "2026-03-29", "2026-10-25", "2027-01-01", "2028-02-29")


def leads(day: str, seed: str = "1") -> str:
    """Seed an account on that day, and return its leads without what is a date."""
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    planting = Planting(200, now, seed, shipped.folder("fixtures"), {})
    told = [list(each) for table, each in seeding.records(planting) if table == "leadpro_leads"]
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "date", json.dumps(told))


@pytest.mark.parametrize("day", DAYS[1:])
def test_another_day_moves_dates_and_nothing_else(day: str) -> None:
    assert leads(day) == leads(DAYS[0])


def test_another_seed_invents_others() -> None:
    assert leads(DAYS[0], "1") != leads(DAYS[0], "2")
