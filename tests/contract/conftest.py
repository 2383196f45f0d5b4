"""The application that the contract's promises are tested on, one world for each test."""

import itertools
import os
from collections.abc import Iterator, Mapping

import pytest
from flask import Flask

from mock_server import create_app
from tests.contract.case import APIS, MORNING, Case
from tests.contract.fuzzed import Fuzzed
from tests.contract.planted import plant

# FUZZ_EXAMPLES=500 searches longer, and at the edges of every schema; the default keeps these
# tests a matter of a minute.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))  # noqa: TID251 - no setting of the server

_numbers = itertools.count(1)


def planted(app: Flask) -> Flask:
    """Return the application with what these tests need in every world."""
    plant(app, next(each for each in APIS if each.name == "propexo"))
    return app


@pytest.fixture(scope="session")
def app() -> Flask:
    """Return the application, its time standing still unless a test moves a world's clock."""
    return planted(create_app(access_log=False, machine=lambda: MORNING))


@pytest.fixture
def case(request: pytest.FixtureRequest, app: Flask) -> Iterator[Case]:
    """Return the operation under test, in a world that is forgotten afterwards."""
    api, operation = request.param
    made = Case(app, api, operation, f"contract{next(_numbers)}")
    yield made
    made.worlds.reset(made.world)


@pytest.fixture(scope="session")
def fuzzed() -> Mapping[tuple[str, bool], Fuzzed]:
    """Return every contract as Schemathesis reads it, by the Api's name and whether in brief.

    A write lands at once here, so that a link to what it made leads somewhere.
    """
    app = planted(create_app(access_log=False, machine=lambda: MORNING, write_seconds=0))
    return {
        (api.name, is_brief): Fuzzed(api, app, EXAMPLES, is_brief=is_brief)
        for api in APIS
        for is_brief in (False, True)
    }


@pytest.fixture(scope="session")
def examples() -> int:
    """Return how many calls are thought up for each operation."""
    return EXAMPLES
