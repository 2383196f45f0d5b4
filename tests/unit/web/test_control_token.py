"""Is the token demanded where other machines can call, and kept apart from the world's name?"""

from typing import Any

import pytest

from mock_server.engine.refusals import NoCredential, Unauthenticated
from mock_server.settings import Settings
from mock_server.web.control_token import demand, guarded

TOKEN = "t0ken"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1"])
def test_on_loopback_nobody_needs_a_token(address: str) -> None:
    settings, exposure = guarded(Settings(), address)
    assert (settings, exposure.warning()) == (Settings(), [])


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.7", "fe80::1%eth0"])  # noqa: S104
def test_elsewhere_one_is_made_that_nobody_can_guess_and_told(address: str) -> None:
    made = [guarded(Settings(), address) for _ in range(2)]
    tokens = [settings.control_token for settings, _ in made]
    assert tokens[0] != tokens[1]
    assert all(len(str(each)) == 32 for each in tokens)
    assert [f"  x-mock-control-token: {each}" for each in tokens] == [
        exposure.warning()[2] for _, exposure in made
    ]


def test_a_token_that_is_set_stays_and_is_not_told() -> None:
    settings, exposure = guarded(Settings(control_token=TOKEN), "0.0.0.0")  # noqa: S104
    assert settings.control_token == TOKEN
    assert "Other machines can reach this server" in exposure.warning()[0]
    assert TOKEN not in " ".join(exposure.warning())


def test_the_token_comes_in_a_header_of_its_own() -> None:
    environ: Any = {"HTTP_X_MOCK_CONTROL_TOKEN": TOKEN, "HTTP_AUTHORIZATION": "Bearer sandbox_me"}
    before = dict(environ)
    demand(TOKEN, environ)
    assert environ == before


@pytest.mark.parametrize("header", ["Bearer t0ken", "bearer  t0ken "])
def test_or_as_the_bearer_which_then_names_no_world(header: str) -> None:
    environ: Any = {"HTTP_AUTHORIZATION": header, "HTTP_X_API_KEY": "sandbox_me"}
    demand(TOKEN, environ)
    assert "HTTP_AUTHORIZATION" not in environ
    assert environ["HTTP_X_API_KEY"] == "sandbox_me"


def test_a_call_that_is_made_again_needs_no_second_token() -> None:
    environ: Any = {"HTTP_AUTHORIZATION": "Bearer t0ken"}
    demand(TOKEN, environ)
    demand(TOKEN, environ)


@pytest.mark.parametrize("environ", [{}, {"HTTP_X_API_KEY": TOKEN}, {"HTTP_AUTHORIZATION": "a"}])
def test_without_it_the_caller_is_told_how_to_send_it(environ: Any) -> None:
    with pytest.raises(NoCredential, match="x-mock-control-token: <token>"):
        demand(TOKEN, environ)


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_X_MOCK_CONTROL_TOKEN": "t0ke"},
        {"HTTP_X_MOCK_CONTROL_TOKEN": ""},
        {"HTTP_X_MOCK_CONTROL_TOKEN": "tökén"},
        {"HTTP_X_MOCK_CONTROL_TOKEN": "no", "HTTP_AUTHORIZATION": "Bearer t0ken"},
        {"HTTP_AUTHORIZATION": "Bearer sandbox_me"},
    ],
)
def test_another_one_is_refused(environ: Any) -> None:
    with pytest.raises(Unauthenticated, match="not the token of the control API"):
        demand(TOKEN, environ)
