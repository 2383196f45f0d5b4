"""What becomes of a thing for rent, a parking space or a storage room, that is assigned."""

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import named
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import patched
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.world import World

_NEEDED = ("rentable_item_id", "applicant_id")


def assign(call: Call, world: World) -> Reply:
    """Queue that a rentable item is an applicant's, and so no longer to be had."""
    problems = [
        broken(name, "is required: it says what is assigned to whom")
        for name in _NEEDED
        if call.body.get(name) is None
    ]
    item = named(call, world, "rentable_items", call.body.get("rentable_item_id"))
    applicant = named(call, world, "applicants", call.body.get("applicant_id"))
    if item and applicant and item["is_available"] is False:
        problems.append(broken("rentable_item_id", f"{item['id']!r} is not available"))
    if problems:
        raise Invalid(problems)
    theirs = {"applicant_id": applicant["id"], "x_applicant_id": applicant["x_id"]}
    values = {**theirs, "is_available": False}
    return writes.settle(call, world, patched(call, "rentable_items", item["id"], values))
