"""What is measured against what: every contender side by side, in several rounds."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import bare, busy, prism
from benchmarks.findings import BARE, FEW, MANY, PRISM, SANDBOXES, Findings, Plan
from benchmarks.load import exchange, measure
from benchmarks.servers import Running, python, serving
from benchmarks.targets import (
    CREATE,
    CREATE_LEADPRO,
    HEADERS,
    NAMES,
    PAGES,
    WRITES,
    Target,
    ask,
    first_syncs,
    random_pages,
    targets,
)

_FIRST = "/v1/leads/?limit=100"
_FIRST_LEADPRO = "/api/v103/offices"
_PAGES_ASKED = 200
_WARM_UP_SECONDS = 1
_RESETS = 7
_WRITE_SECONDS = 0.1


@dataclass(frozen=True)
class Contender:
    """A server and the requests that it is asked."""

    name: str
    server: Running
    asked: tuple[Target, ...]

    def is_asked(self, name: str) -> bool:
        """Say whether this contender gets the request of that name."""
        return any(each.name == name for each in self.asked)

    def target(self, name: str) -> Target:
        """Return the request of that name."""
        return next(each for each in self.asked if each.name == name)


class Suite:
    """One run of everything that a plan names, in a folder of its own."""

    def __init__(self, plan: Plan, say: Callable[[str], None]) -> None:
        """Measure by the plan and `say` what is under way."""
        self._plan = plan
        self._say = say
        self._stack = ExitStack()
        self._findings = Findings()

    def run(self) -> Findings:
        """Start every contender, measure them all, stop them and return what was found."""
        with self._stack as stack:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            contenders = list(self._contenders(folder))
            self._warm_up(contenders)
            for number in range(self._plan.rounds):
                self._say(f"round {number + 1} of {self._plan.rounds}")
                self._round(contenders)
            for each in contenders:
                self._finish(each)
        return self._findings

    def _contenders(self, folder: Path) -> Iterator[Contender]:
        few = self._started(FEW, _sandbox(self._plan.few))
        asked = tuple(targets(few.url))
        yield Contender(FEW, few, (*asked, _pages(few)))
        bare.record(few.url, asked, folder / "replies.json")
        ask(few.url, "/__admin/reset", "POST")
        repeating = python("-m", "benchmarks.bare", "{port}", str(folder / "replies.json"))
        yield Contender(BARE, self._started(BARE, repeating), asked)
        many = self._started(MANY, _sandbox(self._plan.many))
        yield Contender(MANY, many, (*targets(many.url), _pages(many)))
        if self._plan.with_prism:
            yield from self._prisms(folder, few.url, asked)

    def _prisms(self, folder: Path, url: str, asked: tuple[Target, ...]) -> Iterator[Contender]:
        """Yield a Prism for each contract, since one Prism speaks only one."""
        self._say("installing Prism")
        command = prism.install(folder)
        if command is None:
            self._findings.remarks.append("Prism is left out: npm is missing or cannot install it.")
            return
        for api, first in (("propexo", _FIRST), ("leadpro", _FIRST_LEADPRO)):
            contract = prism.keep_contract(url, api, folder)
            label = PRISM if api == "propexo" else f"{PRISM}, LeadPro"
            server = self._started(label, prism.command(command, contract), first)
            mine = [each for each in asked if (each.name == CREATE_LEADPRO) == (api == "leadpro")]
            yield Contender(PRISM, server, tuple(mine))

    def _started(self, label: str, command: list[str], first: str = _FIRST) -> Running:
        """Start a server as often as there are rounds, and keep the last one running."""
        self._say(f"starting {label}")
        seconds = self._findings.first_answers[label]
        for _ in range(self._plan.rounds - 1):
            with serving(command, first, HEADERS) as server:
                seconds.append(server.first_answer_seconds)
        server = self._stack.enter_context(serving(command, first, HEADERS))
        seconds.append(server.first_answer_seconds)
        return server

    def _warm_up(self, contenders: list[Contender]) -> None:
        self._say("warming up")
        for each in contenders:
            for target in each.asked:
                exchange(each.server.url, target)
                measure(each.server.url, target, 4, _WARM_UP_SECONDS)
            if each.name in SANDBOXES:
                ask(each.server.url, "/__admin/reset", "POST")

    def _round(self, contenders: list[Contender]) -> None:
        # The contenders take turns, so that whatever else the machine does strikes all alike.
        for connections in self._plan.connections:
            for name in (*NAMES, PAGES):
                for each in contenders:
                    if each.is_asked(name):
                        self._measure(each, name, connections)

    def _measure(self, contender: Contender, name: str, connections: int) -> None:
        target, url = contender.target(name), contender.server.url
        if name in WRITES and contender.name in SANDBOXES:
            # The first write prepares statements when it lands, and is timed by itself.
            exchange(url, target)
            _land(url)
        spent = contender.server.cpu_seconds()
        rate = measure(url, target, connections, self._plan.seconds)
        spent = contender.server.cpu_seconds() - spent
        rate = replace(rate, cpu_microseconds=spent * 1e6 / max(rate.requests, 1))
        self._findings.rates[contender.name, name, connections].append(rate)
        if name in WRITES and contender.name in SANDBOXES:
            ask(url, "/__admin/reset", "POST")

    def _finish(self, contender: Contender) -> None:
        if contender.name in SANDBOXES:
            self._say(f"first writes and resets of {contender.name}")
            self._write_and_reset(contender)
        if contender.name == FEW:
            self._say("reading while others keep the sandbox busy")
            self._findings.busy += busy.measure(contender.server.url)
        self._findings.megabytes[contender.name] += contender.server.peak_megabytes()

    def _write_and_reset(self, contender: Contender) -> None:
        """Time a fresh world's first write when it lands, its first syncs, and a reset."""
        url, create = contender.server.url, contender.target(CREATE)
        for _ in range(_RESETS):
            exchange(url, create)
            self._findings.first_writes[contender.name].append(_land(url))
            syncing = _seconds_of(lambda: exchange(url, first_syncs()))
            self._findings.first_syncs[contender.name].append(syncing)
            resetting = _seconds_of(lambda: ask(url, "/__admin/reset", "POST"))
            self._findings.resets[contender.name].append(resetting)


def _pages(server: Running) -> Target:
    """Return pages from all over the list, the same ones on every run.

    They are far more than a sandbox remembers, unlike a page that is asked again and again.
    """
    drawn = random.Random(7)
    return random_pages(server.url, [drawn.random() for _ in range(_PAGES_ASKED)])


def _land(url: str) -> float:
    """Wait until what was written is due, and return the seconds that its landing takes."""
    time.sleep(2 * _WRITE_SECONDS)
    return _seconds_of(lambda: ask(url, "/v1/leads/?limit=1"))


def _seconds_of(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def _sandbox(leads: int) -> list[str]:
    """Return the command that serves a sandbox with so many leads.

    Writes land soon, so that a run of creates also pays for most of their landings.
    """
    writes = ("--write-seconds", str(_WRITE_SECONDS), "--no-access-log")
    return python("-m", "mock_server", "serve", "--port", "{port}", "--leads", str(leads), *writes)
