"""What people ask the seeded agency: who they are, which home it is about, and what they write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mock_server import shipped
from mock_server.apis.leadpro import neighbourhoods, office_routing, valuation
from mock_server.apis.leadpro.account import account
from mock_server.apis.leadpro.neighbourhoods import Neighbourhood
from mock_server.world.fakes import Fakes
from mock_server.world.records import Record

Facts = Mapping[str, Any]

_OFFERED = frozenset({"sale", "let"})  # Homes on the market; the others are those of their owners.
_OWNED = frozenset({"vendor", "landlord"})
# What the lead of a buyer shares with that of their own home.
_SHARED = (
    *("title", "first_name", "last_name", "full_name", "email", "phone"),
    *("address", "postcode", "source", "gdpr_checkbox", "international"),
)
_CONTACTS = ("Phone", "Email", "Text message")


@dataclass(frozen=True)
class Home:
    """What an enquiry is about."""

    street: str
    neighbourhood: Neighbourhood
    postcode: str
    property_type: str
    bedrooms: int

    @property
    def address(self) -> str:
        return self.neighbourhood.address(self.street)


@dataclass(frozen=True)
class Asking:
    """One enquiry: its type, the words in which it is put, and the home that it is about."""

    lead_type: str
    words: Facts
    home: Home


def draw(fakes: Fakes, lead_type: str, ordinal: int) -> Asking:
    """Draw an enquiry; people of one type take turns in what they write."""
    every = facts()["enquiries"][lead_type]
    words = every[ordinal % len(every)]
    return Asking(lead_type, words, _home(fakes, words))


def fields_of(fakes: Fakes, asking: Asking) -> Record:
    """Return the fields of the lead that an enquiry becomes, routed to its office."""
    source = fakes.pick(_sources(asking))
    lead = {
        "type": asking.lead_type,
        "source": source,
        **_person(fakes, asking),
        **_words(asking),
        **_place(fakes, asking),
        "international": is_abroad(asking),
    }
    lead |= office_routing.route(lead, account().offices).fields
    lead |= _property(fakes, asking, source) if asking.lead_type != "mortgage_request" else {}
    return lead | (_advert(fakes, lead) if asking.lead_type in _OFFERED else _form(fakes, lead))


def home_to_sell(fakes: Fakes, buyer: Record) -> Record:
    """Return the lead of a buyer who has a home to sell as well (guide: Lead Responder).

    It goes to the office that covers that home, and says which office it came from.
    """
    lead = {
        "type": "vendor",
        **{name: buyer[name] for name in _SHARED},
        "message": facts()["home_to_sell"],
        "property_bedrooms": 1 + int(fakes.random.random() * 3),
        "referred_by_office_id": buyer["office_id"],
        "referred_by_office_name": buyer["office_name"],
        "referred_by_account_id": account().id,
        "referred_by_account_name": account().name,
    }
    return lead | office_routing.route(lead, account().offices).fields


@cache
def facts() -> Facts:
    """Return what fixtures/leadpro/enquiries.yaml says."""
    found: Facts = shipped.read_yaml(shipped.folder("fixtures") / "leadpro" / "enquiries.yaml")
    return found


def _home(fakes: Fakes, words: Facts) -> Home:
    place = fakes.pick(neighbourhoods.neighbourhoods())
    known = facts()["homes"]
    kinds = known["flats" if place.is_in(known["flats_in"]) else "houses"]
    wanted, least = words.get("only"), words.get("least_bedrooms", 1)
    kind = fakes.pick([each for each in kinds if _fits(each, wanted, least)])
    bedrooms = fakes.pick([each for each in kind["bedrooms"] if each >= least])
    return Home(
        fakes.uk_street(), place, place.postcode(fakes), str(kind["property_type"]), bedrooms
    )


def _fits(kind: Facts, wanted: str | None, least_bedrooms: int) -> bool:
    is_wanted = wanted in {None, kind["property_type"]}
    return is_wanted and max(kind["bedrooms"]) >= least_bedrooms


def _sources(asking: Asking) -> Sequence[str]:
    for local in facts()["local_sources"].values():
        if asking.home.neighbourhood.area in local["areas"]:
            return [*facts()["sources"][asking.lead_type], *local.get(asking.lead_type, ())]
    found: Sequence[str] = facts()["sources"][asking.lead_type]
    return found


def is_abroad(asking: Asking) -> bool:
    """Say whether somebody asks from another country."""
    return bool(asking.words.get("is_abroad"))


def _person(fakes: Fakes, asking: Asking) -> Record:
    is_woman = fakes.chance(0.5)
    person = fakes.uk_person(is_woman=is_woman)
    return {
        "title": fakes.pick(facts()["titles"]["women" if is_woman else "men"]),
        "first_name": person.first_name,
        "last_name": person.last_name,
        "full_name": person.name,
        "email": person.email,
        "phone": f"+1 {fakes.phone('212')}" if is_abroad(asking) else _phone(fakes, asking.home),
    }


def _phone(fakes: Fakes, home: Home) -> str:
    if not fakes.chance(0.2):
        return fakes.uk_phone()
    numbers = facts()["landlines"]
    begin = numbers.get(home.neighbourhood.area, numbers["elsewhere"])
    return f"{begin}{int(fakes.random.random() * 1_000):03d}"


def _words(asking: Asking) -> Record:
    home, message, answers = asking.home, asking.words["message"], asking.words["answers"]
    called = facts()["homes"]["called"][home.property_type]
    # A street is named without its number, as its board does.
    told = {"home": called, "beds": home.bedrooms, "street": home.street.split(" ", 1)[1]}
    return {
        "message": message and message.format(place=home.neighbourhood.name, **told),
        "questionnaire": answers and [[question, answer] for question, answer in answers.items()],
    }


def _place(fakes: Fakes, asking: Asking) -> Record:
    """Say where the home is, and of a buyer or tenant where they live now."""
    home = asking.home
    if asking.lead_type not in _OFFERED:
        return {"address": home.address, "postcode": home.postcode}
    advert = {"advert_address": home.address, "advert_postcode": home.postcode}
    if is_abroad(asking):
        return {**advert, "address": None, "postcode": None}
    own = fakes.pick(neighbourhoods.neighbourhoods_of(home.neighbourhood.post_town))
    own_place = {"address": own.address(fakes.uk_street()), "postcode": own.postcode(fakes)}
    return advert | own_place


def _property(fakes: Fakes, asking: Asking, source: str) -> Record:
    """Describe the home; a form for a valuation does not always ask for its kind."""
    home, is_flat = asking.home, asking.home.property_type == "flat-maisonette"
    baths = 1 + int(fakes.random.random() * min(home.bedrooms, 3))
    rooms = 1 if is_flat else 1 + int(fakes.random.random() * min(home.bedrooms, 3))
    is_told = fakes.chance(0.7) or source != "ivt"
    found: Record = {"property_bedrooms": home.bedrooms}
    if is_told:
        found |= {"property_type": home.property_type}
    if asking.lead_type in _OFFERED:
        found |= {"property_bathrooms": baths, "property_receptions": rooms}
    return found


def _advert(fakes: Fakes, lead: Record) -> Record:
    """Return what a portal or the agency's own site tells of the advertised home."""
    number = 1_000 + int(fakes.random.random() * 9_000)
    reference = f"{lead['office_name'][:3].upper()}{number}"
    portal = facts()["portals"].get(lead["source"])
    page = f"https://www.demobrand.example/properties/{reference.lower()}"
    if portal is not None:
        page = portal["url"].format(number=100_000_000 + int(fakes.random.random() * 60_000_000))
    return {
        "advert_url": page,
        "advert_image": f"https://images.demobrand.example/{reference.lower()}/1.jpg",
        "property_reference": reference,
        "raw_property_reference": (portal or {"reference": "{reference}"})["reference"].format(
            reference=reference
        ),
        "meta": {"Property ID": str(number)},
        **(_own_form(fakes, lead) if portal is None else {"gdpr_checkbox": None}),
    }


def _form(fakes: Fakes, lead: Record) -> Record:
    """Return what a form for owners adds: an instant valuation has its estimates."""
    meta = {"Preferred contact": fakes.pick(_CONTACTS)} if fakes.chance(0.6) else None
    valued = lead["source"] == "ivt" and lead["type"] in _OWNED
    estimates = valuation.estimate(lead) if valued else {}
    is_own = lead["source"] in facts()["hosts"]
    return {"meta": meta, **estimates, **(_own_form(fakes, lead) if is_own else {})}


def _own_form(fakes: Fakes, lead: Record) -> Record:
    """Return what a form of the agency's own site adds: consent, its page, and the campaign."""
    campaign = dict(fakes.pick(facts()["campaigns"])) if fakes.chance(0.6) else {}
    click = f"Cj0KCQ{fakes.random.getrandbits(64):016x}"
    if campaign.get("utm_gclid"):
        campaign["utm_gclid"] = click
    host = facts()["hosts"].get(lead["source"], facts()["hosts"]["homepage"])
    return {"gdpr_checkbox": fakes.chance(0.9), "host": host, **campaign}
