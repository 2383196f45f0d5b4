"""A world as a file: a line that says how it is, and a line for each of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mock_server.contract.document import Document
from mock_server.contract.json_text import read_json, write_json
from mock_server.contract.resource import Resource
from mock_server.contract.schemas import Builder
from mock_server.contract.validator import Validator
from mock_server.engine.api import Api
from mock_server.engine.sentences import sentence
from mock_server.nearest import unknown
from mock_server.world.beginning import Beginning
from mock_server.world.carrying import Carried

VERSION = 1
_BEGINNING = ("seed", "start_at", "is_frozen", "settings", "seeded")


class ExportError(ValueError):
    """A file that is no world, or not one for this server; the message names the line."""


def written(name: str, carried: Carried) -> str:
    """Return a world as text, a JSON object in each line."""
    head = {
        "mock_server_world": VERSION,
        "name": name,
        "at": carried.at,
        **{each: getattr(carried.beginning, each) for each in _BEGINNING},
        "seeded_with": carried.seeded_with,
        **{name: _sorted(each) for name, each in carried.state.items()},
    }
    return "".join(f"{write_json(each)}\n" for each in (head, *carried.lines))


def _sorted(value: Any) -> Any:
    """Return counters in the order of their names, however they came about."""
    return dict(sorted(value.items())) if isinstance(value, dict) else value


@dataclass(frozen=True)
class Import:
    """What this server takes: tables of its Apis, actions of agendas, and over which records."""

    apis: Sequence[Api]
    tables: Mapping[str, Resource]
    actions: Sequence[str]
    seeded_with: Mapping[str, Any]

    def read(self, text: str) -> tuple[str, Carried]:
        """Return the name and the world that a text says; raises `ExportError`."""
        lines = text.removesuffix("\n").split("\n")
        head = self._head(_value(1, lines[0]))
        rows = [self._row(number, line) for number, line in enumerate(lines[1:], start=2)]
        beginning = Beginning(**{each: head[each] for each in _BEGINNING if each in head})
        told = {*_BEGINNING, "mock_server_world", "name", "at", "seeded_with"}
        state = {name: each for name, each in head.items() if name not in told}
        return head["name"], Carried(head["at"], beginning, state, rows, head.get("seeded_with"))

    def _head(self, head: dict[str, Any]) -> dict[str, Any]:
        version = head.get("mock_server_world")
        if version != VERSION:
            told = "no world of mock-server" if version is None else f"of version {version!r}"
            raise ExportError(f"line 1: this file is {told}; mock-server export writes one")
        _refuse_wrong(1, self._lines("WorldHead"), head)
        given = head.get("seeded_with")
        if given is None:
            return {"seeded": [], **head}
        for name, own in self.seeded_with.items():
            if given.get(name) != own:
                raise ExportError(
                    f"line 1: the rows lie over data seeded with {name} {given.get(name)!r}, and"
                    f" this server's is seeded with {own!r}: start it with the same, or export the"
                    " whole world"
                )
        return head

    def _row(self, number: int, line: str) -> dict[str, Any]:
        row = _value(number, line)
        if "agenda" in row:
            _refuse_wrong(number, self._lines("AgendaLine"), row)
            if row["agenda"] not in self.actions:
                said = unknown("agenda entry", row["agenda"], self.actions)
                raise ExportError(f"line {number}: {said}")
            return row
        _refuse_wrong(number, self._lines("RowLine"), row)
        table = str(row["table"])
        if table not in self.tables:
            raise ExportError(f"line {number}: {unknown('table', table, self.tables)}")
        if "record" in row:
            self._refuse_wrong_record(number, table, row["record"])
        elif not ("removed" in row or {"owner", "seen_at", "has_left_out"} <= row.keys()):
            raise ExportError(f"line {number}: it says no record, removed or owner of {table}")
        return row

    def _refuse_wrong_record(self, number: int, table: str, record: Any) -> None:
        resource = self.tables[table]
        for name in resource.fields:
            if name not in record:
                others = [each for each in record if each not in resource.fields]
                meant = unknown("field", name, others) if others else "say null where it has none"
                raise ExportError(f"line {number}: a record has every field; {name} lacks: {meant}")
        public = {name: record[name] for name in resource.fields}
        _refuse_wrong(number, _of_records(self._document(table), resource), public)

    def _lines(self, name: str) -> Validator:
        return _of_lines(self._control.catalogue.document, name)

    def _document(self, table: str) -> Document:
        owners = (each for each in self.apis if table in each.tables)
        return next(owners, self._control).catalogue.document

    @property
    def _control(self) -> Api:
        return next(each for each in self.apis if each.is_control)


@lru_cache(maxsize=8)
def _of_lines(document: Document, name: str) -> Validator:
    return Builder(document).whole(document.schemas[name])


@lru_cache(maxsize=256)
def _of_records(document: Document, resource: Resource) -> Validator:
    return Builder(document).some_of(resource.fields)


def _value(number: int, line: str) -> dict[str, Any]:
    try:
        found = read_json(line)
    except ValueError as error:
        raise ExportError(f"line {number} is not JSON: {error}") from None
    if not isinstance(found, dict):
        raise ExportError(f'line {number} must be an object, such as {{"table": ...}}')
    return found


def _refuse_wrong(number: int, validator: Validator, value: Mapping[str, Any]) -> None:
    for problem in validator.check(value)[1]:
        said = sentence(problem)
        if problem.rule == "unknown":
            said = unknown("field", str(problem.path[-1]), map(str, problem.expected or ()))
        raise ExportError(f"line {number}: {said}")
