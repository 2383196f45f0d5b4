"""The page for people: its files in the package, and what a browser may do with them."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

_FOLDER = Path(__file__).parents[1] / "page"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
}
_HEADERS = {
    # A name in the data that looks like markup stays text, and nothing is loaded from elsewhere.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    # A new release is seen at once; until then each file costs an empty 304.
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True)
class _File:
    """A file as it is sent."""

    content: bytes
    type: str
    etag: str


def blueprint() -> Blueprint:
    """Return the files of the page, each under its name in the package."""
    made = Blueprint("page", __name__)

    @made.get("/page/<path:name>")
    def file(name: str) -> Response:
        if name not in _files():
            raise NotFound
        return sent(name)

    return made


def is_wanted() -> bool:
    """Say whether the caller would rather have a page than JSON, as a browser's address bar."""
    accepted = request.accept_mimetypes
    # Whoever takes anything, as curl does, gets the JSON.
    return accepted["text/html"] > accepted["application/json"]


def sent(name: str) -> Response:
    """Return the response that carries a file, or says that the caller's copy is still right."""
    known = _files()[name]
    response = Response(known.content, content_type=known.type, headers=_HEADERS)
    response.set_etag(known.etag)
    response.make_conditional(request)
    return response


@cache
def _files() -> dict[str, _File]:
    """Return every file by its path below the folder; no other path can be asked for."""
    found = (path for path in _FOLDER.rglob("*") if path.suffix in _TYPES)
    return {path.relative_to(_FOLDER).as_posix(): _read(path) for path in found}


def _read(path: Path) -> _File:
    content = path.read_bytes()
    return _File(content, _TYPES[path.suffix], hashlib.sha256(content).hexdigest()[:16])
