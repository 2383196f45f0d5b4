"""Is custom data kept field by field with the record that it is about?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
CREATE = "POST /v1/leases/rentmanager/{lease_id}/custom-data"
UPDATE = "PUT /v1/leases/rentmanager/{lease_id}/custom-data"


def test_fields_that_are_not_sent_stay_as_they_are(
    home: Callable[..., Record], write: Callable[..., Any], stored: Callable[[str, str], Record]
) -> None:
    lease = home("RENTMANAGER")
    before = stored("leases", lease["id"])["custom_data"]
    said = {"Parking": {"value": "12"}, "Key": {"value": "A"}}
    body = {"integration_id": lease["integration_id"], "custom_data": said}
    write(CREATE, body, lease_id=lease["id"])
    write(UPDATE, {"custom_data": {"Key": {"value": "B"}}}, lease_id=lease["id"])
    kept = stored("leases", lease["id"])["custom_data"]
    assert kept == {**before, "Parking": {"value": "12"}, "Key": {"value": "B"}}


def test_more_than_ten_fields_are_refused(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    many = {f"Field {number}": {"value": "x"} for number in range(11)}
    refused = propexo.refused(UPDATE, {"custom_data": many}, lease_id=home("RENTMANAGER")["id"])
    assert issues(refused) == [("custom_data", "must have at most 10 fields")]
