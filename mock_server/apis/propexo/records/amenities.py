"""What a unit or a property offers: amenities by name, added one by one or replaced as a set."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import named
from mock_server.apis.propexo.records.changes import companion, in_path, on_behalf_of, part
from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Problem
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added, joined, patched, removed
from mock_server.engine.refusals import Invalid, broken
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

# Amenities that the rent includes are told from others by this mark of ours.
_INCLUDED = "is_included_in_rent"
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Offer(NamedTuple):
    """One amenity that somebody says a place offers."""

    name: str
    is_included: bool = False
    custom_data: dict[str, Any] | None = None


def amenity(call: Call, world: World) -> Record:
    """Return what an amenity shows besides the fields of the same name."""
    details = _normalized(call, world, call.body["name"]) if "name" in call.body else {}
    if call.operation.kind is not Kind.CREATE:
        return details
    unit = named(call, world, "units", call.body.get("unit_id"))
    return {**details, "is_unit_amenity": bool(unit), **_offered_by(call, world, unit)}


def add_to_unit(call: Call, world: World) -> Reply:
    """Queue that a unit offers one more amenity."""
    unit = in_path(call, world, "units")
    _refuse_stranger(call, unit)
    changes = _brought(call, world, unit, [_named_in(call)], is_unit=True)
    return writes.settle(call, world, *changes)


def add_to_property(call: Call, world: World) -> Reply:
    """Queue that a property offers one more amenity."""
    place = in_path(call, world, "properties")
    _refuse_stranger(call, place)
    changes = _brought(call, world, place, [_named_in(call)], is_unit=False)
    return writes.settle(call, world, *changes)


def replace_of_unit(call: Call, world: World) -> Reply:
    """Queue that a unit offers these amenities and no others."""
    unit = in_path(call, world, "units")
    mine = on_behalf_of(call, unit)
    offers = [Offer(_words(each)) for each in call.body.get("features", ())]
    wanted = {_key(each.name) for each in offers}
    gone: list[Change] = []
    if "features" in call.body:
        known = _known(mine, world, unit, is_unit=True)
        gone = [_without(mine, each, unit) for each in known if _key(each["name"]) not in wanted]
    brought = _brought(mine, world, unit, offers, is_unit=True)
    return _settle_all(mine, world, [*gone, *brought], unit)


def replace_of_property(call: Call, world: World) -> Reply:
    """Queue that a property offers these amenities and no others.

    A list that is not sent leaves its amenities as they are.
    """
    place = in_path(call, world, "properties")
    mine = on_behalf_of(call, place)
    changes: list[Change] = []
    for field, is_included in (("features", False), ("included_in_rent", True)):
        if field in call.body:
            offers = [Offer(_words(each), is_included) for each in call.body[field]]
            wanted = {_key(each.name) for each in offers}
            changes += [
                removed(mine, "amenities", known["id"])
                for known in _known(mine, world, place, is_unit=False)
                if _is_included(known) == is_included and _key(known["name"]) not in wanted
            ]
            changes += _brought(mine, world, place, offers, is_unit=False)
    return _settle_all(mine, world, changes, place)


def _settle_all(call: Call, world: World, changes: list[Change], place: Record) -> Reply:
    """Queue the changes; without any there is still a job, which touches nothing."""
    resource = "units" if "/units/" in call.operation.path else "properties"
    untouched = Change("patch", call.api.table(resource), place["id"])
    return writes.settle(call, world, *(changes or [untouched]))


def _named_in(call: Call) -> Offer:
    return Offer(call.body["amenity"], custom_data=call.body.get("custom_data"))


def _refuse_stranger(call: Call, place: Record) -> None:
    """Refuse a place of another integration, and a vendor that is not the integration's."""
    problems = []
    if place["integration_id"] != call.body["integration_id"]:
        owner = place["integration_id"]
        advice = f"{place['id']!r} belongs to integration_id {owner!r}"
        problems.append(Problem("reference", "integrations", ("integration_id",), None, advice))
    if place["integration_vendor"] != call.body["vendor"]:
        advice = f"the integration is {place['integration_vendor']}"
        problems.append(broken("vendor", advice, call.body["vendor"]))
    if problems:
        raise Invalid(problems)


def _known(call: Call, world: World, place: Record, *, is_unit: bool) -> list[Record]:
    """Return the amenities that the unit or the property offers."""
    at_property = where(property_id=place["property_id"])
    return [
        each
        for each in call.records(world, "amenities").all(at_property)
        if bool(each["is_unit_amenity"]) == is_unit
        and (not is_unit or any(one["unit_id"] == place["id"] for one in each["units"]))
    ]


def _brought(
    call: Call, world: World, place: Record, offers: list[Offer], *, is_unit: bool
) -> Iterator[Change]:
    """Yield what makes the place offer these: a known amenity is linked, another one is added."""
    at_property = call.records(world, "amenities").all(where(property_id=place["property_id"]))
    known = {
        _key(each["name"]): each for each in at_property if bool(each["is_unit_amenity"]) == is_unit
    }
    for offer in {_key(each.name): each for each in offers}.values():
        found = known.get(_key(offer.name))
        if found is None:
            yield added(call, "amenities", _new(call, world, place, offer, is_unit=is_unit))
        elif is_unit:
            link = part(call, world, "amenities", "units", _link(found, place))
            shown = {"units": [link], "associated_unit_ids": [place["id"]]}
            yield joined(call, "amenities", found["id"], shown)
        else:
            said = {**(found["custom_data"] or {}), **_custom(offer)}
            yield patched(call, "amenities", found["id"], {"custom_data": said})


def _new(call: Call, world: World, place: Record, offer: Offer, *, is_unit: bool) -> Record:
    amenity = companion(call, world, "amenities", place, name=offer.name)
    amenity.update(
        _normalized(call, world, offer.name),
        is_unit_amenity=is_unit,
        custom_data=_custom(offer),
    )
    if is_unit:
        amenity.update(_offered_by(call, world, place, amenity["id"]))
    return amenity


def _custom(offer: Offer) -> dict[str, Any]:
    return {**(offer.custom_data or {}), **({_INCLUDED: True} if offer.is_included else {})}


def _is_included(amenity: Record) -> bool:
    return bool((amenity["custom_data"] or {}).get(_INCLUDED))


def _offered_by(call: Call, world: World, unit: Record, amenity_id: str = "") -> Record:
    if not unit:
        return {}
    link = part(call, world, "amenities", "units", _link({"id": amenity_id}, unit))
    return {"x_unit_id": unit["x_id"], "units": [link], "associated_unit_ids": [unit["id"]]}


def _link(amenity: Record, unit: Record) -> Record:
    return {"amenity_id": amenity["id"], "unit_id": unit["id"], "cost_in_cents": None}


def _without(call: Call, amenity: Record, unit: Record) -> Change:
    left = [each for each in amenity["units"] if each["unit_id"] != unit["id"]]
    ids = [each["unit_id"] for each in left]
    return patched(call, "amenities", amenity["id"], {"units": left, "associated_unit_ids": ids})


def _normalized(call: Call, world: World, name: str) -> Record:
    """Return the shared name of an amenity, where it is one of the names that PMSs share."""
    shared = call.records(world, "amenities").resource.fields["name_normalized"].get("enum", ())
    wanted = "_".join(_WORD.findall(name)).upper()
    return {"name_normalized": wanted if wanted in shared else None}


def _words(feature: str) -> str:
    """Return a feature's name as one would write it: HardwoodFloors is "Hardwood floors"."""
    return " ".join(_WORD.findall(feature)).capitalize()


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
