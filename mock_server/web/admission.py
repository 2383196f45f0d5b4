"""Which calls are let in before any operation is looked for, and what every reply carries."""

import re
from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, request

from mock_server.engine.api import Api
from mock_server.engine.refusals import Forbidden, NotFound
from mock_server.setting_texts import host_names, origins
from mock_server.settings import Settings
from mock_server.web import control_token, proxies
from mock_server.web.hosts import Hosts
from mock_server.web.origins import PREFLIGHT, Origins, is_preflight
from mock_server.web.translation import current_request

_CONTRACTS = "/openapi/"
# Headers that a page may read besides the limits of a vendor and our own.
_EXPOSED = ("location", "retry-after", "www-authenticate")
# Health is asked by probes that hold no secret; the link to a job is followed by a vendor's client.
_OPEN = ("/__admin/health/", "/__admin/jobs/")
_READING = frozenset({"GET", "HEAD"})


def install(app: Flask, apis: Sequence[Api], settings: Settings) -> None:
    """Ask of every call where it comes from, and put on every reply what browsers need."""
    proxies.trust(app, settings.trust_proxy)
    admission = Admission(apis, settings)
    app.before_request(admission.admit)
    app.after_request(admission.finish)


class Admission:
    """The rules for where a call may come from: by its host, its page and its token."""

    def __init__(self, apis: Sequence[Api], settings: Settings) -> None:
        """Guard the control APIs among these, and share the others with pages."""
        own = (settings.host.lower(), *(name for each in apis for name in each.hosts))
        self._hosts = Hosts(host_names(settings.allowed_hosts or ""), own)
        limits = (name for each in apis for name in each.limit_headers)
        self._origins = Origins(origins(settings.cors), (*limits, *_EXPOSED))
        self._guarded = tuple(root for each in apis if each.is_control for root in each.roots)
        vendors = tuple(root for each in apis if not each.is_control for root in each.roots)
        self._shared = (*vendors, _CONTRACTS)
        self._token = settings.control_token

    def admit(self) -> Response | None:
        """Let the call pass, or answer a preflight; raises a refusal."""
        call = current_request()
        environ, path = call.environ, _ended(call.path)
        if environ.get("HTTP_HOST") not in self._hosts.known:
            self._admit_host(environ)
        if "//" in environ["PATH_INFO"]:
            raise NotFound(_doubled(environ["PATH_INFO"]))
        if path.startswith(self._guarded):
            self._origins.refuse_foreign(environ)
        elif "HTTP_ORIGIN" not in environ:
            return None
        if is_preflight(environ):
            return self._preflight(environ, path)
        if self._token and path.startswith(self._guarded) and not _is_open(path):
            control_token.demand(self._token, environ)
        return None

    def finish(self, response: Response) -> Response:
        """Put on the reply what a browser may do with it."""
        # No reply has this header yet, and adding takes half as long as setting.
        response.headers.add("X-Content-Type-Options", "nosniff")
        call = current_request()
        if "HTTP_ORIGIN" in call.environ:
            self._tell_page(response, call.environ["HTTP_ORIGIN"], _ended(call.path))
        return response

    def _tell_page(self, response: Response, origin: str, path: str) -> None:
        if self._may_read(origin, path):
            response.headers.update(self._origins.grants(origin, response.headers.keys()))
        if not self._origins.are_all:
            response.headers["Vary"] = "Origin"

    def _admit_host(self, environ: dict[str, Any]) -> None:
        host = environ.get("HTTP_HOST")
        if not host:
            # HTTP/1.0 has none. A server may pass on an empty one, of which no link can be made.
            environ.pop("HTTP_HOST", None)
        elif not self._hosts.let_in(host):
            raise Forbidden(
                f"this server does not answer to the host {host[:200]!r};"
                " --allowed-hosts takes this name, or any"
            )

    def _preflight(self, environ: dict[str, Any], path: str) -> Response | None:
        if not path.startswith((*self._guarded, *self._shared)):
            return None
        origin = environ["HTTP_ORIGIN"]
        if not self._may_read(origin, path):
            raise Forbidden(f"pages of {origin[:200]!r} may not call; --cors takes it, or any")
        return Response(status=204, headers=PREFLIGHT)

    def _may_read(self, origin: str, path: str) -> bool:
        if path.startswith(self._guarded):
            return self._origins.may_control(origin)
        return path.startswith(self._shared) and self._origins.may_read(origin)


def _ended(path: str) -> str:
    """Return a path that ends as the roots of the Apis do."""
    return path if path.endswith("/") else f"{path}/"


def _is_open(path: str) -> bool:
    return request.method in _READING and path.startswith(_OPEN)


def _doubled(path: str) -> str:
    return f"there is no {path[:200]}: it has two slashes in a row; did you mean {_single(path)}?"


def _single(path: str) -> str:
    return re.sub("/{2,}", "/", path)[:200]
