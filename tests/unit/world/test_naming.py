"""Does a credential select the world that its sender means?"""

import pytest

from mock_server.world.naming import DEFAULT, named, world_of


@pytest.mark.parametrize(
    ("credential", "name"),
    [
        ("sandbox_me", "me"),
        ("sandbox_A-b_9", "A-b_9"),
        ("sandbox_" + "x" * 64, "x" * 64),
        ("sandbox", DEFAULT),
        ("Sandbox_me", DEFAULT),
        ("my sandbox_me", DEFAULT),
        ("any-key", DEFAULT),
        ("", DEFAULT),
    ],
)
def test_a_credential_selects_its_world(credential: str, name: str) -> None:
    assert world_of(credential) == name


@pytest.mark.parametrize("name", ["", "x" * 65, "a b", "a/b", ".b", "é", "a\n"])
def test_a_name_that_no_world_can_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"after sandbox_, has 1 to 64 letters, digits, - and _"):
        world_of(f"sandbox_{name}")


def test_a_label_after_the_world_tells_its_credentials_apart() -> None:
    assert named("sandbox_me.web-site") == ("me", "web-site")
    assert named("sandbox_me") == ("me", None)
    assert named("key.web") == (DEFAULT, None)


@pytest.mark.parametrize("label", ["", "x" * 65, "a b", "a.b"])
def test_a_label_that_none_can_have_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match=r"after sandbox_me\., has 1 to 64 letters"):
        named(f"sandbox_me.{label}")
