"""Is the other package named mock-server told of, where its files lie among ours?"""

import logging
from pathlib import Path

import pytest

from mock_server import create_app, namesake


def install(folder: Path, name: str, *files: str) -> None:
    """Install a distribution as pip does: its metadata, and the list of its files."""
    metadata = folder / f"{name.replace('-', '_')}-0.3.9.dist-info"
    metadata.mkdir()
    described = f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.3.9\n"
    (metadata / "METADATA").write_text(described, encoding="utf-8")
    (metadata / "RECORD").write_text("".join(f"{each},,\n" for each in files), encoding="utf-8")


@pytest.fixture
def site_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder from which packages are imported before all others."""
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_a_namesake_is_told_of_with_the_way_out(site_packages: Path) -> None:
    install(site_packages, "mock-server", "mock_server/__init__.py", "../../bin/mock-server")
    told = namesake.warning()
    assert told is not None
    assert "mock-server 0.3.9 is installed beside proptech-sandbox" in told
    assert told.endswith("pip uninstall mock-server proptech-sandbox")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("mock-server", "_mock_server.pth"),
        ("mock-server", "another/__init__.py"),
        ("mock-server-client", "mock_server/client.py"),
        ("proptech-sandbox", "mock_server/__init__.py"),
    ],
)
def test_what_keeps_its_files_elsewhere_is_no_namesake(
    site_packages: Path, name: str, file: str
) -> None:
    install(site_packages, name, file)
    assert namesake.warning() is None


def test_a_start_beside_a_namesake_warns(
    site_packages: Path, caplog: pytest.LogCaptureFixture
) -> None:
    install(site_packages, "mock-server", "mock_server/__init__.py")
    with caplog.at_level(logging.WARNING, "mock_server"):
        create_app(leads=0, access_log=False)
    assert [each.getMessage() for each in caplog.records] == [namesake.warning()]
