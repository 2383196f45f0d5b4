"""Is every call logged once, with how it went and without what must stay secret?"""

import logging

import pytest
from flask import Flask

from mock_server.web import access_log
from tests.unit.toy import KEY, Toy


@pytest.fixture
def app(toy: Toy, caplog: pytest.LogCaptureFixture) -> Flask:
    caplog.set_level(logging.INFO, logger="mock_server.access")
    app = toy.app()
    access_log.install(app, [toy.api])
    return app


def fields_of(line: logging.LogRecord) -> dict[str, object]:
    said: dict[str, object] = vars(line)["fields"]
    return said


def test_a_call_is_one_line(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    answer = app.test_client().get("/v1/pets/?name=Rex", headers=KEY)
    (line,) = caplog.records
    said = fields_of(line)
    shown = f"{said.pop('milliseconds'):.0f}"
    assert line.getMessage() == f"200 GET /v1/pets/?name=Rex {shown} ms world=toy"
    assert said == {
        "status": 200,
        "method": "GET",
        "path": "/v1/pets/",
        "query": "name=Rex",
        "bytes": len(answer.data),
        "world": "toy",
    }


@pytest.mark.parametrize(
    ("path", "headers", "ending"),
    [
        ("/v1/pets/nobody", KEY, "ms world=toy: no pet has the id 'nobody'"),
        ("/v1/pets/?limit=x", KEY, "ms world=toy: limit must be an integer, not string"),
        ("/v1/pets/", {}, "ms: no key"),
        ("/v1/nothing", KEY, "ms world=toy: there is no GET /v1/nothing; /openapi/toy"),
        ("/v1/pets/", {**KEY, "Host": "evil.com"}, "ms world=toy: this server does not answer to"),
        ("/v1//pets", KEY, "ms world=toy: there is no /v1//pets: it has two slashes in a row; "),
    ],
)
def test_a_refused_call_is_logged_with_its_reason(
    app: Flask, caplog: pytest.LogCaptureFixture, path: str, headers: dict[str, str], ending: str
) -> None:
    answer = app.test_client().get(path, headers=headers)
    (line,) = caplog.records
    assert line.getMessage().startswith(f"{answer.status_code} GET {path} ")
    assert ending in line.getMessage()
    assert fields_of(line)["reason"]


def test_a_call_outside_every_api_has_no_world(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.test_client().get("/", headers=KEY)
    assert caplog.records[0].getMessage().endswith(" ms")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/v1/pets/%0aFORGED%20LINE", r"/v1/pets/\nFORGED LINE "),
        ("/v1/pets/%0d%0a200", r"/v1/pets/\r\n200 "),
        ("/v1/pets/%1b%5B31mRED", r"/v1/pets/\x1b[31mRED "),
        ("/v1/pets/%E2%80%AEder", r"/v1/pets/\u202eder "),
        ("/v1/pets/zo%C3%AB", "/v1/pets/zoë "),
    ],
)
def test_what_does_not_print_is_escaped(
    app: Flask, caplog: pytest.LogCaptureFixture, path: str, shown: str
) -> None:
    app.test_client().get(path, headers=KEY)
    (line,) = caplog.records
    assert line.getMessage().startswith(f"404 GET {shown}")
    assert line.getMessage().isprintable()


def test_a_long_address_is_cut(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.test_client().get(f"/v1/pets/{'x' * 9_000}?name={'y' * 9_000}", headers=KEY)
    assert len(caplog.records[0].getMessage()) < 2_000


def test_no_credential_and_no_body_is_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    headers = {**KEY, "Authorization": "Bearer hush-hush", "Cookie": "hush-hush"}
    app.test_client().post("/v1/pets/", json={"name": "hush-hush"}, headers=headers)
    said = " ".join(f"{vars(each)}" for each in caplog.records)
    assert said
    assert "hush-hush" not in said
    assert KEY["x-key"] not in said


def test_nothing_is_written_where_nobody_listens(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, logger="mock_server.access")
    assert app.test_client().get("/v1/pets/", headers=KEY).status_code == 200
    assert caplog.records == []
