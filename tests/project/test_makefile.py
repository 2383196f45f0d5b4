"""Does `make` explain itself, and do the documents name only commands that it has?"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
COMMANDS = set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE))
DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")])

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="There is no make here.")


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make at the top of the repository."""
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False, text=True)


def test_bare_make_lists_every_command_under_its_section() -> None:
    printed = make().stdout
    assert re.findall(r"^([A-Z]\w+)$", printed, re.MULTILINE) == ["Use", "Develop", "House"]
    assert set(re.findall(r"^  make ([a-z-]+) +\w", printed, re.MULTILINE)) == COMMANDS


def test_every_command_has_help() -> None:
    rules = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*## \w", MAKEFILE, re.MULTILINE))
    assert rules == explained == COMMANDS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_commands_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|^ *\$? *)make ([a-z-]+)", text, re.MULTILINE)) <= COMMANDS


def test_an_old_python_is_refused_with_a_way_out(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\necho Python 3.9.1\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    answer = make("run", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}")
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr
    assert "make run PYTHON=" in answer.stderr
