"""How the application calls itself: as a client would, without the network."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class Inward:
    """A client inside the application, whose calls stand in the journal like any other."""

    def __init__(self) -> None:
        """Call the application that is set once it is made."""
        self.application: WSGIApplication | None = None

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> tuple[int, Any]:
        """Return the status and the JSON of the reply; None where it is no JSON."""
        from werkzeug.test import Client

        if self.application is None:
            raise RuntimeError("there is no application yet")
        sent = {} if body is None else {"json": body}
        client = Client(self.application, use_cookies=False)
        answer = client.open(path, method=method, headers=dict(headers), **sent)
        return answer.status_code, answer.get_json(silent=True)
