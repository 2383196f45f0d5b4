"""The commands that tell stories over both APIs."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import click

from mock_server.cli.control import Control, Json, as_json_option, as_text, reaching

_STORIES = "/__admin/stories"
_WIDTH = 100  # Longer lines of a body are cut.
_KEYS = "Enter: next step, b: back, q: quit"


@click.group()
def story() -> None:
    """Tell a story over both APIs, step by step."""


@story.command("list")
@as_json_option("Print the answer as one JSON line.")
@reaching
def list_(control: Control, *, as_json: bool) -> None:
    """List the stories."""
    told = control.every(_STORIES)
    short = [{**each, "steps": len(each["steps"])} for each in told["results"]]
    click.echo(json.dumps(told) if as_json else as_text({"results": short}))


@story.command()
@click.argument("name")
@click.option("--step", "by_step", is_flag=True, help=f"Wait before each step. {_KEYS}.")
@click.option("--reset", is_flag=True, help="Reset the world first, if it was written to.")
@as_json_option("Print what each step shows as one JSON line.")
@reaching
def play(control: Control, *, name: str, by_step: bool, reset: bool, as_json: bool) -> None:
    """Play the story NAME to its end, in a world that nothing was written to."""
    path = f"{_STORIES}/{quote(name, safe='')}"
    state = control.ask("POST", f"{path}/begin", {"reset": reset})
    if not as_json:
        click.echo(f"{state['title']}\n{state['about']}")
    while not state["is_over"] or by_step:
        key = _asked() if by_step else ""
        if key == "q" or (state["is_over"] and key != "b"):
            return
        state = control.ask("POST", f"{path}/{'back' if key == 'b' else 'step'}", {})
        click.echo(json.dumps(state["scene"]) if as_json else _told(state))


def _asked() -> str:
    return str(click.prompt(_KEYS, default="", show_default=False, err=True)).strip().lower()


def _told(state: Json) -> str:
    """Return a step as people read it: who does what, the calls, what is seen, what left."""
    scene = state["scene"]
    if scene is None:
        return "At the beginning."
    lines = [
        f"\n{scene['number']}/{len(state['steps'])} {scene['title']}  ({scene['at']})",
        f"{scene['who']}: {scene['does']}",
        *(_call(each) for each in scene["calls"]),
        *(line for each in scene["sees"] for line in _seen(each)),
        *(
            f"  webhook {each['api']} {each['event']}: {each['state']}"
            for each in scene["webhooks"]
        ),
    ]
    return "\n".join(lines)


def _call(call: Mapping[str, Any]) -> str:
    sent = "" if call["body"] is None else f" {_cut(call['body'])}"
    return f"  {call['method']} {call['path']}{sent}\n    {call['status']} {_cut(call['reply'])}"


def _seen(look: Mapping[str, Any]) -> list[str]:
    shown = [
        ", ".join(f"{each['name']}: {_plain(each['value'])}" for each in facts)
        for facts in look["facts"]
    ]
    return [f"  {look['who']} sees in {look['where']}: {each}" for each in shown or ["nothing"]]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _cut(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}..."
