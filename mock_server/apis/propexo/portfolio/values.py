"""What a field of a record usually holds, by its name: one ordered table, first match wins."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.timeline import DAY, date_of, midnight_iso
from mock_server.contract.resource import types_of

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Draw:
    """What a record's values may be drawn from: its property, its name, and how many precede it."""

    place: Place
    subject: str
    number: int


Provider = Callable[[Draw], Any]


def names_of(resource: str) -> tuple[str, ...]:
    """Return what records of a resource are called, if they do not take the property's name."""
    return tuple(tables_of("systems")["names"].get(resource, ()))


# Field names by pattern; what no row matches is empty where it may be, else the record's name.
PROVIDERS: tuple[tuple[str, Provider], ...] = (
    (
        r"_date$|_date_|_datetime$|_at$",
        lambda draw: midnight_iso(draw.place.system.synced - _whole(draw, 0, 150) * DAY),
    ),
    (r"^is_default$", lambda draw: draw.number == 0),
    (r"^is_active$", lambda _: True),
    (r"^(is|has|can|allow)_|_allowed$|_enabled$", lambda draw: draw.place.fakes.chance(0.8)),
    (r"email", lambda draw: draw.place.fakes.person(at=draw.place.mail_domain).email),
    (r"phone.*_type", lambda _: "WORK"),
    (r"phone", lambda draw: draw.place.phone()),
    (r"first_name", lambda draw: draw.place.fakes.person().first_name),
    (r"last_name", lambda draw: draw.place.fakes.person().last_name),
    (r"^(street_)?address_1$", lambda draw: draw.place.address),
    (r"^city$", lambda draw: draw.place.city.name),
    (r"^state$", lambda draw: draw.place.city.state),
    (r"^zip$", lambda draw: draw.place.zip),
    (r"^country$", lambda _: "US"),
    (r"(^|_)name(_raw)?$|^(description|title|label|summary|subject)$", lambda draw: draw.subject),
    (r"^code$", lambda draw: re.sub(r"\W", "", draw.subject)[:8].upper()),
    (r"status_raw$", lambda _: "Active"),
    (r"^type$", lambda draw: kind_of_file(draw.place.system.vendor, draw.subject)),
    (r"^models$", lambda _: ["applicants", "residents", "leases"]),
    (r"_in_cents$|amount$|^balance", lambda draw: 100 * _whole(draw, 25, 900)),
    (r"square_feet|square_footage", lambda draw: _whole(draw, 450, 1600)),
    (r"year$|^year_", lambda draw: _whole(draw, 2019, 2025)),
    (r"_month$|_period$", lambda draw: date_of(draw.place.system.synced // DAY)[:7]),
    (r"quantity|_count$|^number_of|duration", lambda draw: _whole(draw, 1, 5)),
    (r"percent|rate$", lambda draw: _whole(draw, 1, 20)),
    # The accounts of a property count up by hundreds: income is credited, cash is debited.
    (r"^account_number$", lambda draw: str(1_000 + 100 * draw.number)),
    (r"^credit_gl_account$", lambda _: "1000"),
    (r"^debit_gl_account$", lambda _: "1100"),
    (r"(^|_)number$", lambda draw: str(_whole(draw, 1000, 9999))),
    (
        r"url$|website|link$",
        lambda draw: f"https://{draw.place.mail_domain}/{_whole(draw, 100, 999)}",
    ),
)


def kind_of_file(vendor: str, subject: str) -> str:
    """Return the type of a file type, else the subject itself.

    Rent Manager tells files from images (reference: file uploads); elsewhere nothing is known.
    """
    is_told = vendor == "RENTMANAGER" and subject in names_of("file_types")
    return ("image" if "Photo" in subject else "file") if is_told else subject


def provider_of(name: str, schema: Schema) -> Provider | None:
    """Return what draws believable values of a field, None for one that is best left empty."""
    types = types_of(schema)
    options = [each for each in _options(schema) if each is not None]
    if options:
        return lambda draw: draw.place.fakes.pick(options)
    if name.endswith("_id"):
        return None
    if "object" in types and "array" not in types:
        return _composed(schema)
    found = _by_name(name)
    if found is not None:
        return lambda draw: fitting(found(draw), types)
    if not types or types & {"null", "array"}:
        return None
    return lambda draw: fitting(draw.subject, types)


def _by_name(name: str) -> Provider | None:
    return next((found for pattern, found in PROVIDERS if re.search(pattern, name)), None)


def _composed(schema: Schema) -> Provider | None:
    members = schema.get("properties", {})
    inner = {name: _provider_or_empty(name, each) for name, each in members.items()}
    return (lambda draw: {name: each(draw) for name, each in inner.items()}) if inner else None


def _provider_or_empty(name: str, schema: Schema) -> Provider:
    return provider_of(name, schema) or (
        lambda _: _plainest(types_of(schema) or frozenset({"null"}))
    )


def fitting(value: Any, types: frozenset[str]) -> Any:
    """Return the value as one of the types; null, or the type's plainest value, if it is none."""
    if isinstance(value, list):
        return value if "array" in types or not types else _plainest(types)
    if isinstance(value, bool):
        return value if "boolean" in types or not types else _plainest(types)
    if isinstance(value, (int, float)):
        if types & {"integer", "number"} or not types:
            return value
        return str(value) if "string" in types else _plainest(types)
    return value if "string" in types or not types else _plainest(types)


def _plainest(types: frozenset[str]) -> Any:
    if "null" in types:
        return None
    for name, plain in (("boolean", False), ("array", []), ("string", "")):
        if name in types:
            return plain
    return 0


def _options(schema: Schema) -> list[Any]:
    if "enum" in schema:
        return list(schema["enum"])
    return [option for branch in schema.get("anyOf", ()) for option in _options(branch)]


def _whole(draw: Draw, least: int, most: int) -> int:
    return least + int(draw.place.random.random() * (most - least))
