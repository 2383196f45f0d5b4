"""How a lead goes on, stage by stage, to the one that somebody asks for."""

from collections.abc import Callable, Mapping

from mock_server.apis.propexo.leasing import applying, homes, moving_in, signing, touring
from mock_server.apis.propexo.leasing.desk import Desk
from mock_server.apis.propexo.leasing.standing import STAGES, Standing, of_lead
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.records import Record

_STEPS: Mapping[str, Callable[[Desk, Standing, Record], None]] = {
    "applied": applying.apply,
    "approved": applying.approve,
    "leased": signing.sign,
    "moved_in": moving_in.move_in,
}


def advance(desk: Desk, lead_id: str, to: str, unit_id: str | None) -> tuple[str, ...]:
    """Let a lead go on to a stage by way of those before it, and return the stages passed.

    Raises `Invalid` for a stage that is behind the lead, and for a unit that is not to be had.
    """
    standing = _standing(desk, lead_id)
    _refuse_back(standing, to)
    _refuse_idle_home(standing, to, unit_id)
    passed = standing.remaining[: standing.remaining.index(to) + 1]
    # What can be refused is refused before anything is written.
    home = homes.chosen(desk, standing, unit_id) if passed != ("toured",) else None
    for stage in passed:
        if stage == "toured":
            touring.tour(desk, standing)
        elif home is not None:
            _STEPS[stage](desk, standing, home)
        standing = _standing(desk, lead_id)
    return passed


def _standing(desk: Desk, lead_id: str) -> Standing:
    return of_lead(desk, desk.record("leads", lead_id) or {})


def _refuse_back(standing: Standing, to: str) -> None:
    if to in standing.remaining:
        return
    reached = standing.stage or ""
    how = "is there already" if to == reached else f"is past that: it is {reached}"
    onward = standing.remaining
    right = (
        f"the next stage is {onward[0]}"
        if onward
        else f"{STAGES[-1]} is the last stage; reset the world to begin anew"
    )
    raise Invalid([broken("to", f"the lead {standing.lead['id']} {how}; {right}", to)])


def _refuse_idle_home(standing: Standing, to: str, unit_id: str | None) -> None:
    """Raise `Invalid` for a unit where none is chosen: before an application, and after a lease."""
    if unit_id is None:
        return
    signed = (standing.lease or {}).get("unit_id")
    if to == "toured":
        advice = "nobody takes a unit by a tour; give unit_id with applied or a later stage"
        raise Invalid([broken("unit_id", advice, unit_id)])
    if signed not in {None, unit_id}:
        advice = f"the lease is signed for the unit {signed}; leave unit_id out"
        raise Invalid([broken("unit_id", advice, unit_id)])
