"""The `mock-server` command: each of its commands is thin over a part of the package."""

import click

from mock_server.cli import (
    calls,
    changes,
    clock,
    conduct,
    doctor,
    documents,
    exam,
    executing,
    exports,
    faults,
    operations,
    outcomes,
    pms,
    scenarios,
    servers,
    snapshots,
    stories,
    webhooks,
    worlds,
)
from mock_server.version import DISTRIBUTION

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=DISTRIBUTION)
def main() -> None:
    """Serve an offline sandbox of the Propexo and LeadPro APIs, and command it."""


for each in (
    servers.serve,
    executing.exec_,
    servers.listen,
    exam.exam,
    calls.calls,
    changes.changes,
    conduct.coverage,
    conduct.findings,
    clock.clock,
    outcomes.outcome,
    faults.fault,
    pms.pms,
    webhooks.trigger,
    worlds.reset,
    worlds.worlds,
    scenarios.scenarios,
    snapshots.snapshot,
    stories.story,
    exports.export_,
    exports.import_,
    operations.operations,
    documents.docs,
    documents.pages,
    doctor.doctor,
):
    main.add_command(each)
