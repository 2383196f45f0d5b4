"""How the sandbox is served to other processes: granian, one worker, all state in its memory."""

import gc
import json
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from granian import Granian
from granian.constants import Interfaces

from mock_server.settings import Settings

if TYPE_CHECKING:
    from mock_server.web.reserve import Reserve
    from mock_server.web.turnstile import Turnstile

STOP_SECONDS = 3
# One serves, and the others take over while callers wait: for the deliveries of a clock that they
# move, whose receivers may call before they answer, or for a reply that is held back. Whoever waits
# keeps a thread, so with as many waiting there would be nobody left to answer a receiver.
_THREADS = 32
EXAMPLES = (
    'curl -H "Authorization: Bearer sandbox_me" "{url}/v1/leads/?limit=2"',
    'curl -H "x-api-key: sandbox_me" "{url}/api/v103/offices"',
)


def serve(settings: Settings, *, as_json: bool = False) -> None:
    """Serve both APIs until Ctrl-C or SIGTERM; exits with 1 where the address cannot be bound."""
    try:
        address, port = _bindable(settings.host, settings.port)
    except OSError as error:
        sys.exit(f"mock-server: {_unbindable(settings, error)}")
    server = Granian(
        "mock_server",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=_THREADS,
        log_enabled=False,
        # A signal that comes in the very moment in which the worker begins to serve is lost on it.
        workers_kill_timeout=STOP_SECONDS,
    )
    loader = partial(_load, settings, (_shown(address), port), as_json)
    server.serve(target_loader=loader, wrap_loader=False)


def _load(settings: Settings, address: tuple[str, int], as_json: bool) -> Any:  # noqa: FBT001 - a partial
    """Make the application inside the worker, and say where it is once callers are let in."""
    _end_when_told()
    # Nearly all that is made from here on stays, so looking for garbage would find none.
    gc.disable()
    from mock_server import logs
    from mock_server.app import create_app
    from mock_server.web.reserve import Reserve

    logs.configure(as_json=settings.json_logs)
    try:
        app = create_app(settings)
    except (ValueError, OSError) as error:
        print(f"mock-server: {error}", file=sys.stderr, flush=True)  # noqa: T201 - the command's answer
        os._exit(2)
    gc.freeze()
    gc.enable()
    shown = settings.host if settings.host == "localhost" else address[0]
    banner = _banner(f"http://{f'[{shown}]' if ':' in shown else shown}:{address[1]}", as_json)
    turnstile = cast("Turnstile", app.wsgi_app)
    reserve = Reserve(turnstile, f"/{os.urandom(16).hex()}", _THREADS - 1)
    beside = partial(_accompany, banner, address, reserve), partial(_make_way, reserve, _signals())
    for each in beside:
        threading.Thread(target=each, daemon=True).start()
    return reserve


def _end_when_told() -> None:
    """Let a signal end the worker while it still makes the application."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: os._exit(0))


def _signals() -> socket.socket:
    """Return what can be read as soon as the worker gets a signal, whoever handles it."""
    readable, written = socket.socketpair()
    written.settimeout(0)
    # The interpreter keeps no more than the descriptor's number.
    signal.set_wakeup_fd(written.detach())
    return readable


def _make_way(reserve: "Reserve", signals: socket.socket) -> None:
    """Let the server end when it is told to: before that it answers every call, ours too."""
    # A signal may come twice, from the terminal and from the parent, and must find a reader.
    while signals.recv(1):
        reserve.dissolve()


def _accompany(banner: str, address: tuple[str, int], reserve: "Reserve") -> None:
    """Print the banner once callers are let in, and end with the process that started this one."""
    while not _lets_in(address):
        time.sleep(0.001)
    reserve.fill(partial(_call, address))
    print(banner, flush=True)  # noqa: T201 - the command's answer
    parent = multiprocessing.parent_process()
    if parent is not None:
        # Without its parent nobody could stop it, and it would hold the port for ever.
        parent.join()
        os._exit(1)


def _lets_in(address: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(address, timeout=1) as line:
            # No request at all, so it is answered by the server itself and stands in no log.
            line.sendall(b"?\r\n\r\n")
            return bool(line.recv(1))
    except OSError:
        return False


def _call(address: tuple[str, int], path: str) -> None:
    with socket.create_connection(address) as line:
        line.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        line.recv(1)


def _banner(url: str, as_json: bool) -> str:  # noqa: FBT001 - chosen by the caller's option
    if as_json:
        return json.dumps({"url": url, "propexo": f"{url}/v1", "leadpro": f"{url}/api/v103"})
    lines = [
        f"Propexo  {url}/v1",
        f"LeadPro  {url}/api/v103",
        "",
        *(each.format(url=url) for each in EXAMPLES),
        "",
        "Ctrl-C stops it.",
    ]
    return "\n".join(lines)


def _bindable(host: str, port: int) -> tuple[str, int]:
    """Return the host's number and the port, a free one for 0; raises `OSError` where taken."""
    # A name may stand for both kinds of address; the older one is the smaller here.
    family, kind, _, _, address = min(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    with socket.socket(family, kind) as probe:
        # Without it a server that has just stopped would still seem to be there.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        bound = probe.getsockname()
    return str(bound[0]), int(bound[1])


def _unbindable(settings: Settings, error: OSError) -> str:
    address = f"{settings.host} port {settings.port}"
    reason = error.strerror or str(error)
    return f"cannot serve at {address}: {reason}; --port 0 picks a free port, --host the address"


def _shown(host: str) -> str:
    # The address that takes every interface is no address to call.
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
