"""What became of deliveries before, told again instead of sending them once more."""

from typing import Any

from mock_server.engine import deliveries
from mock_server.engine.messages import AttemptResult
from mock_server.world.records import Record
from mock_server.world.waiting import HandedOut
from mock_server.world.worlds import Worlds


class CannotReplay(ValueError):
    """An earlier state of a world that cannot be made again; the message says why."""


class RecordedDeliveries:
    """The deliveries of a world, which another world of that name makes again."""

    def __init__(self, worlds: Worlds, again: Worlds, name: str) -> None:
        """Tell what is kept in `worlds` to the world of that name in `again`."""
        self._worlds = worlds
        self._again = again
        self._name = name
        self._lost: set[str] = set()
        self._left_out: set[HandedOut] = set()

    def bring_back(self) -> None:
        """Let everything that has left the world come back as it did before."""
        while new := [each for each in self._again.deliveries() if each not in self._left_out]:
            for each in new:
                self._bring_back(each)

    def refuse_lost(self) -> None:
        """Raise `CannotReplay` where it was no longer known what became of a delivery."""
        if self._lost:
            raise CannotReplay(
                f"the delivery {min(self._lost)} of the world {self._name} is no longer kept;"
                " keep more with --keep-deliveries"
            )

    def _bring_back(self, out: HandedOut) -> None:
        with self._again.turn_of(out.world, out.epoch) as world:
            if world is None or out.delivery not in world.deliveries:
                return
            delivery = world.collection(deliveries.TABLE).get(out.delivery) or {}
            result = self._result(delivery)
            if result is None:
                self._left_out.add(out)
            else:
                deliveries.note(world, out.delivery, result)

    def _result(self, delivery: Record) -> AttemptResult | None:
        """Return what became of the next attempt, None where that was not known yet."""

        def recorded(world: Any) -> Record | None:
            found: Record | None = world.collection(deliveries.TABLE).get(delivery["id"])
            return found

        before = self._worlds.ask(self._name, recorded)
        if before is None:
            self._lost.add(delivery["id"])
            return AttemptResult(error="what became of it is no longer kept")
        attempts, number = before["attempts"], len(delivery["attempts"])
        if number >= len(attempts):
            return None
        is_last = number == len(attempts) - 1
        return AttemptResult(
            status=attempts[number]["status"],
            headers=attempts[number]["headers"],
            text=attempts[number]["body"],
            milliseconds=attempts[number]["milliseconds"],
            error=attempts[number]["error"],
            is_blocked=is_last and before["state"] == deliveries.BLOCKED,
        )
