"""What Schemathesis is told: where the application is, and how the contract is to be tried."""

import json
import os
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import schemathesis
from flask import Flask
from schemathesis import Case as Generated
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.stateful.state_machine import APIStateMachine
from schemathesis.hooks import HookContext
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.schemas import BaseSchema

from mock_server.engine.api import Api
from tests.contract import control_acceptable
from tests.contract.acceptable import made_acceptable
from tests.contract.case import Case
from tests.contract.control_case import SANDBOX, ControlCase

# FUZZ_EXAMPLES=500 searches longer, in every operation, and at the edges of every schema; the
# default keeps these tests a matter of a minute.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))  # noqa: TID251 - no setting of the server
# Each check that is left out, with the reason.
EXCLUDED_CHECKS = {
    "ignored_auth": "Any credential but an empty one and `invalid...` is taken, as we promise.",
}
# Each check that is left out at some paths of an Api, as a pattern finds them, with the reason.
EXCLUDED_AT = {
    ("sandbox", r"/pms/\{integration_id\}/(login|down|models)$", "allow_header_conformance"): (
        "Read as a model these words take other methods, which `Allow` tells too."
    ),
}
# Each operation that refuses to do the same a second time, with the reason.
ONCE_ONLY = {
    "POST /v1/rentable-items/applicants/assign": "what is assigned is no longer to be had",
    "POST /v1/admin/integrations/{integration_id}/property-lists": "a list is added once",
    "DELETE /sandbox/pms/{integration_id}/{model}/{record_id}": "what is removed is gone",
    "POST /sandbox/pms/{integration_id}/leads/{lead_id}/advance": "a lead never goes back",
    "POST /sandbox/pms/{integration_id}/residents/{resident_id}/transfer": "the unit is taken then",
    "POST /v1/admin/retry-write/{root_job_id}": "what is tried again has not failed any more",
}
SKIPPED_IN_BRIEF = ("coverage", "examples")
# A field's own example is right there, but not beside those of all the others at once.
SKIPPED = {"sandbox": ("examples",)}
# Hypothesis finds no way through the links of all operations at once; these are the oldest.
_FOLLOWED = r"^/api/|^/v1/(leads|applicants|units|admin/write-status)/[^/]*$"
_SENT_AS_NOTHING = ("", [], {}, [""], [None])
_OUT_OF_BOUNDS = re.compile(r"0001-01-[01]|9999-12-[23]|(?<![\d.])\d{19}")


class Fuzzed:
    """An Api's contract as Schemathesis reads it, its calls all going to one world."""

    def __init__(self, api: Api, app: Flask, examples: int, *, is_brief: bool = False) -> None:
        """Try each operation with so many calls, and unless brief at the edges of its schemas."""
        kind = ControlCase if api is SANDBOX else Case
        self._known = cache(lambda key: kind(app, api, api.catalogue[key], "fuzzed"))
        first = next(iter(api.catalogue.operations))
        said = {
            "headers": self._known(first).credential("sandbox_fuzzed"),
            "seed": 1,
            "generation": {"deterministic": True, "max-examples": examples, "no-shrink": True},
            "checks": {name: {"enabled": False} for name in EXCLUDED_CHECKS},
            **_exclusions(api, is_brief=is_brief),
        }
        config = SchemathesisConfig.from_dict(said)
        place = f"/openapi/{api.name}.json"
        self.schema = schemathesis.openapi.from_wsgi(place, app, config=config)
        self._hook(self.schema)

    def try_operation(self, key: str) -> None:
        """Call one operation in every way, as `schema.parametrize()` would.

        That would think the calls up while tests are collected, which takes seconds; here it is
        done when the operation's turn comes.
        """
        method, _, path = key.partition(" ")
        build_operation_test(
            config=self.schema.config,
            operation=self.schema[path][method],
            test_func=self._calling(key),
            given_kwargs={},
            feedback=FeedbackSources(),
        )()

    def _calling(self, key: str) -> Callable[[Generated], None]:
        """Return what makes one call, in a world in which the operation is not done already."""
        known = self._known(key)
        known.worlds.reset(known.world)

        def call(case: Generated) -> None:
            if key in ONCE_ONLY:
                known.worlds.reset(known.world)
            case.call_and_validate()

        return call

    def machine(self) -> type[APIStateMachine]:
        """Return what calls operations in turn, one taking ids from the answers before it."""
        known, followed = self._known, self.schema.include(path_regex=_FOLLOWED)

        class Following(followed.as_state_machine()):  # type: ignore[misc]
            def before_call(self, case: Generated) -> None:
                made_acceptable(known(case.operation.label), case)

        return Following

    def _hook(self, schema: BaseSchema) -> None:
        @schema.hook
        def filter_case(_: HookContext, case: Generated) -> bool:
            # An empty text stands for null in a query, and the calendar's last days and numbers
            # beyond 64 bits are refused: no schema can say so.
            query = {**(case.query or {})}
            said = json.dumps([query, case.body], default=str)
            is_empty = any(each in _SENT_AS_NOTHING for each in query.values())
            return not is_empty and not _OUT_OF_BOUNDS.search(said)

        @schema.hook
        def map_case(_: HookContext, case: Generated) -> Generated:
            known = self._known(case.operation.label)
            if isinstance(known, ControlCase):
                return control_acceptable.made_acceptable(known, case)
            return made_acceptable(known, case)


def _exclusions(api: Api, *, is_brief: bool) -> dict[str, Any]:
    """Return the part of the configuration that says what is left out for an Api."""
    skipped = SKIPPED_IN_BRIEF if is_brief else SKIPPED.get(api.name, ())
    at = [(path, check) for name, path, check in EXCLUDED_AT if name == api.name]
    excluded = {
        "phases": {name: {"enabled": False} for name in skipped},
        "operations": [
            {"include-path-regex": path, "checks": {check: {"enabled": False}}}
            for path, check in at
        ],
    }
    # Schemathesis finds fewer ways through the links as soon as it is told of any operation.
    return {name: each for name, each in excluded.items() if each}
