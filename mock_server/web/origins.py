"""Whose pages may call from a browser, and what tells the browser so (CORS)."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from mock_server.engine.refusals import Forbidden
from mock_server.setting_texts import ANY, LOOPBACK, NO_ORIGIN, same_origin

# What a page may send: the headers of either vendor's clients, and our own.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": (
        "authorization, content-type, prefer, x-api-key, x-mock-control-token"
    ),
    # A page of a public site asks for this before it calls a private address.
    "Access-Control-Allow-Private-Network": "true",
    "Access-Control-Max-Age": "600",
}
_OWN_PREFIX = "x-mock-"
# Calls that change nothing; a form or an image of any page can make them, whatever we answer.
_SAFE = frozenset({"GET", "HEAD"})
_SAME = frozenset({"none", "same-origin"})

Environ = Mapping[str, object]


class Origins:
    """The origins whose pages may call.

    The vendors' APIs are open to every origin of the setting; the control API only to one that is
    named there by itself, because `any` and `loopback` also mean pages that nobody thought of.
    """

    def __init__(self, listed: frozenset[str], exposed: Iterable[str] = ()) -> None:
        """Let these origins in, and let them read these headers of a reply besides our own."""
        self.are_all = ANY in listed
        self._has_loopback = LOOPBACK in listed
        self._named = listed - {ANY, LOOPBACK}
        self._exposed = tuple(exposed)

    def may_read(self, origin: str) -> bool:
        """Say whether pages of this origin may call the vendors' APIs."""
        is_near = self._has_loopback and _is_loopback(origin)
        return self.are_all or origin in self._named or is_near

    def may_control(self, origin: str) -> bool:
        """Say whether pages of this origin may call the control API."""
        # Any page can make one without an origin: a sandboxed frame.
        return origin in self._named and origin != NO_ORIGIN

    def refuse_foreign(self, environ: Environ) -> None:
        """Raise `Forbidden` for a call to the control API that another site's page has made.

        A form needs no preflight, so the call itself has to be refused. Whoever is no browser
        sends none of these headers.
        """
        origin = environ.get("HTTP_ORIGIN")
        if environ["REQUEST_METHOD"] in _SAFE or self.may_control(str(origin)):
            return
        site = str(environ.get("HTTP_SEC_FETCH_SITE", "none")).strip().lower()
        is_own = origin is not None and _is_own(str(origin), environ)
        if origin is not None and not is_own:
            raise Forbidden(_foreign(f"the origin {str(origin)[:200]!r}"))
        if site not in _SAME and not (is_own and site == "same-site"):
            raise Forbidden(_foreign("another site (Sec-Fetch-Site)"))

    def grants(self, origin: str, sent: Iterable[str]) -> dict[str, str]:
        """Return the headers that let a page read a reply with the headers `sent`."""
        own = [name.lower() for name in sent if name.lower().startswith(_OWN_PREFIX)]
        return {
            "Access-Control-Allow-Origin": "*" if self.are_all else origin,
            "Access-Control-Expose-Headers": ", ".join(dict.fromkeys((*self._exposed, *own))),
        }


def is_preflight(environ: Environ) -> bool:
    """Say whether a browser asks here what a page may do."""
    is_asking = environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ORIGIN" in environ
    return is_asking and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ


def _foreign(whose: str) -> str:
    return (
        f"the control API takes no call from a page of {whose}; to let one in, name its origin:"
        " --cors http://localhost:3000"
    )


def _is_loopback(origin: str) -> bool:
    try:
        name = urlsplit(origin).hostname or ""
    except ValueError:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _is_own(origin: str, environ: Environ) -> bool:
    """Say whether a page is the server's own; a proxy may hide the scheme, so it does not count."""
    scheme, _, _ = origin.partition("://")
    return origin.lower() == same_origin(f"{scheme}://{environ.get('HTTP_HOST', '')}")
