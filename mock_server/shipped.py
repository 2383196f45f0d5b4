"""Where the files are that travel with the package, and what a YAML file among them says."""

from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent
_TIMESTAMP, _BOOLEAN = "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"


@cache
def folder(name: str) -> Path:
    """Return the shipped folder of that name: inside a wheel, else beside the package."""
    candidates = (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"no folder {name!r} at any of {[str(path) for path in candidates]}")


def read_yaml(path: Path) -> Any:
    """Return what the file says; raises `ValueError` naming the file when it is not YAML."""
    import yaml

    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is not valid YAML: {error}") from error


@cache
def _loader() -> Any:
    """Return a loader by YAML 1.2: `ON` is Ontario and `2024-01-01` is text, not true and a date.

    A start that finds everything in a cache reads no YAML, and does without the library.
    """
    import yaml

    class Yaml12Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """The safe loader with fewer words and numbers that mean something else."""

    Yaml12Loader.yaml_implicit_resolvers = {
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag != _TIMESTAMP and (tag != _BOOLEAN or first in "tTfF")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Yaml12Loader
