"""The commands that say what the calls exercised, and what a program does that it should not."""

import json
from xml.etree import ElementTree as ET

import click

from mock_server.cli.control import Control, Json, as_json_option, reaching
from mock_server.testing.exercise import coverage_lines, finding_lines, percent

_PATH = "/__admin/findings"


@click.command()
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="End with 1 if fewer of the vendors' operations were called.",
)
@as_json_option("Print the answer as one JSON line.")
@reaching
def coverage(control: Control, *, fail_under: float | None, as_json: bool) -> None:
    """Say what was called of what the vendors' contracts promise, since the server started."""
    told = control.ask("GET", "/__admin/coverage")
    click.echo(json.dumps(told) if as_json else "\n".join(coverage_lines(told)))
    if fail_under is not None and percent(told) < fail_under:
        raise click.ClickException(
            f"{percent(told):.1f} % of the operations were called, less than {fail_under:g} %"
        )


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit", "sarif"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@reaching
def findings(control: Control, *, form: str) -> None:
    """List doubtful conduct of programs in all worlds; ends with 1 if there is any."""
    told = control.ask("GET", _PATH)
    click.echo(_WRITTEN[form](control, told))
    if told["results"]:
        raise click.exceptions.Exit(1)


def _text(_: Control, told: Json) -> str:
    return "\n".join(finding_lines(told["results"])) or "none"


def _json(_: Control, told: Json) -> str:
    return json.dumps(told)


def _sarif(control: Control, _: Json) -> str:
    return json.dumps(control.ask("GET", f"{_PATH}/sarif"))


def _junit(_: Control, told: Json) -> str:
    """Return the findings as a suite of failed cases, which CI systems list beside the tests."""
    found = told["results"]
    count = str(len(found))
    suite = ET.Element("testsuite", name="mock-server findings", tests=count, failures=count)
    for each in found:
        case = ET.SubElement(suite, "testcase", name=each["rule"], classname=each["world"])
        ET.SubElement(case, "failure", message=each["message"]).text = next(finding_lines([each]))
    return ET.tostring(suite, encoding="unicode")


_WRITTEN = {"text": _text, "json": _json, "sarif": _sarif, "junit": _junit}
