"""What a PMS holds: Propexo's copy, and the changes since that no read has brought yet."""

from collections.abc import Iterable
from typing import Any

from mock_server.apis.propexo.kept import model_of, records
from mock_server.engine.changes import Change, from_details
from mock_server.world.clock import parse
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

# The time does not matter to what is only looked at: its stamps are those of a read to come.
_SOMETIME = parse("1970-01-01T00:00:00.000Z")


def change(world: World, integration_id: str, made: Change) -> None:
    """Change the PMS's side alone; Propexo's copy follows with the next read of it.

    It is kept together with the changes of the record that wait already: a read brings all of them
    at once, and one after the other would make each further write slower.
    """
    if made.verb == "add":
        _forget(world, made.record_id)
    elif _is_kept_with_another(world, integration_id, made):
        return
    change_all(world, integration_id, [made])


def _is_kept_with_another(world: World, integration_id: str, made: Change) -> bool:
    waiting = where(integration_id=integration_id, record_id=made.record_id, is_read=False)
    for row in reversed(records(world, "pms_changes").all(waiting)):
        known = from_details(row["change"])
        both = known.then(made)
        if both is not None:
            records(world, "pms_changes").patch(row["id"], {"change": both.as_details()})
            return True
        if not known.is_apart_from(made):
            break
    return False


def change_all(world: World, integration_id: str, changes: Iterable[Change]) -> None:
    """Change the PMS's side in many ways, each about a record of which nothing is known yet."""
    records(world, "pms_changes").add_all(
        {
            "id": str(world.next_number("PMS changes", first=1)),
            "integration_id": integration_id,
            "model": model_of(made.table),
            "record_id": made.record_id,
            "change": made.as_details(),
            "is_read": False,
        }
        for made in changes
    )


def unread(world: World, integration_id: str) -> list[tuple[Record, Change]]:
    """Return what has changed at a PMS since Propexo's copy was read, oldest first."""
    rows = records(world, "pms_changes").all(where(integration_id=integration_id, is_read=False))
    return [(row, from_details(row["change"])) for row in rows]


def mark_read(world: World, rows: Iterable[Record]) -> None:
    """Note that changes have been read; only that a record is gone is worth remembering."""
    kept = records(world, "pms_changes")
    for row in rows:
        if row["change"]["verb"] == "remove":
            kept.patch(row["id"], {"is_read": True})
        else:
            kept.remove(row["id"])


def take(world: World, integration_id: str, record_id: str) -> tuple[Change, ...]:
    """Return the changes of one record that have not been read, and note that they are now."""
    of_record = where(integration_id=integration_id, record_id=record_id, is_read=False)
    rows = records(world, "pms_changes").all(of_record)
    mark_read(world, rows)
    return tuple(from_details(row["change"]) for row in rows)


def record(world: World, model: str, record_id: str) -> Record | None:
    """Return a record as the PMS has it, None where it has none."""
    known = records(world, model).get(record_id)
    for row in records(world, "pms_changes").all(where(model=model, record_id=record_id)):
        known = _changed(known, row)
    return known


def held(world: World, integration_id: str, model: str, **having: Any) -> list[Record]:
    """Return the records of a model that a PMS has: those that Propexo knows come first.

    They have the values that are asked for; it is taken that no change since has given them those.
    """
    mine = where(integration_id=integration_id, **having)
    found: dict[str, Record | None] = {
        str(each["id"]): each for each in records(world, model).all(mine)
    }
    changes = where(integration_id=integration_id, model=model)
    for row in records(world, "pms_changes").all(changes):
        found[row["record_id"]] = _changed(found.get(row["record_id"]), row)
    return [each for each in found.values() if each is not None and having.items() <= each.items()]


def gone(world: World, integration_id: str, model: str) -> tuple[str, ...]:
    """Return the ids of the records that the PMS no longer has, whether that was read or not."""
    rows = records(world, "pms_changes").all(where(integration_id=integration_id, model=model))
    return tuple(row["record_id"] for row in rows if row["change"]["verb"] == "remove")


def gone_by_model(world: World, integration_id: str) -> dict[str, tuple[str, ...]]:
    """Return the ids of `gone` for each model of which anything is gone."""
    found: dict[str, tuple[str, ...]] = {}
    for row in records(world, "pms_changes").all(where(integration_id=integration_id)):
        if row["change"]["verb"] == "remove":
            found[row["model"]] = (*found.get(row["model"], ()), row["record_id"])
    return found


def is_gone(world: World, model: str, record_id: str) -> bool:
    """Say whether a PMS no longer has a record that Propexo still shows."""
    rows = records(world, "pms_changes").all(where(model=model, record_id=record_id))
    return bool(rows) and rows[-1]["change"]["verb"] == "remove"


def _changed(known: Record | None, row: Record) -> Record | None:
    """Return a record after a change that was kept; what is gone can only be added anew."""
    made = from_details(row["change"])
    if made.verb == "remove" or (known is None and made.verb != "add"):
        return None
    return made.result(known, _SOMETIME)


def _forget(world: World, record_id: str) -> None:
    """Drop what is known of a record that is added anew, such as that it is gone."""
    for row in records(world, "pms_changes").all(where(record_id=record_id)):
        records(world, "pms_changes").remove(row["id"])
