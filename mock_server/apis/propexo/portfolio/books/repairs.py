"""What breaks at a property: service requests, who sees to them, and how far they have come."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.places import Unit
from mock_server.apis.propexo.portfolio.site import Site, Told
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, HOUR, between, iso, midnight_iso

_REQUESTS_PER_PROPERTY = 4
_LONGEST_AGE = 120 * DAY

# How far a request has come at which age, and what was noted at each step.
_STEPS = (
    (0, "Open", "Reported by the resident"),
    (1 * DAY, "In progress", "Scheduled and assigned"),
    (4 * DAY, "Waiting for parts", "Parts are on order"),
    (9 * DAY, "Completed", "Done and checked with the resident"),
)


class Trouble(NamedTuple):
    """Something that breaks, and the words under which it is filed."""

    summary: str
    details: str
    problem: str
    category: str
    location: str
    priority: str


@cache
def _troubles() -> tuple[Trouble, ...]:
    return tuple(Trouble(**one) for one in tables_of("books")["troubles"])


class Work(NamedTuple):
    """A request in the making: what is wrong, where, since when, and who sees to it."""

    trouble: Trouble
    unit: Unit
    reported: int
    employee: Facts
    vendor: Facts | None


def problems_of(site: Site) -> Told:
    """Yield the problems that residents choose from, each under its category."""
    for trouble in {each.problem: each for each in reversed(_troubles())}.values():
        category = site.named("service_request_categories", trouble.category)
        record = site.write(
            "service_request_problems",
            site.place.founding_moment(),
            name=trouble.problem,
            service_request_category_id=category["id"] if category else None,
        )
        yield "service_request_problems", record


def records_of(site: Site) -> Told:
    """Yield the requests of a property, each before its history."""
    yield from problems_of(site.with_stream("problems"))
    works = sorted(_works(site), key=lambda each: each[1].reported)
    for number, (own, work) in enumerate(works, start=site.place.first_number("requests")):
        yield from _request(own, work, number)


def _works(site: Site) -> Iterator[tuple[Site, Work]]:
    for number in range(_REQUESTS_PER_PROPERTY):
        # One request in four is of this week, so that every status is seen.
        oldest = 6 * DAY if number == 0 else _LONGEST_AGE
        own = site.with_stream("request", number)
        yield own, _work(own, oldest)


def _work(site: Site, oldest: int) -> Work:
    place, fakes = site.place, site.place.fakes
    trouble = fakes.pick(_troubles())
    lets = [unit for unit in place.units if not unit.is_available]
    return Work(
        trouble=trouble,
        unit=fakes.pick(lets or place.units),
        reported=between(place.random, place.system.synced - oldest, place.system.synced - HOUR),
        employee=_caretaker(site),
        vendor=site.named("vendors", tables_of("books")["trades"].get(trouble.category, "")),
    )


def _caretaker(site: Site) -> Facts:
    staff = site.known["employees"]
    return next((one for one in staff if "MAINTENANCE" in one["roles"]), staff[0])


def _request(site: Site, work: Work, number: int) -> Told:
    steps = _steps_taken(site, work)
    latest, status, note = steps[-1]
    is_assigned, is_done = len(steps) > 1, status == "Completed"
    request = site.write(
        "service_requests",
        work.reported,
        updated=latest,
        **_words(work),
        access_notes=site.place.fakes.pick(tables_of("books")["access_notes"]),
        **_place(work),
        date_created=iso(work.reported),
        date_due=_due(work),
        date_scheduled=iso(steps[1][0]) if is_assigned else None,
        date_completed=iso(latest) if is_done else None,
        completion_notes=note if is_done else None,
        status_raw=status,
        order_number=f"WO-{number}",
        **(_assigned(site, work) if is_assigned else {}),
    )
    entries = [_entry(site, request, work, step) for step in steps]
    request["history"] = [_inside(entry) for entry in entries]
    yield "service_requests", request
    for entry in entries:
        yield "service_request_history", entry


def _due(work: Work) -> str:
    days: int = tables_of("books")["days_until_due"][work.trouble.priority]
    return midnight_iso(work.reported + days * DAY)


def _steps_taken(site: Site, work: Work) -> list[tuple[int, str, str]]:
    """Return when the request came to each status, up to the one that fits its age."""
    age = site.place.system.synced - work.reported
    # A step is taken within some hours of its day, so that no two requests keep the same pace.
    shift = between(site.place.random, 0, 6 * HOUR)
    return [
        (work.reported + (after and after + shift), status, note)
        for after, status, note in _STEPS
        if age >= (after and after + shift)
    ]


def _words(work: Work) -> Facts:
    return {
        "service_category": work.trouble.category,
        "service_priority": work.trouble.priority,
        "service_description": work.trouble.summary,
        "service_details": work.trouble.details,
        "notes": work.trouble.details,
        "access_is_authorized": True,
    }


def _place(work: Work) -> Facts:
    record = work.unit.record
    return {
        "unit_id": record["id"],
        "x_unit_id": record["x_id"],
        "unit_number": work.unit.number,
        "building": record["building_name"],
    }


def _assigned(site: Site, work: Work) -> Facts:
    vendors = [work.vendor["id"]] if work.vendor else []
    shown = ("id", "created_at", "updated_at", "last_seen", "x_id", "name")
    return {
        "employee_id": work.employee["id"],
        "employees": [{name: work.employee[name] for name in shown}],
        "vendors": [{"vendor_id": one} for one in vendors],
        # Private: lists can be filtered by it.
        "associated_vendor_ids": vendors,
        "vendor_notes": site.place.fakes.pick(tables_of("books")["vendor_notes"])
        if vendors
        else None,
    }


def _entry(site: Site, request: Facts, work: Work, step: tuple[int, str, str]) -> Facts:
    moment, status, note = step
    return site.write(
        "service_request_history",
        moment,
        updated=moment,
        x_created_at=iso(moment),
        notes=note,
        status_raw=status,
        creator_name=work.employee["name"],
        service_request_id=request["id"],
    )


_INSIDE = (
    "id", "created_at", "updated_at", "last_seen", "x_id", "x_created_at", "notes",
    "creator_name", "status_raw", "service_request_id",
)  # fmt: skip


def _inside(entry: Facts) -> Facts:
    return {name: entry[name] for name in _INSIDE if name in entry}
