"""Is every address that a message may reach found, however it is packed or spelt?"""

from ipaddress import ip_address, ip_network

import pytest

from mock_server.web.addresses import (
    is_credentials,
    is_inside_credentials,
    is_no_machine,
    plain,
    readings,
)


@pytest.mark.parametrize(
    "address", ["::ffff:10.0.0.1", "::10.0.0.1", "::ffff:0:10.0.0.1", "10.0.0.1", "::ffff:a00:1"]
)
def test_another_spelling_of_an_address_is_that_address(address: str) -> None:
    assert plain(ip_address(address)) == ip_address("10.0.0.1")
    assert readings(ip_address(address)) == [ip_address("10.0.0.1")]


@pytest.mark.parametrize("address", ["::", "::1", "fd12::7", "2001:db8::a00:1", "64:ff9b::a00:1"])
def test_an_address_of_its_own_is_no_spelling(address: str) -> None:
    assert plain(ip_address(address)) == ip_address(address)


@pytest.mark.parametrize(
    ("address", "packed"),
    [
        ("64:ff9b::a9fe:a9fe", ["169.254.169.254"]),
        ("2002:a9fe:a9fe::1", ["169.254.169.254"]),
        ("2001:0:102:304::5601:5601", ["1.2.3.4", "169.254.169.254"]),
        ("fd12::5efe:a9fe:a9fe", ["169.254.169.254"]),
        ("2001:db8::200:5efe:808:808", ["8.8.8.8"]),
        ("64:ff9b:1::a9fe:a9fe", ["169.254.169.254"]),
        ("fd12::7", ["fd12::7"]),
    ],
)
def test_an_address_that_packs_others_reaches_those(address: str, packed: list[str]) -> None:
    assert readings(ip_address(address)) == [ip_address(each) for each in packed]


@pytest.mark.parametrize(
    "address", ["64:ff9b:1:102:3:400::", "64:ff9b:1:1:2:304::", "64:ff9b:1:0:1:203:400:0"]
)
def test_a_local_gateway_may_have_a_prefix_of_any_length(address: str) -> None:
    assert ip_address("1.2.3.4") in readings(ip_address(address))


@pytest.mark.parametrize("address", ["169.254.170.2", "fd20:ce::254", "fd00:ec2::23", "fe80::1"])
def test_a_cloud_gives_away_credentials_at_known_addresses(address: str) -> None:
    assert is_credentials(ip_address(address))
    assert not is_credentials(ip_address("fd12::7"))


@pytest.mark.parametrize(("block", "is_inside"), [("169.254.0.0/16", True), ("::/0", False)])
def test_a_wide_block_does_not_mean_the_credentials_in_it(block: str, is_inside: object) -> None:
    assert is_inside_credentials(ip_network(block)) is is_inside


@pytest.mark.parametrize("address", ["0.0.0.1", "::", "239.1.1.1", "ff02::1", "255.255.255.255"])
def test_nobody_can_listen_at_an_address_of_no_machine(address: str) -> None:
    assert is_no_machine(ip_address(address))
    assert not is_no_machine(ip_address("127.0.0.1"))
