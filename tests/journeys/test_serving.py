"""What it is like to start and stop the server: clean ends, kept state, readable complaints."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mock_server import __version__
from mock_server.serving import _files
from tests.journeys.bodies import LEAD
from tests.journeys.conftest import without_slow_start
from tests.journeys.hooks import Receiver
from tests.journeys.lines import many

Serve = Callable[..., Any]
Run = Callable[..., Any]


def complaint(run: Run, *options: str) -> tuple[int, str]:
    """Return the exit code and the complaint of a command that cannot serve."""
    process = run(*options)
    said, complained = process.communicate(timeout=20)
    assert said == ""
    assert "Traceback" not in complained
    return process.returncode, without_slow_start(complained)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_server_ends_cleanly_and_frees_its_port(how: signal.Signals, serve: Serve) -> None:
    if signal.getsignal(how) is signal.SIG_IGN:
        pytest.skip(f"these tests run where {how.name} is ignored, as under nohup")
    served = serve()
    port = int(served.url.rsplit(":", 1)[1])
    assert served.stop(how) == (0, "")
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", port)) != 0


def test_a_terminal_interrupts_every_process_and_nobody_complains(serve: Serve) -> None:
    served = serve()
    os.killpg(served.process.pid, signal.SIGINT)
    said, complained = served.process.communicate(timeout=20)
    assert (said, without_slow_start(complained)) == ("", "")
    assert served.process.returncode == 0


def test_callers_who_wait_do_not_keep_the_server_from_ending(
    serve: Serve, connect: Callable[[str], Any]
) -> None:
    receiver = Receiver()
    served = serve("--leadpro-webhooks", receiver.url, "--webhook-seconds", "60")
    mine = connect(served.url).leadpro()
    mine.ok("POST", "/__admin/clock", {"freeze": True})
    is_waiting, is_over = threading.Event(), threading.Event()

    def hold() -> None:
        is_waiting.set()
        is_over.wait(60)

    receiver.before_answering = hold
    mine.ok("POST", "/api/v103/leads", LEAD)
    with ThreadPoolExecutor(1) as callers:
        waiting = callers.submit(mine, "POST", "/__admin/clock/advance", {"until": "idle"})
        assert is_waiting.wait(20)
        assert served.stop(signal.SIGINT) == (0, "")
        with pytest.raises((OSError, http.client.HTTPException)):
            waiting.result()
    is_over.set()
    receiver.close()


def test_a_thousand_open_connections_keep_nobody_out(
    serve: Serve, connect: Callable[[str], Any]
) -> None:
    url = serve().url
    _files()  # This process opens as many itself.
    with many(url, 1_500):
        assert connect(url).leadpro()("GET", "/__admin/health").status == 200


def test_the_server_says_where_both_apis_are(serve: Serve, connect: Callable[[str], Any]) -> None:
    site = connect(serve().url)
    assert site.leadpro()("GET", "/__admin/health").json == {
        "status": "ok",
        "version": __version__,
        "apis": ["propexo", "leadpro", "sandbox"],
    }
    assert site.propexo()("GET", "/v1/leads/?limit=1").status == 200
    assert site.leadpro()("GET", "/api/v103/offices").status == 200


def test_a_person_at_a_terminal_is_shown_two_calls_to_copy_and_the_contracts(run: Run) -> None:
    process = run("--port", "0", "--no-access-log")
    lines = [process.stdout.readline() for _ in range(11)]
    process.send_signal(signal.SIGINT)
    url = lines[0].split()[1].removesuffix("/v1")
    assert lines[1].split() == ["LeadPro", f"{url}/api/v103"]
    assert [line.split()[0] for line in lines[3:5]] == ["curl", "curl"]
    assert all(url in line for line in lines[3:5])
    contracts = [f"{url}/openapi/{each}.json" for each in ("propexo", "leadpro", "sandbox")]
    assert lines[6].split() == ["Page", f"{url}/"]
    assert lines[7].split()[:2] == ["Docs", f"{url}/docs;"]
    assert [line.split() for line in lines[8:]] == [["Contract", each] for each in contracts]


def test_a_sandbox_in_a_file_survives_a_restart(
    serve: Serve, connect: Callable[[str], Any], tmp_path: Path
) -> None:
    db = str(tmp_path / "sandbox.sqlite")
    first = serve("--db", db)
    site = connect(first.url)
    lead = site.leadpro().ok("POST", "/api/v103/leads", LEAD)
    assert first.stop() == (0, "")
    again = type(site)(connect(serve("--db", db).url).send, site.world).leadpro()
    assert again.ok("GET", f"/api/v103/leads/{lead['id']}") == lead
    assert again.ok("POST", "/api/v103/leads", LEAD)["id"] == lead["id"] + 1


def test_a_write_under_way_lands_after_a_restart(
    serve: Serve, connect: Callable[[str], Any], tmp_path: Path
) -> None:
    db = str(tmp_path / "sandbox.sqlite")
    first = serve("--db", db, "--write-seconds", "0.5")
    site = connect(first.url)
    listed = site.propexo().ok("GET", "/v1/properties/?integration_vendor=RENTMANAGER&limit=1")
    [place] = listed["results"]
    body = {"integration_id": place["integration_id"], "property_id": place["id"]}
    body |= {"first_name": "Ada", "last_name": "Okafor"}
    job_id = site.propexo().ok("POST", "/v1/leads/", body)["job_id"]
    assert first.stop() == (0, "")
    again = type(site)(connect(serve("--db", db).url).send, site.world).propexo()
    path = f"/v1/admin/write-status/{job_id}"
    while (status := again.ok("GET", path))["write_status"] == "PENDING":
        assert status["created_record_id"] is None
    lead = again.ok("GET", f"/v1/leads/{status['created_record_id']}")["results"]
    assert lead["first_name"] == "Ada"


def test_time_goes_on_after_a_restart_wherever_it_began(
    serve: Serve, connect: Callable[[str], Any], tmp_path: Path
) -> None:
    options = ("--db", str(tmp_path / "sandbox.sqlite"), "--start-at", "2026-03-01T09:00:00Z")
    first = serve(*options)
    before = connect(first.url).propexo().ok("GET", "/__admin/clock")["now"]
    assert first.stop() == (0, "")
    after = connect(serve(*options).url).propexo().ok("GET", "/__admin/clock")["now"]
    assert "2026-03-01T09:00:00" <= before < after < "2026-03-01T10:00:00"


def test_a_killed_server_leaves_its_database_to_the_next(serve: Serve, tmp_path: Path) -> None:
    db = str(tmp_path / "sandbox.sqlite")
    first = serve("--db", db)
    first.process.kill()
    first.process.communicate(timeout=20)
    assert serve("--db", db).stop() == (0, "")


def test_a_busy_port_is_a_readable_complaint(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = complaint(run, "--port", str(port))
    assert code == 1
    assert said == (
        f"mock-server: cannot serve at 127.0.0.1 port {port}: Address already in use;"
        " --port 0 picks a free port, --host the address\n"
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--leads", "-1"), "leads must be at least 0, not -1"),
        (("--port", "70000"), "port must be at most 65535, not 70000"),
        (("--leads", "many"), "'many' is not a valid integer"),
        (("--leds", "3"), "No such option"),
    ],
    ids=["too small", "too large", "no number", "unknown"],
)
def test_a_bad_setting_is_a_readable_complaint(
    options: tuple[str, ...], words: str, run: Run
) -> None:
    code, said = complaint(run, *options)
    assert code == 2
    assert words in said


def test_a_database_of_another_seed_is_a_readable_complaint(
    serve: Serve, run: Run, tmp_path: Path
) -> None:
    db = str(tmp_path / "sandbox.sqlite")
    assert serve("--db", db).stop() == (0, "")
    code, said = complaint(run, "--port", "0", "--db", db, "--seed", "4")
    assert code != 0
    assert "seeded with seed" in said


def test_a_file_that_is_no_database_is_a_readable_complaint(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes and no database at all.\n" * 40, encoding="utf-8")
    code, said = complaint(run, "--port", "0", "--db", str(path))
    assert code != 0
    assert said == f"mock-server: no database can be kept at {path}: file is not a database\n"


def test_a_database_that_another_server_has_is_a_readable_complaint(
    serve: Serve, connect: Callable[[str], Any], run: Run, tmp_path: Path
) -> None:
    db = str(tmp_path / "two.db")
    first = connect(serve("--db", db).url).leadpro()
    code, said = complaint(run, "--port", "0", "--db", db)
    assert code != 0
    assert said == (
        f"mock-server: {db} is in use by another mock-server; stop it, or give --db another file\n"
    )
    first.ok("POST", "/api/v103/leads", LEAD)


def test_a_database_of_another_program_is_a_readable_complaint(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    with closing(sqlite3.connect(path)) as mine:
        mine.execute("CREATE TABLE customers (name)")
    before = path.read_bytes()
    code, said = complaint(run, "--port", "0", "--db", str(path))
    assert code != 0
    assert said == (
        f"mock-server: {path} is a database of another program; give --db a file of its own\n"
    )
    assert path.read_bytes() == before


def test_the_json_line_is_all_that_is_said(run: Run) -> None:
    process = run("--port", "0", "--json", "--no-access-log")
    line = process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    rest, complained = process.communicate(timeout=20)
    url = json.loads(line)["url"]
    assert json.loads(line) == {"url": url, "propexo": f"{url}/v1", "leadpro": f"{url}/api/v103"}
    assert (rest, without_slow_start(complained)) == ("", "")


def test_the_first_call_after_the_json_line_is_let_in(run: Run) -> None:
    process = run("--port", "0", "--json", "--no-access-log")
    url = json.loads(process.stdout.readline())["url"]
    port = int(url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(b"GET /__admin/health HTTP/1.0\r\n\r\n")
        assert b"200" in line.recv(100)


def test_a_killed_starter_leaves_no_server_behind(serve: Serve) -> None:
    served = serve()
    served.process.kill()
    said, complained = served.process.communicate(timeout=20)
    assert (said, without_slow_start(complained)) == ("", "")
    with socket.socket() as line:
        assert line.connect_ex(("127.0.0.1", int(served.url.rsplit(":", 1)[1]))) != 0
