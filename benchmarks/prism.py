"""Stoplight Prism, a mock server for any OpenAPI contract, installed where npm is at hand."""

import json
import shutil
import subprocess
from pathlib import Path

from benchmarks.targets import ask


def install(folder: Path) -> str | None:
    """Return Prism's command, installed into the folder; None where that cannot be done."""
    if shutil.which("npm") is None:
        return None
    package = "@stoplight/prism-cli"
    command = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder)]
    done = subprocess.run([*command, package], capture_output=True, check=False)
    found = folder / "node_modules" / ".bin" / "prism"
    return str(found) if done.returncode == 0 and found.exists() else None


def command(prism: str, contract: Path) -> list[str]:
    """Return the command that mocks a contract without a line of log for each call."""
    return [prism, "mock", "--port", "{port}", "--verboseLevel", "silent", str(contract)]


def keep_contract(url: str, name: str, folder: Path) -> Path:
    """Write one of the sandbox's bundled contracts to the folder, without its server."""
    contract = ask(url, f"/openapi/{name}.json")
    contract.pop("servers", None)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(contract))
    return path
