"""Which `Host` may a call name?"""

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from mock_server.setting_texts import ANY

# Names under these belong to nobody's DNS, or only to the DNS of the network at hand: RFC 6761
# (localhost, test), RFC 6762 (local), and what clouds and Kubernetes use (internal, cluster.local
# is under local). RFC 2606 keeps the last three names for documents, so nobody can own one.
_LOCAL = ("localhost", "test", "local", "internal", "example.com", "example.net", "example.org")
_MOST_KNOWN = 256


class Hosts:
    """The host names to which the server answers.

    A page whose own name leads to this machine (DNS rebinding) is of the same origin as the
    server, so no browser would keep it from calling. What gives it away is that name in `Host`.
    Numbers, names without a dot and local names cannot be the name of such a page.
    """

    def __init__(self, allowed: frozenset[str], own: Iterable[str] = ()) -> None:
        """Let in local names, those allowed, and `own`: what this server is called.

        `known` holds hosts that have been let in, so that the next call need not look closer.
        """
        self._is_open = ANY in allowed
        self._names = {each for each in allowed if not each.startswith(".")} | set(own)
        self._suffixes = (
            *(f".{each}" for each in _LOCAL),
            *(each for each in allowed if each.startswith(".")),
        )
        self.known: set[str] = set()

    def let_in(self, host: str) -> bool:
        """Say whether a call may name this host, which may be followed by a port."""
        is_let_in = self._is_open or self._is_ours(host)
        if is_let_in and len(self.known) < _MOST_KNOWN:
            self.known.add(host)
        return is_let_in

    def _is_ours(self, host: str) -> bool:
        name = _name_of(host)
        if not name:
            return False
        is_named = name in self._names or f".{name}".endswith(self._suffixes)
        return is_named or "." not in name or _is_number(name)


def _name_of(host: str) -> str:
    """Return the name without its port, or nothing where the text is no host."""
    try:
        parts = urlsplit(f"//{host}")
        # Asking for the port reads it, and a bad one is refused.
        is_whole = parts.netloc == host and host.isascii() and "@" not in host and parts.port != 0
    except ValueError:
        return ""
    return (parts.hostname or "").removesuffix(".") if is_whole else ""


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
