"""Are lists of origins and host names, and tokens, read as people write them?"""

import re

import pytest

from mock_server.setting_texts import host_names, origins, same_origin, token
from mock_server.settings import SettingError, Settings


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("loopback", {"loopback"}),
        ("any", {"any"}),
        ("none", set()),
        ("", set()),
        (
            "Loopback, HTTPS://App.example:443/,http://[::1]:3000",
            {"loopback", "https://app.example", "http://[::1]:3000"},
        ),
        ("null,capacitor://localhost", {"null", "capacitor://localhost"}),
    ],
)
def test_origins_are_listed_by_commas(text: str, listed: set[str]) -> None:
    assert origins(text) == listed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lopback", "did you mean loopback?"),
        ("app.example", "an origin is like http://localhost:3000"),
        ("http://app.example/page", "write it like http://localhost:3000"),
        ("http://app.example?a", "write it like"),
        ("http://me@app.example", "write it like"),
        ("http://", "write it like"),
        ("http://app.example:port", "write it like"),
        ("loopback,none", "'none' is no origin; did you mean"),
    ],
)
def test_what_is_no_origin_stops_the_start(text: str, why: str) -> None:
    with pytest.raises(SettingError, match=f"cors .* cannot be read: .*{re.escape(why)}"):
        Settings(cors=text)


def test_an_origin_is_written_as_browsers_do() -> None:
    assert same_origin("HTTP://Localhost:80") == "http://localhost"
    assert same_origin("https://localhost:80") == "https://localhost:80"
    assert same_origin("localhost:80") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("shop.dev, .Shop.dev ,*.other.dev", {"shop.dev", ".shop.dev", ".other.dev"}),
        ("any", {"any"}),
        ("shop.dev.", {"shop.dev"}),
        ("", set()),
    ],
)
def test_host_names_are_listed_by_commas(text: str, names: set[str]) -> None:
    assert host_names(text) == names


@pytest.mark.parametrize("text", ["http://shop.dev", "shop.dev:80", "shop.dev/in", "a b", "*", "é"])
def test_what_is_no_host_name_stops_the_start(text: str) -> None:
    with pytest.raises(SettingError, match=r"allowed_hosts .* without scheme, port and path"):
        Settings(allowed_hosts=text)


@pytest.mark.parametrize("text", ["", "a b", "é", "a\n", "a" * 201])
def test_a_token_that_no_header_can_carry_stops_the_start(text: str) -> None:
    with pytest.raises(SettingError, match="1 to 200 printable ASCII characters"):
        Settings(control_token=text)
    assert token("s3cr3t!") == "s3cr3t!"
