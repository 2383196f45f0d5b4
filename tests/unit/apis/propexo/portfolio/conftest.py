"""One seeded portfolio for the tests to look at, in four cities of their own."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mock_server import shipped
from mock_server.apis.propexo.portfolio import records
from mock_server.contract import catalogue
from mock_server.contract.catalogue import Catalogue
from mock_server.world.fakes import Fakes

NOW = datetime(2026, 3, 22, tzinfo=UTC)
CITIES = """\
city,state,zip_codes,area_codes,timezone,median_one_bedroom_rent_dollars
Boston,MA,02108;02116;02134,617;857,America/New_York,2950
Chicago,IL,60607;60614;60657,312;773,America/Chicago,1850
Phoenix,AZ,85004;85016;85021,602;480,America/Phoenix,1250
Honolulu,HI,96815;96816,808,Pacific/Honolulu,1900
"""

Portfolio = dict[str, list[dict[str, Any]]]
Build = Callable[..., list[tuple[str, dict[str, Any]]]]


@pytest.fixture(scope="session")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fixtures")
    (folder / "geography").mkdir()
    (folder / "geography" / "us_cities.csv").write_text(CITIES, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def contract() -> Catalogue:
    """Everything that the contract speaks of."""
    return catalogue.read(shipped.folder("openapi") / "propexo")


@pytest.fixture(scope="session")
def build(fixtures: Path, contract: Catalogue) -> Build:
    """Build a portfolio with every resource of the contract, as it is yielded."""

    def build(*, leads: int = 200, seed: int = 11) -> list[tuple[str, dict[str, Any]]]:
        given = {"fixtures": fixtures, "resources": contract.resources}
        return list(records(leads=leads, now=NOW, fakes=Fakes(seed), **given))  # type: ignore[arg-type]

    return build


@pytest.fixture(scope="session")
def portfolio(build: Build) -> Portfolio:
    """A portfolio of 200 leads, by resource; tests only read it."""
    by_resource: Portfolio = defaultdict(list)
    for resource, record in build():
        by_resource[resource].append(record)
    return dict(by_resource)
