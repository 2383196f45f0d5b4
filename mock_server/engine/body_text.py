"""How a call's body becomes a JSON object, or why it cannot be read."""

from collections.abc import Iterator, Mapping
from typing import Any

from mock_server.contract.json_text import read_json
from mock_server.engine.refusals import Malformed

_UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})  # ASCII is UTF-8 as well.
# How what is no UTF-8 begins, the longer mark before the shorter one that begins like it.
_MARKS = {
    b"\x1f\x8b": "compressed with gzip",
    b"x\x01": "compressed with deflate",
    b"x\x9c": "compressed with deflate",
    b"x\xda": "compressed with deflate",
    b"\x28\xb5\x2f\xfd": "compressed with zstd",
    b"\xff\xfe\0\0": "in UTF-32",
    b"\0\0\xfe\xff": "in UTF-32",
    b"\xff\xfe": "in UTF-16",
    b"\xfe\xff": "in UTF-16",
}
# The first character of JSON is ASCII, so the noughts before or after it tell how wide it is.
_NOUGHTS = {b"\0\0\0": "in UTF-32", b"\0": "in UTF-16"}
_SHOWN = 100  # How many characters of a header are repeated.


def read_object(content: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the body's JSON object; raises `Malformed` for anything else."""
    if not content.strip():
        raise Malformed("the body is empty; send a JSON object")
    content_type = headers.get("content-type", "")
    _refuse_unlike_json(content_type)
    _refuse_encoded(headers.get("content-encoding", ""))
    _refuse_charset(content_type)
    body = _value(content)
    if not isinstance(body, dict):
        raise Malformed("the body must be a JSON object")
    return body


def _value(content: bytes) -> Any:
    try:
        return read_json(content.decode())
    except UnicodeDecodeError as error:
        told = _mark(content) or f"not UTF-8 (byte {error.start + 1})"
        raise Malformed(f"the body is not valid JSON: it is {told}") from None
    except ValueError as error:
        # Plain letters in UTF-16 or UTF-32 are UTF-8 too, with noughts beside each of them.
        mark = _mark(content)
        told = f"it is {mark}" if mark else str(error)
        raise Malformed(f"the body is not valid JSON: {told}") from None


def _mark(content: bytes) -> str | None:
    """Return how bytes are encoded that are no JSON in UTF-8, None where they do not tell."""
    for found, marks in ((content, _MARKS), (content, _NOUGHTS), (content[1:4], _NOUGHTS)):
        for mark, said in marks.items():
            if found.startswith(mark):
                return said
    return None


def _refuse_unlike_json(content_type: str) -> None:
    if not content_type:
        raise Malformed("send the header Content-Type: application/json")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise Malformed(f"the content type must be application/json, not {content_type[:_SHOWN]}")


def _refuse_encoded(codings: str) -> None:
    """Refuse a compressed body, which no document of either vendor speaks of (assumed)."""
    named = [each.strip() for each in codings.split(",") if each.strip()]
    if any(each.lower() != "identity" for each in named):
        told = ", ".join(named)[:_SHOWN]
        raise Malformed(f"the content encoding {told} is not supported; send the body as it is")


def _refuse_charset(content_type: str) -> None:
    """Refuse any charset but UTF-8, the only one that JSON is sent in (RFC 8259, 8.1)."""
    for charset in _charsets(content_type):
        if charset.lower() not in _UTF_8:
            told = charset[:_SHOWN]
            raise Malformed(f"the charset {told} is not supported; send the body in UTF-8")


def _charsets(content_type: str) -> Iterator[str]:
    for each in content_type.split(";")[1:]:
        name, _, value = each.partition("=")
        if name.strip().lower() == "charset":
            yield value.strip().strip("\"'")
