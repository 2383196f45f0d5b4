"""How a block of code calls the vendors' real hosts and is answered by a sandbox of its own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mock_server.testing.sandbox import Sandbox


@contextmanager
def intercepted(
    world: str = "test", *, others: str = "allow", allow: Iterable[str] = (), **settings: Any
) -> Iterator[Sandbox]:
    """Answer calls to the vendors' real hosts in this process, until the block ends.

    Yields the sandbox that answers them; see `Sandbox.intercepted` for `others` and `allow`.
    """
    with Sandbox(world, **settings) as sandbox, sandbox.intercepted(others=others, allow=allow):
        yield sandbox
