"""What can be set, by option or environment variable; the only reader of the environment."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from mock_server import setting_texts as texts
from mock_server.nearest import nearest, unknown
from mock_server.service_links import without_service_links

PREFIX = "MOCK_SERVER_"


class SettingError(ValueError):
    """A setting that does not exist or whose value cannot be used; the message says what can."""


def _setting(text: str, *, default: Any, **limits: Any) -> Any:
    return field(default=default, metadata={"help": text, **limits})


@dataclass(frozen=True)
class Settings:
    """Everything that can be set, each with its default and what it means."""

    host: str = _setting(
        "Address to bind; 0.0.0.0 lets other machines connect.", default="127.0.0.1"
    )
    port: int = _setting("Port to bind; 0 picks a free one.", default=8080, least=0, most=65535)
    seed: int = _setting("Seed of all invented values.", default=20260225)
    leads: int = _setting("Number of Propexo leads to create.", default=200, least=0, most=100_000)
    db: str | None = _setting(
        "SQLite file or postgresql:// address for all worlds; none: in memory.", default=None
    )
    cache: bool = _setting(
        "Keep the seeded database in the user's cache folder, so that the next start is faster.",
        default=True,
    )
    strict: bool = _setting(
        "Refuse what the vendors tolerate, enforce rate limits, validate our own replies.",
        default=False,
    )
    min_evidence: str = _setting(
        "Least evidence that an operation needs to answer: assumed, inferred, or documented.",
        default="assumed",
        choices=("assumed", "inferred", "documented"),
    )
    write_seconds: float = _setting(
        "World time until a Propexo write takes effect; 0: at once.",
        default=1.0,
        least=0,
        most=86_400,
    )
    read_back: str = _setting(
        "When reads show a Propexo write: as documented for its PMS, always (at once), or never"
        " (after a sync).",
        default="documented",
        choices=("documented", "always", "never"),
    )
    appointment_slots: str = _setting(
        "Which times Propexo appointments may have: checked (free, in office hours, not past; else"
        " the write fails), or any.",
        default="checked",
        choices=("checked", "any"),
    )
    sync_seconds: float = _setting(
        "World time that a Propexo sync takes; 0: none.",
        default=5.0,
        least=0,
        most=86_400,
    )
    scheduled_syncs: bool = _setting(
        "Sync each Propexo integration every 12 hours of world time.", default=True
    )
    webhook_targets: str = _setting(
        "Allowed webhook targets, by commas: private, any, host names, addresses, networks.",
        default="private",
    )
    webhook_seconds: float = _setting(
        "Seconds within which a webhook's receiver must answer.", default=5.0, least=0.1, most=60
    )
    leadpro_webhooks: str | None = _setting(
        "URLs that receive LeadPro's webhooks, separated by commas.",
        default=None,
        reads=texts.listed_urls,
    )
    keep_deliveries: int = _setting(
        "Completed webhook deliveries kept for each world (approximate).", default=1_000, least=1
    )
    keep_jobs: int = _setting(
        "Completed writes, job logs and data diffs kept for each world, each (approximate).",
        default=10_000,
        least=1,
    )
    keep_calls: int = _setting(
        "Answered calls kept for each world, for /__admin/calls; 0: none.",
        default=1_000,
        least=0,
        most=100_000,
    )
    keep_calls_bytes: int = _setting(
        "Memory for the answered calls of all worlds, in bytes (approximate).",
        default=64 * 1_048_576,
        least=1,
    )
    keep_body_bytes: int = _setting(
        "Largest reply kept with an answered call, in bytes; longer ones are kept without body.",
        default=65_536,
        least=0,
    )
    keep_worlds: int = _setting(
        "Idle worlds kept in memory; others are stored, and loaded again when called.",
        default=1_000,
        least=1,
    )
    start_at: str | None = _setting(
        "World time at the start, such as 2026-03-01T09:00:00Z; none: the machine's time.",
        default=None,
        reads=texts.instant,
    )
    scenario: str | None = _setting("How worlds begin: name or folder of a scenario.", default=None)
    scenario_folder: str | None = _setting("Folder with scenarios of your own.", default=None)
    rate_limit: int = _setting(
        "Propexo calls per minute; enforced with --strict.", default=150, least=1
    )
    max_body_bytes: int = _setting(
        "Largest request body in bytes; a larger one gets a 413.", default=1_048_576, least=1
    )
    request_seconds: float = _setting(
        "Seconds within which a whole request must arrive; otherwise it gets a 408.",
        default=10.0,
        least=0.1,
        most=3_600,
    )
    cors: str = _setting(
        "Origins whose pages may call from a browser, by commas: loopback, any, none, origins.",
        default="loopback",
        reads=texts.origins,
    )
    allowed_hosts: str | None = _setting(
        "Accepted host names besides local ones, by commas: names, .name for all below it, any.",
        default=None,
        reads=texts.host_names,
    )
    trust_proxy: int = _setting(
        "How many proxies in front are trusted with X-Forwarded-Proto, -Host and -Prefix.",
        default=0,
        least=0,
        most=10,
    )
    control_token: str | None = _setting(
        "Token that the control API demands; if other machines can call, one is made by default.",
        default=None,
        reads=texts.token,
    )
    access_log: bool = _setting("Log a line for each call.", default=True)
    json_logs: bool = _setting("Log JSON lines instead of coloured text.", default=False)

    def __post_init__(self) -> None:
        """Refuse values of another type or outside their limits; raises `SettingError`."""
        for each in fields(self):
            _refuse_other_type(each.name, getattr(self, each.name), each.type)
            _refuse_outside(each.name, getattr(self, each.name), each.metadata)


def names() -> list[str]:
    """Return the name of every setting."""
    return [each.name for each in fields(Settings)]


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def load(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Return the settings: what is given, else the environment's, else the default.

    Raises `SettingError` for an unknown name, with the nearest one, and for an unusable value.
    """
    given_environment = os.environ if environment is None else environment
    environment = without_service_links(given_environment, PREFIX)
    known = names()
    _refuse_unknown(given, known)
    variables = [each for each in environment if each.startswith(PREFIX)]
    _refuse_unknown(variables, [variable(name) for name in known])
    found = {name: environment[variable(name)] for name in known if variable(name) in environment}
    values = {name: _converted(name, text) for name, text in found.items() if _is_set(name, text)}
    return Settings(
        **{**values, **{name: value for name, value in given.items() if value is not None}}
    )


def _refuse_unknown(given: Iterable[str], known: list[str]) -> None:
    for name in given:
        if name not in known:
            raise SettingError(unknown("setting", name, known))


def _is_set(name: str, text: str) -> bool:
    """Say whether a variable's text is a value: a number or truth that is empty is none."""
    return bool(text) or _kind(name) not in {int, float, bool}


def _converted(name: str, text: str) -> Any:
    kind = _kind(name)
    try:
        return texts.CONVERSIONS[kind](text)
    except (KeyError, ValueError):
        raise SettingError(f"{variable(name)}={text!r} is not {texts.WANTED[kind]}") from None


def _kind(name: str) -> Any:
    return next(each.type for each in fields(Settings) if each.name == name)


_WELCOME: Mapping[Any, Any] = {float: (float, int), str | None: (str, os.PathLike, type(None))}


def _refuse_other_type(name: str, value: Any, kind: Any) -> None:
    # Python takes a truth for a whole number.
    is_confused = isinstance(value, bool) and kind is not bool
    if isinstance(value, _WELCOME.get(kind, kind)) and not is_confused:
        return
    wanted = getattr(kind, "__name__", kind)
    raise SettingError(f"{name} is a value of type {wanted}, not {value!r}")


def _refuse_outside(name: str, value: Any, limits: Mapping[str, Any]) -> None:
    if "reads" in limits and value is not None:
        _refuse_unreadable(name, value, limits["reads"])
    choices = limits.get("choices", (value,))
    if value not in choices:
        (near,) = nearest(str(value), choices)
        listed = ", ".join(choices)
        raise SettingError(f"{name} is one of {listed}, not {value!r}; did you mean {near}?")
    # Asked this way round, because what is not a number is neither above nor below a limit.
    if "least" in limits and not value >= limits["least"]:
        raise SettingError(f"{name} must be at least {limits['least']}, not {value}")
    if "most" in limits and not value <= limits["most"]:
        raise SettingError(f"{name} must be at most {limits['most']}, not {value}")


def _refuse_unreadable(name: str, value: str, reads: Callable[[str], Any]) -> None:
    try:
        reads(value)
    except ValueError as error:
        raise SettingError(f"{name} {value!r} cannot be read: {error}") from None
