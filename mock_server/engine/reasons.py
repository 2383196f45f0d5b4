"""Why a call was refused, in one line for the log."""

from mock_server.engine.refusals import Refusal
from mock_server.engine.sentences import sentence

_MOST_PROBLEMS = 3


def reason_of(refusal: Refusal) -> str:
    """Return the sentence of a refusal, or of its first problems and how many more there are."""
    told = [sentence(each) for each in refusal.problems[:_MOST_PROBLEMS]]
    more = len(refusal.problems) - len(told)
    return "; ".join([*(told or [refusal.message]), *([f"and {more} more"] if more else [])])
