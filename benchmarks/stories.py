"""How long does a step of a story take, on and back? Nobody at a projector waits half a second."""

import argparse
import time
from collections.abc import Iterator
from typing import Any

from mock_server import Sandbox
from mock_server.control.storytelling import script


def measured(sandbox: Sandbox, story: str) -> Iterator[tuple[str, float]]:
    """Yield each step of a story with the milliseconds that it took, and those of the way back."""
    path = f"/__admin/stories/{story}"
    yield "begin", _timed(sandbox, f"{path}/begin", {"reset": True})
    steps = script.every()[story].steps
    for number, step in enumerate(steps, 1):
        yield f"{number} {step.title}", _timed(sandbox, f"{path}/step", {})
    yield "back", max(_timed(sandbox, f"{path}/back", {}) for _ in steps)


def _timed(sandbox: Sandbox, path: str, body: Any) -> float:
    started = time.perf_counter()
    sandbox.control.ask("POST", path, body)
    return (time.perf_counter() - started) * 1e3


def main() -> None:
    """Play every story to its end and back, and print what each step took."""
    parser = argparse.ArgumentParser("python -m benchmarks.stories", description=main.__doc__)
    parser.parse_args()
    with Sandbox("stories", access_log=False) as sandbox:
        for story in script.every():
            list(measured(sandbox, story))  # The first one loads what the second needs.
            print(story)
            for name, took in measured(sandbox, story):
                print(f"  {took:6.0f} ms  {name}")


if __name__ == "__main__":
    main()
