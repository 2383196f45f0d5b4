"""One application with the address at which it is served, for a whole test run."""

from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import Any, Self

from mock_server import settings as setting
from mock_server.app import create_app, every_api
from mock_server.testing.live import LiveServer

# The tests' own output would be lost among the lines of an access log.
_USUAL = {"access_log": False}


class MockServer:
    """Both APIs in this process. Each test has a world of its own in it."""

    def __init__(self, **settings: Any) -> None:
        """Make the application with these settings; raises `SettingError` for an unknown one."""
        loaded = setting.load(**{**_USUAL, **settings})
        # A database that the environment names is somebody's own, and one server's at a time.
        self.settings = replace(loaded, db=settings.get("db"))
        self.application = create_app(self.settings)

    @cached_property
    def _live(self) -> LiveServer:
        return LiveServer(self.application, self.settings)

    @property
    def url(self) -> str:
        """Return the address, without a closing slash; the first use begins to serve there."""
        return self._live.url

    @property
    def port(self) -> int:
        """Return the port; the first use begins to serve there."""
        return self._live.port

    @property
    def vendor_hosts(self) -> frozenset[str]:
        """Return the names under which programs call the vendors themselves."""
        return frozenset(host for api in every_api() for host in api.hosts)

    def close(self) -> None:
        """Stop serving, and close the worlds."""
        if "_live" in self.__dict__:
            self._live.close()
        self.application.extensions["mock_server"].close()

    def __enter__(self) -> Self:
        """Serve until the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        self.close()
