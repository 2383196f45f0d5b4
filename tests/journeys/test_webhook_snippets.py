"""Do the programs on the page of webhooks do what the page says, as they are copied from it?"""

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_server import sign
from mock_server.examining.examination import Examination

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
SECRET = "whsec-only-for-this-test"
BODY = '{"trigger":"DATA_NEW","data":{"payload":{"first_name":"Zoë"}},"meta":{}}'.encode()
PATIENCE_SECONDS = 20

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="There is no node here.")

Post = Callable[[str | None], int]


def snippet(heading: str) -> str:
    """Return the program below a heading of the page."""
    section = PAGE.split(f"\n### {heading}\n")[1]
    found = re.search(r"```\w+\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1]


def started(command: list[str]) -> "subprocess.Popen[str]":
    """Start a copied program at a port that is free."""
    inherited = os.environ.items()  # noqa: TID251 - A child needs it all.
    return subprocess.Popen(  # noqa: S603 - the page's own program
        command,
        env={**dict(inherited), "PROPEXO_WEBHOOK_SECRET": SECRET, "PORT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def port_of(process: "subprocess.Popen[str]") -> int:
    """Return where a program runs, once it has said so."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"Running on http://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    pytest.fail("".join(said))


def posting_to(port: int) -> Post:
    """Return what posts the delivery with a signature and tells the status of the answer."""

    def post(signature: str | None) -> int:
        headers = {"Content-Type": "application/json"}
        if signature is not None:
            headers["propexo-signature"] = signature
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        try:
            line.request("POST", "/hooks", BODY, headers)
            return line.getresponse().status
        finally:
            line.close()

    return post


@pytest.fixture(
    scope="module",
    params=[
        ("Python", sys.executable, "receiver.py"),
        pytest.param(("Node", "node", "receiver.mjs"), marks=needs_node),
    ],
    ids=["Python", "Node"],
)
def port(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run a program of the page, and return where."""
    heading, interpreter, name = request.param
    copied = tmp_path_factory.mktemp("copied") / name
    copied.write_text(snippet(heading), encoding="utf-8")
    process = started([interpreter, str(copied)])
    try:
        yield port_of(process)
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture
def post(port: int) -> Post:
    """Return what posts to the program."""
    return posting_to(port)


def test_the_program_passes_the_exam(port: int) -> None:
    url = f"http://127.0.0.1:{port}/hooks"
    verdicts = [*Examination(url, SECRET, PATIENCE_SECONDS).verdicts()]
    assert [each for each in verdicts if not each.passed] == []


def test_a_signed_delivery_is_taken(post: Post) -> None:
    assert post(sign(SECRET, BODY)) == 204


@pytest.mark.parametrize(
    "signature",
    [None, "", sign("another secret", BODY), sign(SECRET, BODY)[:-1], "é" * 64],
    ids=["none", "empty", "of another secret", "short", "not ascii"],
)
def test_any_other_delivery_is_refused(signature: str | None, post: Post) -> None:
    assert post(signature) == 401


def test_a_refused_delivery_does_no_harm_to_the_next(post: Post) -> None:
    assert [post("é"), post(sign(SECRET, BODY))] == [401, 204]


def test_the_lines_for_your_own_tests_run(capsys: pytest.CaptureFixture[str]) -> None:
    exec(snippet("In your own tests"), {})  # noqa: S102 - the page's own lines
    assert capsys.readouterr() == ("", "")


def test_the_page_subscribes_to_a_webhook_that_is_active(propexo: Any) -> None:
    copied = re.search(r"/v1/webhooks/ -d '(.*?)'", PAGE, re.DOTALL)
    assert copied is not None
    asked = json.loads(copied[1])
    webhook = propexo.ok("POST", "/v1/webhooks/", asked)["result"]
    assert webhook["active"]
    assert {name: webhook[name] for name in ("url", "secret")}.items() <= asked.items()


def test_a_webhook_is_not_active_unless_it_is_said_to_be(propexo: Any) -> None:
    asked = {"url": "http://127.0.0.1:8090/hooks", "triggers": ["DATA_NEW"]}
    assert not propexo.ok("POST", "/v1/webhooks/", asked)["result"]["active"]
