"""Do ids have the vendor's shape, and are they the same again for the same seed?"""

import re
from random import Random

from mock_server.world.identifiers import cuid


def test_an_id_is_a_c_and_24_of_base_36() -> None:
    random = Random(1)
    assert all(re.fullmatch("c[0-9a-z]{24}", cuid(random)) for _ in range(200))


def test_the_same_seed_gives_the_same_ids_and_no_id_twice() -> None:
    one, other = Random(1), Random(1)
    ids = [cuid(one) for _ in range(1_000)]
    assert ids == [cuid(other) for _ in range(1_000)]
    assert len(set(ids)) == 1_000
