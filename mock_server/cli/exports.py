"""The commands that write a world into a file, and make one of it."""

from pathlib import Path

import click

from mock_server.cli.control import Control, Json, commanding, reaching


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--whole", is_flag=True, help="Write the seeded records as well.")
@reaching
def export_(control: Control, *, file: Path | None, whole: bool) -> None:
    """Write a world into FILE, or to the terminal, as JSON lines."""
    text = control.ask("GET", f"/__admin/export{'?whole=true' if whole else ''}")["text"]
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", help="Name of the world; without it that of the one that was written.")
@commanding
def import_(control: Control, *, file: Path, name: str | None) -> Json:
    """Make a world of FILE."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file} cannot be read: {error}") from None
    named = {} if name is None else {"name": name}
    return control.ask("POST", "/__admin/import", {"text": text, **named})
