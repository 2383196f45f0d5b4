"""The command that examines a receiver of webhooks."""

import json
import sys
from dataclasses import asdict

import click


@click.command()
@click.argument("url")
@click.option("--secret", help="Secret with which the receiver checks signatures.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=5.0,
    show_default=True,
    help="Seconds within which each answer must come.",
)
@click.option("--json", "as_json", is_flag=True, help="Print each verdict as one JSON line.")
def exam(url: str, secret: str | None, seconds: float, as_json: bool) -> None:  # noqa: FBT001 - click passes options so
    """Examine the receiver of Propexo's webhooks at URL; ends with 1 if it fails.

    It is sent deliveries with right and wrong signatures, the same one twice and eleven times, in
    another order, with an unknown trigger, and with a large body.
    """
    from mock_server.examining.examination import Examination
    from mock_server.receiving.reception import Reception

    try:
        Reception(forward_to=url)
    except ValueError:
        raise click.UsageError("URL is an address such as http://127.0.0.1:3000/hooks") from None
    failed = 0
    for each in Examination(url, secret, seconds).verdicts():
        failed += each.passed is False
        mark = {True: "passed ", False: "FAILED ", None: "skipped"}[each.passed]
        click.echo(json.dumps(asdict(each)) if as_json else f"{mark} {each.trial}: {each.told}")
    sys.exit(1 if failed else 0)
