"""Who has asked the agency before: the seeded offices, statuses and leads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mock_server import shipped
from mock_server.apis.leadpro import enquiries
from mock_server.apis.leadpro.account import account
from mock_server.engine.api import Planting
from mock_server.world.clock import iso
from mock_server.world.fakes import Fakes
from mock_server.world.records import Record

_FIRST_ID, _LEADS = 18_300, 48
_DAYS_BACK = 60
_ZONE = ZoneInfo("Europe/London")
# The hours in which people ask: through the day, most in the evening, none at night.
_HOURS = (7, 8, 9, 9, 10, 10, 11, 12, 12, 13, 13, 14, 15, 16, 17, 18, 18, 19, 19, 20, 20, 21, 22)
_HOUR, _MINUTE = 3_600_000, 60_000
# Of so many days nearly all leads are still to be called, as a team that keeps up would have it.
_FRESH_DAYS = 12


@dataclass(frozen=True, eq=False)
class Asked:
    """A lead that came so many days ago, at a time of the day in milliseconds.

    `parent` is the lead that it came of. `free` are the hours at which its person can be met, in
    milliseconds of the day after.
    """

    days_ago: int
    at: int
    lead: Record
    parent: "Asked | None" = None
    free: Sequence[int] = ()

    def dates(self, today: datetime) -> Record:
        """Return when it came and when its person can be met, by a wall clock in London."""
        hours = [_moment(today, self.days_ago - 1, each) for each in self.free]
        availability = {"hours": hours} if hours else None
        came = _moment(today, self.days_ago, self.at)
        return {"created_at": came, "appointment_availability": availability}


def _moment(today: datetime, days_ago: int, milliseconds: int) -> str:
    day = today.date() - timedelta(days=days_ago)
    noon = datetime.combine(day, time(hour=12), _ZONE).astimezone(today.tzinfo)
    return iso(noon + timedelta(milliseconds=milliseconds - 12 * _HOUR))


def records(planting: Planting) -> Iterator[tuple[str, Iterable[Mapping[str, Any]]]]:
    """Yield the account's offices and statuses, the documented lead and the invented ones."""
    yield "leadpro_offices", [{"id": each.id, "name": each.name} for each in account().offices]
    yield "leadpro_statuses", account().statuses
    documented = shipped.read_yaml(planting.fixtures / "leadpro" / "documented_leads.yaml")
    yield "leadpro_leads", documented["leads"]
    yield "leadpro_leads", _invented(planting)


def _invented(planting: Planting) -> Iterator[Record]:
    every = sorted(_asked(Fakes.seeded(planting.seed)), key=lambda each: (-each.days_ago, each.at))
    ids = {each: number for number, each in enumerate(every, start=_FIRST_ID)}
    for each, number in ids.items():
        yield {
            **each.lead,
            **each.dates(planting.now),
            "id": number,
            "is_parent": each.parent is None,
            "parent_id": None if each.parent is None else ids[each.parent],
            "account_id": account().id,
            "account_name": account().name,
        }


def _asked(every: Fakes) -> Iterator[Asked]:
    types, before = enquiries.facts()["types"], Counter[str]()
    for index in range(_LEADS):
        fakes, lead_type = every.of("lead", index), types[index % len(types)]
        asking = enquiries.draw(fakes, lead_type, before[lead_type])
        before[lead_type] += 1
        yield from _with_children(fakes, asking, _DAYS_BACK - index * _DAYS_BACK // _LEADS)


def _with_children(fakes: Fakes, asking: enquiries.Asking, days_ago: int) -> Iterator[Asked]:
    at = fakes.pick(_HOURS) * _HOUR + int(fakes.random.random() * _HOUR)
    lead = enquiries.fields_of(fakes, asking)
    progress = _progress(fakes, lead["type"], days_ago)
    asked = Asked(days_ago, at, {**lead, **progress}, free=_free(fakes, lead))
    yield asked
    if asking.words.get("has_home_to_sell"):
        child = enquiries.home_to_sell(fakes, lead) | _progress(fakes, "vendor", days_ago)
        yield Asked(days_ago, at + 2 * _MINUTE, child, asked)


def _free(fakes: Fakes, lead: Record) -> Sequence[int]:
    """Draw the hours at which somebody can be met; the agency's own forms ask for them."""
    first = 9 + int(fakes.random.random() * 6)
    is_told = "host" in lead and fakes.chance(0.5)
    return (first * _HOUR, (first + 2) * _HOUR) if is_told else ()


def _progress(fakes: Fakes, lead_type: str, days_ago: int) -> Record:
    is_new = fakes.chance(0.75 if days_ago <= _FRESH_DAYS else 0.15)
    later = fakes.pick(enquiries.facts()["statuses"][lead_type])
    return _standing("New" if is_new else later)


def _standing(name: str) -> Record:
    status = next(each for each in account().statuses if each["name"] == name)
    return {"status": name, "stage": account().stages[status["stageId"]]}
