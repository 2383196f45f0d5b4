"""What pages, other machines and proxies meet: who is let in, and what the page of it promises."""

import http.client
import json
import re
import shlex
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "browsers.md").read_text(encoding="utf-8")
HERE = "http://127.0.0.1:8080"
CALLS = re.findall(r"^# (\d{3}): .*\n(curl (?:.*\\\n)*.*)$", PAGE, re.MULTILINE)
# What browsers send along with a form of another page, and with a script of one.
CHROME_FORM = {
    "Origin": "https://evil.com",
    "Referer": "https://evil.com/",
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Upgrade-Insecure-Requests": "1",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0",
}
SAFARI_FORM = {
    "Origin": "null",
    "Content-Type": "text/plain",
    "User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari",
}
FIREFOX_SCRIPT = {
    "Origin": "http://localhost:3000",
    "Content-Type": "application/json",
    "Sec-Fetch-Site": "same-site",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Dest": "empty",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
}


def call_of(line: str) -> tuple[str, str, dict[str, str]]:
    """Return the method, the path and the headers of a line that calls curl."""
    words = iter(shlex.split(line.replace("\\\n", " "))[1:])
    method, path, headers = "GET", "", {}
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, text = next(words).partition(": ")
            headers[name] = text
        else:
            path = word.removeprefix(HERE)
    return method, path, headers


@pytest.mark.parametrize(("status", "line"), CALLS)
def test_every_call_of_the_page_is_answered_as_it_says(site: Any, status: str, line: str) -> None:
    method, path, headers = call_of(line)
    assert site.send(method, path, headers, None).status == int(status)


def test_the_page_has_calls_of_every_kind() -> None:
    assert {status for status, _ in CALLS} == {"200", "204", "403"}


@pytest.mark.parametrize("headers", [CHROME_FORM, SAFARI_FORM, FIREFOX_SCRIPT])
def test_no_page_erases_what_others_share(site: Any, headers: Mapping[str, str]) -> None:
    owner = site.propexo()
    owner.ok("POST", "/__admin/clock", {"freeze": True})
    for path in ("/__admin/reset?all=true", "/__admin/reset", "/sandbox/outcomes"):
        answer = site.send("POST", path, {**headers, **owner.headers}, b"")
        assert (answer.status, [*answer.json]) == (403, ["error"])
    assert owner.ok("GET", "/__admin/clock")["is_frozen"]


def test_a_page_on_this_machine_posts_a_lead_and_reads_why_it_failed(site: Any) -> None:
    page = {**FIREFOX_SCRIPT, **site.leadpro().headers}
    asking = {
        "Origin": page["Origin"],
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-api-key",
    }
    assert site.send("OPTIONS", "/api/v103/leads", asking, None).status == 204
    refused = site.send("POST", "/api/v103/leads", page, b"{}")
    assert refused.status == 400
    assert refused.headers["access-control-allow-origin"] == page["Origin"]
    assert "first_name is required" in refused.json["message"]


@pytest.mark.parametrize(
    "credential",
    ["sandbox_café".encode(), "sandbox_café".encode("latin-1"), b"sandbox_a b", b"a" * 9_000, b""],
)
def test_a_credential_that_cannot_be_read_resets_nobodys_world(
    live: Any, credential: bytes
) -> None:
    shared = {"x-api-key": "any-key"}
    clock = {"Content-Type": "application/json", **shared}
    assert live("POST", "/__admin/clock", clock, b'{"freeze": true}').status == 200
    assert live("POST", "/__admin/reset", {"x-api-key": credential}, b"").status == 401
    told = live("GET", "/__admin/clock", shared, None).json
    assert (told["world"], told["is_frozen"]) == ("default", True)


def test_where_other_machines_can_call_the_control_api_demands_its_token(
    run: Callable[..., Any], connect: Callable[[str], Any]
) -> None:
    process = run("--host", "0.0.0.0", "--port", "0", "--json", "--no-access-log")  # noqa: S104 - the very case
    told = json.loads(process.stdout.readline())
    site = connect(told["url"])
    world = site.leadpro().headers
    assert site.send("GET", "/__admin/health", {}, None).status == 200
    assert site.leadpro()("GET", "/api/v103/offices").status == 200
    refused = site.send("POST", "/__admin/reset", world, b"")
    assert (refused.status, "x-mock-control-token" in refused.json["error"]) == (401, True)
    for name, text in (
        ("x-mock-control-token", told["control_token"]),
        ("Authorization", f"Bearer {told['control_token']}"),
    ):
        answer = site.send("POST", "/__admin/reset", {**world, name: text}, b"")
        assert answer.json == {"reset": [site.world]}
        headers = {**world, name: text, "Content-Type": "application/json"}
        advanced = site.send("POST", "/__admin/clock/advance", headers, b'{"until": "idle"}')
        assert (advanced.status, advanced.json["world"]) == (200, site.world)


def raw(url: str, lines: str) -> tuple[int, Any]:
    """Send a request exactly as it is written, and return the status and the value of the reply."""
    parts = urlsplit(url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=20) as line:
        line.sendall(lines.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        with http.client.HTTPResponse(line) as answer:
            answer.begin()
            return answer.status, json.loads(answer.read())


def test_a_caller_without_a_host_is_let_in(serve: Callable[..., Any]) -> None:
    served = serve()
    status, told = raw(served.url, "GET /openapi/leadpro.json HTTP/1.0")
    assert (status, told["servers"]) == (200, [{"url": served.url}])


def test_slashes_are_counted_alike_wherever_they_stand(serve: Callable[..., Any]) -> None:
    url = serve().url
    for path in ("//v1/leads/", "/v1//leads/", "/v1/leads//"):
        asked = f"GET {path} HTTP/1.1\nHost: localhost\nAuthorization: Bearer me"
        status, told = raw(url, asked)
        assert status == 404
        assert "did you mean /v1/leads/?" in told["error"]["message"]


def test_no_path_writes_a_line_of_its_own_into_the_log(run: Callable[..., Any]) -> None:
    process = run("--port", "0", "--json")
    url = json.loads(process.stdout.readline())["url"]
    for path in ("/v1/leads/%0aFORGED", "/v1/leads/%1b%5B31mRED"):
        raw(url, f"GET {path} HTTP/1.1\nHost: localhost\nAuthorization: Bearer sandbox_me")
    process.terminate()
    _, log = process.communicate(timeout=20)
    assert "\x1b" not in log
    lines = [line for line in log.splitlines() if "GET /v1/leads/" in line]
    assert [
        bool(re.search(r"404 GET /v1/leads/\S+ \d+ ms world=me: ", each)) for each in lines
    ] == [
        True,
        True,
    ]
    assert not any(line.startswith("FORGED") for line in log.splitlines())
