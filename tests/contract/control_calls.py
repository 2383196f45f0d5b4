"""What the sandbox's own operations are called with, so that each has something to do.

A value such as `{integration_id}` stands for one of the `names` of a case.
"""

from collections.abc import Mapping
from typing import Any

Body = Mapping[str, Any]

# Together the bodies of an operation send every field that it takes; the first one is ordinary.
BODIES: Mapping[str, tuple[Body, ...]] = {
    "POST /__admin/clock": (
        {"freeze": True},
        {"freeze": "2026-03-01T10:00:00Z"},
        {"flow": True},
    ),
    "POST /__admin/clock/advance": (
        {"by": "1h30m"},
        {"by": "0s"},
        {"to": "2026-03-02T09:00:00Z"},
        {"until": "idle"},
        {"until": "idle", "most": "2h"},
    ),
    "POST /__admin/reset": ({},),
    "POST /__admin/worlds": (
        {"name": "made"},
        {
            "name": "made",
            "seed": 7,
            "start_at": "2026-03-01T10:00:00Z",
            "freeze": True,
            "settings": {"write_seconds": 0, "strict": True, "read_back": "always"},
        },
        {"name": "made", "scenario": "move-in", "seed": 7},
        {"name": "copied", "from": "{world}", "seed": 7, "freeze": True},
        {"name": "copied", "from": "{world}", "snapshot": "{snapshot}"},
        {"name": "copied", "from": "{called}", "at_call": 1},
    ),
    "POST /__admin/import": (
        {"text": "{exported}"},
        {"text": "{exported}", "name": "imported"},
    ),
    "POST /__admin/snapshots": ({"name": "before"},),
    "POST /__admin/snapshots/{snapshot}/restore": ({},),
    "POST /__admin/stories/{story}/begin": ({"reset": True},),
    "POST /__admin/stories/{story}/step": ({},),
    "POST /__admin/stories/{story}/back": ({},),
    "POST /__admin/faults": (
        # They strike nobody here, because no credential has this label.
        {"effect": "status", "status": 503, "credential": "web"},
        {
            "effect": "status",
            "status": 429,
            "message": "Slow down.",
            "operation": "POST /v1/leads",
            "integration_id": "{integration_id}",
            "pms": "entrata",
            "credential": "web",
            "chance": 0.5,
            "times": 2,
            "after": 1,
        },
        {
            "effect": "latency",
            "seconds": 1,
            "seconds_to": 2.5,
            "api": "leadpro",
            "credential": "web",
        },
        {"effect": "latency", "seconds": 1, "spread": 0.5, "credential": "web"},
        {"effect": "rate_limit", "per_minute": 5, "credential": "web"},
        {
            "effect": "cut",
            "share": 0.2,
            "method": "GET",
            "path": "/v1/leads/*",
            "credential": "web",
        },
    ),
    "POST /__admin/calls/verify": (
        {"operation": "POST /v1/leads", "never": True},
        {"operation": "POST /v1/leads/", "status": 200, "body": {"a": [1]}, "at_most": 0},
        {"after": 2, "exactly": 0},
        {"at_least": 1},
        {"in_order": [{"operation": "POST /v1/leads/", "status": 200, "body": {}}]},
    ),
    "POST /__admin/deliveries/{delivery_id}/resend": ({},),
    "POST /sandbox/webhooks/faults": (
        {"effect": "lose"},
        {
            "effect": "delay",
            "api": "propexo",
            "event": "DATA_NEW",
            "webhook_id": "{hook_id}",
            "seconds": 90.5,
            "times": 2,
        },
        {"effect": "reorder", "seconds": 0},
        {"effect": "duplicate", "api": "leadpro"},
        {"effect": "wrong_signature"},
    ),
    "POST /sandbox/leadpro/webhooks": (
        {"url": "https://example.com/leads"},
        {
            "url": "http://127.0.0.1:9/leads",
            "events": ["lead.created", "lead.created"],
            "headers": {"x-key": "yes"},
            "active": False,
        },
        {"url": "https://example.com/leads", "headers": None},
    ),
    "PATCH /sandbox/leadpro/webhooks/{webhook_id}": (
        {"active": False},
        {"url": "https://example.com/new", "events": ["lead.updated"], "headers": {}},
        {},
    ),
    "POST /sandbox/webhooks/fire": (
        {"event": "DATA_NEW", "record_id": "{record_id}"},
        {
            "event": "DATA_UPDATE",
            "api": "propexo",
            "record_id": "{record_id}",
            "model": "leads",
            "webhook_id": "{hook_id}",
            "changed": {"first_name": "Ada"},
        },
        {
            "event": "SYNC_COMPLETE",
            "integration_id": "{integration_id}",
            "webhook_id": "{hook_id}",
        },
        {"event": "DATA_NEW", "webhook_id": "{hook_id}", "body": {"colour": "red"}},
    ),
    "POST /sandbox/outcomes": (
        {"write_status": "FAILURE"},
        {
            "write_status": "PARTIAL_SUCCESS",
            "operation": "POST /v1/leads",
            "integration_id": "{integration_id}",
            "times": 3,
            "errors": ["The lead is known already."],
            "after": "2m",
        },
        {"write_status": "SUCCESS", "after": "366d"},
    ),
    "PUT /sandbox/pms/{integration_id}/login": ({"works": False}, {"works": True}),
    "PUT /sandbox/pms/{integration_id}/down": ({"for": "1h"}, {"for": None}),
    "PUT /sandbox/pms/{integration_id}/approvals": ({"automatic": False}, {"automatic": True}),
    "POST /sandbox/pms/{integration_id}/approvals": ({"approve": True}, {"approve": False}),
    "PUT /sandbox/pms/{integration_id}/models": (
        {"leads": False},
        {"leads": True, "properties": True},
        {},
    ),
    "POST /sandbox/pms/{integration_id}/leads/{lead_id}/advance": (
        {"to": "toured"},
        {"to": "leased", "unit_id": "{unit_id}"},
    ),
    "POST /sandbox/pms/{integration_id}/residents/{resident_id}/transfer": (
        {"unit_id": "{unit_id}"},
    ),
    "POST /sandbox/pms/{integration_id}/{model}": (
        {"first_name": "Ada", "last_name": "Byron"},
        {},
    ),
    "PATCH /sandbox/pms/{integration_id}/{model}/{record_id}": (
        {"first_name": "Ada", "last_name": None},
        {},
    ),
}

# Every query parameter of an operation, with a value that is taken and one that is refused.
QUERIES: Mapping[str, tuple[str, str]] = {
    "offset": ("1", "-1"),
    "limit": ("1000", "1001"),
    "all": ("false", "perhaps"),
    "whole": ("true", "perhaps"),
    "state": ("waiting", "lying"),
    "api": ("propexo", "nobody"),
    "event": ("DATA_NEW", "DATA_OLD"),
    "webhook_id": ("cwebhook", ""),
    "record_id": ("cnothing", ""),
    "operation": ("GET /v1/leads", "GET /v1/leeds/"),
    "status": ("404", "99"),
    "world": ("me", ""),
    "credential": ("web", "x" * 65),
    "since": ("2026-03-01T09:00:00Z", "yesterday"),
    "after": ("0", "-1"),
    "wait": ("0", "61"),
    "brief": ("true", "perhaps"),
    "control": ("true", "perhaps"),
}
# Whatever text these parameters have, they only find nothing.
TAKE_ANY_TEXT = frozenset({"webhook_id", "record_id"})
