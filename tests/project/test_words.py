"""Does the text speak of the product only, and never of the machine on which it was written?"""

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]

# The patterns are spelled so that they do not match themselves.
UNWANTED = {
    "a path of one machine": re.compile(r"/(?:home|mnt|opt|root|tmp|work|Users)/\w"),
    "a package registry": re.compile(r"(?:py)pi\.org|(?:python)hosted\.org|(?:npm)js\.(?:org|com)"),
    "the number of a ticket": re.compile(r"\bissue\s+#?\d", re.IGNORECASE),
    "working papers": re.compile(r"\bshared/(?:contract|design|reference|seeds)\b"),
}


def tracked_files() -> list[Path]:
    """List what git tracks or would track, leaving out what it ignores and what is gone."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=True, text=True)
    names = sorted(set(listing.stdout.split("\0")) - {""})
    return [REPOSITORY / name for name in names if (REPOSITORY / name).is_file()]


def lines_that_match(pattern: re.Pattern[str], path: Path) -> list[str]:
    """Quote the lines of a file that match, each with its place."""
    text = path.read_text(encoding="utf-8", errors="replace")
    place = path.relative_to(REPOSITORY).as_posix()
    found = enumerate(text.splitlines(), start=1)
    return [f"{place}:{number}: {line.strip()}" for number, line in found if pattern.search(line)]


@pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="Only a checkout knows its files.")
@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_mentions(what: str) -> None:
    files = tracked_files()
    assert files
    assert [line for path in files for line in lines_that_match(UNWANTED[what], path)] == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "see /" + "tmp/notes.txt"),
        ("a package registry", "from https://" + "pypi" + ".org/simple"),
        ("the number of a ticket", "as issue" + " 12 asks"),
        ("working papers", "see shared" + "/design/shape.md"),
    ],
)
def test_each_pattern_finds_what_it_is_for(what: str, text: str) -> None:
    assert UNWANTED[what].search(text)
