"""Numbers that stand for the records of a world as they are now."""

from itertools import count

from mock_server.world.layers import PRISTINE


class Versions:
    """A number for each world and table, which is another one after each change.

    No number is ever given twice, so that no version can be taken for another one.
    """

    def __init__(self) -> None:
        """Begin with nothing changed."""
        self._numbers = count(1)
        self._known: dict[tuple[str, str], int] = {}
        # The version of what nobody has changed since the last reset. It moves with each reset:
        # a world that begins anew must find nothing that is remembered of its earlier life.
        self._floor = 0
        # What the transaction under way has changed, and is undone with it.
        self._touched: set[tuple[str, str]] = set()
        self._forgotten: set[str] = set()

    def __len__(self) -> int:
        return len(self._known)

    def of(self, world: str, table: str) -> int:
        """Return the number of the world's records in a table."""
        known = self._known.get((world, table))
        if known is None:
            return 0 if world == PRISTINE else self._floor
        return known

    def touch(self, world: str, table: str) -> None:
        """Give the world's records in a table a new number, since they are others now."""
        self._known[world, table] = next(self._numbers)
        self._touched.add((world, table))

    def forget(self, world: str) -> None:
        """Drop the world's numbers once the transaction is over: each reset would leave some."""
        # The seeded world is forgotten only to be seeded in the same transaction, and what was read
        # of it before must not be taken for what it has then.
        if world != PRISTINE:
            self._forgotten.add(world)

    def touch_all(self, world: str) -> None:
        """Give all of a world's records new numbers: another process may have changed them."""
        self._drop({world})

    def settle(self) -> None:
        """Take what was touched and forgotten for good."""
        if self._forgotten:
            self._drop(self._forgotten)
        self._clear()

    def undo(self) -> None:
        """Give what was touched a new number again: it is what it was before."""
        for each in self._touched:
            self._known[each] = next(self._numbers)
        self._clear()

    def _drop(self, worlds: set[str]) -> None:
        self._known = {key: each for key, each in self._known.items() if key[0] not in worlds}
        self._floor = next(self._numbers)

    def _clear(self) -> None:
        self._touched.clear()
        self._forgotten.clear()
