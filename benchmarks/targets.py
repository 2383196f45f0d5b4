"""Which requests are measured, and what a sandbox must be asked first to make them."""

import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CALLER = "sandbox_bench"
HEADERS = {"Authorization": f"Bearer {CALLER}", "x-api-key": CALLER}
JSON_HEADERS = {**HEADERS, "Content-Type": "application/json"}

LIST, BY_ID, FILTERED = "list of 100", "by id", "filtered list"
CREATE, CREATE_LEADPRO = "create", "create (LeadPro)"
PAGES = "pages at random offsets"
WRITES = (CREATE, CREATE_LEADPRO)
NAMES = (LIST, BY_ID, FILTERED, *WRITES)


@dataclass(frozen=True)
class Target:
    """One request to repeat; of several paths each connection takes one after the other."""

    name: str
    paths: tuple[str, ...]
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)


def targets(url: str) -> list[Target]:
    """Return the requests, with ids that the sandbox at this address knows."""
    # A PMS with no rules of its own, so that a new lead needs no more than the generic ones demand.
    lead = ask(url, "/v1/leads/?limit=1&integration_vendor=PROPERTYWARE_REST")["results"][0]
    mine = f"integration_id={lead['integration_id']}&email_1={lead['email_1']}"
    return [
        Target(LIST, ("/v1/leads/?limit=100",)),
        Target(BY_ID, (f"/v1/leads/{lead['id']}",)),
        Target(FILTERED, (f"/v1/leads/?{mine}&limit=100",)),
        _creating(CREATE, "/v1/leads/", _new_lead(lead)),
        _creating(CREATE_LEADPRO, "/api/v103/leads", _NEW_LEADPRO_LEAD),
    ]


def random_pages(url: str, offsets: list[float]) -> Target:
    """Return pages of 100 in the default order, each offset a share of the whole list."""
    total = ask(url, "/v1/leads/?limit=0")["meta"]["total"]
    starts = [int(each * (total - 100)) for each in offsets]
    return Target(PAGES, tuple(f"/v1/leads/?limit=100&offset={each}" for each in starts))


def ask(url: str, path: str, method: str = "GET") -> Any:
    """Return the JSON that a sandbox answers."""
    request = urllib.request.Request(url + path, method=method, headers=HEADERS)
    with urllib.request.urlopen(request, timeout=120) as reply:
        return json.load(reply)


def first_syncs() -> Target:
    """Return the request that lets every integration of a world be synced once."""
    return _creating("first syncs", "/__admin/clock/advance", {"by": "13h"})


def _creating(name: str, path: str, body: Mapping[str, object]) -> Target:
    return Target(name, (path,), "POST", json.dumps(body).encode(), JSON_HEADERS)


def _new_lead(like: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new lead for the same integration and property as a known one."""
    return {
        "integration_id": like["integration_id"],
        "property_id": like["property_id"],
        "first_name": "Jordan",
        "last_name": "Ellis",
        "email_1": "jordan.ellis@example.com",
        "phone_1": "(617) 555-0123",
        "phone_1_type": "MOBILE",
    }


_NEW_LEADPRO_LEAD = {
    "first_name": "Jordan",
    "last_name": "Ellis",
    "email": "jordan.ellis@example.com",
    "phone": "07700 900123",
    "type": "vendor",
    "postcode": "NG1 5FS",
}
