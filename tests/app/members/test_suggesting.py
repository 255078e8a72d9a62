"""Who may be one person, and why: the table of cases says which pairs are found, and which are not."""

from __future__ import annotations

import pytest

from app.base.addresses import PERSON_MARK
from app.intake import Intake
from app.members import Members, reasons
from app.members.short_names import LANGUAGES, _forms
from app.members.suggesting import (
    ADDRESS,
    FORM,
    HANDLE,
    NAME,
    PHONE,
    SITE,
    THREAD,
    Name,
    Person,
    Reason,
    suggestions,
)
from app.settings import Settings
from app.store.store import Store
from tests.app.saying import NOW, account, said


def on(number: int, kind: str, key: str, url: str = "") -> Name:
    return Name(number, kind, key, key, url, by_address=kind == "email")


def found(*people: Person, talks: dict[int, set[int]] | None = None) -> list[str]:
    """The codes of the reasons for the only pair; [] for none."""
    pairs = suggestions(people, talks or {}, set())
    assert len(pairs) <= 1
    return [reason.code for pair in pairs for reason in pair.reasons]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Ελένη Παπαδοπούλου", "Eleni Papadopoulou", "el"),
        ("Ελένη Παπαδοπούλου", "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ", "el"),
        ("Γιώργος Οικονόμου", "Giorgos Ikonomou", "el"),
        ("Ευτυχία Μπέλλου", "Eftychia Bellou", "el"),
        ("Kovács Anna", "Anna Kovács", "hu"),
        ("Žofie Dvořáková", "Zofie Dvorakova", "cs"),
        ("Jón Þór Karlsson", "Jon Thor Karlsson", "is"),
        ("Anna María Jónsdóttir", "Anna Maria Jonsdottir", "is"),
        ("Björk Guðmundsdóttir Hansen", "Bjork Gudmundsdottir Hansen", "is"),
        ("Johan Andersson", "Johan Andersson", "sv"),
    ],
)
def test_the_same_whole_name_in_the_same_language(one: str, other: str, language: str) -> None:
    assert found(Person(1, one, language), Person(2, other, language)) == [NAME]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Person(1, "Anna Jónsdóttir", "is"), Person(2, "Katrín Jónsdóttir", "is")),  # daughters of two men called Jón
        (Person(1, "Anna Jónsdóttir", "is"), Person(2, "Anna Jónsdóttir", "is")),
        (Person(1, "Jan Novák", "cs"), Person(2, "Jan Novák", "hu")),  # another language
        (Person(1, "Jan Novák", "cs"), Person(2, "Petr Novák", "cs")),
        (Person(1, "Petra Nováková", "cs"), Person(2, "Petr Novák", "cs")),
        (Person(1, "Anna", "cs"), Person(2, "Anna", "cs")),
        (Person(1, "A Nagy", "hu"), Person(2, "A Nagy", "hu")),
        (Person(1, "info@a.example"), Person(2, "info@a.example")),
        (Person(1, "", "cs"), Person(2, "", "cs")),
        (Person(1, "Ελένη Παπαδοπούλου", "el"), Person(2, "Eleni Papadopoulos", "el")),
    ],
)
def test_what_many_share_is_no_reason(one: Person, other: Person) -> None:
    assert found(one, other) == []


def test_a_name_that_five_have_is_nobodys_own() -> None:
    assert suggestions([Person(number, "Jan Novák", "cs") for number in range(5)], {}, set()) == []
    assert len(suggestions([Person(number, "Jan Novák", "cs") for number in range(3)], {}, set())) == 3


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        # the same address on two channels
        (Person(1, "Petr", email="P@Example.org"), Person(2, "P", names=(on(1, "email", "p@example.org"),)), [ADDRESS]),
        (Person(1, "A", email="info@example.org"), Person(2, "B", email="info@example.org"), []),
        # two who share an address were told apart by the person
        (
            Person(1, "Anna", names=(on(1, "email", "a@x.example"),)),
            Person(2, "Bo", email="a@x.example", names=(on(2, "email", f"a@x.example{PERSON_MARK}bo"),)),
            [],
        ),
        # the same handle on two kinds
        (Person(1, "zofka", names=(on(1, "discourse", "zofka"),)),
         Person(2, "Ž. D.", names=(on(2, "mastodon", "Zofka@social.example"),)), [HANDLE]),
        (Person(1, "Jana Malá", names=(on(1, "email", "jana.mala@a.example"),)),
         Person(2, "J. M.", names=(on(2, "email", "jana.mala@b.example"),)), [HANDLE]),
        (Person(1, "A", names=(on(1, "discourse", "team"),)), Person(2, "B", names=(on(2, "mastodon", "team"),)), []),
        (Person(1, "A", names=(on(1, "discourse", "1234"),)), Person(2, "B", names=(on(2, "mastodon", "1234"),)), []),
        (Person(1, "A", names=(on(1, "discourse", "bob"),)), Person(2, "B", names=(on(2, "mastodon", "bob"),)), []),
        # whole names that share no word speak against it
        (Person(1, "Jana Malá", names=(on(1, "discourse", "citron"),)),
         Person(2, "Petr Veselý", names=(on(2, "mastodon", "citron"),)), []),
        # a given name as a handle is many people's
        (Person(1, "Zofie", names=(on(1, "discourse", "zofie"),)),
         Person(2, "Zofie K.", names=(on(2, "mastodon", "zofie"),)), []),
        (Person(1, "A", phone="+354 555 0100"), Person(2, "B", phone="00354 5550100"), [PHONE]),
        (Person(1, "A", website="https://www.kert.example/@anna/"),
         Person(2, "B", names=(on(1, "mastodon", "xx", "https://kert.example/@anna"),)), [SITE]),
    ],
)  # fmt: skip
def test_addresses_handles_numbers_and_pages(one: Person, other: Person, codes: list[str]) -> None:
    assert found(one, other) == codes


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Jana Nováková", "Jana", True),
        ("Jana Nováková", "jana.novakova@work.example", True),
        ("Ελένη Παπαδοπούλου", "Eleni", True),
        ("Jana Nováková", "Petr Novák", False),
        ("Anna Jónsdóttir", "Jónsdóttir", False),
        ("Jana Nováková", "info@work.example", False),
    ],
)
def test_a_second_address_in_one_thread(one: str, other: str, *, alike: bool) -> None:
    people = (
        Person(1, one, names=(on(11, "email", "a@x.example"),)),
        Person(2, other, names=(on(12, "email", "b@y.example"),)),
    )
    assert found(*people, talks={7: {11, 12}}) == ([THREAD] if alike else [])
    assert found(*people, talks={7: {11, 99}}) == []


def test_the_likeliest_comes_first_with_its_strongest_reason_first() -> None:
    people = [
        Person(1, "Jan Novák", "cs"), Person(2, "Jan Novák", "cs"),
        Person(3, "Eva Malá", "cs", "eva@x.example"), Person(4, "Eva Malá", "cs", "eva@x.example"),
    ]  # fmt: skip
    pairs = suggestions(people, {}, set())
    assert [(pair.one, pair.other, [reason.code for reason in pair.reasons]) for pair in pairs] == [
        (3, 4, [ADDRESS, NAME]), (1, 2, [NAME]),
    ]  # fmt: skip
    assert [pair.one for pair in suggestions(people, {}, {(3, 4)})] == [1]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason(ADDRESS, "a@x.example"), "Same address: a@x.example"),
        (Reason(HANDLE, "zofka", ("discourse", "mastodon")), "Same name on Forum and Mastodon: zofka"),
        (Reason(HANDLE, "jana.mala", ("email", "email")), "Same name in two e-mail addresses: jana.mala"),
        (Reason(NAME, "Jan Novák", ("cs", "cs")), "Same name, and both write in Czech"),
        (Reason(NAME, "Jan Novák", ("cs", "")), "Same name"),
        (Reason(NAME, "Ελένη Α", ("el", "en")), "Same name in two alphabets"),
        (Reason(PHONE, "+3545550100"), "Same phone number: +3545550100"),
        (Reason(SITE, "kert.example/@anna"), "Their website is the other's profile: kert.example/@anna"),
        (Reason(THREAD), "Two addresses in one conversation"),
        (Reason(FORM, "Kati", ("hu", "hu"), full="Katalin"), "Kati is short for Katalin"),
        (Reason(FORM, "Honza", ("cs", "cs"), full="Jan"), "Honza is another form of Jan"),
    ],
)
def test_a_reason_in_words(reason: Reason, said: str) -> None:
    assert reasons.in_words(reason) == said


@pytest.fixture
def members(store: Store) -> Members:
    """Jana by mail from two addresses in one thread; two Jans; Eleni in two scripts."""
    mail, blog = account(store, "email", "E-mail"), account(store)
    intake = Intake(store)
    intake.take(mail, [
        said("1", NOW, "Dobrý den", "jana@home.example", name="Jana Malá", thread="a"),
        said("2", NOW + 60, "Ještě něco", "jana@work.example", name="Jana", thread="a"),
    ])  # fmt: skip
    intake.take(blog, [
        said("3", NOW, "Ahoj", "jan1", name="Jan Novák"), said("4", NOW, "Nazdar", "jan2", name="Jan Novák"),
        said("5", NOW, "Γεια", "eleni", name="Ελένη Παππά"),
    ])  # fmt: skip
    desk = Members(store)
    desk.add("Eleni Pappa")
    return desk


def pairs_of(members: Members) -> list[tuple[str, str, list[str]]]:
    """Who is suggested, by name."""
    found = members.pairs.suggest()
    names = members.names([number for pair in found for number in (pair.one, pair.other)])
    return sorted((names[p.one], names[p.other], [reason.code for reason in p.reasons]) for p in found)


def test_the_file_is_read_once_and_pairs_are_told_with_their_reasons(members: Members) -> None:
    assert pairs_of(members) == [
        ("Jan Novák", "Jan Novák", [NAME]), ("Jana Malá", "Jana", [THREAD]), ("Ελένη Παππά", "Eleni Pappa", [NAME]),
    ]  # fmt: skip


def test_who_is_not_the_same_person_is_never_asked_about_again_also_after_a_merge(
    members: Members, store: Store
) -> None:
    one, other = sorted(members.find("jan novak"))
    assert members.pairs.set_apart(other, one)
    assert not members.pairs.set_apart(one, other)
    assert "Jan Novák" not in {pair[0] for pair in pairs_of(members)}
    second = members.add("Jan Novák")
    again = members.pairs.suggest()
    assert {(pair.one, pair.other) for pair in again if pair.reasons[0].code == NAME} >= {(one, second)}
    members.merge(second, other)  # whom one is told apart from
    assert (one, second) not in {(pair.one, pair.other) for pair in members.pairs.suggest()}
    members.pairs.part(second)
    row = store.read.execute("SELECT one_id, other_id FROM member_apart").fetchone()
    assert tuple(row) == (one, other)


def test_whoever_is_one_member_cannot_be_told_apart(members: Members) -> None:
    one, other = members.find("jan novak")
    members.merge(one, other)
    with pytest.raises(Exception, match="Part them first"):
        members.pairs.set_apart(one, other)


@pytest.mark.parametrize(
    ("typed", "home", "codes"),
    [("06 30 123 4567", "+36", [PHONE]), ("06 30 123 4567", "", []), ("601 234 567", "+420", [])],
)
def test_a_second_number_counts_and_one_without_its_country_is_of_ours(typed: str, home: str, codes: list[str]) -> None:
    second = Name(1, "phone", "+36 30 123 4567", "+36301234567", by_phone=True)
    assert found(Person(1, "A", names=(second,)), Person(2, "B", phone=typed, home=home)) == codes


def test_our_country_is_that_of_the_settings(members: Members, store: Store) -> None:
    one, other = members.add("A. B.", phone="06 30 123 4567"), members.add("C. D.", phone="+36 30 123 4567")
    assert (one, other) not in {(pair.one, pair.other) for pair in members.pairs.suggest()}
    Settings(store).put("country", "hu")
    assert (one, other) in {(pair.one, pair.other) for pair in members.pairs.suggest()}


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Nagy Kati", "Nagy Katalin", "hu"), ("Kati Nagy", "NAGY KATALIN", "hu"), ("Bob Smith", "Robert Smith", "en"),
        ("Honza Novák", "Jan Novak", "cs"), ("Γιώργος Παππάς", "Γεώργιος Παππάς", "el"),
        ("Siggi Hansen", "Sigurður Hansen", "is"), ("Kate Brown", "Catherine Brown", "en"),
        ("Bob Smith", "Robert Smith", ""), ("Tonda Novák", "Antonín Novák", "cs"),
    ],
)  # fmt: skip
def test_a_form_of_a_given_name_with_the_same_family_name(one: str, other: str, language: str) -> None:
    assert found(Person(1, one, language), Person(2, other, language)) == [FORM]
    assert found(Person(1, other, language), Person(2, one)) == [FORM]


@pytest.mark.parametrize(
    "people",
    [
        (("Bob Smith", "en"), ("Robert Brown", "en")),  # another family
        (("Bob Smith", "en"), ("Rob Smith", "en")),  # two forms: neither says that it is the other
        (("Bob Smith", "en"), ("Robert Smith", "de")),  # two languages
        (("Kati Nagy", "de"), ("Katalin Nagy", "de")),  # no form of that language
        (("Bob", "en"), ("Robert", "en")),  # a given name is many people's
        (("Gunna Jónsdóttir", "is"), ("Guðrún Jónsdóttir", "is")),  # and so it is with a father's name
        (("Kati Nagy", "hu"), ("Katalin Nagy", "hu"), ("Nagy Kata", "hu")),  # it may be either
        (("Honza Novák", "cs"), ("Jan Novák", "cs"), ("Jan Novák", "el")),
        (("Chris Smith", "en"), ("Kit Smith", "en")),
        (("Mary Smith", "en"), ("Maria Smith", "en")),
    ],
)  # fmt: skip
def test_few_are_called_one_by_a_form(people: tuple[tuple[str, str], ...]) -> None:
    every = [Person(number, name, language) for number, (name, language) in enumerate(people, 1)]
    assert FORM not in {reason.code for pair in suggestions(every, {}, set()) for reason in pair.reasons}


def test_the_reason_has_both_as_they_are_written() -> None:
    (pair,) = suggestions([Person(4, "NAGY KATALIN", "hu"), Person(5, "Kati Nagy", "hu")], {}, set())
    assert (pair.one, pair.other) == (4, 5)
    assert reasons.in_words(pair.reasons[0]) == "Kati is short for KATALIN"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_is_its_own_full_name(language: str) -> None:
    forms = _forms(language)
    assert len(forms) > 50
    assert not [short for short, full in forms.items() if short in full or not full]
