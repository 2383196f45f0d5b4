"""A receiver of webhooks without a network: its name belongs to nobody, and it takes everything."""

from urllib.parse import urlsplit

from mock_server.engine.messages import AttemptResult

# RFC 6761 keeps names below `invalid` from ever being given to anybody.
HOST = "receiver.mock-server.invalid"
TAKEN = AttemptResult(status=200, text="taken by the sandbox itself")


def takes(url: str) -> bool:
    """Say whether a URL is that of the sandbox's own receiver."""
    return f"//{HOST}" in url and urlsplit(url).hostname == HOST
