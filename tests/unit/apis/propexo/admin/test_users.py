"""Are the account's users told?"""

from typing import Any

LIST, FETCH = "GET /v1/admin/users/", "GET /v1/admin/users/{id}"


def test_there_is_a_user_in_every_role(propexo: Any) -> None:
    users = propexo.get(LIST)["results"]
    roles = sorted(role for each in users for role in each["roles"])
    assert roles == ["ADMIN", "DEVELOPER", "READ_ONLY", "SUPPORT"]


def test_a_user_is_found_by_id_and_by_filter(propexo: Any) -> None:
    user = propexo.get(LIST)["results"][0]
    assert propexo.get(FETCH, id=user["id"])["results"] == user
    assert propexo.get(LIST, query=f"id={user['id']}")["results"] == [user]


def test_an_unknown_user_is_null(propexo: Any) -> None:
    assert propexo.get(FETCH, id="cnothing")["results"] is None
