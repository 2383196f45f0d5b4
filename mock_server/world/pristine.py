"""The state that every world begins with: seeded once, and known by its recipe."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from typing import Any

from mock_server.world.clock import iso, parse
from mock_server.world.layers import PRISTINE
from mock_server.world.queries import Condition
from mock_server.world.seed_cache import SeedCache
from mock_server.world.store import Store
from mock_server.world.world import World


@dataclass(frozen=True)
class LeftOut:
    """Which seeded records of an owner the last sighting of all the others left out, by id."""

    owner: str
    at: str
    ids: tuple[str, ...]


Seeded = Iterable[tuple[str, Iterable[Mapping[str, Any]] | LeftOut]]
Seeding = Callable[[datetime], Seeded]

# From so many records on it pays to lay them down in the order of the lists.
_MANY = 10_000


@dataclass(frozen=True)
class SeedPlan:
    """What the pristine world is made of.

    `seeding` yields its records for a day, `recipe` is what they depend on besides the day. The
    clock begins at `start`; None leaves it to the machine's. `cache` may hold the records that an
    earlier start has made.
    """

    seeding: Seeding
    recipe: Mapping[str, Any]
    start: datetime | None = None
    cache: SeedCache | None = None


def plant(store: Store, world: World, plan: SeedPlan) -> datetime:
    """Seed the pristine world, unless the store holds it already, and return the day it is for.

    Raises `ValueError` when the store was seeded by another recipe.
    """
    with store.alone():
        return _plant(store, world, plan)


def _plant(store: Store, world: World, plan: SeedPlan) -> datetime:
    known = store.states.of(world.name)
    if known is not None:
        _refuse_other(known.get("recipe", {}), plan.recipe)
        return parse(known["day"])
    if plan.start is not None:
        world.clock.begin_at(plan.start)
    today = datetime.combine(world.clock.now().date(), time(), UTC)
    if plan.cache is None:
        _seed(store, world, plan.seeding(today))
    else:
        _copy_or_seed(store, world, plan, plan.cache, today)
    with store.transaction():
        # Every world begins with this clock, so that a store that is opened again goes on in time
        # from where it was.
        state = {"recipe": dict(plan.recipe), "clock": world.clock.state(), "day": iso(today)}
        store.states.keep(world.name, state | {"kept_at": world.kept_at()})
    return today


def note_time(store: Store, now: datetime) -> None:
    """Keep the machine's time, so that no world goes back where the machine's clock is set back."""
    state = store.states.of(PRISTINE)
    if state is not None:
        store.states.keep(PRISTINE, state | {"kept_at": iso(now)})


def _copy_or_seed(
    store: Store, world: World, plan: SeedPlan, cache: SeedCache, today: datetime
) -> None:
    key = cache.key({**plan.recipe, "today": today})
    if not store.refill(partial(cache.fill, key)):
        _seed(store, world, plan.seeding(today))
        store.copy_out(partial(cache.keep, key))


def _seed(store: Store, world: World, seeded: Seeded) -> None:
    with store.transaction():
        # A start that was ended halfway may have left records, but never a state.
        store.forget(world.name)
        _add_all(store, world, seeded)


def _add_all(store: Store, world: World, seeded: Seeded) -> None:
    counts: Counter[str] = Counter()
    for table, records in seeded:
        if isinstance(records, LeftOut):
            # Noted once here, it need not be written in each world that is synced.
            missing = Condition("id", records.ids, "one_of")
            world.collection(table).see(records.owner, records.at, [missing])
        else:
            counts[table] += len(world.collection(table).add_all(records))
    for table, count in counts.items():
        if count >= _MANY:
            store.arrange(table, world.name)


def _refuse_other(known: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    different = [name for name, value in wanted.items() if known.get(name) != value]
    if different:
        name = different[0]
        raise ValueError(
            f"this database was seeded with {name} {known.get(name)!r}, not {wanted[name]!r}:"
            " start with the same, or with another database"
        )
