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
    access_log.install(app)
    return app


def test_a_call_is_one_line(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    answer = app.test_client().get("/v1/pets/?name=Rex", headers=KEY)
    (line,) = caplog.records
    assert line.getMessage() == "GET /v1/pets/"
    said = vars(line)
    assert (said["status"], said["query"], said["bytes"]) == (200, "name=Rex", len(answer.data))
    assert said["milliseconds"] >= 0


@pytest.mark.parametrize(("path", "status"), [("/v1/pets/nobody", 404), ("/v1/nothing", 404)])
def test_a_refused_call_is_logged_too(
    app: Flask, caplog: pytest.LogCaptureFixture, path: str, status: int
) -> None:
    app.test_client().get(path, headers=KEY)
    assert [vars(each)["status"] for each in caplog.records] == [status]


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
