"""Whether a regular expression can take more than linear time, told from how it is built.

A search by trial and error takes long where it can read one stretch of a text in two ways: in a
loop and in another loop after it (the square of the length), or in one loop twice (two to the power
of it). The theory is that of Weber and Seidl, "On the degree of ambiguity of finite automata".
"""

import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# Stands for all characters: whatever a class may tell apart is told apart here.
_SAMPLE = [*map(chr, range(128)), "\N{NO-BREAK SPACE}", "é", "\N{ARABIC-INDIC DIGIT ONE}", "😀"]
_EVERYTHING = frozenset(_SAMPLE)
# What repeats no more often than this costs a constant factor; beyond it counts as without end.
_FEW = 1_000
_ENOUGH = 3  # To repeat more often than this makes no ambiguity that is not there already.


class Automaton:
    """The states of a regular expression, and what leads from each to which."""

    def __init__(self, pattern: str, flags: int, *, is_anchored: bool) -> None:
        """Read a pattern; one that is not anchored is tried at each place of a text."""
        self._count = 1
        self._silent: dict[int, list[int]] = {}
        self._loud: dict[int, list[tuple[frozenset[str], int]]] = {}
        parsed = parser.parse(pattern, flags)
        self._flags = parsed.state.flags
        self._guarded: set[tuple[int, int]] = set()
        self._is_anchored = is_anchored
        if not is_anchored and not _begins_at_the_beginning(parsed):
            self._loud[0] = [(_EVERYTHING, 0)]
        self._end = self._add(parsed, self._step(0))
        self.steps = {state: [*self._from(state)] for state in range(self._count)}

    def is_content(self, state: int) -> bool:
        """Say whether what has been read up to a state is a match, whatever comes after it."""
        seen, waiting = {state}, [] if self._is_anchored else [state]
        while waiting:
            here = waiting.pop()
            sure = {
                each for each in self._silent.get(here, ()) if (here, each) not in self._guarded
            }
            waiting.extend(sure - seen)
            seen |= sure
        return self._end in seen

    def _new(self) -> int:
        self._count += 1
        return self._count - 1

    def _step(self, source: int, target: int | None = None) -> int:
        target = self._new() if target is None else target
        self._silent.setdefault(source, []).append(target)
        return target

    def _add(self, parsed: Any, state: int) -> int:
        for code, said in parsed:
            state = self._add_one(code, said, state)
        return state

    def _add_one(self, code: Any, said: Any, state: int) -> int:
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            return self._repeat(*said, state)
        if code is codes.SUBPATTERN:
            return self._add(said[-1], state)
        if code is codes.ATOMIC_GROUP:
            return self._add(said, state)
        if code is codes.BRANCH:
            ends = [self._add(branch, self._step(state)) for branch in said[1]]
            end = self._new()
            return [self._step(each, end) for each in ends][-1]
        if code in {codes.AT, codes.ASSERT, codes.ASSERT_NOT}:
            end = self._step(state)
            self._guarded.add((state, end))
            return end
        end = self._new()
        self._loud.setdefault(state, []).append((self._characters(code, said), end))
        return end

    def _repeat(self, least: int, most: int, parsed: Any, state: int) -> int:
        for _ in range(min(least, _ENOUGH)):
            state = self._add(parsed, state)
        if most > _FEW:
            loop = self._step(state)
            self._step(self._add(parsed, self._step(loop)), loop)
            return self._step(loop)
        end = self._new()
        for _ in range(min(most, _ENOUGH) - min(least, _ENOUGH)):
            self._step(state, end)
            state = self._add(parsed, self._step(state))
        return self._step(state, end)

    def _characters(self, code: Any, said: Any) -> frozenset[str]:
        made = re.compile(_as_written(code, said), self._flags & ~re.VERBOSE)
        return frozenset(each for each in _SAMPLE if made.fullmatch(each))

    def _from(
        self, state: int, way: tuple[tuple[int, int], ...] = ()
    ) -> Iterator[tuple[frozenset[str], int]]:
        """Yield what a state leads to, once for each way there on which no character is read."""
        yield from self._loud.get(state, ())
        for each in self._silent.get(state, ()):
            if (state, each) not in way:
                yield from self._from(each, (*way, (state, each)))


def _begins_at_the_beginning(parsed: Any) -> bool:
    code, said = parsed[0] if len(parsed) else (None, None)
    return code is codes.AT and said in {codes.AT_BEGINNING, codes.AT_BEGINNING_STRING}


def _as_written(code: Any, said: Any) -> str:
    """Return one character's pattern as it is written."""
    if code is codes.IN:
        negation = "^" if said[0][0] is codes.NEGATE else ""
        members = said[1:] if negation else said
        return f"[{negation}{''.join(_as_written(*each) for each in members)}]"
    if code is codes.RANGE:
        return f"{_escaped(said[0])}-{_escaped(said[1])}"
    if code is codes.NOT_LITERAL:
        return f"[^{_escaped(said)}]"
    if code is codes.CATEGORY:
        return _CATEGORIES[said]
    return "." if code is codes.ANY else _escaped(said)


def _escaped(number: int) -> str:
    return f"\\U{number:08x}"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def can_be_slow(pattern: str, flags: int = 0, *, is_anchored: bool) -> bool:
    """Say whether some text of n characters takes more than some multiple of n steps."""
    automaton = Automaton(pattern, flags, is_anchored=is_anchored)
    steps = automaton.steps
    looping = {state: [*_leading_back(steps, state)] for state in steps}
    return any(_has_twins(each) for each in looping.values()) or any(
        _leads(steps, (first, first, second), (first, second, second))
        for first in steps
        for second in steps
        if looping[first] and looping[second] and first != second
        if not automaton.is_content(second)
    )


def _leading_back(steps: dict[int, Any], state: int) -> Iterator[tuple[frozenset[str], int]]:
    return (each for each in steps[state] if _reaches(steps, each[1], state))


def _has_twins(found: list[tuple[frozenset[str], int]]) -> bool:
    pairs = [(a, b) for n, a in enumerate(found) for b in found[n + 1 :]]
    return any(one[1] == other[1] and one[0] & other[0] for one, other in pairs)


def _reaches(steps: dict[int, Any], start: int, wanted: int) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == wanted:
            return True
        new = {target for _, target in steps[here]} - seen
        seen |= new
        waiting.extend(new)
    return False


def _leads(steps: dict[int, Any], start: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Say whether one text leads from three states to three others at once."""
    seen, waiting = {start}, [start]
    while waiting:
        new = {*_together(steps, waiting.pop())} - seen
        if wanted in new:
            return True
        seen |= new
        waiting.extend(new)
    return False


def _together(steps: dict[int, Any], states: Iterable[int]) -> Iterator[tuple[int, ...]]:
    one, two, three = (steps[each] for each in states)
    for read, first in one:
        for also_read, second in two:
            common = read & also_read
            if common:
                yield from ((first, second, third) for last, third in three if common & last)
