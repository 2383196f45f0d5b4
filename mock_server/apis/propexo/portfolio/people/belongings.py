"""What stands inside a person's record: pets, vehicles and screenings."""

from functools import cache
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.systems import Record
from mock_server.apis.propexo.portfolio.timeline import iso, midnight_iso
from mock_server.world.fakes import Fakes
from mock_server.world.identifiers import cuid


class Breed(NamedTuple):
    """A breed with what most of its animals weigh and look like."""

    type: str
    name: str
    weight_in_pounds: int
    color: str


@cache
def _breeds(table: str) -> tuple[Breed, ...]:
    return tuple(Breed(**one) for one in tables_of("people")[table])


# Of twelve households seven keep no animal, and one keeps two.
_PETS_KEPT = (0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2)

_IN_COMMON = "id created_at updated_at last_seen x_id"
# What the records of an animal's owners show of it, in their order.
PET_FIELDS = {
    "leads": f"""{_IN_COMMON} age_in_years breed color gender_raw is_fixed is_service_animal name
        notes type weight_in_pounds custom_data""".split(),
    "applicants": f"""{_IN_COMMON} age_in_years breed color gender_raw is_declawed is_fixed
        is_service_animal is_trained is_vaccinated name notes type weight_in_pounds
        custom_data""".split(),
    "residents": f"""{_IN_COMMON} name type breed gender_raw age_in_years weight_in_pounds is_fixed
        is_service_animal notes custom_data""".split(),
}

_PLATE_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


class Pet(NamedTuple):
    """An animal, the same one in every record of its owner."""

    name: str
    breed: Breed
    age_in_years: int
    gender: str
    is_fixed: bool
    is_service_animal: bool


def some_pets(fakes: Fakes) -> tuple[Pet, ...]:
    """Draw the animals of one household; most have none."""
    return tuple(_some_pet(fakes) for _ in range(fakes.pick(_PETS_KEPT)))


def _some_pet(fakes: Fakes) -> Pet:
    # The law knows dogs and miniature horses as service animals, and no others.
    is_service_animal = fakes.chance(0.06)
    return Pet(
        name=fakes.pick(tables_of("people")["pet_names"]),
        breed=fakes.pick(_breeds("service_animals" if is_service_animal else "breeds")),
        age_in_years=1 + int(fakes.random.random() * 12),
        gender=fakes.pick(("Female", "Male")),
        is_fixed=fakes.chance(0.8),
        is_service_animal=is_service_animal,
    )


def pets_in(owners: str, place: Place, pets: tuple[Pet, ...], known: int) -> list[Record]:
    """Write down the animals as the records of these owners (leads, residents ...) show them."""
    return [_pet_record(owners, place, pet, known) for pet in pets]


def _pet_record(owners: str, place: Place, pet: Pet, known: int) -> Record:
    known_facts = _part(place, known) | _features(pet)
    known_facts["x_id"] = place.next_x_id("pets")
    return {name: known_facts[name] for name in PET_FIELDS[owners]}


def _features(pet: Pet) -> Record:
    is_cat = pet.breed.type == "Cat"
    return {
        "name": pet.name,
        "type": pet.breed.type,
        "breed": pet.breed.name,
        "color": pet.breed.color,
        "weight_in_pounds": pet.breed.weight_in_pounds,
        "age_in_years": pet.age_in_years,
        "gender_raw": pet.gender,
        "is_fixed": pet.is_fixed,
        "is_service_animal": pet.is_service_animal,
        "is_declawed": False if is_cat else None,
        "is_trained": None if is_cat else True,
        "is_vaccinated": True,
        "notes": None,
        "custom_data": {},
    }


def _part(place: Place, known: int) -> Record:
    written = iso(known)
    return {
        "id": cuid(place.random),
        "created_at": written,
        "updated_at": written,
        "last_seen": place.system.last_seen,
    }


def screening(place: Place, status: str, known: int, screened: int | None) -> Record:
    """Write down a background check; a system without ids for them shows a digest instead."""
    return {
        "id": cuid(place.random),
        "created_at": iso(known),
        "last_seen": place.system.last_seen,
        "x_id": f"{place.random.getrandbits(256):064x}",
        "status_raw": status,
        "screening_date": None if screened is None else midnight_iso(screened),
    }


def vehicle(place: Place, known: int) -> Record:
    """Write down a car and its licence plate."""
    car = place.fakes.pick(tables_of("people")["cars"])
    return _part(place, known) | {
        "x_id": place.next_x_id("vehicles"),
        **car,
        "color": place.fakes.pick(tables_of("people")["car_colors"]),
        "year": str(2009 + int(place.random.random() * 15)),
        "license_plate_number": _plate(place.fakes),
        "license_plate_state": place.city.state,
        "notes": None,
        "custom_data": {},
    }


def _plate(fakes: Fakes) -> str:
    letters = "".join(fakes.pick(_PLATE_LETTERS) for _ in range(3))
    return f"{letters}{int(fakes.random.random() * 10_000):04d}"
