"""What somebody most likely meant who named what there is not."""

import difflib
from collections.abc import Iterable

_ALIKE = 0.6  # Names that are less alike mean different things.
_FEW = 40
# To compare two texts takes as long as one is long times the other, and no name is any longer.
_LONGEST = 100


def nearest(name: str, names: Iterable[str], *, most: int = 1, cutoff: float = 0.0) -> list[str]:
    """Return the names that look most like this one, best first.

    `cutoff` is how alike they must be at least, between 0 and 1; 0 takes whatever is nearest.
    """
    # Letters of the wrong case are the likeliest mistake, so they count as the right ones.
    known = {each.casefold()[:_LONGEST]: each for each in names}
    near = difflib.get_close_matches(name.casefold()[:_LONGEST], known, n=most, cutoff=cutoff)
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
    return f"there is no {what} {quoted(name)}; {hint}"


def quoted(name: object) -> str:
    """Return what somebody named as a sentence repeats it: in quotes, and cut where it is long."""
    return repr(cut(name)) if isinstance(name, str) else cut(repr(name))


def cut(name: object) -> str:
    """Return what somebody named, no longer than any name is."""
    text = str(name)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def listed(names: Iterable[str], *, last: str = "and") -> str:
    """Return names as a sentence lists them: `one, another and a third`."""
    *others, final = names
    return f"{', '.join(others)} {last} {final}" if others else final
