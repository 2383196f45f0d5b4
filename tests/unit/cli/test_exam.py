"""Does the command pass a receiver that is well, and fail one that is not?"""

import json

from click.testing import CliRunner

from mock_server.cli import main
from mock_server.testing.webhook_inbox import WebhookInbox


def test_a_receiver_that_checks_signatures_passes(webhook_inbox: WebhookInbox) -> None:
    words = ["exam", webhook_inbox.url, "--secret", webhook_inbox.secret, "--json"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    verdicts = [json.loads(line) for line in result.output.splitlines()]
    assert all(each["passed"] for each in verdicts)
    assert len(verdicts) > 8


def test_a_receiver_that_checks_none_fails(webhook_inbox: WebhookInbox) -> None:
    words = ["exam", webhook_inbox.leadpro_url, "--secret", webhook_inbox.secret]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "FAILED  wrong signature: answered 200; it has to be 4xx" in result.output


def test_without_a_secret_no_signature_is_judged(webhook_inbox: WebhookInbox) -> None:
    result = CliRunner().invoke(main, ["exam", webhook_inbox.leadpro_url])
    assert (result.exit_code, "skipped missing signature" in result.output) == (0, True)


def test_what_is_no_url_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["exam", "localhost:3000"]).exit_code == 2
