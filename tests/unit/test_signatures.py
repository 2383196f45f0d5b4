"""Is a body signed as Propexo signs it, and is every other signature told from it?"""

import json

import pytest

import mock_server
from mock_server.signatures import HEADER, is_signed_by, sign

SECRET = "whsec-only-for-this-test"
BODY = b'{"trigger":"DATA_NEW","data":{}}'


def test_the_signature_is_the_hmac_that_the_standard_gives_as_an_example() -> None:
    body = b"what do ya want for nothing?"
    # RFC 4231, test case 2.
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert sign("Jefe", body) == expected


def test_a_body_is_signed_by_its_own_signature() -> None:
    assert is_signed_by(SECRET, BODY, sign(SECRET, BODY))


def test_the_bytes_are_signed_and_not_what_they_mean() -> None:
    spaced = json.dumps(json.loads(BODY)).encode()
    assert spaced != BODY
    assert not is_signed_by(SECRET, spaced, sign(SECRET, BODY))


def test_another_secret_gives_another_signature() -> None:
    assert not is_signed_by(SECRET, BODY, sign(f"{SECRET}.", BODY))


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        sign(SECRET, BODY)[:-1],
        sign(SECRET, BODY) + "0",
        sign(SECRET, BODY).upper(),
        f"sha256={sign(SECRET, BODY)}",
        "é" * 64,
        "\ud800",
    ],
    ids=["none", "empty", "short", "long", "upper", "prefixed", "not ascii", "half a pair"],
)
def test_whatever_else_came_is_no_signature_and_no_error(signature: str | None) -> None:
    assert is_signed_by(SECRET, BODY, signature) is False


@pytest.mark.parametrize("secret", ["schlüssel-ß-€", "\ud800", ""])
def test_any_text_can_be_a_secret(secret: str) -> None:
    assert is_signed_by(secret, BODY, sign(secret, BODY))


def test_the_header_is_the_vendors() -> None:
    assert HEADER == "propexo-signature"


def test_a_program_finds_both_at_the_top_of_the_package() -> None:
    assert mock_server.sign is sign
    assert mock_server.is_signed_by is is_signed_by
