"""Charges and payments that a property manager approves before they reach the ledger of a PMS."""

from mock_server.apis.propexo.kept import model_of, records
from mock_server.apis.propexo.pms import balances, truth
from mock_server.engine.changes import Change, from_details
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

_MODELS = frozenset({"resident_charges", "resident_payments"})
# Its property managers approve each of them (reference: create charge, create payment).
_APPROVES_ALL = "RESMAN"
# What an Entrata charge says of itself (reference: create charge).
_ASKED_FOR = "is_approval_required"


def set_automatic(world: World, integration: Record, *, is_automatic: bool) -> None:
    """Choose whether the property manager approves at once, or when a caller says so."""
    changes = {"approves_at_once": is_automatic}
    records(world, "integrations").patch(integration["id"], changes)


def is_automatic(integration: Record) -> bool:
    """Say whether the property manager approves at once."""
    return bool(integration.get("approves_at_once", True))


def held_back(moment: Moment, integration_id: str, made: Change) -> bool:
    """Say whether a change has to wait for approval, and keep it if so."""
    integration = records(moment.world, "integrations").get(integration_id)
    if integration is None or is_automatic(integration) or not _is_needed(integration, made):
        return False
    records(moment.world, "approvals").add(
        {
            "id": made.record_id,
            "integration_id": integration_id,
            "model": model_of(made.table),
            "written_at": iso(moment.at),
            "change": made.as_details(),
        }
    )
    return True


def waiting(world: World, integration_id: str) -> list[Record]:
    """Return what waits for approval, oldest first."""
    return records(world, "approvals").all(where(integration_id=integration_id))


def decide(moment: Moment, row: Record, *, is_approved: bool) -> None:
    """Enter what waits in the ledger, where the next sync finds it, or reject it."""
    records(moment.world, "approvals").remove(row["id"])
    if is_approved:
        made = from_details(row["change"])
        for change in balances.entered(moment, row["integration_id"], made):
            truth.change(moment.world, row["integration_id"], change)


def _is_needed(integration: Record, made: Change) -> bool:
    if made.verb != "add" or model_of(made.table) not in _MODELS:
        return False
    return integration["vendor"] == _APPROVES_ALL or made.values.get(_ASKED_FOR) is True
