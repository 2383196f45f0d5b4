"""Is every operation still the one that was approved?

When a contract changed on purpose, write the census anew and commit it with the change; its diff
says what became of each operation:

    python -m tests.contract.test_census
"""

from pathlib import Path

from mock_server.contract.operations_page import census
from tests.contract.case import APIS

APPROVED = Path(__file__).with_name("census.txt")


def counted() -> str:
    """Return a line for each operation of every Api, in the contracts' order."""
    lines = [f"{api.name} | {line}" for api in APIS for line in census(api.catalogue)]
    return "\n".join([*lines, ""])


def test_every_operation_is_the_approved_one() -> None:
    approved = APPROVED.read_text(encoding="utf-8").splitlines()
    assert counted().splitlines() == approved, "approve it: python -m tests.contract.test_census"


def test_no_operation_is_counted_twice() -> None:
    lines = counted().splitlines()
    assert len({line.split(" | ")[1] for line in lines}) == len(lines)


if __name__ == "__main__":
    APPROVED.write_text(counted(), encoding="utf-8")
