"""How a receiver is examined: each trial is sent to it, and its answers are judged."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

import urllib3
from urllib3.exceptions import HTTPError

from mock_server.examining.trials import TRIALS, Trial
from mock_server.signatures import HEADER

_MILLISECONDS = 1000


@dataclass(frozen=True)
class Verdict:
    """What came of a trial: passed, failed, or skipped (None), with a sentence that says why."""

    trial: str
    passed: bool | None
    told: str


class Examination:
    """Puts the receiver at a URL through trials, each answer within some seconds."""

    def __init__(self, url: str, secret: str | None, seconds: float) -> None:
        """Sign with this secret; without one the trials of refused deliveries are skipped."""
        self._url = url
        self._secret = secret
        self._pool = urllib3.PoolManager(retries=False, timeout=seconds)
        self._seconds = seconds
        self._slowest = 0.0
        self._numbers = count(1)

    def verdicts(self, trials: Iterable[Trial] = TRIALS) -> Iterator[Verdict]:
        """Yield a verdict for each trial, and one for how long the answers took."""
        for each in trials:
            yield self._judged(each)
        taken = f"the slowest answer took {self._slowest * _MILLISECONDS:.0f} ms"
        is_quick = self._slowest < self._seconds
        yield Verdict("slow answer", is_quick, f"{taken}; {self._seconds:g} seconds are allowed")

    def _judged(self, trial: Trial) -> Verdict:
        if trial.is_refused and self._secret is None:
            return Verdict(trial.name, None, "no --secret is given, so no signature is checked")
        for number, body in enumerate(trial.bodies, 1):
            answer = self._send(trial, body)
            if isinstance(answer, str) or not trial.passes(answer):
                told = answer if isinstance(answer, str) else f"answered {answer}"
                which = f"delivery {number} of {len(trial.bodies)}: " if number > 1 else ""
                wanted = "4xx" if trial.is_refused else "2xx"
                return Verdict(
                    trial.name, passed=False, told=f"{which}{told}; it has to be {wanted}"
                )
        return Verdict(trial.name, passed=True, told=trial.demand)

    def _send(self, trial: Trial, body: bytes) -> int | str:
        """Return the status of the answer, or why there was none."""
        signature = trial.signing(self._secret, body) if self._secret else None
        begun = time.monotonic()
        try:
            return self._pool.request(
                "POST", self._url, body=body, headers=self._headers(signature), redirect=False
            ).status
        except HTTPError as error:
            return self._reason(error)
        finally:
            self._slowest = max(self._slowest, time.monotonic() - begun)

    def _headers(self, signature: str | None) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "x-mock-delivery": f"exam-{next(self._numbers)}",
        }
        if signature is not None:
            # A header travels as Latin-1, which is how an é gets into one.
            headers[HEADER] = signature
        return headers

    def _reason(self, error: HTTPError) -> str:
        if isinstance(error, urllib3.exceptions.ReadTimeoutError):
            return f"no answer within {self._seconds:g} seconds"
        if isinstance(error, urllib3.exceptions.NewConnectionError):
            return f"nothing listens at {self._url}"
        return f"the connection broke off before an answer ({type(error).__name__})"
