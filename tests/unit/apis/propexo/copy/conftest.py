"""The same PMS and its syncs: what they bring is read here."""

from tests.unit.apis.propexo.syncs.conftest import (  # noqa: F401 - pytest finds fixtures by name
    connected,
    office,
    office_of,
    propexo,
)
