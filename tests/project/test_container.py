"""Does the image start what it says, as nobody special, and notice when it does not serve?"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from mock_server.settings import load

REPOSITORY = Path(__file__).parents[2]
DOCKERFILE = re.sub(r"\\\n\s*", "", (REPOSITORY / "Dockerfile").read_text(encoding="utf-8"))
IMAGE = DOCKERFILE.rpartition("\nFROM ")[2]
COMPOSE = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))
PATIENCE_SECONDS = 20


def words(instruction: str) -> list[str]:
    """Return the words of an instruction of the image, in the form that needs no shell."""
    found = re.search(rf"^{instruction} (?:.* )?(\[.*\])$", IMAGE, re.MULTILINE)
    assert found is not None
    return [*map(str, json.loads(found[1]))]


def variables() -> dict[str, str]:
    """Return the settings that the image makes."""
    return dict(re.findall(r"(MOCK_SERVER_\w+)=(\S+)", IMAGE))


def run(command: list[str]) -> list[str]:
    """Return how a command of the image is run here."""
    assert command[0] == "mock-server"
    return [sys.executable, "-m", "mock_server", *command[1:]]


def test_the_dockerfile_is_clean() -> None:
    linter = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("hadolint is not installed: it comes with the extra dev, but for Windows.")
    command = [linter, "--no-color", REPOSITORY / "Dockerfile"]
    told = subprocess.run(command, capture_output=True, check=False, text=True)
    assert (told.returncode, told.stdout) == (0, "")


def test_the_image_is_not_run_by_root() -> None:
    assert re.search(r"^USER [1-9]\d*$", IMAGE, re.MULTILINE)


def test_the_image_is_built_from_files_that_exist_and_that_it_may_see() -> None:
    ignoring = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8")
    shown = re.findall(r"^!(.+)$", ignoring, re.MULTILINE)
    assert [name for name in shown if not (REPOSITORY / name).exists()] == []
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert {name for line in copied for name in line.split()} - {"."} <= {*shown}
    assert {"mock_server", "openapi", "fixtures", "hatch_build.py", "pyproject.toml"} <= {*shown}


def test_what_is_set_is_a_setting() -> None:
    (service,) = COMPOSE["services"].values()
    settings = load({**variables(), **service["environment"]})
    assert (settings.host, settings.port) == ("0.0.0.0", 8080)  # noqa: S104 - in a container
    assert service["ports"] == ["127.0.0.1:8080:8080"]
    assert "EXPOSE 8080" in IMAGE


def test_the_entry_point_serves_and_the_health_check_notices_when_it_does_not() -> None:
    serving = [*words("ENTRYPOINT"), *words("CMD")]
    inherited = {**os.environ, **variables()}  # noqa: TID251 - A child needs it all.
    started = subprocess.Popen(
        [*run(serving), "--port", "0", "--json"], env=inherited, stdout=subprocess.PIPE, text=True
    )
    try:
        assert started.stdout is not None
        port = urlsplit(json.loads(started.stdout.readline())["url"]).port
        health = [each.replace(":8080", f":{port}") for each in run(words("HEALTHCHECK"))]
        assert subprocess.run(health, env=inherited, check=False).returncode == 0
        started.terminate()
        assert started.wait(PATIENCE_SECONDS) == 0
        assert subprocess.run(health, env=inherited, check=False).returncode == 1
    finally:
        started.kill()
        started.communicate()
