"""Does the server answer to every name that is its own, and to none that a stranger could own?"""

import pytest

from mock_server.web.hosts import Hosts

LOCAL = [
    "127.0.0.1",
    "127.0.0.1:8080",
    "192.168.1.7:8080",
    "[::1]",
    "[::1]:8080",
    "[fe80::1%25eth0]:80",
    "localhost",
    "LOCALHOST:8080",
    "localhost.",
    "mock-server",
    "mock_server:8080",
    "api.localhost",
    "laptop.local:8080",
    "host.docker.internal:8080",
    "propexo.test",
    "mock.default.svc.cluster.local",
    "sandbox.example.net",
]
FOREIGN = [
    "evil.example",
    "evil.com:8080",
    "evil.com.",
    "localhost.evil.com",
    "127.0.0.1.evil.com",
    "evil-test.com",
    "notlocal.example.dev",
    "api.propexo.com.evil.com",
    "127.0.0.1:port",
    "127.0.0.1:0",
    "me@localhost",
    "localhost/a",
    "localhost evil.com",
    "[::1",
    ":8080",
    "127.1",
    "évil",
    "a\N{FULLWIDTH FULL STOP}b",
]


@pytest.mark.parametrize("host", LOCAL)
def test_a_local_name_is_let_in(host: str) -> None:
    hosts = Hosts(frozenset())
    assert hosts.let_in(host)
    assert hosts.let_in(host)


@pytest.mark.parametrize("host", FOREIGN)
def test_a_name_that_somebody_else_could_own_is_not(host: str) -> None:
    hosts = Hosts(frozenset(), own=["api.propexo.com"])
    assert not hosts.let_in(host)
    assert not hosts.let_in(host)


def test_the_servers_own_names_are_let_in() -> None:
    hosts = Hosts(frozenset(), own=["api.propexo.com"])
    assert hosts.let_in("api.propexo.com:8080")
    assert not hosts.let_in("www.propexo.com")


@pytest.mark.parametrize(
    ("allowed", "host", "is_let_in"),
    [
        ("shop.dev", "shop.dev:80", True),
        ("shop.dev", "www.shop.dev", False),
        (".shop.dev", "www.shop.dev", True),
        (".shop.dev", "shop.dev", True),
        (".shop.dev", "myshop.dev", False),
        ("any", "evil.com", True),
    ],
)
def test_names_can_be_allowed(allowed: str, host: str, is_let_in: bool) -> None:  # noqa: FBT001
    assert Hosts(frozenset({allowed})).let_in(host) is is_let_in


def test_no_more_names_are_remembered_than_there_is_room_for() -> None:
    hosts = Hosts(frozenset())
    for number in range(1_000):
        assert hosts.let_in(f"host-{number}")
    assert len(hosts.known) < 1_000
