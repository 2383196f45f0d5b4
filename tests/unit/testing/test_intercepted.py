"""Does a block of code reach a sandbox of its own at the vendors' real hosts?"""

import requests

from mock_server import intercepted


def test_a_block_needs_no_server_and_no_account() -> None:
    with intercepted("mine", leads=0, start_at="2026-03-01T09:00:00Z") as sandbox:
        reply = requests.get(
            "https://api.propexo.com/v1/leads/",
            headers={"Authorization": "Bearer live"},
            timeout=20,
        )
        assert reply.json()["meta"]["total"] < 20
        assert (sandbox.world, sandbox.now().year) == ("mine", 2026)
