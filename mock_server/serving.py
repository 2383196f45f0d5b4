"""How the sandbox is served to other processes: granian, one worker, all state in its memory."""

import json
import os
import socket
import sys
from functools import partial
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from mock_server.settings import Settings

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
        # One world is changed by one call at a time, so a second thread would only wait.
        blocking_threads=1,
        log_enabled=False,
    )
    loader = partial(_load, settings, f"http://{_shown(settings.host)}:{port}", as_json)
    server.serve(target_loader=loader, wrap_loader=False)


def _load(settings: Settings, url: str, as_json: bool) -> Any:  # noqa: FBT001 - a partial
    """Make the application inside the worker, and say where it is once it is ready."""
    from mock_server import logs
    from mock_server.app import create_app

    if settings.access_log:
        logs.configure(as_json=settings.json_logs)
    try:
        app = create_app(settings)
    except (ValueError, OSError) as error:
        print(f"mock-server: {error}", file=sys.stderr, flush=True)  # noqa: T201 - the command's answer
        os._exit(2)
    print(_banner(url, as_json), flush=True)  # noqa: T201 - the command's answer
    return app


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
    """Return the host's number and the port, a free one for 0; raises `OSError` where it is taken."""
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
