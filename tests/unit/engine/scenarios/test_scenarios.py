"""Do worlds begin with a scenario's records, and is what is wrong in one told with its place?"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_server import create_app
from mock_server.engine.scenarios.scenario import ScenarioError
from tests.unit.apis.conftest import Machine

Files = dict[str, Any]
KENNEL = {"id": "den", "integration_id": "intg-987654321", "name": "Den"}


class Server:
    """An application whose user has scenarios in a folder."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.folder = folder
        self.machine = Machine()
        settings = {"scenario_folder": str(folder), "access_log": False, "strict": True, **settings}
        app = create_app(machine=self.machine, **settings)
        self.worlds = app.extensions["mock_server"]
        self.worlds.on_stir = lambda: None
        self.client = app.test_client()

    def write(self, name: str, files: Files) -> None:
        """Write the files of a scenario."""
        for place, content in {"README.md": f"# {name}\n\nFor a test.\n", **files}.items():
            path = self.folder / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content))

    def make(self, scenario: str, world: str = "one", **said: Any) -> Any:
        body = {"name": world, "scenario": scenario, **said}
        return self.client.post("/__admin/worlds", json=body).json

    def ask(self, method: str, path: str, body: Any = None, world: str = "one") -> Any:
        credential = f"sandbox_{world}"
        headers = {"Authorization": f"Bearer {credential}", "x-api-key": credential}
        return self.client.open(path, method=method, json=body, headers=headers)

    def get(self, path: str, world: str = "one") -> Any:
        answer = self.ask("GET", path, world=world)
        assert answer.status_code == 200, answer.json
        return answer.json


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("scenarios"))
    yield made
    made.worlds.close()


@pytest.fixture
def refused(server: Server, request: pytest.FixtureRequest) -> Callable[[Files], str]:
    """Return what is said of a scenario with these files."""

    def ask(files: Files) -> str:
        name = f"bad-{abs(hash(request.node.name))}"
        server.write(name, files)
        return str(server.make(name)["error"]).replace(f"{name}/", "").removeprefix("scenario: ")

    return ask


@pytest.mark.parametrize("name", ["default", "empty", "busy-agency", "messy-pms", "move-in"])
def test_a_shipped_scenario_begins_and_lives_for_days(server: Server, name: str) -> None:
    assert server.make(name, name)["name"] == name
    advanced = server.ask("POST", "/__admin/clock/advance", {"by": "2d"}, name)
    assert advanced.status_code == 200
    for path in ("/v1/leads/", "/v1/leases/", "/v1/residents/", "/sandbox/leadpro/leads"):
        server.get(path, name)  # Strict: each reply has to fit the contract.


def test_the_empty_account_takes_writes(server: Server) -> None:
    server.make("empty", "bare")
    assert server.get("/v1/leads/", "bare")["meta"]["total"] == 0
    assert server.get("/v1/admin/integrations/", "bare")["meta"]["total"] > 0
    lead = {"type": "sale", "first_name": "Ada", "last_name": "Byron"}
    lead |= {"email": "ada@example.com", "phone": "07700 900123"}
    assert server.ask("POST", "/api/v103/leads", lead, "bare").status_code == 200
    assert server.get("/sandbox/leadpro/leads", "bare")["total"] == 1
    assert server.ask("POST", "/__admin/reset", world="bare").status_code == 200
    assert server.get("/sandbox/leadpro/leads", "bare")["total"] == 0


def test_a_ghost_is_shown_and_its_pms_has_it_no_more(server: Server) -> None:
    server.make("messy-pms", "messy")
    assert server.get("/v1/leads/messy-lead-ghost-1", "messy")["results"]["last_name"] == "Gone"
    ghost = server.ask("GET", "/sandbox/pms/messy-resman/leads/messy-lead-ghost-1", world="messy")
    assert ghost.status_code == 404


def test_a_lease_and_its_resident_name_each_other(server: Server) -> None:
    server.make("move-in", "move")
    (lease,) = server.get("/v1/leases/?resident_id=resident-ada", "move")["results"]
    resident = server.get("/v1/residents/resident-ada", "move")["results"]
    assert lease["residents_meta_data"][0]["resident_id"] == "resident-ada"
    assert resident["leases_meta_data"][0]["lease_id"] == lease["id"]


def test_little_is_said_and_the_rest_is_filled_in(server: Server) -> None:
    leads = [{"property_id": "den", "first_name": "Ada", "created_at": "@-3d"}]
    server.write(
        "little",
        {
            "propexo/leads.json": leads,
            "propexo/properties.json": [KENNEL],
            "leadpro/leads.json": [{"type": "vendor", "postcode": "SW6 3AZ", "source": "ivt"}],
        },
    )
    server.make("little", "filled")
    (lead,) = server.get("/v1/leads/?property_id=den", "filled")["results"]
    den = server.get("/v1/properties/den", "filled")["results"]
    assert (lead["integration_vendor"], lead["x_property_id"]) == ("ENTRATA", den["x_id"])
    assert lead["created_at"] == "2026-02-26T00:00:00.000Z"
    (valued, *_) = server.get("/sandbox/leadpro/leads", "filled")["results"]
    assert (valued["office_name"], valued["status"]) == ("Battersea", "New")
    assert valued["average_sale_estimation"] is not None


def test_seeded_records_are_changed_and_removed(server: Server) -> None:
    changed = [{"id": "lead-123456789", "last_name": "Other"}]
    terms = {"remove": {"propexo/leads": ["clvt4c7we000a08l4g9k2m5ra"]}, "freeze": True}
    files = {"propexo/leads.json": changed, "scenario.json": terms | {"start_at": "@+9h"}}
    server.write("changed", files)
    made = server.make("changed", "changed", seed=7)
    assert (made["now"], made["is_frozen"]) == ("2026-03-01T09:00:00.000Z", True)
    assert (made["scenario"], made["seed"]) == ("changed", 7)
    assert server.get("/v1/leads/lead-123456789", "changed")["results"]["last_name"] == "Other"
    gone = server.ask("GET", "/v1/leads/clvt4c7we000a08l4g9k2m5ra", world="changed")
    assert gone.status_code == 404
    assert server.get("/__admin/changes", "changed")["total"] == 0


def test_the_same_scenario_gives_the_same_bytes_after_a_reset_and_in_copies(server: Server) -> None:
    server.make("busy-agency", "busy", freeze=True)
    path = "/sandbox/leadpro/leads?limit=500"
    first = server.get(path, "busy")
    server.ask("PATCH", f"/api/v103/leads/{first['results'][0]['id']}", {"status": "New"}, "busy")
    server.ask("POST", "/__admin/worlds", {"name": "copied", "from": "busy"})
    for lead in first["results"][:3]:
        server.ask("PATCH", f"/api/v103/leads/{lead['id']}", {"status": "Lost"}, "busy")
    assert server.get("/__admin/changes", "busy")["total"] == 3
    server.ask("POST", "/__admin/reset", world="busy")
    server.make("busy-agency", "another", freeze=True)
    assert server.get(path, "busy") == server.get(path, "another") == first
    assert server.get("/__admin/changes", "copied")["total"] == 0


def test_a_file_that_changes_is_read_again(server: Server) -> None:
    for name in ("Ada", "Grace"):
        lead = {"type": "sale", "first_name": name, "created_at": "@+1h"}
        server.write("again", {"leadpro/leads.json": [lead]})
        server.make("again", f"of-{name}")
        first = server.get("/sandbox/leadpro/leads", f"of-{name}")["results"][0]
        assert first["first_name"] == name
    server.ask("POST", "/__admin/reset", world="of-Ada")
    assert server.get("/sandbox/leadpro/leads", "of-Ada")["results"][0]["first_name"] == "Ada"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"leadpro/leads.json": [{}, {"type": "sale", "id": 5, "postcod": "SW6"}]},
            ("leadpro/leads.json, record 2 (5): postcod: there is no field of leads 'postcod';"
            " did you mean postcode?"),
        ),
        (
            {"leadpro/leads.json": [{"first_name": "Ada"}]},
            ("leadpro/leads.json, record 1: type: is required: one of sale, let, vendor, landlord,"
            " mortgage_request"),
        ),
        (
            {"leadpro/leads.json": [{"type": "sale", "first_name": 5}]},
            "leadpro/leads.json, record 1: first_name must be a string, not integer",
        ),
        (
            {"leadpro/leads.json": [{"type": "sale", "office_id": 376}]},
            "leadpro/leads.json, record 1: office_id: there is no office '376'; did you mean 375?",
        ),
        (
            {"leadpro/leads.json": [{"type": "sale", "status": "Newer"}]},
            "leadpro/leads.json, record 1: status: there is no status 'Newer'; did you mean New?",
        ),
        (
            {"propexo/units.json": [{"id": "u", "property_id": "den"}]},
            ("propexo/units.json, record 1 (u): integration_id: is required unless property_id"
            " names a property; for example clwh5u07w000508me66sfh3um, intg-987654321 or"
            " intg_9f8b7c6d5e4a3b2c1d0e"),
        ),
        (
            {"propexo/units.json": [{"id": "u", "property_id": "no", "integration_id": "no"}]},
            (
                "propexo/units.json, record 1 (u): integration_id: no integration has the id 'no'\n"
                "propexo/units.json, record 1 (u): property_id: no property has the id 'no'"
            ),
        ),
        (
            {
                "propexo/properties.json": [KENNEL],
                "propexo/units.json": [
                    {"property_id": "den", "integration_id": "clwh5u07w000508me66sfh3um"}
                ],
            },
            ("propexo/units.json, record 1: property_id: the property 'den' belongs to"
            " integration_id 'intg-987654321', not 'clwh5u07w000508me66sfh3um'"),
        ),
        (
            {"propexo/integrations.json": [{"vendor": "ENTRATTA"}]},
            (
                "propexo/integrations.json, record 1: vendor must be one of APPFOLIO, BUILDIUM,"
                " ELISEAI, ENTRATA, FUNNEL, KNOCK, MRI, PROPERTYWARE, PROPERTYWARE_REST, REALPAGE,"
                " REALPAGE_RPX, RENTCAFE, RENTMANAGER, RENTVINE, RESMAN, YARDI, YARDI_REST;"
                " did you mean ENTRATA?"
            ),
        ),
        (
            {"propexo/leeds.json": []},
            "propexo/leeds.json: there is no resource of propexo 'leeds'; did you mean leads?",
        ),
        (
            {"leedpro/leads.json": []},
            "leedpro/leads.json: there is no API 'leedpro'; did you mean leadpro?",
        ),
        ({"leadpro/leads.json": {}}, "leadpro/leads.json must hold a list of records"),
        (
            {"leadpro/leads.json": [7]},
            "leadpro/leads.json, record 1: must be an object, such as {first_name: Ada}",
        ),
        ({"scenario.json": {"start_a": 1}},
            "scenario.json: start_a is not a known field; did you mean start_at?",
        ),
        (
            {"scenario.json": {"seeded": ["leadpro/ofice"]}},
            "scenario.json: seeded: there is no resource of leadpro 'ofice'; did you mean offices?",
        ),
        (
            {"scenario.json": {"remove": {"propexo/leads": ["nobody"]}}},
            "scenario.json: remove: propexo/leads: no lead has the id 'nobody'",
        ),
        (
            {"scenario.json": {"start_at": "soon"}},
            "scenario.json: start_at must be like @+9h or 2026-03-01T09:00:00Z, not 'soon'",
        ),
        (
            {"scenario.json": {"start_at": "@-1d"}},
            ("scenario.json: start_at must be from 2026-03-01T00:00:00.000Z on, the day of the"
            " seeded records, to a year later; @+9h is nine on that day"),
        ),
        (
            {"leadpro/leads.json": [{"type": "sale", "created_at": "@-999999w"}]},
            "leadpro/leads.json, record 1: @-999999w is too far away",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    refused: Callable[[Files], str], files: Files, told: str
) -> None:
    if "leadpro/leads.json, record 2" in told:
        files["leadpro/leads.json"][0] = {"type": "sale"}
    assert refused(files) == told


def test_files_that_cannot_be_read_are_named(refused: Callable[[Files], str]) -> None:
    assert refused({"leadpro/leads.json": "["}).startswith("leadpro/leads.json cannot be read:")
    assert "lies in the folder of its API" in refused(
        {"leads.yaml": "[]", "leadpro/leads.json": []}
    )


def test_every_world_of_a_server_can_begin_with_a_scenario(tmp_path: Path) -> None:
    db = tmp_path / "worlds.db"
    folder = tmp_path / "own"
    folder.mkdir()
    server = Server(folder, scenario="busy-agency", db=str(db))
    total = server.get("/sandbox/leadpro/leads", "anyone")["total"]
    assert total > 200
    lead = server.get("/sandbox/leadpro/leads?limit=1", "anyone")["results"][0]
    server.ask("PATCH", f"/api/v103/leads/{lead['id']}", {"status": "Lost"}, "anyone")
    server.worlds.close()
    again = Server(folder, db=str(db))
    assert again.get("/__admin/changes", "anyone")["total"] == 1
    again.ask("POST", "/__admin/reset", world="anyone")
    assert again.get("/sandbox/leadpro/leads", "anyone")["total"] == total
    assert again.get("/__admin/changes", "anyone")["total"] == 0
    again.worlds.close()


def test_a_scenario_is_found_by_the_path_of_its_folder(tmp_path: Path, server: Server) -> None:
    server.write("one-lead", {"leadpro/leads.json": [{"type": "sale", "created_at": "@+1h"}]})
    made = Server(tmp_path, scenario=str(server.folder / "one-lead"))
    seeded = server.get("/sandbox/leadpro/leads", "seeded")["total"]
    assert made.get("/sandbox/leadpro/leads", "any")["total"] == seeded + 1
    made.worlds.close()


def test_a_server_does_not_start_with_a_scenario_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="did you mean empty"):
        Server(tmp_path, scenario="empti")
    with pytest.raises(ScenarioError, match="there is no folder"):
        Server(tmp_path / "nowhere")


def test_scenarios_are_listed_with_their_summaries(server: Server) -> None:
    server.write("listed", {})
    found = server.get("/__admin/scenarios")["results"]
    names = [each["name"] for each in found]
    assert names == sorted(names)
    assert {"name": "listed", "summary": "For a test.", "is_shipped": False} in found
    assert all(each["summary"] for each in found)
