"""The page that lists every operation: what it does, how sure we are, and what we assume."""

from collections.abc import Iterable, Iterator

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation

_HEAD = """# Operations

Every operation that is served, made from the contracts under `openapi/` by `make docs`.
*Evidence* says how sure we are that the vendor's API has the operation and answers so: `documented`
by the vendor, `inferred` from what is documented nearby, or `assumed` by us; `ours` are operations
of the sandbox itself.
"""


def render(catalogues: Iterable[Catalogue]) -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *(line for each in catalogues for line in _api(each))])


def census(catalogue: Catalogue) -> Iterator[str]:
    """Yield a line for each operation, so that a changed contract shows as a readable diff."""
    for each in catalogue.operations.values():
        yield f"{each.key} | {each.kind} | {each.resource or '-'} | {each.evidence}"


def _api(catalogue: Catalogue) -> Iterator[str]:
    info = catalogue.document.root["info"]
    yield f"## {info['title']}\n"
    yield "| operation | what it does | kind | resource | evidence |\n|---|---|---|---|---|"
    operations = list(catalogue.operations.values())
    for each in operations:
        yield (
            f"| `{each.key}` | {each.summary} | {each.kind} |"
            f" {each.resource or '—'} | {each.evidence} |"
        )
    yield from _matrix(operations)
    yield f"\n### What is assumed in {info['title']}\n"
    for each in operations:
        yield from _assumptions(each)
    yield ""


def _matrix(operations: Iterable[Operation]) -> Iterator[str]:
    """Yield which vendor has rules of its own for which generic operation, and which cannot."""
    marks = {
        (each.generic, each.vendor): "405" if each.kind is Kind.UNSUPPORTED else "rules"
        for each in operations
        if each.generic and each.vendor
    }
    vendors = sorted({str(vendor) for _, vendor in marks})
    if not vendors:
        return
    yield "\n### Whose rules a generic write keeps\n"
    yield (
        "*rules*: those of the vendor's own operation. *405*: the vendor cannot do it."
        " Empty: no page"
    )
    yield "tells of rules, so the generic ones hold alone.\n"
    yield f"| operation | {' | '.join(vendors)} |\n|---|{'---|' * len(vendors)}"
    for key in dict.fromkeys(str(generic) for generic, _ in marks):
        cells = (marks.get((key, vendor), "") for vendor in vendors)
        yield f"| `{key}` | {' | '.join(cells)} |"


def _assumptions(operation: Operation) -> Iterator[str]:
    if operation.assumed:
        yield f"- `{operation.key}`"
        yield from (f"  - {each}" for each in operation.assumed)
