"""Who asks at a community of a CRM, what was said, and which visits they have booked."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.crm.communities import Community, address, phone
from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.grounds.properties import office_hours_on
from mock_server.apis.propexo.portfolio.systems import Record
from mock_server.apis.propexo.portfolio.timeline import (
    DAY,
    HOUR,
    MINUTE,
    between,
    iso,
    local_midnight,
    midnight_iso,
)

_SLOT = 30 * MINUTE
# A visit is within so many days: of today where it is ahead, of the first contact otherwise.
_DAYS_OF_A_VISIT = 7
_VISITS_EACH = 0.7
_UPCOMING_SHARE = 0.4
_ANSWERS_EACH = 0.8

_PETS: tuple[tuple[str, ...], ...] = ((), (), (), ("CAT",), ("DOG",), ("CAT", "DOG"))
_PREFERRED = (None, "EMAIL", "PHONE", "SMS")
_MEETING_NOTES = (None, "Would like to see the gym", "Brings a roommate", "Asked for a top floor")
_TOURS = ("GUIDED_TOUR", "GUIDED_TOUR", "SELF_GUIDED_TOUR")
# What becomes of a prospect without a visit, and of one whose visit stands like this.
_IDLE = ("New", "New", "Contacted", "Lost")
_STATUSES = {"SCHEDULED": "Tour scheduled", "COMPLETE": "Toured", "NO_SHOW": "Contacted"}
_OUTCOMES = ("COMPLETE", "COMPLETE", "COMPLETE", "NO_SHOW")


class FirstContact(NamedTuple):
    """How a prospect first got in touch: the kind of event, and what it says beside the time."""

    kind: str
    details: Mapping[str, str]


@cache
def _contacts() -> tuple[FirstContact, ...]:
    return tuple(FirstContact(**one) for one in tables_of("events")["first_contacts"])


class Visit(NamedTuple):
    """A visit in an agent's diary: when it begins, and how it stands."""

    start: int
    agent: Record
    status: str


def prospect_with_history(community: Community) -> Iterator[tuple[str, Record]]:
    """Yield a prospect, and then what happened: the first contact, an answer, and a visit."""
    platform = community.platform
    # Nobody asks on the first day, while the first sync still brings in the community itself.
    asked = between(platform.random, community.opened + DAY, platform.system.synced)
    contact = platform.fakes.pick(_contacts())
    visit = _visit(community, asked) if platform.fakes.chance(_VISITS_EACH) else None
    prospect = _prospect(community, contact, asked, visit)
    yield "crm_prospects", prospect
    yield "crm_events", _first_contact(community, prospect, contact, asked)
    if platform.fakes.chance(_ANSWERS_EACH):
        yield "crm_communications", _answer(community, prospect, asked)
    if visit:
        yield "crm_appointments", _appointment(community, prospect, visit, asked)
        yield "crm_events", _tour_event(community, prospect, visit, asked)


def _prospect(
    community: Community, contact: FirstContact, asked: int, visit: Visit | None
) -> Record:
    platform, fakes = community.platform, community.platform.fakes
    person, attribution = fakes.person(), fakes.pick(community.attributions)
    agent = visit.agent if visit else fakes.pick(community.agents)
    return platform.write(
        "crm_prospects",
        asked,
        updated_at=iso(_last_touched(community, visit, asked)),
        x_created_at=iso(between(platform.random, asked - HOUR, asked)),
        first_name=person.first_name,
        # Knock keeps no middle names (guide: CRM generic APIs).
        middle_name=None if platform.system.vendor == "KNOCK" else fakes.middle_name(),
        last_name=person.last_name,
        email_1=person.email,
        phone_1=phone(platform, community.city),
        phone_2=phone(platform, community.city) if fakes.chance(0.2) else None,
        preferred_contact_method=fakes.pick(_PREFERRED),
        **address(platform, community.city),
        **_wishes(community, asked),
        status=_STATUSES[visit.status] if visit else fakes.pick(_IDLE),
        prospect_source=attribution["name"],
        first_contact_type=contact.kind,
        address_2=f"Apt {1 + int(platform.random.random() * 40)}" if fakes.chance(0.4) else None,
        custom_data={"budget_confirmed": "yes"} if fakes.chance(0.2) else {},
        agent_id=agent["id"],
        attribution_id=attribution["id"],
        community_id=community.record["id"],
    )


def _last_touched(community: Community, visit: Visit | None, asked: int) -> int:
    """Say when the prospect was last changed: by the visit once it is over, else by booking it."""
    if visit is None or visit.status == "SCHEDULED":
        return asked
    return min(visit.start + _SLOT, community.platform.system.synced)


def _wishes(community: Community, asked: int) -> Record:
    fakes, random = community.platform.fakes, community.platform.random
    bedrooms = int(random.random() * 4)
    lowest = int(community.city.one_bedroom_rent_in_cents * (0.7 + 0.3 * bedrooms)) // 5_000 * 5_000
    return {
        "move_in_date": midnight_iso(between(random, asked + 14 * DAY, asked + 75 * DAY)),
        "rent_minimum_in_cents": lowest,
        "rent_maximum_in_cents": lowest + 5_000 * (4 + int(random.random() * 9)),
        "desired_num_bedrooms": [bedrooms],
        "number_of_occupants": 1 + int(random.random() * (1 + bedrooms)),
        "lease_term_in_months": fakes.pick((6, 12, 12, 12, 15)),
        "pets": list(fakes.pick(_PETS)),
        "notes": fakes.pick(tables_of("people")["prospect_notes"]),
        "subscribe": fakes.chance(0.8),
    }


def _visit(community: Community, asked: int) -> Visit | None:
    """Book a half hour within office hours, ahead of now or already over."""
    synced, fakes = community.platform.system.synced, community.platform.fakes
    agent = fakes.pick(community.agents)
    is_ahead = fakes.chance(_UPCOMING_SHARE) or asked > synced - 10 * DAY
    start = _free_slot(community, agent, (synced if is_ahead else asked) // DAY + 1)
    if start is None:
        return None
    return Visit(start, agent, "SCHEDULED" if is_ahead else fakes.pick(_OUTCOMES))


def _free_slot(community: Community, agent: Record, first_day: int) -> int | None:
    """Find a half hour of the agent in the week from that day, and give it away.

    It draws once, whatever the weekday, and goes on to the next half hour where one is taken.
    """
    days = range(first_day, first_day + _DAYS_OF_A_VISIT)
    slots = [slot for day in days for slot in _slots(community, day)]
    drawn = int(community.platform.random.random() * len(slots))
    for start in (*slots[drawn:], *slots[:drawn]):
        if (agent["id"], start) not in community.taken:
            community.taken.add((agent["id"], start))
            return start
    return None


def _slots(community: Community, day: int) -> range:
    opens, closes = office_hours_on(day) or (0, 0)
    midnight = local_midnight(community.city.zone, day)
    return range(midnight + opens * HOUR, midnight + closes * HOUR, _SLOT)


def _belonging(prospect: Record) -> Record:
    return {"prospect_id": prospect["id"], "community_id": prospect["community_id"]}


def _first_contact(
    community: Community, prospect: Record, contact: FirstContact, asked: int
) -> Record:
    calling = {}
    if contact.kind == "CALL":
        calling = {"time_from": iso(asked - 6 * MINUTE), "time_to": iso(asked - 2 * MINUTE)}
    return community.platform.write(
        "crm_events",
        asked,
        event_name=contact.kind,
        event_datetime=iso(asked - 6 * MINUTE),
        type_raw=contact.kind.capitalize(),
        **contact.details,
        **calling,
        agent_id=prospect["agent_id"],
        attribution_id=prospect["attribution_id"],
        **_belonging(prospect),
    )


def _answer(community: Community, prospect: Record, asked: int) -> Record:
    synced = community.platform.system.synced
    written = between(community.platform.random, asked, min(asked + DAY, synced))
    name = community.record["name"]
    return community.platform.write(
        "crm_communications",
        written,
        communication_type="EMAIL",
        communication_direction="OUTGOING",
        communication_datetime=iso(written),
        message_subject=f"Your new home at {name}",
        message_body=f"Hello {prospect['first_name']}, thank you for your interest in {name}.",
        to_addresses=[prospect["email_1"]],
        from_address=community.record["email"],
        **_belonging(prospect),
    )


def _appointment(community: Community, prospect: Record, visit: Visit, asked: int) -> Record:
    is_over = visit.status != "SCHEDULED"
    return community.platform.write(
        "crm_appointments",
        asked,
        updated_at=prospect["updated_at"],
        appointment_datetime=iso(visit.start),
        tour_type=community.platform.fakes.pick(_TOURS),
        status=visit.status,
        notes=community.platform.fakes.pick(_MEETING_NOTES),
        outcome_time=prospect["updated_at"] if is_over else None,
        agent_id=visit.agent["id"],
        attribution_id=prospect["attribution_id"],
        **_belonging(prospect),
    )


def _tour_event(community: Community, prospect: Record, visit: Visit, asked: int) -> Record:
    return community.platform.write(
        "crm_events",
        asked,
        event_name="Appointment",
        event_datetime=iso(asked),
        appointment_datetime=iso(visit.start),
        type_raw="Appointment",
        agent_id=visit.agent["id"],
        attribution_id=prospect["attribution_id"],
        **_belonging(prospect),
    )
