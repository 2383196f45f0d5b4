"""Are variables left out that describe another service, and no others?"""

import pytest

from mock_server.service_links import without_service_links
from mock_server.settings import SettingError, Settings, load

KUBERNETES = {
    "MOCK_SERVER_SERVICE_HOST": "10.96.12.7",
    "MOCK_SERVER_SERVICE_PORT": "8080",
    "MOCK_SERVER_SERVICE_PORT_HTTP": "8080",
    "MOCK_SERVER_SERVICE_PORT_HTTP_ADMIN": "8081",
    "MOCK_SERVER_PORT": "tcp://10.96.12.7:8080",
    "MOCK_SERVER_PORT_8080_TCP": "tcp://10.96.12.7:8080",
    "MOCK_SERVER_PORT_8080_TCP_PROTO": "tcp",
    "MOCK_SERVER_PORT_8080_TCP_PORT": "8080",
    "MOCK_SERVER_PORT_8080_TCP_ADDR": "10.96.12.7",
    "MOCK_SERVER_PORT_53_UDP": "udp://10.96.12.7:53",
    "MOCK_SERVER_PORT_53_UDP_PROTO": "udp",
    "MOCK_SERVER_PORT_9_SCTP": "sctp://10.96.12.7:9",
}
DOCKER = {
    "MOCK_SERVER_NAME": "/web/mock-server",
    "MOCK_SERVER_PORT": "tcp://[fd00::2]:8080",
    "MOCK_SERVER_PORT_8080_TCP_START": "tcp://172.17.0.2:8080",
    "MOCK_SERVER_PORT_8080_TCP_END": "tcp://172.17.0.2:8090",
    "MOCK_SERVER_PORT_8080_TCP_PORT_START": "8080",
    "MOCK_SERVER_ENV_PATH": "/bin",
    "MOCK_SERVER_ENV_GREETING": "one\ntwo",
}


def longer(variables: dict[str, str]) -> dict[str, str]:
    """Name the service `mock-server-db-1`, whose variables begin like those of `mock-server`."""
    return {name.replace("SERVER_", "SERVER_DB_1_"): text for name, text in variables.items()}


@pytest.mark.parametrize(
    "links",
    [KUBERNETES, DOCKER, longer(KUBERNETES), longer(DOCKER)],
    ids=["kubernetes", "docker", "a longer name in kubernetes", "a longer name in docker"],
)
def test_what_describes_another_service_is_left_out(links: dict[str, str]) -> None:
    ours = {"MOCK_SERVER_SEED": "7", "PATH": "/bin"}
    assert without_service_links({**links, **ours}, "MOCK_SERVER_") == ours
    assert load({**links, **ours}) == Settings(seed=7)


@pytest.mark.parametrize(
    ("variable", "text", "meant"),
    [
        ("MOCK_SERVER_PROT", "9000", "MOCK_SERVER_PORT"),
        ("MOCK_SERVER_HSOT", "localhost", "MOCK_SERVER_HOST"),
        ("MOCK_SERVER_PORTS", "tcp://10.96.12.7:8080", "MOCK_SERVER_PORT"),
        ("MOCK_SERVER_LEAD", "5", "MOCK_SERVER_LEADS"),
    ],
)
def test_a_misspelt_setting_is_still_refused(variable: str, text: str, meant: str) -> None:
    with pytest.raises(SettingError, match=f"did you mean {meant}"):
        load({**KUBERNETES, variable: text})


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("MOCK_SERVER_PORT", "tcp:8080"),
        ("MOCK_SERVER_PORT", "8O80"),
        ("MOCK_SERVER_DB_PORT", "5432"),
        ("MOCK_SERVER_NAME", "me"),
        ("MOCK_SERVER_SERVICE_PORT", "http"),
    ],
)
def test_a_value_of_another_form_is_no_service_link(variable: str, text: str) -> None:
    with pytest.raises(SettingError, match=variable):
        load({variable: text})


def test_a_port_that_is_given_wins_over_a_service_link() -> None:
    assert load(KUBERNETES, port=9000).port == 9000
