"""Are the shipped files found, and is their YAML read by the rules of YAML 1.2?"""

from pathlib import Path
from typing import Any

import pytest

from mock_server import shipped


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "package").mkdir()
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "package")
    shipped.folder.cache_clear()
    return tmp_path / "package"


@pytest.fixture(autouse=True)
def _forget_folders() -> Any:
    yield
    shipped.folder.cache_clear()


@pytest.mark.parametrize("name", ["openapi", "fixtures"])
def test_what_we_ship_is_there(name: str) -> None:
    assert any(shipped.folder(name).iterdir())


def test_in_a_checkout_the_files_lie_beside_the_package(package: Path) -> None:
    (package.parent / "openapi").mkdir()
    assert shipped.folder("openapi") == package.parent / "openapi"


def test_in_a_wheel_they_lie_inside_it_and_are_found_first(package: Path) -> None:
    (package.parent / "openapi").mkdir()
    (package / "_shipped" / "openapi").mkdir(parents=True)
    assert shipped.folder("openapi") == package / "_shipped" / "openapi"


def test_a_folder_that_is_nowhere_is_told_with_every_place(package: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder 'openapi' at any of") as refused:
        shipped.folder("openapi")
    assert str(package / "_shipped" / "openapi") in str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ON", "ON"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("2024-01-01", "2024-01-01"),
        ("2024-01-01T09:00:00Z", "2024-01-01T09:00:00Z"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("12", 12),
        ("1.5", 1.5),
    ],
)
def test_yaml_means_what_it_looks_like(tmp_path: Path, text: str, value: Any) -> None:
    (tmp_path / "a.yaml").write_text(f"it: {text}", encoding="utf-8")
    assert shipped.read_yaml(tmp_path / "a.yaml") == {"it": value}


def test_letters_are_read_as_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("it: Zoë".encode())
    assert shipped.read_yaml(tmp_path / "a.yaml") == {"it": "Zoë"}


def test_a_file_that_is_not_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("it: [1, 2", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.yaml is not valid YAML"):
        shipped.read_yaml(tmp_path / "broken.yaml")


def test_yaml_cannot_make_python_objects(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("!!python/object/apply:os.getcwd []", encoding="utf-8")
    with pytest.raises(ValueError, match="not valid YAML"):
        shipped.read_yaml(tmp_path / "a.yaml")
