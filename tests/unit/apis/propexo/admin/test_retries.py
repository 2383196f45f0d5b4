"""Is only a write that failed tried again?"""

from collections.abc import Callable
from typing import Any

import pytest

RETRY = "POST /v1/admin/retry-write/{root_job_id}"


@pytest.mark.parametrize(("seconds", "status"), [(0, "PENDING"), (2, "SUCCESS")])
def test_a_write_that_did_not_fail_is_not_tried_again(
    seconds: int, status: str, propexo: Any, note: Callable[[], str], issues: Callable[[Any], Any]
) -> None:
    job_id = note()
    propexo.machine.advance(seconds=seconds)
    advice = f"only a write that failed can be tried again, and this one is {status}"
    for body in (None, {}):
        refused = propexo.refused(RETRY, body, root_job_id=job_id)
        assert issues(refused) == [("root_job_id", advice)]


def test_an_unknown_job_is_missing(propexo: Any) -> None:
    said = propexo.missed(RETRY, {}, root_job_id="cnothing")
    assert said == "no write has the job id 'cnothing'"
