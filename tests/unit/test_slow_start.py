"""Does a start that takes long say what it is doing, and a quick one nothing?"""

import threading
from pathlib import Path

from mock_server import create_app
from mock_server.slow_start import SlowStart


def test_a_quick_start_says_nothing() -> None:
    said: list[str] = []
    with SlowStart(said.append, seconds=3600) as start:
        start.step("seeding the world")
    assert said == []


def test_a_slow_start_says_what_it_is_doing_and_every_further_step() -> None:
    said: list[str] = []
    with SlowStart(said.append, seconds=3600) as start:
        start.step("seeding the world")
        start.tell()
        start.step("opening the worlds")
    assert said == ["still starting: seeding the world ...", "opening the worlds ..."]


def test_it_says_so_by_itself() -> None:
    is_said = threading.Event()
    with SlowStart(lambda _: is_said.set(), seconds=0):
        assert is_said.wait(20)


def test_nothing_is_said_once_it_is_over() -> None:
    said: list[str] = []
    with SlowStart(said.append, seconds=3600) as start:
        start.tell()
    start.step("nothing more")
    assert said == ["still starting: reading the contracts ..."]


def test_an_application_names_each_step_of_its_making() -> None:
    steps: list[str] = []
    create_app(leads=3, access_log=False, on_step=steps.append)
    assert steps == ["reading the contracts", "creating the seeded records, with 3 leads"]


def test_an_application_over_a_file_names_the_file(tmp_path: Path) -> None:
    steps: list[str] = []
    db = str(tmp_path / "sandbox.sqlite")
    app = create_app(leads=3, db=db, access_log=False, on_step=steps.append)
    app.extensions["mock_server"].close()
    assert steps[1:] == [
        f"opening {db}, or creating the seeded records, with 3 leads",
        f"running what is due by now in the worlds of {db}",
    ]
