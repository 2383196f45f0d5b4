"""Does every operation keep what its contract promises of any call, valid or not?"""

import pytest

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import EVIDENCE, Operation
from tests.contract.case import Case, each_operation, has_body
from tests.contract.promises import assert_kept, assert_refused, complaints

UNKNOWN = {"propexo": "c000000000000000000000000", "leadpro": "987654321"}


def names_a_record(operation: Operation) -> bool:
    """Say whether the operation's path names a record."""
    return bool(operation.path_names)


@each_operation()
def test_it_is_classified_with_evidence_and_a_source(case: Case) -> None:
    assert case.operation.kind in set(Kind)
    assert case.operation.evidence in EVIDENCE
    assert len(case.operation.source.split()) > 2
    assert case.operation.summary


@each_operation()
def test_a_valid_call_is_answered_as_promised(case: Case) -> None:
    assert_kept(case.api, case.operation, case.send())


@each_operation(has_body)
def test_a_call_with_every_field_is_answered_as_promised(case: Case) -> None:
    body = case.valid_body(full=True)
    lacking = {*(case.operation.body or {})["properties"]} - {*body}
    assert not lacking, "no seeded integration has records for these fields"
    assert_kept(case.api, case.operation, case.send(body))


@each_operation()
def test_without_a_credential_it_refuses(case: Case) -> None:
    path = case.valid_path
    assert_refused(case.api, case.operation, case.send(path=path, headers={}), 401)


@pytest.mark.parametrize("credential", ["", "   ", "invalid", "invalid-key"])
@each_operation()
def test_with_a_bad_credential_it_refuses(case: Case, credential: str) -> None:
    answer = case.send(headers=case.credential(credential))
    assert_refused(case.api, case.operation, answer, 401)


@each_operation(lambda operation: operation.path.startswith("/v1/"))
def test_a_credential_of_another_scheme_is_refused(case: Case) -> None:
    answer = case.send(headers={"Authorization": "Basic c2FuZGJveDo="})
    assert_refused(case.api, case.operation, answer, 401)


@each_operation(names_a_record)
def test_an_unknown_id_gets_the_answer_of_the_vendor(case: Case) -> None:
    names = case.operation.path_names
    answer = case.send(path=dict.fromkeys(names, UNKNOWN[case.api.name]))
    if case.operation.key == "GET /v1/admin/integrations/{integration_id}/":
        assert_kept(case.api, case.operation, answer)
        assert answer.json["results"] is None
        return
    assert_refused(case.api, case.operation, answer, 404)
    assert UNKNOWN[case.api.name] in answer.text


@each_operation(lambda operation: operation.kind is Kind.FETCH)
def test_a_record_is_shown_as_it_is_listed(case: Case) -> None:
    record = case.ground.path_records(case.operation)[-1]
    shown = case.send(path={case.operation.path_names[-1]: record["id"]}).json
    shown = shown["results"] if case.api.name == "propexo" else shown
    public = case.api.catalogue.resources[case.operation.resource or ""].fields
    assert {name: shown[name] for name in public} == {name: record[name] for name in public}
    assert list(shown)[: len(public)] == list(public)


@each_operation()
def test_a_closing_slash_makes_no_difference(case: Case) -> None:
    path = case.operation.path.format(**case.valid_path).rstrip("/")
    answers = [
        case.app.test_client().open(
            url,
            method=case.operation.method,
            query_string=case.valid_query,
            headers=case.credential(f"sandbox_{case.world}"),
            **({"json": case.valid_body()} if has_body(case.operation) else {}),
        )
        for url in (path, f"{path}/")
    ]
    assert [each.status_code for each in answers] == [200, 200]
    if case.operation.method == "GET":
        assert answers[0].json == answers[1].json


@each_operation(lambda operation: operation.path.startswith("/v1/") and operation.query)
def test_an_unknown_query_parameter_is_refused(case: Case) -> None:
    answer = case.send(query={"colour": "red"})
    assert_refused(case.api, case.operation, answer, 400)
    assert complaints(answer) == {"": "Unrecognized key(s) in object: 'colour'"}


@each_operation()
def test_another_method_is_refused_with_those_that_are_taken(case: Case) -> None:
    url = case.operation.path.format(**case.valid_path)
    answer = case.app.test_client().delete(url, headers=case.credential("sandbox_any"))
    assert answer.status_code == 405
    assert answer.mimetype == "application/json"
    assert case.operation.method in answer.headers["Allow"]
    assert case.operation.method in answer.text
