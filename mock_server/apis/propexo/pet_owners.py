"""Whose pet it is that a path names: pets are parts of residents, and no records of their own."""

from mock_server.engine.call import Call
from mock_server.engine.refusals import NotFound
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

PET_ID = "pet_id"


def owner(call: Call, world: World) -> Record:
    """Return the resident whose pet the path names; raises `NotFound`."""
    pet_id = call.path[PET_ID]
    for resident in call.records(world, "residents").all(where()):
        if any(each["id"] == pet_id for each in resident["pets"]):
            return resident
    raise NotFound(f"no pet has the id {pet_id!r}")
