"""Does a newly connected system hold a whole small portfolio of its own, linked and dated?"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_server.apis.propexo.interfaces import CRM_INTERFACES, INTERFACES
from mock_server.apis.propexo.portfolio import newcomer, ordinary
from mock_server.apis.propexo.portfolio.configuration import TOLD
from mock_server.apis.propexo.portfolio.crm import platforms
from mock_server.contract.catalogue import Catalogue
from mock_server.world.fakes import Fakes

from .conftest import NOW

ID = "intg-of-our-own"
VENDORS = (*INTERFACES, *CRM_INTERFACES)
# What names a record that follows it, as in a fresh world.
FORWARD = {
    ("applicants", "application_id"),
    ("residents", "lease_id"),
    ("properties", "associated_owner_ids"),
    ("resident_charges", "resident_payment_id"),
}
CUID = re.compile(r"c[a-z0-9]{24}")
Records = list[tuple[str, dict[str, Any]]]
Arrive = Callable[..., Records]


@pytest.fixture(scope="module")
def arrive(fixtures: Path, contract: Catalogue) -> Arrive:
    """Connect a system, and return what it holds in the order in which that is told."""

    def arrive(vendor: str, seed: int = 5, **more: Any) -> Records:
        given = {"now": NOW, "fixtures": fixtures, "resources": contract.resources, **more}
        integration = {"id": ID, "vendor": vendor, "name": "Ours"}
        return list(newcomer.records(integration, fakes=Fakes(seed), **given))  # type: ignore[arg-type]

    return arrive


def links(part: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and the value of every field in which the id of another record stands."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from links(value, key)
    elif isinstance(part, list):
        for value in part:
            yield from links(value, name)
    # No resource lists locations: Propexo shows their ids alone.
    elif name not in {"id", "location_id"} and isinstance(part, str) and CUID.fullmatch(part):
        yield name, part


@pytest.mark.parametrize("vendor", VENDORS)
def test_everything_belongs_to_the_integration(vendor: str, arrive: Arrive) -> None:
    owners = {(one["integration_id"], one["integration_vendor"]) for _, one in arrive(vendor)}
    assert owners == {(ID, vendor)}


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("vendor", VENDORS)
def test_no_reference_dangles(vendor: str, seed: int, arrive: Arrive) -> None:
    told = arrive(vendor, seed)
    every, yielded = {one["id"] for _, one in told}, set()
    met = 0
    for resource, record in told:
        yielded.add(record["id"])
        for name, target in links(record):
            known = every if (resource, name) in FORWARD else yielded
            assert target in known, (resource, name)
            met += 1
    assert met > len(every) / 2


@pytest.mark.parametrize("vendor", INTERFACES)
def test_a_pms_has_two_properties_and_all_that_hangs_on_them(
    vendor: str, arrive: Arrive, contract: Catalogue
) -> None:
    met = {resource for seed in range(4) for resource, _ in arrive(vendor, seed)}
    # Few move from flat to flat, so that small portfolios may tell of none.
    promised = contract.resources.keys() - TOLD - platforms.TOLD - {"integrations"}
    lacking = {each for each in promised if not ordinary.is_held(each, vendor)}
    if vendor != "RENTMANAGER":
        lacking.add("locations")
    assert met | {"lease_transfers"} == promised - lacking
    counts = Counter(resource for resource, _ in arrive(vendor))
    assert (counts["properties"], counts["leads"]) == (2, 20)
    assert min(counts[name] for name in ("applicants", "residents", "leases", "events")) > 0


@pytest.mark.parametrize("vendor", CRM_INTERFACES)
def test_a_crm_has_two_communities_and_their_people(vendor: str, arrive: Arrive) -> None:
    counts = Counter(resource for resource, _ in arrive(vendor))
    assert counts.keys() == platforms.TOLD
    assert (counts["crm_communities"], counts["crm_prospects"]) == (2, 12)


@pytest.mark.parametrize("vendor", VENDORS)
def test_nothing_was_written_down_after_now(vendor: str, arrive: Arrive) -> None:
    now = NOW.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    for resource, record in arrive(vendor):
        for name in ("x_created_at", "created_at", "updated_at", "last_seen"):
            assert (record.get(name) or "") < now, (resource, name)


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_id_is_given_once(vendor: str, arrive: Arrive) -> None:
    told = arrive(vendor)
    assert set(Counter(record["id"] for _, record in told).values()) == {1}
    x_ids = Counter((resource, one["x_id"]) for resource, one in told if one.get("x_id"))
    assert set(x_ids.values()) == {1}


@pytest.mark.parametrize("vendor", ["ENTRATA", "KNOCK"])
def test_the_same_seed_gives_the_same_and_another_something_else(
    vendor: str, arrive: Arrive
) -> None:
    assert json.dumps(arrive(vendor, 1)) == json.dumps(arrive(vendor, 1))
    names = [{one["id"] for _, one in arrive(vendor, seed)} for seed in (1, 2)]
    assert names[0].isdisjoint(names[1])


def test_two_properties_stand_in_two_cities(arrive: Arrive) -> None:
    cities = [one["city"] for name, one in arrive("YARDI") if name == "properties"]
    assert len(set(cities)) == 2


def test_a_single_city_is_enough(arrive: Arrive, fixtures: Path, tmp_path: Path) -> None:
    lines = (fixtures / "geography" / "us_cities.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "geography").mkdir()
    (tmp_path / "geography" / "us_cities.csv").write_text("\n".join(lines[:2]), encoding="utf-8")
    for vendor, name in (("MRI", "properties"), ("FUNNEL", "crm_communities")):
        told = arrive(vendor, fixtures=tmp_path)
        assert [one["city"] for resource, one in told if resource == name] == ["Boston", "Boston"]


def test_only_rent_manager_has_locations(arrive: Arrive) -> None:
    placed = {vendor: {one.get("location_id") for _, one in arrive(vendor)} for vendor in VENDORS}
    assert [vendor for vendor, found in placed.items() if found - {None}] == ["RENTMANAGER"]


def test_a_vendor_that_cannot_be_connected_is_refused(arrive: Arrive) -> None:
    with pytest.raises(KeyError, match="NOBODY"):
        arrive("NOBODY")
