"""How JSON text is read, refused where no database could hold it, and how it is written."""

import json
import math
from typing import Any, NoReturn

_MOST = 2**63 - 1
_DIGITS = len(str(-_MOST))
_LARGE = "a number in it is larger than 64 bits"
_SPACE = " \t\r\n"
_SHOWN = 24  # How many characters of what cannot be read are shown.

# Made once: a call of json.dumps with options makes a new encoder each time.
write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def read_json(text: str) -> Any:
    """Return the value of a JSON text.

    Raises `ValueError`, in words for whoever sent it, for text that is not JSON or is nested too
    deeply, for a number beyond what 64 bits hold, and for half a surrogate pair, which no UTF-8
    text can carry.
    """
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite, parse_int=_whole)
        if "\\u" in text:
            _refuse_half_pairs(value)
    except json.JSONDecodeError as error:
        raise ValueError(_what_is_wrong(error)) from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return value


def _what_is_wrong(error: json.JSONDecodeError) -> str:
    text, place = error.doc, f"line {error.lineno}, column {error.colno}"
    if text.startswith("\ufeff"):
        return "it begins with a byte order mark"
    if error.pos >= len(text.rstrip(_SPACE)):
        return f"it breaks off at {place}"
    rest = text[error.pos :]
    if rest[0] < " ":
        return f"it has a line break or other control character at {place}"
    line = rest.partition("\n")[0].rstrip()
    shown = line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."
    return f"it cannot be read from {place} on: {shown}"


def _refuse_half_pairs(value: Any) -> None:
    try:
        write_json(value).encode()
    except UnicodeEncodeError:
        raise ValueError("it holds half of a surrogate pair") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(_LARGE)
    return value


def _whole(text: str) -> int:
    # Python itself refuses to read thousands of digits, in words that mean nothing to a caller.
    if len(text) > _DIGITS or not -_MOST <= int(text) <= _MOST:
        raise ValueError(_LARGE)
    return int(text)
