"""How the files of a scenario's folder are found and read."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mock_server import shipped
from mock_server.engine.scenarios.scenario import Records, Scenario, ScenarioError

_TERMS, _README = "scenario", "README.md"
_ENDINGS = {".yaml", ".yml", ".json"}


def is_scenario(folder: Path) -> bool:
    """Say whether a folder is meant to be a scenario: it has a README or terms."""
    return (folder / _README).is_file() or any(
        (folder / f"{_TERMS}{each}").is_file() for each in _ENDINGS
    )


def summary(folder: Path) -> str:
    """Return the first line of the README that is no heading, nothing where there is none."""
    readme = folder / _README
    lines = readme.read_text(encoding="utf-8").splitlines() if readme.is_file() else []
    return next((each.strip() for each in lines if each.strip() and not each.startswith("#")), "")


def digest(folder: Path) -> str:
    """Return a short text that is another one as soon as any file says something else."""
    found = hashlib.sha256()
    for path in _files(folder):
        content = path.read_bytes()
        found.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()[:16]


def read(folder: Path) -> Scenario:
    """Return what the files of a folder say; raises `ScenarioError` for one that says nothing."""
    terms: dict[str, Any] = {}
    records: list[Records] = []
    file = f"{folder.name}/{_TERMS}.yaml"
    for path in _files(folder):
        place, name = path.relative_to(folder), f"{folder.name}/{path.relative_to(folder)}"
        said = _read(path, name)
        if len(place.parts) == 1 and path.stem == _TERMS:
            file, terms = (
                name,
                _of_kind({}, said, name, "fields, such as start_at"),
            )
        elif len(place.parts) == 2:
            listed = _of_kind([], said, name, "a list of records")
            records.append(Records(name, f"{place.parts[0]}/{path.stem}", listed))
        else:
            raise ScenarioError(
                f"{name}: a file of records lies in the folder of its API,"
                f" such as {folder.name}/leadpro/leads.yaml"
            )
    return Scenario(folder.name, file, terms, records)


def _files(folder: Path) -> Iterator[Path]:
    found = (each for each in sorted(folder.rglob("*")) if each.suffix in _ENDINGS)
    return (each for each in found if each.is_file())


def _read(path: Path, name: str) -> Any:
    try:
        if path.suffix == ".json":
            return json.loads(path.read_text(encoding="utf-8"))
        return shipped.read_yaml(path)
    except (ValueError, OSError) as error:
        raise ScenarioError(f"{name} cannot be read: {error}") from None


def _of_kind(nothing: Any, said: Any, name: str, wanted: str) -> Any:
    """Return what a file says, `nothing` where it is empty, which is of the same kind."""
    if said is None:
        return nothing
    if not isinstance(said, type(nothing)):
        raise ScenarioError(f"{name} must hold {wanted}")
    return said
