"""Is a setting what was given, else the environment's, else its default, and is a mistake named?"""

from pathlib import Path
from typing import Any

import pytest

from mock_server import settings
from mock_server.setting_texts import listed_urls
from mock_server.settings import SettingError, Settings, load

EVERY = [
    ("host", "0.0.0.1", "0.0.0.1"),
    ("port", "9000", 9000),
    ("seed", "-7", -7),
    ("leads", "0", 0),
    ("db", "a.sqlite", "a.sqlite"),
    ("cache", "no", False),
    ("strict", "true", True),
    ("min_evidence", "documented", "documented"),
    ("write_seconds", "0.5", 0.5),
    ("read_back", "never", "never"),
    ("appointment_slots", "any", "any"),
    ("sync_seconds", "0", 0.0),
    ("scheduled_syncs", "no", False),
    ("webhook_targets", "any", "any"),
    ("webhook_seconds", "2.5", 2.5),
    ("leadpro_webhooks", "http://127.0.0.1:9/", "http://127.0.0.1:9/"),
    ("keep_deliveries", "7", 7),
    ("keep_jobs", "8", 8),
    ("keep_calls", "0", 0),
    ("keep_calls_bytes", "5000", 5000),
    ("keep_body_bytes", "0", 0),
    ("keep_worlds", "9", 9),
    ("start_at", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z"),
    ("scenario", "empty", "empty"),
    ("scenario_folder", "scenarios", "scenarios"),
    ("rate_limit", "9", 9),
    ("max_body_bytes", "10", 10),
    ("request_seconds", "0.5", 0.5),
    ("cors", "any", "any"),
    ("allowed_hosts", "shop.dev", "shop.dev"),
    ("trust_proxy", "1", 1),
    ("control_token", "s3cret", "s3cret"),
    ("access_log", "off", False),
    ("json_logs", "YES", True),
]


def test_without_anything_said_the_defaults_hold() -> None:
    assert load({}) == Settings()
    assert (Settings().host, Settings().port) == ("127.0.0.1", 8080)


def test_every_setting_is_tried_below() -> None:
    assert [name for name, _, _ in EVERY] == settings.names()


@pytest.mark.parametrize(("name", "text", "value"), EVERY)
def test_every_setting_can_come_from_the_environment(name: str, text: str, value: Any) -> None:
    assert settings.variable(name) == f"MOCK_SERVER_{name.upper()}"
    found = getattr(load({settings.variable(name): text}), name)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("name", "_", "value"), EVERY)
def test_what_is_given_wins_over_the_environment(name: str, _: str, value: Any) -> None:
    default = getattr(Settings(), name)
    text = "" if default is None else str(default)
    assert getattr(load({settings.variable(name): text}, **{name: value}), name) == value


def test_an_option_that_was_not_given_leaves_the_environment_alone() -> None:
    assert load({"MOCK_SERVER_PORT": "9000"}, port=None).port == 9000


def test_false_and_zero_are_given_too() -> None:
    environment = {"MOCK_SERVER_STRICT": "1", "MOCK_SERVER_LEADS": "5"}
    found = load(environment, strict=False, leads=0)
    assert (found.strict, found.leads) == (False, 0)


def test_the_process_environment_is_read_where_no_other_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOCK_SERVER_SEED", "11")
    assert load().seed == 11


def test_an_empty_database_is_none() -> None:
    assert load({"MOCK_SERVER_DB": ""}).db is None


@pytest.mark.parametrize(("text", "value"), [("1", True), ("On", True), ("", False), ("no", False)])
def test_truths_may_be_said_in_many_ways(text: str, value: object) -> None:
    assert load({"MOCK_SERVER_STRICT": text}).strict is value


def test_an_unknown_setting_is_refused_with_the_nearest() -> None:
    with pytest.raises(SettingError, match="there is no setting 'lead'; did you mean leads"):
        load({}, lead=3)


def test_an_unknown_variable_is_refused_with_the_nearest() -> None:
    message = "there is no setting 'MOCK_SERVER_PROT'; did you mean MOCK_SERVER_PORT?"
    with pytest.raises(SettingError, match=message):
        load({"MOCK_SERVER_PROT": "1"})


def test_variables_of_other_programs_are_none_of_our_business() -> None:
    assert load({"PORT": "x", "MOCK_SERVE": "x", "HOST": "x"}) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("PORT", "http", "a whole number"),
        ("PORT", "80.5", "a whole number"),
        ("STRICT", "maybe", "one of 1, true, yes, on, 0, false, no, off"),
        ("WRITE_SECONDS", "soon", "a number"),
    ],
)
def test_a_text_that_stands_for_no_value_is_refused_by_its_variable(
    name: str, text: str, wanted: str
) -> None:
    with pytest.raises(SettingError, match=f"MOCK_SERVER_{name}='{text}' is not {wanted}"):
        load({f"MOCK_SERVER_{name}": text})


@pytest.mark.parametrize("name", ["PORT", "WRITE_SECONDS", "STRICT", "ACCESS_LOG", "DB"])
def test_an_empty_variable_sets_nothing(name: str) -> None:
    assert load({f"MOCK_SERVER_{name}": ""}) == load({})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("yesterday", "it is not an instant such as 2026-03-01T09:00:00Z"),
        ("0001-06-01T00:00:00Z", "its year is not between 1970 and 9000"),
        ("9999-12-31T00:00:00Z", "its year is not between 1970 and 9000"),
    ],
)
def test_a_start_that_no_world_could_have_is_refused(text: str, why: str) -> None:
    with pytest.raises(SettingError, match=f"start_at '{text}' cannot be read: {why}"):
        load({}, start_at=text)


@pytest.mark.parametrize(
    ("name", "value", "limit"),
    [
        ("port", -1, "at least 0"),
        ("port", 65_536, "at most 65535"),
        ("leads", -1, "at least 0"),
        ("leads", 100_001, "at most 100000"),
        ("write_seconds", -0.1, "at least 0"),
        ("write_seconds", 86_401, "at most 86400"),
        ("write_seconds", float("nan"), "at least 0"),
        ("rate_limit", 0, "at least 1"),
        ("max_body_bytes", 0, "at least 1"),
    ],
)
def test_a_value_outside_its_limits_is_refused_with_the_limit(
    name: str, value: float, limit: str
) -> None:
    with pytest.raises(SettingError, match=f"{name} must be {limit}, not "):
        Settings(**{name: value})
    with pytest.raises(SettingError, match=f"{name} must be {limit}, not "):
        load({settings.variable(name): str(value)})


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("read_back", "all", "one of documented, always, never, .*; did you mean always"),
        ("start_at", "tomorrow", "'tomorrow' cannot be read"),
    ],
)
def test_a_text_that_is_none_of_its_choices_is_refused(name: str, value: str, advice: str) -> None:
    with pytest.raises(SettingError, match=advice):
        load({settings.variable(name): value})


@pytest.mark.parametrize(("name", "value"), [("port", 0), ("leads", 100_000), ("write_seconds", 0)])
def test_a_limit_is_itself_allowed(name: str, value: float) -> None:
    assert getattr(Settings(**{name: value}), name) == value


@pytest.mark.parametrize(
    ("name", "value"), [("port", "8080"), ("strict", "no"), ("seed", 1.5), ("leads", True)]
)
def test_a_value_of_another_type_is_refused_by_its_name(name: str, value: Any) -> None:
    with pytest.raises(SettingError, match=f"{name} is "):
        load({}, **{name: value})


def test_a_whole_number_serves_as_seconds_and_a_path_as_a_database(tmp_path: Path) -> None:
    found = load({}, write_seconds=2, db=tmp_path / "a.sqlite")
    assert (found.write_seconds, str(found.db)) == (2, str(tmp_path / "a.sqlite"))


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("http://localhost:3000/in", ["http://localhost:3000/in"]),
        (
            " http://[::1]:80 , https://hooks.dev/a?b=c,",
            ["http://[::1]:80", "https://hooks.dev/a?b=c"],
        ),
        ("", []),
        (" , ", []),
    ],
)
def test_urls_are_listed_by_commas(text: str, urls: list[str]) -> None:
    assert listed_urls(text) == urls


@pytest.mark.parametrize(
    "bad",
    [
        "hooks.dev",
        "localhost:3000/in",
        "ftp://hooks.dev",
        "http://",
        "http:///in",
        "http://hooks.dev:port",
        "http://hooks.dev:0",
        "http://[::1",
        "http://me:pw@hooks.dev",
    ],
)
def test_a_url_that_cannot_be_called_stops_the_start(bad: str) -> None:
    with pytest.raises(SettingError, match=r"leadpro_webhooks .* cannot be read: "):
        Settings(leadpro_webhooks=f"http://localhost:3000, {bad}")
