"""Which writes a PMS lets Propexo read back at once, and which only the next sync shows."""

from functools import lru_cache

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call

ALWAYS, DOCUMENTED, NEVER = "always", "documented", "never"
CHOICES = (DOCUMENTED, ALWAYS, NEVER)


def reads_back(call: Call, vendor: str, model: str) -> bool:
    """Say whether Propexo's copy follows a write at once.

    A write that makes a record is documented by its operation, a generic one by the PMS's own,
    which tells the record's id or not (guide: write requests). Of an update no document tells; it
    is taken to be read back where the PMS lets any new record of the model be (inferred).
    """
    chosen = call.settings.read_back
    if chosen != DOCUMENTED:
        return chosen == ALWAYS
    if call.operation.kind is not Kind.UPDATE and call.operation.method == "POST":
        return call.operation.tells_record_id(vendor)
    return (vendor, model) in _told(call.api.catalogue)


@lru_cache(maxsize=4)
def _told(catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Return the vendors and models of which some operation tells a new record's id."""
    found: set[tuple[str, str]] = set()
    for each in catalogue.operations.values():
        told_by = each.record_id_told_by
        vendors = [each.vendor] if told_by is None else told_by
        found.update((vendor, each.resource) for vendor in vendors if vendor and each.resource)
    return frozenset(found)
