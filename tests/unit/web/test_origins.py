"""May the right pages call, and does a browser learn so?"""

from typing import Any

import pytest

from mock_server.engine.refusals import Forbidden
from mock_server.setting_texts import origins
from mock_server.web.origins import Origins, is_preflight

OWN = {"HTTP_HOST": "localhost:8080"}


@pytest.mark.parametrize(
    ("setting", "origin", "may"),
    [
        ("loopback", "http://localhost:3000", True),
        ("loopback", "https://app.localhost", True),
        ("loopback", "http://127.0.0.2:5173", True),
        ("loopback", "http://[::1]:3000", True),
        ("loopback", "capacitor://localhost", True),
        ("loopback", "null", False),
        ("loopback", "http://localhost.evil.com", False),
        ("loopback", "http://192.168.0.7", False),
        ("loopback", "http://[::1", False),
        ("any", "https://evil.com", True),
        ("any", "null", True),
        ("none", "http://localhost:3000", False),
        ("null", "null", True),
        ("https://app.dev", "https://app.dev", True),
        ("https://app.dev", "http://app.dev", False),
        ("https://app.dev", "http://localhost:3000", False),
        ("loopback,https://app.dev", "http://localhost:3000", True),
    ],
)
def test_the_setting_says_whose_pages_may_read(
    setting: str,
    origin: str,
    may: bool,  # noqa: FBT001
) -> None:
    assert Origins(origins(setting)).may_read(origin) is may


@pytest.mark.parametrize(
    ("setting", "origin", "may"),
    [
        ("loopback", "http://localhost:3000", False),
        ("any", "http://localhost:3000", False),
        ("null", "null", False),
        ("any,http://localhost:3000", "http://localhost:3000", True),
    ],
)
def test_only_an_origin_that_is_named_may_control(
    setting: str,
    origin: str,
    may: bool,  # noqa: FBT001
) -> None:
    assert Origins(origins(setting)).may_control(origin) is may


def refuse_foreign(setting: str, method: str, **headers: str) -> None:
    environ = {**OWN, "REQUEST_METHOD": method}
    environ |= {f"HTTP_{name.upper()}": text for name, text in headers.items()}
    Origins(origins(setting)).refuse_foreign(environ)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),
        ("POST", {"origin": "http://localhost:8080"}),
        ("POST", {"origin": "http://localhost:8080", "sec_fetch_site": "same-origin"}),
        ("POST", {"origin": "http://localhost:8080", "sec_fetch_site": "same-site"}),
        ("POST", {"sec_fetch_site": "none"}),
        ("GET", {"origin": "https://evil.com", "sec_fetch_site": "cross-site"}),
        ("HEAD", {"sec_fetch_site": "cross-site"}),
        ("DELETE", {"origin": "https://app.dev", "sec_fetch_site": "cross-site"}),
    ],
)
def test_the_owner_may_control(method: str, headers: Any) -> None:
    refuse_foreign("https://app.dev", method, **headers)


@pytest.mark.parametrize("setting", ["loopback", "any", "null", "none"])
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {"origin": "https://evil.com"}),
        ("POST", {"origin": "null"}),
        ("POST", {"origin": ""}),
        ("PUT", {"origin": "http://localhost:3000", "sec_fetch_site": "same-site"}),
        ("PATCH", {"origin": "http://localhost:3000"}),
        ("DELETE", {"origin": "http://[", "sec_fetch_site": "same-origin"}),
        ("POST", {"sec_fetch_site": "cross-site"}),
        ("POST", {"sec_fetch_site": "same-site"}),
        ("POST", {"origin": "http://localhost:8080", "sec_fetch_site": "Cross-Site"}),
        ("OPTIONS", {"origin": "https://evil.com"}),
    ],
)
def test_a_page_of_another_site_may_not(method: str, headers: Any, setting: str) -> None:
    with pytest.raises(Forbidden, match="--cors"):
        refuse_foreign(setting, method, **headers)


def test_a_default_port_makes_no_other_origin() -> None:
    environ = {"HTTP_HOST": "sandbox.test:443", "HTTP_ORIGIN": "https://sandbox.test"}
    Origins(frozenset()).refuse_foreign({**environ, "REQUEST_METHOD": "POST"})


def test_a_page_learns_which_headers_it_may_read() -> None:
    found = Origins(origins("loopback"), ["x-ratelimit-limit"])
    told = found.grants("http://localhost:3000", ["Content-Type", "X-Mock-World"])
    assert told == {
        "Access-Control-Allow-Origin": "http://localhost:3000",
        "Access-Control-Expose-Headers": "x-ratelimit-limit, x-mock-world",
    }
    assert Origins(origins("any")).grants("null", [])["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("method", "headers", "is_one"),
    [
        ("OPTIONS", {"HTTP_ORIGIN": "a", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}, True),
        ("OPTIONS", {"HTTP_ORIGIN": "a"}, False),
        ("OPTIONS", {"HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}, False),
        ("POST", {"HTTP_ORIGIN": "a", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "POST"}, False),
    ],
)
def test_a_preflight_is_told_from_other_calls(
    method: str,
    headers: Any,
    is_one: bool,  # noqa: FBT001
) -> None:
    assert is_preflight({"REQUEST_METHOD": method, **headers}) is is_one
