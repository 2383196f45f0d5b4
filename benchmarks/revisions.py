"""How does this checkout compare with an earlier one: both measured in turns, in one run?"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_SCRIPT = Path(__file__).with_name("one_revision.py")
Found = Sequence[Mapping[str, float]]


def main() -> None:
    """Measure this checkout and another one, each in its own Python, and print the medians."""
    parser = argparse.ArgumentParser("python -m benchmarks.revisions", description=main.__doc__)
    parser.add_argument("--than", type=Path, required=True, help="a checkout with its .venv")
    parser.add_argument("--leads", type=int, default=200, help="how many leads are seeded")
    parser.add_argument("--rounds", type=int, default=3, help="how often both are measured")
    given = parser.parse_args()
    here, there = [], []
    for number in range(given.rounds):
        print(f"round {number + 1} of {given.rounds}", file=sys.stderr, flush=True)
        there.append(_measured(given.than, given.leads))
        here.append(_measured(Path.cwd(), given.leads))
    print(_table(here, there))


def _measured(checkout: Path, leads: int) -> dict[str, float]:
    python = checkout.resolve() / ".venv" / "bin" / "python"
    command = [str(python), str(_SCRIPT), str(leads)]
    told = subprocess.run(command, cwd=checkout, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def _table(here: Found, there: Found) -> str:
    rows = ["| what | earlier | now | ratio |", "|---|---|---|---|"]
    for name in here[0]:
        now, before = (statistics.median(each[name] for each in one) for one in (here, there))
        unit = "" if name.endswith("MB") else " ms"
        # Of an idle tick nothing is left that could be divided by.
        ratio = f"{now / before:.2f}" if before > 0 else ""
        rows.append(f"| {name} | {before:,.2f}{unit} | {now:,.2f}{unit} | {ratio} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
