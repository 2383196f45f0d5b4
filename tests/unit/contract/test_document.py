"""Is a contract read whole, refused where we would not honour it, and never stale?"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from mock_server.contract import document
from mock_server.contract.document import ContractError, Document
from tests.unit.toy import TEXT, body, contract, operation, query, write_yaml

ROOT = """
openapi: 3.1.0
paths:
  /v1/pets/: {$ref: 'pets.yaml#/paths/~1v1~1pets~1'}
components: {schemas: {Name: {type: string}}}
"""
PETS = """
paths:
  /v1/pets/: {get: {description: first, schema: {$ref: 'openapi.yaml#/components/schemas/Name'}}}
components: {schemas: {Age: {type: integer}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_yaml(tmp_path / "toy", openapi=ROOT, pets=PETS)


def with_schema(**schemas: Any) -> Document:
    return Document("toy", contract(**schemas))


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"not": TEXT}, "components/schemas/Bad:"),
        ({"properties": {"deep": {"items": {"const": 1}}}}, "components/schemas/Bad/deep/items:"),
        ({"additionalProperties": {"oneOf": []}}, "components/schemas/Bad/additionalProperties:"),
        ({"anyOf": [TEXT, {"allOf": []}]}, "components/schemas/Bad/anyOf/1:"),
    ],
)
def test_a_keyword_we_do_not_honour_is_refused_with_its_place(schema: Any, place: str) -> None:
    with pytest.raises(ContractError, match=f"toy: {place} we do not honour the keyword"):
        with_schema(Bad=schema)


def test_a_keyword_in_a_request_body_is_refused_with_its_place() -> None:
    paths = {"/v1/pets/x": {"post": operation("x", requestBody=body({"multipleOf": 2}))}}
    with pytest.raises(ContractError, match=r"paths//v1/pets/x/post/requestBody/.* 'multipleOf'"):
        Document("toy", contract(paths))


def test_a_keyword_in_a_shared_parameter_is_refused_with_its_place() -> None:
    root = contract()
    root["components"]["parameters"] = {"Size": query("size", {"multipleOf": 2})}
    with pytest.raises(ContractError, match=r"components/parameters/Size/schema: .*'multipleOf'"):
        Document("toy", root)


def test_words_of_our_own_are_welcome_in_a_schema() -> None:
    assert with_schema(Good={"type": "string", "x-evidence": "assumed"})


def test_a_property_may_be_called_like_a_keyword() -> None:
    assert with_schema(Good={"properties": {"not": TEXT, "const": TEXT}})


def test_examples_are_not_read_as_schemas() -> None:
    example = {**body(TEXT), "example": {"schema": {"oneOf": []}}}
    assert Document("toy", contract({"/v1/pets/x": {"post": {"requestBody": example}}}))


def test_a_format_we_do_not_check_is_refused() -> None:
    with pytest.raises(ContractError, match="schemas/Bad: we do not check the format 'ipv4'"):
        with_schema(Bad={"type": "string", "format": "ipv4"})


def test_a_pattern_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ContractError, match="schemas/Bad: we cannot read the pattern"):
        with_schema(Bad={"type": "string", "pattern": "(unclosed"})


def test_a_reference_that_leads_nowhere_is_refused_however_deep_it_stands() -> None:
    schema = {"properties": {"friends": {"items": {"$ref": "#/components/schemas/Nobody"}}}}
    with pytest.raises(ContractError, match="schemas/Nobody leads nowhere"):
        with_schema(Bad=schema)


def test_what_stands_beside_a_reference_wins() -> None:
    made = with_schema(Name={"type": "string", "description": "theirs"})
    resolved = made.resolve({"$ref": "#/components/schemas/Name", "description": "ours"})
    assert resolved == {"type": "string", "description": "ours"}


def test_a_reference_to_a_reference_is_followed_to_its_end() -> None:
    made = with_schema(One={"$ref": "#/components/schemas/Two"}, Two=TEXT)
    assert made.resolve({"$ref": "#/components/schemas/One"}) == TEXT


def test_the_files_of_a_folder_become_one_document(folder: Path) -> None:
    bundled = document.bundle(folder)
    assert bundled["components"]["schemas"] == {
        "Name": {"type": "string"},
        "Age": {"type": "integer"},
    }
    schema = bundled["paths"]["/v1/pets/"]["get"]["schema"]
    assert schema == {"$ref": "#/components/schemas/Name"}


def test_a_name_that_two_files_define_is_refused(folder: Path) -> None:
    write_yaml(folder, zoo="components: {schemas: {Age: {type: string}}}")
    with pytest.raises(ContractError, match=r"zoo\.yaml: components/schemas/Age exists already"):
        document.bundle(folder)


def test_a_path_that_leads_nowhere_is_refused(folder: Path) -> None:
    write_yaml(folder, openapi=ROOT.replace("~1pets~1'", "~1pots~1'"))
    with pytest.raises(ContractError, match="pots~1 leads nowhere"):
        document.bundle(folder)


def test_a_folder_without_a_root_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"holds no openapi\.yaml"):
        document.bundle(write_yaml(tmp_path / "toy", pets=PETS))


def test_reading_gives_the_document_its_folders_name(folder: Path) -> None:
    read = document.read(folder)
    assert (read.name, read.root["openapi"]) == ("toy", "3.1.0")


def test_the_compiled_form_is_what_the_next_reader_reads(folder: Path) -> None:
    document.compiled(folder)
    (kept,) = folder.glob("__compiled__/*")
    kept.write_text('{"from": "the compiled form"}', encoding="utf-8")
    assert json.loads(document.compiled(folder)) == {"from": "the compiled form"}


def test_an_unsound_document_is_refused_at_every_start_and_never_kept(folder: Path) -> None:
    write_yaml(folder, pets=PETS.replace("type: integer", "not: {}"))
    for _ in range(2):
        with pytest.raises(ContractError, match="toy: components/schemas/Age: we do not honour"):
            document.read(folder)
    assert not list(folder.glob("__compiled__/*"))


def test_an_edited_file_is_read_anew(folder: Path) -> None:
    document.compiled(folder)
    before = (folder / "pets.yaml").stat()
    write_yaml(folder, pets=PETS.replace("first", "other"))
    os.utime(folder / "pets.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "other" in document.compiled(folder)


def test_an_added_file_is_read_and_a_removed_one_forgotten(folder: Path) -> None:
    plain = document.compiled(folder)
    write_yaml(folder, zoo="components: {schemas: {Zebra: {type: string}}}")
    assert "Zebra" in document.compiled(folder)
    (folder / "zoo.yaml").unlink()
    assert document.compiled(folder) == plain


def test_a_renamed_file_is_not_hidden_by_the_compiled_form(folder: Path) -> None:
    document.compiled(folder)
    (folder / "pets.yaml").rename(folder / "renamed.yaml")
    with pytest.raises(ContractError, match="leads nowhere"):
        document.compiled(folder)


def test_a_file_moved_to_another_folder_is_not_hidden_by_the_compiled_form(folder: Path) -> None:
    (folder / "one").mkdir()
    (folder / "pets.yaml").rename(folder / "one" / "pets.yaml")
    write_yaml(folder, openapi=ROOT.replace("'pets.yaml", "'one/pets.yaml"))
    assert "first" in document.compiled(folder)
    (folder / "one").rename(folder / "two")
    with pytest.raises(ContractError, match="leads nowhere"):
        document.compiled(folder)


def test_only_the_newest_compiled_form_is_kept(folder: Path) -> None:
    document.compiled(folder)
    write_yaml(folder, pets=PETS.replace("first", "other"))
    document.compiled(folder)
    assert len(list(folder.glob("__compiled__/*"))) == 1


def test_a_folder_that_cannot_be_written_is_read_all_the_same(folder: Path) -> None:
    # A file in the way refuses everyone, also a user whom no permission stops.
    (folder / "__compiled__").write_text("in the way", encoding="utf-8")
    assert document.read(folder).root["openapi"] == "3.1.0"
    assert document.read(folder).root["openapi"] == "3.1.0"
