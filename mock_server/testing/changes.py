"""What has a program done to the vendors?"""

from urllib.parse import quote

from mock_server.testing.control import Control, Json


def changed(control: Control, since: str | None) -> Json:
    """Return what became of the records of a world, since it began or since a snapshot of it."""
    path = "changes" if since is None else f"snapshots/{quote(since, safe='')}/changes"
    told = control.ask("GET", f"/__admin/{path}?limit=0")
    return {
        "records": [*control.every(f"/__admin/{path}", {})],
        "failed_writes": told["failed_writes"],
        "deliveries": told["deliveries"],
    }
