"""Does the page list every model that the APIs can list?"""

import re
from pathlib import Path

from mock_server.app import every_api
from mock_server.contract.kinds import Kind

MODELS = Path(__file__).parents[2] / "mock_server" / "page" / "models.js"
# What a list has to be asked about a record, and the same records under a second path.
ELSEWHERE = re.compile(r"\{|^/v1/appointments/|^/api/v103/person/")


def paths_of_the_page() -> set[str]:
    """Work out the paths as the module does, from the names that it lists."""
    text = MODELS.read_text(encoding="utf-8")
    found = set(re.findall(r"path: '([^']+)'", text))
    for names, root in re.findall(r"propexo\(\[([^\]]+)\](?:, '([^']+)')?\)", text):
        for each in re.findall(r"'([^']+)'", names):
            model, _, path = each.partition(" ")
            found.add((root or "/v1/") + (path or model.replace("_", "-")))
    return {path.rstrip("/") for path in found}


def test_the_page_has_every_list_and_no_other() -> None:
    operations = [each for api in every_api() for each in api.catalogue.operations.values()]
    lists = {
        each.path.rstrip("/")
        for each in operations
        if each.kind is Kind.LIST and not ELSEWHERE.search(each.path)
    }
    assert paths_of_the_page() - {"/v1/admin/logs/jobs", "/sandbox/leadpro/leads"} == lists - {
        "/v1/admin/logs/jobs"
    }
