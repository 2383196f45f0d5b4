"""One world for one test: where it is, what its clock says, what happens next, what was sent."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from flask.testing import FlaskClient

from mock_server.testing import calls
from mock_server.testing.calls import RecordedCall
from mock_server.testing.changes import changed
from mock_server.testing.control import Control, Json, client_of
from mock_server.testing.interception import Route, redirected
from mock_server.testing.live import HOST
from mock_server.testing.server import MockServer
from mock_server.world.clock import iso, parse
from mock_server.world.naming import world_of

_PREFIX = "sandbox_"
_FAULTS = "/__admin/faults"
_MOST_CHARACTERS = 64  # As long as the name of a world may be.


class Sandbox:
    """A world of a mock server: isolated from all others, with a clock that the test moves.

    Without a server it makes one of its own with the settings, and closes it at the end.
    """

    def __init__(
        self,
        world: str = "test",
        *,
        server: MockServer | None = None,
        scenario: str | None = None,
        **settings: Any,
    ) -> None:
        """Take the world of that name, or make it with the records of a scenario.

        Raises `ValueError` for a name that no world can have, and a server of its own for a
        scenario that cannot be used.
        """
        if server is not None and settings:
            given = ", ".join(settings)
            raise ValueError(f"the server has its settings already; give {given} to it instead")
        self.world = world_of(f"{_PREFIX}{world}")
        self.server = server or MockServer(scenario=scenario, **settings)
        self._is_owner = server is None
        self.control = Control(self.server, self.headers)
        if server is not None and scenario is not None:
            body = {"name": self.world, "scenario": scenario}
            self.control.ask("POST", "/__admin/worlds", body)

    @property
    def token(self) -> str:
        """Return the credential of the world, for both APIs."""
        return f"{_PREFIX}{self.world}"

    @property
    def url(self) -> str:
        """Return the address of both APIs: the base URL of a client, instead of the vendor's."""
        return self.server.url

    @property
    def propexo_url(self) -> str:
        """Return where Propexo's paths begin."""
        return f"{self.url}/v1"

    @property
    def leadpro_url(self) -> str:
        """Return where LeadPro's paths begin."""
        return f"{self.url}/api/v103"

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that carry the credential of the world, for either API."""
        return {"Authorization": f"Bearer {self.token}", "x-api-key": self.token}

    def client(self) -> FlaskClient:
        """Return a client that calls in this process, with the credential of the world."""
        return client_of(self.server, self.headers)

    def now(self) -> datetime:
        """Return the time of the world."""
        return parse(self.control.ask("GET", "/__admin/clock")["now"])

    def freeze(self, at: datetime | None = None) -> None:
        """Stop the clock, now or at a later instant."""
        self.control.ask("POST", "/__admin/clock", {"freeze": True if at is None else iso(at)})

    def flow(self) -> None:
        """Let the clock run again."""
        self.control.ask("POST", "/__admin/clock", {"flow": True})

    def advance(self, by: str) -> datetime:
        """Move the clock by a span such as `12h`; everything due by then happens."""
        return parse(self.control.ask("POST", "/__admin/clock/advance", {"by": by})["now"])

    def settle(self) -> bool:
        """Run all pending work; say whether nothing but scheduled syncs is left."""
        done = self.control.ask("POST", "/__admin/clock/advance", {"until": "idle"})
        return bool(done["is_idle"])

    def outcome(self, write_status: str = "FAILURE", **order: Any) -> Json:
        """Decide how the next Propexo writes end: `times=1, operation="POST /v1/leads/"`."""
        body = {"write_status": write_status, **order}
        return self.control.ask("POST", "/sandbox/outcomes", body)

    def advance_lead(self, lead_id: str, to: str, unit_id: str | None = None) -> Json:
        """Let a lead go on at its PMS: `toured`, `applied`, `approved`, `leased`, `moved_in`.

        Everything that follows happens there too; the next sync brings it to Propexo.
        """
        lead = self.control.ask("GET", f"/v1/leads/{quote(lead_id, safe='')}")["results"]
        pms = f"/sandbox/pms/{lead['integration_id']}"
        unit = {} if unit_id is None else {"unit_id": unit_id}
        return self.control.ask("POST", f"{pms}/leads/{lead['id']}/advance", {"to": to, **unit})

    def calls(self, operation: str | None = None, **filters: Any) -> list[RecordedCall]:
        """Return the calls of the world, oldest first: of `GET /v1/leads/`, with `status=400`."""
        chosen = {"operation": operation, **filters}
        given = {name: value for name, value in chosen.items() if value is not None}
        return [*calls.recorded(self.control, given)]

    def verify(self, operation: str | None = None, **expected: Any) -> None:
        """Raise `AssertionError` unless the calls are as expected, by default one at least.

        `status` and a part of the `body` say which calls; `exactly`, `at_least`, `at_most` or
        `never` how many. `in_order` lists calls by these names that come one after the other.
        """
        named = {"operation": operation} if operation is not None else {}
        calls.verify(self.control, {**named, **expected})

    def fault(self, operation: str | None = None, **rule: Any) -> Json:
        """Let calls go wrong: of `GET /v1/leads/`, with `status=429, times=1`. Returns the fault.

        `effect` says how; without it a `status` is answered, or the reply is late by `seconds`.
        """
        usual = {"effect": "status" if "status" in rule else "latency"}
        named = {"operation": operation} if operation is not None else {}
        return self.control.ask("POST", _FAULTS, {**usual, **named, **rule})

    def faults(self) -> list[Json]:
        """Return the faults of the world, with how many calls each has struck."""
        return [*self.control.every(_FAULTS, {})]

    def clear_faults(self) -> None:
        """Let the calls of the world go right from now on."""
        self.control.ask("DELETE", _FAULTS)

    def deliveries(self, **filters: str) -> list[Json]:
        """Return the webhook deliveries of the world, newest first: `state="lost"`."""
        return [*self.control.every("/__admin/deliveries", filters)]

    def story(self) -> str:
        """Return what happened in the world: calls and refusals, writes, deliveries."""
        from mock_server.testing.story import story

        return story(self)

    def snapshot(self, name: str = "snapshot") -> None:
        """Keep the whole state of the world under a name, in place of an earlier one."""
        self.control.ask("POST", "/__admin/snapshots", {"name": name})

    def restore(self, name: str = "snapshot") -> None:
        """Bring the world back to a snapshot; it may be restored again and again."""
        self.control.ask("POST", f"/__admin/snapshots/{quote(name, safe='')}/restore")

    def changes(self, since: str | None = None) -> Json:
        """Return what became of the vendors' records, since they were seeded or since a snapshot.

        `records` that were made, changed or removed, `failed_writes` and `deliveries`, as plain
        values that can be compared with stored ones.
        """
        return changed(self.control, since)

    def copy(self, name: str = "copy") -> "Sandbox":
        """Return a new world that begins as this one is now; neither changes the other.

        Its name is that of this world with `name` behind it, so that tests keep apart.
        """
        world = f"{self.world[len(name) + 1 - _MOST_CHARACTERS :]}-{name}"
        self.control.ask("POST", "/__admin/worlds", {"name": world, "from": self.world})
        return Sandbox(world, server=self.server)

    def before_call(self, number: int, name: str = "before") -> "Sandbox":
        """Return a new world that is as this one was before its call of that number.

        The calls before it are made again, apart from everything: no webhook is sent twice.
        """
        world = f"{self.world[len(name) + 1 - _MOST_CHARACTERS :]}-{name}"
        body = {"name": world, "from": self.world, "at_call": number}
        self.control.ask("POST", "/__admin/worlds", body)
        return Sandbox(world, server=self.server)

    def reset(self) -> None:
        """Bring the world back to how it was made."""
        self.control.ask("POST", "/__admin/reset")

    @contextmanager
    def intercepted(self, *, others: str = "allow", allow: Iterable[str] = ()) -> Iterator[Self]:
        """Answer calls to the vendors' real hosts from this world, until the block ends.

        `others` says what happens to calls to other hosts: `allow` or `refuse`. Where they are
        refused, only loopback addresses and the hosts in `allow` may be called.
        """
        server = self.server
        with redirected(
            Route(server.vendor_hosts, HOST, server.port, self.token, others, tuple(allow))
        ):
            yield self

    def close(self) -> None:
        """Close the server, if this sandbox made it."""
        if self._is_owner:
            self.server.close()

    def __enter__(self) -> Self:
        """Use the world until the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what was made for it."""
        self.close()
