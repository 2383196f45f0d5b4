"""What the tests of HTTP share: a client of the toy Api."""

import pytest
from flask.testing import FlaskClient

from tests.unit.toy import Toy


@pytest.fixture
def client(toy: Toy) -> FlaskClient:
    return toy.app().test_client()
