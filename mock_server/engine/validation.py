"""Whether a call is what its operation promises to take: query string and body, all at once."""

import json
import math
from typing import Any
from urllib.parse import parse_qs

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation, Parameter
from mock_server.contract.problems import Problem
from mock_server.contract.schemas import Builder
from mock_server.contract.texts import from_text
from mock_server.contract.validator import Validator
from mock_server.engine.api import Api
from mock_server.engine.body_text import read_object
from mock_server.engine.call import Call, Question
from mock_server.engine.questions import ask
from mock_server.engine.refusals import Invalid, NotSupported
from mock_server.memory import Memory

Asked = tuple[Question, tuple[Problem, ...]]

_QUESTION_BYTES = 8_000_000
# A query that is longer is not asked again and again.
_LONG_QUERY = 1_000
_BYTES_OF_A_QUESTION = 3_000


class Validation:
    """Checks calls against one Api's contract; each validator is built when first needed."""

    def __init__(self, api: Api, *, strict: bool) -> None:
        """Check by the Api's contract; `strict` refuses unknown fields everywhere."""
        self._api = api
        self._builder = Builder(api.catalogue.document, strict=strict)
        self._queries: dict[str, Validator] = {}
        self._bodies: dict[str, Validator] = {}
        self._replies: dict[str, Any] = {}
        # What a query string asks for depends on nothing else, so it is worked out once.
        self._questions = Memory(_QUESTION_BYTES)

    def read(self, call: Call) -> None:
        """Fill in the call's `body` as it was sent; raises `Malformed` where it cannot be read."""
        if call.operation.body is not None and (call.content or call.operation.body_is_required):
            call.body = read_object(call.content, call.headers)

    def problems(self, call: Call, binding: Operation) -> tuple[Problem, ...]:
        """Fill in the call's `question` and checked `body`; return every problem of both.

        `binding` is the operation whose rules the body must keep: the call's own, or the one that
        says more narrowly what the call may carry. Raises `NotSupported` where that one is
        documented as something that cannot be done.
        """
        call.question, problems = self._question(call)
        if binding.kind is Kind.UNSUPPORTED:
            raise NotSupported(f"{binding.vendor} does not support {call.operation.key}")
        if binding.body is not None:
            validator, is_lenient = self._body(binding), _is_lenient(call)
            call.body, more = validator.check(call.body, drops_unknown=is_lenient)
            problems += more
        return problems

    def check_reply(self, operation: Operation, text: bytes) -> tuple[Problem, ...]:
        """Return where a 200 reply breaks the contract."""
        if operation.key not in self._replies:
            self._replies[operation.key] = self._builder.reply(operation)
        problems: tuple[Problem, ...] = self._replies[operation.key](json.loads(text))
        return problems

    def _question(self, call: Call) -> Asked:
        operation, text = call.operation, call.query_text
        if len(text) > _LONG_QUERY:
            return self._read_query(operation, text)

        def read() -> tuple[Asked, float]:
            asked = self._read_query(operation, text)
            # What is refused is not asked again, and its problems may be large.
            return asked, math.inf if asked[1] else _BYTES_OF_A_QUESTION + 20 * len(text)

        return self._questions.recall((operation.key, text), None, read)

    def _read_query(self, operation: Operation, text: str) -> Asked:
        if operation.key not in self._queries:
            self._queries[operation.key] = self._builder.query(operation)
        known = {each.name: each for each in operation.query}
        found = parse_qs(text, keep_blank_values=True)
        values = {
            name: from_text(known[name].schema if name in known else {}, texts)
            for name, texts in found.items()
            if name not in known or not _is_left_blank(known[name], texts)
        }
        checked, problems = self._queries[operation.key].check(values)
        try:
            return ask(self._api, operation, checked), problems
        except Invalid as refusal:
            return Question(checked), problems + refusal.problems

    def _body(self, operation: Operation) -> Validator:
        if operation.key not in self._bodies:
            self._bodies[operation.key] = self._builder.body(operation)
        return self._bodies[operation.key]


def _is_left_blank(parameter: Parameter, texts: list[str]) -> bool:
    return parameter.may_be_blank and not "".join(texts).strip()


def _is_lenient(call: Call) -> bool:
    """Say whether the call asks to drop unknown fields instead of refusing them."""
    lenient = call.operation.lenient
    return lenient is not None and bool(call.question.values.get(lenient))
