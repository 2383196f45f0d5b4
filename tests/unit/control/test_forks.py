"""Is a world made as another one was before one of its calls?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from mock_server import create_app
from mock_server.engine import deliveries
from mock_server.engine.messages import AttemptResult
from tests.unit.apis.conftest import Machine

LEAD = "/v1/leads/lead-123456789"
WEBHOOK = {"event_triggers": ["DATA_UPDATE"], "target_url": "http://127.0.0.1:9/hook"}
SNAPSHOTS = "/__admin/snapshots"


class Server:
    """An application whose deliveries come back with a 500 as soon as they leave."""

    def __init__(self, **settings: Any) -> None:
        self.machine = Machine()
        app = create_app(machine=self.machine, access_log=False, **settings)
        self.worlds = app.extensions["mock_server"]
        self.sent = 0
        self.worlds.on_stir = self._bring_back
        self.client = app.test_client()

    def _bring_back(self) -> None:
        for each in self.worlds.deliveries():
            with self.worlds.turn_of(each.world, each.epoch) as world:
                if world is not None and each.delivery in world.deliveries:
                    self.sent += 1
                    answer = AttemptResult(status=500, text="no", milliseconds=self.sent)
                    deliveries.note(world, each.delivery, answer)

    def ask(self, method: str, path: str, body: Any = None, world: str = "me") -> Any:
        headers = {"Authorization": f"Bearer sandbox_{world}", "x-api-key": f"sandbox_{world}"}
        self.machine.advance(seconds=0.123456)
        return self.client.open(path, method=method, json=body, headers=headers)

    def fork(self, name: str, at_call: int, source: str = "me", **said: Any) -> Any:
        body = {"name": name, "from": source, "at_call": at_call, **said}
        return self.ask("POST", "/__admin/worlds", body, "other").json

    def last_call(self, world: str = "me") -> int:
        return int(self.ask("GET", "/__admin/calls", world=world).json["meta"]["last_number"])

    def rows(self, world: str) -> tuple[Any, list[str]]:
        """Return when a world was written, and what it is but for its name and what it counts."""
        text = self.ask("GET", "/__admin/export", world=world).json["text"]
        head, *rows = text.split("\n")
        told = json.loads(head)
        own = {name: told[name] for name in ("at", "settings", "draws", "numbers", "deliveries")}
        return own, rows


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.worlds.close()


def live(server: Server, world: str = "me") -> None:
    """Do with a world what leaves traces of every kind."""
    ask = server.ask
    ask("POST", "/v1/webhooks/", WEBHOOK | {"name": "All", "active": True}, world)
    ask("POST", "/sandbox/outcomes", {"write_status": "FAILURE", "times": 1}, world)
    ask("PUT", LEAD, {"first_name": "Fails"}, world)
    ask("PUT", LEAD, {"first_name": "Lands"}, world)
    ask("PUT", "/v1/leads/nobody", {"first_name": "Refused"}, world)
    ask("POST", "/__admin/clock/advance", {"by": "5m"}, world)
    ask("POST", "/__admin/faults", {"effect": "status", "status": 503, "chance": 0.5}, world)
    for _ in range(3):
        ask("GET", "/v1/leads/?limit=2", world=world)
    lead = {"type": "vendor", "first_name": "Ada", "last_name": "Byron", "postcode": "SW6 3AZ"}
    ask(
        "POST", "/api/v103/leads", lead | {"email": "a@example.com", "phone": "07700 900123"}, world
    )
    ask("DELETE", f"/sandbox/pms/intg-987654321/leads/{LEAD.rpartition('/')[2]}", world=world)
    ask("POST", "/__admin/clock", {"freeze": True}, world)
    ask("POST", "/__admin/clock/advance", {"by": "12h30m"}, world)
    ask("POST", "/__admin/clock", {"flow": True}, world)
    server.machine.advance(minutes=20)
    ask("GET", "/v1/leads/?limit=2", world=world)


def test_it_is_the_world_as_it_was(server: Server) -> None:
    live(server)
    number = server.last_call() + 2  # The next call takes the snapshot.
    server.ask("POST", SNAPSHOTS, {"name": "then"})
    server.machine.advance(seconds=-0.123456)
    sent = server.sent
    server.ask("PUT", LEAD, {"first_name": "Later"})
    server.ask("POST", "/__admin/clock/advance", {"by": "2d"})
    server.sent, later = sent, server.sent
    made = server.fork("fork", number)
    assert (made["name"], server.sent) == ("fork", sent), later
    server.ask("POST", "/__admin/worlds", {"name": "kept", "from": "me", "snapshot": "then"})
    server.machine.advance(seconds=-0.123456)
    (fork, fork_rows), (kept, kept_rows) = server.rows("fork"), server.rows("kept")
    assert fork_rows == kept_rows
    assert fork["draws"] == kept["draws"]
    assert fork["numbers"] == kept["numbers"]


def test_it_goes_on_as_the_first_one_did(server: Server) -> None:
    live(server)
    server.ask("POST", "/__admin/clock", {"freeze": True})
    number = server.last_call() + 1
    first = server.ask("PUT", LEAD, {"first_name": "Again"}).json
    server.fork("fork", number)
    assert server.ask("PUT", LEAD, {"first_name": "Again"}, "fork").json == first
    server.ask("POST", "/__admin/reset", world="fork")
    assert server.ask("PUT", LEAD, {"first_name": "Again"}, "fork").json == first


@pytest.mark.parametrize(
    "began",
    [
        {"scenario": "move-in", "seed": 7},
        {"start_at": "2026-04-01T12:00:00Z", "settings": {"write_seconds": 0}},
        {"from": "me"},
    ],
)
def test_the_world_may_have_begun_in_any_way(server: Server, began: dict[str, Any]) -> None:
    server.ask("PUT", LEAD, {"first_name": "Before"})
    server.ask("POST", "/__admin/worlds", {"name": "begun", **began}, "other")
    server.machine.advance(hours=13)
    server.ask("PUT", LEAD, {"first_name": "Once"}, "begun")
    before = server.ask("GET", "/v1/leads/", world="begun").data
    server.ask("PUT", LEAD, {"first_name": "Twice"}, "begun")
    made = server.fork("fork", 2, "begun", settings={"strict": True})
    assert made["settings"] == {**began.get("settings", {}), "strict": True}
    server.machine.advance(seconds=-0.123456)
    assert server.ask("GET", "/v1/leads/", world="fork").data == before


def test_a_world_that_was_reset_is_followed_from_there(server: Server) -> None:
    server.ask("PUT", LEAD, {"first_name": "Gone"})
    server.ask("POST", "/__admin/reset")
    first = server.ask("GET", LEAD).json
    server.ask("PUT", LEAD, {"first_name": "Changed"})
    server.fork("fork", 2)
    assert server.ask("GET", LEAD, world="fork").json == first


def test_what_cannot_be_made_is_refused_in_words(server: Server) -> None:
    server.ask("PUT", LEAD, {"first_name": "Once"})
    assert "are 1 to 1, since it began" in server.fork("fork", 2)["error"]
    assert "there is no world 'mee'; did you mean me?" in server.fork("fork", 1, "mee")["error"]
    assert "cannot stand beside at_call" in server.fork("fork", 1, seed=7)["error"]
    lacking = server.ask("POST", "/__admin/worlds", {"name": "fork", "at_call": 1}).json
    assert "say of which world" in lacking["error"]


def test_calls_that_are_not_kept_cannot_be_made_again() -> None:
    server = Server(keep_calls=2)
    for name in ("One", "Two", "Three"):
        server.ask("PUT", LEAD, {"first_name": name})
    assert "keep more with --keep-calls" in server.fork("fork", 3)["error"]
    server.worlds.close()
