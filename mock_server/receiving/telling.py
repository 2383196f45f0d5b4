"""How a delivery is told: a few lines for a person, or one line of JSON for a program."""

import json
from typing import Any

from mock_server.receiving.delivery import Answer, Delivery, Verdict


def as_text(number: int, delivery: Delivery, answer: Answer) -> str:
    """Return a heading, the note if there is one, and the body, indented where it is JSON.

    Characters that would make a terminal do something are spelled out.
    """
    heading = [
        f"#{number}",
        delivery.path,
        " ".join(filter(None, (delivery.trigger, delivery.model, delivery.record_id))),
        f"{len(delivery.body)} bytes",
        f"signature {_judged(delivery.verdict)}",
        f"answered {answer.status}",
    ]
    lines = [_printable("  ".join(filter(None, heading)))]
    if answer.note is not None:
        lines.append(answer.note)
    return "\n".join([*lines, _printable(_body(delivery), also="\n\t"), ""])


def as_json(number: int, delivery: Delivery, answer: Answer) -> str:
    """Return one line; `body` holds what was parsed, or `text` what could not be."""
    told: dict[str, Any] = {
        "delivery": number,
        "path": delivery.path,
        "trigger": delivery.trigger,
        "object": delivery.model,
        "record_id": delivery.record_id,
        "bytes": len(delivery.body),
        "signature": delivery.verdict,
        "answered": answer.status,
        "note": answer.note,
    }
    told |= {"body": delivery.value} if delivery.is_json else {"text": delivery.text}
    return json.dumps(told)


def _judged(verdict: Verdict) -> str:
    return "unchecked, no --secret given" if verdict is Verdict.UNCHECKED else verdict


def _body(delivery: Delivery) -> str:
    if delivery.is_json:
        return json.dumps(delivery.value, ensure_ascii=False, indent=2)
    return delivery.text or "(no body)"


def _printable(text: str, also: str = "") -> str:
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each in also else _spelled(each) for each in text)


def _spelled(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
