"""One sandbox's whole state: its records, clock, agenda, ids and randomness."""

from collections.abc import Mapping
from random import Random
from typing import Any

from mock_server.contract.resource import Resource
from mock_server.world.agenda import Agenda
from mock_server.world.beginning import ORDINARY, Beginning
from mock_server.world.claims import Claims
from mock_server.world.clock import FLOWING, Clock, SteadyTime, iso, parse
from mock_server.world.copying import copy_rows
from mock_server.world.layers import PRISTINE, Layers, layers_over
from mock_server.world.naming import snapshot_key
from mock_server.world.own_rows import changed_ids
from mock_server.world.records import Collection
from mock_server.world.snapshots import Snapshot, Snapshots
from mock_server.world.store import Store


class World:
    """Every piece of state of one sandbox.

    `is_written` says whether any record was written since it began.
    """

    def __init__(
        self, store: Store, name: str, seed: int, machine: SteadyTime | None = None
    ) -> None:
        """Open the world of that name; a new one shows the pristine records.

        The seed is for a world that was not made with one of its own.
        """
        self.name = name
        # Which life of the world this is: a reset begins another one under the same name. Whoever
        # holds a world for longer than a turn keeps name and epoch, and looks it up again.
        self.epoch: int | None = None
        self.beginning = ORDINARY
        self._machine = machine or SteadyTime()
        self.clock = Clock(self._machine)
        self.agenda = Agenda(store, name)
        self.snapshots = Snapshots(store, name)
        self._store = store
        self._seed = seed
        self._collections: dict[str, Collection] = {}
        self._own: set[str] = set()
        self._sighted: set[str] = set()
        self._draws, self.is_written = 0, False
        self._numbers: dict[str, int] = {}
        self.claims = Claims(store.replica, store.claims_last)
        self.has_news = False
        # Why what is due cannot happen now, so that whoever moves the clock does not wait for it.
        self.obstacle: Exception | None = None
        # Counts, as JSON values, that a refused call leaves too: nothing undoes them. A reset
        # begins another epoch, and them anew.
        self.tallies: dict[str, Any] = self._restore()

    @property
    def is_known(self) -> bool:
        """Say whether the store remembers this world, so that it has begun before."""
        return self._store.states.of(self.name) is not None

    @property
    def seed(self) -> int:
        """Return what the world's ids and chance follow from."""
        return self._seed if self.beginning.seed is None else self.beginning.seed

    def begin(self, beginning: Beginning) -> None:
        """Begin a new epoch: nobody who waited for the world before is to find it any more."""
        self.epoch = self._store.states.next_epoch()
        self.beginning = beginning
        self._has_changed = True

    def take_over(self, key: str) -> None:
        """Begin with the rows that are kept under a key, as if they had been seeded."""
        state = self._store.states.of(key) or {}
        self._own, self._numbers = set(state["own"]), state["numbers"]
        copy_rows(self._store, key, self.name, self._own)

    def copy_to(self, name: str) -> dict[str, Any]:
        """Copy the rows that are this world's own, and return the state that goes with them."""
        copy_rows(self._store, self.name, name, self._own)
        return self.copy_state() | {"at": iso(self.clock.now())}

    def at(self, snapshot: str | None) -> "World":
        """Return what this world was at a snapshot, or None: when it began, to look at only."""
        key = snapshot_key(self.name, snapshot) if snapshot else self.beginning.scenario or PRISTINE
        return World(self._store, key, self._seed, self._machine)

    def changed_ids(self, table: str) -> list[str]:
        """Return the ids of the records that are not as they were seeded."""
        return changed_ids(self._store, self.name, table) if table in self._own else []

    def take_snapshot(self, name: str) -> Snapshot:
        """Keep the world as it is now under a name, in place of an earlier one of that name."""
        return self.snapshots.take(name, self.copy_to)

    @property
    def deliveries(self) -> tuple[str, ...]:
        """Return what has been handed out of the world and has not come back, oldest first."""
        return tuple(self.claims)

    @property
    def has_changed(self) -> bool:
        """Say whether the world, its records aside, is no longer what the store remembers."""
        return self._has_changed or self.clock.state() != self._kept_clock

    @property
    def resources(self) -> Mapping[str, Resource]:
        """Return what the records of each table look like."""
        return {name: each.resource for name, each in self._store.tables.items()}

    def collection(self, table: str) -> Collection:
        """Return the records of one resource; `table` is the Api's name and the resource's."""
        if table not in self._collections:
            self._collections[table] = Collection(self._store, table, self)
        return self._collections[table]

    def random(self) -> Random:
        """Return a fresh generator: the same for the same seed and the same number of draws."""
        self._draws += 1
        self._has_changed = True
        return self.random_of(self._draws)

    @property
    def draws(self) -> int:
        """Return how often a generator was given out."""
        return self._draws

    def random_of(self, draw: int) -> Random:
        """Return the generator that the draw of that number gives."""
        return Random(f"{self.seed}:{draw}")

    def pass_draws(self, draws: int) -> None:
        """Go on as if so many generators had been given out in all."""
        self._draws = draws
        self._has_changed = True

    def pass_numbers(self, counter: str, count: int) -> int:
        """Take so many numbers of a counter that starts at 1; return the one before them."""
        before = self._numbers.get(counter, 0)
        self._numbers[counter] = before + count
        self._has_changed = True
        return before

    def next_number(self, counter: str, *, first: int) -> int:
        """Return the next number of a counter that starts at `first`."""
        self._has_changed = True
        self._numbers[counter] = self._numbers.get(counter, first - 1) + 1
        return self._numbers[counter]

    def hand_out(self, delivery: str) -> None:
        """Let something be done outside, which `take_back` will tell to be over."""
        self.claims.add(delivery, self._machine())
        self._has_changed = self.has_news = True

    def take_back(self, delivery: str) -> None:
        """Note that something handed out is over; raises `KeyError` for what is not out."""
        self.claims.drop(delivery)
        self._has_changed = self.has_news = True

    def claim(self, delivery: str) -> bool:
        """Say whether this process may send what was handed out; no other may for some time."""
        now = self._machine()
        if not self.claims.allow(delivery, now):
            return False
        if self.claims.renew(delivery, now):
            self._has_changed = True
        return True

    def take_news(self) -> bool:
        """Say once whether there is something new for those who wait."""
        is_news = self.has_news or self.agenda.has_grown
        self.has_news = self.agenda.has_grown = False
        return is_news

    def layers(self, table: str) -> Layers:
        """Return the worlds whose rows stand for this one's in that table."""
        return layers_over(self.name, self.beginning.seeded, table, self._own, self._sighted)

    def owns(self, table: str) -> bool:
        """Say whether this world has records or sightings of its own in that table."""
        return table in self._own or table in self._sighted

    def write_to(self, table: str) -> str:
        """Return the name to write under; from the first write on the world reads its own rows."""
        self._note(self._own, table)
        return self.name

    def sight(self, table: str) -> str:
        """Return the name to keep sightings under, which are read from now on."""
        self._note(self._sighted, table)
        return self.name

    def _note(self, tables: set[str], table: str) -> None:
        if not self.is_written or table not in tables:
            tables.add(table)
            self.is_written = self._has_changed = True

    def keep(self) -> None:
        """Remember the world itself in the store, beside its records."""
        self._store.states.keep(self.name, self.copy_state())
        self._has_changed, self._kept_clock = False, self.clock.state()

    def kept_at(self) -> str:
        """Return the machine's time as it is kept, so that a restart never begins before it."""
        return iso(self._machine())

    def reload(self) -> None:
        """Become what the store remembers, after a transaction that came to nothing."""
        if self.has_changed:
            self._restore()
        self.agenda.reload()

    def copy_state(self) -> dict[str, Any]:
        """Return what the store remembers of the world itself."""
        return {
            "epoch": self.epoch,
            "beginning": vars(self.beginning),
            "own": sorted(self._own),
            "sighted": sorted(self._sighted),
            "is_written": self.is_written,
            "draws": self._draws,
            "numbers": self._numbers,
            "clock": self.clock.state(),
            "kept_at": self.kept_at(),
            **self.claims.state(),
            "tallies": self.tallies,
        }

    def _restore(self) -> dict[str, Any]:
        """Become what the store remembers, and return the tallies that it remembers as well."""
        own = self._store.states.of(self.name)
        state = own or self._store.states.of(PRISTINE) or {}
        mine = own or {}
        self.epoch = mine.get("epoch")
        self.beginning = Beginning(**mine.get("beginning", {}))
        self._own, self._sighted = set(mine.get("own", ())), set(mine.get("sighted", ()))
        self.is_written = mine.get("is_written", False)
        self.claims.restore(mine)
        self._draws = state.get("draws", 0)
        self._numbers = dict(state.get("numbers", {}))
        if "kept_at" in state:
            self._machine.not_before(parse(state["kept_at"]))
        self.clock.restore(state.get("clock", FLOWING))
        # A copy goes on from the instant at which it was made, however long ago that is.
        if "at" in mine and not self.clock.is_frozen:
            self.clock.begin_at(parse(mine["at"]))
        self._has_changed, self._kept_clock = False, self.clock.state()
        return dict(mine.get("tallies", {}))
