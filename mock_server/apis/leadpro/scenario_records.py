"""What a record of LeadPro's has of which a scenario says only some fields."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.leadpro import office_routing, valuation
from mock_server.apis.leadpro.account import LEAD_TYPES, account
from mock_server.apis.leadpro.leads import FIRST_ID, standing
from mock_server.engine.scenarios.furnishing import Furnishing, Newcomer, as_said
from mock_server.nearest import unknown
from mock_server.world.records import Record

_NAMES = ("first_name", "last_name")


def furnishing() -> Furnishing:
    """Return how records of LeadPro's become whole."""
    return Furnishing(whole=_whole, changed=_changed)


def _whole(newcomer: Newcomer) -> Record:
    return _lead(newcomer) if newcomer.resource.name == "leads" else as_said(newcomer)


def _changed(newcomer: Newcomer) -> Record:
    if newcomer.resource.name != "leads":
        return dict(newcomer.said)
    known = newcomer.world.collection("leadpro_leads").get(newcomer.said["id"]) or {}
    return {**newcomer.said, **_full_name({**known, **newcomer.said}), **_standing(newcomer.said)}


def _lead(newcomer: Newcomer) -> Record:
    """Return a lead as if it had been created: routed, with a status, and valued if it asks.

    Raises `ValueError` for one without a type, and for an office or status that there is not.
    """
    said = newcomer.said
    if said.get("type") is None:
        raise ValueError(f"type: is required: one of {', '.join(LEAD_TYPES)}")
    number = newcomer.world.next_number("leadpro_leads", first=FIRST_ID)
    return {
        "id": number,
        "source": "homepage",
        "is_parent": True,
        "created_at": newcomer.born,
        "account_id": account().id,
        "account_name": account().name,
        **(valuation.estimate(said) if said.get("source") == "ivt" else {}),
        **_routed(said),
        **_full_name(said),
        **said,
        **_standing({"status": "New", **said}),
    }


def _routed(said: Mapping[str, Any]) -> Record:
    offices, wanted = account().offices, said.get("office_id")
    known = {each.id: each for each in offices}
    if wanted is not None and wanted not in known:
        raise ValueError(f"office_id: {unknown('office', str(wanted), map(str, known))}")
    return office_routing.route(said, offices).fields


def _full_name(lead: Mapping[str, Any]) -> Record:
    names = [lead[name] for name in _NAMES if lead.get(name)]
    return {} if "full_name" in lead and not names else {"full_name": " ".join(names)}


def _standing(said: Mapping[str, Any]) -> Record:
    if said.get("status") is None:
        return {}
    try:
        return standing(said["status"])
    except KeyError:
        known = [each["name"] for each in account().statuses]
        raise ValueError(f"status: {unknown('status', str(said['status']), known)}") from None
