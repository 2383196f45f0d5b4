"""Does every PMS word a failed write in its own way, whatever was written?"""

import json
from typing import Any
from xml.dom import minidom

import pytest

from mock_server.apis.propexo.interfaces import CRM_INTERFACES, INTERFACES
from mock_server.apis.propexo.pms import failures
from mock_server.apis.propexo.pms.failures import KINDS, errors

VENDORS = (*INTERFACES, *CRM_INTERFACES)
EVERY = [(vendor, kind) for vendor in (*VENDORS, "INTERNAL") for kind in KINDS]
AWKWARD = 'Ada "A&B" <O\'Brien> $model {name} %s \\ é'


def parsed(text: str) -> Any:
    """Read an error that is JSON, None of any other."""
    return json.loads(text) if text.startswith("{") else None


@pytest.mark.parametrize(("vendor", "kind"), EVERY)
def test_every_system_has_an_error_for_every_kind(vendor: str, kind: str) -> None:
    told = errors(vendor, kind, model="lead", operation="create", name="Ada Okafor")
    assert told == errors(vendor, kind, model="lead", operation="create", name="Ada Okafor")
    assert told
    assert not [each for each in told if "$" in each or "\n" in each or not each.strip()]


def test_the_systems_listed_are_those_that_can_be_connected() -> None:
    listed = failures._messages()
    assert set(listed) == {*VENDORS, "generic"}
    assert all(set(kinds) == set(KINDS) for kinds in listed.values())


def test_no_two_systems_and_no_two_kinds_say_the_same() -> None:
    told = [tuple(errors(vendor, kind)) for vendor, kind in EVERY]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(("vendor", "kind"), EVERY)
def test_what_is_filled_in_breaks_neither_json_nor_xml(vendor: str, kind: str) -> None:
    for each in errors(vendor, kind, name=AWKWARD, model=AWKWARD, operation=AWKWARD):
        if each.startswith("{"):
            assert isinstance(json.loads(each), dict)
        elif each.startswith("<"):
            prefixes = 'xmlns:s="urn:s" xmlns:soapenv="urn:soapenv"'
            minidom.parseString(f"<all {prefixes}>{each}</all>")  # noqa: S318 - our own text


def test_a_name_is_told_as_it_was_given() -> None:
    [told] = errors("RENTVINE", "conflict", name=AWKWARD)
    assert parsed(told)["error"]["message"] == f"{AWKWARD} already exists."
    assert AWKWARD in errors("INTERNAL", "conflict", name=AWKWARD)[0]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_conflict_names_the_record_that_is_there_already(vendor: str) -> None:
    assert "Ada Okafor" in " ".join(errors(vendor, "conflict", name="Ada Okafor"))


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_was_tried_shows_in_what_a_system_says(vendor: str) -> None:
    facts = {"model": "purchase order", "operation": "amend"}
    told = " ".join(each for kind in KINDS for each in errors(vendor, kind, **facts))
    assert [fact for fact in facts.values() if fact not in told] == []


def test_what_is_not_known_of_a_write_is_worded_plainly() -> None:
    assert errors("INTERNAL", "conflict") == ["Failed to write record: Duplicate record (unnamed)"]
    assert errors("INTERNAL", "timeout", colour="green") == errors("INTERNAL", "timeout")


def test_a_kind_that_a_system_leaves_out_is_worded_generically(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = {"generic": {"down": ["Gone."], "login": ["No."]}, "MRI": {"login": ["Not you."]}}
    monkeypatch.setattr(failures, "_messages", lambda: said)
    assert (errors("MRI", "down"), errors("MRI", "login")) == (["Gone."], ["Not you."])
    assert errors("YARDI", "login") == ["No."]


def test_systems_that_speak_json_answer_it_in_one_line() -> None:
    [told] = errors("RENTVINE", "down")
    assert told == (
        '{"error":{"code":"maintenance","message":"The account is in maintenance mode.",'
        '"status":503}}'
    )


@pytest.mark.parametrize(
    ("kind", "near"), [("conflicts", "conflict"), ("time-out", "timeout"), ("DOWN", "down")]
)
def test_an_unknown_kind_is_refused_with_the_nearest(kind: str, near: str) -> None:
    with pytest.raises(ValueError, match=rf"'{kind}'; did you mean {near}\?"):
        errors("YARDI", kind)
