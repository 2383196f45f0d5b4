"""Does the wheel hold all that an installed sandbox needs, and nothing else?"""

import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
METADATA = f"proptech_sandbox-{PROJECT['version']}.dist-info"

ASK_THE_INSTALLED_APP = """
import json, mock_server
client = mock_server.create_app().test_client()
paths = ["/openapi/propexo.json", "/openapi/leadpro.json"]
statuses = [client.get(path).status_code for path in paths]
print(json.dumps({"package": mock_server.__file__, "statuses": statuses}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once, without the network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """List the files inside the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_below(folder: str) -> set[str]:
    """List the files of a folder of the repository, by their path in the repository."""
    found = (path for path in (REPOSITORY / folder).rglob("*") if path.is_file())
    names = {path.relative_to(REPOSITORY).as_posix() for path in found}
    return {name for name in names if "__pycache__" not in name}


def test_every_module_travels(names: set[str]) -> None:
    assert files_below("mock_server") <= names


@pytest.mark.parametrize("folder", ["openapi", "fixtures", "docs"])
def test_contracts_fixtures_and_documents_travel(names: set[str], folder: str) -> None:
    needed = {name for name in files_below(folder) if not name.startswith("fixtures/samples/")}
    assert needed
    assert {f"mock_server/_shipped/{name}" for name in {*needed, "README.md"}} <= names


def test_nothing_else_travels(names: set[str]) -> None:
    assert {name.split("/")[0] for name in names} == {"mock_server", METADATA}
    assert not any("fixtures/samples" in name for name in names)


def test_the_licence_the_command_and_the_plugin_travel(wheel: Path, names: set[str]) -> None:
    assert "mock_server/py.typed" in names  # As its classifier says.
    assert f"{METADATA}/licenses/LICENSE" in names
    with zipfile.ZipFile(wheel) as archive:
        commands = archive.read(f"{METADATA}/entry_points.txt").decode()
    assert "mock-server = mock_server.cli:main" in commands
    assert "[pytest11]\nmock_server = mock_server.pytest_plugin" in commands


def test_the_wheel_serves_both_contracts_far_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    command = [sys.executable, "-c", ASK_THE_INSTALLED_APP]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}  # noqa: TID251 - A child needs it all.
    answer = subprocess.run(
        command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    told = json.loads(answer.stdout)
    assert Path(told["package"]).is_relative_to(tmp_path)
    assert told["statuses"] == [200, 200]
