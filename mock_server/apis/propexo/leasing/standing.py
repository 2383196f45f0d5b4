"""How far a lead has come at a PMS, by the records that the PMS has of them."""

from dataclasses import dataclass

from mock_server.apis.propexo.leasing.desk import Desk
from mock_server.world.records import Record

TOURED = "Toured"  # The status of a lead that was shown around.
STAGES = ("toured", "applied", "approved", "leased", "moved_in")
# With such an application nobody goes on; they may apply again.
_OVER = frozenset({"DENIED", "CANCELED"})


@dataclass(frozen=True)
class Standing:
    """What a PMS has of a lead: who they have become, and what they have signed."""

    lead: Record
    applicant: Record | None = None
    application: Record | None = None
    resident: Record | None = None
    lease: Record | None = None
    has_toured: bool = False

    @property
    def stage(self) -> str | None:
        """Return the last of the stages that was reached, None where none was."""
        if self.lease is not None:
            return "moved_in" if self.lease["realized_move_in_date"] else "leased"
        if self.application is not None:
            return "approved" if _status(self.application) == "APPROVED" else "applied"
        return "toured" if self.has_toured else None

    @property
    def remaining(self) -> tuple[str, ...]:
        """Return the stages that are still to come, in their order."""
        return STAGES if self.stage is None else STAGES[STAGES.index(self.stage) + 1 :]


def of_lead(desk: Desk, lead: Record) -> Standing:
    """Return how far a lead has come."""
    applicant = _applicant(desk, lead)
    resident = _resident(desk, lead, applicant)
    return Standing(
        lead=lead,
        applicant=applicant,
        application=_application(desk, applicant),
        resident=resident,
        lease=desk.record("leases", (resident or {}).get("lease_id")),
        has_toured=lead["status"] == TOURED,
    )


def _applicant(desk: Desk, lead: Record) -> Record | None:
    held = desk.held("applicants", property_id=lead["property_id"])
    mine = [each for each in held if each["x_lead_id"] == lead["x_id"]]
    return mine[-1] if mine else None


def _application(desk: Desk, applicant: Record | None) -> Record | None:
    ids = [each["application_id"] for each in (applicant or {}).get("applications") or ()]
    found = [each for one in ids if (each := desk.record("applications", one)) is not None]
    running = [each for each in found if _status(each) not in _OVER]
    return running[-1] if running else None


def _resident(desk: Desk, lead: Record, applicant: Record | None) -> Record | None:
    """Return the resident whom the lead has become: a PMS tells it by the address for letters.

    Whoever lives there already and asks about another home is a lead of their own, so only a
    lead that has applied is looked for.
    """
    if applicant is None or lead["email_1"] is None:
        return None
    asked = {"property_id": lead["property_id"], "email_1": lead["email_1"]}
    return next(iter(desk.held("residents", **asked)), None)


def _status(application: Record) -> str:
    parts = application["applicants"] or ()
    said = [each["status_normalized"] for each in parts if each.get("status_normalized")]
    return str(said[-1] if said else application["status"]).upper()
