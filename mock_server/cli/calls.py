"""The command that lists the calls of a world, and goes on with those that come."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import click

from mock_server.cli.control import MOST_IN_A_PAGE, Control, Json, as_json_option, reaching

_WAIT_SECONDS = 30  # A server that stops must not be waited for any longer.


@click.command()
@click.option("--follow", is_flag=True, help="Go on with the calls that come, until Ctrl-C.")
@click.option("--operation", metavar="KEY", help='Only calls of this one: "GET /v1/leads/".')
@click.option("--api", metavar="NAME", help="Only calls of this API: propexo, leadpro, sandbox.")
@click.option("--status", type=int, help="Only calls with this status.")
@click.option("--label", "credential", help="Only calls with a credential of this label.")
@as_json_option("Print each call as one JSON line, with request and reply.")
@reaching
def calls(control: Control, *, follow: bool, as_json: bool, **wanted: Any) -> None:
    """List the last calls of a world, newest last."""
    filters = {name: value for name, value in wanted.items() if value is not None}
    page = _asked(control, {**filters, "limit": MOST_IN_A_PAGE})
    with suppress(KeyboardInterrupt):
        for each in _and_those_to_come(control, page, filters) if follow else page["results"]:
            click.echo(json.dumps(each) if as_json else _line(each))


def _and_those_to_come(control: Control, page: Json, filters: Json) -> Iterator[Json]:
    after = page["meta"]["last_number"]
    while True:
        yield from page["results"]
        # A reset numbers the calls anew; then the reply begins with the first one.
        last = page["meta"]["last_number"]
        after = page["results"][-1]["number"] if page["results"] else min(after, last)
        waiting = {"after": after, "wait": _WAIT_SECONDS, "limit": MOST_IN_A_PAGE}
        page = _asked(control, {**filters, **waiting})


def _asked(control: Control, query: Json) -> Json:
    return control.ask("GET", f"/__admin/calls?{urlencode(query)}")


def _line(call: Json) -> str:
    asked = call["request"]
    target = f"{asked['path']}?{asked['query']}" if asked["query"] else asked["path"]
    label = f"  [{call['credential']}]" if call["credential"] else ""
    answered = f"{call['status']} {asked['method']} {target}  {call['milliseconds']:.0f} ms"
    return f"{call['number']}  {call['at']}  {answered}{label}"
