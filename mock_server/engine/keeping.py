"""How much a world keeps of what is over: the newest, as many as a setting says."""

from mock_server.world.queries import Selection
from mock_server.world.records import Collection
from mock_server.world.world import World

# Forgetting is looked after once in so many additions, so a few more may be there meanwhile.
_SOMETIMES = 100


def forget_oldest(world: World, kept: Collection, over: Selection, most: int) -> None:
    """Remove the oldest of the records that are `over`, so that about `most` of them are left."""
    name = kept.resource.name
    if world.next_number(f"{name} kept", first=1) % _SOMETIMES == 0:
        kept.keep_newest(most, over)
