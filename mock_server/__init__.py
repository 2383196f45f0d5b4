"""An offline sandbox that stands in for the Propexo and LeadPro APIs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mock_server.app import create_app
    from mock_server.settings import Settings
    from mock_server.signatures import is_signed_by, sign
    from mock_server.testing.control import SandboxError
    from mock_server.testing.intercepted import intercepted
    from mock_server.testing.interception.route import CallRefused
    from mock_server.testing.naming import world_name
    from mock_server.testing.sandbox import Sandbox
    from mock_server.version import VERSION as __version__  # noqa: N811 - Python's own name for it

__all__ = [
    "CallRefused",
    "Sandbox",
    "SandboxError",
    "Settings",
    "__version__",
    "create_app",
    "intercepted",
    "is_signed_by",
    "sign",
    "world_name",
]

_WHERE = {
    "CallRefused": ("mock_server.testing.interception.route", "CallRefused"),
    "create_app": ("mock_server.app", "create_app"),
    "Sandbox": ("mock_server.testing.sandbox", "Sandbox"),
    "SandboxError": ("mock_server.testing.control", "SandboxError"),
    "Settings": ("mock_server.settings", "Settings"),
    "intercepted": ("mock_server.testing.intercepted", "intercepted"),
    "is_signed_by": ("mock_server.signatures", "is_signed_by"),
    "sign": ("mock_server.signatures", "sign"),
    "world_name": ("mock_server.testing.naming", "world_name"),
    "__version__": ("mock_server.version", "VERSION"),
}


if not TYPE_CHECKING:  # A checker would take any name for one that is found here.

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first asked for, so that the package costs nothing."""
        import importlib

        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, attribute = _WHERE[name]
        return getattr(importlib.import_module(module), attribute)
