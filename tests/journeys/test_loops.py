"""What comes of a webhook whose URL is the sandbox itself: one delivery, and the reason."""

from collections.abc import Callable
from typing import Any

from tests.journeys.bodies import LEAD

PATHS = ["/v1/leads/", "/api/v103/leads", "/sandbox/webhooks/fire", "/__admin/clock/advance"]


def test_a_webhook_to_the_sandbox_itself_ends_with_its_first_delivery(
    serve: Callable[..., Any], connect: Callable[[str], Any]
) -> None:
    url = serve("--leads", "0").url
    caller = connect(url).leadpro()
    for path in PATHS:
        caller.ok("POST", "/sandbox/leadpro/webhooks", {"url": f"{url}{path}"})
    caller.ok("POST", "/api/v103/leads", LEAD)
    caller.ok("POST", "/__admin/clock/advance", {"by": "2h"})
    told = caller.ok("GET", "/__admin/deliveries")
    assert told["total"] == len(PATHS)
    for delivery in told["results"]:
        assert delivery["state"] == "blocked"
        assert delivery["reason"].startswith("the URL of this webhook leads back to a sandbox")
        assert [each["status"] for each in delivery["attempts"]] == [508]
