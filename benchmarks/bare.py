"""The yardstick: a Flask app that answers recorded bytes, on the same server as the sandbox."""

import json
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from benchmarks.load import exchange
from benchmarks.targets import Target
from mock_server.serving.request import Bounds
from mock_server.serving.server import Server

_MOST_BYTES = 1_048_576


def record(url: str, targets: Iterable[Target], path: Path) -> None:
    """Write what the sandbox at this address answers to each target, for `serve` to repeat."""
    replies = [[each.method, each.paths[0], exchange(url, each).decode()] for each in targets]
    path.write_text(json.dumps(replies))


def serve(port: int, path: Path) -> None:
    """Answer the recorded replies, on the server that the sandbox is served by."""
    bounds = Bounds(_MOST_BYTES, lambda *_: _MOST_BYTES, seconds=10)
    server = Server(app(path).wsgi_app, bounds, most_connections=1_000)
    server.run(socket.create_server(("127.0.0.1", port)), lambda: None)


def app(path: Path) -> Flask:
    """Return a Flask app with a route for each recorded path, told apart by the query string."""
    made = Flask("bare", static_folder=None)
    replies: dict[tuple[str, str], dict[bytes, bytes]] = {}
    for method, target, text in json.loads(path.read_text()):
        route, _, query = target.partition("?")
        replies.setdefault((method, route), {})[query.encode()] = text.encode()
    for (method, route), bodies in replies.items():
        made.add_url_rule(route, f"{method} {route}", _view(bodies), methods=[method])
    return made


def _view(bodies: dict[bytes, bytes]) -> Callable[..., Any]:
    def view() -> Response:
        request.get_data(cache=False)
        return Response(bodies[request.query_string], mimetype="application/json")

    return view


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]))
