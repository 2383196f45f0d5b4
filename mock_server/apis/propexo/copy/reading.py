"""What Propexo finds when it reads records back from a PMS, and what it tells of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_server.apis.propexo import announcements, normalization
from mock_server.apis.propexo.copy import links
from mock_server.apis.propexo.kept import model_of, records
from mock_server.engine import retention
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import EVERYTHING
from mock_server.world.records import Record

NEW, UPDATE = "NEW", "UPDATE"
_WHY = {NEW: "a read found the record new", UPDATE: "a read found the record changed"}
_EVENTS = {NEW: announcements.DATA_NEW, UPDATE: announcements.DATA_UPDATE}
# When a record was seen or written down says nothing about the record.
_STAMPS = frozenset({"created_at", "updated_at", "last_seen"})


@dataclass(frozen=True)
class Reading:
    """One read job: of which integration, on whose behalf, and whether webhooks are told of it.

    They are told neither what a first sync brings nor what a back-sync does (guide: DATA_NEW).
    What `follows_write` counts as updated, whatever came of it.
    """

    integration: Mapping[str, Any]
    job_id: str
    root_job_id: str
    job_type: str
    is_told: bool = True
    follows_write: bool = False

    def as_told(self) -> dict[str, Any]:
        """Return what every event says of the job that it comes from."""
        return {
            "job_id": self.job_id,
            "root_job_id": self.root_job_id,
            "integration_id": self.integration["id"],
            "job_type": self.job_type,
            "vendor": self.integration["vendor"],
        }

    def as_told_of(self, record: Record, event_type: str, found: Record) -> dict[str, Any]:
        """Return what an event says of a record; `found` is its payload or its difference."""
        place = {"property_id": record["property_id"]} if record.get("property_id") else {}
        return {
            **self.as_told(),
            "record_id": record["id"],
            "payload" if event_type == NEW else "diff": found,
            "context": place,
        }


def read(moment: Moment, reading: Reading, changes: Iterable[Change]) -> None:
    """Bring the copy of one record up to date by the changes that were made to it at the PMS.

    Where they come to nothing the record was only seen. One that is gone stays as it is, and of
    one that nobody added there is nothing to read.
    """
    made = [*changes]
    verbs = {each.verb for each in made}
    if not made or "remove" in verbs:
        return
    kept = records(moment.world, model_of(made[0].table))
    before = kept.get(made[0].record_id)
    if before is None and "add" not in verbs:
        return
    after = _after(moment, before, made)
    if before is None:
        _take_in(moment, reading, made[0].table, after)
    else:
        # A record that was gone and comes back was written down before.
        came = {**after, "created_at": before.get("created_at")}
        _bring_up_to_date(moment, reading, made[0].table, before, came)
    _tell_of_links(moment, reading, model_of(made[0].table), before, after)


def _after(moment: Moment, before: Record | None, made: Sequence[Change]) -> Record:
    """Return the record as it is after the changes, with what follows from the PMS's words."""
    after = before
    for each in made:
        after = each.result(after, moment.at)
    said = {name for each in made for name in each.values}
    return normalization.followed(model_of(made[0].table), before, after or {}, said)


def _take_in(moment: Moment, reading: Reading, table: str, record: Record) -> None:
    kept, model = moment.world.collection(table), model_of(table)
    whole = kept.add(record)
    _note(moment, reading, model, whole, (NEW, payload(model, kept.resource.fields, whole)))


def _bring_up_to_date(
    moment: Moment, reading: Reading, table: str, before: Record, after: Record
) -> None:
    kept, model = moment.world.collection(table), model_of(table)
    changed = difference(model, kept.resource.fields, before, after)
    is_changed = not changed["new"].keys() <= _STAMPS
    # An update that changed nothing does not count as one.
    is_update = is_changed or reading.follows_write
    seen = {} if is_update else {"updated_at": before.get("updated_at")}
    kept.patch(before["id"], {**after, **seen})
    if is_changed:
        _note(moment, reading, model, after, (UPDATE, changed))


def payload(model: str, fields: Iterable[str], record: Record) -> Record:
    """Return what is told of a new record: all that is known of it (reference: DATA_NEW)."""
    told = announcements.told_of(model, {name: record[name] for name in fields})
    return {name: value for name, value in told.items() if value is not None}


def difference(model: str, fields: Iterable[str], before: Record, after: Record) -> Record:
    """Return the new and previous values of the fields that differ (reference: DATA_UPDATE)."""
    told = announcements.told_of(model, {name: after.get(name) for name in fields})
    names = [name for name, value in told.items() if value != before.get(name)]
    return {
        "new": {name: told[name] for name in names},
        "previous": {name: before.get(name) for name in names},
    }


def _note(
    moment: Moment, reading: Reading, model: str, record: Record, found: tuple[str, Record]
) -> None:
    """Keep what a read found, and tell the webhooks of it."""
    event_type, told = found
    diffs = records(moment.world, "data_diffs")
    retention.forget_oldest(moment.world, diffs, EVERYTHING, moment.settings.keep_jobs)
    diffs.add(
        {
            "id": cuid(moment.world.random()),
            "model": model,
            "model_record_id": record["id"],
            "event_type": event_type,
            "data_diff": told,
            "created_at": iso(moment.at),
            "job_id": reading.job_id,
            "integration_id": reading.integration["id"],
            "integration_vendor": reading.integration["vendor"],
        }
    )
    if not reading.is_told:
        return
    fields = reading.as_told_of(record, event_type, told)
    event, why = _EVENTS[event_type], _WHY[event_type]
    announcements.tell_of_record(moment, event, model, fields, why)


def _tell_of_links(
    moment: Moment, reading: Reading, model: str, before: Record | None, after: Record
) -> None:
    """Tell of the links that are new in a record, each as a record of its own (guide: DATA_NEW)."""
    if not reading.is_told:
        return
    for junction, told in links.new_in(moment.world, model, before, after):
        link = {**after, "id": cuid(moment.world.random())}
        fields = reading.as_told_of(link, NEW, told)
        why = "a read found the link new"
        announcements.tell_of_record(moment, announcements.DATA_NEW, junction, fields, why)
