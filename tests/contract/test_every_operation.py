"""Does every operation keep what its contract promises of any call, valid or not?"""

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import EVIDENCE, Operation
from tests.contract.case import Case, each_of_all, each_operation, has_body
from tests.contract.promises import assert_kept, assert_refused, complaints

UNKNOWN = {"propexo": "c000000000000000000000000", "leadpro": "987654321"}


NULL_WHERE_UNKNOWN = {
    "GET /v1/admin/integrations/{integration_id}/": "the API reference shows null",
    "GET /v1/admin/users/{id}": "as with integrations",
}


def names_a_record(operation: Operation) -> bool:
    """Say whether the operation's path names a record."""
    return bool(operation.path_names)


def is_propexo(operation: Operation) -> bool:
    """Say whether the operation is one of Propexo's."""
    return not operation.path.startswith("/api/")


@each_of_all(lambda _: True)
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
    lacking = {*case.schema.get("properties", ())} - {*body}
    assert not lacking, "no seeded integration has records for these fields"
    assert_kept(case.api, case.operation, case.send(body))


@each_operation()
def test_without_a_credential_it_refuses(case: Case) -> None:
    path = case.valid_path
    assert_refused(case.api, case.operation, case.send(path=path, headers={}), 401)


@each_operation()
def test_with_a_bad_credential_it_refuses(case: Case) -> None:
    path = case.valid_path
    for credential in ("", "   ", "invalid", "invalid-key"):
        answer = case.send(path=path, headers=case.credential(credential))
        assert_refused(case.api, case.operation, answer, 401)


@each_operation(is_propexo)
def test_a_credential_of_another_scheme_is_refused(case: Case) -> None:
    answer = case.send(headers={"Authorization": "Basic c2FuZGJveDo="})
    assert_refused(case.api, case.operation, answer, 401)


@each_operation(names_a_record)
def test_an_unknown_id_gets_the_answer_of_the_vendor(case: Case) -> None:
    names = case.operation.path_names
    answer = case.send(path=dict.fromkeys(names, UNKNOWN[case.api.name]))
    if case.operation.key in NULL_WHERE_UNKNOWN or case.operation.kind is Kind.LIST:
        assert_kept(case.api, case.operation, answer)
        assert not answer.json["results"]
        return
    assert_refused(case.api, case.operation, answer, 404)
    assert UNKNOWN[case.api.name] in answer.text


@each_operation(lambda operation: operation.kind is Kind.FETCH)
def test_a_record_is_shown_as_it_is_listed(case: Case) -> None:
    record = case.ground.path_records(case.operation)[-1]
    last = case.operation.path_names[-1]
    shown = case.send(path={**case.valid_path, last: str(record["id"])}).json
    shown = shown["results"] if case.api.name == "propexo" else shown
    public = case.api.catalogue.resources[case.operation.resource or ""].fields
    assert {name: shown[name] for name in public} == {name: record[name] for name in public}
    assert list(shown)[: len(public)] == list(public)


@each_of_all(lambda operation: operation.kind is Kind.UNSUPPORTED)
def test_what_a_vendor_cannot_do_is_refused(case: Case) -> None:
    path = dict.fromkeys(case.operation.path_names, UNKNOWN["propexo"])
    answer = case.send(path=path)
    assert_refused(case.api, case.operation, answer, 405)
    assert f"{case.operation.vendor} does not support" in answer.text


@each_operation()
def test_a_closing_slash_makes_no_difference(case: Case) -> None:
    path = case.operation.path.format(**case.valid_path).rstrip("/")
    # What is done once may be refused the next time, so each call has a world of its own; but a
    # write's status is told in the world of the write.
    is_read = case.operation.method == "GET"
    other_world = case.world if is_read else f"{case.world}other"
    answers = [
        case.app.test_client().open(
            url,
            method=case.operation.method,
            query_string=case.valid_query,
            headers=case.credential(f"sandbox_{world}"),
            **({"json": case.valid_body()} if has_body(case.operation) else {}),
        )
        for url, world in ((path, case.world), (f"{path}/", other_world))
    ]
    case.worlds.reset(other_world)
    assert [each.status_code for each in answers] == [200, 200]
    if case.operation.method == "GET":
        assert answers[0].json == answers[1].json


@each_operation(lambda operation: is_propexo(operation) and operation.query)
def test_an_unknown_query_parameter_is_refused(case: Case) -> None:
    answer = case.send(query={**case.valid_query, "colour": "red"})
    assert_refused(case.api, case.operation, answer, 400)
    assert complaints(answer) == {"": "Unrecognized key(s) in object: 'colour'"}


@each_operation()
def test_another_method_is_refused_with_those_that_are_taken(case: Case) -> None:
    url = case.operation.path.format(**case.valid_path)
    other = "DELETE" if case.api.name == "leadpro" else "PATCH"
    headers = case.credential("sandbox_any")
    answer = case.app.test_client().open(url, method=other, headers=headers)
    assert answer.status_code == 405
    assert answer.mimetype == "application/json"
    assert case.operation.method in answer.headers["Allow"]
    assert case.operation.method in answer.text
