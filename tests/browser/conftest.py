"""What the tests of the page share: a browser, and a page of it at a sandbox of this process."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mock_server import Sandbox

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE_MILLISECONDS = 20_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start Chromium once for a module: its loop must not run while others start their own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt install chromium.")
    with playwright.sync_playwright() as driver:
        # Containers seldom let Chromium make a sandbox of its own, and it only sees our page.
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def show(browser: Any, sandbox: Sandbox) -> Iterator[Callable[..., Any]]:
    """Open an address of the page, and fail if it has raised, or has asked another server."""
    wrong: list[str] = []
    contexts = []

    def open_page(address: str, *, width: int = 1280, scheme: str = "light") -> Any:
        size = {"width": width, "height": 800}
        contexts.append(browser.new_context(viewport=size, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.accept())
        )
        page.on("request", lambda asked: foreign(asked.url, sandbox.url, wrong))
        page.goto(f"{sandbox.url}/{address}{'&' if '?' in address else '?'}world={sandbox.world}")
        page.locator("main h1").wait_for(state="attached")
        return page

    yield open_page
    for each in contexts:
        each.close()
    assert wrong == []


def foreign(url: str, ours: str, wrong: list[str]) -> None:
    """Note a request that leaves our server."""
    if not url.startswith((f"{ours}/", "data:")):
        wrong.append(f"asked {url}")
