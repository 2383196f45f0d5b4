"""Which calls go to the sandbox, which to the network, and which are refused."""

import ipaddress
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.nearest import listed, unknown

_CREDENTIALS = frozenset({"authorization", "x-api-key"})
_OTHERS = ("allow", "refuse")


class CallRefused(RuntimeError):
    """A call to a host that the test does not allow; no client retries it as a network error."""


@dataclass(frozen=True)
class Route:
    """Where calls go: those to `hosts` to the sandbox at `port`, all others as `others` says.

    `others` is `allow` or `refuse`; refused are all but loopback addresses and the hosts in
    `allowed`. `token` replaces every credential that does not name a world itself, so that no real
    one leaves the process and each test keeps to its own world.
    """

    hosts: Container[str]
    address: str
    port: int
    token: str
    others: str = "allow"
    allowed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise `ValueError` for a word that says nothing about other hosts."""
        if self.others not in _OTHERS:
            raise ValueError(unknown("others", self.others, _OTHERS))

    def is_vendor(self, host: str) -> bool:
        """Say whether a host is one of those that the sandbox stands in for."""
        return _name(host) in self.hosts

    def takes(self, host: str) -> bool:
        """Say whether calls to a host go to the sandbox; raises `CallRefused` for a banned one."""
        name = _name(host)
        if not (self.is_vendor(name) or self._may_leave(name)):
            allowed = listed(["the vendors' hosts", "loopback addresses", *self.allowed])
            raise CallRefused(
                f"the call to {name} is refused: only {allowed} may be called here;"
                f" allow=[{name!r}] lets it through"
            )
        return self.is_vendor(name)

    def headers(self, sent: Mapping[str, str], host: str) -> dict[str, str]:
        """Return what the sandbox gets in place of a call's headers."""
        kept = {name: self.credential(name, text) for name, text in sent.items()}
        if not any(name.lower() == "host" for name in kept):
            kept["Host"] = host
        return kept

    def credential(self, name: str, text: Any) -> Any:
        """Return a header's text, with the token in place of what might be a real credential."""
        if name.lower() not in _CREDENTIALS or not isinstance(text, str | bytes):
            return text
        told = text if isinstance(text, str) else text.decode("latin-1")
        scheme, separator, credential = told.rpartition(" ")
        if _is_for_the_sandbox(credential):
            return text
        return f"{scheme}{separator}{self.token}"

    def _may_leave(self, name: str) -> bool:
        return self.others == "allow" or name in self.allowed or _is_loopback(name)


def _name(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


def _is_for_the_sandbox(credential: str) -> bool:
    """Say whether a credential is a world's, or one that the vendor would refuse as well."""
    return not credential.strip() or credential.startswith(("sandbox_", "invalid"))


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
