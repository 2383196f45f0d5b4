"""Which hosts does a route take, and what does it make of a credential?"""

import pytest

from mock_server.testing.interception.route import CallRefused, Route

ROUTE = Route(frozenset({"api.lead.pro"}), "127.0.0.1", 1, "sandbox_mine", "refuse", ("db.test",))


@pytest.mark.parametrize("host", ["api.lead.pro", "API.LEAD.PRO", "api.lead.pro."])
def test_a_vendor_is_known_however_it_is_spelled(host: str) -> None:
    assert ROUTE.takes(host)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "me.localhost", "db.test"])
def test_loopback_and_allowed_hosts_are_let_through(host: str) -> None:
    assert not ROUTE.takes(host)


def test_any_other_host_is_refused_with_a_way_out() -> None:
    with pytest.raises(CallRefused, match=r"allow=\['lead\.pro'\] lets it through"):
        ROUTE.takes("lead.pro")


def test_a_word_that_says_nothing_about_other_hosts_is_refused() -> None:
    with pytest.raises(ValueError, match="did you mean refuse"):
        Route(frozenset(), "127.0.0.1", 1, "sandbox_mine", "refused")


@pytest.mark.parametrize(
    ("name", "sent", "told"),
    [
        ("Authorization", "Bearer live", "Bearer sandbox_mine"),
        ("x-api-key", "live", "sandbox_mine"),
        ("X-Api-Key", b"live", "sandbox_mine"),
        ("Authorization", "Bearer sandbox_other", "Bearer sandbox_other"),
        ("x-api-key", "invalid-key", "invalid-key"),
        ("x-api-key", "", ""),
        ("accept", "live", "live"),
    ],
)
def test_a_credential_that_may_be_real_is_replaced(name: str, sent: object, told: object) -> None:
    assert ROUTE.credential(name, sent) == told
