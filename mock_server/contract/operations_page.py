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
    yield from _matrix(catalogue)
    yield f"\n### What is assumed in {info['title']}\n"
    for each in operations:
        yield from _assumptions(each)
    yield ""


def _matrix(catalogue: Catalogue) -> Iterator[str]:
    """Yield which vendor has rules of its own for which generic write, and which cannot."""
    operations = catalogue.operations.values()
    marks = {
        (each.generic, each.vendor): "405" if each.kind is Kind.UNSUPPORTED else "rules"
        for each in operations
        if each.generic and each.vendor
    }
    if not marks:
        return
    yield "\n### Whose rules a generic write keeps\n"
    yield (
        "*rules*: the write is checked by the vendor's own operation. *405*: the vendor cannot do"
        " it."
    )
    yield "*none known*: no page tells of its rules; the header `x-mock-rules` says so as well.\n"
    generics = {str(generic) for generic, _ in marks}
    written = [each for each in operations if each.key in generics or _is_queued(each)]
    for root in sorted({*map(_root, generics)}):
        vendors = sorted({str(vendor) for generic, vendor in marks if _root(str(generic)) == root})
        yield f"| operation | {' | '.join(vendors)} |\n|---|{'---|' * len(vendors)}"
        for each in (each for each in written if _root(each.key) == root):
            cells = (marks.get((each.key, vendor), _unmarked(each, vendor)) for vendor in vendors)
            yield f"| `{each.key}` | {' | '.join(cells)} |"
        yield ""


def _unmarked(operation: Operation, vendor: str) -> str:
    return "none known" if operation.is_for(vendor) else "405"


def _root(key: str) -> str:
    return key.split("/")[1]


def _is_queued(operation: Operation) -> bool:
    """Say whether an operation is a generic one whose answer tells the id of a job."""
    told = (operation.reply or {}).get("properties", {})
    return operation.vendor is None and operation.method != "GET" and "job_id" in told


def _assumptions(operation: Operation) -> Iterator[str]:
    if operation.assumed:
        yield f"- `{operation.key}`"
        yield from (f"  - {each}" for each in operation.assumed)
