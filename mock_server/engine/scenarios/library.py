"""Which scenarios there are, and how a world that has one begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mock_server import shipped
from mock_server.contract.schemas import Builder
from mock_server.engine import spans
from mock_server.engine.api import Api
from mock_server.engine.scenarios import folders
from mock_server.engine.scenarios.checking import in_short, table_of
from mock_server.engine.scenarios.planting import planting
from mock_server.engine.scenarios.scenario import Scenario, ScenarioError
from mock_server.engine.sentences import sentence
from mock_server.nearest import unknown
from mock_server.world.beginning import Beginning
from mock_server.world.clock import iso, parse
from mock_server.world.worlds import Worlds

_MARK = "@"
_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Offer:
    """A scenario that can be named: its folder, and whether it came with the sandbox."""

    folder: Path
    is_shipped: bool

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def summary(self) -> str:
        return folders.summary(self.folder)


class Scenarios:
    """The scenarios of a server: those that came with it, and those of its user."""

    def __init__(self, apis: Sequence[Api], own: Path | None = None) -> None:
        """Find scenarios in a folder of the user's as well; raises `ScenarioError` without one."""
        self._apis = apis
        ours = shipped.folder("fixtures") / "scenarios"
        # What was worked out, by folder, by what its files say, and by the day it was planted for.
        self._known: dict[tuple[Path, str, datetime], Beginning] = {}
        self._folders = [(ours, True)] if own is None else [(ours, True), (own, False)]
        if own is not None and not own.is_dir():
            raise ScenarioError(f"there is no folder {own}, where scenarios are looked for")

    def offers(self) -> list[Offer]:
        """Return the scenarios by name; one of the user's stands for a shipped one of its name."""
        found = {
            each.name: Offer(each, is_shipped)
            for folder, is_shipped in self._folders
            for each in folder.iterdir()
            if each.is_dir() and folders.is_scenario(each)
        }
        return [found[name] for name in sorted(found)]

    def beginning(self, worlds: Worlds, name: str) -> Beginning:
        """Return how a world of the scenario of that name begins.

        Its files are read when they say something new. Raises `ScenarioError`.
        """
        known = {each.name: each.folder for each in self.offers()}
        if name not in known:
            raise ScenarioError(unknown("scenario", name, known))
        return self.at(worlds, known[name])

    def begin_all(self, worlds: Worlds, text: str | None) -> None:
        """Let every world begin by the name of a scenario or the path of its folder, if any."""
        if text is not None:
            worlds.lifecycle.plan(self.named_or_at(worlds, str(text)))

    def named_or_at(self, worlds: Worlds, text: str) -> Beginning:
        """Return how a world begins by the name of a scenario or the path of its folder."""
        folder = Path(text)
        if text in {each.name for each in self.offers()} or not folder.is_dir():
            return self.beginning(worlds, text)
        return self.at(worlds, folder.resolve())

    def at(self, worlds: Worlds, folder: Path) -> Beginning:
        """Return how a world of the scenario in a folder begins."""
        key = folder, folders.digest(folder), worlds.seeded_day
        if key not in self._known:
            self._known[key] = self._planted(worlds, *key)
        return self._known[key]

    def _planted(self, worlds: Worlds, folder: Path, digest: str, day: datetime) -> Beginning:
        scenario = folders.read(folder)
        terms = self._terms(scenario)
        beginning = Beginning(
            seed=terms.get("seed"),
            start_at=_start(scenario, terms, day),
            is_frozen=terms.get("freeze", False),
            settings=terms.get("settings", {}),
            seeded=self._seeded(scenario, terms),
        )
        if scenario.adds_nothing and beginning == Beginning():
            return beginning
        key = f"{_MARK}{scenario.name}{_MARK}{digest}"
        worlds.lifecycle.keep_scenario(key, beginning, planting(self._apis, scenario, day))
        return beginning.but({"scenario": key})

    def _terms(self, scenario: Scenario) -> Mapping[str, Any]:
        control = next(each for each in self._apis if each.is_control)
        document = control.catalogue.document
        schema = document.resolve(document.schemas["ScenarioTerms"])
        terms, problems = Builder(document).some_of(schema["properties"]).check(scenario.terms)
        if problems:
            raise ScenarioError(in_short([f"{scenario.file}: {sentence(one)}" for one in problems]))
        return terms

    def _seeded(self, scenario: Scenario, terms: Mapping[str, Any]) -> list[str] | None:
        if "seeded" not in terms:
            return None
        try:
            found = [table_of(self._apis, each) for each in terms["seeded"]]
        except ValueError as error:
            raise ScenarioError(f"{scenario.file}: seeded: {error}") from None
        return sorted(api.table(resource.name) for api, resource in found)


def name_of(beginning: Beginning) -> str | None:
    """Return the name of the scenario that a world has begun with, None for none."""
    if beginning.scenario is None or beginning.is_whole:
        return None
    return beginning.scenario.split(_MARK)[1]


def _start(scenario: Scenario, terms: Mapping[str, Any], day: datetime) -> str | None:
    text = terms.get("start_at")
    if text is None:
        return None
    try:
        instant = parse(spans.instant(text, day) or text)
    except (ValueError, OverflowError):
        advice = f"start_at must be like @+9h or 2026-03-01T09:00:00Z, not {text!r}"
        raise ScenarioError(f"{scenario.file}: {advice}") from None
    if not day <= instant <= day + _YEAR:
        advice = f"must be from {iso(day)} on, the day of the seeded records, to a year later"
        raise ScenarioError(f"{scenario.file}: start_at {advice}; @+9h is nine on that day")
    return iso(instant)
