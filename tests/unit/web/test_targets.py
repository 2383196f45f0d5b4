"""Is a webhook only sent where its user wants it, and does a refusal say what would allow it?"""

from collections.abc import Callable
from ipaddress import ip_address

import pytest

from mock_server.web.targets import Blocked, Targets, look_up


def knowing(*addresses: str) -> Callable[[str], list[str]]:
    """Return a look-up that finds these addresses for every name."""
    return lambda _: [*addresses]


def never(name: str) -> list[str]:
    """Fail where a name is looked up that should not be."""
    raise AssertionError(name)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:3000",
        "[::1]:3000",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.0.9",
        "[fd12::7]",
        "[::ffff:10.0.0.1]",
    ],
)
def test_private_means_this_machine_and_private_networks(host: str) -> None:
    assert len(Targets("private", never).addresses(f"http://{host}/hooks")) == 1


@pytest.mark.parametrize(
    "host",
    ["8.8.8.8", "172.32.0.1", "100.64.0.1", "[2001:db8::1]", "[::ffff:8.8.8.8]"],
)
def test_private_means_nothing_else(host: str) -> None:
    with pytest.raises(Blocked):
        Targets("private", never).addresses(f"http://{host}/")
    assert Targets("any", never).addresses(f"http://{host}/")


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200",
    ],
)
@pytest.mark.parametrize(
    "text", ["private", "any", "*.corp, metadata", "0.0.0.0/0, ::/0", "fc00::/7, 169.0.0.0/8"]
)
def test_where_clouds_keep_credentials_only_a_listed_address_leads(text: str, address: str) -> None:
    for name in ("metadata", "hooks.corp"):
        with pytest.raises(Blocked):
            Targets(text, knowing(address)).addresses(f"http://{name}/")
    listed = "169.254.0.0/16, fe80::/10, fd00:ec2::254, fd20:ce::/64, 100.100.100.200"
    assert Targets(listed, knowing(address)).addresses("http://metadata/")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("hooks.dev", "hooks.dev"),
        ("hooks.dev", "HOOKS.dev."),
        ("*.hooks.dev", "a.b.hooks.dev"),
        ("private, [2001:db8::1]", "[2001:db8::1]"),
        ("8.8.8.8/24", "8.8.8.1"),
        (" Any ", "8.8.8.8"),
    ],
)
def test_names_addresses_and_blocks_can_be_listed(text: str, host: str) -> None:
    assert Targets(text, knowing("8.8.8.8")).addresses(f"https://{host}/in")


@pytest.mark.parametrize("host", ["hooks.dev", "badhooks.dev", "hooks.dev.evil.io"])
def test_a_star_means_the_names_below(host: str) -> None:
    with pytest.raises(Blocked):
        Targets("*.hooks.dev", knowing("8.8.8.8")).addresses(f"https://{host}/in")


def test_every_address_of_a_name_has_to_be_allowed() -> None:
    targets = Targets("private", knowing("10.0.0.1", "8.8.8.8"))
    with pytest.raises(Blocked, match=r"^webhooks may not go to both\.lan \(8\.8\.8\.8\)"):
        targets.addresses("http://both.lan/")


def test_the_addresses_of_a_name_come_in_order_and_once() -> None:
    found = Targets("private", knowing("::1", "127.0.0.1", "::1")).addresses("http://here.lan/")
    assert found == [ip_address("::1"), ip_address("127.0.0.1")]


@pytest.mark.parametrize(
    "host",
    ["example.com", "shop.example.net", "EXAMPLE.ORG.", "a.example", "b.invalid"],
)
@pytest.mark.parametrize("text", ["private", "any"])
def test_a_name_that_is_nobodys_is_never_looked_up(text: str, host: str) -> None:
    with pytest.raises(Blocked, match="reserved for documents and tests, and"):
        Targets(text, never).addresses(f"https://{host}/hooks")


def test_a_name_that_only_sounds_like_nobodys_is_somebodys() -> None:
    assert Targets("any", knowing("8.8.8.8")).addresses("https://notexample.com/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:3000/hooks",
        "ftp://localhost/",
        "file:///etc/hosts",
        "http:///hooks",
        "http://[::1/",
        "http://localhost:99999/",
        "http://localhost:0/",
        "http://localhost:x/",
        "http://me:secret@localhost/",
        "http://localhost\\@8.8.8.8/",
        "http://zoë.lan/",
        "http://a..b/",
        "http://a b/",
    ],
)
def test_what_is_no_url_of_a_webhook_is_blocked(url: str) -> None:
    with pytest.raises(Blocked) as why:
        Targets("any", never).addresses(url)
    assert "secret" not in str(why.value)


@pytest.mark.parametrize("text", ["private", "*.test"])
def test_a_project_of_a_local_web_server_is_called_by_its_name_under_test(text: str) -> None:
    assert Targets(text, knowing("127.0.0.1")).addresses("http://agency.test:3000/hook")
    if text == "private":
        with pytest.raises(Blocked, match=r'to "private,agency\.test"'):
            Targets(text, knowing("8.8.8.8")).addresses("http://agency.test/")


@pytest.mark.parametrize("host", ["localhost", "LocalHost.", "crm.localhost", "a.b.localhost:99"])
def test_every_name_under_localhost_is_this_machine_and_never_looked_up(host: str) -> None:
    found = Targets("private", never).addresses(f"http://{host}/")
    assert found == [ip_address("::1"), ip_address("127.0.0.1")]
    with pytest.raises(Blocked):
        Targets("10.0.0.0/8", never).addresses(f"http://{host}/")


NOWHERE = [
    "0.0.0.0",  # noqa: S104 - called, not bound
    "0.1.2.3",
    "[::]",
    "[::ffff:0.0.0.0]",
    "[64:ff9b::0.0.0.0]",
    "224.0.0.1",
    "[ff02::1]",
    "[2002:e000:1::]",
    "255.255.255.255",
]


@pytest.mark.parametrize("text", ["private", "any", "0.0.0.0, ::, 224.0.0.0/4, ff00::/8"])
@pytest.mark.parametrize("host", NOWHERE)
def test_where_no_machine_can_listen_nothing_is_sent(host: str, text: str) -> None:
    with pytest.raises(Blocked, match=r"for this machine write 127\.0\.0\.1 or \[::1\]"):
        Targets(text, never).addresses(f"http://{host}/")


@pytest.mark.parametrize("host", ["[64:ff9b::8.8.8.8]", "[2002:808:808::1]", "[::8.8.8.8]"])
def test_an_address_that_packs_another_is_judged_as_that_one(host: str) -> None:
    with pytest.raises(Blocked, match=r'"10\.0\.0\.0/8,8\.8\.8\.8"'):
        Targets("10.0.0.0/8", never).addresses(f"http://{host}/")
    assert Targets("8.8.8.8", never).addresses(f"http://{host}/")
    assert Targets("any", never).addresses(f"http://{host}/")


def test_an_address_that_packs_another_may_be_listed_itself() -> None:
    listed = Targets("64:ff9b::/96", never)
    assert listed.addresses("http://[64:ff9b::808:808]/")
    with pytest.raises(Blocked):
        listed.addresses("http://[64:ff9b::a9fe:a9fe]/")


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "0x7f000001", "017700000001", "127.0.1"],
)
def test_an_address_in_disguise_is_looked_up_and_checked(host: str) -> None:
    assert look_up(host) == ["127.0.0.1"]
    with pytest.raises(Blocked):
        Targets("10.0.0.0/8").addresses(f"http://{host}/")


def test_a_refusal_says_what_would_allow_the_target() -> None:
    with pytest.raises(Blocked) as why:
        Targets("private", knowing("8.8.8.8")).addresses("https://hooks.dev/in")
    assert str(why.value) == (
        "webhooks may not go to hooks.dev (8.8.8.8): to allow it,"
        ' set MOCK_SERVER_WEBHOOK_TARGETS or --webhook-targets to "private,hooks.dev"'
    )
    assert Targets("private,hooks.dev", knowing("8.8.8.8")).addresses("https://hooks.dev/in")


@pytest.mark.parametrize("text", ["private", "private,shop.dev"])
def test_what_a_refusal_advises_works(text: str) -> None:
    with pytest.raises(Blocked) as why:
        Targets(text, knowing("169.254.1.1")).addresses("http://shop.dev/")
    advised = str(why.value).split('"')[1]
    assert Targets(advised, knowing("169.254.1.1")).addresses("http://shop.dev/")


def test_a_name_without_an_address_is_not_blocked() -> None:
    def fail(_: str) -> list[str]:
        raise OSError("nobody is there")

    with pytest.raises(OSError, match="nobody is there"):
        Targets("private", fail).addresses("http://nobody.lan/")


@pytest.mark.parametrize(
    "part", ["", "10.0.0.0/33", "localhost:80", "http://localhost", "*", "127.1", "a b", "*.1"]
)
def test_a_part_that_means_nothing_is_refused_by_name(part: str) -> None:
    with pytest.raises(ValueError, match="is no target for webhooks: list private, any") as why:
        Targets(f"private,{part}")
    assert str(why.value).startswith(repr(part))
