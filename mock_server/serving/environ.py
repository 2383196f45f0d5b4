"""A request's head as a WSGI environment."""

import sys
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

from mock_server.web.turnstile import HAS_WIRE

Environ = dict[str, Any]

_BARE = {"CONTENT_TYPE", "CONTENT_LENGTH"}
_MOST_KEYS = 256
# Anything printable may stand in a target as it is; only what is not ASCII is escaped.
_SAFE = "".join(map(chr, range(0x21, 0x7F)))

_keys: dict[bytes, str] = {}


def basis(host: str, port: int) -> Environ:
    """Return what every request to this address has in common."""
    return {
        "SCRIPT_NAME": "",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_SOFTWARE": "mock-server",
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multiprocess": False,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        HAS_WIRE: True,
        # Until a request line has been read, a refusal is in our own shape.
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }


def set_target(environ: Environ, target: bytes) -> None:
    """Note the path and the query of a request's target."""
    if not target.startswith(b"/"):
        target = _path_of(target)
    path, _, query = target.partition(b"?")
    if b"%" in path:
        path = unquote_to_bytes(path)
    # WSGI hands on bytes as the characters of the same numbers.
    environ["PATH_INFO"] = path.decode("latin-1")
    environ["QUERY_STRING"] = query.decode("latin-1")


def _path_of(target: bytes) -> bytes:
    """Return the path of a target that a proxy would get, such as `http://host/path`."""
    _, is_absolute, rest = target.partition(b"://")
    if not is_absolute:
        return b"/" + target
    return b"/" + rest.partition(b"/")[2]


def add_header(environ: Environ, name: bytes, value: bytes) -> None:
    """Note a header; one that comes again is joined to the first, as HTTP allows."""
    key = _keys.get(name) or _key(name)
    text = value.decode("latin-1")
    environ[key] = f"{environ[key]},{text}" if key in environ else text


def _key(name: bytes) -> str:
    upper = name.decode("latin-1").upper().replace("-", "_")
    key = upper if upper in _BARE else f"HTTP_{upper}"
    # Callers choose the names, so what is remembered of them has a bound.
    if len(_keys) < _MOST_KEYS:
        _keys[name] = key
    return key


def set_body(environ: Environ, body: bytes) -> None:
    """Hand over the whole body, whichever way it was framed."""
    environ["wsgi.input"] = BytesIO(body)
    if environ.pop("HTTP_TRANSFER_ENCODING", None):
        environ["CONTENT_LENGTH"] = str(len(body))


def escaped(head: bytes) -> bytes:
    """Return a head whose target is ASCII: people type `?name=Zoë` and some clients send it so."""
    line, end, rest = head.partition(b"\n")
    if line.isascii():
        return head
    return quote_from_bytes(line, safe=_SAFE + " \r").encode() + end + rest
