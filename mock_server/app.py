"""The composition root: the one file that knows every part, and how they make an application."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from mock_server import control, namesake, shipped
from mock_server import settings as setting
from mock_server.apis import leadpro, propexo
from mock_server.contract.resource import Resource
from mock_server.engine import deliveries, delivery_faults, jobs
from mock_server.engine.answering import Answering
from mock_server.engine.api import Api, Planting
from mock_server.engine.journal import Journal
from mock_server.engine.moment import Moment
from mock_server.engine.scenarios.library import Scenarios
from mock_server.engine.scheduled import ScheduledHandler, ScheduledHandlers
from mock_server.engine.world_settings import settings_in
from mock_server.memory import garbage_later
from mock_server.settings import Settings
from mock_server.version import DISTRIBUTION, VERSION
from mock_server.web import (
    access_log,
    admission,
    blueprint,
    errors,
    front_page,
    loops,
    one_process,
    page,
    recording,
    reference,
    reference_pages,
)
from mock_server.web.application import Application
from mock_server.web.dispatcher import Dispatcher
from mock_server.web.inward import Inward
from mock_server.web.one_process import OneProcess
from mock_server.web.posting import Posting
from mock_server.web.recording import Recorder
from mock_server.web.replaying import ReplayedTime, Replaying
from mock_server.web.targets import Targets
from mock_server.world.clock import iso, machine_time, parse
from mock_server.world.course import Course
from mock_server.world.opened import is_shared
from mock_server.world.pristine import SeedPlan
from mock_server.world.seed_cache import SeedCache
from mock_server.world.store import Store
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

_log = logging.getLogger("mock_server")

# A vendor is a folder below `apis/`, and a line here.
VENDORS = (propexo.api, leadpro.api)


def create_app(
    settings: Settings | None = None,
    *,
    machine: Callable[[], datetime] = machine_time,
    on_step: Callable[[str], object] = lambda _: None,
    **given: Any,
) -> Application:
    """Return the Flask application that serves both APIs.

    Settings may be given whole or by name; the rest comes from the environment. `machine` is the
    clock under every world's own. `on_step` is told what is done next. Close this application's
    worlds, `app.extensions["mock_server"].close()`, before you make another one on the same
    database. Raises `SettingError`, `ContractError`, `ScenarioError`, and `ValueError` for a
    database that is in use, not ours, or seeded otherwise.
    """
    settings = settings or setting.load(**given)
    with garbage_later():
        return _created(settings, machine, on_step)


def _created(
    settings: Settings, machine: Callable[[], datetime], on_step: Callable[[str], object]
) -> Application:
    if (warning := namesake.warning()) is not None:
        _log.warning(warning)
    on_step("reading the contracts")
    journal = Journal(settings.keep_calls, settings.keep_calls_bytes)
    scenarios, inward = _scenarios(settings), Inward()
    replaying = Replaying(journal, partial(_again, settings))
    own = control.Own(journal, inward, scenarios, replaying.before)
    apis = control.of_application(own, every_api())
    on_step(_planting(settings))
    worlds = _worlds(apis, settings, machine, scenarios)
    worlds.lifecycle.on_end = journal.forget
    if settings.db is not None:
        on_step(f"running what is due by now in the worlds of {settings.db}")
    app = inward.application = _application(apis, worlds, settings, journal)
    _let_time_pass(app, worlds, settings)
    return app


def _again(settings: Settings, time: ReplayedTime) -> tuple[Application, Worlds]:
    """Return an application in which calls are made again: nothing of it is kept or sent."""
    apart = replace(settings, db=None, keep_calls=0, access_log=False)
    journal = Journal()
    scenarios = _scenarios(apart)
    # The calls that a story has made stand in the journal like any other: they are made from there.
    apis = control.of_application(control.Own(journal, library=scenarios), every_api())
    worlds = _worlds(apis, apart, time, scenarios)
    return _application(apis, worlds, apart, journal), worlds


def _application(
    apis: Sequence[Api], worlds: Worlds, settings: Settings, journal: Journal
) -> Application:
    app = Application("mock_server")
    if settings.keep_calls:
        recording.install(app, Recorder(apis, worlds, journal, settings.keep_body_bytes))
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body_bytes
    for api in apis:
        app.register_blueprint(blueprint.blueprint(Answering(api, worlds, settings), settings))
    app.register_blueprint(front_page.blueprint(apis, VERSION))
    app.register_blueprint(page.blueprint())
    app.register_blueprint(reference.blueprint(apis))
    app.register_blueprint(reference_pages.blueprint(apis))
    _look_at_every_call(app, apis, settings)
    app.extensions["mock_server"] = worlds
    return app


def _look_at_every_call(app: Application, apis: Sequence[Api], settings: Settings) -> None:
    loops.install(app)
    admission.install(app, apis, settings)
    errors.install(app, apis)
    if settings.access_log:
        access_log.install(app, apis)
    one = OneProcess(has_file=settings.db is not None, may_be_several=is_shared(settings.db))
    one_process.install(app, one)


def _planting(settings: Settings) -> str:
    seeding = f"creating the seeded records, with {settings.leads:,} leads"
    return seeding if settings.db is None else f"opening {settings.db}, or {seeding}"


def _scenarios(settings: Settings) -> Scenarios:
    own = settings.scenario_folder
    return Scenarios(every_api(), None if own is None else Path(own))


@cache
def every_api() -> tuple[Api, ...]:
    """Return the APIs as their contracts and behaviours make them, once for each process.

    They hold no state of a sandbox, and making them takes a third of a second start.
    """
    return apis_of(VENDORS)


def apis_of(vendors: Iterable[Callable[[Path], Api]]) -> tuple[Api, ...]:
    """Return these vendors as their contracts and behaviours make them, and our own operations."""
    contracts = shipped.folder("openapi")
    made = tuple(each(contracts) for each in vendors)
    return *made, control.api(contracts, made)


def _let_time_pass(app: Application, worlds: Worlds, settings: Settings) -> None:
    """Let deliveries leave by themselves, and others call while somebody waits for them."""
    worlds.aside = app.turnstile.aside
    posting = Posting(Targets(settings.webhook_targets), settings.webhook_seconds)
    dispatcher = Dispatcher(worlds, deliveries, posting)
    worlds.on_stir, worlds.on_close = dispatcher.wake, dispatcher.close
    worlds.open_kept()


def _worlds(
    apis: Sequence[Api],
    settings: Settings,
    machine: Callable[[], datetime],
    scenarios: Scenarios,
) -> Worlds:
    store = Store(_tables(apis), settings.db)
    if store.turns is not None and machine is machine_time:
        # The replicas of one sandbox go by one clock.
        machine = store.turns.time
    course, most = _course(apis, settings), settings.keep_worlds
    worlds = Worlds(store, seed=settings.seed, course=course, machine=machine, keep_open=most)
    start = parse(settings.start_at) if settings.start_at else None
    try:
        seeding, recipe = partial(_seeded, apis, settings), _recipe(apis, settings, start)
        worlds.plant(SeedPlan(seeding, recipe, start, _seed_cache(store, settings)))
        scenarios.begin_all(worlds, settings.scenario)
    except BaseException:
        worlds.close()
        raise
    return worlds


def _course(apis: Sequence[Api], settings: Settings) -> Course:
    def begin(world: World) -> None:
        for api in apis:
            api.begin(Moment(world, world.clock.now(), settings_in(world, settings)))

    handlers = _scheduled_handlers(apis, settings)
    return Course(handlers.perform, handlers.give_up, begin, handlers.pass_routine)


def _tables(apis: Sequence[Api]) -> dict[str, Resource]:
    tables = {each.TABLE: each.RESOURCE for each in (jobs, deliveries, delivery_faults)}
    return tables | {name: each for api in apis for name, each in api.tables.items()}


def _scheduled_handlers(apis: Sequence[Api], settings: Settings) -> ScheduledHandlers:
    kinds: dict[str, ScheduledHandler] = {deliveries.LEAVE: deliveries.leave}
    given_up: dict[str, ScheduledHandler] = {deliveries.LEAVE: deliveries.give_up}
    for api in apis:
        kinds.update(api.scheduled_handlers)
        given_up.update(api.given_up)
    return ScheduledHandlers(kinds, settings, given_up, [each.pass_routine for each in apis])


def _seeded(apis: Sequence[Api], settings: Settings, now: datetime) -> Iterator[tuple[str, Any]]:
    for api in apis:
        seed = f"{settings.seed}:{api.name}"
        fixtures, resources = shipped.folder("fixtures"), api.catalogue.resources
        yield from api.seeding(Planting(settings.leads, now, seed, fixtures, resources))


def _seed_cache(store: Store, settings: Settings) -> SeedCache | None:
    """Return where seeded databases are kept: in the user's cache folder, if that is wanted.

    A database that is shared is seeded once for all.
    """
    if store.turns is not None:
        return None
    made_with = Path(__file__).parent, shipped.folder("openapi"), shipped.folder("fixtures")
    folder = user_cache_path(DISTRIBUTION, appauthor=False) if settings.cache else None
    return SeedCache(folder, made_with)


def _recipe(apis: Sequence[Api], settings: Settings, start: datetime | None) -> Mapping[str, Any]:
    start_at = None if start is None else iso(start)
    recipe = {"seed": settings.seed, "leads": settings.leads, "start_at": start_at}
    return recipe | {"apis": ", ".join(each.name for each in apis)}
