"""The API reference for programs that read text: each operation as Markdown, and a list of all."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, request

from mock_server.contract.operation_page import OperationPage
from mock_server.engine.api import Api
from mock_server.web.contracts import Contracts
from mock_server.web.reference import every, found

_CREDENTIAL = "sandbox_me"


def blueprint(apis: Sequence[Api]) -> Blueprint:
    """Return the page of each operation, and `/llms.txt`."""
    made = Blueprint("reference_pages", __name__)
    contracts = Contracts(apis)

    @made.get("/docs/<api>/<operation_id>.md")
    def operation(api: str, operation_id: str) -> Response:
        root = contracts.known(api)
        path, method, said = found(root, operation_id)
        return _text(OperationPage(root).render(method, path, said), "text/markdown")

    @made.get("/llms.txt")
    def overview() -> Response:
        return _text("\n".join(_overview(apis, contracts, request.url_root)), "text/plain")

    return made


def _text(text: str, kind: str) -> Response:
    return Response(text, content_type=f"{kind}; charset=utf-8")


def _overview(apis: Sequence[Api], contracts: Contracts, url: str) -> Iterator[str]:
    """Yield the lines of `/llms.txt`: what is served here, and a page of each operation."""
    yield "# mock-server\n"
    yield "> An offline sandbox of property APIs, with invented data. Operations under"
    yield "> /__admin/ and /sandbox/ belong to the sandbox itself."
    for api in apis:
        yield f"\n## {api.title}\n"
        headers = api.sent_as(_CREDENTIAL).items()
        yield from (f"- Send the header `{name}: {text}`." for name, text in headers)
        yield f"- [The whole contract as OpenAPI 3.1]({url}openapi/{api.name}.json)"
        for path, method, said in every(contracts.known(api.name)):
            link = f"{url}docs/{api.name}/{said['operationId']}.md"
            yield f"- [{method.upper()} {path}]({link}): {said.get('summary', '')}"
    yield ""
