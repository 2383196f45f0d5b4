"""Which operation of a vendor does somebody mean who names one?"""

from collections.abc import Sequence

from mock_server.contract.catalogue import Catalogue
from mock_server.engine.refusals import Invalid, broken
from mock_server.nearest import listed, quoted

_EXAMPLE = "name it as GET /v1/leads/, by its method and the path of its contract"


def key_of(catalogues: Sequence[Catalogue], text: str, field: str = "operation") -> str:
    """Return the key of an operation, whether or not its closing slash is there.

    Raises `Invalid`, with the nearest ones, where nobody serves it.
    """
    method, _, path = text.strip().partition(" ")
    wanted = f"{method.upper()} {path.strip().rstrip('/')}"
    for each in catalogues:
        for closing in ("", "/"):
            if wanted + closing in each.operations:
                return wanted + closing
    raise Invalid([broken(field, _advice(catalogues, wanted, text), text)])


def _advice(catalogues: Sequence[Catalogue], wanted: str, text: str) -> str:
    told = f"there is no operation {quoted(text.strip())}"
    near = [key for each in catalogues for key in each.nearest(wanted)]
    if not near:
        return f"{told}; {_EXAMPLE}"
    method, _, _ = wanted.partition(" ")
    alike = [key for key in near if key.startswith(f"{method} ")] or near
    return f"{told}; did you mean {listed(alike[:3], last='or')}?"
