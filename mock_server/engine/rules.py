"""By which rules the calls of one Api are answered, as the settings of a world have it."""

from collections.abc import Mapping

from mock_server.engine.api import Api
from mock_server.engine.call import Call, Reply
from mock_server.engine.rate_limits import RateLimits
from mock_server.engine.validation import Validation
from mock_server.engine.world_settings import settings_in
from mock_server.settings import Settings
from mock_server.world.world import World

# So many different settings of worlds are more than any suite has.
_MANY = 256


class ReplyBreaksContract(RuntimeError):
    """A reply of ours that is not what the contract promises: always a fault of the sandbox."""


class Rules:
    """How calls are checked and counted, and how strict the sandbox is with them."""

    def __init__(self, api: Api, settings: Settings, validation: Validation) -> None:
        """Hold calls of this Api to these settings; the validation is as strict as they are."""
        self.settings = settings
        self.validation = validation
        self.limits = RateLimits(api.name, settings.rate_limit)
        self._limit_headers = api.limit_headers
        self._holds_to_limit = settings.strict and bool(api.limit_headers)

    def limit_headers(self, left: int) -> dict[str, str]:
        """Return the headers that tell the rate limit, and what is left of it."""
        return self.limits.headers(self._limit_headers, left)

    def delay_seconds(self, left: int) -> float:
        """Return how long a reply is held back."""
        is_held_to = self._holds_to_limit and left >= 0
        return self.limits.delay_seconds(left) if is_held_to else 0.0

    def refuse_too_many(self, left: int) -> None:
        """Raise `TooMany` for a call beyond the limit."""
        if left < 0 and self._holds_to_limit:
            raise self.limits.refusal()

    def check_reply(self, call: Call, reply: Reply) -> None:
        """Raise `ReplyBreaksContract` for a reply of ours that the contract does not promise."""
        if not self.settings.strict or reply.afterwards is not None:
            return
        problems = self.validation.check_reply(call.operation, reply.content)
        if problems:
            raise ReplyBreaksContract(f"{call.operation.key}: {problems}")


class RulesOfWorlds:
    """The rules of each world, made once for the same settings."""

    def __init__(self, api: Api, settings: Settings) -> None:
        """Go by these settings where a world has none of its own."""
        self._api = api
        self._settings = settings
        self._validations: dict[bool, Validation] = {}
        self.ordinary = self._made(settings)
        self._others: dict[Settings, Rules] = {}

    def of(self, world: World) -> Rules:
        """Return the rules of a world."""
        settings = settings_in(world, self._settings)
        if settings is self._settings:
            return self.ordinary
        if settings not in self._others:
            if len(self._others) >= _MANY:
                self._others.clear()
            self._others[settings] = self._made(settings)
        return self._others[settings]

    def _made(self, settings: Settings) -> Rules:
        known: Mapping[bool, Validation] = self._validations
        if settings.strict not in known:
            self._validations[settings.strict] = Validation(self._api, strict=settings.strict)
        return Rules(self._api, settings, self._validations[settings.strict])
