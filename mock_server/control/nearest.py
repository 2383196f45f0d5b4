"""What somebody most likely meant who named what there is not."""

import difflib
from collections.abc import Iterable


def unknown(what: str, name: str, names: Iterable[str]) -> str:
    """Return the sentence that there is no such thing, with the nearest there is."""
    # Letters of the wrong case are the likeliest mistake, so they count as the right ones.
    known = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0)
    hint = f"did you mean {known[near[0]]}?" if near else "there is none at all"
    return f"there is no {what} {name!r}; {hint}"
