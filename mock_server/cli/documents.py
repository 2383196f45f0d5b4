"""The commands about the documents: where they are, what a page says, and which are generated."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from mock_server import shipped
from mock_server.nearest import unknown

_README = "README"


@click.command()
@click.argument("page", required=False)
@click.option("--open", "is_opened", is_flag=True, help="Open the API reference in a browser.")
@click.option(
    "--url",
    default="http://127.0.0.1:8080",
    show_default=True,
    envvar="MOCK_SERVER_URL",
    help="Address of the server, for --open.",
)
def docs(page: str | None, is_opened: bool, url: str) -> None:  # noqa: FBT001 - click passes options so
    """Say where the documentation is, or print PAGE of it, for example testing."""
    address = f"{url.rstrip('/')}/docs"
    if is_opened:
        click.launch(address)
        return
    known = _documents()
    if page is not None and page not in known:
        sys.exit(f"mock-server: {unknown('page', page, known)}")
    click.echo(_listing(known, address) if page is None else _text(known[page]))


def _documents() -> Mapping[str, Path]:
    """Return the pages by name: the README first, then those in docs/."""
    folder = shipped.folder("docs")
    pages = {path.stem: path for path in sorted(folder.glob("*.md"))}
    return {_README: folder.parent / f"{_README}.md", **pages}


def _listing(pages: Mapping[str, Path], address: str) -> str:
    width = max(map(len, pages))
    lines = (f"  {name:<{width}}  {path}" for name, path in pages.items())
    return "\n".join(
        [
            "Pages (mock-server docs PAGE prints one):",
            *lines,
            "",
            f"API reference of a running server: {address} (mock-server docs --open)",
        ]
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\n")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("docs"))
@click.option("--check", is_flag=True, help="Write nothing; fail if a page is out of date.")
def pages(folder: Path, check: bool) -> None:  # noqa: FBT001 - click passes options so
    """Write the pages that are made from the contracts into FOLDER, by default docs."""
    made = {folder / name: text for name, text in _generated().items()}
    if check:
        _refuse_outdated(made)
        return
    for path, text in made.items():
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            sys.exit(f"mock-server: {path} cannot be written: {error.strerror}")


def _generated() -> Mapping[str, str]:
    from mock_server.app import every_api
    from mock_server.contract import fields_page, operations_page

    catalogues = [api.catalogue for api in every_api()]
    return {
        "operations.md": operations_page.render(catalogues),
        "pms-fields.md": fields_page.render(catalogues),
    }


def _refuse_outdated(made: Mapping[Path, str]) -> None:
    outdated = [
        path
        for path, text in made.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in outdated:
        click.echo(f"{path} is out of date: run make docs", err=True)
    if outdated:
        sys.exit(1)
