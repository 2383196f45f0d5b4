"""Do calls to the vendors' real hosts reach the test's world, whichever client sends them?"""

import asyncio
import json
import urllib.request
from collections.abc import Callable
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest
import requests
import urllib3

from mock_server import CallRefused, Sandbox

OFFICES = "https://api.lead.pro/api/v103/offices"
LEADS = "https://api.propexo.com/v1/leads/"
REAL = {"Authorization": "Bearer live-secret"}
ELSEWHERE = "http://elsewhere.example/"

Ask = Callable[[str, str, dict[str, str], Any], Any]


def by_requests(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    return requests.request(method, url, headers=headers, json=body, timeout=20).json()


def by_urllib3(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    with urllib3.PoolManager() as pool:
        return pool.request(method, url, headers=headers, json=body).json()


def by_urllib(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    content = None if body is None else json.dumps(body).encode()
    sent = {**headers, "Content-Type": "application/json"}
    asked = urllib.request.Request(url, content, sent, method=method)  # noqa: S310 - intercepted
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - intercepted
        return json.load(answer)


def by_httpx(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    return httpx.request(method, url, headers=headers, json=body).json()


def by_httpx2(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    return httpx2.request(method, url, headers=headers, json=body).json()


async def by_async_httpx(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    async with httpx.AsyncClient() as client:
        return (await client.request(method, url, headers=headers, json=body)).json()


async def by_async_httpx2(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    async with httpx2.AsyncClient() as client:
        return (await client.request(method, url, headers=headers, json=body)).json()


async def by_aiohttp(method: str, url: str, headers: dict[str, str], body: Any) -> Any:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, headers=headers, json=body) as answer,
    ):
        return await answer.json()


CLIENTS = [
    *(by_requests, by_urllib3, by_urllib, by_httpx, by_httpx2),
    *(by_async_httpx, by_async_httpx2, by_aiohttp),
]


@pytest.fixture(params=CLIENTS, ids=lambda client: client.__name__)
def ask(request: pytest.FixtureRequest) -> Ask:
    """Return what calls with one of the clients and returns the parsed answer."""

    def call(method: str, url: str, headers: dict[str, str], body: Any = None) -> Any:
        found = request.param(method, url, headers, body)
        return asyncio.run(found) if asyncio.iscoroutine(found) else found

    return call


def test_both_vendors_answer_from_the_world_of_the_test(ask: Ask, intercepted: Sandbox) -> None:
    job = ask("PUT", f"{LEADS}lead-123456789", REAL, {"last_name": "Okoro"})["job_id"]
    intercepted.settle()
    status = intercepted.client().get(f"/v1/admin/write-status/{job}")
    assert status.get_json()["write_status"] == "SUCCESS"
    assert ask("GET", OFFICES, {"x-api-key": "live-secret"})["data"]


def test_another_host_is_refused_by_name(ask: Ask, sandbox: Sandbox) -> None:
    with (
        sandbox.intercepted(others="refuse", allow=["other.example"]),
        pytest.raises(CallRefused, match=r"elsewhere\.example is refused: .* and other\.example"),
    ):
        ask("GET", ELSEWHERE, {})


def test_after_the_block_every_client_is_as_it_was(sandbox: Sandbox) -> None:
    def methods() -> list[Any]:
        return [
            urllib3.HTTPConnectionPool.urlopen,
            httpx.HTTPTransport.handle_request,
            httpx2.AsyncHTTPTransport.handle_async_request,
            aiohttp.ClientRequest.connection_key,
            aiohttp.TCPConnector._create_connection,
        ]

    before = methods()
    with sandbox.intercepted():
        assert all(one is not other for one, other in zip(before, methods(), strict=True))
    assert before == methods()
