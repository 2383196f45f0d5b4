"""Do the documents' own sample requests, sent byte for byte, get the documented replies?"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

SAMPLES = {
    sample["name"]: sample
    for path in sorted((Path(__file__).parents[2] / "fixtures" / "samples").glob("*.yaml"))
    for sample in yaml.safe_load(path.read_text(encoding="utf-8"))
}

NEW_ID = "every record gets an id of its own"
NEW_TIME = "it is the time of this call"
NEW_JOB = "every write gets a job id of its own"
NOT_SENT = "the request does not send it, so only null can be echoed"
PLACEHOLDER = "the guide prints placeholders; the account has offices of its own"
WHOLE_LEAD = "the guide echoes the request; the whole lead is answered (assumed)"


# Every place in which an answer differs from the documented reply, with the reason. A place that
# does not differ any more has to go from here. `(keys)` are an object's keys or their order,
# `(length)` is that of an array.
EXCEPTIONS: Mapping[str, Mapping[str, str]] = {
    "Create Lead": {
        "id": NEW_ID,
        "created_at": NEW_TIME,
        "meta(keys)": "the vendor's database reorders them; the order sent is kept",
    },
    "Create Instant Valuation Lead": {"id": NEW_ID, "created_at": NEW_TIME},
    "Update Lead, commas mended": {
        "(keys)": WHOLE_LEAD,
        "meta(keys)": "meta is merged with what the lead had (assumed)",
    },
    "Get lead by ID": {},
    "Get leads by contact details": {},
    "Get Offices": {
        "data(length)": PLACEHOLDER,
        "data[0].id": "printed as text there; ids are integers everywhere (inferred)",
        "data[0].name": PLACEHOLDER,
        "data[1].id": PLACEHOLDER,
        "data[1].name": PLACEHOLDER,
    },
    "Get Statuses": {"(length)": "the account has more statuses than the guide shows"},
    "Create an appointment for a lead": {
        "job_id": NEW_JOB,
        "data(keys)": "empty there; the accepted body is echoed, null for what was not sent",
    },
    "Create Lead Event, Entrata": {
        "meta.job_id": NEW_JOB,
        "result.event_result_id": NOT_SENT,
        "result.event_sub_type_id": NOT_SENT,
        "result.employee_id": NOT_SENT,
        "result.unit_id": NOT_SENT,
        "result.reasons_for_event": NOT_SENT,
        "result.notes": NOT_SENT,
        "result.appointment_datetime": NOT_SENT,
        "result.time_from": NOT_SENT,
        "result.time_to": NOT_SENT,
        "result.title": NOT_SENT,
        "result.call_phone_number_from": NOT_SENT,
        "result.call_phone_number_to": NOT_SENT,
        "result.call_status": NOT_SENT,
        "result.call_duration": NOT_SENT,
        "result.call_audio_link": NOT_SENT,
        "result.email_body": NOT_SENT,
        "result.email_subject": NOT_SENT,
        "result.email_from": NOT_SENT,
        "result.email_to": NOT_SENT,
        "result.email_cc": NOT_SENT,
        "result.email_bcc": NOT_SENT,
        "result.email_send": NOT_SENT,
    },
    "Create Lead Event, Entrata, every field": {"meta.job_id": NEW_JOB},
    "Get all leads": {
        "meta.orderBy[0](keys)": "an empty object there, a placeholder for field and direction",
        "meta.total": "a round number there, the sandbox's own number here",
    },
}


def differences(documented: Any, answered: Any, place: str = "") -> Iterator[str]:
    """Yield each place in which an answer is not what the documents print."""
    if isinstance(documented, dict) and isinstance(answered, dict):
        if list(documented) != list(answered):
            yield f"{place}(keys)"
        for key in documented:
            inner = f"{place}.{key}".removeprefix(".")
            yield from differences(documented[key], answered.get(key, "(missing)"), inner)
    elif isinstance(documented, list) and isinstance(answered, list):
        if len(documented) != len(answered):
            yield f"{place}(length)"
        for index, (one, other) in enumerate(zip(documented, answered, strict=False)):
            yield from differences(one, other, f"{place}[{index}]")
    elif type(documented) is not type(answered) or documented != answered:
        yield place


@pytest.fixture
def send_sample(site: Any) -> Callable[..., Any]:
    """Send a sample as it is printed, credential and all; only `<id>` becomes that of a lead."""

    def send(name: str, lead_id: int | None = None) -> Any:
        sample = SAMPLES[name]
        path, body = sample["path"], sample["body"]
        if "<id>" in path:
            path = path.replace("<id>", str(lead_id or send("Create Lead").json["id"]))
        content = None if body is None else body.encode()
        return site.send(sample["method"], path, sample["headers"], content)

    return send


def with_documented_lead(site: Any, answered: Mapping[str, Any]) -> dict[str, Any]:
    """Return a list's answer with, for results, the documented lead, found on a later page."""
    sample = SAMPLES["Get all leads"]
    for offset in range(0, answered["meta"]["total"], 100):
        page = site.send("GET", f"{sample['path']}?offset={offset}", sample["headers"], None).json
        for lead in page["results"]:
            if lead["id"] == "clwktsp9v000008l31iv218hn":
                return {**answered, "results": [lead]}
    raise AssertionError("the documented lead is on no page")


def test_each_sample_has_its_place_in_the_table_of_exceptions() -> None:
    assert {name for name, sample in SAMPLES.items() if sample["reply_is_json"]} == set(EXCEPTIONS)


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_a_documented_request_gets_the_documented_reply(
    name: str, send_sample: Callable[..., Any], site: Any
) -> None:
    answer = send_sample(name)
    assert answer.status == SAMPLES[name]["status"], answer.content.decode()
    answered, documented = answer.json, json.loads(SAMPLES[name]["reply"])
    if name == "Get all leads":
        answered = with_documented_lead(site, answered)
    elif name == "Get leads by contact details":
        assert len(answered) == 1, "the guide prints one lead; the sandbox puts it in an array"
        answered = answered[0]
    assert set(differences(documented, answered)) == set(EXCEPTIONS[name])


def test_a_body_that_was_printed_with_slips_is_refused_and_changes_nothing(
    send_sample: Callable[..., Any], site: Any
) -> None:
    lead = send_sample("Create Lead").json
    answer = send_sample("Update Lead, as printed", lead["id"])
    assert answer.status == 400
    assert answer.json["error"] == "Bad Request"
    headers = SAMPLES["Get lead by ID"]["headers"]
    assert site.send("GET", f"/api/v103/leads/{lead['id']}", headers, None).json == lead


@pytest.mark.parametrize(
    ("name", "office", "metres"),
    [
        ("Create Lead", "Nottingham", 5947.12),
        ("Create Instant Valuation Lead", "Banbury", 22259.9),
    ],
)
def test_a_documented_lead_is_as_far_out_of_area_as_printed(
    name: str, office: str, metres: float, send_sample: Callable[..., Any]
) -> None:
    lead = send_sample(name).json
    assert (lead["office_name"], lead["out_of_area_distance"]) == (office, metres)


def test_the_documented_home_is_valued_as_printed(send_sample: Callable[..., Any]) -> None:
    lead = send_sample("Create Instant Valuation Lead").json
    figures = [
        lead[f"{end}_{market}_estimation"]
        for market in ("sale", "rent")
        for end in ("minimum", "average", "maximum")
    ]
    assert figures == [290_000, 360_000, 440_000, 1_000, 1_200, 1_500]
    assert lead["valuation_status"] == "Not Enough Comparable Properties"


def test_the_comparison_sees_keys_order_values_and_lengths() -> None:
    documented = {"a": 1, "b": [1, 2], "c": True}
    assert set(differences(documented, {"b": [1], "a": 2, "c": 1})) == {
        "(keys)",
        "a",
        "b(length)",
        "c",
    }
    assert list(differences(documented, json.loads(json.dumps(documented)))) == []
