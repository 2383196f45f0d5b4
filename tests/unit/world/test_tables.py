"""Does a resource get the columns that its lists read, and the indexes that serve them?"""

import pytest
import sqlalchemy as sa

from mock_server.contract.resource import Filter, Resource
from mock_server.world.queries import Condition, OrderBy, Selection
from mock_server.world.sqlite import sql
from mock_server.world.tables import RecordTable, column_name

PETS = Resource(
    "pets",
    {
        "id": {"type": "string"},
        "age": {"type": ["integer", "null"]},
        "weight": {"type": "number"},
        "is_tame": {"type": "boolean"},
        "phone": {"type": ["string", "null"]},
        "tags": {"type": "array"},
        "note": {"type": "string"},
        "created_at": {"type": "string"},
    },
    private={"owner": "string", "rank": "integer"},
    filters=frozenset(
        {
            *map(Filter, ("id", "age", "weight", "is_tame", "owner", "rank")),
            Filter("age", "at_least"),
            Filter("phone", "digits"),
            Filter("tags", "contains"),
        }
    ),
)


@pytest.fixture
def pets() -> RecordTable:
    return RecordTable("api_pets", PETS, sa.MetaData(), sql)


@pytest.mark.parametrize(
    ("by", "name"),
    [
        ("equals", "phone"),
        ("at_least", "phone"),
        ("at_most", "phone"),
        ("digits", "phone__digits"),
        ("contains", "phone__contains"),
        ("ignoring_case", "phone__ignoring_case"),
    ],
)
def test_a_comparison_that_changes_the_value_reads_a_column_of_its_own(by: str, name: str) -> None:
    assert column_name(Filter("phone", by)) == name


def test_a_table_stores_what_its_lists_filter_by_beside_the_text(pets: RecordTable) -> None:
    filtered = {"age", "weight", "is_tame", "owner", "rank", "phone__digits", "tags__contains"}
    always = {"row", "place", "world", "id", "created_at", "seen_until", "body", "hidden"}
    assert set(pets.table.c.keys()) == filtered | always


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("age", sa.BigInteger),
        ("weight", sa.Float),
        ("is_tame", sa.Boolean),
        ("rank", sa.BigInteger),
        ("owner", sa.String),
        ("phone__digits", sa.String),
        ("tags__contains", sa.String),
    ],
)
def test_a_column_has_the_type_of_its_field(pets: RecordTable, column: str, kind: type) -> None:
    assert type(pets.table.c[column].type) is kind


def test_a_filter_and_an_order_each_get_an_index(pets: RecordTable) -> None:
    selection = Selection((Condition("phone", "617", "digits"),), (OrderBy("age"), OrderBy("note")))
    assert pets.indexes(selection) == {
        "ix_api_pets_phone__digits": "CREATE INDEX IF NOT EXISTS ix_api_pets_phone__digits"
        " ON api_pets (world, phone__digits, created_at, id)",
        "ix_api_pets_by_age": "CREATE INDEX IF NOT EXISTS ix_api_pets_by_age"
        " ON api_pets (world, age, id)",
    }


def test_an_order_by_a_field_without_a_column_is_indexed_where_it_stands(pets: RecordTable) -> None:
    assert pets.indexes(Selection((), (OrderBy("note", descending=True),))) == {
        "ix_api_pets_by_note": "CREATE INDEX IF NOT EXISTS ix_api_pets_by_note"
        " ON api_pets (world, json_extract(body, '$.\"note\"'), id)"
    }


def test_what_an_array_contains_has_no_index_to_help(pets: RecordTable) -> None:
    assert pets.indexes(Selection((Condition("tags", "x", "contains"),))) == {}
