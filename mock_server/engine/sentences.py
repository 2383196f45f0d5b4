"""How a problem is put in plain words: what is wrong with a field, and what would be right."""

from collections.abc import Callable, Mapping

from mock_server.contract.problems import Problem, type_name

# A value of each format, where the contract has no example of its own.
_LIKE = {
    "date-time": "2026-03-01T09:30:00Z",
    "date": "2026-03-01",
    "email": "ada@example.com",
    "uri": "https://example.com/page",
}
_SENTENCES: Mapping[str, Callable[[Problem], str]] = {
    "required": lambda _: "is required",
    "type": lambda p: f"must be a value of type {p.expected}, not {type_name(p.received)}",
    "enum": lambda p: f"must be {_one_of([str(each) for each in p.expected])}",
    "format": lambda p: f"must be a valid {p.expected}, like {p.example or _LIKE[p.expected]}",
    "pattern": lambda p: f"must be like {p.example}" if p.example else f"must match {p.expected}",
    "min_length": lambda p: f"must have at least {_count(p.expected, 'character')}",
    "max_length": lambda p: f"must have at most {_count(p.expected, 'character')}",
    "minimum": lambda p: f"must be at least {p.expected}",
    "maximum": lambda p: f"must be at most {p.expected}",
    "exclusive_minimum": lambda p: f"must be more than {p.expected}",
    "min_items": lambda p: f"must have at least {_count(p.expected, 'element')}",
    "max_items": lambda p: f"must have at most {_count(p.expected, 'element')}",
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


def _one_of(options: list[str]) -> str:
    return options[0] if len(options) == 1 else f"one of {', '.join(options)}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _branches(problem: Problem) -> list[str]:
    return [" and ".join(sentence(each) for each in branch) for branch in problem.branches]
