"""How does a write end whose body holds magic words?

The words are this sandbox's own, so that an end can be chosen from within any client, without a
call that the vendor does not have.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

# The texts that most writes have, and that a person reads: magic there disturbs nothing else.
FIELDS = (
    "last_name",
    "name",
    "notes",
    "note",
    "comments",
    "description",
    "title",
    "message",
)
LONGEST_SECONDS = 86_400


@dataclass(frozen=True)
class Spell:
    """How a write is to end.

    `write_status` is one of SUCCESS, PARTIAL_SUCCESS and FAILURE, `kind` the kind of failure that
    the PMS reports, and `after_seconds` how long the write is PENDING, in the world's time; None
    leaves that to the settings.
    """

    write_status: str = "SUCCESS"
    kind: str | None = None
    after_seconds: int | None = None


class _End(NamedTuple):
    write_status: str
    kind: str
    meaning: str


_ENDS = {
    "Writefail": _End("FAILURE", "validation", "The write fails: the PMS refuses a value."),
    "Duplicate": _End("FAILURE", "conflict", "The write fails: the PMS has such a record already."),
    "Loginfail": _End("FAILURE", "login", "The write fails: the PMS refuses the credentials."),
    "Timeout": _End("FAILURE", "timeout", "The write fails: the PMS does not answer in time."),
    "Partial": _End(
        "PARTIAL_SUCCESS", "partial", "The record is written, but not all that hangs on it."
    ),
}
_SLOW = f"The write stays PENDING for N seconds of the world's time, at most {LONGEST_SECONDS}."

# Every magic word with what it does; <N> stands for a whole number.
WORDS: Mapping[str, str] = MappingProxyType(
    {word: end.meaning for word, end in _ENDS.items()} | {"Slow<N>": _SLOW}
)

_ENDS_BY_WORD = {word.lower(): end for word, end in _ENDS.items()}
_SLOW_WORD = re.compile(r"slow([0-9]{1,5})")


def spell(body: Mapping[str, Any]) -> Spell | None:
    """Return what the magic words at the top level of a body ask for, None where there are none.

    A text counts only when it consists of nothing but magic words, in any case and separated by
    spaces, so that nobody meets one by accident. The words of all `FIELDS` are read in their
    order; of two ends the first counts, and so does the first of two delays.
    """
    words = [word for field in FIELDS for word in _magic_in(body.get(field))]
    if not words:
        return None
    end = next((_ENDS_BY_WORD[word] for word in words if word in _ENDS_BY_WORD), None)
    seconds = next((each for each in map(_seconds_of, words) if each is not None), None)
    if end is None:
        return Spell(after_seconds=seconds)
    return Spell(end.write_status, end.kind, seconds)


def _magic_in(text: Any) -> Iterator[str]:
    """Yield the words of a text that consists of magic ones alone."""
    words = text.lower().split() if isinstance(text, str) else []
    if all(map(_is_magic, words)):
        yield from words


def _is_magic(word: str) -> bool:
    return word in _ENDS_BY_WORD or _seconds_of(word) is not None


def _seconds_of(word: str) -> int | None:
    found = _SLOW_WORD.fullmatch(word)
    seconds = None if found is None else int(found[1])
    return None if seconds is None or seconds > LONGEST_SECONDS else seconds
