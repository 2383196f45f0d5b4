"""How the receiver is served: one process, a thread for each delivery, what it hears on stdout."""

import io
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count

from werkzeug.serving import WSGIRequestHandler, make_server

from mock_server.receiving import telling
from mock_server.receiving.delivery import Answer, Delivery
from mock_server.receiving.receiver import create_receiver
from mock_server.receiving.reception import Reception, shown


class _Quiet(WSGIRequestHandler):
    """A connection that leaves it to the receiver to tell of what came."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing, because each delivery is told already."""


def listen(reception: Reception, host: str, port: int, *, as_json: bool = False) -> None:
    """Receive until Ctrl-C or SIGTERM; exits with 1 where the address cannot be bound."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.default_int_handler)
    with suppress(KeyboardInterrupt), _bound(host, port) as line:
        address, port = line.getsockname()[:2]
        _refuse_itself(reception, address, port)
        if isinstance(sys.stdout, io.TextIOWrapper):
            # A terminal that lacks a character is no reason to fail a delivery.
            sys.stdout.reconfigure(errors="backslashreplace")
        app = create_receiver(reception, _teller(as_json=as_json))
        # The server does not bind, because its complaint would be another than ours.
        server = make_server(
            address, port, app, threaded=True, request_handler=_Quiet, fd=line.fileno()
        )
        url = _url(address, port)
        _say(json.dumps({"url": url}) if as_json else _banner(reception, url))
        server.serve_forever()


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that lets callers in, at a free port for 0."""
    try:
        # A name may stand for both kinds of address; the older one is the smaller here.
        family, kind, _, _, address = min(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        line = socket.socket(family, kind)
        try:
            # Without it a receiver that has just stopped would still seem to be there.
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.bind(address)
            line.listen()
        except OSError:
            line.close()
            raise
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        sys.exit(
            f"mock-server: cannot listen at {host} port {port}: {reason};"
            " --port 0 picks a free port, --host the address"
        )
    return line


def _refuse_itself(reception: Reception, address: str, port: int) -> None:
    target = reception.target
    here = {address, f"[{address}]", "localhost", "127.0.0.1", "[::1]"}
    if target is not None and target.port == port and target.host in here:
        sys.exit("mock-server: --forward-to is the receiver itself; name the program to try")


def _teller(*, as_json: bool) -> Callable[[Delivery, Answer], None]:
    """Return what tells of each delivery under a number of its own, one after the other."""
    numbers, turn = count(1), threading.Lock()
    written = telling.as_json if as_json else telling.as_text

    def tell(delivery: Delivery, answer: Answer) -> None:
        with turn:
            _say(written(next(numbers), delivery, answer))

    return tell


def _say(text: str) -> None:
    try:
        print(text, flush=True)  # noqa: T201 - the command's answer
    except BrokenPipeError:
        # Whoever read along has gone, as after `| head`.
        os._exit(0)


def _banner(reception: Reception, url: str) -> str:
    target = reception.target
    lines = [
        f"Listening at {url}, any path.",
        reception.secrets and "A wrong or missing signature is answered 401.",
        reception.fail and f"Answered {reception.status} on purpose: the first {reception.fail}.",
        target and f"Deliveries are passed on to {shown(target)}.",
        "Ctrl-C stops it.\n",
    ]
    return "\n".join(str(line) for line in lines if line)


def _url(address: str, port: int) -> str:
    # The address that takes every interface is no address to call.
    called = "127.0.0.1" if address in {"0.0.0.0", "::"} else address  # noqa: S104 - not bound
    return f"http://{f'[{called}]' if ':' in called else called}:{port}"
