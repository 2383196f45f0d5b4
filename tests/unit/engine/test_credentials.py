"""Is a credential that nobody can have meant refused, and every other one taken as it is?"""

import pytest

from mock_server.engine.credentials import chosen
from mock_server.engine.refusals import Unauthenticated


@pytest.mark.parametrize(
    "text",
    ["abc", "sandbox_me", "<token>", "avcdef***YOUR KEY***123", "nullable", "a" * 4_096, "0"],
)
def test_a_credential_is_taken_as_it_is(text: str) -> None:
    assert chosen(text) == text


def test_blanks_around_it_are_no_part_of_it() -> None:
    assert chosen(" \tsandbox_me ") == "sandbox_me"


@pytest.mark.parametrize(
    "text",
    [
        *("undefined", "null", "None", "NULL", '"undefined"', "'null'", "(none)", "nil", "NaN"),
        *("Bearer null", "undefined undefined", "[object Object]", "${undefined}"),
    ],
)
def test_the_name_of_an_unset_value_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated, match="unset"):
        chosen(text)


@pytest.mark.parametrize("text", ["", " ", "\t", '""', "''", "***"])
def test_an_empty_one_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated, match="empty"):
        chosen(text)


@pytest.mark.parametrize(
    "text", ["sandbox_café", "sandbox_caf\xc3\xa9", "a\tb", "a\x00", "a\x7fb", "a\u2028b", "ключ"]
)
def test_one_that_is_not_printable_ascii_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated, match="printable ASCII"):
        chosen(text)


def test_a_very_long_one_is_refused() -> None:
    with pytest.raises(Unauthenticated, match="4,096 characters"):
        chosen("a" * 4_097)


@pytest.mark.parametrize("text", ['"sandbox_me"', "'key'", "`key`"])
def test_one_in_quotation_marks_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated, match="quotation mark"):
        chosen(text)
