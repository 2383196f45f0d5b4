"""Is a database of PostgreSQL opened only where it is ours, and refused in words elsewhere?"""

import pytest

from mock_server.world.store import Store
from tests.cluster import Cluster
from tests.unit.world.conftest import PETS, TOYS


def complaint(url: str, **resources: object) -> str:
    with pytest.raises(ValueError, match="database") as refused:
        Store(resources or {"pets": PETS}, url)  # type: ignore[arg-type]
    return str(refused.value)


def test_a_database_of_another_program_is_refused(cluster: Cluster) -> None:
    url = cluster.new()
    cluster.execute("CREATE TABLE customers (name TEXT)", url.partition("@/")[2].partition("?")[0])
    assert "of another program (it has a table customers); give --db an empty one" in complaint(url)


def test_a_database_of_another_layout_is_refused(cluster: Cluster) -> None:
    url = cluster.new()
    Store({"pets": PETS}, url).close()
    Store({"pets": PETS}, url).close()
    assert complaint(url, pets=PETS, toys=TOYS) == (
        "this database is of another version of mock-server:"
        " make an empty one, and give --db its name"
    )


def test_a_database_that_is_not_there_is_refused_without_its_password(cluster: Cluster) -> None:
    url = cluster.url("nowhere").replace("mock@", "mock:secret@")
    told = complaint(url)
    assert told.startswith("no database can be reached at postgresql://mock:***@/nowhere: ")
    assert "secret" not in told
