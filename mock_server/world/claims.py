"""Which replica sends what has left a world, and until when no other one may."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from mock_server.world.clock import iso, parse


class _Claim(NamedTuple):
    replica: int
    until: datetime


class Claims:
    """What was handed out of a world and has not come back, oldest first.

    A claim has an end, so that another replica sends what one that was killed has left behind.
    Where one process has the world to itself, nothing is claimed.
    """

    def __init__(self, replica: int | None, lasts: timedelta) -> None:
        """Claim for the replica of this number; None is the only process."""
        self._replica = replica
        self._lasts = lasts
        self._claims: dict[str, _Claim | None] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._claims)

    def __bool__(self) -> bool:
        return bool(self._claims)

    def add(self, delivery: str, now: datetime) -> None:
        """Hand something out, and claim it."""
        replica = self._replica
        self._claims[delivery] = None if replica is None else _Claim(replica, now + self._lasts)

    def drop(self, delivery: str) -> None:
        """Note that something came back; raises `KeyError` for what is not out."""
        del self._claims[delivery]

    def allow(self, delivery: str, now: datetime) -> bool:
        """Say whether this replica may send it now."""
        claim = self._claims.get(delivery)
        return claim is None or claim.replica == self._replica or claim.until <= now

    def renew(self, delivery: str, now: datetime) -> bool:
        """Claim what this replica may send for longer, where it is time; say whether it was."""
        claim = self._claims.get(delivery)
        is_mine = claim is not None and claim.replica == self._replica
        if self._replica is None or (claim and is_mine and claim.until > now + self._lasts / 2):
            return False
        self.add(delivery, now)
        return True

    @property
    def elsewhere(self) -> Mapping[str, datetime]:
        """Return what other replicas have claimed, and until when."""
        claims = self._claims.items()
        return {name: each.until for name, each in claims if each and each.replica != self._replica}

    @property
    def end(self) -> datetime | None:
        """Return when the first claim ends, None where nothing is claimed."""
        return min((each.until for each in self._claims.values() if each), default=None)

    def state(self) -> dict[str, Any]:
        """Return what it takes to know all this again."""
        claims = {
            name: (each.replica, iso(each.until)) for name, each in self._claims.items() if each
        }
        return {"deliveries": [*self._claims], **({"claims": claims} if claims else {})}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Know what `state` has told."""
        claims = state.get("claims", {})
        self._claims = {
            each: _Claim(claims[each][0], parse(claims[each][1])) if each in claims else None
            for each in state.get("deliveries", ())
        }
