"""What a start says: where each API is, a call to try first, and who can reach it."""

import json
from collections.abc import Sequence

from mock_server.engine.api import Api
from mock_server.web.control_token import Exposure

_EXAMPLE_CREDENTIAL = "sandbox_me"


def as_json(url: str, apis: Sequence[Api], exposure: Exposure) -> str:
    """Return one line for programs: the address, where each vendor's paths begin, and a token."""
    made = {"control_token": exposure.made_token} if exposure.made_token else {}
    vendors = {each.name: f"{url}{each.base}" for each in apis if not each.is_control}
    return json.dumps({"url": url, **vendors, **made})


def as_text(url: str, apis: Sequence[Api], exposure: Exposure) -> str:
    """Return some lines for people."""
    vendors = [each for each in apis if not each.is_control]
    lines = [
        *(f"{each.title.split()[0]:<8} {url}{each.base}" for each in vendors),
        "",
        *(_example(url, each) for each in vendors if each.example),
        "",
        f"Page     {url}/",
        f"Docs     {url}/docs; mock-server docs lists the pages",
        *(f"Contract {url}/openapi/{each.name}.json" for each in apis),
        "Settings mock-server serve --help",
        "",
        *exposure.warning(),
        "Press Ctrl-C to stop.",
    ]
    return "\n".join(lines)


def _example(url: str, api: Api) -> str:
    headers = api.sent_as(_EXAMPLE_CREDENTIAL).items()
    said = " ".join(f'-H "{name}: {text}"' for name, text in headers)
    return f'curl {said} "{url}{api.example}"'
