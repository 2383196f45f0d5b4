"""Is a client that begins its paths wrongly told the right ones?"""

import pytest

from mock_server.app import every_api
from mock_server.web.mispointed import beginnings, meant

APIS = every_api()
PROPEXO, LEADPRO = "(Propexo API)", "(LeadPro Lead API v103)"


@pytest.mark.parametrize(
    ("path", "paths"),
    [
        (
            "/leads/",
            [f"/v1/leads/ {PROPEXO}", f"/api/v103/leads {LEADPRO}"],
        ),
        ("/offices", [f"/api/v103/offices {LEADPRO}"]),
        ("/propexo/v1/leads/", [f"/v1/leads/ {PROPEXO}"]),
        ("/propexo/crm/v1/events/", [f"/crm/v1/events/ {PROPEXO}"]),
        ("/v103/offices", [f"/api/v103/offices {LEADPRO}"]),
        ("/leadpro/api/v103/person/leads", [f"/api/v103/person/leads {LEADPRO}"]),
        ("/v1/v1/units/u-1", [f"/v1/units/u-1 {PROPEXO}"]),
        ("/api/v103/api/v103/statuses", [f"/api/v103/statuses {LEADPRO}"]),
        ("/api/v1/units/", [f"/v1/units/ {PROPEXO}"]),
        ("/clock", ["/__admin/clock (Sandbox control)"]),
        ("/nowhere", []),
        ("/", []),
        ("/v1/", []),
        ("/" + "a/" * 10_000, []),
    ],
)
def test_paths_that_end_alike_are_found(path: str, paths: list[str]) -> None:
    found = meant(path, APIS)
    assert found[: len(paths)] == paths
    assert bool(found) is bool(paths)


def test_the_beginnings_of_all_apis_are_known() -> None:
    assert beginnings(APIS) == "/v1/, /crm/v1/, /api/v103/, /__admin/ and /sandbox/"
