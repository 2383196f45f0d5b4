"""The composition root: the one file that knows every part, and how they make an application."""

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

from flask import Flask

from mock_server import settings as setting
from mock_server import shipped
from mock_server.apis import leadpro, propexo
from mock_server.engine import jobs
from mock_server.engine.answering import Answering
from mock_server.engine.api import Api, Planting
from mock_server.settings import Settings
from mock_server.version import VERSION
from mock_server.web import access_log, blueprint, control, errors
from mock_server.world.clock import machine_time
from mock_server.world.store import Store
from mock_server.world.worlds import Worlds

logging.getLogger("mock_server").addHandler(logging.NullHandler())


def create_app(
    settings: Settings | None = None,
    *,
    machine: Callable[[], datetime] = machine_time,
    **given: Any,
) -> Flask:
    """Return the Flask application that serves both APIs.

    Settings may be given whole or by name; the rest comes from the environment. `machine` is the
    clock under every world's own. Raises `SettingError`, `ContractError`, and `ValueError` for a
    database that was seeded otherwise.
    """
    settings = settings or setting.load(**given)
    apis = every_api()
    worlds = _worlds(apis, settings, machine)
    app = Flask("mock_server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False
    for api in apis:
        app.register_blueprint(blueprint.blueprint(Answering(api, worlds, settings), settings))
    app.register_blueprint(control.blueprint(worlds, apis, VERSION))
    errors.install(app, apis)
    if settings.access_log:
        access_log.install(app)
    app.extensions["mock_server"] = worlds
    return app


def every_api() -> tuple[Api, ...]:
    """Return the APIs as their contracts and behaviours make them."""
    contracts = shipped.folder("openapi")
    return propexo.api(contracts), leadpro.api(contracts)


def _worlds(apis: Sequence[Api], settings: Settings, machine: Callable[[], datetime]) -> Worlds:
    resources = {
        api.table(name): resource
        for api in apis
        for name, resource in api.catalogue.resources.items()
    }
    store = Store({**resources, jobs.TABLE: jobs.RESOURCE}, settings.db)
    worlds = Worlds(store, seed=settings.seed, perform=jobs.perform, machine=machine)

    def seeding(now: datetime) -> Iterator[tuple[str, Any]]:
        for api in apis:
            random = Random(f"{settings.seed}:{api.name}")
            yield from api.seeding(
                Planting(
                    settings.leads,
                    now,
                    random,
                    shipped.folder("fixtures"),
                    api.catalogue.resources,
                )
            )

    with _garbage_later():
        worlds.plant(seeding, _recipe(store, settings))
    return worlds


def _recipe(store: Store, settings: Settings) -> Mapping[str, Any]:
    return {"seed": settings.seed, "leads": settings.leads, "layout": store.layout}


@contextmanager
def _garbage_later() -> Iterator[None]:
    """Keep the collector from walking through what is being made to stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
