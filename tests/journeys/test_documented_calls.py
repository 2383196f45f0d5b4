"""Do the calls that our own pages show work as they are typed?"""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

REPOSITORY = Path(__file__).parents[2]
PAGES = (
    "README.md",
    *(f"docs/{each}.md" for each in ("calls", "faults", "time", "webhooks", "worlds")),
)


def calls_of(page: str) -> Iterator[tuple[str, str, dict[str, str], bytes | None]]:
    """Yield the method, path, headers and body of each curl line, a page's in their order."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        for line in re.split(r"\n(?=\s*curl )", "\n" + block.replace("\\\n", " ")):
            if line.strip().startswith("curl "):
                yield call_of(shlex.split(line))


def call_of(words: list[str]) -> tuple[str, str, dict[str, str], bytes | None]:
    given = dict(pairwise(words))
    pairs = pairwise(words)
    headers = dict(text.split(": ", 1) for option, text in pairs if option == "-H")
    body = given["-d"].encode() if "-d" in given else None
    url = urlsplit(next(each for each in words if each.startswith("http://127.0.0.1:8080")))
    method = given.get("-X", "GET" if body is None else "POST")
    return method, url.path + (f"?{url.query}" if url.query else ""), headers, body


@pytest.mark.parametrize("page", PAGES)
def test_every_call_on_a_page_works_as_typed(page: str, within: Any) -> None:
    site = within(read_back="documented")
    calls = list(calls_of(page))
    assert len(calls) > 1
    for call in calls:
        answer = site.send(*call)
        assert answer.status == 200, (call, answer.content)
