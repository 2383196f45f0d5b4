"""How the texts of settings are read: truths, URLs, instants, origins, host names and tokens."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from mock_server.nearest import nearest

_TRUTHS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
# How a text becomes a value, by the value's type, and what a text has to be for it.
CONVERSIONS: Mapping[Any, Any] = {
    str: str,
    str | None: lambda text: text or None,
    int: int,
    float: float,
    bool: lambda text: _TRUTHS[text.lower()],
}
WANTED: Mapping[Any, str] = {
    int: "a whole number",
    float: "a number",
    bool: f"one of {', '.join(_TRUTHS)}",
}
_YEARS = 1970, 9000
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Where browsers name a page that has no address of its own, such as one opened from a file.
NO_ORIGIN = "null"
LOOPBACK, ANY, NONE = "loopback", "any", "none"
_NAME = re.compile(r"(\*?\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.%]+\]")


def parts_of(text: str) -> list[str]:
    """Return what a text lists by commas."""
    return [each for part in text.split(",") if (each := part.strip())]


def listed_urls(text: str) -> list[str]:
    """Return the URLs that a text lists by commas; raises `ValueError` for what is none.

    Each has to be one of http or https with a host, and without a user name or password.
    """
    urls = parts_of(text)
    for url in urls:
        parts = urlsplit(url)
        # Asking for the port reads it, and a bad one is refused.
        is_whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        if not is_whole or "@" in parts.netloc:
            raise ValueError(f"{url!r} is not a URL like http://localhost:3000/hooks")
    return urls


def instant(text: str) -> datetime:
    """Return the instant a text stands for; worlds are seeded around it, so it has neighbours."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("it is not an instant such as 2026-03-01T09:00:00Z") from None
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise ValueError(f"its year is not between {_YEARS[0]} and {_YEARS[1]}")
    return found


def origins(text: str) -> frozenset[str]:
    """Return the origins that a text lists, with the words `loopback`, `any` and `null`.

    `none` is an empty list. Raises `ValueError` for what is no origin.
    """
    listed = parts_of(text)
    if [each.lower() for each in listed] == [NONE]:
        return frozenset()
    return frozenset(_origin(each) for each in listed)


def _origin(text: str) -> str:
    words = (LOOPBACK, ANY, NO_ORIGIN)
    if text.lower() in words:
        return text.lower()
    if "://" not in text:
        raise ValueError(_no_such_word(text, (*words, NONE)))
    found = same_origin(text.removesuffix("/"))
    if found is None:
        raise ValueError(f"{text!r} is no origin; write it like http://localhost:3000")
    return found


def _no_such_word(text: str, words: Iterable[str]) -> str:
    near = nearest(text, words, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else "an origin is like http://localhost:3000"
    return f"{text!r} is no origin; {hint}"


def same_origin(text: str) -> str | None:
    """Return an origin as browsers write it, or None where the text is none (RFC 6454)."""
    try:
        parts = urlsplit(text.lower())
        port = parts.port
    except ValueError:
        return None
    if not parts.scheme or not parts.hostname or "@" in parts.netloc:
        return None
    if parts.path or parts.query or parts.fragment:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown = "" if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def host_names(text: str) -> frozenset[str]:
    """Return the host names that a text lists; one that begins with a dot is a suffix.

    `*.name` is read as `.name`, and `any` stands for every name. Raises `ValueError` for what is
    no name.
    """
    listed = [each.lower().rstrip(".") for each in parts_of(text)]
    for each in listed:
        if not _NAME.fullmatch(each):
            like = "shop.example or .shop.example, without scheme, port and path"
            raise ValueError(f"{each!r} is no host name; write it like {like}")
    return frozenset(each.removeprefix("*") for each in listed)


def token(text: str) -> str:
    """Return a token as it is; raises `ValueError` where no header can carry it whole."""
    if not re.fullmatch(r"[!-~]{1,200}", text):
        raise ValueError("a token has 1 to 200 printable ASCII characters and no spaces")
    return text
