"""How JSON text is read, refused where no database could hold it, and how it is written."""

import json
import math
import re
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from typing import Any, NoReturn

quick: Any = None
# It has no wheels for PyPy, for one. Python's own codec gives the same bytes, more slowly.
with suppress(ImportError):
    import orjson as quick

DEEPEST = 64
_MOST = 2**63 - 1
_DIGITS = len(str(-_MOST))
_TOO_DEEP = f"it is nested too deeply, more than {DEEPEST} levels"
_LARGE = "a number in it is larger than 64 bits"
_SPACE = " \t\r\n"
_SHOWN = 24  # How many characters of what cannot be read are shown.

# A text, or a number that Python writes unlike JavaScript; whoever reads texts first finds no
# number inside one.
_TEXT_OR_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|-?[0-9]+\.0(?![0-9])|-?[0-9][0-9.]*e[-+][0-9]+')
# What shows such a number, and one that orjson writes so. Each begins with what is quickly sought.
_seek_whole, _seek_tiny = re.compile(r"\.0[,}\]]").search, re.compile(r"e-[06]").search
# From here on JavaScript writes a number with an exponent, as Python does from 10**16 on.
_EXPONENTS_FROM = 10**21
_FRACTIONS_FROM = 1e-6  # Smaller ones have an exponent in JavaScript, in Python those below 1e-4.

# What Python's own encoder does not know is refused; some of it orjson would write.
_REFUSED = quick and quick.OPT_PASSTHROUGH_DATACLASS | quick.OPT_PASSTHROUGH_DATETIME
# Made once: a call of json.dumps with options makes a new encoder each time.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_json(value: Any) -> str:
    """Return the value as compact JSON, each number as JavaScript writes it: 2.0 is 2.

    Both vendors' APIs are written in JavaScript, and clients compare texts, for a signature.
    """
    text = _quickly(value)
    # Most texts are done after these looks, which cost little.
    if "+" in text or _seek_whole(text) or _seek_tiny(text) or isinstance(value, float):
        return _TEXT_OR_NUMBER.sub(lambda found: _as_in_javascript(found[0]), _encode(value))
    return text


def read_json(text: str) -> Any:
    """Return the value of a JSON text; a whole number is an integer, however it is written.

    Raises `ValueError`, in words for whoever sent it, for text that is not JSON or is nested too
    deeply, for a number beyond what 64 bits hold, and for half a surrogate pair, which no UTF-8
    text can carry.
    """
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_number, parse_int=_whole)
        # Brackets inside texts count here too: this only spares most bodies the closer look.
        if text.count("[") + text.count("{") > DEEPEST:
            _refuse_deep(value)
        if "\\u" in text:
            _refuse_half_pairs(value)
    except json.JSONDecodeError as error:
        raise ValueError(_what_is_wrong(error)) from None
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    return value


def _quickly(value: Any) -> str:
    try:
        return str(quick.dumps(value, None, _REFUSED), "utf-8") if quick else _encode(value)
    except TypeError:
        # It takes neither half a surrogate pair nor a number beyond 64 bits.
        return _encode(value)


def _as_in_javascript(found: str) -> str:
    """Return a number as JavaScript writes it, a text as it is."""
    if found[0] == '"':
        return found
    number = float(found)
    if number.is_integer():
        return found if abs(number) >= _EXPONENTS_FROM else str(_integer(number))
    if abs(number) >= _FRACTIONS_FROM:
        return f"{Decimal(found):f}"
    return found.replace("e-0", "e-")


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


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(_LARGE)
    # One beyond 64 bits stays a float: as an integer no database would hold it.
    return _integer(value) if value.is_integer() and abs(value) < _MOST else value


def _integer(value: float) -> int:
    # JavaScript writes no more digits than tell a number from its neighbours, and noughts then.
    return int(Decimal(repr(value)))


def _refuse_deep(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST + 1):
        nested = [each for each in level if isinstance(each, (dict, list))]
        level = [inner for each in nested for inner in _inside(each)]
    if nested:
        raise ValueError(_TOO_DEEP)


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _whole(text: str) -> int:
    # Python itself refuses to read thousands of digits, in words that mean nothing to a caller.
    if len(text) > _DIGITS or not -_MOST <= int(text) <= _MOST:
        raise ValueError(_LARGE)
    return int(text)
