"""Does what is due happen as its kind says, at the time it was due?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from mock_server.engine.moment import Moment
from mock_server.engine.scheduled import ScheduledHandlers
from mock_server.settings import Settings
from mock_server.world.agenda import Entry
from tests.unit.toy import START, Toy


def test_an_entry_happens_by_its_name_at_its_own_time(toy: Toy) -> None:
    seen: list[tuple[Moment, Mapping[str, Any]]] = []
    settings = Settings(seed=7)
    kinds = {"ring": lambda moment, details: seen.append((moment, details)), "sleep": None}
    due_at = START + timedelta(minutes=5)
    with toy.worlds.turn("toy") as world:
        ScheduledHandlers(kinds, settings).perform(Entry(due_at, "ring", {"bell": 1}), world)  # type: ignore[arg-type]
    assert seen == [(Moment(world, due_at, settings), {"bell": 1})]


def test_what_has_no_kind_is_a_fault_of_ours(toy: Toy) -> None:
    with toy.worlds.turn("toy") as world, pytest.raises(KeyError, match="ring"):
        ScheduledHandlers({}, Settings()).perform(Entry(START, "ring", {}), world)
