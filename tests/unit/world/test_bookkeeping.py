"""Are a world's own words and plans kept by its name, and plans found by their time?"""

import pytest
import sqlalchemy as sa

from mock_server.world.bookkeeping import agenda_table, worlds_table


@pytest.fixture
def database() -> sa.Engine:
    return sa.create_engine("sqlite://")


def test_a_world_is_kept_once(database: sa.Engine) -> None:
    worlds = worlds_table(metadata := sa.MetaData())
    metadata.create_all(database)
    with database.begin() as line:
        line.execute(sa.insert(worlds), {"name": "mine", "state": "{}"})
        with pytest.raises(sa.exc.IntegrityError):
            line.execute(sa.insert(worlds), {"name": "mine", "state": "{}"})


def test_what_is_due_next_is_found_by_an_index(database: sa.Engine) -> None:
    agenda = agenda_table(metadata := sa.MetaData())
    metadata.create_all(database)
    soonest = sa.select(agenda.c.number).where(agenda.c.world == "mine").order_by(agenda.c.due_at)
    text = soonest.compile(database, compile_kwargs={"literal_binds": True})
    with database.connect() as line:
        [plan] = line.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    assert "ix_agenda" in plan.detail
