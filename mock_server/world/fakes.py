"""Who the made-up people are, and where they live: names, emails, phones and streets."""

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import NamedTuple, TypeVar

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
    """Believable people and places, all drawn from one seeded generator."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._addresses_given: dict[str, int] = {}

    def pick(self, pool: Sequence[T]) -> T:
        """Draw one of a pool; twice as fast as `Random.choice`, which counts in a big world."""
        return pool[int(self.random.random() * len(pool))]

    def chance(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self.random.random() < share

    def person(self, *, at: str | None = None) -> Person:
        """Name an American; `at` is the employer's mail domain, none means a private address."""
        return self._someone(*_names("en_US"), at)

    def uk_person(self, *, at: str | None = None) -> Person:
        """Name somebody from Great Britain."""
        return self._someone(*_names("en_GB"), at)

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

    def _someone(self, firsts: Sequence[str], lasts: Sequence[str], at: str | None) -> Person:
        first, last = self.pick(firsts), self.pick(lasts)
        local_part = self._unused(f"{letters_of(first)}.{letters_of(last)}")
        return Person(first, last, f"{local_part}@{at or self.pick(_MAIL_DOMAINS)}")

    def _unused(self, local_part: str) -> str:
        # Namesakes get a number, as at a real mail provider, so that an email names one person.
        before = self._addresses_given.get(local_part, 0)
        self._addresses_given[local_part] = before + 1
        return f"{local_part}{before + 1}" if before else local_part


@cache
def letters_of(name: str) -> str:
    """Keep the letters and digits of a name, in lower case, for mail and web addresses."""
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())


@cache
def _names(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return first and last names of one country."""
    # Importing Faker takes a tenth of a second, so only a world that is seeded pays for it.
    from faker.factory import Factory

    faker = Factory.create(locale, providers=["faker.providers.person"], use_weighting=False)
    faker.seed_instance(_POOL_SEED)
    first_names = dict.fromkeys(faker.format("first_name") for _ in range(_DRAWS_PER_POOL))
    last_names = dict.fromkeys(faker.format("last_name") for _ in range(_DRAWS_PER_POOL))
    return tuple(first_names), tuple(last_names)


@cache
def _us_street_names() -> tuple[str, ...]:
    return _US_STREETS + _TREES + _names("en_US")[1][:60]


@cache
def _community_names() -> tuple[str, ...]:
    return _TREES + _names("en_US")[1][:80]
