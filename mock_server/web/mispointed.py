"""What did a client mean whose path begins in another way than any Api's?"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mock_server.engine.api import Api
from mock_server.nearest import listed

_MOST = 3
_MOST_PARTS = 40  # No path of an Api is as long, and each part is tried as a beginning.

Parts = tuple[str, ...]


def meant(path: str, apis: Sequence[Api]) -> list[str]:
    """Return paths that exist and end as this one does, each with its Api's title.

    It is wrong in its beginning: left out (`/leads/`), one too many (`/propexo/v1/leads/`), or that
    of another Api (`/api/v1/leads/`). What stands in the path for ids is kept.
    """
    parts = _parts(path)[:_MOST_PARTS]
    for start in range(len(parts)):
        found = [each for api in apis for each in _ending(api, parts[start:])]
        if found:
            return found[:_MOST]
    return []


def beginnings(apis: Sequence[Api]) -> str:
    """Return how the paths of each Api begin, as a sentence lists it."""
    return listed(f"/{'/'.join(base)}/" for api in apis for base in _bases(api))


def _ending(api: Api, parts: Parts) -> Iterator[str]:
    for base, known in _bases(api).items():
        # Some of the base may be there already, such as the version.
        kept = next(n for n in range(len(base), -1, -1) if parts[:n] == base[len(base) - n :])
        wanted = (*base, *parts[kept:])
        path = next((path for parts_of_it, path in known if _fits(wanted, parts_of_it)), None)
        if path is not None:
            closing = "/" if path.endswith("/") else ""
            yield f"/{'/'.join(wanted)}{closing} ({api.title})"


@cache
def _bases(api: Api) -> dict[Parts, list[tuple[Parts, str]]]:
    """Return the Api's paths by the beginning that all under one root have in common."""
    found: dict[Parts, list[tuple[Parts, str]]] = {}
    paths = dict.fromkeys(each.path for each in api.catalogue.operations.values())
    for root in api.roots:
        known = [(_parts(each), each) for each in paths if f"{each}/".startswith(root)]
        if known:
            found[_common([parts for parts, _ in known])] = known
    return found


def _common(paths: Sequence[Parts]) -> Parts:
    """Return the parts with which all paths begin, and after which each of them goes on."""
    shortest = min(map(len, paths)) - 1
    same = [len(set(each)) == 1 for each in zip(*paths, strict=False)][:shortest]
    count = next((n for n, is_same in enumerate(same) if not is_same), len(same))
    return paths[0][:count]


def _fits(parts: Parts, known: Parts) -> bool:
    if len(parts) != len(known):
        return False
    return all(b.startswith("{") or a == b for a, b in zip(parts, known, strict=True))


def _parts(path: str) -> Parts:
    return tuple(re.findall("[^/]+", path))
