"""How a receiver is to treat what reaches it: what it checks, what it fails, whom it asks."""

from dataclasses import dataclass, field

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url


@dataclass(frozen=True)
class Reception:
    """What a receiver checks, how many deliveries it fails on purpose, and to whom it passes them.

    Raises `ValueError`, with what would be right, for an empty secret or an unusable address.
    """

    secrets: tuple[str, ...] = field(default=(), repr=False)
    fail: int = 0
    status: int = 500
    forward_to: str | None = None

    def __post_init__(self) -> None:
        """Refuse what would only show with the first delivery."""
        if "" in self.secrets:
            raise ValueError("a secret is empty; leave it out to check no signatures")
        if self.forward_to is not None:
            _refuse_unusable(self.forward_to)

    @property
    def target(self) -> Url | None:
        """Return where deliveries are passed on to, in its parts."""
        return None if self.forward_to is None else parse_url(self.forward_to)


def shown(target: Url) -> str:
    """Return an address without its query, which may hold a token."""
    return target._replace(query=None, fragment=None).url


def _refuse_unusable(address: str) -> None:
    try:
        target = parse_url(address)
    except LocationParseError:
        target = Url()
    if target.scheme not in {"http", "https"} or not target.host:
        example = "http://127.0.0.1:3000/hooks"
        raise ValueError(f"deliveries are passed on to an address such as {example}")
    if target.auth is not None:
        raise ValueError("an address to pass deliveries on to holds no user name or password")
