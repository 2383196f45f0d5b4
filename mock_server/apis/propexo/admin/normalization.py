"""Which words of a PMS stand for which normalized values (reference: admin/normalization)."""

from mock_server.apis.propexo.normalization import DEFAULT, MAPPINGS
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.world.world import World


def fetch(call: Call, world: World) -> Reply:
    """Answer the mapping of a pair; raises `NotFound` for a pair there is none of."""
    pair = call.path["model"], call.path["field"]
    if pair not in MAPPINGS:
        known = ", ".join("/".join(each) for each in MAPPINGS)
        raise NotFound(f"{'/'.join(pair)} is not normalized; these are: {known}")
    _refuse_unfit_integration(call, world)
    results = {
        "is_custom_mapping": False,
        "mappings": MAPPINGS[pair],
        "default_value": DEFAULT,
    }
    return reply({"results": results})


def _refuse_unfit_integration(call: Call, world: World) -> None:
    asked = call.question.values
    integration_id, vendor = asked.get("integration_id"), asked["integration_vendor"]
    if integration_id is None:
        return
    known = call.records(world, "integrations").get(integration_id)
    if known is None:
        advice = missing("integrations", integration_id)
        raise Invalid([broken("integration_id", advice, integration_id)])
    if known["vendor"] != vendor:
        advice = f"the integration {integration_id!r} is {known['vendor']}, not {vendor}"
        raise Invalid([broken("integration_id", advice, integration_id)])
