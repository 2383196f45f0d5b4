"""Which bad habits do the calls of a program show? One small rule for each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import parse_qs

from mock_server.engine.answered_calls import AnsweredCall
from mock_server.engine.jobs import FAILURE, PENDING
from mock_server.engine.rate_limits import SLOW_FROM
from mock_server.settings import Settings

_POLL = "GET /v1/admin/write-status/{root_job_id}"
_JOB = re.compile(rb'"job_id":"([^"]+)"')
_FEW = 2  # Who asks for so few records at once wants no more of them.
_MOST_HASTY = 3
_MOST, _LEFT = "x-ratelimit-limit", "x-ratelimit-remaining"


@dataclass(frozen=True)
class Finding:
    """Something that a program did and should not: by which rule, and in which calls."""

    rule: str
    message: str
    world: str
    credential: str | None
    operation: str | None
    calls: tuple[int, ...]


@dataclass(frozen=True)
class Conduct:
    """The calls of one credential in one world, oldest first, and how its jobs stand.

    `job_status` returns the status of a job, None where the world has none of that id.
    `is_told` says that webhooks tell the program how its writes end.
    """

    calls: Sequence[AnsweredCall]
    settings: Settings
    job_status: Callable[[str], str | None]
    is_told: bool = False


Rule = Callable[[Conduct], Iterator[tuple[str, Sequence[AnsweredCall]]]]


def findings(conduct: Conduct) -> Iterator[Finding]:
    """Yield what is found, by rule."""
    for name, rule in RULES.items():
        for message, calls in rule(conduct):
            first = calls[0]
            numbers = tuple(each.number for each in calls)
            where = first.world, first.credential, first.operation
            yield Finding(name, message, *where, numbers)


def _unlanded(conduct: Conduct) -> Iterator[tuple[AnsweredCall, str, Sequence[AnsweredCall]]]:
    """Yield each write that was accepted, its job, and the calls that asked how it stands."""
    polls: dict[str, list[AnsweredCall]] = {}
    for each in conduct.calls:
        if each.operation == _POLL:
            polls.setdefault(each.request.path.rstrip("/").rpartition("/")[2], []).append(each)
    for each in conduct.calls:
        found = _JOB.search(each.beginning) if each.request.method != "GET" else None
        if each.status == 200 and found is not None:
            job_id = found[1].decode()
            yield each, job_id, polls.get(job_id, [])


def _took_200_for_landed(conduct: Conduct) -> Iterator[tuple[str, Sequence[AnsweredCall]]]:
    for write, job_id, polls in _unlanded(conduct):
        if not polls and not conduct.is_told and conduct.job_status(job_id) != FAILURE:
            yield "the write was accepted, and nobody asked whether it took effect", [write]


def _never_looked_at_failure(conduct: Conduct) -> Iterator[tuple[str, Sequence[AnsweredCall]]]:
    for write, job_id, polls in _unlanded(conduct):
        has_seen = any(b'"FAILURE"' in each.beginning for each in polls)
        if conduct.job_status(job_id) == FAILURE and not has_seen and not conduct.is_told:
            yield "the write failed, and nobody has looked", [write, *polls]


def _stopped_at_page_1(conduct: Conduct) -> Iterator[tuple[str, Sequence[AnsweredCall]]]:
    told = set()
    for index, each in enumerate(conduct.calls):
        offset, limit = (_number(each, name) for name in ("offset", "limit"))
        is_open = b'"hasMore":true' in each.beginning and not offset
        if not is_open or each.operation in told or (limit is not None and limit <= _FEW):
            continue
        rest = conduct.calls[index:]
        if not any(one.operation == each.operation and _number(one, "offset") for one in rest):
            told.add(each.operation)
            yield "there are more records, and only the first page was read", [each]


def _polled_too_fast(conduct: Conduct) -> Iterator[tuple[str, Sequence[AnsweredCall]]]:
    least = timedelta(seconds=conduct.settings.write_seconds / 2)
    for _, _, polls in _unlanded(conduct):
        pending = [each for each in polls if PENDING.encode() in each.beginning]
        hasty = [later for each, later in pairwise(pending) if later.at - each.at < least]
        if len(hasty) >= _MOST_HASTY:
            seconds = conduct.settings.write_seconds
            yield f"a write takes {seconds:g} seconds, and its job was asked more often", hasty


def _ignored_the_rate_limit(conduct: Conduct) -> Iterator[tuple[str, Sequence[AnsweredCall]]]:
    refused: dict[tuple[str | None, datetime], AnsweredCall] = {}
    for each in conduct.calls:
        minute = each.api, each.at.replace(second=0, microsecond=0)
        if minute in refused:
            yield "after a 429 the minute was not waited for", [refused.pop(minute), each]
        elif each.status == 429:
            refused[minute] = each


def _ignored_the_slow_down(conduct: Conduct) -> Iterator[tuple[str, Sequence[AnsweredCall]]]:
    warned: dict[datetime, AnsweredCall] = {}
    for each in conduct.calls:
        headers = each.reply.headers
        if _LEFT not in headers:
            continue
        minute, left = each.at.replace(second=0, microsecond=0), int(headers[_LEFT])
        if left <= (1 - SLOW_FROM) * int(headers[_MOST]):
            warned.setdefault(minute, each)
        if left == 0 and (first := warned.pop(minute, each)) is not each:
            yield (
                "the limit was nearly reached, and calls went on until none was left",
                [first, each],
            )


def _retried_a_400(conduct: Conduct) -> Iterator[tuple[str, Sequence[AnsweredCall]]]:
    refused: dict[tuple[object, ...], AnsweredCall] = {}
    for each in conduct.calls:
        sent = each.request
        same = sent.method, sent.path, sent.query, sent.content
        if same in refused:
            yield "the same call was sent again after a 400", [refused[same], each]
        if each.status == 400:
            refused[same] = each


def _number(call: AnsweredCall, name: str) -> int | None:
    text = parse_qs(call.request.query).get(name, [""])[0]
    return int(text) if text.isdecimal() else None


RULES: Mapping[str, Rule] = {
    "took-200-for-landed": _took_200_for_landed,
    "never-looked-at-failure": _never_looked_at_failure,
    "stopped-at-page-1": _stopped_at_page_1,
    "polled-too-fast": _polled_too_fast,
    "ignored-the-rate-limit": _ignored_the_rate_limit,
    "ignored-the-slow-down": _ignored_the_slow_down,
    "retried-a-400": _retried_a_400,
}
DESCRIPTIONS: Mapping[str, str] = {
    "took-200-for-landed": "A write that was accepted has not taken effect yet.",
    "never-looked-at-failure": "A write can fail after it was accepted.",
    "stopped-at-page-1": "A list has more pages than the first.",
    "polled-too-fast": "A job cannot end sooner than a write takes.",
    "ignored-the-slow-down": "From 80 % of the rate limit on each reply comes later.",
    "ignored-the-rate-limit": "After a 429 the next minute has to be waited for.",
    "retried-a-400": "A call that is wrong stays wrong.",
}
