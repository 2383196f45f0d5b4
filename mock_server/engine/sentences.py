"""How a problem is put in plain words: what is wrong with a field, and what would be right."""

from collections.abc import Callable, Mapping

from mock_server.contract.problems import Problem, type_name

_SENTENCES: Mapping[str, Callable[[Problem], str]] = {
    "required": lambda _: "is required",
    "type": lambda p: f"must be a value of type {p.expected}, not {type_name(p.received)}",
    "enum": lambda p: f"must be one of {', '.join(map(str, p.expected))}",
    "format": lambda p: f"must be a valid {p.expected}",
    "pattern": lambda p: f"must match {p.expected}",
    "min_length": lambda p: f"must have at least {p.expected} characters",
    "max_length": lambda p: f"must have at most {p.expected} characters",
    "minimum": lambda p: f"must be at least {p.expected}",
    "maximum": lambda p: f"must be at most {p.expected}",
    "exclusive_minimum": lambda p: f"must be more than {p.expected}",
    "min_items": lambda p: f"must have at least {p.expected} elements",
    "max_items": lambda p: f"must have at most {p.expected} elements",
    "max_json_bytes": lambda p: f"must have at most {p.expected} bytes as JSON",
    "unknown": lambda _: "is not a known field",
    "any_of": lambda p: "must fit one of: " + "; ".join(_branches(p)),
}


def sentence(problem: Problem) -> str:
    """Return one problem as a sentence that begins with the field's path."""
    path = ".".join(map(str, problem.path))
    if problem.advice:
        return f"{path}: {problem.advice}"
    return f"{path} {_SENTENCES[problem.rule](problem)}"


def _branches(problem: Problem) -> list[str]:
    return [" and ".join(sentence(each) for each in branch) for branch in problem.branches]
