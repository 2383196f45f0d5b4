"""Do magic words choose how a write ends, and does no other text?"""

from typing import Any

import pytest

from mock_server.apis.propexo.pms.magic import FIELDS, WORDS, Spell, spell

WRITEFAIL = Spell("FAILURE", "validation")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Writefail", WRITEFAIL),
        ("Duplicate", Spell("FAILURE", "conflict")),
        ("Loginfail", Spell("FAILURE", "login")),
        ("Timeout", Spell("FAILURE", "timeout")),
        ("Partial", Spell("PARTIAL_SUCCESS", "partial")),
        ("Slow30", Spell("SUCCESS", None, 30)),
    ],
)
def test_each_word_chooses_an_end(word: str, expected: Spell) -> None:
    assert spell({"first_name": "Ada", "last_name": word}) == expected


def test_every_word_has_a_meaning_and_works() -> None:
    found = {word: spell({"notes": word.replace("<N>", "5")}) for word in WORDS}
    assert len(set(found.values())) == len(found) == 6
    assert None not in found.values()
    assert all(meaning.endswith(".") for meaning in WORDS.values())


@pytest.mark.parametrize("field", FIELDS)
def test_every_text_that_a_person_reads_may_hold_magic(field: str) -> None:
    assert spell({field: "Writefail"}) == WRITEFAIL


@pytest.mark.parametrize("field", ["first_name", "email_1", "lastName", "Notes"])
def test_other_fields_hold_none(field: str) -> None:
    assert spell({field: "Writefail"}) is None


@pytest.mark.parametrize("text", ["writefail", "WRITEFAIL", "  Writefail\n", "wRITEfAIL"])
def test_neither_case_nor_blanks_around_matter(text: str) -> None:
    assert spell({"last_name": text}) == WRITEFAIL


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Okafor",
        "Writefail, please",
        "Writefail Okafor",
        "Writefails",
        "Writefail-Timeout",
        "WriteFail.",
        "Slow",
        "Slow<N>",
        "Slow -1",
        "Slow-1",
        "Slow1.5",
        "Slow²",
        "\u017flow5",
        "Slow86401",
        "Slow" + "9" * 5_000,
    ],
)
def test_a_text_of_anything_else_is_no_magic(text: str) -> None:
    assert spell({"last_name": text}) is None


@pytest.mark.parametrize("value", [None, 7, True, ["Writefail"], {"notes": "Writefail"}])
def test_what_is_no_text_is_no_magic(value: Any) -> None:
    assert spell({"notes": value}) is None


def test_what_stands_deeper_is_no_magic() -> None:
    assert spell({"pets": [{"name": "Writefail"}], "charge": {"notes": "Timeout"}}) is None


@pytest.mark.parametrize(("text", "seconds"), [("Slow0", 0), ("Slow007", 7), ("Slow86400", 86_400)])
def test_a_delay_is_up_to_a_day(text: str, seconds: int) -> None:
    assert spell({"last_name": text}) == Spell(after_seconds=seconds)


@pytest.mark.parametrize("text", ["Slow30 Writefail", "writefail  slow30"])
def test_a_delay_goes_with_an_end(text: str) -> None:
    assert spell({"notes": text}) == Spell("FAILURE", "validation", 30)


def test_the_words_of_two_fields_go_together() -> None:
    assert spell({"notes": "Slow5", "last_name": "Timeout"}) == Spell("FAILURE", "timeout", 5)


def test_a_field_of_other_words_spoils_no_other_field() -> None:
    assert spell({"last_name": "Writefail", "notes": "Duplicate of Ada"}) == WRITEFAIL


def test_the_first_of_two_ends_and_of_two_delays_counts() -> None:
    assert spell({"last_name": "Partial Slow1 Timeout", "notes": "Slow2 Writefail"}) == Spell(
        "PARTIAL_SUCCESS", "partial", 1
    )


def test_a_body_of_nothing_holds_none() -> None:
    assert spell({}) is None
