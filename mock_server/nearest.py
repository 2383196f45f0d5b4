"""What somebody most likely meant who named what there is not."""

import difflib
from collections.abc import Iterable

_ALIKE = 0.6  # Names that are less alike mean different things.
_FEW = 40


def nearest(name: str, names: Iterable[str], *, most: int = 1, cutoff: float = 0.0) -> list[str]:
    """Return the names that look most like this one, best first.

    `cutoff` is how alike they must be at least, between 0 and 1; 0 takes whatever is nearest.
    """
    # Letters of the wrong case are the likeliest mistake, so they count as the right ones.
    known = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.casefold(), known, n=most, cutoff=cutoff)
    return [known[each] for each in near]


def unknown(what: str, name: str, names: Iterable[str], where: str = "") -> str:
    """Return the sentence that there is no such thing, with the nearest there is.

    Where none is like it all are named, if they are few; `where` says who lists more of them.
    """
    known = [*names]
    near = nearest(name, known, cutoff=_ALIKE)
    if near:
        hint = f"did you mean {near[0]}?"
    elif not known:
        hint = "there is none at all"
    elif where or len(known) > _FEW:
        hint = where or f"none of the {len(known)} there are is like it"
    else:
        hint = f"there is {listed(known)}"
    return f"there is no {what} {name!r}; {hint}"


def listed(names: Iterable[str], *, last: str = "and") -> str:
    """Return names as a sentence lists them: `one, another and a third`."""
    *others, final = names
    return f"{', '.join(others)} {last} {final}" if others else final
