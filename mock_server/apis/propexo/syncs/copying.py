"""How Propexo's copy of a PMS is brought up to date: what is new, what is seen, what is frozen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mock_server.apis.propexo.copy.reading import Reading, read
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import truth
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import Condition, Selection, where
from mock_server.world.records import Record
from mock_server.world.world import World

PROPERTIES, PROPERTY_LISTS = "properties", "property_lists"
_Row = tuple[Record, Change]


def copy(moment: Moment, integration: Record, readings: Mapping[str, Reading]) -> None:
    """Read each model of `readings` from the PMS, properties first.

    A disabled property is still read itself, but nothing that belongs to it (help centre: disabled
    properties). What is gone from the PMS stays, and is no longer seen.
    """
    waiting = _by_model(truth.unread(moment.world, integration["id"]))
    for model in sorted(readings, key=lambda each: each != PROPERTIES):
        frozen = () if model == PROPERTIES else disabled(moment.world, integration)
        for rows in _by_record(waiting[model]):
            if _property_of(moment.world, model, rows) not in frozen:
                read(moment, readings[model], [made for _, made in rows])
                truth.mark_read(moment.world, [row for row, _ in rows])
        if model == PROPERTIES:
            _configure_new_properties(moment, integration)
        if model == PROPERTY_LISTS:
            _configure_new_lists(moment, integration)
        _see(moment, integration, model, frozen)


def see_all(moment: Moment, integration: Record, read: Iterable[str]) -> None:
    """Note that the PMS still has all that a sync reads, where none of it has changed."""
    frozen = disabled(moment.world, integration)
    gone = truth.gone_by_model(moment.world, integration["id"])
    mine = where(integration_id=integration["id"])
    for model in read:
        # Of a model that is read there are records, unless all that is known of it is gone.
        if model not in gone or records(moment.world, model).total(mine):
            held_still = () if model == PROPERTIES else frozen
            _note_seen(moment, integration, model, (gone.get(model, ()), held_still))


def _by_model(rows: Iterable[_Row]) -> defaultdict[str, list[_Row]]:
    found: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row[0]["model"]].append(row)
    return found


def _by_record(rows: Iterable[_Row]) -> Iterable[list[_Row]]:
    found: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row[0]["record_id"]].append(row)
    return found.values()


def _property_of(world: World, model: str, rows: Sequence[_Row]) -> Any:
    known = records(world, model).get(rows[0][1].record_id) or {}
    stated = [made.values["property_id"] for _, made in rows if "property_id" in made.values]
    return [known.get("property_id"), *stated][-1]


def _see(moment: Moment, integration: Record, model: str, frozen: Sequence[str]) -> None:
    """Note that the PMS still has the records that it has."""
    kept, mine = records(moment.world, model), Condition("integration_id", integration["id"])
    if not kept.total(Selection((mine,))):
        return
    gone = truth.gone(moment.world, integration["id"], model)
    _note_seen(moment, integration, model, (gone, frozen))


def _note_seen(
    moment: Moment, integration: Record, model: str, but: tuple[Sequence[str], Sequence[str]]
) -> None:
    """Note that a model was seen, but for the records that are gone and the frozen properties."""
    (gone, frozen), kept = but, records(moment.world, model)
    left_out = [("id", tuple(gone))]
    if frozen and "property_id" in kept.resource.fields:
        left_out.append(("property_id", tuple(frozen)))
    conditions = [Condition(name, values, "one_of") for name, values in left_out if values]
    kept.see(integration["id"], iso(moment.at), conditions)


def disabled(world: World, integration: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the properties of an integration that are disabled, by their ids."""
    configured = records(world, "property_configurations")
    mine = configured.all(where(integration_id=integration["id"]))
    return tuple(each["property_id"] for each in mine if not each["enabled"])


def _configure_new_properties(moment: Moment, integration: Record) -> None:
    """Let each property that was read for the first time be enabled, or wait for approval."""
    enabled = integration["new_properties_are_enabled"]
    for place in without_configuration(moment.world, integration, PROPERTIES, "property"):
        made = {"property_id": place["id"], "enabled": enabled}
        _configure(moment, integration, "property_configurations", made)


def _configure_new_lists(moment: Moment, integration: Record) -> None:
    """Enable each property list that was read for the first time (assumed)."""
    unknown = without_configuration(moment.world, integration, PROPERTY_LISTS, "property_list")
    for each in unknown:
        made = {"property_list_id": each["id"], "x_property_list_id": each["x_id"]}
        made |= {"enabled": True}
        _configure(moment, integration, "property_list_configurations", made)


def without_configuration(
    world: World, integration: Record, model: str, subject: str
) -> list[Record]:
    """Return the integration's records that have no configuration yet."""
    mine = where(integration_id=integration["id"])
    configured = records(world, f"{subject}_configurations").all(mine)
    known = {each[f"{subject}_id"] for each in configured}
    return [each for each in records(world, model).all(mine) if each["id"] not in known]


def _configure(moment: Moment, integration: Record, table: str, made: Record) -> None:
    own = {"id": cuid(moment.world.random()), "created_at": iso(moment.at)}
    whole = {**own, "integration_id": integration["id"], **made}
    records(moment.world, table).add(whole)
