"""Is Flask still Flask without its sessions, its hosts and its links?"""

import pytest
from flask import request, session

from mock_server.web.application import Application


@pytest.fixture
def app() -> Application:
    made = Application("toy")

    @made.get("/pets/<name>")
    def pet(name: str) -> str:
        return f"{name} of {request.host}, session {dict(session)}"

    return made


def test_a_path_is_found_at_whatever_host(app: Application) -> None:
    for host in ("127.0.0.1:8080", "sandbox.example.com"):
        answer = app.test_client().get("/pets/zoë", headers={"Host": host})
        assert answer.text == f"zoë of {host}, session {{}}"


def test_nobody_gets_a_cookie(app: Application) -> None:
    answer = app.test_client().get("/pets/rex", headers={"Cookie": "session=made-up"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_nothing_is_answered_that_was_not_registered(app: Application) -> None:
    client = app.test_client()
    assert client.get("/static/app.js").status_code == 404
    assert client.get("//pets//rex").status_code == 404
    assert client.options("/pets/rex").status_code == 405
    assert {*client.post("/pets/rex").headers["Allow"].split(", ")} == {"GET", "HEAD"}


def test_a_function_is_called_as_it_is(app: Application) -> None:
    assert app.ensure_sync(print) is print


def test_outside_a_request_no_rule_is_found(app: Application) -> None:
    with app.app_context():
        assert app.create_url_adapter(None) is None
