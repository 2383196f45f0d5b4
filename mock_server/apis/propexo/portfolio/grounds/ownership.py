"""Whom a property belongs to, under which books it is kept, and on which lists it stands."""

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.site import Site, Told
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, date_of
from mock_server.world.fakes import letters_of

_LISTS = ("Stabilized", "Lease-up", "Value-add")


def owners_of(site: Site) -> list[Facts]:
    """Write down who owns the property; its own record names them, so they come first."""
    return [_owner(site, site.place.fakes.pick(tables_of("books")["companies"]))]


def _owner(site: Site, company: str) -> Facts:
    place = site.place
    person = place.fakes.person(at=f"{letters_of(company)}.example.com")
    return site.write(
        "owners",
        place.founding_moment(),
        first_name=person.first_name,
        last_name=person.last_name,
        company_name=company,
        email_1=person.email,
        phone_1=place.phone(),
        phone_1_type="WORK",
        address_1=place.fakes.street(),
        city=place.city.name,
        state=place.city.state,
        zip=place.fakes.pick(place.city.zips),
        country="US",
        associated_property_ids=[place.id],
    )


def records_of(site: Site) -> Told:
    """Yield the books of the owner, and the list that the property stands on."""
    owner = site.known["owners"][0]
    yield "accounting_entities", _books(site, owner)
    yield "property_lists", _list(site)


def _books(site: Site, owner: Facts) -> Facts:
    company = owner["company_name"]
    return site.write(
        "accounting_entities",
        site.place.founding_moment(),
        entity_name=f"{site.place.name}, {company}",
        ledger_code=letters_of(company)[:6].upper(),
        current_period=date_of(site.place.system.synced // DAY)[:7],
        is_active=True,
    )


def _list(site: Site) -> Facts:
    return site.write(
        "property_lists",
        site.place.founding_moment(),
        name=site.place.fakes.pick(_LISTS),
        associated_property_ids=[site.place.id],
    )
