"""What only some records tell: second phones, notes, custom data, dates that most do not have."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.site import Site
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, midnight_iso

_SHARE = 5  # One record in so many.
_EMPTY: tuple[Any, ...] = (None, [], {})


def add_to(site: Site, resource: str, record: Facts, turn: int) -> None:
    """Fill what else a record tells, if its turn has come; what is filled stays as it is.

    `turn` is the property's own. Whose turn it is follows from how many records of its kind the
    property had before it, so that further ones change nothing.
    """
    if (turn + len(site.known[resource])) % _SHARE:
        return
    told, words = tables_of("seldom").get(resource, {}), _Words(site, record)
    for name, value in told.items():
        if name in record and record[name] in _EMPTY:
            record[name] = words.filled(value)


class _Words(dict[str, Any]):
    """What the texts of a record may name, each worked out when it is asked for."""

    def __init__(self, site: Site, record: Facts) -> None:
        super().__init__()
        self._site, self._record = site, record

    @cached_property
    def _place(self) -> Place:
        # The property's own stream goes on with other stories, so it is left alone.
        return self._site.place.with_stream("seldom", self._record["id"])

    def __missing__(self, name: str) -> Any:
        if name == "phone":
            return self._place.phone()
        if name == "street":
            return self._place.fakes.street()
        return self._second_address() if name == "mail" else self._record[name]

    def _second_address(self) -> str:
        """Return another address of the person, at their work."""
        local_part = str(self._record["email_1"]).partition("@")[0]
        return f"{local_part}@work.example.com"

    def filled(self, value: Any) -> Any:
        """Return a value of the table with its texts and references filled in."""
        if isinstance(value, str):
            return value.format_map(self)
        if isinstance(value, list):
            return [self.filled(each) for each in value]
        if not isinstance(value, Mapping):
            return value
        if "day" in value:
            return midnight_iso(self._site.place.system.synced + value["day"] * DAY)
        if "of" in value:
            resource, name = value["of"].split(".")
            return self._site.known[resource][0][name]
        return {name: self.filled(each) for name, each in value.items()}
