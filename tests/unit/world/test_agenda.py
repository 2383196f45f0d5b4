"""Does what is due come when it is due, in order, and once?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from mock_server.world.agenda import Agenda, Entry
from mock_server.world.store import Store

NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def entry(minutes: int, action: str) -> Entry:
    return Entry(NINE + timedelta(minutes=minutes), action, {"for": ["Zoë", 1]})


def taken(agenda: Agenda, minutes: int) -> Sequence[str]:
    found = []
    while agenda.has_due(NINE + timedelta(minutes=minutes)):
        found.append(agenda.take().action)
    return found


@pytest.fixture
def agenda(store: Store) -> Agenda:
    return Agenda(store, "mine")


def test_entries_come_soonest_first_and_those_of_one_instant_as_they_were_added(
    agenda: Agenda,
) -> None:
    for each in (entry(5, "late"), entry(1, "one"), entry(0, "first"), entry(1, "two")):
        agenda.add(each)
    assert taken(agenda, 5) == ["first", "one", "two", "late"]


def test_an_entry_is_due_from_its_instant_on_and_only_once(agenda: Agenda) -> None:
    agenda.add(entry(1, "only"))
    assert not agenda.has_due(NINE + timedelta(seconds=59))
    assert taken(agenda, 0) == []
    assert agenda.has_due(NINE + timedelta(minutes=1))
    assert taken(agenda, 1) == ["only"]
    assert taken(agenda, 1) == []


def test_an_entry_comes_back_as_it_was_added(agenda: Agenda) -> None:
    agenda.add(entry(1, "only"))
    assert agenda.take() == entry(1, "only")
    with pytest.raises(LookupError, match="nothing stands on the agenda of 'mine'"):
        agenda.take()


def test_an_entry_may_put_more_on_the_agenda_while_it_is_taken(agenda: Agenda) -> None:
    agenda.add(entry(0, "first"))
    agenda.add(entry(2, "last"))
    seen = []
    while agenda.has_due(NINE + timedelta(minutes=2)):
        seen.append(agenda.take().action)
        if seen == ["first"]:
            agenda.add(entry(1, "added"))
            agenda.add(entry(3, "for later"))
    assert seen == ["first", "added", "last"]
    assert agenda.has_due(NINE + timedelta(minutes=3))


def test_no_world_sees_the_agenda_of_another(store: Store, agenda: Agenda) -> None:
    other = Agenda(store, "other")
    agenda.add(entry(0, "mine"))
    assert not other.has_due(NINE)
    assert taken(other, 0) == []
    assert taken(agenda, 0) == ["mine"]


def test_an_agenda_that_is_opened_again_knows_what_is_due(store: Store, agenda: Agenda) -> None:
    agenda.add(entry(1, "kept"))
    assert taken(Agenda(store, "mine"), 1) == ["kept"]


def test_an_undone_transaction_leaves_the_agenda_as_it_was(
    store: Store, agenda: Agenda, undone: Any
) -> None:
    with store.transaction():
        agenda.add(entry(5, "kept"))
    with undone(store.transaction()):
        agenda.add(entry(0, "undone"))
    agenda.reload()
    assert not agenda.has_due(NINE)
    assert taken(agenda, 5) == ["kept"]


def test_an_agenda_tells_when_the_next_thing_is_due(agenda: Agenda) -> None:
    assert agenda.next_due is None
    agenda.add(entry(5, "late"))
    agenda.add(entry(2, "soon"))
    assert agenda.next_due == NINE + timedelta(minutes=2)


def test_an_agenda_of_routine_alone_is_idle(agenda: Agenda) -> None:
    assert agenda.is_idle()
    agenda.add(replace(entry(1, "rounds"), is_routine=True))
    assert agenda.is_idle()
    agenda.add(entry(5, "once"))
    assert not agenda.is_idle()
    assert taken(agenda, 1) == ["rounds"]
    assert taken(agenda, 5) == ["once"]
    assert agenda.is_idle()


def test_an_agenda_says_that_it_has_grown(agenda: Agenda) -> None:
    assert not agenda.has_grown
    agenda.add(entry(1, "added"))
    assert agenda.has_grown


def test_an_agenda_is_found_by_its_index_though_statistics_know_of_one_world_alone(
    store: Store, agenda: Agenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes in range(13):
        agenda.add(replace(entry(minutes, "rounds"), is_routine=True))
    store.execute(sa.text("ANALYZE"))
    texts: list[str] = []
    prepared = store._prepared

    def noted(shape: Any, build: Any) -> Any:
        texts.append(prepared(shape, build)[0])
        return prepared(shape, build)

    monkeypatch.setattr(store, "_prepared", noted)
    agenda.reload()
    agenda.is_idle()
    assert len(texts) == 2
    for text in texts:
        plan = store.execute(sa.text(f"EXPLAIN QUERY PLAN {text.replace('?', '1')}"))
        assert "USING INDEX ix_agenda (world=?)" in str(plan.all())
