"""Are the documents complete, and does every link between them lead somewhere?"""

import os
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])
DECISIONS = sorted((REPOSITORY / "docs" / "decisions").glob("*.md"))

EXPECTED = [
    ".ci/run",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "docs/glossary.md",
    "docs/operations.md",
]


def name_of(path: Path) -> str:
    """Shorten a path to what a reader would call it."""
    return path.relative_to(REPOSITORY).as_posix()


def headings(path: Path) -> list[str]:
    """List the second-level headings of a document."""
    return re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_document_exists(name: str) -> None:
    assert (REPOSITORY / name).is_file()


def test_ci_can_be_run() -> None:
    assert os.access(REPOSITORY / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (document.parent / link).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=name_of)
def test_a_decision_gives_context_choice_and_consequences(decision: Path) -> None:
    assert headings(decision) == ["Context", "Decision", "Consequences"]


def test_the_changelog_has_room_for_the_next_change() -> None:
    assert headings(REPOSITORY / "CHANGELOG.md")[0] == "Unreleased"
