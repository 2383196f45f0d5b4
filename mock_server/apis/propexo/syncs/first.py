"""What a PMS holds when it is connected, and its first sync brings in."""

from mock_server import shipped
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import truth
from mock_server.apis.propexo.syncs import models
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.world.fakes import Fakes
from mock_server.world.queries import where
from mock_server.world.records import Record

_STAMPS = ("created_at", "updated_at", "last_seen")


def fill(moment: Moment, integration: Record) -> None:
    """Let a PMS that has just been connected hold a small portfolio, still to be read."""
    # Few worlds connect a PMS, and a start does without the portfolio's fifty modules.
    from mock_server.apis.propexo.portfolio import newcomer

    world = moment.world
    if records(world, "pms_changes").total(where(integration_id=integration["id"])):
        return
    invented = newcomer.records(
        integration,
        now=moment.at,
        fakes=Fakes(world.random().getrandbits(64)),
        fixtures=shipped.folder("fixtures"),
        resources=models.read_from_pms(world),
    )
    table = "propexo_{}".format
    truth.change_all(
        world,
        integration["id"],
        [
            Change("add", table(model), str(record["id"]), record, _STAMPS)
            for model, record in invented
        ],
    )
