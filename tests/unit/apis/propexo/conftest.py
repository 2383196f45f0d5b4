"""Propexo's operations to call without HTTP, and the seeded records to call them about."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def propexo(desk_of: Callable[[str], Any]) -> Any:
    return desk_of("propexo")


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
