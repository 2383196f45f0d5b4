"""What a PMS makes of a person who applies: names, pets, and the application behind them."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.apis.propexo import normalization, writes
from mock_server.apis.propexo.drafts import draft, named, said_of
from mock_server.apis.propexo.fitting import dated, in_text
from mock_server.apis.propexo.records import events, pets
from mock_server.apis.propexo.records.changes import companion, part
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added, joined, patched
from mock_server.engine.references import found
from mock_server.world.records import Record
from mock_server.world.world import World

_PENDING = "PENDING"
_TYPES = {
    "APPLICANT": ("Primary applicant", "PRIMARY"),
    "CO_APPLICANT": ("Co-applicant", "SECONDARY"),
    "GUARANTOR": ("Guarantor", "GUARANTOR"),
    "OCCUPANT": ("Occupant", "OTHER"),
}
_NOT_PERSONAL = frozenset({"integration_id", "property_id", "custom_data"})
# An applicant whose body has one of these comes with an application.
_OF_APPLICATION = frozenset(
    {"application_status", "application_date", "application_template_id", "status"}
)


def create_applicant(call: Call, world: World) -> Reply:
    """Queue an applicant, linked to the application that the body names or tells of."""
    details = {**_describing(call, world, "applicants"), **_preferred_unit(call, world)}
    applicant = draft(call, world, details)
    known = named(call, world, "applications", call.body.get("application_id"))
    changes = [added(call, "applicants", applicant)]
    if known:
        link = _link(call, world, applicant, known)
        applicant["applications"] = [link]
        changes.append(joined(call, "applications", known["id"], {"applicants": [link]}))
    elif _OF_APPLICATION & call.body.keys():
        application = _application_of(call, world, applicant)
        changes.append(added(call, "applications", application))
    return writes.settle(call, world, *changes, *events_of(call, world, applicant))


def update_applicant(call: Call, world: World) -> Reply:
    """Queue the changes of an applicant and of their application, and the events of the body."""
    applicant, status = found(call, world), _status(call.body)
    details = {**_describing(call, world, "applicants"), **_preferred_unit(call, world)}
    parts = {"pets": details.pop("pets", [])}
    applied = _application_meant(call, world, applicant)
    linked = []
    if applied:
        link = _link(call, world, applicant, {**applied, **({"status": status} if status else {})})
        parts["applications"] = [link]
        shown = {"applicants": [link], "status": link["status"]}
        linked.append(joined(call, "applications", applied["id"], shown))
    return writes.settle(
        call,
        world,
        patched(call, "applicants", applicant["id"], draft(call, world, details)),
        joined(call, "applicants", applicant["id"], parts),
        *linked,
        *events_of(call, world, applicant),
    )


def create_application(call: Call, world: World) -> Reply:
    """Queue an application, and the applicant whom its body describes."""
    application = draft(call, world, {"status": _status(call.body) or _PENDING})
    if not {"first_name", "last_name", "email_1", "phone_1"} & call.body.keys():
        return writes.settle(call, world, added(call, "applications", application))
    person = {**described(call, world, "applicants"), **_preferred_unit(call, world)}
    applicant = companion(call, world, "applicants", application, **person)
    link = _link(call, world, applicant, application)
    application["applicants"], applicant["applications"] = [link], [link]
    return writes.settle(
        call,
        world,
        added(call, "applications", application),
        added(call, "applicants", applicant),
        *events_of(call, world, applicant, "applicants"),
    )


def update_application(call: Call, world: World) -> Reply:
    """Queue the changes of an application; an applicant who is named joins it."""
    application = found(call, world)
    changes = draft(call, world)
    status = _status(call.body)
    stated = named(call, world, "application_statuses", call.body.get("application_status_id"))
    if stated or status:
        changes["status"] = status or stated["name"]
    whole = {**application, **changes}
    theirs = [each["applicant_id"] for each in application["applicants"]] if status else []
    ids = dict.fromkeys([*theirs, call.body.get("applicant_id")])
    applicants = [one for each in ids if (one := named(call, world, "applicants", each))]
    links = [_link(call, world, each, whole) for each in applicants]
    linked = (
        joined(call, "applicants", link["applicant_id"], {"applications": [link]}) for link in links
    )
    return writes.settle(
        call,
        world,
        patched(call, "applications", application["id"], changes),
        joined(call, "applications", application["id"], {"applicants": links}),
        *linked,
    )


def described(call: Call, world: World, resource: str) -> Record:
    """Return what a body says of a person, in the terms of the records of people."""
    plain = {
        name: value
        for name, value in said_of(call, world, resource).items()
        if name not in _NOT_PERSONAL and not isinstance(value, list)
    }
    return {**plain, **_describing(call, world, resource)}


def events_of(
    call: Call, world: World, person: Record, people: str | None = None
) -> Iterator[Change]:
    """Yield the events that a person's body carries; one with a known id changes that event."""
    people = people or call.operation.resource or ""
    whom: Record = {f"associated_{each[:-1]}_ids": [] for each in events.PEOPLE.values()}
    whom[f"associated_{people[:-1]}_ids"] = [person["id"]]
    for said in call.body.get("events", ()):
        event = {**events.brought_along(call, world, person, said), **whom}
        event["x_type_id"] = said.get("x_type_id")
        if named(call, world, "events", said.get("id")):
            told = {name: event[name] for name in said if name in event and name != "id"}
            yield patched(call, "events", said["id"], told)
        else:
            yield added(call, "events", event)


def _describing(call: Call, world: World, resource: str) -> Record:
    body = call.body
    details: Record = {}
    kind = body.get("applicant_status") or body.get("type")
    if kind in _TYPES and resource == "applicants":
        details["type_raw"], details["type_normalized"] = _TYPES[kind]
    if "pets" in body:
        details["pets"] = pets.kept(call, world, resource)
    if "date_of_birth" in body:
        details["date_of_birth"] = dated(body["date_of_birth"])
    income = list(_incomes(body)) if resource == "applicants" else []
    return {**details, "self_reported_income": income} if income else details


def _incomes(body: Mapping[str, Any]) -> Iterator[Record]:
    """Yield what a person says they earn in a month."""
    for work in body.get("employment_history", ()):
        if work["is_current_employer"] and "monthly_income_in_cents" in work:
            yield _income(work["monthly_income_in_cents"], "Employment")
    for other in body.get("other_income", ()):
        yield _income(other["monthly_income_in_cents"], other["source"])


def _income(cents: int, source: str) -> Record:
    kind = "EMPLOYMENT" if source == "Employment" else "OTHER"
    amount = {"amount_in_cents": cents, "amount_raw": in_text(cents)}
    return {**amount, "type_normalized": kind, "type_raw": source}


def _preferred_unit(call: Call, world: World) -> Record:
    unit = named(call, world, "units", call.body.get("unit_id"))
    if not unit:
        return {}
    wished = {"unit_id_preferred": [unit["id"]], "x_unit_id_preferred": [unit["x_id"]]}
    return {**wished, "x_unit_id": unit["x_id"]}


def _status(body: Mapping[str, Any]) -> str | None:
    status: str | None = body.get("status") or body.get("application_status")
    return status


def _application_meant(call: Call, world: World, applicant: Record) -> Record:
    """Return the application that the body names, or the applicant's own where it has a status."""
    stated = call.body.get("application_id")
    own = [each["application_id"] for each in applicant["applications"]]
    if stated is None and own and _status(call.body):
        stated = own[-1]
    return named(call, world, "applications", stated)


def _application_of(call: Call, world: World, applicant: Record) -> Record:
    """Return the application that comes along with an applicant, both telling of each other."""
    unit = named(call, world, "units", call.body.get("unit_id"))
    home = {"unit_id": unit.get("id"), "x_unit_id": unit.get("x_id")}
    status = _status(call.body) or _PENDING
    application = companion(call, world, "applications", applicant, status=status, **home)
    link = _link(call, world, applicant, application)
    application["applicants"], applicant["applications"] = [link], [link]
    return application


def _link(call: Call, world: World, applicant: Record, application: Record) -> Record:
    """Return the part by which an applicant and an application tell of each other."""
    status = application["status"]
    said = {
        "applicant_id": applicant["id"],
        "application_id": application["id"],
        "status": status,
        "status_raw": status.capitalize(),
        "status_normalized": normalization.value_of(("applicants", "status"), status),
    }
    return part(call, world, "applications", "applicants", said)
