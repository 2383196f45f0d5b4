"""One of the sandbox's own operations under test: its good calls, and all that it may change."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import pytest
from flask import Flask

from mock_server.contract.operation import Operation
from mock_server.engine import deliveries
from mock_server.engine.messages import AttemptResult
from mock_server.world.world import World
from mock_server.world.worlds import Worlds
from tests.contract import planted
from tests.contract.case import APIS, Case
from tests.contract.control_calls import BODIES
from tests.contract.grounds import Record

SANDBOX = next(each for each in APIS if each.name == "sandbox")
# What a path names and no seed has: the operation that makes it, and where its answer tells the id.
_SENT = {"last_name": "Byron"}
_MADE: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "delivery_id": ("POST /sandbox/webhooks/fire", lambda said: said["deliveries"][0]["id"]),
    "fault_id": ("POST /sandbox/webhooks/faults", lambda said: said["id"]),
    "call_fault_id": ("POST /__admin/faults", lambda said: said["id"]),
    "outcome_id": ("POST /sandbox/outcomes", lambda said: said["id"]),
    "snapshot": ("POST /__admin/snapshots", lambda said: said["name"]),
    "webhook_id": ("POST /sandbox/leadpro/webhooks", lambda said: said["id"]),
}


# What is found or made by a property of the case.
_FOUND = {
    name: f"_{name}" for name in ("called", "exported", "job_id", "resident_id", "story", "unit_id")
}


def each_control_operation(
    fits: Callable[[Operation], object] = lambda _: True,
) -> pytest.MarkDecorator:
    """Run a test once for each of the sandbox's own operations that fits, under its key."""
    chosen = [
        pytest.param(each, id=each.key)
        for each in SANDBOX.catalogue.operations.values()
        if fits(each)
    ]
    return pytest.mark.parametrize("control", chosen, indirect=True)


class ControlCase(Case):
    """One of the sandbox's own operations, to be called in a world that nobody else uses."""

    @cached_property
    def lead(self) -> Record:
        """Return a lead that a PMS and Propexo have, and that has not applied yet."""
        leads = self.in_world(lambda world: world.collection("propexo_leads").all())
        found: Record = next(each for each in leads if each["status"] in {"New", "Contacted"})
        return found

    @property
    def _story(self) -> str:
        """Return a story of which the first step was played in the world."""
        credential = {"x-api-key": f"sandbox_{self.world}"}
        for action in ("begin", "step"):
            path = f"/__admin/stories/mid-lease-transfer/{action}"
            body = {"reset": True} if action == "begin" else {}
            answer = self.app.test_client().post(path, json=body, headers=credential)
            assert answer.status_code == 200, answer.text
        return "mid-lease-transfer"

    @property
    def _resident_id(self) -> str:
        """Return a resident of the lead's property."""
        place = self.lead["property_id"]
        held = self.in_world(lambda world: world.collection("propexo_residents").all())
        return str(next(each for each in held if each["property_id"] == place)["id"])

    @property
    def _unit_id(self) -> str:
        """Return an available unit of the lead's property."""
        units = self.in_world(lambda world: world.collection("propexo_units").all())
        place = self.lead["property_id"]
        free = (each for each in units if each["property_id"] == place and each["is_available"])
        return str(next(free)["id"])

    def named(self, name: str) -> str:
        """Return the id of something there is, made first where it has to be."""
        if name in _MADE:
            key, told = _MADE[name]
            answer = self.control(key).send()
            assert answer.status_code == 200, answer.text
            return told(answer.json)
        if name in _FOUND:
            return str(getattr(self, _FOUND[name]))
        return {
            "integration_id": str(self.lead["integration_id"]),
            "model": "leads",
            "record_id": str(self.lead["id"]),
            "lead_id": str(self.lead["id"]),
            "world": self.world,
            "hook_id": planted.WEBHOOK_ID,
        }[name]

    @property
    def _called(self) -> str:
        """Return another world, of which a call is known."""
        headers = {"x-api-key": f"sandbox_{self.world}-called"}
        self.app.test_client().get("/__admin/clock", headers=headers)
        return f"{self.world}-called"

    @property
    def _exported(self) -> str:
        return str(self.control("GET /__admin/export").send().json["text"])

    @property
    def _job_id(self) -> str:
        headers = {"Authorization": f"Bearer sandbox_{self.world}"}
        path = f"/v1/leads/{self.lead['id']}"
        answer = self.app.test_client().put(path, json=_SENT, headers=headers)
        assert answer.status_code == 200, answer.text
        return str(answer.json["job_id"])

    def control(self, key: str) -> "ControlCase":
        """Return another of the sandbox's own operations in the same world."""
        return ControlCase(self.app, self.api, self.api.catalogue[key], self.world)

    @cached_property
    def valid_path(self) -> dict[str, str]:
        """Return values of the path's parameters that name what exists."""
        return {name: self.named(name) for name in self.operation.path_names}

    @property
    def valid_query(self) -> dict[str, str]:
        """Return no query: none of these operations demands one."""
        return {}

    @property
    def bodies(self) -> list[Any]:
        """Return good bodies; that of an operation without one is None."""
        return [self._filled(each) for each in BODIES.get(self.operation.key, (None,))]

    def valid_body(self, *, full: bool = False) -> dict[str, Any]:
        """Return a good body: the first, or the one with most fields."""
        body: dict[str, Any] = max(self.bodies, key=len) if full else self.bodies[0]
        return body

    @property
    def state(self) -> Any:
        """Return everything that the world holds of its own, its clock and agenda included."""
        self.in_world(lambda _: None)  # What is due by now happens before anybody looks.
        return self.in_world(_state)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {name: self._filled(each) for name, each in value.items()}
        is_name = isinstance(value, str) and value.startswith("{")
        return self.named(value[1:-1]) if is_name else value


def _state(world: World) -> Any:
    own = [each for each in world.resources if world.owns(each)]
    records = {each: world.collection(each).all() for each in own}
    return records, world.clock.state(), world.agenda.next_due, world.deliveries


def answer_deliveries(app: Flask) -> Flask:
    """Let every delivery be answered with 200 as soon as it leaves its world, and go nowhere."""
    worlds: Worlds = app.extensions["mock_server"]

    def carry() -> None:
        for each in worlds.deliveries():
            with worlds.turn(each.world) as world:
                deliveries.note(world, each.delivery, AttemptResult(status=200))

    worlds.on_stir = carry
    return app
