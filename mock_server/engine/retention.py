"""How much a world keeps of what is over: the newest, as many as a setting says."""

from collections.abc import Callable
from dataclasses import dataclass

from mock_server.world.queries import Selection
from mock_server.world.records import Collection, Record
from mock_server.world.world import World

# Forgetting is looked after once in so many additions, so a few more may be there meanwhile.
_SOMETIMES = 100


def forget_oldest(world: World, kept: Collection, over: Selection, most: int) -> None:
    """Remove the oldest of the records that are `over`, so that about `most` of them are left."""
    if world.next_number(_counter(kept, over), first=1) % _SOMETIMES == 0:
        kept.keep_newest(most, over)


@dataclass(frozen=True)
class Many:
    """Many records to be added one after the other, each made only where it is needed."""

    count: int
    record: Callable[[int], Record]


def add_many(world: World, kept: Collection, over: Selection, most: int, many: Many) -> None:
    """Leave what `forget_oldest` before each addition would leave, and make no other record."""
    if not many.count:
        return
    before = world.pass_numbers(_counter(kept, over), many.count)
    last = before + many.count
    # How many are added before the oldest are forgotten for the last time.
    early = max(last - last % _SOMETIMES - before - 1, 0)
    if early:
        kept.add_all(map(many.record, range(max(early - most, 0), early)))
    if last // _SOMETIMES > before // _SOMETIMES:
        kept.keep_newest(most, over)
    kept.add_all(map(many.record, range(early, many.count)))


def _counter(kept: Collection, over: Selection) -> str:
    # Those of each kind are counted by themselves, or one kind might never have its turn.
    kind = [f"{each.field} {each.value}" for each in over.conditions if each.by == "equals"]
    return " ".join([kept.resource.name, "kept", *kind])
