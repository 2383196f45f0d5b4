"""The contracts as callers see them: each with its examples, merged when it is first asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.exceptions import NotFound

from mock_server.contract import examples
from mock_server.engine.api import Api


class Contracts:
    """The whole contract of each Api, by name."""

    def __init__(self, apis: Sequence[Api]) -> None:
        """Show the contracts of these."""
        self._roots = {each.name: each.catalogue.document.root for each in apis}
        self._merged: dict[str, Mapping[str, Any]] = {}

    @property
    def names(self) -> list[str]:
        """Return the names of the Apis."""
        return [*self._roots]

    def known(self, name: str) -> Mapping[str, Any]:
        """Return a contract with its examples; raises `NotFound`."""
        if name not in self._roots:
            raise NotFound
        if name not in self._merged:
            self._merged[name] = examples.merged(self._roots[name], examples.read(name))
        return self._merged[name]
