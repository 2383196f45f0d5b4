"""Is a resident's pet read back with the resident, and changed there?"""

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
CREATE, UPDATE = "POST /v1/resident-pets/", "PUT /v1/resident-pets/{pet_id}"


def test_pets_written_in_a_row_are_all_kept(
    home: Callable[..., Record],
    propexo: Any,
    landed: Callable[[Any], Any],
    stored: Callable[[str, str], Record],
) -> None:
    lease = home("RENTVINE")
    before = stored("residents", lease["resident_id"])["pets"]
    body = {"integration_id": lease["integration_id"], "resident_id": lease["resident_id"]}
    accepted = [
        propexo.get(CREATE, {**body, "name": name, "type": "Dog"}) for name in ("Luna", "Rex")
    ]
    told = [landed(each)["created_record_id"] for each in accepted]
    pets = stored("residents", lease["resident_id"])["pets"][len(before) :]
    assert [each["name"] for each in pets] == ["Luna", "Rex"]
    assert [each["id"] for each in pets] == told


def test_an_update_changes_what_is_sent_of_one_pet(
    home: Callable[..., Record],
    propexo: Any,
    landed: Callable[[Any], Any],
    stored: Callable[[str, str], Record],
) -> None:
    lease = home("RENTVINE")
    body = {"integration_id": lease["integration_id"], "resident_id": lease["resident_id"]}
    new = {**body, "name": "Luna", "type": "Cat"}
    pet_id = landed(propexo.get(CREATE, new))["created_record_id"]
    landed(propexo.get(UPDATE, {"name": "Lu", "type": "Cat"}, pet_id=pet_id))
    pet = stored("residents", lease["resident_id"])["pets"][-1]
    assert (pet["id"], pet["name"], pet["type"]) == (pet_id, "Lu", "Cat")


def test_an_unknown_pet_and_a_pet_of_nobody_are_refused(
    home: Callable[..., Record], propexo: Any, issues: Callable[[Any], Any]
) -> None:
    assert propexo.ask(UPDATE, {"type": "Cat"}, pet_id="cno")[0] == 404
    refused = propexo.refused(CREATE, {"integration_id": home()["integration_id"]})
    assert issues(refused) == [("resident_id", "is required: it says whose pet it is")]


def test_a_pet_that_an_order_holds_back_is_as_old_as_the_change_of_its_resident(
    home: Callable[..., Record], propexo: Any, desk_of: Any, stored: Callable[[str, str], Record]
) -> None:
    lease, order = home(), {"write_status": "SUCCESS", "after": "1h"}
    desk_of("sandbox").get("POST /sandbox/outcomes", order)
    body = {"integration_id": lease["integration_id"], "resident_id": lease["resident_id"]}
    propexo.get(CREATE, {**body, "name": "Luna"})
    propexo.machine.advance(hours=1)
    resident = stored("residents", lease["resident_id"])
    pet = resident["pets"][-1]
    assert pet["name"] == "Luna"
    assert {pet["created_at"], pet["updated_at"]} == {resident["updated_at"]}
