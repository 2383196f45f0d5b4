"""Does the lock file pin everything that pyproject.toml asks for, wherever it is installed?"""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[2]
LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
PINS = {pin.name.lower(): pin for pin in map(Requirement, (line for line in LOCK if "==" in line))}


@pytest.mark.parametrize("line", LOCK)
def test_a_line_is_a_pin_and_nothing_else(line: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*( ; .+)?", line)


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_for_is_pinned_within_its_bounds(asked: str) -> None:
    requirement = Requirement(asked)
    (pin,) = PINS[requirement.name.lower()].specifier
    assert requirement.specifier.contains(pin.version)


@pytest.mark.parametrize("name", ["faker", "flask", "marshmallow", "pytest", "schemathesis"])
def test_the_packages_that_every_user_counts_on_are_there(name: str) -> None:
    assert name in {Requirement(asked).name for asked in ASKED}
