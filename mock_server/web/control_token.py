"""Who may call the control API when other machines can reach the server?"""

import hmac
import os
from dataclasses import dataclass, replace
from ipaddress import ip_address

from mock_server.engine.refusals import NoCredential, Unauthenticated
from mock_server.settings import Settings

HEADER = "x-mock-control-token"
_VARIABLE = "HTTP_X_MOCK_CONTROL_TOKEN"
_SEEN = "mock_server.control_token_seen"  # No header can have this name.
_WANTED = (
    f"send {HEADER}: <token>, or Authorization: Bearer <token> and x-api-key for the world;"
    " the server has printed the token at its start, or --control-token has set it"
)


@dataclass(frozen=True)
class Exposure:
    """Whether other machines can call the server, and the token that was made because of it."""

    is_open: bool = False
    made_token: str | None = None

    def warning(self) -> list[str]:
        """Return the lines that tell it to whoever starts the server; none on loopback."""
        if not self.is_open:
            return []
        return [
            "Other machines can reach this server, and its APIs take any credential.",
            *(self._telling_token() if self.made_token else ()),
            "",
        ]

    def _telling_token(self) -> list[str]:
        return [
            "The control API (/__admin/ and /sandbox/) demands this token, made for this start:",
            f"  {HEADER}: {self.made_token}",
            "Set one of your own with --control-token.",
        ]


def guarded(settings: Settings, address: str) -> tuple[Settings, Exposure]:
    """Return the settings, with a new token where other machines can call and none is set.

    It is a secret, so it comes from the operating system and not from the seed.
    """
    if ip_address(address.partition("%")[0]).is_loopback:
        return settings, Exposure()
    if settings.control_token:
        return settings, Exposure(is_open=True)
    token = os.urandom(16).hex()
    return replace(settings, control_token=token), Exposure(is_open=True, made_token=token)


def demand(token: str, environ: dict[str, object]) -> None:
    """Raise `Unauthenticated` unless a call carries the token.

    A token that came as the bearer is taken out of the call: it names no world. A call that has to
    wait is made again with the same environment, so that a token seen once counts from then on.
    """
    if _SEEN in environ:
        return
    given = environ.get(_VARIABLE)
    if given is None:
        scheme, _, bearer = str(environ.get("HTTP_AUTHORIZATION", "")).strip().partition(" ")
        given = bearer.strip() if scheme.lower() == "bearer" else None
        if _is_same(given, token):
            del environ["HTTP_AUTHORIZATION"]
            environ[_SEEN] = True
            return
    if given is None:
        raise NoCredential(f"the control API of this server needs its token: {_WANTED}")
    if not _is_same(given, token):
        raise Unauthenticated(f"this is not the token of the control API: {_WANTED}")


def _is_same(given: object, token: str) -> bool:
    # Takes the same time wherever the two differ, so that nobody can find the token bit by bit.
    return given is not None and hmac.compare_digest(str(given).encode(), token.encode())
