"""A list that changes while it is walked through page by page."""

import json
from dataclasses import replace

from mock_server.contract.kinds import Kind
from mock_server.engine import actions
from mock_server.engine.call import Call
from mock_server.engine.faults.effects import Effect
from mock_server.world.world import World


class StalePage(Effect):
    """Between two pages a record seems to vanish before the page, or to appear there, in turns.

    What follows moves up or down by one, so that the walk misses a record, or sees one twice. The
    records themselves stay as they are. The rule's `missed` and `twice` list their ids; they
    begin anew with each first page.
    """

    def shape(self, call: Call, world: World) -> None:
        if call.operation.kind is not Kind.LIST:
            return
        if call.question.offset == 0:
            self.rule.update(missed=[], twice=[], drift=0, pages=0)
        else:
            self._drift(call, world)
        call.question = replace(call.question, drift=self.rule.get("drift", 0))

    def _drift(self, call: Call, world: World) -> None:
        at = call.question.offset + self.rule.setdefault("drift", 0)
        self.rule["pages"] = self.rule.get("pages", 0) + 1
        is_gone = self.rule["pages"] % 2 == 1
        record_id = _id_at(call, world, at if is_gone else at - 1)
        if record_id is not None:
            self.rule.setdefault("missed" if is_gone else "twice", []).append(record_id)
            self.rule["drift"] += 1 if is_gone else -1


def _id_at(call: Call, world: World, place: int) -> str | None:
    selection = actions.selection_of(call)
    found = call.records(world).page(selection, offset=max(place, 0), limit=1)
    records = json.loads(b"[%b]" % found.texts)
    return str(records[0]["id"]) if records else None
