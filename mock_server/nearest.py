"""What somebody most likely meant who named what there is not."""

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], *, most: int = 1, cutoff: float = 0.0) -> list[str]:
    """Return the names that look most like this one, best first.

    `cutoff` is how alike they must be at least, between 0 and 1; 0 takes whatever is nearest.
    """
    # Letters of the wrong case are the likeliest mistake, so they count as the right ones.
    known = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.casefold(), known, n=most, cutoff=cutoff)
    return [known[each] for each in near]


def unknown(what: str, name: str, names: Iterable[str]) -> str:
    """Return the sentence that there is no such thing, with the nearest there is."""
    near = nearest(name, names)
    hint = f"did you mean {near[0]}?" if near else "there is none at all"
    return f"there is no {what} {name!r}; {hint}"
