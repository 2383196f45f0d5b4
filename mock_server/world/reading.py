"""How the records of one resource are read as a world shows them, and what is remembered of it."""

import json
from array import array
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.engine.interfaces import DBAPICursor

from mock_server.memory import Version
from mock_server.world.layers import Layers, Rows
from mock_server.world.queries import EVERYTHING, Page, Selection
from mock_server.world.sighting import Sightings
from mock_server.world.store import Store
from mock_server.world.views import View

Record = dict[str, Any]
T = TypeVar("T")

_MANY = 1_000  # From so many records on the texts before a page are not dragged along.
# A decoded record takes about so many times the memory of its text.
_DECODED = 5
_NUMBER_BYTES = 8


class Reading:
    """The records of one resource as a world shows them, to look at.

    What is remembered is kept under the topmost world that has rows here. So all worlds that have
    none of their own share what is remembered of the seeded ones.
    """

    def __init__(self, store: Store, table: str, rows: Rows) -> None:
        """Read the table as `rows` says."""
        self._store = store
        self._table = store.tables[table]
        self._name = table
        self._rows = rows
        self.sightings = Sightings(store, table)
        self._asked: tuple[Selection, Version] | None = None

    def get(self, record_id: object) -> Record | None:
        """Return the record with all that is stored of it, None where there is none."""
        found = self._recall(("get", str(record_id)), lambda: self._decoded(record_id))
        return None if found is None else dict(found)

    def text(self, record_id: object) -> str | None:
        """Return the record's public JSON text as it is stored."""
        found = self._find(record_id)
        return None if found is None else str(found[0])

    def all(self, selection: Selection = EVERYTHING) -> list[Record]:
        """Return the selected records whole, in the selection's order."""
        found = self._recall(("all", selection), lambda: self._decode_all(selection))
        return [dict(each) for each in found]

    def page(self, selection: Selection, *, offset: int = 0, limit: int | None = None) -> Page:
        """Return one page of a selection, its texts joined by commas, never decoded.

        Who looks whether something has changed asks for the same page again and again.
        """

        def read() -> tuple[Page, int]:
            found = self._read_page(selection, offset, limit)
            return found, len(found.texts) + selection.size

        key = self.layers, self._name, selection, offset, limit
        return self._store.pages.recall(key, self._version(), read)

    def _read_page(self, selection: Selection, offset: int, limit: int | None) -> Page:
        total = self.total(selection)
        limit = total if limit is None else limit
        is_deep = offset >= _MANY
        rows = self._rows_of_page(selection, offset, limit) if is_deep or total < _MANY else None
        if rows is not None:
            return Page(self._texts_of(rows) if rows else b"", len(rows), total)
        ((texts, count),) = self.run(
            "deep page" if is_deep else "page",
            selection,
            lambda view: view.page(selection, is_deep=is_deep),
            {"limit": limit, "offset": offset},
        ).fetchall()
        return Page(texts or b"", count, total)

    def total(self, selection: Selection) -> int:
        """Return how many records the selection has, counted once for each state of them."""
        layers = self.layers
        return self._total(selection, layers if self._needs_sightings(selection) else layers.rows)

    def _total(self, selection: Selection, layers: Layers) -> int:
        key = "total", selection.conditions
        return self._recall(key, lambda: (self._count(selection, layers), selection.size), layers)

    def _count(self, selection: Selection, layers: Layers) -> int:
        """Return how many records of a selection these layers show.

        Those of each layer are counted by themselves, so that those below are counted once for all
        worlds; then what is hidden of them is taken off, which is little.
        """
        if layers.depth == 1 or layers.is_sighted:
            return self._number("total", selection, lambda view: view.count(selection), layers)
        own = [self._total(selection, Layers((each,))) for each in layers.worlds]
        hidden = [
            self._number(f"hidden {layer}", selection, partial(_hidden, selection, layer), layers)
            for layer in range(1, layers.depth)
        ]
        return sum(own) - sum(hidden)

    def _needs_sightings(self, selection: Selection) -> bool:
        sighted = self._table.resource.sighted
        return sighted is not None and sighted.field in {
            each.field for each in selection.conditions
        }

    def _number(self, what: str, selection: Selection, build: Any, layers: Layers) -> int:
        ((number,),) = self.run(what, selection, build, layers=layers).fetchall()
        return int(number)

    def _rows_of_page(self, selection: Selection, offset: int, limit: int) -> list[int] | None:
        """Return the rows of a page from the selection's kept table of contents.

        Walking an index to a deep offset costs as much as the offset is deep. The second such
        page that is asked of the same records makes a table of contents, and the pages after it
        cost what a first page does. Of a short list any page does so, since it is soon made.
        """
        version = self._version()
        before, self._asked = self._asked, (selection, version)
        if self._asked != before:
            return None
        key = self.layers, self._name, selection
        contents = self._store.contents.recall(key, version, lambda: self._read_rows(selection))
        return list(contents[offset : offset + limit])

    def _read_rows(self, selection: Selection) -> tuple["array[int]", int]:
        rows = self.run("rows", selection, lambda view: view.rows(selection))
        found = array("q", [each[0] for each in rows.fetchall()])
        return found, _NUMBER_BYTES * len(found) + selection.size

    def _texts_of(self, rows: list[int]) -> bytes:
        found = self.run("texts of", EVERYTHING, lambda view: view.texts_of(), {"rows": str(rows)})
        ((texts,),) = found.fetchall()
        return bytes(texts)

    def _decode_all(self, selection: Selection) -> tuple[list[Record], int]:
        found = self.run("all", selection, lambda view: view.records(selection)).fetchall()
        size = _DECODED * sum(len(each[0]) for each in found) + selection.size
        return [_whole(*each[:2]) for each in found], size

    def _decoded(self, record_id: object) -> tuple[Record | None, int]:
        found = self._find(record_id)
        if found is None:
            return None, len(str(record_id))
        return _whole(*found), _DECODED * len(found[0])

    def _find(self, record_id: object) -> Any:
        values = {"its_id": str(record_id)}
        return self.run("find", EVERYTHING, lambda view: view.find(), values).fetchone()

    def run(
        self,
        what: str,
        selection: Selection,
        build: Callable[[View], Any],
        values: Mapping[str, Any] | None = None,
        layers: Layers | None = None,
    ) -> DBAPICursor:
        """Run a statement that `build` makes of the view, kept under the name of `what` it does."""
        layers = layers or self.layers

        def prepare() -> Any:
            self._store.ensure(self._name, self._table.indexes(selection))
            return build(self._store.view(self._name, layers))

        shape = self._name, what, layers.depth, layers.is_sighted, selection.shape
        bound = {**layers.values, **selection.values, **(values or {})}
        return self._store.run(shape, prepare, bound)

    def _recall(
        self,
        key: tuple[Any, ...],
        work_out: Callable[[], tuple[T, int]],
        layers: Layers | None = None,
    ) -> T:
        layers = layers or self.layers
        whole = layers, self._name, *key
        return self._store.answers.recall(whole, self._version(layers), work_out)

    @property
    def layers(self) -> Layers:
        """Return the worlds whose rows are shown."""
        return self._rows.layers(self._name)

    def _version(self, layers: Layers | None = None) -> Version:
        layers = layers or self.layers
        of_rows = tuple([self._store.version(each, self._name) for each in layers.worlds])
        viewer = layers.sighted_by
        return of_rows if viewer is None else (*of_rows, self.sightings.version(viewer))


def _hidden(selection: Selection, layer: int, view: View) -> Any:
    return view.count_hidden(selection, layer)


def _whole(body: str, hidden: str | None) -> Record:
    return {**json.loads(body), **(json.loads(hidden) if hidden else {})}
