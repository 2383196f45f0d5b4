"""What went wrong with an attempt to send a webhook, as one plain sentence."""

import ssl
from http.client import IncompleteRead
from urllib.parse import SplitResult

_DEFAULT_PORTS = {"http": 80, "https": 443}
# The first kind that matches gives the sentence.
_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (ConnectionRefusedError, "nothing listens at {place}"),
    (ssl.SSLCertVerificationError, "{place} has no trusted certificate: {cause.verify_message}"),
    (ssl.SSLError, "{place} does not speak TLS: {cause.reason}"),
    (ConnectionError, "{place} closed the connection before its answer was complete"),
    (IncompleteRead, "{place} closed the connection before its answer was complete"),
    (OSError, "{place} cannot be reached: {cause.strerror}"),
    (ValueError, "the message cannot be sent: {cause}"),
    (Exception, "{place} did not answer in HTTP"),
)


def sentence(failure: Exception, parts: SplitResult) -> str:
    """Return what went wrong on the way to the URL with these parts."""
    cause = failure.__cause__ or failure
    text = next(text for kind, text in _SENTENCES if isinstance(cause, kind))
    place = parts.netloc if parts.port else f"{parts.netloc}:{port_of(parts)}"
    return text.format(place=place, cause=cause)


def is_timeout(failure: Exception) -> bool:
    """Say whether the failure is that something took too long."""
    return isinstance(failure.__cause__ or failure, TimeoutError)


def port_of(parts: SplitResult) -> int:
    """Return the port of a URL, that of its scheme where it names none."""
    return parts.port or _DEFAULT_PORTS[parts.scheme]
