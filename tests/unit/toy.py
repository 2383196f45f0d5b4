"""What a vendor is at its smallest: a toy contract, its envelopes, and a world to call it in."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.document import Document
from mock_server.contract.problems import Problem
from mock_server.engine import jobs
from mock_server.engine.answering import Answering
from mock_server.engine.api import Api
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.engine.references import missing
from mock_server.engine.refusals import NotFound, Refusal, Unauthenticated, WrongMethod
from mock_server.engine.scheduled import ScheduledHandlers
from mock_server.settings import Settings
from mock_server.web import (
    admission,
    blueprint,
    errors,
    front_page,
    page,
    reference,
    reference_pages,
)
from mock_server.web.application import Application
from mock_server.world.course import Course
from mock_server.world.identifiers import cuid
from mock_server.world.pristine import SeedPlan
from mock_server.world.queries import OrderBy, Page
from mock_server.world.records import Record
from mock_server.world.store import Store
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

Json = dict[str, Any]
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
TEXT, COUNT = {"type": "string"}, {"type": "integer"}
KEY = {"x-key": "sandbox_toy"}


def operation(name: str, **said: Any) -> Json:
    """Return an operation that says what every operation must, and what is given."""
    return {"operationId": name, "x-evidence": "documented", "x-source": "Toy guide", **said}


def body(schema: Json) -> Json:
    """Return a request body of this schema, which has to be sent."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def answers(schema: Json) -> Json:
    """Return the responses of an operation that answers 200 with this schema."""
    return {"200": {"description": "Done.", **body(schema)}}


def query(name: str, schema: Json, **said: Any) -> Json:
    """Return a parameter of the query string."""
    return {"name": name, "in": "query", "schema": schema, **said}


PATH_ID = {"name": "id", "in": "path", "required": True, "schema": TEXT}
PAGING = [
    query("offset", {**COUNT, "minimum": 0, "default": 0}, **{"x-paging": "offset"}),
    query("limit", {**COUNT, "minimum": 0, "default": 10}, **{"x-paging": "limit"}),
    query("sort", {**TEXT, "default": "name"}, **{"x-paging": "order"}),
]
PET_FIELDS = {
    "id": TEXT,
    "name": TEXT,
    "age": {"type": ["integer", "null"]},
    "tags": {"type": "array", "items": TEXT},
    "born_at": {"type": ["string", "null"], "format": "date-time"},
    "shop_id": {"type": ["string", "null"]},
    "kennel_id": {"type": ["string", "null"], "x-references": "kennels"},
}
PET_DRAFT = {
    "type": "object",
    "required": ["name"],
    "properties": {name: each for name, each in PET_FIELDS.items() if name != "id"},
}
KENNEL_FIELDS = {"id": TEXT, "name": TEXT, "shop_id": TEXT, "uses": {"type": "array"}}
PET = {"$ref": "#/components/schemas/Pet"}
PETS = {"type": "object", "properties": {"total": COUNT, "items": {"type": "array", "items": PET}}}


def contract(paths: Json | None = None, **schemas: Any) -> Json:
    """Return the toy contract, with more paths and schemas where a test needs them."""
    filters = [query("name", TEXT), query("age", COUNT), query("label", TEXT)]
    filters[2]["x-filter"] = {"field": "tags", "by": "contains"}
    resources = {
        "Pet": {"type": "object", "x-resource": "pets", "properties": PET_FIELDS},
        "Kennel": {"type": "object", "x-resource": "kennels", "properties": KENNEL_FIELDS},
    }
    change = {"requestBody": body({**PET_DRAFT, "required": []}), "responses": answers(PET)}
    all_pets = operation("listPets", parameters=[*filters, *PAGING], responses=answers(PETS))
    add_pet = operation("addPet", requestBody=body(PET_DRAFT), responses=answers(PET))
    one = {
        "get": operation("fetchPet", parameters=[PATH_ID], responses=answers(PET)),
        "put": operation("changePet", parameters=[PATH_ID], **change),
        "delete": operation("removePet", parameters=[PATH_ID]),
    }
    pets = {"/v1/pets/": {"get": all_pets, "post": add_pet}, "/v1/pets/{id}": one}
    return {
        "info": {"title": "Toy API"},
        "x-plain-segments": ["v1"],
        "paths": {**pets, **(paths or {})},
        "components": {"schemas": {**resources, **schemas}},
    }


def catalogue(root: Json | None = None) -> Catalogue:
    """Return what a contract promises."""
    return Catalogue(Document("toy", root or contract()))


class Toy:
    """The toy Api over a fresh world, at a machine time that a test moves."""

    def __init__(
        self, root: Json | None = None, *, settings: Json | None = None, **api: Any
    ) -> None:
        """Serve the contract; `settings` and `api` replace what the toy's own say."""
        self.now = START
        self.settings = Settings(**{"access_log": False, **(settings or {})})
        self.api = Api(**{**_api(catalogue(root)), **api})
        resources = {self.api.table(k): v for k, v in self.api.catalogue.resources.items()}
        given_up = {jobs.LAND: jobs.give_up}
        self.handlers = ScheduledHandlers({jobs.LAND: _land}, self.settings, given_up)
        self.store = Store({**resources, jobs.TABLE: jobs.RESOURCE})
        self.worlds = Worlds(
            self.store,
            seed=1,
            course=Course(self.handlers.perform, self.handlers.give_up),
            machine=lambda: self.now,
        )
        self.worlds.plant(SeedPlan(lambda _: self.api.seeding(None), {"seed": 1}))  # type: ignore[arg-type]
        self.answering = Answering(self.api, self.worlds, self.settings)

    def pass_time(self, seconds: float) -> None:
        """Let the machine's clock run on."""
        self.now += timedelta(seconds=seconds)

    def call(self, key: str, sent: Any = None, *, search: str = "", headers: Any = None) -> Call:
        """Return the call; a key may name its path with the id filled in: `GET /v1/pets/rex`."""
        found, path = self._operation(key)
        content = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
        sent_headers = {**KEY, "content-type": "application/json", **(headers or {})}
        return Call(self.api, found, self.settings, path, sent_headers, search, content)

    def ask(self, key: str, sent: Any = None, **told: Any) -> tuple[int, Any]:
        """Return the status and the value that the call is answered with."""
        answer = self.answer(key, sent, **told)
        return answer.status, json.loads(answer.text)

    def answer(self, key: str, sent: Any = None, **told: Any) -> Reply:
        """Return the reply to the call."""
        return self.answering.answer(self.call(key, sent, **told))

    def everything(self) -> str:
        """Return every byte that the database holds, once the world has begun.

        What is counted is left out, because a refused call counts as well.
        """
        with self.worlds.turn("toy"):
            pass
        connection = self.store._database.connection.connection.driver_connection
        lines = connection.iterdump()  # type: ignore[union-attr]
        return "\n".join(re.sub(r'"tallies": {.*?}', '"tallies": {}', each) for each in lines)

    def app(self) -> Flask:
        """Return the toy Api as a Flask application."""
        app = Application("toy")
        app.config["MAX_CONTENT_LENGTH"] = self.settings.max_body_bytes
        app.register_blueprint(blueprint.blueprint(self.answering, self.settings))
        app.register_blueprint(front_page.blueprint([self.api], "1.2.3"))
        app.register_blueprint(page.blueprint())
        app.register_blueprint(reference.blueprint([self.api]))
        app.register_blueprint(reference_pages.blueprint([self.api]))
        errors.install(app, [self.api])
        admission.install(app, [self.api], self.settings)
        return app

    def _operation(self, key: str) -> tuple[Any, Mapping[str, str]]:
        method, _, path = key.partition(" ")
        known = self.api.catalogue.operations
        if key in known:
            return known[key], {}
        beginning, _, last = path.rpartition("/")
        return known[f"{method} {beginning}/{{id}}"], {"id": last}


def _land(moment: Moment, details: Mapping[str, Any]) -> None:
    job = jobs.find(moment.world, details["job_id"])
    assert job is not None
    for each in job.changes:
        each.happen(moment.world, moment.at)


def _api(promised: Catalogue) -> Json:
    return {
        "name": "toy",
        "title": "Toy API",
        "roots": ("/v1/",),
        "catalogue": promised,
        "credential": _credential,
        "page": _page,
        "one": lambda _, text: Reply(text.encode()),
        "draft": _draft,
        "settle": _settle,
        "refuse": _refuse,
        "seeding": _seeding,
        "order": lambda text: tuple(OrderBy(each) for each in text.split(",")),
        "owner": "shop_id",
    }


def _credential(headers: Mapping[str, str]) -> str:
    if not headers.get("x-key"):
        raise Unauthenticated("no key")
    return headers["x-key"]


def _page(_: Call, found: Page) -> Reply:
    return Reply(b'{"total":%d,"items":[%b]}' % (found.total, found.texts))


def _draft(call: Call, world: World) -> Record:
    made = {} if call.path else {"id": cuid(world.random())}
    return {**made, **call.body}


def _settle(call: Call, world: World, change: Change) -> Reply:
    record = change.happen(world, world.clock.now())
    if record is None:
        raise NotFound(missing(call.operation.resource or "", change.record_id))
    return Reply((call.records(world).text(record["id"]) or "{}").encode())


def _refuse(refusal: Refusal) -> Reply:
    found = [_shown(each) for each in refusal.problems]
    allowed = {"Allow": ", ".join(refusal.allowed)} if isinstance(refusal, WrongMethod) else {}
    return reply({"why": refusal.message, "problems": found}, refusal.status, **allowed)


def _shown(problem: Problem) -> str:
    return f"{'.'.join(map(str, problem.path))}: {problem.advice or problem.rule}"


def _seeding(_: Any) -> list[tuple[str, list[Json]]]:
    kennels = [
        {"id": "north", "name": "North", "shop_id": "s1", "uses": ["DOGS"]},
        {"id": "south", "name": "South", "shop_id": "s2", "uses": ["CATS", "DOGS"]},
    ]
    pets = [
        {"id": "rex", "name": "Rex", "age": 3, "tags": ["good", "big"], "shop_id": "s1"},
        {"id": "tom", "name": "Tom", "age": 9, "tags": ["big"], "shop_id": "s2"},
    ]
    return [("toy_kennels", kennels), ("toy_pets", pets)]


def write_yaml(folder: Path, **files: str) -> Path:
    """Write the text of each named contract file into the folder."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
