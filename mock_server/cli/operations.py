"""The command that lists the operations on the terminal."""

import json
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase

import click


@click.command()
@click.argument("pattern", default="*")
@click.option("--json", "as_json", is_flag=True, help="Print each operation as one JSON line.")
def operations(pattern: str, as_json: bool) -> None:  # noqa: FBT001 - click passes options so
    """List the operations whose method, path, summary or PMS match PATTERN.

    PATTERN is a part of it (leads), or has wildcards ("POST /v1/*/"). The case does not matter.
    """
    found = [*_matching(pattern)]
    for each in found:
        click.echo(json.dumps(each) if as_json else _line(each))
    if not found:
        sys.exit(f"mock-server: no operation matches {pattern!r}; without a pattern all are listed")


def _matching(pattern: str) -> Iterator[dict[str, str | None]]:
    from mock_server.app import every_api

    wanted = pattern.casefold() if "*" in pattern else f"*{pattern.casefold()}*"
    for api in every_api():
        for each in api.catalogue.operations.values():
            texts = (each.key, each.summary, each.vendor or "")
            if any(fnmatchcase(text.casefold(), wanted) for text in texts):
                yield {
                    "api": api.name,
                    "operation": each.key,
                    "summary": each.summary,
                    "kind": each.kind,
                    "evidence": each.evidence,
                    "vendor": each.vendor,
                }


def _line(operation: dict[str, str | None]) -> str:
    return f"{operation['operation']}  {operation['summary']}  [{operation['evidence']}]"
