"""Is a PMS down for as long as was said, and does Propexo learn of a login only by trying?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import failures, health

ENTRATA = "intg-987654321"
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def world(propexo: Any) -> Iterator[Any]:
    with propexo.world() as world:
        yield world


def entrata(world: Any) -> dict[str, Any]:
    return records(world, "integrations").get(ENTRATA) or {}


def ailment(world: Any, **later: float) -> str | None:
    return health.ailment(entrata(world), NOW + timedelta(**later))


def test_a_system_that_nobody_touched_is_well(world: Any) -> None:
    assert ailment(world) is None


def test_a_system_is_down_until_the_instant_and_then_well(world: Any) -> None:
    health.take_down(world, entrata(world), NOW + timedelta(hours=1))
    assert ailment(world, minutes=59) == "down"
    assert ailment(world, hours=1) is None


def test_a_system_is_brought_back_early(world: Any) -> None:
    health.take_down(world, entrata(world), NOW + timedelta(hours=1))
    health.take_down(world, entrata(world), None)
    assert ailment(world) is None


def test_a_broken_login_lasts_until_it_is_mended(world: Any) -> None:
    health.set_login(world, entrata(world), works=False)
    assert ailment(world, days=300) == "login"
    health.set_login(world, entrata(world), works=True)
    assert ailment(world) is None


def test_who_is_down_refuses_nobody(world: Any) -> None:
    health.set_login(world, entrata(world), works=False)
    health.take_down(world, entrata(world), NOW + timedelta(hours=1))
    assert ailment(world) == "down"
    assert ailment(world, hours=1) == "login"


@pytest.mark.parametrize(("ailing", "expected"), [(None, True), ("login", False)])
def test_a_try_tells_whether_the_login_works(
    ailing: str | None,
    expected: bool,  # noqa: FBT001 - a table's column
    world: Any,
) -> None:
    records(world, "integrations").patch(ENTRATA, {"can_authenticate": not expected})
    health.note_login(world, entrata(world), ailing)
    assert entrata(world)["can_authenticate"] is expected


@pytest.mark.parametrize("known", [True, False])
def test_who_gets_no_answer_learns_nothing_of_the_login(
    known: bool,  # noqa: FBT001 - a table's column
    world: Any,
) -> None:
    records(world, "integrations").patch(ENTRATA, {"can_authenticate": known})
    health.note_login(world, entrata(world), "down")
    assert entrata(world)["can_authenticate"] is known


def test_no_call_shows_how_the_system_is(propexo: Any) -> None:
    with propexo.world() as world:
        health.set_login(world, entrata(world), works=False)
    shown = propexo.get("GET /v1/admin/integrations/{integration_id}/", integration_id=ENTRATA)
    assert "login_works" not in shown["results"]
    assert shown["results"]["can_authenticate"]


def test_every_ailment_is_a_kind_of_failure() -> None:
    assert {health.DOWN, health.LOGIN} <= {*failures.KINDS}
