"""Is a world that was written into a text and read again the same, and is a bad text refused?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from mock_server import create_app
from tests.unit.apis.conftest import Machine

LISTS = (
    "/v1/leads/?limit=250",
    "/v1/leads/?limit=250&order-by=last_seen:asc",
    "/v1/residents/?limit=250",
    "/v1/webhooks/",
    "/v1/admin/job-logs/?limit=100",
    "/sandbox/leadpro/leads?limit=500",
    "/__admin/deliveries?limit=100",
)
LEAD = '{"table":"propexo_leads","record":'
TRIGGERS = {"event_triggers": ["DATA_UPDATE"], "target_url": "http://127.0.0.1:9/hook"}


class Server:
    """An application of its own, as another machine would have it."""

    def __init__(self) -> None:
        app = create_app(machine=Machine(), access_log=False)
        self.worlds = app.extensions["mock_server"]
        self.worlds.on_stir = lambda: None
        self.client = app.test_client()

    def ask(self, method: str, path: str, body: Any = None, world: str = "me") -> Any:
        headers = {"Authorization": f"Bearer sandbox_{world}", "x-api-key": f"sandbox_{world}"}
        return self.client.open(path, method=method, json=body, headers=headers)

    def export(self, world: str = "me", *, whole: bool = False) -> str:
        query = "?whole=true" if whole else ""
        return str(self.ask("GET", f"/__admin/export{query}", world=world).json["text"])

    def take(self, text: str, name: str) -> Any:
        return self.ask("POST", "/__admin/import", {"text": text, "name": name}).json


@pytest.fixture(scope="module")
def here() -> Iterator[Server]:
    server = Server()
    server.ask("POST", "/__admin/clock", {"freeze": True})
    server.ask("POST", "/v1/webhooks/", TRIGGERS | {"name": "All", "active": True})
    server.ask(
        "PUT", "/v1/leads/lead-123456789", {"first_name": "Zoë", "last_name": "Two\u2028Lines"}
    )
    server.ask("POST", "/__admin/clock/advance", {"by": "13h"})
    (lead, *_) = server.ask("GET", "/v1/leads/?limit=1").json["results"]
    server.ask("DELETE", f"/sandbox/pms/{lead['integration_id']}/leads/{lead['id']}")
    server.ask("PUT", "/v1/leads/lead-123456789", {"first_name": "Ada"})
    yield server
    server.worlds.close()


@pytest.fixture(scope="module")
def there() -> Iterator[Server]:
    server = Server()
    yield server
    server.worlds.close()


@pytest.mark.parametrize("whole", [False, True], ids=["own", "whole"])
def test_an_imported_world_has_the_same_bytes_and_goes_on_alike(
    here: Server,
    there: Server,
    whole: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    name = f"read-{whole}".lower()
    text = here.export(whole=whole)
    assert there.take(text, name)["now"] == here.ask("GET", "/__admin/clock").json["now"]
    rows = text.split("\n")[1:]  # The first line counts calls, that of the export among them.
    assert there.export(name, whole=whole).split("\n")[1:] == rows
    copy = f"copy-{whole}".lower()
    here.ask("POST", "/__admin/worlds", {"name": copy, "from": "me"})
    for each in (here.ask, copy), (there.ask, name):
        each[0]("POST", "/__admin/clock/advance", {"by": "13h"}, each[1])
    for path in LISTS:
        assert there.ask("GET", path, world=name).data == here.ask("GET", path, world=copy).data
    there.ask("POST", "/__admin/reset", world=name)
    assert there.export(name, whole=whole).split("\n")[1:] == rows
    assert there.ask("GET", "/__admin/changes", world=name).json["total"] == 0


def test_a_whole_world_needs_no_seeded_records(there: Server, here: Server) -> None:
    head, *rows = here.export(whole=True).split("\n")
    leads = [each for each in rows if each.startswith(LEAD)][:3]
    there.take("\n".join([head, *leads]), "three")
    assert there.ask("GET", "/v1/leads/", world="three").json["meta"]["total"] == 3


def _refusal(server: Server, *rows: Any, **head: Any) -> str:
    """Return why a text with these lines is refused."""
    usual = {"mock_server_world": 1, "name": "bad", "at": "2026-03-01T09:00:00Z", "draws": 0}
    usual |= {"numbers": {}, "clock": {"ahead_seconds": 0, "frozen_at": None}}
    lines = [each if isinstance(each, str) else json.dumps(each) for each in (usual | head, *rows)]
    told = server.take("\n".join(lines), "bad")
    return str(told["error"]).removeprefix("text: ")


def test_what_is_wrong_is_told_with_its_line(there: Server, here: Server) -> None:
    lead = next(each for each in here.export().split("\n") if each.startswith(LEAD))
    wrong = lead.replace('"first_name"', '"frist_name"')
    typed = lead.replace('"last_name":"', '"last_name":7,"_":"')
    assert _refusal(there, "[") == "line 2 is not JSON: it breaks off at line 1, column 2"
    assert "must be an object" in _refusal(there, 7)
    assert _refusal(there, {"table": "propexo_leeds"}) == (
        "line 2: there is no table 'propexo_leeds'; did you mean propexo_leads?"
    )
    assert _refusal(there, {"table": "propexo_leads"}).startswith("line 2: it says no record")
    assert "did you mean frist_name?" in _refusal(there, wrong)
    assert _refusal(there, typed) == "line 2: last_name must be a string, not integer"
    entry = {"agenda": "land", "due_at": "2026-03-01T09:00:00Z", "details": {}, "is_routine": False}
    assert "there is no agenda entry 'land'" in _refusal(there, entry)
    assert "did you mean seed?" in _refusal(there, sed=7)
    assert "of version 2" in _refusal(there, mock_server_world=2)
    assert "no world of mock-server" in _refusal(there, mock_server_world=None)
    seeded = {"seed": 7, "leads": 200}
    assert "start it with the same" in _refusal(there, seeded_with=seeded)
    assert not there.worlds.knows("bad")


def test_a_world_that_was_written_to_is_not_replaced(here: Server) -> None:
    assert "has been written to" in here.take(here.export(), "me")["error"]
