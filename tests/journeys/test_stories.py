"""Is each story told to its end by real calls, the same each time, and back step by step?"""

from typing import Any

import pytest

from mock_server import Sandbox
from mock_server.control.storytelling import script
from mock_server.testing.control import SandboxError

STORIES = [*script.every()]
RECEIVER = "http://receiver.mock-server.invalid/"


def tell(sandbox: Sandbox, story: str, action: str, **body: Any) -> dict[str, Any]:
    return sandbox.control.ask("POST", f"/__admin/stories/{story}/{action}", body)


def told_to_its_end(sandbox: Sandbox, story: str) -> list[dict[str, Any]]:
    """Begin a story in the world, play every step, and return what the steps showed."""
    state = tell(sandbox, story, "begin", reset=True)
    scenes = []
    while not state["is_over"]:
        state = tell(sandbox, story, "step")
        scenes.append(state["scene"])
    return scenes


@pytest.fixture
def still(sandbox: Sandbox) -> Sandbox:
    """Return a world that begins at the same instant each time it is begun."""
    start = sandbox.now().isoformat()
    world = {"name": f"{sandbox.world[:50]}-still", "start_at": start, "freeze": True}
    sandbox.control.ask("POST", "/__admin/worlds", world)
    return Sandbox(str(world["name"]), server=sandbox.server)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_told_to_its_end_and_back(still: Sandbox, story: str) -> None:
    scenes = told_to_its_end(still, story)
    assert len(scenes) == len(script.every()[story].steps) >= 5
    for scene in scenes:
        assert all(call["status"] == 200 for call in scene["calls"])
        assert len(scene["sees"]) >= 2
        assert all(look["facts"] for look in scene["sees"])
        assert all(each["state"] == "delivered" for each in scene["webhooks"])
    assert any(scene["webhooks"] for scene in scenes)
    for before in reversed([None, *scenes[:-1]]):
        assert tell(still, story, "back")["scene"] == before
    again = [tell(still, story, "step")["scene"] for _ in scenes]
    assert again == scenes


def test_a_story_begun_anew_is_the_same_to_the_byte(still: Sandbox) -> None:
    first = told_to_its_end(still, "lead-to-lease")
    assert told_to_its_end(still, "lead-to-lease") == first
    assert {call.operation for call in still.calls(credential="story")} >= {
        "POST /v1/leads/",
        "POST /v1/events/appointments/leads",
    }


def test_a_step_back_takes_along_what_the_step_did(sandbox: Sandbox) -> None:
    tell(sandbox, "move-in", "begin", reset=True)
    tell(sandbox, "move-in", "step")
    owner = sandbox.control.ask("GET", "/sandbox/leadpro/leads?limit=1")["results"][0]
    assert owner["first_name"] == "Harriet"
    tell(sandbox, "move-in", "back")
    owner = sandbox.control.ask("GET", "/sandbox/leadpro/leads?limit=1")["results"][0]
    assert owner["first_name"] != "Harriet"


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("step", "was not begun in the world"),
        ("back", "POST /__admin/stories/lead-to-lease/begin"),
    ],
)
def test_a_story_that_was_not_begun_says_how(sandbox: Sandbox, action: str, sentence: str) -> None:
    with pytest.raises(SandboxError, match=sentence):
        tell(sandbox, "lead-to-lease", action)


def test_a_world_that_was_written_to_is_kept(sandbox: Sandbox) -> None:
    sandbox.snapshot("mine")
    with pytest.raises(SandboxError, match="give reset true, or take another world"):
        tell(sandbox, "lead-to-lease", "begin")
    with pytest.raises(SandboxError, match="did you mean lead-to-lease"):
        tell(sandbox, "lead-to-lese", "begin")


def test_what_does_not_fit_the_story_stops_it_before_the_step(sandbox: Sandbox) -> None:
    tell(sandbox, "lead-to-lease", "begin", reset=True)
    with pytest.raises(SandboxError, match="is at its beginning"):
        tell(sandbox, "lead-to-lease", "back")
    sandbox.fault("POST /v1/leads/", status=503, times=1)
    with pytest.raises(SandboxError, match="POST /v1/leads/ was answered with 503"):
        tell(sandbox, "lead-to-lease", "step")
    assert tell(sandbox, "lead-to-lease", "step")["step"] == 1


@pytest.mark.sandbox(control_token="opensesame")
def test_a_story_keeps_the_control_token_of_its_caller(sandbox: Sandbox) -> None:
    tell(sandbox, "move-in", "begin", reset=True)
    assert tell(sandbox, "move-in", "step")["scene"]["number"] == 1


def test_the_receiver_of_the_sandbox_takes_every_delivery(sandbox: Sandbox) -> None:
    hook = {"url": RECEIVER, "triggers": ["DATA_NEW"], "active": True}
    sandbox.client().post("/v1/webhooks/", json=hook)
    fired = {"event": "DATA_NEW", "record_id": "lead-123456789"}
    sandbox.control.ask("POST", "/sandbox/webhooks/fire", fired)
    sandbox.settle()
    (sent,) = sandbox.deliveries(event="DATA_NEW")
    assert (sent["state"], sent["attempts"][0]["status"]) == ("delivered", 200)
