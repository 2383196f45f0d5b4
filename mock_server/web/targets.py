"""Which addresses may a webhook be sent to?"""

import re
import socket
from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from mock_server.settings import variable
from mock_server.web.addresses import (
    LOOPBACK,
    Address,
    Network,
    is_credentials,
    is_inside_credentials,
    is_no_machine,
    plain,
    readings,
)

LookUp = Callable[[str], Iterable[str]]

# Loopback, the private networks of RFC 1918, and the unique local ones of RFC 4193.
_PRIVATE = tuple(
    ip_network(each)
    for each in (
        "127.0.0.0/8",
        "::1/128",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "fc00::/7",
    )
)
_ANY = (ip_network("0.0.0.0/0"), ip_network("::/0"))
# RFC 2606 and RFC 6761 keep these names for documents and tests. They keep `test` as well, but
# local web servers such as Laravel Valet and Herd give every project a name under it.
_NOBODYS = ("example.com", "example.net", "example.org", "example", "invalid")

_LIKE_THIS = "a webhook's URL is like http://localhost:3000/hooks or https://hooks.dev/in"
_NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}")
_NUMERIC = re.compile(r"(0x[0-9a-f]*|[0-9]+)$")


class Blocked(Exception):
    """An address that is not called; the message says why, and what would allow it."""


def look_up(name: str) -> list[str]:
    """Return the addresses of a host name; raises `OSError` where it has none."""
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def parts_of(url: str) -> SplitResult:
    """Return the parts of a URL that can be called; raises `Blocked` for any other.

    Whoever checks a URL and whoever calls it read it here, so that both see the same host.
    """
    try:
        parts = urlsplit(url)
        # Asking for the port reads it, and a bad one is refused.
        is_whole = parts.scheme in {"http", "https"} and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole:
        raise Blocked(f"{url!r} cannot be called: {_LIKE_THIS}")
    if "@" in parts.netloc:
        raise Blocked("a webhook's URL holds no user name or password: send them in a header")
    if not _is_host(parts.hostname or ""):
        raise Blocked(f"{url!r} names no host in ASCII: {_LIKE_THIS}")
    return parts


class Targets:
    """The addresses that webhooks may be sent to.

    The text lists, separated by commas: `private` (loopback and private networks), `any`, host
    names (`*.hooks.dev` means every name below `hooks.dev`), addresses and blocks of them. Where a
    cloud keeps credentials, only an address or block inside those ranges that is listed itself is
    allowed. An address that packs others is allowed where all of those are.
    """

    def __init__(self, text: str, look_up: LookUp = look_up) -> None:
        """Read the list; raises `ValueError` for a part that is none of these, naming it."""
        self._text = text
        self._look_up = look_up
        known = {"private": _PRIVATE, "any": _ANY}
        listed = [part.strip().lower() for part in text.split(",")]
        self._wide = tuple(each for part in listed for each in known.get(part, ()))
        others = [part for part in listed if part not in known]
        self._names = frozenset(part for part in others if _is_name(part.removeprefix("*.")))
        self._blocks = tuple(_block(part) for part in others if part not in self._names)

    def addresses(self, url: str) -> list[Address]:
        """Return the addresses behind the URL, each of which may be called.

        Raises `Blocked` where any of them may not, and `OSError` for a name without any.
        """
        host = (parts_of(url).hostname or "").removesuffix(".")
        _refuse_nobodys(host)
        found = self._found(host)
        for address in found:
            is_listed = self._lists(host) or any(address in each for each in self._blocks)
            for reading in readings(address):
                self._check(host, reading, is_listed=is_listed)
        return found

    def _found(self, host: str) -> list[Address]:
        # RFC 6761: every name under localhost is this machine, whatever a name server says.
        if host == "localhost" or host.endswith(".localhost"):
            return [*LOOPBACK]
        try:
            return [plain(ip_address(host))]
        except ValueError:
            return list(dict.fromkeys(plain(ip_address(each)) for each in self._look_up(host)))

    def _check(self, host: str, address: Address, *, is_listed: bool) -> None:
        if is_no_machine(address):
            raise Blocked(
                f"{_with_address(host, address)} is no address of a receiver: for this machine"
                " write 127.0.0.1 or [::1]"
            )
        if not self._allows(address, is_listed=is_listed):
            raise Blocked(self._why_not(host, address))

    def _lists(self, host: str) -> bool:
        above = [host[match.end() :] for match in re.finditer(r"\.", host)]
        return host in self._names or any(f"*.{each}" in self._names for each in above)

    def _allows(self, address: Address, *, is_listed: bool) -> bool:
        blocks = [each for each in self._blocks if address in each]
        if is_credentials(address):
            return any(is_inside_credentials(each) for each in blocks)
        return bool(blocks) or is_listed or any(address in each for each in self._wide)

    def _why_not(self, host: str, address: Address) -> str:
        wanted = host if _is_name(host) and not is_credentials(address) else str(address)
        return (
            f"webhooks may not go to {_with_address(host, address)}:"
            f" to allow it, set {variable('webhook_targets')} or --webhook-targets"
            f' to "{self._text},{wanted}"'
        )


def _with_address(host: str, address: Address) -> str:
    return host if host == str(address) else f"{host} ({address})"


def _is_name(text: str) -> bool:
    # A last label of digits is read as an address, as in 127.1, and would slip past the blocks.
    return bool(_NAME.fullmatch(text)) and not _NUMERIC.fullmatch(text.rpartition(".")[2])


def _is_host(text: str) -> bool:
    if _NAME.fullmatch(text.removesuffix(".")):
        return True
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _block(part: str) -> Network:
    try:
        return ip_network(part.removeprefix("[").removesuffix("]"), strict=False)
    except ValueError:
        raise ValueError(
            f"{part!r} is no target for webhooks: list private, any, host names (hooks.dev or"
            " *.hooks.dev), addresses (10.0.0.7) or blocks (10.0.0.0/8), separated by commas"
        ) from None


def _refuse_nobodys(host: str) -> None:
    for each in _NOBODYS:
        if host == each or host.endswith(f".{each}"):
            raise Blocked(
                f"nothing is sent to {host}: names under {each} are reserved for documents and"
                " tests, and never belong to a receiver"
            )
