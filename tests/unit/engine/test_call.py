"""Do a call and a reply say plainly what was asked and what is answered?"""

from mock_server.engine.call import reply
from tests.unit.toy import Toy


def test_the_last_parameter_of_the_path_names_the_record(toy: Toy) -> None:
    assert toy.call("GET /v1/pets/rex").record_id == "rex"


def test_a_call_reaches_the_records_of_its_own_and_of_other_resources(toy: Toy) -> None:
    call = toy.call("GET /v1/pets/rex")
    with toy.worlds.turn("toy") as world:
        assert call.records(world).get("rex") is not None
        assert call.records(world, "kennels").get("north") is not None


def test_a_reply_is_compact_json_that_leaves_letters_as_they_are() -> None:
    made = reply({"name": "Zoë", "ages": [1, 2]}, 201, x_trace_id="t1")
    assert (made.text, made.status) == ('{"name":"Zoë","ages":[1,2]}', 201)
    assert made.headers == {"x-trace-id": "t1"}
