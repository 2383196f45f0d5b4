"""Can a caller see all of LeadPro's leads, which the vendor cannot list?"""

from typing import Any

LIST = "GET /sandbox/leadpro/leads"


def test_leads_are_listed_newest_first_and_by_page(sandbox: Any) -> None:
    found = sandbox.get(LIST)
    times = [each["created_at"] for each in found["results"]]
    assert found["total"] == len(times) > 3
    assert times == sorted(times, reverse=True)
    assert sandbox.get(f"{LIST}?offset=1&limit=1")["results"] == found["results"][1:2]
