"""The reasons for which a call is refused; each vendor renders them in its own shape."""

from collections.abc import Iterable, Mapping

from mock_server.contract.problems import Path, Problem, capped

FAULT = "the sandbox has a fault; its log says which"


class Refusal(Exception):
    """A call that gets an answer but no effect: an HTTP status and a sentence that says why."""

    status = 400

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        """Say why, and for an invalid call what is wrong with it: the first hundred things."""
        super().__init__(message)
        self.message = message
        self.problems = capped(problems)


class Unauthenticated(Refusal):
    """No credential, or one that is not accepted."""

    status = 401


class NoCredential(Unauthenticated):
    """A call that carries no credential at all."""


class Forbidden(Refusal):
    """A call that this server does not take from where it comes."""

    status = 403


class NotFound(Refusal):
    """No such path, or no such record."""

    status = 404


class WrongMethod(Refusal):
    """The path exists, but not with this method; `allowed` are the ones it has."""

    status = 405

    def __init__(self, message: str, allowed: Iterable[str] = ()) -> None:
        """Say which methods the path has."""
        super().__init__(message)
        self.allowed = tuple(allowed)


class NotSupported(Refusal):
    """An operation that the vendor, or the one it would pass the call on to, does not have."""

    status = 405


class TooSlow(Refusal):
    """A request that has not arrived in time."""

    status = 408


class TooLarge(Refusal):
    """A body above the limit."""

    status = 413


class TooMany(Refusal):
    """More calls in a minute than the rate limit allows."""

    status = 429


class HeadTooLarge(Refusal):
    """A request whose path, query and headers are above the limit."""

    status = 431


class Busy(Refusal):
    """A call for which there is no room at the moment."""

    status = 503


class Malformed(Refusal):
    """A body that cannot be read at all."""


class Invalid(Refusal):
    """A call that breaks rules; `problems` says which, all at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Take every problem of the call."""
        super().__init__("invalid request", problems)


class NoRoom(Refusal):
    """A write that cannot be kept: the disk is full, read-only, or the file is gone."""

    status = 507


class Unavailable(Refusal):
    """A call that needs a database which is away; the same call may succeed soon."""

    status = 503


class Unexpected(Refusal):
    """A fault of our own; the log has its trace."""

    status = 500


class Unproven(Refusal):
    """A call that only an assumption could answer, where that is not wanted."""

    status = 501


class NotInstalled(Refusal):
    """A call that needs a package which only an extra installs."""

    status = 501


class SecondProcess(Refusal):
    """A call that reached a process whose worlds are only a copy of another one's."""

    status = 503


class LoopDetected(Refusal):
    """A call that a webhook of a sandbox makes, which could cause the next webhook."""

    status = 508


def headers_of(refusal: Refusal, challenge: str) -> Mapping[str, str]:
    """Return the headers that HTTP demands beside a refusal (RFC 9110, sections 15.5.2 and 15.5.6).

    `challenge` says how the Api wants its callers to identify themselves.
    """
    if isinstance(refusal, WrongMethod):
        return {"Allow": ", ".join(refusal.allowed)}
    if isinstance(refusal, NoCredential):
        return {"WWW-Authenticate": challenge}
    if isinstance(refusal, Unauthenticated):
        return {"WWW-Authenticate": f'{challenge}, error="invalid_token"'}
    return {}


def broken(path: Path | str, advice: str, received: object = None) -> Problem:
    """Return the problem of a value that breaks a rule no schema can say."""
    where = (path,) if isinstance(path, str) else path
    return Problem("condition", path=where, received=received, advice=advice)
