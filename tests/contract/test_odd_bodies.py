"""Is every write told what is odd about a body, without a fault of ours?"""

from typing import Any

from tests.contract.case import Case, each_operation, has_body

# What stands in the place of every field but the one that says which integration is meant.
ODD_VALUES: list[Any] = [
    None,
    "",
    "a\0b",
    "T00:00" * 1_000,
    "9" * 4_000,
    -(2**63) + 1,
    1e300,
    [["x"]],
    [{"a": 1}] * 240,
    [1] * 300,
    {"a": {"a": [{"a": 1}]}},
    {f"k{number}": 1 for number in range(300)},
]
ODD_TEXTS = [
    b'{"a":1,"a":2}',
    b'{"":1,"a.b":2,"__proto__":{"x":1},"\\u0000":3}',
    b'{"a":' + b"[" * 63 + b"]" * 63 + b"}",
    b"{" + b",".join(b'"%d":1' % number for number in range(2_000)) + b"}",
]
ANSWERS = {200, 400, 404}  # What one odd body has removed, another does not find.
MOST_BYTES = 300_000  # A hundred problems, each with all that the field may be instead.


@each_operation(has_body)
def test_no_value_is_too_odd(case: Case) -> None:
    fields = [name for name in case.valid_body(full=True) if name != "integration_id"]
    for value in ODD_VALUES:
        answer = case.send({**case.valid_body(), **dict.fromkeys(fields, value)})
        assert answer.status_code in ANSWERS, f"{str(value)[:30]}: {answer.text[:300]}"
        assert len(answer.data) < MOST_BYTES


@each_operation(has_body)
def test_no_text_is_too_odd(case: Case) -> None:
    headers = {**case.credential(f"sandbox_{case.world}"), "Content-Type": "application/json"}
    for text in ODD_TEXTS:
        answer = case.send(content=text, headers=headers)
        assert answer.status_code in ANSWERS, f"{text[:30]!r}: {answer.text[:300]}"
        assert len(answer.data) < MOST_BYTES
