"""Propexo's operations to call without HTTP, every reply compared with the contract."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from mock_server.engine.answering import Answering
from mock_server.engine.call import Call, Reply
from tests.unit.apis.conftest import SETTINGS

NOTE = {
    "integration_id": "intg-987654321",
    "lead_id": "lead-123456789",
    "event_type_id": "clr9k7a2d000808jqk7v9p0di",
    "event_datetime": "2026-02-27T09:30:00-07:00",
}
# The same as those of the desk, but for what they refuse.
STRICT = replace(SETTINGS, strict=True)


@dataclass(frozen=True)
class StrictDesk:
    """Where one test asks operations by their keys; a reply that breaks the contract is a 500."""

    desk: Any

    @property
    def api(self) -> Any:
        return self.desk.api

    @property
    def machine(self) -> Any:
        return self.desk.machine

    def reply(self, key: str, body: Any = None, *, query: str = "", **path: str) -> Reply:
        """Call an operation; no body at all is sent where there is none."""
        headers = {"authorization": f"Bearer sandbox_{self.desk.name}"}
        if body is not None:
            headers["content-type"] = "application/json"
        call = Call(
            api=self.api,
            operation=self.api.catalogue[key],
            settings=STRICT,
            path=path,
            headers=headers,
            query_text=query,
            content=b"" if body is None else json.dumps(body).encode(),
        )
        return Answering(self.api, self.desk.worlds, STRICT).answer(call)

    def ask(self, key: str, body: Any = None, **options: Any) -> tuple[int, Any]:
        reply = self.reply(key, body, **options)
        return reply.status, json.loads(reply.text)

    def get(self, key: str, body: Any = None, **options: Any) -> Any:
        status, value = self.ask(key, body, **options)
        assert status == 200, value
        return value

    def refused(self, key: str, body: Any = None, **options: Any) -> Any:
        status, value = self.ask(key, body, **options)
        assert status == 400, value
        return value

    def missed(self, key: str, body: Any = None, **options: Any) -> str:
        """Return the sentence of a call that has to be answered with 404."""
        status, value = self.ask(key, body, **options)
        assert status == 404, value
        return str(value["error"]["message"])


@pytest.fixture
def propexo(desk_of: Callable[[str], Any]) -> StrictDesk:
    return StrictDesk(desk_of("propexo"))


@pytest.fixture
def integration(first: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """Return a seeded integration that is switched on."""
    return first("integrations", "ENTRATA")


@pytest.fixture
def connect(propexo: StrictDesk) -> Callable[..., dict[str, Any]]:
    """Create an integration, with AppFolio unless said otherwise."""

    def connect(**settings: Any) -> dict[str, Any]:
        body = {
            "integration_vendor": "APPFOLIO",
            "credentials": {"clientId": "c", "clientSecret": "s3cr3t", "developerId": "d"},
            "name": "West coast",
            **settings,
        }
        made: dict[str, Any] = propexo.get("POST /v1/admin/integrations/", body)["result"]
        return made

    return connect


@pytest.fixture
def note(propexo: StrictDesk) -> Callable[[], str]:
    """Write an event to a PMS, and return the id of the job that will bring it there."""

    def note() -> str:
        accepted = propexo.get("POST /v1/events/leads/entrata/", NOTE)
        return str(accepted["meta"]["job_id"])

    return note
