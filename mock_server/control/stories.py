"""The stories: listed, begun in the caller's world, and told a step on or a step back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from mock_server.control.storytelling import progress, script
from mock_server.control.storytelling.progress import Progress, snapshot_name
from mock_server.control.storytelling.script import Story
from mock_server.control.storytelling.stage import Stage
from mock_server.engine.api import Behaviour
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.nearest import unknown
from mock_server.world.clock import iso
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

_LABEL = "story"  # Tells the calls of a story from those of a program.
_TOKEN = "x-mock-control-token"  # noqa: S105 - the name of a header


class Inside(Protocol):
    """What makes calls of the application from inside it."""

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> tuple[int, Any]:
        """Return the status and the JSON of the reply."""


def behaviours(inside: Inside) -> dict[str, Behaviour]:
    """Return the behaviours; the calls of a story are made `inside`."""
    return {
        "GET /__admin/stories": find_all,
        "GET /__admin/stories/{story}": fetch,
        "POST /__admin/stories/{story}/begin": partial(begin, inside),
        "POST /__admin/stories/{story}/step": partial(step_on, inside),
        "POST /__admin/stories/{story}/back": partial(step_back, inside),
    }


def find_all(call: Call, _: World) -> Reply:
    """Answer one page of the stories, by name."""
    told = [*script.every().values()]
    offset, limit = (call.question.values[each] for each in ("offset", "limit"))
    page = [_outline(each) for each in told[offset : offset + limit]]
    return reply({"total": len(told), "results": page})


def fetch(call: Call, world: World) -> Reply:
    """Answer a story, and how far it is in the caller's world."""
    return reply(_state(world, _named(call)))


def begin(inside: Inside, call: Call, world: World) -> Reply:
    """Begin a story in the caller's world, which has to be as it was made, or is reset."""
    stage = _stage(inside, call, world)
    is_reset = call.body.get("reset", False)
    if _is_used(world) and not is_reset:
        advice = (
            f"the world {world.name} has been written to, and a story is told in a fresh one;"
            " give reset true, or take another world"
        )
        raise Invalid([broken("reset", advice, is_reset)])
    return _then(stage, world, stage.begin)


def step_on(inside: Inside, call: Call, world: World) -> Reply:
    """Play the next step of the story, and answer what it shows."""
    stage = _stage(inside, call, world)
    known = _begun(stage.story, world)
    if known.step == len(stage.story.steps):
        raise Invalid([broken("story", "is over; begin it again, or step back")])
    return _then(stage, world, lambda: stage.step_on(known))


def step_back(inside: Inside, call: Call, world: World) -> Reply:
    """Bring the world back to what it was before the last step of the story."""
    stage = _stage(inside, call, world)
    known = _begun(stage.story, world)
    if known.step == 0:
        raise Invalid([broken("story", "is at its beginning")])
    if snapshot_name(stage.story.name, known.step - 1) not in world.snapshots.names():
        raise Invalid([broken("story", "has lost its snapshots; begin it again")])
    return _then(stage, world, lambda: stage.go_to(known.step - 1))


def _is_used(world: World) -> bool:
    """Say whether a world has something to lose."""
    return world.is_written or len(world.snapshots) > 0


def _then(stage: Stage, world: World, act: Callable[[], object]) -> Reply:
    """Return the reply that tells of the story, once something was done after the call's turn."""

    def afterwards(worlds: Worlds) -> Reply:
        stage.worlds = worlds
        act()
        with worlds.turn(world.name) as now:
            return reply(_state(now, stage.story))

    return replace(reply({}), afterwards=afterwards)


def _stage(inside: Inside, call: Call, world: World) -> Stage:
    credential = f"sandbox_{world.name}.{_LABEL}"
    headers = {"Authorization": f"Bearer {credential}", "x-api-key": credential}
    if _TOKEN in call.headers:
        headers[_TOKEN] = call.headers[_TOKEN]

    def ask(method: str, path: str, body: Any) -> tuple[int, Any]:
        return inside.ask(method, path, headers, body)

    return Stage(_named(call), world.name, ask)


def _named(call: Call) -> Story:
    known = script.every()
    if call.path["story"] not in known:
        raise NotFound(unknown("story", call.path["story"], known))
    return known[call.path["story"]]


def _begun(story: Story, world: World) -> Progress:
    known = progress.of_world(world, story.name)
    if known is None:
        advice = (
            f"was not begun in the world {world.name}; POST /__admin/stories/{story.name}/begin"
        )
        raise Invalid([broken("story", advice)])
    return known


def _outline(story: Story) -> dict[str, Any]:
    steps = [
        {"number": number, "title": each.title, "who": each.who, "does": each.does}
        for number, each in enumerate(story.steps, 1)
    ]
    return {"name": story.name, "title": story.title, "about": story.about, "steps": steps}


def _state(world: World, story: Story) -> dict[str, Any]:
    known = progress.of_world(world, story.name)
    return {
        **_outline(story),
        "world": world.name,
        "at": iso(world.clock.now()),
        "step": None if known is None else known.step,
        "is_over": known is not None and known.step == len(story.steps),
        "scene": None if known is None else known.scene,
    }
