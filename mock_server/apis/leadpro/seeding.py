"""Who has asked the agency before: the seeded offices, statuses and leads."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from mock_server import shipped
from mock_server.apis.leadpro import office_routing, postcodes, valuation
from mock_server.apis.leadpro.account import LEAD_TYPES, account
from mock_server.engine.api import Planting
from mock_server.world.clock import iso
from mock_server.world.fakes import Fakes
from mock_server.world.records import Record

_FIRST_ID, _LEADS = 18_300, 48
_DAYS_BACK = 60
_PROPERTY_TYPES = ("detached", "semi-detached", "terraced", "flat-maisonette")
_SOURCES = ("homepage", "homepage", "rightmove", "zoopla", "onthemarket")
_TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", None)
_MESSAGES = (
    "Could I view this at the weekend, please?",
    "Is the price open to offers?",
    "Please call me back after five.",
    "We are chain free and ready to move.",
    None,
)


def records(planting: Planting) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """Yield the account's offices and statuses, the documented lead and the invented ones."""
    yield "leadpro_offices", account().offices
    yield "leadpro_statuses", account().statuses
    documented = shipped.read_yaml(planting.fixtures / "leadpro" / "documented_leads.yaml")
    yield "leadpro_leads", documented["leads"]
    yield "leadpro_leads", _invented(planting)


def _invented(planting: Planting) -> Iterator[Record]:
    every = Fakes.seeded(planting.seed)
    step = timedelta(days=_DAYS_BACK) / (_LEADS + 1)
    for index in range(_LEADS):
        fakes = every.of("lead", index)
        jitter = timedelta(milliseconds=fakes.random.randrange(3_600_000))
        created_at = planting.now - timedelta(days=_DAYS_BACK) + step * index + jitter
        yield _lead(fakes, _FIRST_ID + index, iso(created_at))


def _lead(fakes: Fakes, lead_id: int, created_at: str) -> Record:
    person, kind = fakes.uk_person(), fakes.pick(LEAD_TYPES)
    lead = {
        "id": lead_id,
        "type": kind,
        "title": fakes.pick(_TITLES),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "full_name": person.name,
        "email": person.email,
        "phone": fakes.uk_phone(),
        "message": fakes.pick(_MESSAGES),
        "source": fakes.pick(_SOURCES),
        "created_at": created_at,
        "is_parent": True,
        "gdpr_checkbox": fakes.chance(0.8),
        **_home(fakes, kind),
        **_progress(fakes),
        "account_id": account().id,
        "account_name": account().name,
    }
    if kind in {"vendor", "landlord"} and fakes.chance(0.5):
        lead.update(valuation.estimate(lead), source="ivt")
    return {**lead, **office_routing.route(lead, account().offices)}


def _home(fakes: Fakes, kind: str) -> Record:
    area = fakes.pick(tuple(postcodes.areas().values()))
    address = f"{fakes.uk_street()}, {area.town}"
    number = fakes.random.randrange
    letters = "".join(fakes.random.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
    postcode = f"{area.code}{number(1, 10)} {number(1, 10)}{letters}"
    home = {"property_bedrooms": number(1, 6), "property_type": fakes.pick(_PROPERTY_TYPES)}
    if kind in {"sale", "let"}:
        return {**home, "advert_address": address, "advert_postcode": postcode}
    return {**home, "address": address, "postcode": postcode}


def _progress(fakes: Fakes) -> Record:
    # Most leads of a demo are still to be called: that is what a demo shows.
    status = account().statuses[0] if fakes.chance(0.4) else fakes.pick(account().statuses)
    return {"status": status["name"], "stage": account().stages[status["stageId"]]}
