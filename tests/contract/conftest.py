"""The applications that the contract's promises are tested on, one world for each test."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask

from mock_server import create_app
from tests.contract.case import APIS, MORNING, Case
from tests.contract.control_case import SANDBOX, ControlCase, answer_deliveries
from tests.contract.fuzzed import EXAMPLES, Fuzzed
from tests.contract.planted import plant


def made(**settings: Any) -> Flask:
    """Return an application with what these tests need in every world, whose time stands still.

    Nothing happens in it but what a test brings about, and no delivery leaves it.
    """
    # No valid body knows which slots are free, so appointments may be at any time.
    told = {"scheduled_syncs": False, "appointment_slots": "any", **settings}
    app = create_app(access_log=False, machine=lambda: MORNING, **told)
    plant(app, next(each for each in APIS if each.name == "propexo"))
    return answer_deliveries(app)


@pytest.fixture(scope="session")
def app() -> Flask:
    """Return the application that shows every write as soon as it has landed."""
    return made(read_back="always")


@pytest.fixture(scope="session")
def documented_app() -> Flask:
    """Return the application that shows a write when its PMS is documented to let it be read."""
    return made(sync_seconds=0)


@pytest.fixture
def case(request: pytest.FixtureRequest, app: Flask) -> Iterator[Case]:
    """Return the operation under test, in a world that is forgotten afterwards."""
    yield from in_own_world(Case, app, *request.param)


@pytest.fixture
def documented_case(request: pytest.FixtureRequest, documented_app: Flask) -> Iterator[Case]:
    """Return the operation under test, where reads show what is documented."""
    yield from in_own_world(Case, documented_app, *request.param)


@pytest.fixture(scope="session")
def strict_app() -> Flask:
    """Return the application that compares each of its replies with the contract itself."""
    return made(strict=True, rate_limit=100_000)


@pytest.fixture
def control(request: pytest.FixtureRequest, strict_app: Flask) -> Iterator[Case]:
    """Return one of the sandbox's own operations, in a world that is forgotten afterwards."""
    yield from in_own_world(ControlCase, strict_app, SANDBOX, request.param)


def in_own_world(kind: type[Case], app: Flask, *what: Any) -> Iterator[Case]:
    """Yield a case in a world that nothing has been done in, and forget what was done there."""
    made_case = kind(app, *what, "contract")
    yield made_case
    # A world that nothing was written in is as good as new, and to forget one takes its time.
    if made_case.in_world(lambda world: world.is_known):
        made_case.worlds.reset(made_case.world)


@pytest.fixture(scope="session")
def fuzzed() -> Mapping[tuple[str, bool], Fuzzed]:
    """Return every contract as Schemathesis reads it, by the Api's name and whether in brief.

    A write lands at once here, so that a link to what it made leads somewhere.
    """
    app = made(write_seconds=0, sync_seconds=0, read_back="always")
    return {
        (api.name, is_brief): Fuzzed(api, app, EXAMPLES, is_brief=is_brief)
        for api in APIS
        for is_brief in (False, True)
    }
