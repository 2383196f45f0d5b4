"""Are the parts put together as the settings say?"""

import gc
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from weakref import finalize

import pytest
from flask import Flask

import mock_server
from mock_server.app import create_app, every_api
from mock_server.settings import SettingError, Settings

PROPEXO = {"Authorization": "Bearer sandbox_app"}
LEADPRO = {"x-api-key": "sandbox_app"}


def app_of(**given: Any) -> Flask:
    settings = {"leads": 3, "access_log": False, **given}
    return create_app(**settings, machine=lambda: datetime(2026, 3, 1, 9, tzinfo=UTC))


@pytest.fixture(scope="module")
def app() -> Flask:
    return app_of()


def test_both_apis_answer_from_one_application(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/v1/leads/", headers=PROPEXO).status_code == 200
    assert client.get("/api/v103/offices", headers=LEADPRO).status_code == 200


def test_each_api_refuses_in_its_own_shape(app: Flask) -> None:
    client = app.test_client()
    assert list(client.get("/v1/nothing").json) == ["error"]
    assert list(client.get("/api/v103/nothing").json) == ["statusCode", "message", "error"]


def test_the_whole_of_one_credential_is_one_world_in_both_apis(app: Flask) -> None:
    client = app.test_client()
    body = {"first_name": "Jo", "last_name": "Hill", "email": "jo@example.com"}
    lead = {**body, "phone": "07700900123", "type": "sale"}
    made = client.post("/api/v103/leads", json=lead, headers=LEADPRO)
    assert made.status_code == 200
    reset = client.post("/__admin/reset", headers=PROPEXO)
    assert reset.json == {"reset": ["app"]}
    assert client.get(f"/api/v103/leads/{made.json['id']}", headers=LEADPRO).status_code == 404


def test_an_application_that_nobody_holds_any_more_is_gone_with_all_its_worlds() -> None:
    # The collector is to walk through this application, not through all that earlier tests left.
    gc.freeze()
    app = app_of()
    body = {"first_name": "Jo", "last_name": "Hill", "email": "jo@example.com", "type": "sale"}
    lead = {**body, "phone": "07700900123"}
    # A world that has been written to has its scheduled syncs waited for.
    assert app.test_client().post("/api/v103/leads", json=lead, headers=LEADPRO).status_code == 200
    gone = threading.Event()
    finalize(app.extensions["mock_server"], gone.set)
    del app
    for _ in range(50):
        gc.collect()
        if gone.wait(0.1):
            return
    pytest.fail("somebody still holds its worlds")


def test_making_an_application_leaves_the_callers_garbage_to_the_collector() -> None:
    frozen = gc.get_freeze_count()
    app_of()
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, frozen)


def test_a_world_without_a_proper_name_is_an_error_in_each_apis_own_shape(app: Flask) -> None:
    client = app.test_client()
    keys = {"Authorization": "Bearer sandbox_feat/a", "x-api-key": "sandbox_feat/a"}
    why = "the name of a world, after sandbox_, has 1 to 64 letters, digits, - and _"
    vendors = [client.get(each, headers=keys) for each in ("/v1/leads/", "/api/v103/offices")]
    reset = client.post("/__admin/reset", headers=keys)
    assert [each.status_code for each in (*vendors, reset)] == [401, 401, 401]
    assert vendors[0].json["error"]["message"] == vendors[1].json["message"] == why
    assert reset.json == {"error": why}


def test_options_is_a_wrong_method_like_any_other(app: Flask) -> None:
    answer = app.test_client().options("/v1/leads/", headers=PROPEXO)
    assert (answer.status_code, answer.content_type) == (405, "application/json")
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_every_api_has_a_root_and_a_contract_of_its_name() -> None:
    for api in every_api():
        assert api.roots
        assert api.catalogue.name == api.name


def test_settings_may_be_given_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCK_SERVER_MAX_BODY_BYTES", "7")
    whole = create_app(Settings(leads=0, access_log=False))
    assert whole.config["MAX_CONTENT_LENGTH"] == 1_048_576
    assert app_of(leads=0).config["MAX_CONTENT_LENGTH"] == 7


def test_an_unknown_setting_is_refused_before_anything_is_made() -> None:
    with pytest.raises(SettingError, match="did you mean leads"):
        create_app(lead=3)


def test_the_same_seed_is_the_same_world_and_another_is_not() -> None:
    texts = [
        app_of(seed=seed).test_client().get("/v1/leads/", headers=PROPEXO).text
        for seed in (1, 1, 2)
    ]
    assert texts[0] == texts[1] != texts[2]


def close(app: Flask) -> None:
    app.extensions["mock_server"].close()


def test_a_file_survives_a_restart_and_refuses_another_seed(tmp_path: Path) -> None:
    path = str(tmp_path / "sandbox.sqlite")
    lead = {"first_name": "Jo", "last_name": "Hill", "email": "jo@example.com"}
    sent = {"json": {**lead, "phone": "07700900123", "type": "sale"}, "headers": LEADPRO}
    first = app_of(db=path)
    made = first.test_client().post("/api/v103/leads", **sent).json
    close(first)
    with pytest.raises(ValueError, match="this database was seeded with seed"):
        app_of(db=path, seed=9)
    again = app_of(db=path)
    found = again.test_client().get(f"/api/v103/leads/{made['id']}", headers=LEADPRO)
    close(again)
    assert found.json == made


def test_two_applications_do_not_share_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "sandbox.sqlite")
    first = app_of(db=path, leads=0)
    with pytest.raises(ValueError, match="in use by another mock-server"):
        app_of(db=path, leads=0)
    close(first)


def time_in(app: Flask) -> str:
    return app.test_client().get("/__admin/clock", headers=PROPEXO).json["now"]


def test_time_begins_at_an_instant_and_goes_on_from_there_after_a_restart(tmp_path: Path) -> None:
    told: list[str] = []
    given = {"db": str(tmp_path / "sandbox.sqlite"), "leads": 0, "access_log": False}
    for minute in (0, 17):
        now = datetime(2026, 3, 1, 9, minute, tzinfo=UTC)
        app = create_app(**given, start_at="2025-01-01T12:00:00Z", machine=lambda at=now: at)
        told.append(time_in(app))
        app.test_client().post("/__admin/clock/advance", json={"by": "1h"}, headers=PROPEXO)
        told.append(time_in(app))
        close(app)
    assert [each[11:16] for each in told] == ["12:00", "13:00", "13:17", "14:17"]
    assert {each[:10] for each in told} == {"2025-01-01"}


def test_a_file_whose_time_began_elsewhere_is_refused_but_not_the_same_instant_in_other_words(
    tmp_path: Path,
) -> None:
    given = {"db": str(tmp_path / "sandbox.sqlite"), "leads": 0}
    close(app_of(**given, start_at="2025-01-01T12:00:00Z"))
    close(app_of(**given, start_at="2025-01-01T14:00:00+02:00"))
    with pytest.raises(ValueError, match=r"start_at '2025-01-01T12:00:00.000Z', not None"):
        app_of(**given)


def test_the_access_log_is_a_setting(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="mock_server")
    for is_on in (False, True):
        caplog.clear()
        app_of(access_log=is_on, leads=0).test_client().get("/__admin/health")
        assert len(caplog.records) == is_on


def test_the_collector_runs_again_once_the_world_is_made() -> None:
    assert gc.isenabled()
    app_of(leads=0)
    assert gc.isenabled()


def test_the_package_gives_its_public_names_and_no_others() -> None:
    assert mock_server.create_app is create_app
    assert mock_server.Settings is Settings
    assert all(hasattr(mock_server, name) for name in mock_server.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'creat_app'"):
        _ = mock_server.creat_app
