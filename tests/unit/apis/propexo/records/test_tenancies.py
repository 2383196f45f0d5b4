"""Do a lease and its residents tell of each other, and the lists find them?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
Write = Callable[..., dict[str, list[Record]]]


def test_a_lease_is_of_the_residents_it_names_and_they_tell_of_it(
    home: Callable[..., Record],
    write: Write,
    stored: Callable[[str, str], Record],
    propexo: Any,
) -> None:
    known = home()
    body = {
        "integration_id": known["integration_id"],
        "unit_id": known["unit_id"],
        "resident_id": known["resident_id"],
        "scheduled_move_in_date": "2026-05-01",
        "rent_amount_in_cents": 150000,
        "status": "ACTIVE",
    }
    (lease,) = write("POST /v1/leases/", body)["leases"]
    (link,) = lease["residents_meta_data"]
    assert (link["resident_id"], link["x_resident_type"]) == (known["resident_id"], "Primary")
    assert link["move_in_date"] == "2026-05-01T00:00:00.000Z"
    assert (lease["unit_number"], lease["status_normalized"]) == (known["unit_number"], "ACTIVE")
    resident = stored("residents", known["resident_id"])
    assert resident["leases_meta_data"][-1]["lease_id"] == lease["id"]
    query = "after_move_in_date=2026-05-01&before_move_in_date=2026-05-01"
    found = propexo.get("GET /v1/leases/", query=query)["results"]
    assert lease["id"] in [each["id"] for each in found]


def test_a_person_and_charges_come_along_with_a_lease(
    home: Callable[..., Record], other: Callable[..., Record], write: Write
) -> None:
    known = home()
    account = other("financial_accounts", known)["id"]
    rent = {"financial_account_id": account, "description": "Rent", "amount_in_cents": 150000}
    body = {
        "integration_id": known["integration_id"],
        "first_name": "Ada",
        "email_1": "ada.okafor@example.com",
        "resident_charges": [{**rent, "post_date": "2026-03-01", "is_prorated": False}],
        "recurring_resident_charges": [
            {**rent, "start_date": "2026-04-01", "charge_due_day": 1, "frequency_raw": 1}
        ],
    }
    new = write("POST /v1/leases/", body)
    (lease,), (resident,) = new["leases"], new["residents"]
    (charge,), (recurring,) = new["resident_charges"], new["recurring_resident_charges"]
    assert (resident["first_name"], resident["lease_id"]) == ("Ada", lease["id"])
    assert (charge["resident_id"], charge["lease_id"]) == (resident["id"], lease["id"])
    assert (charge["amount_raw"], charge["amount_open_raw"]) == ("1500.00", "1500.00")
    assert (recurring["frequency_raw"], recurring["charge_due_day"]) == ("1", 1)
    assert recurring["amount_raw"] == "1500.00"


def test_two_residents_who_join_a_lease_in_a_row_are_both_in_it(
    home: Callable[..., Record],
    propexo: Any,
    landed: Callable[[Any], Any],
    stored: Callable[[str, str], Record],
) -> None:
    lease = home()
    body = {"integration_id": lease["integration_id"], "lease_id": lease["id"]}
    body.update(last_name="Okafor", address_1="8 Pine Street")
    first = propexo.get("POST /v1/residents/", {**body, "first_name": "Ada"})
    second = propexo.get("POST /v1/residents/", {**body, "first_name": "Bo"})
    landed(first)
    landed(second)
    links = stored("leases", lease["id"])["residents_meta_data"]
    assert len(links) == len(lease["residents_meta_data"]) + 2
    assert [each["x_resident_type"] for each in links[-2:]] == ["Secondary", "Secondary"]


def test_moving_out_shows_with_the_resident_and_in_the_lists(
    home: Callable[..., Record], write: Write, stored: Callable[[str, str], Record]
) -> None:
    lease = home()
    body = {"realized_move_out_date": "2026-03-31T00:00:00.000Z"}
    write("PUT /v1/leases/{lease_id}", body, lease_id=lease["id"])
    changed = stored("leases", lease["id"])
    assert (changed["has_no_move_out"], changed["move_out_date"][:10]) == (False, "2026-03-31")
    assert changed["residents_meta_data"][0]["move_out_date"][:10] == "2026-03-31"
    (link,) = stored("residents", lease["resident_id"])["leases_meta_data"]
    assert link["move_out_date"][:10] == "2026-03-31"


def test_a_filter_by_moving_dates_overrides_the_one_by_resident(
    home: Callable[..., Record], propexo: Any
) -> None:
    resident = f"resident_id={home()['resident_id']}"
    assert propexo.get("GET /v1/leases/", query=resident)["meta"]["total"] == 1
    dates = "after_move_in_date=2000-01-01"
    every = propexo.get("GET /v1/leases/", query=dates)["meta"]["total"]
    assert every > 1
    both = propexo.get("GET /v1/leases/", query=f"{dates}&{resident}")["meta"]["total"]
    assert both == every
