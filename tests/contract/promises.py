"""What an operation's contract says of its answers, checked by a validator that is not ours."""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from mock_server.contract.operation import Operation
from mock_server.contract.schemas import Builder
from mock_server.engine.api import Api


def said(api: Api, operation: Operation) -> Mapping[str, Any]:
    """Return the operation as the contract's text has it."""
    item: Mapping[str, Any] = api.catalogue.document.root["paths"][operation.path]
    return item[operation.method.lower()]  # type: ignore[no-any-return]


def promised(api: Api, operation: Operation, status: int) -> Mapping[str, Any]:
    """Return the schema of that status's answer; an answer the contract does not know is wrong."""
    responses = said(api, operation)["responses"]
    assert str(status) in responses, f"{operation.key} promises no {status}"
    response = api.catalogue.document.resolve(responses[str(status)])
    (content,) = response["content"].values()
    return content["schema"]  # type: ignore[no-any-return]


def promised_type(api: Api, operation: Operation) -> str:
    """Return the type of the content of a success."""
    response = api.catalogue.document.resolve(said(api, operation)["responses"]["200"])
    (found,) = response["content"]
    return str(found)


def broken_promises(api: Api, operation: Operation, answer: TestResponse) -> list[str]:
    """Return where an answer is not what the contract promises for its status."""
    root = api.catalogue.document.root
    schema = {**promised(api, operation, answer.status_code), "components": root["components"]}
    found = Draft202012Validator(schema).iter_errors(_value(answer))
    return [f"{error.json_path}: {error.message}"[:300] for error in found]


def unpromised_keys(api: Api, operation: Operation, answer: TestResponse) -> list[str]:
    """Return the keys of an answer that its schema does not name."""
    problems = Builder(api.catalogue.document).reply(operation)(_value(answer))
    return [str(each.path) for each in problems if each.rule == "unknown"]


def _value(answer: TestResponse) -> Any:
    """Return what an answer carries: a text where it is no JSON."""
    return json.loads(answer.text) if answer.is_json else answer.text


def assert_kept(api: Api, operation: Operation, answer: TestResponse) -> None:
    """Assert that the call succeeded and its answer is exactly what the contract promises."""
    assert answer.status_code == 200, answer.text[:500]
    assert answer.mimetype == promised_type(api, operation)
    assert broken_promises(api, operation, answer) == []
    assert unpromised_keys(api, operation, answer) == []


def assert_refused(api: Api, operation: Operation, answer: TestResponse, status: int) -> None:
    """Assert that the call was refused so, in the vendor's own shape."""
    assert answer.status_code == status, answer.text[:500]
    assert answer.mimetype == "application/json"
    assert broken_promises(api, operation, answer) == []
    if api.name == "leadpro":
        assert answer.json["statusCode"] == status
    elif api.name == "sandbox":
        assert answer.json["error"]
    else:
        assert answer.json["error"]["message"]


def complaints(answer: TestResponse) -> dict[str, str]:
    """Return what a 400 complains of, in words, by the dotted path of what is wrong."""
    if "statusCode" in answer.json:
        sentences = answer.json["message"]
        sentences = sentences if isinstance(sentences, list) else [sentences]
        return {each.partition(" ")[0].rstrip(":"): each for each in sentences}
    if "problems" in answer.json:
        return {each["path"]: each["message"] for each in answer.json["problems"]}
    issues = answer.json["error"].get("details", {}).get("details", {}).get("issues", ())
    return {".".join(map(str, each["path"])): each["message"] for each in issues}
