"""Is a call held against the contract, all its problems at once, and so is our own reply?"""

import gzip
import json
import re
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.toy import PET_FIELDS, TEXT, Toy, body, contract, operation, query

ANYTHING = {"type": "object", "properties": {"tree": {}, "name": TEXT}}
PLANTING = {
    "/v1/pets/plant": {
        "post": operation(
            "plant",
            parameters=[query("depth", {"type": "integer"}, **{"x-filter": "none"})],
            requestBody=body(ANYTHING),
            **{"x-resource": "pets", "x-kind": "create"},
        )
    }
}


def why(toy: Toy, content: bytes, **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    status, told = toy.ask("POST /v1/pets/", content, headers=named)
    assert status == 400
    return str(told["why"])


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b'{"name": "A",}',
        b"{'name': 'A'}",
        b'{"name": NaN}',
        b'{"name": "A", "age": -Infinity}',
        b'{"name": "A", "age": 1e999}',
        b'{"name": "A", "age": 99999999999999999999}',
        b'{"name": "\\ud800"}',
        b'{"name": "\xff"}',
        b'\xef\xbb\xbf{"name": "A"}',
        b'{"name": "A"} trailing',
        b"[" * 100_000,
        b'{"a":' * 65 + b"1" + b"}" * 65,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"age": ' + b"9" * 5_000 + b"}",
    ],
    ids=lambda each: each[:20].decode("latin-1"),
)
def test_a_body_that_is_no_json_is_refused_in_words(toy: Toy, content: bytes) -> None:
    before = toy.everything()
    told = why(toy, content)
    assert told.startswith("the body is not valid JSON: ")
    assert not re.search(r"Expecting|char \d|codec|recursion|digits|position", told)
    assert toy.everything() == before


@pytest.mark.parametrize(
    ("content", "place"), [(b'{"name": "Ada \xff"}', 15), ('{"name": "Zoë"}'.encode("latin-1"), 13)]
)
def test_a_body_that_is_no_utf8_is_told_the_byte_that_is_wrong(
    toy: Toy, content: bytes, place: int
) -> None:
    assert why(toy, content) == f"the body is not valid JSON: it is not UTF-8 (byte {place})"


LEAD = '{"name": "Ada"}'


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (gzip.compress(LEAD.encode(), mtime=0), "compressed with gzip"),
        (zlib.compress(LEAD.encode()), "compressed with deflate"),
        (zlib.compress(LEAD.encode(), 1), "compressed with deflate"),
        (zlib.compress(LEAD.encode(), 9), "compressed with deflate"),
        (b"\x28\xb5\x2f\xfd" + bytes(range(20)), "compressed with zstd"),
        (LEAD.encode("utf-16"), "in UTF-16"),
        (LEAD.encode("utf-16-le"), "in UTF-16"),
        (LEAD.encode("utf-16-be"), "in UTF-16"),
        (LEAD.encode("utf-32"), "in UTF-32"),
        (LEAD.encode("utf-32-le"), "in UTF-32"),
        (LEAD.encode("utf-32-be"), "in UTF-32"),
        (LEAD.encode("utf-8-sig"), "it begins with a byte order mark"),
    ],
)
def test_a_body_that_is_encoded_in_silence_is_told_how(
    toy: Toy, content: bytes, found: str
) -> None:
    assert why(toy, content).endswith(found)


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "identity, gzip", "GZIP"])
def test_a_compressed_body_is_refused_by_the_name_of_its_encoding(toy: Toy, coding: str) -> None:
    before = toy.everything()
    told = why(toy, LEAD.encode(), content_encoding=coding)
    assert told == f"the content encoding {coding} is not supported; send the body as it is"
    assert toy.everything() == before


def test_a_body_that_is_said_to_be_as_it_is_is_read(toy: Toy) -> None:
    assert (
        toy.ask("POST /v1/pets/", {"name": "A"}, headers={"content-encoding": "identity"})[0] == 200
    )


@pytest.mark.parametrize("charset", ["utf-16", "UTF-32LE", "iso-8859-1", "latin1", "windows-1252"])
@pytest.mark.parametrize("form", ["application/json; charset={}", 'application/json;Charset="{}"'])
def test_another_charset_is_refused_by_its_name(toy: Toy, charset: str, form: str) -> None:
    told = why(toy, LEAD.encode(), content_type=form.format(charset))
    assert told == f"the charset {charset} is not supported; send the body in UTF-8"


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
@pytest.mark.parametrize("content", [b"", b" \r\n"])
def test_an_empty_body_is_told_what_to_send(toy: Toy, content: bytes, content_type: str) -> None:
    told = why(toy, content, content_type=content_type)
    assert told == "the body is empty; send a JSON object"


def test_a_body_that_may_be_left_out_is_read_where_it_is_sent() -> None:
    paths = {
        "/v1/pets/plant": {
            "post": operation(
                "plant",
                requestBody={**body(ANYTHING), "required": False},
                **{"x-resource": "pets", "x-kind": "create"},
            )
        }
    }
    toy = Toy(contract(paths))
    assert toy.ask("POST /v1/pets/plant", b"")[0] == 200
    assert toy.ask("POST /v1/pets/plant", {"name": 5})[0] == 400
    assert toy.ask("POST /v1/pets/plant", b"null")[1]["why"] == "the body must be a JSON object"


@pytest.mark.parametrize("content", [b"[]", b'"name"', b"7", b"null", b"true"])
def test_a_body_that_is_no_object_is_refused(toy: Toy, content: bytes) -> None:
    assert why(toy, content) == "the body must be a JSON object"


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("text/plain", "text/plain"),
        ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        ("application/jsonp", "application/jsonp"),
    ],
)
def test_another_content_type_is_refused_by_its_name(toy: Toy, sent: str, named: str) -> None:
    told = why(toy, b'{"name": "A"}', content_type=sent)
    assert told == f"the content type must be application/json, not {named}"


def test_a_body_without_a_content_type_is_told_to_have_one(toy: Toy) -> None:
    told = why(toy, b'{"name": "A"}', content_type="")
    assert told == "send the header Content-Type: application/json"


@pytest.mark.parametrize(
    "sent",
    [
        "application/json; charset=utf-8",
        "application/json; charset=US-ASCII",
        'application/json; charset="UTF8"; version=1',
        "Application/JSON",
        "application/vnd.toy+json",
    ],
)
def test_json_under_any_of_its_names_is_read(toy: Toy, sent: str) -> None:
    assert toy.ask("POST /v1/pets/", {"name": "A"}, headers={"content-type": sent})[0] == 200


@pytest.mark.parametrize("levels", [*range(100, 1_000, 75), 2_000, 20_000])
def test_no_depth_of_nesting_is_a_fault_of_ours(make_toy: Callable[..., Toy], levels: int) -> None:
    toy = make_toy(contract(PLANTING))
    tree = b'{"tree":' + b"[" * levels + b"]" * levels + b"}"
    assert toy.ask("POST /v1/pets/plant", tree)[0] in {200, 400}


def test_query_and_body_are_told_together(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(contract(PLANTING))
    _, told = toy.ask("POST /v1/pets/plant", {"name": 1}, search="depth=deep&x=1")
    assert told["problems"] == ["depth: type", "x: unknown", "name: type"]


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("name=Zo%C3%AB", "Zoë"),
        ("name=a+b", "a b"),
        ("name=a%2Bb", "a+b"),
        ("name=a%26b%3Dc", "a&b=c"),
        ("name=%FF", "\N{REPLACEMENT CHARACTER}"),
        ("name=", ""),
    ],
)
def test_a_query_string_is_decoded(toy: Toy, search: str, name: str) -> None:
    call = toy.call("GET /v1/pets/", search=search)
    assert toy.answering.rules.ordinary.validation.problems(call, call.operation) == ()
    assert call.question.values["name"] == name


def test_an_operation_without_a_body_looks_at_none(toy: Toy) -> None:
    headers = {"content-type": "text/plain"}
    assert toy.ask("GET /v1/pets/rex", b"{broken", headers=headers)[0] == 200


@pytest.mark.parametrize(
    ("settings", "status"), [({"strict": False}, 200), ({"strict": True}, 400)]
)
def test_strictness_refuses_unknown_fields(
    make_toy: Callable[..., Toy], settings: Any, status: int
) -> None:
    toy = make_toy(settings=settings)
    assert toy.ask("POST /v1/pets/", {"name": "A", "wings": 2})[0] == status


PET = dict.fromkeys(PET_FIELDS) | {"id": "p1", "name": "Rex", "tags": []}


def broken_promises(toy: Toy, key: str, value: Any) -> list[tuple[str, Any]]:
    operation = toy.api.catalogue[key]
    found = toy.answering.rules.ordinary.validation.check_reply(operation, json.dumps(value))
    return [(each.rule, each.path) for each in found]


def test_a_reply_as_promised_has_no_problems(toy: Toy) -> None:
    assert broken_promises(toy, "GET /v1/pets/{id}", PET) == []
    assert broken_promises(toy, "GET /v1/pets/", {"total": 1, "items": [PET]}) == []


@pytest.mark.parametrize(
    ("spoiled", "rule", "path"),
    [
        ({"age": "old"}, "type", ("age",)),
        ({"name": None}, "type", ("name",)),
        ({"born_at": "yesterday"}, "format", ("born_at",)),
        ({"tail": "long"}, "unknown", ("tail",)),
    ],
)
def test_a_reply_that_breaks_its_promise_is_told_where(
    toy: Toy, spoiled: Any, rule: str, path: tuple[str, ...]
) -> None:
    spoiled_pet = PET | spoiled
    found = broken_promises(toy, "GET /v1/pets/{id}", spoiled_pet)
    assert found == [(rule, ("reply", *path))]
    listed = {"total": 1, "items": [PET, spoiled_pet]}
    found = broken_promises(toy, "GET /v1/pets/", listed)
    assert found == [(rule, ("reply", "items", 1, *path))]


def test_a_reply_of_another_shape_is_told(toy: Toy) -> None:
    assert broken_promises(toy, "GET /v1/pets/", [PET]) == [("type", ("reply",))]


def test_an_operation_that_promises_no_reply_may_answer_anything(toy: Toy) -> None:
    assert broken_promises(toy, "DELETE /v1/pets/{id}", {"any": ["thing"]}) == []


DROPS = {"x-filter": "none", "x-drops-unknown": True}
NAMED = {"required": ["name"], "properties": {"name": TEXT}}
LENIENT = {
    "/v1/pets/plant": {
        "post": operation(
            "plant",
            parameters=[query("drop", {"type": "boolean"}, **DROPS)],
            requestBody=body({**NAMED, "additionalProperties": False}),
            **{"x-resource": "pets", "x-kind": "create"},
        )
    }
}


@pytest.mark.parametrize("search", ["", "drop=false"])
def test_unknown_fields_are_refused_where_nobody_asks_to_drop_them(
    make_toy: Callable[..., Toy], search: str
) -> None:
    toy, sent = make_toy(contract(LENIENT)), {"name": "Ivy", "wings": 2}
    status, told = toy.ask("POST /v1/pets/plant", sent, search=search)
    assert (status, told["problems"]) == (400, ["wings: unknown"])


def test_unknown_fields_are_dropped_where_the_call_asks_for_it(
    make_toy: Callable[..., Toy],
) -> None:
    toy = make_toy(contract(LENIENT))
    call = toy.call("POST /v1/pets/plant", {"name": "Ivy", "wings": 2}, search="drop=true")
    assert toy.answering.answer(call).status == 200
    assert call.body == {"name": "Ivy"}


def test_dropping_unknown_fields_forgives_nothing_else(make_toy: Callable[..., Toy]) -> None:
    toy = make_toy(contract(LENIENT))
    _, told = toy.ask("POST /v1/pets/plant", {"name": 7, "wings": 2}, search="drop=true&x=1")
    assert told["problems"] == ["x: unknown", "name: type"]


def test_a_wish_that_is_no_truth_is_refused(make_toy: Callable[..., Toy]) -> None:
    _, told = make_toy(contract(LENIENT)).ask(
        "POST /v1/pets/plant", {"name": "Ivy", "wings": 2}, search="drop=perhaps"
    )
    assert "drop: type" in told["problems"]


def test_a_query_that_is_refused_or_long_is_not_kept(toy: Toy) -> None:
    kept = toy.answering.rules.ordinary.validation._questions
    assert toy.ask("GET /v1/pets/", search="age=3")[0] == 200
    before = len(kept)
    for number in range(20):
        assert toy.ask("GET /v1/pets/", search=f"age=no{number}")[0] == 400
        assert toy.ask("GET /v1/pets/", search=f"name={number}{'n' * 1_000}")[0] == 200
    assert len(kept) == before
