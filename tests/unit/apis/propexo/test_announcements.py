"""Is an account told of what it ordered, in the bodies that the reference shows?"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from mock_server.apis.propexo import announcements, landing
from mock_server.apis.propexo.copy.reading import NEW, UPDATE, Reading, difference, payload
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.syncs import sync
from mock_server.engine.jobs import Outcome
from mock_server.engine.moment import Moment
from mock_server.settings import Settings
from mock_server.signatures import is_signed_by

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
ENTRATA, LEAD = "intg-987654321", "lead-123456789"
# The keys of `data`, all of them required (reference: the typed webhook bodies).
JOB = {"event", "job_id", "root_job_id", "integration_id", "job_type", "vendor"}
RECORD = {*JOB, "record_id", "object", "context"}
SYNC = {
    "event",
    "integration_id",
    "vendor",
    "is_backsync",
    "successful_job_count",
    "failed_job_count",
    "is_sync_finished",
    "job_schedule_id",
    "models_synced",
}
WRITE = {"event", "integration_id", "vendor", "root_job_id", "write_status", "errors"}


@pytest.fixture
def moment(propexo: Any) -> Any:
    """Return now, in a world of which nobody has ordered anything."""
    with propexo.world() as world:
        for each in records(world, "webhooks").all():
            records(world, "webhooks").remove(each["id"])
        yield Moment(world, NOW, Settings())


@pytest.fixture
def subscribe(moment: Moment) -> Callable[..., None]:
    def subscribe(name: str, trigger: str, model: str | None = None, **other: Any) -> None:
        webhook = {
            "id": name,
            "url": f"http://127.0.0.1:9/{name}",
            "headers": [{"header": "x-mine", "value": name}],
            "active": True,
            "secret": f"the secret of {name}",
            "triggers": [{"id": name, "trigger": trigger, "model": model}],
        }
        records(moment.world, "webhooks").add({**webhook, **other})

    return subscribe


def sent(moment: Moment) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = moment.world.collection("deliveries").all()
    return found


def told(moment: Moment) -> list[str]:
    return [each["webhook_id"] for each in sent(moment)]


def reading(moment: Moment, job_type: str = "READ_LEADS") -> Reading:
    integration = records(moment.world, "integrations").get(ENTRATA) or {}
    return Reading(integration, "the job", "the root job", job_type)


def body_of_lead(moment: Moment, event: str) -> dict[str, Any]:
    kept = records(moment.world, "leads")
    lead, fields = kept.get(LEAD) or {}, kept.resource.fields
    found = NEW, payload("leads", fields, lead)
    if event == announcements.DATA_UPDATE:
        before = {**lead, "first_name": "Before", "last_seen": None}
        found = UPDATE, difference("leads", fields, before, lead)
    told_of = reading(moment).as_told_of(lead, *found)
    return announcements.body_of_record(event, "leads", told_of)


def test_of_a_new_record_all_is_told_that_is_known(moment: Moment) -> None:
    body = body_of_lead(moment, "DATA_NEW")
    assert list(body) == ["trigger", "data", "meta"]
    assert body["trigger"] == body["data"]["event"] == "DATA_NEW"
    assert body["data"].keys() == {*RECORD, "payload"}
    assert body["meta"] == {"object": "leads", "integration_id": ENTRATA}
    lead = records(moment.world, "leads").get(LEAD) or {}
    assert body["data"]["payload"] == {
        name: value for name, value in lead.items() if value is not None
    }
    assert body["data"]["context"] == {"property_id": lead["property_id"]}


def test_of_a_changed_record_only_the_difference_is_told(moment: Moment) -> None:
    body = body_of_lead(moment, "DATA_UPDATE")
    assert list(body) == ["trigger", "data", "meta"]
    assert body["data"].keys() == {*RECORD, "diff"}
    lead = records(moment.world, "leads").get(LEAD) or {}
    names = ("last_seen", "first_name")
    assert body["data"]["diff"] == {
        "new": {name: lead[name] for name in names},
        "previous": {"last_seen": None, "first_name": "Before"},
    }


def test_a_record_of_no_property_has_an_empty_context(moment: Moment) -> None:
    found = reading(moment).as_told_of({"id": "a", "property_id": None}, NEW, {})
    assert found["context"] == {}


@pytest.mark.parametrize(
    ("resource", "hidden"),
    [
        ("residents", "leases_meta_data"),
        ("leases", "residents_meta_data"),
        ("applications", "applicants"),
        ("service_requests", "history"),
    ],
)
def test_what_only_lists_embed_is_not_told(resource: str, hidden: str, propexo: Any) -> None:
    record = {name: name for name in propexo.api.catalogue.resources[resource].fields}
    assert record.keys() - announcements.told_of(resource, record).keys() == {hidden}
    assert announcements.told_of("leads", record) == record


@pytest.mark.parametrize(
    ("resource", "shown"),
    [
        ("leads", "leads"),
        ("resident_charges", "resident-charges"),
        ("vendors", "service-request-vendors"),
        ("service_request_history", "service-request-notes"),
    ],
)
def test_a_model_has_the_name_that_webhooks_have_for_it(resource: str, shown: str) -> None:
    body = announcements.body_of_record("DATA_NEW", resource, {"integration_id": "a"})
    assert body["data"]["object"] == body["meta"]["object"] == shown


def test_every_other_event_has_the_keys_that_it_is_documented_with(moment: Moment) -> None:
    job = reading(moment).as_told()
    integration = records(moment.world, "integrations").get(ENTRATA) or {}
    synced = sync.as_told(integration, ["properties", "vendors"])
    known = {"integration_id": ENTRATA, "vendor": "ENTRATA"}
    write = {**known, **landing.failure_as_told("a", Outcome("PARTIAL_SUCCESS", ("no",)))}
    fields = {"JOB_SUCCESS": job, "SYNC_COMPLETE": synced, "WRITE_OPERATION_FAILURE": write}
    for event, keys in {"JOB_SUCCESS": JOB, "SYNC_COMPLETE": SYNC}.items():
        body = announcements.body_of(event, fields[event])
        assert list(body) == ["trigger", "data"]
        assert body["trigger"] == body["data"]["event"] == event
        assert body["data"].keys() == keys
    assert synced["models_synced"] == ["properties", "service_request_vendors"]
    failure = announcements.body_of("WRITE_OPERATION_FAILURE", write)["data"]
    assert failure.keys() == WRITE
    assert (failure["write_status"], failure["errors"]) == ("PARTIAL_SUCCESS", ["no"])


def test_a_sync_that_failed_says_so_in_its_counts(moment: Moment) -> None:
    integration = records(moment.world, "integrations").get(ENTRATA) or {}
    counts = ("successful_job_count", "failed_job_count")
    well = sync.as_told(integration, ["leads", "units"], is_back=True, schedule_id="a")
    ill = sync.as_told(integration, ["leads", "units"], is_well=False)
    assert [[each[name] for name in counts] for each in (well, ill)] == [[2, 0], [0, 2]]
    assert [each["is_backsync"] for each in (well, ill)] == [True, False]
    assert [each["job_schedule_id"] for each in (well, ill)] == ["a", None]


def test_only_who_ordered_an_event_and_is_active_is_told(
    moment: Moment, subscribe: Callable[..., None]
) -> None:
    subscribe("mine", "SYNC_COMPLETE")
    subscribe("asleep", "SYNC_COMPLETE", active=False)
    subscribe("other", "JOB_FAILURE")
    announcements.tell(moment, "SYNC_COMPLETE", {"vendor": "MRI"}, "a sync ended")
    assert told(moment) == ["mine"]


@pytest.mark.parametrize(
    ("ordered", "model", "expected"),
    [
        (None, "units", ["mine"]),
        ("units", "units", ["mine"]),
        ("leads", "units", []),
        ("service_request_vendors", "vendors", ["mine"]),
        ("vendors", "vendors", []),
    ],
)
def test_a_webhook_of_one_model_is_told_of_that_alone(
    ordered: str | None,
    model: str,
    expected: list[str],
    moment: Moment,
    subscribe: Callable[..., None],
) -> None:
    subscribe("mine", "DATA_NEW", ordered)
    fields = {"integration_id": ENTRATA, "record_id": "a"}
    announcements.tell_of_record(moment, "DATA_NEW", model, fields, "it is new")
    assert told(moment) == expected


def test_where_no_model_is_named_everybody_who_ordered_the_event_counts(
    moment: Moment, subscribe: Callable[..., None]
) -> None:
    subscribe("one", "DATA_NEW", "leads")
    subscribe("all", "DATA_NEW")
    found = announcements.subscribers(moment.world, "DATA_NEW")
    assert {each["id"] for each in found} == {"one", "all"}


def test_a_webhook_is_told_once_however_often_it_ordered_the_event(
    moment: Moment, subscribe: Callable[..., None]
) -> None:
    twice = [{"id": each, "trigger": "DATA_NEW", "model": each} for each in ("leads", None)]
    subscribe("mine", "DATA_NEW", triggers=twice)
    fields = {"integration_id": ENTRATA, "record_id": "a"}
    announcements.tell_of_record(moment, "DATA_NEW", "leads", fields, "it is new")
    assert told(moment) == ["mine"]


def test_each_webhook_gets_the_same_bytes_under_its_own_headers_and_secret(
    moment: Moment, subscribe: Callable[..., None]
) -> None:
    for name in ("one", "two"):
        subscribe(name, "DATA_NEW")
    fields = {"integration_id": ENTRATA, "record_id": "a"}
    announcements.tell_of_record(moment, "DATA_NEW", "leads", fields, "it is new")
    one, two = sent(moment)
    assert one["body"] == two["body"]
    assert json.loads(one["body"])["data"]["record_id"] == one["record_id"] == "a"
    for each in (one, two):
        body, headers = each["body"].encode(), each["headers"]
        assert headers["x-mine"] == each["webhook_id"]
        secret = f"the secret of {each['webhook_id']}"
        assert is_signed_by(secret, body, headers["propexo-signature"])
        assert (each["api"], each["why"], each["state"]) == ("propexo", "it is new", "waiting")


def test_a_webhook_without_headers_has_only_ours(
    moment: Moment, subscribe: Callable[..., None]
) -> None:
    subscribe("mine", "JOB_FAILURE", headers=None)
    announcements.tell(moment, "JOB_FAILURE", {}, "a read failed")
    assert sent(moment)[0]["headers"].keys() == {"content-type", "propexo-signature"}
    assert sent(moment)[0]["record_id"] is None
