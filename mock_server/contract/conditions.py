"""What the `x-conditions` of a body say in words: which fields a PMS wants together."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.nearest import listed

Condition = Mapping[str, Any]


def reason(condition: Condition) -> str:
    """Return when a condition applies: without a field, beside one, or for some of its values."""
    if "unless" in condition:
        return f"without {condition['unless']}"
    if "is" not in condition:
        return f"beside {condition['when']}" if "when" in condition else ""
    values = (str(each).lower() if isinstance(each, bool) else each for each in condition["is"])
    return f"when {condition['when']} is {listed(values, last='or')}"


def sentences(condition: Condition) -> Iterator[str]:
    """Yield each rule of a condition as a sentence without its full stop."""
    when = f" {reason(condition)}".rstrip()
    if "required" in condition:
        names = [f"`{each}`" for each in condition["required"]]
        verb = "is" if len(names) == 1 else "are"
        yield f"{listed(names)} {verb} required{when}"
    if "same_day" in condition:
        first, second = condition["same_day"]
        yield f"`{second}` must be on the same day as `{first}`{when}"
    if "in_order" in condition:
        first, second = condition["in_order"]
        yield f"`{first}` must be before `{second}`{when}"
    for name, (least, most) in condition.get("limits", {}).items():
        yield f"`{name}` must be between {least} and {most}{when}"
