"""Where a story is told: one world, which goes on with each step, and back to any of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.control.storytelling import progress
from mock_server.control.storytelling.names import of_time
from mock_server.control.storytelling.playing import Ask, Player, Strayed
from mock_server.control.storytelling.progress import Progress, snapshot_name
from mock_server.control.storytelling.script import Story
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.beginning import ORDINARY
from mock_server.world.naming import snapshot_key
from mock_server.world.worlds import Worlds

_QUIET: Mapping[str, Any] = {"is_frozen": True, "settings": {"scheduled_syncs": False}}


@dataclass
class Stage:
    """A world in which a story is told, and how calls of it are made.

    `worlds` are known once the turn of the call is over that tells it.
    """

    story: Story
    world: str
    ask: Ask
    worlds: Worlds | None = None

    def begin(self) -> None:
        """Make the world anew, make the calls of the prelude, and keep where the story begins.

        The clock stands still and no sync begins by itself, so that only the story happens.
        """
        beginning = self._known.ask(self.world, lambda world: world.beginning) or ORDINARY
        self._known.lifecycle.make(self.world, beginning.but(_QUIET))
        with self._known.turn(self.world) as world:
            player = Player(self.ask, {"world": self.world, **of_time(world.clock.now())})
        try:
            for each in self.story.prelude:
                player.make(each)
        except Strayed as why:
            raise self._astray(why) from None
        self._keep(Progress(0, player.names))

    def step_on(self, known: Progress) -> None:
        """Play the next step; where it cannot be played, the world is as it was before."""
        player, number = Player(self.ask, {**known.names}), known.step + 1
        try:
            scene = player.play(number, self.story.steps[known.step])
        except Strayed as why:
            self.go_to(known.step)
            raise self._astray(why) from None
        self._keep(Progress(number, player.names, scene))

    def go_to(self, step: int) -> None:
        """Bring the world back to what it was after a step."""
        name = snapshot_name(self.story.name, step)
        self._known.lifecycle.copy(snapshot_key(self.world, name), self.world)

    @property
    def _known(self) -> Worlds:
        if self.worlds is None:
            raise RuntimeError("a story is told once the turn of its call is over")
        return self.worlds

    def _keep(self, reached: Progress) -> None:
        with self._known.turn(self.world) as world:
            progress.keep(world, self.story.name, reached)
            world.take_snapshot(snapshot_name(self.story.name, reached.step))

    def _astray(self, why: Strayed) -> Invalid:
        advice = f"cannot go on in the world {self.world}: {why}; begin it again with reset true"
        return Invalid([broken("story", advice)])
