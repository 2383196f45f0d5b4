"""How JSON text is read, refused where no database could hold it, and how it is written."""

import json
import math
from typing import Any, NoReturn

_MOST = 2**63 - 1

# Made once: a call of json.dumps with options makes a new encoder each time.
write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def read_json(text: str) -> Any:
    """Return the value of a JSON text.

    Raises `ValueError` for text that is not JSON, for a number beyond what 64 bits hold, and for
    half a surrogate pair, which no UTF-8 text can carry; `RecursionError` for too deep a nesting.
    """
    value = json.loads(text, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
    if "\\u" in text:
        _refuse_half_pairs(value)
    return value


def _refuse_half_pairs(value: Any) -> None:
    try:
        write_json(value).encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half of a surrogate pair") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse(text)


def _whole(text: str) -> int:
    value = int(text)
    return value if -_MOST <= value <= _MOST else _refuse(text)
