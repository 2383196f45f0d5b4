"""Do a contract's lines add up to it, and are they records of their own?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]


def test_a_contract_is_the_sum_of_its_lines(
    home: Callable[..., Record], other: Callable[..., Record], write: Callable[..., Any]
) -> None:
    lease = home()
    job, vendor = other("construction_jobs", lease), other("vendors", lease)
    line = {"construction_job_id": job["id"], "property_id": lease["property_id"]}
    lines = [{**line, "total_amount_in_cents": cents} for cents in (4000, 6000)]
    body = {
        "integration_id": lease["integration_id"],
        "vendor_id": vendor["id"],
        "x_id": "C-77",
        "contract_details": lines,
    }
    new = write("POST /v1/contracts/", body)
    (contract,) = new["contracts"]
    assert (contract["x_id"], contract["total_amount_in_cents"]) == ("C-77", 10000)
    assert (contract["construction_job_id"], contract["x_construction_job_id"]) == (
        job["id"],
        job["x_id"],
    )
    assert contract["x_vendor_id"] == vendor["x_id"]
    assert [each["contract_id"] for each in new["contract_details"]] == [contract["id"]] * 2


def test_a_job_has_a_name_though_none_can_be_sent(
    home: Callable[..., Record], write: Callable[..., Any]
) -> None:
    new = write("POST /v1/construction-jobs/", {"integration_id": home()["integration_id"]})
    assert new["construction_jobs"][0]["name"] == "Construction job"
