"""What the books say about people: leads, applicants and residents."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mock_server.apis.propexo.normalization import value_of
from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.grounds.lookups import Vocabulary, listing_services, sources
from mock_server.apis.propexo.portfolio.people.belongings import pets_in, screening, vehicle
from mock_server.apis.propexo.portfolio.people.lives import Life, Stage, lives_at
from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.systems import Record
from mock_server.apis.propexo.portfolio.timeline import DAY, HOUR, between, iso, midnight_iso
from mock_server.world.identifiers import cuid

_STATUSES = {
    Stage.APPLIED: ("Applied",),
    Stage.LOOKING: ("New", "New", "Contacted", "Contacted", "Toured", "Lost"),
    Stage.MOVED_IN: ("Leased",),
}
# Systems that keep a guest card beside the lead.
_SYSTEMS_WITH_GUEST_CARDS = ("APPFOLIO", "REALPAGE", "REALPAGE_RPX", "YARDI", "YARDI_REST")
_LEASE_TERMS = ("6", "9", "12", "12", "12", "12", "15", "18")
_LATEST_NOTICE = 25 * DAY


class Somebody(NamedTuple):
    """A person as one record shows them, for those who write to or meet them."""

    resource: str
    record: Record
    life: Life
    created: int


class Office(NamedTuple):
    """A property with the words and the leasing agents that its people meet."""

    place: Place
    words: Vocabulary
    agents: list[Record]


def people_at(office: Office, prospects: Sequence[int]) -> Iterator[Somebody]:
    """Draw the people of a property; the records of one person follow one another."""
    for life in lives_at(office.place, prospects):
        asked, applied, moved_in = life.dates
        lead: Record = {}
        if asked is not None:
            lead = _lead(office._replace(place=life.place), life, asked)
            yield Somebody("leads", lead, life, asked)
        # An applicant who has moved in names the lease, which is made with the resident.
        applicant = None if applied is None else _applicant(life.place, life, lead, applied)
        resident = None if moved_in is None else _resident(life.place, life, moved_in)
        if applicant is not None and applied is not None:
            applicant["x_lease_id"] = resident and resident["x_lease_id"]
            yield Somebody("applicants", applicant, life, applied)
        if resident is not None and moved_in is not None:
            yield Somebody("residents", resident, life, moved_in)


def _person(place: Place, resource: str, life: Life, created: int, latest: int) -> Record:
    """Start a person's record, changed last within weeks of what happened to them last."""
    updated = between(place.random, latest, min(latest + 30 * DAY, place.system.synced))
    record = place.write(resource, created, updated=updated)
    record.update(life.contact)
    record["pets"] = pets_in(resource, place, life.pets, created)
    return record


def _lead(office: Office, life: Life, created: int) -> Record:
    place = office.place
    latest = max(moment for moment in life.dates if moment is not None)
    record = _person(place, "leads", life, created, latest)
    record.update(_wishes(place, life, created))
    record.update(_preferred_unit(life))
    record.update(_origin(office, created))
    record["desired_unit_number"] = life.unit.number if life.unit else None
    record["x_unit_id"] = life.unit.record["x_id"] if life.unit else None
    record["x_updated_at"] = record["updated_at"]
    record["pet_details"] = (
        ", ".join(f"{pet.breed.type}: {pet.breed.name}" for pet in life.pets) or None
    )
    if life.stage is not Stage.LOOKING:
        record["date_of_birth"] = life.born
    record["screenings"] = _lead_screenings(place, life, created)
    _lose_sight(place, record, life)
    return record


def _lose_sight(place: Place, record: Record, life: Life) -> None:
    # A lead that its system deleted stays in Propexo, but no sync sees it any more.
    if life.stage is Stage.LOOKING and place.fakes.chance(0.04):
        record["last_seen"] = record["updated_at"]
        record["status"] = "Lost"


def _lead_screenings(place: Place, life: Life, created: int) -> list[Record]:
    if life.stage is Stage.LOOKING and not place.fakes.chance(0.15):
        return []
    return [screening(place, "Not screened", created, None)]


def _wishes(place: Place, life: Life, created: int) -> Record:
    fakes, plan = place.fakes, life.plan
    lowest = plan.rent_in_cents // 10_000 * 10_000
    return {
        "desired_amenities": fakes.pick(tables_of("people")["desired_amenities"]),
        "desired_floor_plan_id": plan.record["x_id"],
        "desired_floor_plan_name": plan.layout.name,
        "desired_lease_term_in_months": fakes.pick(_LEASE_TERMS),
        "desired_min_rent_in_cents": lowest,
        "desired_max_rent_in_cents": lowest + 5_000 * (2 + int(fakes.random.random() * 9)),
        "desired_num_bathrooms": plan.layout.bathroom_count,
        "desired_num_bedrooms": plan.layout.bedrooms,
        "number_of_occupants": 1 + int(fakes.random.random() * (1 + plan.layout.bedrooms)),
        "target_move_in_date": _target(place, life, created),
        "notes": fakes.pick(tables_of("people")["lead_notes"]),
        "status": _lead_status(place, life),
    }


def _lead_status(place: Place, life: Life) -> str:
    status = place.fakes.pick(_STATUSES[life.stage])
    return "Lost" if life.application in {"Denied", "Withdrawn"} and status == "Applied" else status


def _target(place: Place, life: Life, created: int) -> str:
    wished = between(place.random, created + 14 * DAY, created + 75 * DAY)
    return midnight_iso(life.dates.moved_in or wished)


def _preferred_unit(life: Life) -> Record:
    unit = life.unit
    return {
        "unit_id_preferred": [unit.record["id"]] if unit else [],
        "x_unit_id_preferred": [unit.record["x_id"]] if unit else [],
    }


def _origin(office: Office, created: int) -> Record:
    place, agent = office.place, office.place.fakes.pick(office.agents)
    name = place.fakes.pick(sources())
    has_card = place.system.vendor in _SYSTEMS_WITH_GUEST_CARDS
    return {
        "x_created_at": iso(between(place.random, created - 12 * HOUR, created)),
        "x_guestcard_id": place.next_x_id("guest_cards") if has_card else None,
        "x_leasing_agent_id": agent["x_id"],
        "leasing_agent": agent["name"],
        "x_lead_source_id": office.words.sources[name]["x_id"],
        "lead_source_id": office.words.sources[name]["id"],
        "lead_source": name,
        "ils": name if name in listing_services() else None,
    }


def _applicant(place: Place, life: Life, lead: Record, created: int) -> Record:
    record = _person(place, "applicants", life, created, life.dates.moved_in or created)
    record.update(_preferred_unit(life))
    record.update(
        x_lead_id=lead.get("x_id"),
        x_unit_id=life.unit.record["x_id"] if life.unit else None,
        date_of_birth=life.born,
        type_raw="Primary applicant",
        type_normalized="PRIMARY",
        self_reported_income=[_income(life)],
        applications=[_application(place, life, record)],
        screenings=[_applicant_screening(place, life, created)],
    )
    return record


def _applicant_screening(place: Place, life: Life, created: int) -> Record:
    is_decided = life.application in {"Approved", "Denied"}
    word = life.application if is_decided else "In progress"
    return screening(place, word, created, created if is_decided else None)


def _income(life: Life) -> Record:
    # Landlords ask for three times the rent, so whoever applies has at least that.
    monthly = 3 * life.plan.rent_in_cents + 45_000
    return {
        "amount_in_cents": monthly,
        "amount_raw": f"{monthly / 100:.2f}",
        "type_normalized": "EMPLOYMENT",
        "type_raw": "Employment",
    }


def _application(place: Place, life: Life, applicant: Record) -> Record:
    status = value_of(("applicants", "status"), life.application)
    return {
        "applicant_id": applicant["id"],
        "application_id": cuid(place.random),
        "status": status,
        "status_raw": life.application,
        "status_normalized": status,
        "custom_data": {},
    }


def _resident(place: Place, life: Life, created: int) -> Record:
    fakes = place.fakes
    owed = life.plan.rent_in_cents if fakes.chance(0.15) else 0
    noticed = _notice(place, created)
    record = _person(place, "residents", life, created, noticed or created)
    lease = _lease(place, life, created, noticed)
    record.update(
        address_1=place.address,
        address_2=f"Apt {life.unit.number}" if life.unit else None,
        zip=place.zip,
        date_of_birth=life.born,
        x_lease_id=place.next_x_id("leases"),
        leases_meta_data=[lease],
        # Private: the list of residents can be filtered by their lease.
        lease_id=lease["lease_id"],
        is_employee=False,
        balance_in_cents=owed,
        late_balance_in_cents=owed if fakes.chance(0.5) else 0,
        vehicles=[vehicle(place, created)] if fakes.chance(0.5) else [],
    )
    return record


def _notice(place: Place, created: int) -> int | None:
    """Draw when a resident said that they will leave; few have, and all of them lately."""
    earliest = place.system.synced - _LATEST_NOTICE
    if created > earliest or not place.fakes.chance(0.1):
        return None
    return between(place.random, earliest, place.system.synced)


def _lease(place: Place, life: Life, created: int, noticed: int | None) -> Record:
    # Those who were there before the first sync had moved in up to two years earlier.
    earliest = created if life.dates.asked else created - 700 * DAY
    return {
        "lease_id": cuid(place.random),
        "x_resident_type": "Primary",
        "resident_type_normalized": "PRIMARY",
        "move_in_date": midnight_iso(between(place.random, earliest, created)),
        # Notice is given a month ahead, so that whoever has given it still lives there.
        "move_out_date": None if noticed is None else midnight_iso(noticed + 31 * DAY),
        "notice_date": None if noticed is None else midnight_iso(noticed),
        "custom_data": {},
    }
