"""What a PMS makes of a resident's pet, which is read back inside the resident's record."""

from typing import Any

from mock_server.apis.propexo import pet_owners, writes
from mock_server.apis.propexo.drafts import named
from mock_server.apis.propexo.records.changes import changed_part, on_behalf_of, part
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import joined
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.world import World


def create(call: Call, world: World) -> Reply:
    """Queue a new pet of a resident."""
    resident = named(call, world, "residents", call.body.get("resident_id"))
    if not resident:
        raise Invalid([broken("resident_id", "is required: it says whose pet it is")])
    pet = part(call, world, "residents", "pets", call.body)
    change = joined(call, "residents", resident["id"], {"pets": [pet]})
    return writes.settle(call, world, change, made=pet["id"])


def update(call: Call, world: World) -> Reply:
    """Queue the changes of a pet."""
    pet_id = call.path["pet_id"]
    owner = pet_owners.owner(call, world)
    stated = call.body.get("resident_pet_id", pet_id)
    if stated != pet_id:
        advice = f"must be the id in the path, {pet_id!r}"
        raise Invalid([broken("resident_pet_id", advice, stated)])
    pet = {**changed_part(call, world, "residents", "pets", call.body), "id": pet_id}
    change = joined(call, "residents", owner["id"], {"pets": [pet]})
    return writes.settle(on_behalf_of(call, owner), world, change)


def kept(call: Call, world: World, resource: str) -> list[dict[str, Any]]:
    """Return the animals that a body carries as a person's record shows them."""
    return [
        part(call, world, resource, "pets", {"gender_raw": _gender(said), **said})
        for said in call.body.get("pets", ())
    ]


def _gender(said: dict[str, Any]) -> str | None:
    gender = said.get("gender")
    return gender.capitalize() if gender else None
