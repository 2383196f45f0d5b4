"""Who the made-up people are, and where they live: names, emails, phones and streets."""

from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import blake2b
from random import Random
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

# The pools never change; a world's own seed decides what is drawn from them.
_POOL_SEED = 20260320
_DRAWS_PER_POOL = 600

_MAIL_DOMAINS = ("example.com", "example.net", "example.org")
_TREES = (
    "Alder", "Ash", "Aspen", "Beech", "Birch", "Cedar", "Chestnut", "Cypress", "Elm", "Hawthorn",
    "Hickory", "Juniper", "Laurel", "Linden", "Magnolia", "Maple", "Mulberry", "Oak", "Pecan",
    "Pine", "Poplar", "Sequoia", "Spruce", "Sycamore", "Walnut", "Willow",
)  # fmt: skip
_COMMUNITY_ENDINGS = (
    "Creek Apartments", "Crossing", "Flats", "Gardens", "Heights", "Hill Apartments", "Landing",
    "Lofts", "Park Apartments", "Place", "Point", "Residences", "Ridge Apartments", "Station",
    "Terrace", "Village",
)  # fmt: skip
_US_STREET_ENDINGS = ("Ave", "Blvd", "Ct", "Dr", "Ln", "Pl", "Rd", "St", "St", "St", "Way")
_US_STREETS = ("Main", "Park", "Lake", "Hill", "Church", "Highland", "Spring", "River", "Mill")
_UK_STREETS = (
    "Albert", "Alexandra", "Castle", "Chapel", "Church", "Clarence", "George", "Grange", "Grove",
    "High", "King", "London", "Manor", "Mill", "New", "Park", "Queen", "School", "South",
    "Springfield", "Station", "Victoria", "West", "Windsor", "York",
)  # fmt: skip
_IRISH_NAMES = frozenset(("Obrien", "Oconnell", "Oconnor", "Odonnell", "Oneal", "Oneill"))
_UK_STREET_ENDINGS = ("Avenue", "Close", "Crescent", "Drive", "Gardens", "Lane", "Road", "Street")


class Person(NamedTuple):
    """Somebody who does not exist, with an email address that agrees with the name."""

    first_name: str
    last_name: str
    email: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Fakes:
    """A stream of chance with a name of its own, and the believable people and places it draws.

    What a stream draws follows from the seed and from its name, never from what other streams
    drew. So nothing moves elsewhere where one record more is drawn, or one fewer.
    """

    def __init__(self, key: int, addresses_given: dict[str, int] | None = None) -> None:
        self.key = key
        self._addresses_given = {} if addresses_given is None else addresses_given

    @classmethod
    def seeded(cls, seed: str) -> "Fakes":
        """Return the stream that all others of this seed come from."""
        return cls(_key_of(seed))

    def of(self, *name: object) -> "Fakes":
        """Return the stream of that name within this one; its employees share one mail server."""
        return Fakes(_key_of(self.key, *name), self._addresses_given)

    @cached_property
    def random(self) -> Random:
        """The stream itself. It is made when first drawn from, since that takes a while."""
        return Random(self.key)

    def pick(self, pool: Sequence[T]) -> T:
        """Draw one of a pool; twice as fast as `Random.choice`, which counts in a big world."""
        return pool[int(self.random.random() * len(pool))]

    def chance(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self.random.random() < share

    def person(self, *, at: str | None = None, number: int | None = None) -> Person:
        """Name an American; `at` is the employer's mail domain, none means a private address.

        A `number` that nobody else has tells the address from that of every namesake.
        """
        first, last = self._name(*_names("en_US"))
        domain = at or self.pick(_MAIL_DOMAINS)
        local_part = f"{letters_of(first)}.{letters_of(last)}"
        if number is not None:
            return Person(first, last, f"{local_part}{number}@{domain}")
        return Person(first, last, self._unused(local_part, domain))

    def uk_person(self, *, is_woman: bool) -> Person:
        """Name a woman or a man from Great Britain."""
        first, last = self._name(uk_first_names(is_woman=is_woman), _names("en_GB")[1])
        local_part = f"{letters_of(first)}.{letters_of(last)}"
        return Person(first, last, self._unused(local_part, self.pick(_MAIL_DOMAINS)))

    def middle_name(self) -> str:
        return self.pick(_names("en_US")[0])

    def phone(self, area_code: str) -> str:
        """Number a phone in the block 555-0100 to 555-0199, which no exchange ever assigns."""
        return f"({area_code}) 555-01{int(self.random.random() * 100):02d}"

    def uk_phone(self) -> str:
        """Number a mobile in the range that Ofcom keeps for drama, 07700 900000 to 900999."""
        return f"07700 900{int(self.random.random() * 1000):03d}"

    def street(self) -> str:
        """Address a house in an American street: number, name and ending."""
        number = 1 + int(self.random.random() * 2400)
        return f"{number} {self.pick(_us_street_names())} {self.pick(_US_STREET_ENDINGS)}"

    def uk_street(self) -> str:
        """Address a house in a British street."""
        number = 1 + int(self.random.random() * 180)
        return f"{number} {self.pick(_UK_STREETS)} {self.pick(_UK_STREET_ENDINGS)}"

    def community(self) -> str:
        """Name an apartment community, as the sign at its gate would."""
        return f"{self.pick(_community_names())} {self.pick(_COMMUNITY_ENDINGS)}"

    def _name(self, firsts: Sequence[str], lasts: Sequence[str]) -> tuple[str, str]:
        return self.pick(firsts), self.pick(lasts)

    def _unused(self, local_part: str, domain: str) -> str:
        # Namesakes get a number, as at a real mail provider, so that an email names one person.
        address = f"{local_part}@{domain}"
        before = self._addresses_given.get(address, 0)
        self._addresses_given[address] = before + 1
        return f"{local_part}{before + 1}@{domain}" if before else address


def _key_of(*parts: object) -> int:
    # Python's own `hash` differs from process to process, and seeding by a text takes longer.
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


@cache
def letters_of(name: str) -> str:
    """Keep the letters and digits of a name, in lower case, for mail and web addresses."""
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())


@cache
def _names(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return first and last names of one country."""
    firsts, lasts = (_pool(locale, kind) for kind in ("first_name", "last_name"))
    return firsts, tuple(map(_spelled, lasts))


@cache
def uk_first_names(*, is_woman: bool) -> tuple[str, ...]:
    return _pool("en_GB", "first_name_female" if is_woman else "first_name_male")


@cache
def _pool(locale: str, kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_faker(locale).format(kind) for _ in range(_DRAWS_PER_POOL)))


@cache
def _faker(locale: str) -> Any:
    # Importing Faker takes a tenth of a second, so only a world that is seeded pays for it.
    from faker.factory import Factory

    faker = Factory.create(locale, providers=["faker.providers.person"], use_weighting=False)
    faker.seed_instance(_POOL_SEED)
    return faker


def _spelled(name: str) -> str:
    """Write a name as its bearers do: McDonald and O'Brien, where Faker has Mcdonald and Obrien."""
    if name.startswith("Mc"):
        return f"Mc{name[2:].capitalize()}"
    return f"O'{name[1:].capitalize()}" if name in _IRISH_NAMES else name


@cache
def _us_street_names() -> tuple[str, ...]:
    return _US_STREETS + _TREES + _names("en_US")[1][:60]


@cache
def _community_names() -> tuple[str, ...]:
    return _TREES + _names("en_US")[1][:80]
