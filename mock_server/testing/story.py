"""What happened in the world of a test that failed: its calls, writes and webhook deliveries."""

import json
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mock_server.testing.calls import RecordedCall
from mock_server.testing.control import Json, SandboxError
from mock_server.world.clock import iso

if TYPE_CHECKING:
    from mock_server.testing.sandbox import Sandbox

_MOST = 20  # More lines than a screen has would hide the failure itself.
_MOST_CHARACTERS = 400
_LONGEST_BODY = 2_000
_HEADERS = {"leadpro": "x-api-key: {}"}
_ANY_HEADER = "Authorization: Bearer {}"


def story(sandbox: "Sandbox") -> str:
    """Return the story as text: what was called and why it was refused, then what became of it."""
    calls = sandbox.calls()
    deliveries = sandbox.deliveries()[::-1]
    jobs = [*_jobs(sandbox, calls)]
    lines = [
        f"World {sandbox.world}, its time is {iso(sandbox.now())}.",
        *_section("Calls", [_told_call(each, sandbox.token) for each in calls]),
        *_section("Writes", [_told_job(each) for each in jobs]),
        *_section("Webhook deliveries", [_told_delivery(each) for each in deliveries]),
        "To send a call again: mock-server serve, export MOCK_SERVER_URL=http://127.0.0.1:8080",
        *_fork(sandbox.world, calls),
    ]
    return "\n".join(lines if calls or deliveries else [lines[0], "Nobody called it."])


def _fork(world: str, calls: Sequence[RecordedCall]) -> Iterator[str]:
    """Yield how to look at the world before the last call that was refused, or the last one."""
    number = next((each.number for each in reversed(calls) if each.status >= 400), None)
    number = number or (calls[-1].number if calls else None)
    if number is not None:
        yield f"The world before call {number}, in the test: sandbox.before_call({number})"
        command = f"mock-server worlds make what-if --from {world} --at-call {number}"
        yield f"The same while a server runs: {command}"


def _section(what: str, told: Sequence[str]) -> Iterator[str]:
    if told:
        left_out = f", the last {_MOST} of them here" if len(told) > _MOST else ""
        yield f"\n{what} ({len(told)}{left_out}):"
        yield from told[-_MOST:]
        yield ""


def _told_call(call: RecordedCall, token: str) -> str:
    why = f"\n    {_cut(call.reply.body)}" if call.status >= 400 else ""
    asked = call.request
    struck = " by a fault" if call.faults else ""
    heading = f"{call.number}. {iso(call.at)} {asked.method} {asked.path} -> {call.status}{struck}"
    return f"{heading}{why}\n    {_curl(call, token)}"


def _curl(call: RecordedCall, token: str) -> str:
    """Return the call as a line for a shell; the journal keeps no credential, so it gets ours."""
    asked = call.request
    target = f"{asked.path}?{asked.query}" if asked.query else asked.path
    words = [
        "curl",
        "-X",
        asked.method,
        "-H",
        _HEADERS.get(call.api or "", _ANY_HEADER).format(token),
    ]
    if asked.body is not None:
        text = asked.body if isinstance(asked.body, str) else json.dumps(asked.body)
        is_short = len(text) <= _LONGEST_BODY
        words += ["-H", "Content-Type: application/json", "-d", text if is_short else "@body.json"]
    return f'{shlex.join(words)} "$MOCK_SERVER_URL"{shlex.quote(target)}'


def _jobs(sandbox: "Sandbox", calls: Iterable[RecordedCall]) -> Iterator[Json]:
    ids = (_job_id(each.reply.body) for each in calls)
    for job_id in list(dict.fromkeys(filter(None, ids)))[-_MOST:]:
        try:
            yield sandbox.control.ask("GET", f"/__admin/jobs/{sandbox.world}/{job_id}")
        except SandboxError:
            continue  # An id that a reply only repeated, or a job that is no longer kept.


def _job_id(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    meta = body.get("meta")
    found = body.get("job_id") or (meta.get("job_id") if isinstance(meta, dict) else None)
    return found if isinstance(found, str) else None


def _told_job(job: Json) -> str:
    errors = f": {'; '.join(job['errors'])}" if job["errors"] else ""
    ends = "takes" if job["write_status"] == "PENDING" else "took"
    return (
        f"{job['accepted_at']} {job['operation']} -> {job['write_status']}{errors}"
        f" ({ends} effect at {job['lands_at']}, job {job['job_id']})"
    )


def _told_delivery(delivery: Json) -> str:
    attempts = ", ".join(str(each["status"] or each["error"]) for each in delivery["attempts"])
    reason = f", {delivery['reason']}" if delivery["reason"] else ""
    answered = f", answered {attempts}" if attempts else ""
    about = " ".join(filter(None, (delivery["event"], delivery["record_id"])))
    return f"{delivery['created_at']} {about} -> {delivery['state']}{reason}{answered}"


def _cut(body: Any) -> str:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}..."
