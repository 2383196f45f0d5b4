"""What a record is called: seeded ids in each vendor's format."""

from random import Random

_BASE_36 = b"0123456789abcdefghijklmnopqrstuvwxyz"
# A byte stands for a letter or digit; drawing bytes is four times as fast as drawing letters.
_LETTERS = bytes(_BASE_36[byte % 36] for byte in range(256))


def cuid(random: Random) -> str:
    """Return 25 characters, `c` and 24 of base 36: the shape of Propexo's record and job ids."""
    # What `randbytes` does, without the call.
    drawn = random.getrandbits(192).to_bytes(24, "little")
    return "c" + drawn.translate(_LETTERS).decode()
