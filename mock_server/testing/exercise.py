"""What a test run has exercised of the vendors' APIs: of several servers together, and in words."""

from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]

_PARTS = {
    "operations": "operations",
    "statuses": "statuses of operations",
    "pms": "PMSs",
    "triggers": "webhook events",
}
_MOST_LINES = 10


def merged(reports: Iterable[Json]) -> Json:
    """Return what `coverage` and `findings` say of all servers together.

    Each report has both, as `/__admin/coverage` and `/__admin/findings` answer them. With xdist
    each worker has servers of its own.
    """
    known = [*reports]
    coverages = [each["coverage"] for each in known]
    assumed = {of["operation"]: of for each in coverages for of in each["assumptions"]}
    return {
        "coverage": {
            **{part: _together([each[part] for each in coverages]) for part in _PARTS},
            "assumptions": [assumed[name] for name in sorted(assumed)],
        },
        "findings": [finding for each in known for finding in each["findings"]],
    }


def _together(shares: Iterable[Json]) -> Json:
    known = [*shares]
    names = sorted({name for each in known for name in each["names"]})
    total = max((each["total"] for each in known), default=0)
    return {"seen": len(names), "total": total, "names": names}


def percent(coverage: Json) -> float:
    """Return how much of the vendors' operations was called, from 0 to 100."""
    operations = coverage["operations"]
    return 100.0 * operations["seen"] / operations["total"] if operations["total"] else 0.0


def coverage_lines(coverage: Json) -> Iterator[str]:
    """Yield the coverage for people, and what the called operations assume."""
    shares = (
        f"{coverage[part]['seen']:,} of {coverage[part]['total']:,} {name}"
        for part, name in _PARTS.items()
    )
    yield f"Called or seen: {', '.join(shares)}."
    assumed = coverage["assumptions"]
    if not assumed:
        return
    rest = "rests" if len(assumed) == 1 else "rest"
    yield f"{len(assumed)} of the called operations {rest} on what no document says:"
    yield from _cut([f"  {each['operation']} ({each['evidence']})" for each in assumed])


def finding_lines(findings: list[Json]) -> Iterator[str]:
    """Yield the findings for people, each with its rule, its world and its calls."""
    for each in findings:
        numbers = ", ".join(map(str, each["calls"][:_MOST_LINES]))
        yield f"{each['rule']}: {each['message']} (world {each['world']}, calls {numbers})"


def summary(report: Json) -> Iterator[str]:
    """Yield what stands at the end of a test run."""
    yield from coverage_lines(report["coverage"])
    found = [*finding_lines(report["findings"])]
    if found:
        yield f"Doubtful conduct, {len(found)} in all:"
        yield from _cut([f"  {each}" for each in found])


def _cut(lines: list[str]) -> Iterator[str]:
    yield from lines[:_MOST_LINES]
    if len(lines) > _MOST_LINES:
        yield f"  and {len(lines) - _MOST_LINES} more"
