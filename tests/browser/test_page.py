"""Can a person see and do in the browser what the sandbox holds and offers?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mock_server import Sandbox

LEAD = "/v1/leads/lead-123456789"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
# Searches keep the lists short, because axe looks at every row.
VIEWS = [
    "calls",
    "time?q=entrata",
    "records/leads?q=sarah",
    "webhooks",
    "faults",
    "leadpro?q=edinburgh",
    "propexo?q=new",
    "worlds",
    "reference/leadpro/createLead",
    "coverage/leadpro/Leads",
    "stories/lead-to-lease",
]
IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"

Show = Callable[..., Any]


def settled(page: Any) -> Any:
    """Wait until nothing of the view is loading any more."""
    for each in page.locator(".loading").all():
        each.wait_for(state="detached")
    return page


def assert_accessible(page: Any) -> None:
    """Assert that axe finds nothing to complain of."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_fits_and_is_accessible(show: Show, sandbox: Sandbox, view: str) -> None:
    sandbox.client().post("/v1/leads/", json={"last_name": 7})
    page = settled(show(f"#/{view}", width=390))
    assert not page.evaluate(IS_TOO_WIDE)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert not page.evaluate(IS_TOO_WIDE)
    assert_accessible(page)


def test_colours_can_be_told_apart_in_the_dark_too(show: Show, sandbox: Sandbox) -> None:
    sandbox.client().post("/v1/leads/", json={"last_name": 7})
    page = settled(show("#/calls", scheme="dark"))
    page.locator("a.row").first.click()
    assert_accessible(page)


def test_an_empty_world_gets_a_first_step_to_try(show: Show) -> None:
    page = settled(show("#/calls"))
    assert "No calls yet" in page.inner_text("main")
    assert "curl " in page.inner_text("main pre")


def test_a_call_shows_as_it_comes_and_why_it_was_refused(show: Show, sandbox: Sandbox) -> None:
    page = settled(show("#/calls"))
    sandbox.client().post("/v1/leads/", json={"last_name": 7})
    page.locator("a.row").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert "Expected string, received number" in page.locator(".why").inner_text()
    assert "#/calls/" in page.url
    page.keyboard.press("Escape")
    page.locator(".details").wait_for(state="detached")


def test_keys_reach_the_search_the_views_and_their_list(show: Show) -> None:
    page = settled(show("#/records/leads"))
    page.keyboard.press("/")
    page.keyboard.type("okafor nobody has this name")
    page.get_by_text("None of them is like that").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("heading", name="Keys").wait_for()
    page.keyboard.press("2")
    page.get_by_role("heading", name="Time", exact=True).wait_for()


def test_markup_in_a_record_is_text(show: Show, sandbox: Sandbox) -> None:
    client = sandbox.client()
    client.put(LEAD, json={"last_name": MARKUP})
    client.post("/v1/webhooks/", json={"url": f"http://127.0.0.1:9/{MARKUP}", "triggers": ["x"]})
    sandbox.settle()
    page = settled(show("#/records/leads/lead-123456789"))
    page.get_by_text(MARKUP).first.wait_for()
    for view in ("calls", "time", "webhooks"):
        settled(show(f"#/{view}"))


def test_what_the_pms_holds_is_compared_and_a_sync_brings_it(show: Show, sandbox: Sandbox) -> None:
    sandbox.client().put(LEAD, json={"last_name": "Okoro"})
    sandbox.settle()
    page = settled(show("#/records/leads/lead-123456789"))
    page.locator("tr.differs", has_text="last_name").wait_for()
    page.get_by_role("button", name="Sync now").click()
    page.get_by_role("button", name="Until idle").click()
    page.get_by_text("Propexo has read all").wait_for()


def test_the_clock_is_frozen_and_moved(show: Show, sandbox: Sandbox) -> None:
    page = settled(show("#/time"))
    page.get_by_role("button", name="Freeze").click()
    page.get_by_role("button", name="Flow").wait_for()
    after = sandbox.now() + timedelta(days=1)
    page.get_by_role("button", name="+1 d").click()
    page.locator(".now", has_text=f"{after:%Y-%m-%d %H:%M:%S}").wait_for()
    assert sandbox.now() == after


def test_a_delivery_shows_its_attempts_and_its_signature(show: Show, sandbox: Sandbox) -> None:
    hook = {"url": "http://127.0.0.1:9/", "triggers": ["DATA_NEW"], "active": True}
    sandbox.client().post("/v1/webhooks/", json=hook)
    page = settled(show("#/webhooks"))
    page.get_by_role("button", name="Fire").click()
    page.locator("a.row", has_text="1 attempt").click()
    page.get_by_text("signature is right").wait_for()
    attempts = page.locator(".attempts")
    assert "nothing listens" in attempts.inner_text()
    assert attempts.locator(".word.bad").inner_text() == "no reply"


def test_a_preset_lets_calls_go_wrong_until_it_is_removed(show: Show, sandbox: Sandbox) -> None:
    page = settled(show("#/faults"))
    page.get_by_role("button", name="Outage").click()
    faults = page.get_by_role("list", name="Faults")
    faults.get_by_text(
        "All calls: the next 10 calls, answered with an error (status 503)"
    ).wait_for()
    assert sandbox.client().get("/v1/leads/").status_code == 503
    faults.get_by_role("button", name="Remove").click()
    page.get_by_text("No call goes wrong on purpose").wait_for()
    assert sandbox.client().get("/v1/leads/").status_code == 200


def test_an_order_for_a_write_is_made_and_removed(show: Show) -> None:
    page = settled(show("#/faults"))
    page.get_by_role("button", name="Order").click()
    page.get_by_text("All writes: the next call, fail").wait_for()
    page.get_by_role("list", name="Orders").get_by_role("button", name="Remove").click()
    page.get_by_text("Every write of Propexo's ends well").wait_for()


@pytest.mark.sandbox(control_token="opensesame")
def test_a_server_with_a_control_token_is_asked_for_it_once(show: Show) -> None:
    page = show("#/faults")
    page.get_by_role("textbox", name="Token").fill("opensesame")
    page.get_by_role("button", name="Use this token").click()
    page.get_by_text("Every write of Propexo's ends well").wait_for()
    page.reload()
    page.get_by_text("Every write of Propexo's ends well").wait_for()


def test_a_lead_shows_its_valuation_and_gets_another_status(show: Show, sandbox: Sandbox) -> None:
    lead = {"first_name": "Ada", "last_name": "Okafor", "email": "ada@example.com"}
    lead |= {"phone": "07700 900123", "type": "vendor", "postcode": "OX16 5QB"}
    sandbox.client().post("/api/v103/leads/valuation", json=lead)
    page = settled(show("#/leadpro?q=okafor"))
    page.locator("a.card", has_text="Ada Okafor").click()
    assert "to sell\n£" in page.locator(".valuation").inner_text()
    page.get_by_label("New status").select_option("Instructed")
    page.get_by_role("button", name="Change").click()
    page.get_by_role("region", name="Business").get_by_text("Ada Okafor").wait_for()


def test_a_property_shows_who_lives_where(show: Show) -> None:
    page = settled(show("#/propexo"))
    page.locator("a.row.property").first.click()
    page.locator(".details td", has_text="occupied").first.wait_for()


def test_a_snapshot_is_taken_and_brings_the_world_back(show: Show, sandbox: Sandbox) -> None:
    page = settled(show("#/worlds"))
    page.get_by_role("button", name="Freeze").click()
    page.get_by_role("button", name="Flow").wait_for()
    before = sandbox.now()
    page.get_by_role("button", name="Take a snapshot").click()
    page.get_by_role("button", name="Restore").wait_for()
    sandbox.advance("3d")
    page.get_by_role("button", name="Restore").click()
    page.get_by_text("The world is as it was.").wait_for()
    assert sandbox.now() == before


def test_a_story_fills_the_page_to_its_end_and_goes_back(show: Show) -> None:
    page = show("#/stories/mid-lease-transfer/stage")
    page.get_by_text("5 steps").wait_for()
    shown = []
    for number in range(6):
        page.keyboard.press("ArrowRight")
        page.locator(".presented header", has_text=f"{number} of 5").wait_for()
        assert not page.evaluate(IS_TOO_WIDE)
        shown.append(page.inner_text(".presented"))
    page.get_by_text("The end.").wait_for()
    assert_accessible(page)
    for number in range(4, -1, -1):
        page.keyboard.press("ArrowLeft")
        page.locator(".presented header", has_text=f"{number} of 5").wait_for()
        assert page.inner_text(".presented") == shown[number]
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.evaluate(IS_TOO_WIDE)
    page.keyboard.press("Escape")
    page.locator(".details .steps").wait_for()


def test_a_refusal_is_told_field_by_field(show: Show, sandbox: Sandbox) -> None:
    sandbox.client().post("/v1/leads/", json={"last_name": 7, "colour": "red"})
    page = settled(show("#/calls/1"))
    why = page.locator(".why")
    why.get_by_role("row", name="last_name 7").get_by_text("Send a string.").wait_for()
    why.get_by_role("row", name="colour").get_by_text("Leave it out.").wait_for()
    page.get_by_role("button", name="Send again").click()
    page.locator(".details .note").wait_for()
    assert [call.status for call in sandbox.calls("POST /v1/leads/")] == [400, 400]


def test_a_call_leads_to_its_write_and_its_deliveries(show: Show, sandbox: Sandbox) -> None:
    hook = {"url": "http://receiver.mock-server.invalid/", "triggers": ["WRITE_OPERATION_FAILURE"]}
    sandbox.client().post("/v1/webhooks/", json={**hook, "active": True})
    sandbox.client().put(LEAD, json={"last_name": "Writefail"})
    sandbox.settle()
    page = settled(show("#/calls/2"))
    caused = page.get_by_role("list", name="What it caused")
    caused.get_by_text("WRITE_OPERATION_FAILURE").click()
    page.get_by_role("heading", name="Webhooks").wait_for()


def test_a_call_leads_to_the_world_as_it_was_before_it(show: Show, sandbox: Sandbox) -> None:
    client = sandbox.client()
    client.put(LEAD, json={"last_name": "Earlier"})
    sandbox.settle()
    client.put(LEAD, json={"last_name": "Later"})
    call = sandbox.calls("PUT /v1/leads/{id}")[1]
    page = settled(show(f"#/calls/{call.number}"))
    page.get_by_role("button", name="World before this").click()
    made = f"{call.world}-before-{call.number}"[-64:]
    page.wait_for_url(f"**world={made}")
    other = Sandbox(made, server=sandbox.server)
    held = other.client().get("/sandbox/pms/intg-987654321/leads/lead-123456789")
    assert "Earlier" in held.text


def test_two_worlds_are_compared_record_by_record(show: Show, sandbox: Sandbox) -> None:
    other = sandbox.copy()
    other.client().put(LEAD, json={"last_name": "Okoro"})
    other.settle()
    page = settled(show(f"#/worlds/compare/{other.world}"))
    page.get_by_role("row", name="leads lead-123456789").get_by_text("changed").wait_for()


def test_a_person_is_followed_from_lead_to_resident(show: Show, sandbox: Sandbox) -> None:
    sandbox.advance_lead("lead-123456789", "moved_in")
    sync = "/v1/admin/integrations/intg-987654321/manual-sync"
    sandbox.client().post(sync, json={})
    sandbox.settle()
    page = settled(show("#/records/leads/lead-123456789"))
    page.get_by_role("link", name="from lead to resident").click()
    life = page.get_by_role("list", name="From lead to resident")
    life.get_by_text("moves in").wait_for()
    told = [each.inner_text() for each in life.locator("strong").all()]
    assert [each for each in told if each != "Appointment"][:4] == [
        "asks",
        "applies",
        "signs",
        "moves in",
    ]
    assert_accessible(page)


def test_the_reference_sends_a_call_that_is_valid_as_it_stands(show: Show) -> None:
    page = settled(show("docs#/reference/propexo/createLead"))
    page.get_by_role("button", name="Send POST").click()
    assert "200" in page.locator(".try p[role=status]").inner_text()
