"""Do the documents tell of every setting, operation of ours, magic word and delivery fault?"""

import re
from pathlib import Path

import pytest

from mock_server import settings
from mock_server.apis.propexo.announcements import TRIGGERS
from mock_server.apis.propexo.pms import magic
from mock_server.app import every_api
from mock_server.engine import deliveries, delivery_faults
from mock_server.engine.faults import rules

REPOSITORY = Path(__file__).parents[2]
OURS = next(api for api in every_api() if api.name == "sandbox")


def text_of(*names: str) -> str:
    return "\n".join((REPOSITORY / name).read_text(encoding="utf-8") for name in names)


@pytest.mark.parametrize("name", settings.names())
def test_the_readme_tells_of_every_setting(name: str) -> None:
    line = f"| `--{name.replace('_', '-')}` | `{settings.variable(name)}` |"
    assert line in text_of("README.md")


@pytest.mark.parametrize("path", sorted({each.path for each in OURS.catalogue.operations.values()}))
def test_the_pages_tell_of_every_path_of_ours(path: str) -> None:
    pages = (
        "calls", "faults", "page", "scenarios", "stories", "time", "watching", "webhooks",
        "worlds",
    )  # fmt: skip
    told = text_of("README.md", *(f"docs/{each}.md" for each in pages))
    # A path within a table may go on from the one before it.
    assert path in told or f"`...{path.removeprefix('/sandbox/pms/{integration_id}')}`" in told


@pytest.mark.parametrize("word", magic.WORDS)
def test_the_page_on_time_tells_of_every_magic_word(word: str) -> None:
    assert f"| `{word}`" in text_of("docs/time.md")


def test_the_page_on_time_makes_up_no_magic_word() -> None:
    section = text_of("docs/time.md").split("### Magic words")[1].split("### Orders")[0]
    assert set(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)) == set(magic.WORDS)


@pytest.mark.parametrize("field", magic.FIELDS)
def test_the_page_on_time_tells_where_magic_words_count(field: str) -> None:
    assert f"`{field}`" in text_of("docs/time.md")


@pytest.mark.parametrize("effect", delivery_faults.EFFECTS)
def test_the_page_on_webhooks_tells_of_every_fault(effect: str) -> None:
    assert f"| `{effect}` |" in text_of("docs/webhooks.md")


@pytest.mark.parametrize("state", deliveries.STATES)
def test_the_page_on_webhooks_tells_of_every_state(state: str) -> None:
    assert f"`{state}`" in text_of("docs/webhooks.md")


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_the_page_on_webhooks_tells_of_every_trigger(trigger: str) -> None:
    assert f"| `{trigger}` |" in text_of("docs/webhooks.md")


@pytest.mark.parametrize("effect", rules.EFFECTS)
def test_the_page_on_faults_tells_of_every_effect(effect: str) -> None:
    assert f"| `{effect}` |" in text_of("docs/faults.md")
