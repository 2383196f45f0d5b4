"""Does the dispatcher wait as long as nothing can be due, and no longer?"""

import pytest

from mock_server.web.pace import Pace


@pytest.mark.parametrize(
    ("looks", "wait"),
    [
        ([None], None),
        ([9.0], 0.0),
        ([9.0, 8.9], 8.89),
        ([9.0, 8.9, 8.9], 0.0),
        ([900.0, 899.9], 59.99),
        ([0.02, 0.01], 0.0),
        ([9.0, 9.0, 9.0], 0.0),
        ([9.0, 9.0, 9.0, 9.0], None),
        ([9.0, 9.0, 9.0, 9.0, 9.0], None),
        ([9.0, 9.0, 9.0, 8.9, 8.9], 0.0),
        ([9.0, None, 8.9], 0.0),
    ],
)
def test_only_a_time_that_comes_nearer_is_waited_for(
    looks: list[float | None], wait: float | None
) -> None:
    pace = Pace()
    waits = [pace.seconds(due, is_stirred=False) for due in looks]
    assert waits[-1] == pytest.approx(wait)


def test_after_a_stir_a_look_says_nothing_of_the_clock() -> None:
    pace = Pace()
    assert [pace.seconds(9.0, is_stirred=True) for _ in range(9)] == [0.0] * 9
    assert pace.seconds(8.0, is_stirred=True) == 0.0
    assert pace.seconds(7.0, is_stirred=False) == pytest.approx(6.99)
