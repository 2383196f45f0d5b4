"""What the connected leasing platforms (CRMs) know, from their communities to their visits."""

from collections.abc import Iterator, Sequence

from mock_server.apis.propexo.interfaces import CRM_INTERFACES
from mock_server.apis.propexo.portfolio.crm import communities as places
from mock_server.apis.propexo.portfolio.crm import prospects
from mock_server.apis.propexo.portfolio.crm.communities import Community, Platform, platform_of
from mock_server.apis.propexo.portfolio.places import City
from mock_server.apis.propexo.portfolio.systems import Record, Resources, System

# The resources that are told of here.
TOLD = frozenset(
    {"crm_communities", "crm_agents", "crm_attributions", "crm_listings"}
    | {"crm_prospects", "crm_events", "crm_communications", "crm_appointments"}
)
_COMMUNITIES_PER_PLATFORM = 2
_PROSPECTS_PER_COMMUNITY = 6
_LISTINGS_PER_COMMUNITY = 4


def records(
    systems: Sequence[System], cities: Sequence[City], resources: Resources
) -> Iterator[tuple[str, Record]]:
    """Yield what the platforms among the systems know.

    Each has cities of its own as far as there are enough.
    """
    platforms = [system for system in systems if system.vendor in CRM_INTERFACES]
    for index, system in enumerate(platforms):
        first = index * _COMMUNITIES_PER_PLATFORM
        own = range(first, first + _COMMUNITIES_PER_PLATFORM)
        yield from _platform(
            platform_of(system, resources), [cities[one % len(cities)] for one in own]
        )


def _platform(platform: Platform, cities: Sequence[City]) -> Iterator[tuple[str, Record]]:
    communities = [
        places.open_community(platform.with_stream("community", number), city)
        for number, city in enumerate(cities)
    ]
    for community in communities:
        yield "crm_communities", community.record
    for attribution in places.attribute(platform.with_stream("attributions"), communities):
        yield "crm_attributions", attribution
    for community in communities:
        yield from _community(community)


def _community(community: Community) -> Iterator[tuple[str, Record]]:
    for agent in places.hire(community.with_stream("agents")):
        yield "crm_agents", agent
    for storey in range(1, 1 + _LISTINGS_PER_COMMUNITY):
        listing = places.listing(community.with_stream("listing", storey), storey)
        yield "crm_listings", listing
    for number in range(_PROSPECTS_PER_COMMUNITY):
        own = community.with_stream("prospect", number)
        yield from prospects.prospect_with_history(own)
