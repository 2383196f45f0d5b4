"""Which integration does a call name, and which PMS is behind it, before anything is checked?"""

import json
from typing import Any
from urllib.parse import parse_qs

from mock_server.apis.propexo.kept import records
from mock_server.engine.call import Call
from mock_server.world.world import World

_INTEGRATION, _VENDOR = "integration_id", "integration_vendor"


def of(call: Call, world: World) -> tuple[str | None, str | None]:
    """Return the integration and the PMS of a call; None for what it does not say.

    It may say so in its path, query or body, or by the record that its path names.
    """
    query = parse_qs(call.query_text)
    said = call.path.get(_INTEGRATION) or _first(query, _INTEGRATION) or _in_body(call)
    integration_id = said or _of_record(call, world)
    integration = records(world, "integrations").get(integration_id) if integration_id else None
    vendor = integration["vendor"] if integration else None
    return integration_id, vendor or call.operation.vendor or _first(query, _VENDOR)


def _first(query: dict[str, list[str]], name: str) -> str | None:
    return next(iter(query.get(name, ())), None)


def _in_body(call: Call) -> str | None:
    try:
        body: Any = json.loads(call.content) if call.content else {}
    except (ValueError, RecursionError):
        return None
    said = body.get(_INTEGRATION) if isinstance(body, dict) else None
    return said if isinstance(said, str) else None


def _of_record(call: Call, world: World) -> str | None:
    operation = call.operation
    if operation.resource is None or not operation.path_names:
        return None
    record = call.records(world).get(call.record_id)
    return None if record is None else record.get(_INTEGRATION)
