"""Is what a world says of itself kept, and is no epoch like another?"""

from mock_server.world.store import Store


def test_a_state_replaces_the_one_before(store: Store) -> None:
    store.states.keep("mine", {"draws": 1})
    store.states.keep("mine", {"draws": 2})
    assert store.states.of("mine") == {"draws": 2}
    assert store.states.names() == ["mine"]


def test_no_epoch_has_the_number_of_one_that_was_forgotten(store: Store) -> None:
    first = store.states.next_epoch()
    store.states.keep("mine", {"epoch": first})
    store.forget("mine")
    assert store.states.next_epoch() not in {first, None}
