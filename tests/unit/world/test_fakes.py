"""Are made-up people believable, and the same again for the same seed?"""

import re

from mock_server.world.fakes import Fakes, letters_of


def fakes(seed: int = 7) -> Fakes:
    return Fakes(seed)


def test_the_same_seed_makes_up_the_same_people() -> None:
    one, other = fakes(), fakes()
    assert [one.person() for _ in range(50)] == [other.person() for _ in range(50)]


def test_another_seed_makes_up_others() -> None:
    one, other = fakes(1), fakes(2)
    assert [one.person() for _ in range(20)] != [other.person() for _ in range(20)]


def test_names_and_emails_agree() -> None:
    people = fakes()
    for person in (people.person() for _ in range(500)):
        expected = f"{letters_of(person.first_name)}.{letters_of(person.last_name)}"
        assert re.fullmatch(rf"{expected}\d*@example\.(com|net|org)", person.email)


def test_namesakes_have_emails_of_their_own() -> None:
    people = fakes()
    emails = [people.person().email for _ in range(20_000)]
    assert len(set(emails)) == len(emails)


def test_an_employer_gives_the_mail_domain() -> None:
    assert fakes().person(at="maple.example.com").email.endswith("@maple.example.com")


def test_a_name_is_first_and_last() -> None:
    person = fakes().person()
    assert person.name == f"{person.first_name} {person.last_name}"


def test_names_are_spelled_as_their_bearers_do() -> None:
    people = fakes()
    names = {people.person().last_name for _ in range(5_000)}
    assert not [each for each in names if each.startswith("Mc") and each[2].islower()]
    assert {"McDonald", "O'Brien"} & names
    assert not {"Obrien", "Oconnor", "Oneal", "Oneill"} & names


def test_phones_are_fictional_and_dialable() -> None:
    people = fakes()
    for phone in (people.phone("617") for _ in range(200)):
        assert re.fullmatch(r"\(617\) 555-01\d\d", phone)
        assert re.fullmatch(r"[2-9]\d{9}", re.sub(r"\D", "", phone))


def test_british_phones_are_those_kept_for_drama() -> None:
    people = fakes()
    for phone in (people.uk_phone() for _ in range(200)):
        assert re.fullmatch(r"07700 900\d{3}", phone)


def test_british_people_and_streets_are_british() -> None:
    people = fakes()
    women, men = (
        {people.uk_person(is_woman=each).first_name for _ in range(200)} for each in (True, False)
    )
    assert len(women & men) < 5
    assert "@example." in people.uk_person(is_woman=True).email
    assert re.fullmatch(r"\d+ \w+ (Avenue|Close|Crescent|Drive|Gardens|Lane|Road|Street)",
                        people.uk_street())  # fmt: skip


def test_american_streets_have_a_number_a_name_and_an_ending() -> None:
    assert re.fullmatch(r"\d+ \w+ (Ave|Blvd|Ct|Dr|Ln|Pl|Rd|St|Way)", fakes().street())


def test_drawing_stays_inside_the_pool_and_reaches_all_of_it() -> None:
    people = fakes()
    assert {people.pick("abc") for _ in range(200)} == {"a", "b", "c"}


def test_chance_keeps_to_its_share() -> None:
    people = fakes()
    hits = sum(people.chance(0.25) for _ in range(4_000))
    assert 850 < hits < 1_150
