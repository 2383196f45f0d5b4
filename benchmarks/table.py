"""How the findings read: what was measured, the ratios, and the aims beside them."""

from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.findings import BARE, FEW, PRISM, SANDBOXES, Findings, Plan
from benchmarks.load import driver
from benchmarks.targets import BY_ID, CREATE, CREATE_LEADPRO, LIST, NAMES, PAGES

Row = Sequence[str]

# The least ratios aimed at, of the sandbox's rate to the other's, by request (and connections).
BARE_AIMS = {(LIST, 1): 0.65, (LIST, 16): 0.4}
PRISM_AIMS = {LIST: 3.0, BY_ID: 4.0, CREATE: 4.0, CREATE_LEADPRO: 4.0}
FEW_AIMS = {LIST: 0.7, PAGES: 0.7}
# The most of Prism's start-up time, and of milliseconds for a reset of few leads and for a world's
# first write to land.
START_AIM, RESET_AIM, FIRST_WRITE_AIM = 0.5, 50, 20

_RATES = ("request", "leads", "conn.", "per s", "p50 ms", "p99 ms", "CPU us", "failed",
          "of bare app", "of Prism", "of few leads")  # fmt: skip
_OTHERS = ("request", "server", "conn.", "per s", "p50 ms", "p99 ms", "CPU us", "failed")
_ONCE = ("what", "server", "median", "worst", "aim")
_BUSY = ("read beside", "which takes", "reads per s", "slowest")


def render(plan: Plan, findings: Findings) -> str:
    """Return all findings as text; a ratio is followed by its aim and whether it was met."""
    how = f"Load by {driver()}, {plan.rounds} rounds of {plan.seconds} s, the servers in turns."
    parts = [
        f"{how} Figures are medians, ratios are of the same round.",
        "\n".join(_columns([_RATES, *_sandbox_rates(plan, findings)])),
        "\n".join(_columns([_OTHERS, *_other_rates(plan, findings)])),
        "\n".join(_columns([_ONCE, *_once(findings)])),
        "\n".join(_columns([_BUSY, *_busy(findings)])),
        *findings.remarks,
    ]
    return "\n\n".join(parts)


def _sandbox_rates(plan: Plan, findings: Findings) -> Iterator[Row]:
    for name in (*NAMES, PAGES):
        for contender in SANDBOXES:
            for connections in plan.connections:
                found = _rate(findings, contender, name, connections)
                if found:
                    leads = f"{plan.leads(contender):,}"
                    ratios = _ratios(findings, contender, name, connections)
                    yield (name, leads, str(connections), *found, *ratios)


def _ratios(findings: Findings, contender: str, name: str, connections: int) -> Row:
    """Return the ratios to the bare app, to Prism and to the sandbox with few leads."""
    here = (contender, name, connections)
    # A page anywhere weighs as much as the first one, which the others repeat.
    first = LIST if name == PAGES else name
    bare, prism = (findings.ratio_of(here, (other, first, connections)) for other in (BARE, PRISM))
    few = findings.ratio_of(here, (FEW, name, connections))
    if contender == FEW:
        aims = BARE_AIMS.get((name, connections)), PRISM_AIMS.get(name)
        return _judged(bare, aims[0]), _judged(prism, aims[1]), ""
    return _judged(bare, None), _judged(prism, None), _judged(few, FEW_AIMS.get(name))


def _other_rates(plan: Plan, findings: Findings) -> Iterator[Row]:
    for name in NAMES:
        for contender in (BARE, PRISM):
            for connections in plan.connections:
                found = _rate(findings, contender, name, connections)
                if found:
                    yield (name, contender, str(connections), *found)


def _once(findings: Findings) -> Iterator[Row]:
    prism = findings.first_answers.get(PRISM)
    for server, seconds in findings.first_answers.items():
        aim = ""
        if server == FEW and prism:
            aim = _judged_most(median(seconds) / median(prism), START_AIM, " of Prism's")
        yield "start to first answer", server, *_spread(seconds, "s", 1), aim
    for server, held in findings.megabytes.items():
        yield "peak memory", server, f"{held:.0f} MB", "", ""
    for server, seconds in findings.first_writes.items():
        aim = _judged_most(median(seconds) * 1000, FIRST_WRITE_AIM, " ms")
        yield "a world's first write lands", server, *_spread(seconds, "ms", 1000), aim
    for server, seconds in findings.first_syncs.items():
        yield "first sync of every integration", server, *_spread(seconds, "ms", 1000), ""
    for server, seconds in findings.resets.items():
        aim = _judged_most(median(seconds) * 1000, RESET_AIM, " ms") if server == FEW else ""
        yield "reset", server, *_spread(seconds, "ms", 1000), aim


def _busy(findings: Findings) -> Iterator[Row]:
    for each in findings.busy:
        slowest = f"{each.slowest_milliseconds:.0f} ms"
        yield each.what, f"{each.seconds:.2f} s", f"{each.per_second:,.0f}", slowest


def _rate(findings: Findings, contender: str, name: str, connections: int) -> Row | None:
    found = findings.rate(contender, name, connections)
    if found is None:
        return None
    times = f"{found.p50_milliseconds:.2f}", f"{found.p99_milliseconds:.2f}"
    spent = f"{found.cpu_microseconds:,.0f}"
    return f"{found.per_second:,.0f}", *times, spent, str(found.failures or "")


def _spread(seconds: Sequence[float], unit: str, factor: int) -> Row:
    return tuple(f"{each * factor:.2f} {unit}" for each in (median(seconds), max(seconds)))


def _judged(ratio: float | None, aim: float | None) -> str:
    if ratio is None:
        return ""
    if aim is None:
        return f"{ratio:.2f}"
    return f"{ratio:.2f} (aim {aim:g}: {'met' if ratio >= aim else 'MISSED'})"


def _judged_most(value: float, aim: float, unit: str) -> str:
    return f"{value:.2f}{unit} (at most {aim:g}: {'met' if value <= aim else 'MISSED'})"


def _columns(rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (each.ljust(width) for each, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
