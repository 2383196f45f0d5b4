"""Does a generated client understand every reply of every read?

It needs a running server and httpx, and none of the sandbox's own code. With a package of
openapi-python-client on the path it reads the replies with that package; without one it prints
them as TypeScript, each with the type that openapi-typescript generated, for tsc to check. With
`zod` instead of a package it prints a program that parses each reply with the schema that orval
generated. CONTRIBUTING.md has the commands.
"""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NAMES = re.compile(r"{\w+}")


class Read(NamedTuple):
    """A read that was called: the name of its operation, its path in the contract, the reply."""

    name: str
    path: str
    reply: httpx.Response


def reads_of(server: httpx.Client) -> Iterator[Read]:
    """Yield each read that can be called without knowing more, and succeeds."""
    paths = server.get("/openapi/propexo.json").json()["paths"]
    for path, operations in paths.items():
        if "get" in operations:
            found = whole(server, path)
            reply = None if found is None else server.get(found)
            if reply is not None and reply.status_code == httpx.codes.OK:
                yield Read(operations["get"]["operationId"], path, reply)


def whole(server: httpx.Client, path: str) -> str | None:
    """Return the path with the id of a listed record in it, None where no list has one."""
    names = _NAMES.findall(path)
    if not names:
        return f"{path}?limit=20"
    if len(names) > 1:
        return None
    listed = server.get(f"{path.partition('{')[0]}?limit=1")
    found = listed.json().get("results") if listed.status_code == httpx.codes.OK else None
    return path.replace(names[0], str(found[0]["id"])) if found else None


def modules_of(package: str) -> dict[str, Any]:
    """Return the generated modules by the names of their operations."""
    root = importlib.import_module(f"{package}.api")
    found = pkgutil.walk_packages(root.__path__, f"{package}.api.")
    return {each.name.rpartition(".")[2]: each.name for each in found if not each.ispkg}


def read_with(package: str, reads: Iterator[Read]) -> None:
    """Read the replies; the first that is not understood ends it with the error."""
    modules, count = modules_of(package), 0
    client = importlib.import_module(package).Client("http://any", raise_on_unexpected_status=True)
    for each in reads:
        module = importlib.import_module(modules[_WORDS.sub("_", each.name).lower()])
        module._parse_response(client=client, response=each.reply).to_dict()
        count += 1
    print(f"{count} replies were read")  # noqa: T201 - what somebody runs it for


def typescript(reads: Iterator[Read]) -> Iterator[str]:
    """Yield the lines of a file that gives each reply its type."""
    yield 'import type { paths } from "./propexo";'
    for each in reads:
        kind = f'paths["{each.path}"]["get"]["responses"]["200"]["content"]["application/json"]'
        yield f"export const {each.name}: {kind} = {each.reply.text};"


def zod(reads: Iterator[Read]) -> Iterator[str]:
    """Yield the lines of a program that parses each reply; zod throws at the first that it cannot.

    Zod drops fields that a schema does not have, so the program also compares what comes out.
    """
    yield 'import assert from "node:assert";\nimport * as schemas from "./propexo.zod";'
    yield "let count = 0;"
    for each in reads:
        yield f"const {each.name}: unknown = {each.reply.text};"
        schema = f"schemas.{each.name}Response"
        yield f"assert.deepStrictEqual({schema}.parse({each.name}), {each.name}, '{each.name}');"
        yield "count += 1;"
    yield "console.log(`${count} replies were read`);"


def main(address: str, package: str = "") -> None:
    """Read every reply with a package, or print them as TypeScript."""
    headers = {"Authorization": "Bearer sandbox_clients"}
    with httpx.Client(base_url=address, headers=headers, timeout=60) as server:
        reads = reads_of(server)
        if package and package != "zod":
            read_with(package, reads)
        else:
            lines = zod(reads) if package else typescript(reads)
            print("\n".join(lines))  # noqa: T201 - what somebody runs it for


if __name__ == "__main__":
    main(*sys.argv[1:])
