"""Does a browser get the page, whole and from here alone, and everybody else the JSON?"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

PAGE = Path(__file__).parents[3] / "mock_server" / "page"
FILES = sorted(path.relative_to(PAGE).as_posix() for path in PAGE.rglob("*") if path.is_file())
OURS = [name for name in FILES if not name.startswith("vendor/")]
MODULES = [name for name in OURS if name.endswith(".js")]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# Addresses that a reader sees or copies, and the name of SVG's namespace.
SHOWN = re.compile(r"https?://(?:127\.0\.0\.1|www\.w3\.org/2000/svg)")


@pytest.mark.parametrize(
    ("accepted", "kind"),
    [
        (BROWSER, "text/html; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/json, text/html", "application/json"),
        (None, "application/json"),
    ],
)
def test_only_who_prefers_html_gets_the_page(
    client: FlaskClient, accepted: str | None, kind: str
) -> None:
    answer = client.get("/", headers={"Accept": accepted} if accepted else {})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_served_as_what_it_is(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/page/{name}")
    assert answer.data == (PAGE / name).read_bytes()
    kinds = {".js": "javascript", ".mjs": "javascript", ".css": "css", ".html": "html"}
    assert kinds.get(Path(name).suffix, "") in answer.headers["Content-Type"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/page/main.js")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/page/main.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("name", ["none.js", "../app.py", "views/../../app.py", "__init__.py", ""])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/page/{name}").status_code == 404


def test_the_page_may_load_and_run_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = client.get("/", headers={"Accept": BROWSER}).headers["Content-Security-Policy"]
    rules = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"


@pytest.mark.parametrize("name", OURS)
def test_no_file_names_another_server_or_writes_markup(name: str) -> None:
    text = SHOWN.sub("", (PAGE / name).read_text(encoding="utf-8"))
    assert not re.search(r"https?://\w|innerHTML|insertAdjacentHTML|\beval\b|new Function", text)


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".js", ".mjs"))])
def test_modules_import_one_another_and_nothing_else(name: str) -> None:
    text = (PAGE / name).read_text(encoding="utf-8")
    for found in re.findall(
        r"""^(?:import|export).*?\bfrom\s*["']([^"']+)["']""", text, re.MULTILINE
    ):
        assert ((PAGE / name).parent / found).is_file(), found


def test_the_page_names_every_module_so_that_none_is_waited_for() -> None:
    text = (PAGE / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src)="page/([^"]+\.m?js)"', text)
    assert sorted(named) == [name for name in FILES if name.endswith((".js", ".mjs"))]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed.")
@pytest.mark.parametrize("name", MODULES)
def test_node_can_read_the_module(name: str) -> None:
    node, text = str(shutil.which("node")), (PAGE / name).read_text(encoding="utf-8")
    command = [node, "--input-type=module", "--check"]
    read = subprocess.run(command, input=text, capture_output=True, check=False, text=True)  # noqa: S603 - our own file
    assert read.returncode == 0, read.stderr


def test_the_libraries_are_small_and_bring_their_licences() -> None:
    libraries = [name for name in FILES if name.endswith(".mjs")]
    assert sum((PAGE / name).stat().st_size for name in libraries) < 30_000
    told = (PAGE / "vendor" / "README.md").read_text(encoding="utf-8")
    assert [name for name in libraries if f"`{Path(name).name}`" not in told] == []
    assert all(
        (PAGE / "vendor" / each).is_file() for each in re.findall(r"licences/[\w-]+.txt", told)
    )
