"""What a record is called: seeded ids in each vendor's format."""

from random import Random

_BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def cuid(random: Random) -> str:
    """Return 25 characters, `c` and 24 of base 36: the shape of Propexo's record and job ids."""
    return "c" + "".join(random.choices(_BASE_36, k=24))
