"""What holds for every test: the same examples on every run, and no way out to the network."""

import gc
import socket
from collections.abc import Iterator
from ipaddress import ip_address

import pytest
from hypothesis import settings

# A time limit for each example would make a busy machine look like a defect.
settings.register_profile("sandbox", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("sandbox")


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
