"""Where LeadPro's offices stand, what they cover, and which way each lead went to its office."""

import json
from collections.abc import Mapping
from typing import Any

from mock_server.apis.leadpro import office_routing
from mock_server.apis.leadpro.account import Office, Patch, account
from mock_server.apis.leadpro.positions import Position, position_of
from mock_server.control.leadpro_leads import page_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.world.world import World


def find_offices(_: Call, _world: World) -> Reply:
    """Answer the offices with their positions and patches."""
    offices = [_office(each) for each in account().offices]
    return reply({"total": len(offices), "results": offices})


def find_routes(call: Call, world: World) -> Reply:
    """Answer one page of the leads, newest first, each with the way to its office."""
    found = page_of(call, world)
    ways = [_way(each) for each in json.loads(b"[%b]" % found.texts)]
    return reply({"total": found.total, "results": ways})


def _office(office: Office) -> dict[str, Any]:
    patches = [_patch(each) for each in office.patches]
    return {"id": office.id, "name": office.name, **office.position._asdict(), "patches": patches}


def _patch(patch: Patch) -> dict[str, Any]:
    return {
        "postcode": patch.postcode,
        "lead_types": [*patch.lead_types],
        "centres": [each._asdict() for each in patch.centres],
    }


def _way(lead: Mapping[str, Any]) -> dict[str, Any]:
    found = office_routing.route_of(lead, account().offices)
    postcode = office_routing.routed_by(lead)
    return {
        **{name: lead[name] for name in ("id", "type", "office_id", "office_name")},
        "postcode": postcode,
        "position": _shown(position_of(postcode or "")),
        "reason": found.reason,
        "patch": found.patch and found.patch.postcode,
        "measured_to": _shown(found.centre),
        "out_of_area_distance": lead["out_of_area_distance"],
    }


def _shown(position: Position | None) -> dict[str, float] | None:
    return None if position is None else position._asdict()
