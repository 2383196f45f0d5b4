"""How much a world keeps of what is over: the newest, as many as a setting says."""

from mock_server.world.queries import Selection
from mock_server.world.records import Collection
from mock_server.world.world import World

# Forgetting is looked after once in so many additions, so a few more may be there meanwhile.
_SOMETIMES = 100


def forget_oldest(world: World, kept: Collection, over: Selection, most: int) -> None:
    """Remove the oldest of the records that are `over`, so that about `most` of them are left."""
    # Those of each kind are counted by themselves, or one kind might never have its turn.
    kind = [f"{each.field} {each.value}" for each in over.conditions if each.by == "equals"]
    counter = " ".join([kept.resource.name, "kept", *kind])
    if world.next_number(counter, first=1) % _SOMETIMES == 0:
        kept.keep_newest(most, over)
