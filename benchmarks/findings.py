"""What was planned and what was found: the two values between measuring and printing."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from benchmarks.busy import Busy
from benchmarks.load import Rate

FEW, MANY, BARE, PRISM = "sandbox", "sandbox, many leads", "bare Flask app", "Prism"
SANDBOXES = (FEW, MANY)


@dataclass(frozen=True)
class Plan:
    """How much to measure: `few` and `many` are numbers of leads."""

    rounds: int = 5
    seconds: int = 1
    connections: tuple[int, ...] = (1, 16)
    few: int = 200
    many: int = 100_000
    with_prism: bool = True

    def leads(self, contender: str) -> int:
        """Return how many leads that sandbox holds."""
        return self.many if contender == MANY else self.few


@dataclass
class Findings:
    """All that was measured; what is kept under (contender, request, connections) is a round each.

    Seconds, megabytes and the rates are as measured, medians come when they are asked for.
    """

    rates: dict[tuple[str, str, int], list[Rate]] = field(default_factory=lambda: defaultdict(list))
    first_answers: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    megabytes: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    resets: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    first_writes: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    first_syncs: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    busy: list[Busy] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def rate(self, contender: str, request: str, connections: int) -> Rate | None:
        """Return the median of each figure over the rounds, None where nothing was measured."""
        seen = self.rates.get((contender, request, connections))
        if not seen:
            return None

        def middle(figure: Callable[[Rate], float]) -> float:
            return median(map(figure, seen))

        return Rate(
            sum(each.requests for each in seen),
            middle(lambda each: each.per_second),
            middle(lambda each: each.p50_milliseconds),
            middle(lambda each: each.p99_milliseconds),
            sum(each.failures for each in seen),
            middle(lambda each: each.cpu_microseconds),
        )

    def ratio_of(self, one: tuple[str, str, int], other: tuple[str, str, int]) -> float | None:
        """Return the ratio of two rates, request by request of the same round."""
        pairs = zip(self.rates.get(one, ()), self.rates.get(other, ()), strict=False)
        ratios = [a.per_second / b.per_second for a, b in pairs if b.per_second]
        return median(ratios) if ratios else None
