"""What every unit test may use: the toy Api over a fresh world."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.unit.toy import Toy


@pytest.fixture
def make_toy() -> Iterator[Callable[..., Toy]]:
    """Make toys that a test shapes itself; each world is gone with its test."""
    made: list[Toy] = []

    def make(*contract: Any, **told: Any) -> Toy:
        made.append(Toy(*contract, **told))
        return made[-1]

    yield make
    for each in made:
        each.store.close()


@pytest.fixture
def toy(make_toy: Callable[..., Toy]) -> Toy:
    """Return the toy as it is."""
    return make_toy()
