"""The rules by which calls go wrong on purpose: listed, made and removed."""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from mock_server.apis.propexo import named_integrations
from mock_server.apis.propexo.kept import records
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.kinds import Kind
from mock_server.contract.problems import Problem
from mock_server.control.named_operations import key_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.faults import rules
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.nearest import listed, unknown
from mock_server.world.clock import iso
from mock_server.world.world import World

_WHEN = ("api", "operation", "method", "path", "integration_id", "pms", "credential")
_HOW_OFTEN = ("chance", "times", "after")
_WHAT = ("status", "message", "seconds", "seconds_to", "spread", "share", "per_minute")


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of the faults, in the order in which they were made."""
    values, made = call.question.values, rules.rules_of(world)
    page = made[values["offset"] :][: values["limit"]]
    return reply({"total": len(made), "results": [_shown(each) for each in page]})


def add(catalogues: Sequence[Catalogue], call: Call, world: World) -> Reply:
    """Make a fault and answer it."""
    body = dict(call.body)
    problems = [*_ill_told(body), *_out_of_place(body)]
    if problems:
        raise Invalid(problems)
    known = [each for each in catalogues if body.get("api") in {None, each.name}]
    if not known:
        names = [each.name for each in catalogues]
        raise Invalid([broken("api", unknown("vendor", body["api"], names), body["api"])])
    _refuse_unserved(known, body, world)
    return reply(_shown(rules.add(world, {"created_at": iso(world.clock.now()), **body})))


def remove_all(_: Call, world: World) -> Reply:
    """Remove every fault."""
    made = rules.rules_of(world)
    count = len(made)
    made.clear()
    return reply({"removed": count})


def remove(call: Call, world: World) -> Reply:
    """Remove the fault that the path names."""
    made, wanted = rules.rules_of(world), call.record_id
    found = next((each for each in made if each["id"] == wanted), None)
    if found is None:
        raise NotFound(unknown("fault", wanted, [each["id"] for each in made]))
    made.remove(found)
    return reply({"removed": 1})


def _shown(rule: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: rule.get(name) for name in (*_WHEN, *_HOW_OFTEN, *_WHAT)}
    counts = {name: rule[name] for name in ("seen", "used")}
    walk = {name: rule.get(name, []) for name in ("missed", "twice")}
    first = {name: rule[name] for name in ("id", "created_at", "effect")}
    return {**first, **said, **counts, **walk}


def _ill_told(body: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the effect needs and does not have, or has and does not take."""
    effect = rules.EFFECTS[body["effect"]]
    for name in effect.needs:
        if name not in body:
            yield broken(name, f"is required for the effect {body['effect']}")
    for name in _WHAT:
        if name in body and name not in (*effect.needs, *effect.takes):
            users = [key for key, each in rules.EFFECTS.items() if name in each.needs + each.takes]
            yield broken(name, f"is for {listed(users)}, not for {body['effect']}", body[name])


def _out_of_place(body: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what does not go together."""
    if "seconds_to" in body and "spread" in body:
        yield broken("spread", "cannot be sent with seconds_to; send one of them", body["spread"])
    if body.get("seconds_to", body.get("seconds", 0)) < body.get("seconds", 0):
        yield broken("seconds_to", "must not be less than seconds", body["seconds_to"])
    if "operation" in body:
        for name in ("method", "path"):
            if name in body:
                yield broken(
                    name, "cannot be sent with operation, which says it already", body[name]
                )


def _refuse_unserved(catalogues: Sequence[Catalogue], body: dict[str, Any], world: World) -> None:
    """Raise `Invalid` for a rule that could never strike, with the nearest that could.

    The names of operations and PMSs are then spelled as the contracts spell them.
    """
    if "operation" in body:
        body["operation"] = key_of(catalogues, body["operation"])
    if "path" in body and not any(_serve(each, body) for each in catalogues):
        asked = f"{body.get('method', 'GET')} {body['path'].replace('*', 'x')}"
        near = [key for each in catalogues for key in each.nearest(asked)]
        hint = f"; did you mean that of {listed(near[:3], last='or')}?" if near else ""
        raise Invalid([broken("path", f"no operation has such a path{hint}", body["path"])])
    if body["effect"] == "stale_page" and "operation" in body:
        _refuse_other_than_list(catalogues, body["operation"])
    if "integration_id" in body:
        named_integrations.of_body(body, world)
    if "pms" in body:
        body["pms"] = _pms(world, body["pms"])


def _serve(catalogue: Catalogue, body: Mapping[str, Any]) -> bool:
    pattern, method = body["path"].rstrip("/"), body.get("method")
    return any(
        _could_be(each.path.rstrip("/"), pattern)
        for each in catalogue.operations.values()
        if method in {None, each.method}
    )


def _could_be(path: str, pattern: str) -> bool:
    """Say whether a pattern fits a path, with any value in the place of its parameters."""
    if fnmatchcase(path, pattern):
        return True
    own, wanted = path.split("/"), pattern.split("/")
    return len(own) == len(wanted) and all(
        mine.startswith("{") or fnmatchcase(mine, each)
        for mine, each in zip(own, wanted, strict=True)
    )


def _refuse_other_than_list(catalogues: Sequence[Catalogue], key: str) -> None:
    operation = next(each[key] for each in catalogues if key in each.operations)
    if operation.kind is not Kind.LIST:
        advice = "stale_page is for operations that list records, page by page"
        raise Invalid([broken("operation", advice, key)])


def _pms(world: World, name: str) -> str:
    known = {each["vendor"] for each in records(world, "integrations").all()}
    if name.upper() not in known:
        raise Invalid(
            [broken("pms", unknown("PMS with an integration", name.upper(), known), name)]
        )
    return name.upper()
