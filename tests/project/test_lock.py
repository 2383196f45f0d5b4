"""Do the lock files pin everything that pyproject.toml asks for, by hash, wherever it goes?"""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).parents[2]
ASKED = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
TO_RUN = ASKED["project"]["dependencies"]
TO_BUILD = ASKED["build-system"]["requires"]
TO_DEVELOP = [*TO_RUN, *TO_BUILD, *ASKED["project"]["optional-dependencies"]["dev"]]

PIN = r"[a-z0-9-]+==[0-9][\w.]*( ; [^\\\n]+)?"
HASH = r"    --hash=sha256:[0-9a-f]{64}"


def text_of(name: str) -> str:
    """Read a lock file."""
    return (REPOSITORY / name).read_text(encoding="utf-8")


def pins_of(name: str) -> dict[str, Requirement]:
    """Read what a lock file pins, by name."""
    lines = re.findall(rf"^({PIN}) \\$", text_of(name), re.MULTILINE)
    pins = [Requirement(line) for line, _ in lines]
    return {pin.name: pin for pin in pins}


RUN, BUILD, DEVELOP = (pins_of(f"requirements{use}.lock") for use in ("", "-build", "-dev"))


@pytest.mark.parametrize("use", ["", "-build", "-dev"])
def test_a_lock_file_holds_pins_with_their_hashes_and_nothing_else(use: str) -> None:
    assert re.fullmatch(rf"({PIN}( \\\n{HASH})+\n)+", text_of(f"requirements{use}.lock"))


@pytest.mark.parametrize(
    ("asked", "pins"),
    [
        *((each, RUN) for each in TO_RUN),
        *((each, BUILD) for each in TO_BUILD),
        *((each, DEVELOP) for each in TO_DEVELOP),
    ],
)
def test_what_is_asked_for_is_pinned_within_its_bounds(
    asked: str, pins: dict[str, Requirement]
) -> None:
    requirement = Requirement(asked)
    (pin,) = pins[requirement.name.lower()].specifier
    assert requirement.specifier.contains(pin.version)


def test_a_release_is_the_same_whatever_it_is_for() -> None:
    for pins in (RUN, BUILD):
        assert {name: str(pin) for name, pin in pins.items()}.items() <= {
            name: str(pin) for name, pin in DEVELOP.items()
        }.items()


def test_whoever_only_runs_it_gets_nothing_of_what_developers_need() -> None:
    assert RUN.keys().isdisjoint({"pytest", "hatchling", "ruff", "schemathesis", "gunicorn"})


@pytest.mark.parametrize("name", ["faker", "flask", "marshmallow", "pytest", "schemathesis"])
def test_the_packages_that_every_user_counts_on_are_there(name: str) -> None:
    assert name in {Requirement(asked).name for asked in TO_DEVELOP}
