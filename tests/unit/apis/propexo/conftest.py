"""Propexo's operations to call without HTTP, and the seeded records to call them about."""

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mock_server import create_app
from mock_server.apis import propexo as vendor
from mock_server.apis.propexo import announcements
from mock_server.settings import Settings
from mock_server.shipped import folder
from tests.unit.apis.conftest import NOW, Desk, Machine
from tests.unit.control.conftest import _served, sandbox

# What is told and edited on request is tried by way of the sandbox's own operations.
__all__ = ["_served", "sandbox"]

# As the sandbox is unless somebody sets it otherwise, but for the time that a write takes.
AS_DOCUMENTED = Settings(access_log=False, write_seconds=2, rate_limit=100_000)

_numbers = itertools.count(1)


@pytest.fixture
def propexo(desk_of: Callable[[str], Any]) -> Any:
    return desk_of("propexo")


@pytest.fixture(scope="session")
def _documented() -> Callable[[], Desk]:
    machine = Machine()
    worlds = create_app(AS_DOCUMENTED, machine=machine).extensions["mock_server"]
    api = vendor.api(folder("openapi"))
    return lambda: Desk(api, worlds, machine, f"documented{next(_numbers)}", AS_DOCUMENTED)


@pytest.fixture
def documented(_documented: Callable[[], Desk]) -> Iterator[Desk]:
    """Open a desk where writes are read back as documented, and syncs take time and come round."""
    desk = _documented()
    desk.machine.now = NOW
    yield desk
    desk.machine.now = NOW


@pytest.fixture
def told(documented: Desk) -> Callable[..., list[dict[str, Any]]]:
    """Order every event, and return what is told of one from now on, oldest first."""
    triggers = [each for each in announcements.TRIGGERS if each != announcements.JOB_SUCCESS]
    ordered = {"url": "http://127.0.0.1:9/", "active": True, "triggers": triggers}
    webhook = documented.get("POST /v1/webhooks/", ordered)["result"]

    def told(*events: str) -> list[dict[str, Any]]:
        with documented.world() as world:
            found = world.collection("deliveries").all()
        mine = [each for each in found if each["webhook_id"] == webhook["id"]]
        return [json.loads(each["body"]) for each in mine if not events or each["event"] in events]

    return told


@pytest.fixture
def first(propexo: Any) -> Callable[..., dict[str, Any]]:
    """Return a seeded record of a PMS that the documents do not mention by id."""

    def first(resource: str, vendor: str) -> dict[str, Any]:
        path = {"integrations": "admin/integrations"}.get(resource, resource)
        found = propexo.get(f"GET /v1/{path}/", query="limit=250&order-by=created_at")["results"]
        name = "vendor" if resource == "integrations" else "integration_vendor"
        return next(each for each in found if each[name] == vendor and each["id"].startswith("c"))

    return first


@pytest.fixture
def landed(propexo: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Let time pass until an accepted write has landed, and return its status."""

    def landed(accepted: dict[str, Any]) -> dict[str, Any]:
        propexo.machine.advance(seconds=2)
        job_id = accepted.get("job_id") or accepted["meta"]["job_id"]
        status: dict[str, Any] = propexo.get(
            "GET /v1/admin/write-status/{root_job_id}", root_job_id=job_id
        )
        assert status["write_status"] == "SUCCESS"
        return status

    return landed


@pytest.fixture
def issues() -> Callable[[Any], list[tuple[Any, ...]]]:
    """Return the paths and messages of a refusal's issues."""

    def issues(refused: Any) -> list[tuple[Any, ...]]:
        found = refused["error"]["details"]["details"]["issues"]
        return [(".".join(map(str, each["path"])), each["message"]) for each in found]

    return issues
