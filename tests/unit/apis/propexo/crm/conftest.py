"""The seeded records of the CRMs, and what a write made of them once it has landed."""

from collections.abc import Callable
from typing import Any

import pytest

Records = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def records(propexo: Any) -> Records:
    """Return the records of a CRM resource that a vendor and other filters leave, oldest first."""

    def records(resource: str, vendor: str | None = None, **filters: str) -> list[dict[str, Any]]:
        path = "appointments" if resource == "appointments" else f"{resource}/"
        stated = {**filters, **({"integration_vendor": vendor} if vendor else {})}
        query = "&".join(
            ["limit=250&order-by=created_at", *(f"{k}={v}" for k, v in stated.items())]
        )
        return list(propexo.get(f"GET /crm/v1/{path}", query=query)["results"])

    return records


@pytest.fixture
def home(records: Records) -> Callable[[str], dict[str, str]]:
    """Return an integration of a CRM and a community in it, as bodies name them."""

    def home(vendor: str) -> dict[str, str]:
        [community, *_] = records("communities", vendor)
        return {"integration_id": community["integration_id"], "community_id": community["id"]}

    return home


@pytest.fixture
def made(propexo: Any, landed: Callable[[Any], Any], records: Records) -> Callable[..., Any]:
    """Carry out a write and return the records that are new since, by resource."""

    def made(key: str, body: dict[str, Any], **path: str) -> dict[str, list[dict[str, Any]]]:
        names = ("appointments", "prospects", "events", "communications")
        before = {name: {each["id"] for each in records(name)} for name in names}
        landed(propexo.get(key, body, **path))
        return {
            name: [each for each in records(name) if each["id"] not in before[name]]
            for name in names
        }

    return made
