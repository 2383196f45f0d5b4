"""The application of a lead: who applies for which unit, and that they may have it."""

from datetime import timedelta
from typing import Any

from mock_server.apis.propexo.leasing import homes
from mock_server.apis.propexo.leasing.desk import Desk, link
from mock_server.apis.propexo.leasing.standing import Standing
from mock_server.apis.propexo.pms.balances import amount
from mock_server.world.records import Record

# What an applicant and a resident take over from the lead: who they are, and how to reach them.
CONTACT = (
    *("first_name", "middle_name", "last_name", "date_of_birth", "email_1", "email_2"),
    *("phone_1", "phone_1_type", "phone_2", "phone_2_type"),
    *("address_1", "address_2", "city", "state", "zip", "country"),
)
_YOUNGEST, _OLDEST = 7_700, 22_000  # Days.
_PENDING, _APPROVED = "Pending", "Approved"


def apply(desk: Desk, standing: Standing, unit: Record) -> None:
    """Let a lead apply for a unit."""
    lead = standing.lead
    applicant = standing.applicant or _applicant(desk, lead, unit)
    application = desk.add(
        "applications",
        lead,
        status=_PENDING.upper(),
        **link("unit", unit),
    )
    both = _link(applicant, application, _PENDING)
    desk.join("applications", application, applicants=[both])
    desk.join("applicants", applicant, applications=[both], x_unit_id=unit["x_id"])
    desk.change("leads", lead, status="Applied")


def approve(desk: Desk, standing: Standing, unit: Record) -> None:
    """Let an application be approved, and keep the unit for whoever applied."""
    applicant, application = standing.applicant or {}, standing.application or {}
    both = _link(applicant, application, _APPROVED)
    desk.join(
        "applications",
        application,
        applicants=[both],
        status=_APPROVED.upper(),
        **link("unit", unit),
    )
    checks = [
        {"id": each["id"], "status_raw": _APPROVED, "screening_date": desk.today}
        for each in applicant["screenings"] or ()
    ]
    parts = {"applications": [both], "screenings": checks}
    desk.join("applicants", applicant, **parts, x_unit_id=unit["x_id"])
    homes.reserve(desk, unit)


def pets_of(desk: Desk, model: str, lead: Record) -> list[Record]:
    """Return the lead's animals as another record of their owner shows them."""
    own = ("id", "x_id", "created_at", "updated_at", "last_seen")
    known = [
        {name: value for name, value in each.items() if name not in own}
        for each in lead["pets"] or ()
    ]
    return [desk.part(model, "pets", **each) for each in known]


def contact_of(person: Record) -> Record:
    """Return who somebody is and how to reach them."""
    return {name: person[name] for name in CONTACT if name in person}


def _applicant(desk: Desk, lead: Record, unit: Record) -> Record:
    return desk.add(
        "applicants",
        lead,
        **{**contact_of(lead), "date_of_birth": lead["date_of_birth"] or _born(desk)},
        x_lead_id=lead["x_id"],
        x_unit_id=unit["x_id"],
        unit_id_preferred=[unit["id"]],
        x_unit_id_preferred=[unit["x_id"]],
        type_raw="Primary applicant",
        type_normalized="PRIMARY",
        self_reported_income=[_income(unit)],
        pets=pets_of(desk, "applicants", lead),
        screenings=[desk.part("applicants", "screenings", status_raw="In progress")],
        applications=[],
        notes=None,
    )


def _born(desk: Desk) -> str:
    days = desk.moment.world.random().randrange(_YOUNGEST, _OLDEST)
    return f"{(desk.moment.at - timedelta(days=days)).date().isoformat()}T00:00:00.000Z"


def _income(unit: Record) -> Record:
    # Landlords ask for three times the rent, so whoever applies has at least that.
    cents = 3 * (unit["rent_amount_market_in_cents"] or 0) + 45_000
    kind = {"type_normalized": "EMPLOYMENT", "type_raw": "Employment"}
    return {**amount("amount", cents), **kind}


def _link(applicant: Record, application: Record, status: str) -> dict[str, Any]:
    """Return the part by which an applicant and an application tell of each other."""
    return {
        "applicant_id": applicant["id"],
        "application_id": application["id"],
        "status": status.upper(),
        "status_raw": status,
        "status_normalized": status.upper(),
        "custom_data": {},
    }
