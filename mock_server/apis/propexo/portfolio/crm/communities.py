"""What a leasing platform (CRM) says of its communities: their offices, agents and listings."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.grounds.buildings import layouts
from mock_server.apis.propexo.portfolio.grounds.properties import OFFICE_DAYS, office_hours_on
from mock_server.apis.propexo.portfolio.places import City
from mock_server.apis.propexo.portfolio.systems import Record, Resources, System, uuid
from mock_server.apis.propexo.portfolio.timeline import (
    DAY,
    HOUR,
    between,
    iso,
    midnight_iso,
)
from mock_server.world.fakes import Fakes, letters_of
from mock_server.world.identifiers import cuid

_ADDRESS = ("address_1", "city", "state", "zip", "country")
_ATTRIBUTIONS = ("Apartments.com", "Zillow", "Craigslist", "Property website", "Drive-by")


class Platform:
    """One CRM in the making: it starts records and gives out ids in its own style."""

    def __init__(
        self, system: System, resources: Resources, fakes: Fakes, numbers: Iterator[int]
    ) -> None:
        """Draw from the stream `fakes`; ids take the next of the numbers."""
        self.system, self.fakes, self.random = system, fakes, fakes.random
        self._resources, self._numbers = resources, numbers

    def with_stream(self, *name: object) -> "Platform":
        """Return the same platform, drawing from the stream of that name within its own."""
        return Platform(self.system, self._resources, self.fakes.of(*name), self._numbers)

    def write(self, resource: str, created: int, **known: object) -> Record:
        """Start a record: every field is there, most are null; `known` takes precedence."""
        has_uuids = self.system.vendor == "ELISEAI"
        return {
            **self._resources[resource].blank,
            "id": cuid(self.random),
            "created_at": iso(created),
            "updated_at": iso(created),
            "last_seen": self.system.last_seen,
            "x_id": uuid(self.random) if has_uuids else str(next(self._numbers)),
            "integration_id": self.system.id,
            "integration_vendor": self.system.vendor,
            **known,
        }


def platform_of(system: System, resources: Resources) -> Platform:
    """Return the platform of a system, which counts its ids upwards from a number of its own."""
    first = 10_000 + system.fakes.of("first number").key % 900_000
    return Platform(system, resources, system.fakes.of("crm"), count(first))


class Community(NamedTuple):
    """A community with the people and channels that its prospects meet."""

    platform: Platform
    city: City
    opened: int
    record: Record
    agents: list[Record]
    attributions: list[Record]
    taken: set[tuple[object, int]]
    """The half hours that its agents have given away."""

    def with_stream(self, *name: object) -> "Community":
        """Return the same community, drawing from the stream of that name within its own."""
        return self._replace(platform=self.platform.with_stream(*name))


def open_community(platform: Platform, city: City) -> Community:
    """Open a community that nobody works at yet."""
    opened = between(platform.random, platform.system.opened, platform.system.opened + HOUR)
    record = platform.write("crm_communities", opened, **address(platform, city))
    name = platform.fakes.community()
    record.update(
        name=name,
        email=f"leasing@{letters_of(name)}.example.com",
        phone_1=phone(platform, city),
        website=f"https://{letters_of(name)}.example.com",
        is_active=True,
        number_of_units=40 + int(platform.random.random() * 200),
        short_description=f"Apartment homes in {city.name}, {city.state}",
        office_hours=_office_hours(),
        address_2="Leasing office",
        custom_data={"region": city.state},
        # Private: free slots are told in the community's own wall-clock time.
        time_zone=city.zone.key,
    )
    return Community(platform, city, opened, record, [], [], set())


def address(platform: Platform, city: City) -> Record:
    """Draw an address in the city."""
    return {
        "address_1": platform.fakes.street(),
        "city": city.name,
        "state": city.state,
        "zip": platform.fakes.pick(city.zips),
        "country": "US",
    }


def phone(platform: Platform, city: City) -> str:
    """Draw a phone number of the city."""
    return platform.fakes.phone(platform.fakes.pick(city.area_codes))


def _office_hours() -> list[Record]:
    # The first of January 1970 was a Thursday, so day 4 is a Monday.
    return [_open_hours(name, 4 + index) for index, name in enumerate(OFFICE_DAYS)]


def _open_hours(name: str, day: int) -> Record:
    opens, closes = office_hours_on(day) or (0, 0)
    return {
        "day_of_week": name,
        "open_time": f"{opens:02d}:00:00",
        "close_time": f"{closes:02d}:00:00",
    }


def attribute(platform: Platform, communities: Sequence[Community]) -> Iterator[Record]:
    """Give the communities their attributions, the same ones for all, and yield them."""
    ids = [community.record["id"] for community in communities]
    for name in _ATTRIBUTIONS:
        opened = communities[0].opened
        new = platform.write("crm_attributions", opened, name=name, community_ids=list(ids))
        for community in communities:
            community.attributions.append(new)
        yield new


def hire(community: Community) -> Iterator[Record]:
    """Staff a community with two or three agents, and yield them."""
    for _ in range(2 + community.platform.fakes.chance(0.5)):
        agent = _agent(community)
        community.agents.append(agent)
        yield agent


def _agent(community: Community) -> Record:
    domain = str(community.record["email"]).partition("@")[2]
    person = community.platform.fakes.person(at=domain)
    known = {"name": person.name, "email": person.email, "is_active": True}
    ids = [community.record["id"]]
    return community.platform.write("crm_agents", community.opened, community_ids=ids, **known)


def listing(community: Community, storey: int) -> Record:
    """Advertise a unit of the community."""
    platform, layout = community.platform, community.platform.fakes.pick(layouts())
    synced = platform.system.synced
    published = between(platform.random, synced - 30 * DAY, synced)
    number = f"{storey}{1 + int(platform.random.random() * 8):02d}"
    rent = community.city.one_bedroom_rent_in_cents * layout.rent_factor
    return platform.write(
        "crm_listings",
        published,
        title=f"{layout.marketing_name} at {community.record['name']}",
        url=f"{community.record['website']}/apartments/{number}.html",
        publish_date=iso(published),
        is_listed=True,
        number=number,
        floor_plan_name=layout.name,
        bedrooms=str(layout.bedrooms),
        bathrooms=layout.bathrooms,
        square_feet=layout.square_feet,
        rent_amount_in_cents=round(rent / 500) * 500,
        available_date=midnight_iso(published + int(platform.random.random() * 45) * DAY),
        is_available=True,
        **{
            name: community.record[name]
            for name in ("address_1", "city", "state", "zip", "country")
        },
        address_2=f"Apt {number}",
        custom_data={"featured": "yes"} if platform.fakes.chance(0.3) else {},
        community_id=community.record["id"],
    )
