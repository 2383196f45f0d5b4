"""Is what a receiver cannot do told before the first delivery, and is no secret shown?"""

import pytest

from mock_server.receiving.reception import Reception, shown


def test_no_secret_is_shown() -> None:
    assert "sesame" not in repr(Reception(secrets=("open sesame",)))


def test_an_empty_secret_is_told() -> None:
    with pytest.raises(ValueError, match="a secret is empty; leave it out"):
        Reception(secrets=("open sesame", ""))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "localhost:3000/hooks",
        "ftp://localhost/hooks",
        "http:///hooks",
        "http://localhost:99999/",
        "http://exa mple/",
    ],
)
def test_an_address_that_cannot_be_called_is_told_with_one_that_can(address: str) -> None:
    with pytest.raises(ValueError, match=r"an address such as http://127\.0\.0\.1:3000/hooks"):
        Reception(forward_to=address)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match="no user name or password") as refused:
        Reception(forward_to="http://me:sesame@localhost/")
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize("address", ["http://[::1]:3000/hooks", "HTTPS://example.com"])
def test_an_address_that_can_be_called_is_taken(address: str) -> None:
    target = Reception(forward_to=address).target
    assert target is not None
    assert target.url == address.lower()


def test_nobody_is_the_target_unless_somebody_is_named() -> None:
    assert Reception().target is None


def test_an_address_is_shown_without_what_may_be_a_token() -> None:
    target = Reception(forward_to="http://localhost:3000/hooks?token=sesame#a").target
    assert target is not None
    assert shown(target) == "http://localhost:3000/hooks"
