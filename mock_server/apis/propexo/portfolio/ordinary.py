"""The records that need no story: made from the contract, field by field, and linked by name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mock_server.apis.propexo.portfolio.site import Site, Told
from mock_server.apis.propexo.portfolio.systems import Facts, Resources
from mock_server.apis.propexo.portfolio.values import Draw, Provider, names_of, provider_of
from mock_server.contract.resource import Resource, types_of

_FEW = 3
# What not every system has. The lists of lease periods are documented of Entrata, RealPage and
# Rentvine; that the PMSs have them whose writes refer to them is assumed.
OF_SYSTEMS: Mapping[str, frozenset[str]] = {
    "lease_periods": frozenset(
        {"APPFOLIO", "ENTRATA", "MRI", "PROPERTYWARE", "REALPAGE", "REALPAGE_RPX"}
        | {"RENTMANAGER", "RENTVINE", "YARDI", "YARDI_REST"}
    ),
}
_SETTLED = frozenset({"id", "created_at", "updated_at", "last_seen", "x_id"})
_IN_COMMON = frozenset(
    {"x_location_id", "integration_id", "integration_vendor", "property_id", "x_property_id"}
    | {"location_id", "custom_data"}
)
# What a text field takes over from the record that the field `<beginning>_id` names.
_NAME_ENDINGS = ("", "_name")


@dataclass(frozen=True)
class RecordPlan:
    """How the records of one resource are made; worked out once, for all properties."""

    resource: str
    targets: Mapping[str, str]
    """The resource that a field names a record of, by field."""
    lists: frozenset[str]
    """The fields that name several records."""
    twins: Mapping[str, str]
    """The field of targets whose record's own `x_id` or name a field repeats, by field."""
    providers: Sequence[tuple[str, Provider]]
    worded: Sequence[tuple[str, str]]
    """The fields that tell another one in the system's own words, each with that other one."""


def plans(resources: Resources, told: frozenset[str]) -> list[RecordPlan]:
    """Plan the resources that no story tells, each after those that its records point at."""
    waiting = {
        name: set(_targets(one, resources).values()) - {name}
        for name, one in resources.items()
        if name not in told
    }
    ordered: list[str] = []
    while waiting:
        # Resources that point at each other begin with the one that points at fewest.
        rest = waiting.keys()
        ready = min(rest, key=lambda name: len(waiting[name] & rest))
        ordered.append(ready)
        del waiting[ready]
    return [_plan(resources[name], resources) for name in ordered]


def is_held(resource: str, vendor: str) -> bool:
    """Say whether a system has records of an ordinary resource at all."""
    return resource not in OF_SYSTEMS or vendor in OF_SYSTEMS[resource]


def records_of(site: Site, planned: Sequence[RecordPlan]) -> Told:
    """Yield some records of each planned resource for one property, noting them in the site."""
    for plan in planned:
        if not is_held(plan.resource, site.place.system.vendor):
            continue
        own = site.with_stream(plan.resource)
        names = names_of(plan.resource) or (site.place.name,) * _FEW
        for number, name in enumerate(names):
            yield plan.resource, _record(own, plan, Draw(own.place, name, number))


def _plan(resource: Resource, resources: Resources) -> RecordPlan:
    targets = _targets(resource, resources)
    twins = dict(_twins(resource, targets))
    return RecordPlan(
        resource=resource.name,
        targets=targets,
        lists=frozenset(name for name in targets if _is_list(resource, name)),
        twins=twins,
        providers=[
            (name, provider)
            for name, schema in resource.fields.items()
            if name not in {*_SETTLED, *_IN_COMMON, *targets, *twins}
            and (provider := provider_of(name, schema)) is not None
        ],
        worded=list(_worded(resource)),
    )


def _is_list(resource: Resource, name: str) -> bool:
    return name.endswith("_ids") or "array" in types_of(resource.fields.get(name, {}))


def _twins(resource: Resource, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in resource.fields:
        if name.startswith("x_") and name.removeprefix("x_") in targets:
            yield name, name.removeprefix("x_")
    for target in targets:
        for ending in _NAME_ENDINGS:
            beside = target.removesuffix("_id") + ending
            if beside in resource.fields and beside != target:
                yield beside, target


def _worded(resource: Resource) -> Iterator[tuple[str, str]]:
    for name in resource.fields:
        stem = name.removesuffix("_raw")
        for other in (f"{stem}_in_cents", f"{stem}_normalized"):
            if stem != name and other in resource.fields:
                yield name, other


def _record(site: Site, plan: RecordPlan, draw: Draw) -> Facts:
    linked = _links(site, plan)
    values: Facts = {name: provide(draw) for name, provide in plan.providers}
    for name, record in linked.items():
        values[name] = [record["id"]] if name in plan.lists else record["id"]
    for name, target in plan.twins.items():
        values[name] = linked.get(target, {}).get("x_id" if name.startswith("x_") else "name")
    for name, other in plan.worded:
        values[name] = _in_words(values.get(other), values.get(name))
    return site.write(plan.resource, site.place.founding_moment(), **values)


def _in_words(value: Any, otherwise: Any) -> Any:
    if isinstance(value, (int, float)):
        return f"{value / 100:.2f}"
    return value.replace("_", " ").capitalize() if isinstance(value, str) else otherwise


def _links(site: Site, plan: RecordPlan) -> dict[str, Facts]:
    """Choose, for each field that names a record of the property, which one it names."""
    pick: Callable[[Sequence[Facts]], Facts] = site.place.fakes.pick
    return {
        name: pick(site.known[target])
        for name, target in plan.targets.items()
        if site.known.get(target)
    }


def _targets(resource: Resource, resources: Resources) -> dict[str, str]:
    return {
        name: found
        for name in (*resource.fields, *resource.private)
        if name not in _IN_COMMON and (found := target_of(name, resources))
    }


def target_of(field: str, resources: Resources) -> str | None:
    """Return the resource that a field names records of: `unit_id` and `associated_unit_ids`."""
    stem = field.removeprefix("associated_")
    if stem.startswith("x_") or not stem.endswith(("_id", "_ids")):
        return None
    single = stem.removesuffix("s").removesuffix("_id")
    plurals = (f"{single}s", f"{single.removesuffix('y')}ies", f"{single}es")
    return next((each for each in plurals if each in resources), None)
