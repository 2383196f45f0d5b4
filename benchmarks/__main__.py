"""What does `python -m benchmarks` do: measure by its options, and print the table."""

import argparse
import sys

from benchmarks.findings import Plan
from benchmarks.suite import Suite
from benchmarks.table import render


def main() -> None:
    """Measure the sandbox beside the other servers and print what was found."""
    plan = _plan()
    findings = Suite(plan, lambda step: print(step, file=sys.stderr, flush=True)).run()
    print(render(plan, findings))


def _plan() -> Plan:
    usual = Plan()
    parser = argparse.ArgumentParser("python -m benchmarks", description=main.__doc__)
    add = parser.add_argument
    add("--rounds", type=int, default=usual.rounds, help="how often each figure is taken")
    add("--seconds", type=int, default=usual.seconds, help="how long each load lasts")
    add("--connections", type=int, nargs="+", default=usual.connections, help="one run for each")
    add("--few", type=int, default=usual.few, help="leads in the usual sandbox")
    add("--many", type=int, default=usual.many, help="leads in the large sandbox")
    add("--no-prism", action="store_false", dest="with_prism", help="leave Prism out")
    given = vars(parser.parse_args())
    return Plan(**{**given, "connections": tuple(given["connections"])})


if __name__ == "__main__":
    main()
