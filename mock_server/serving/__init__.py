"""How the sandbox is served to other processes: by one process, and one thread in it."""

import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from mock_server.settings import Settings
from mock_server.slow_start import SlowStart

if TYPE_CHECKING:
    from mock_server.serving.server import Server
    from mock_server.web.application import Application
    from mock_server.web.control_token import Exposure

_ENDING_SECONDS = 0.3  # Replies may be on their way for as long once the server is told to end.
# A connection is a file to the system, which lets a process have few unless it asks for more.
_MOST_FILES = 10_240
_OTHER_FILES = 128  # Databases, deliveries, logs.


def serve(settings: Settings, *, as_json: bool = False) -> None:
    """Serve both APIs until Ctrl-C, SIGTERM or SIGHUP.

    Exits with 1 where the address cannot be bound, and with 2 where the settings cannot be met.
    """
    try:
        listener = _bound(settings.host, settings.port)
    except OSError as error:
        sys.exit(f"mock-server: {_unbindable(settings, error)}")
    from mock_server.web.control_token import guarded

    bound = listener.getsockname()[:2]
    settings, exposure = guarded(settings, bound[0])
    signals = _signals()
    for each in _ends():
        signal.signal(each, _end_at_once)
    application = _made(settings)
    server = _server(application, settings)
    for each in _ends():
        # The thread that reads the signals ends the server, even while this one is at work.
        signal.signal(each, lambda *_: None)
    threading.Thread(target=_end_when_told, args=(server, signals), daemon=True).start()
    banner = _banner(_url(settings.host, *bound), as_json, exposure)
    server.run(listener, partial(print, banner, flush=True))
    _end_at_once()


def _made(settings: Settings) -> "Application":
    """Make the application, or say what stands in its way and end."""
    # Nearly all that is made from here on stays, so looking for garbage would find none.
    gc.disable()
    from mock_server import logs
    from mock_server.app import create_app

    logs.configure(as_json=settings.json_logs)
    try:
        with SlowStart(_complain) as start:
            application = create_app(settings, on_step=start.step)
    except (ValueError, OSError) as error:
        _complain(str(error))
        os._exit(2)
    gc.freeze()
    gc.enable()
    return application


def _complain(told: str) -> None:
    print(f"mock-server: {told}", file=sys.stderr, flush=True)  # noqa: T201 - the command's answer


def _server(application: "Application", settings: Settings) -> "Server":
    from mock_server.serving.request import Bounds
    from mock_server.serving.server import Server

    bounds = Bounds(settings.max_body_bytes, application.most_bytes, settings.request_seconds)
    server = Server(application.wsgi_app, bounds, _files() - _OTHER_FILES)
    application.turnstile.on_waiting = server.waiting.note
    return server


def _files() -> int:
    """Ask for as many open files as a server can use, and return how many it may have."""
    try:
        import resource
    except ImportError:  # Windows, where there is no such limit.
        return _MOST_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def _ends() -> list[int]:
    """Return the signals that end the server."""
    found: list[int] = [signal.SIGINT, signal.SIGTERM]
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none.
    # Whoever starts it by `nohup` wants it to stay.
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        found.append(hangup)
    return found


def _signals() -> socket.socket:
    """Return what can be read as soon as the process gets a signal, whatever it is busy with."""
    readable, written = socket.socketpair()
    written.settimeout(0)
    # The interpreter keeps no more than the descriptor's number.
    signal.set_wakeup_fd(written.detach())
    return readable


def _end_when_told(server: "Server", signals: socket.socket) -> None:
    signals.recv(1)
    server.stop()
    time.sleep(_ENDING_SECONDS)
    _end_at_once()


def _end_at_once(*_: object) -> None:
    """End now: who waits, for a receiver or for a clock, is not waited for."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


def _banner(url: str, as_json: bool, exposure: "Exposure") -> str:  # noqa: FBT001 - chosen by the caller's option
    from mock_server.app import every_api
    from mock_server.serving import banner

    say = banner.as_json if as_json else banner.as_text
    return say(url, every_api(), exposure)


def _url(host: str, address: str, port: int) -> str:
    shown = host if host == "localhost" else _shown(address)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket at the host and the port, a free one for 0; raises `OSError` where taken."""
    # A name may stand for both kinds of address; the older one is the smaller here.
    family, kind, _, _, address = min(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    bound = socket.socket(family, kind)
    try:
        if os.name == "posix":
            # Without it a server that has just stopped would still seem to be there.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()
    except OSError:
        bound.close()
        raise
    return bound


def _unbindable(settings: Settings, error: OSError) -> str:
    address = f"{settings.host} port {settings.port}"
    reason = error.strerror or str(error)
    return f"cannot serve at {address}: {reason}; --port 0 picks a free port, --host the address"


def _shown(host: str) -> str:
    # The address that takes every interface is no address to call.
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
