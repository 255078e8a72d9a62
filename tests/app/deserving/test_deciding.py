"""Who is proposed and who is left out, by facts alone: whatever they are, each member stands once, with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.deserving import LEFT_OUT_NAMES, LET_DOWN, REASONS, Deed, Offer, Person, Terms
from app.deserving.deciding import cooling, decide, suiting

NOW, TODAY, DAY = 1_795_000_000, "2026-11-18", 86_400
TERMS = Terms(180, 6_000, 1_000, "EUR")
MUG, BOX, CARD = Offer(1, "Mug", "swag", 900), Offer(2, "Box", "box", 2_400), Offer(3, "Card", "card", 300)
OFFERS = (MUG, BOX, CARD)


def why_out(person: Person, kind: str = "helped", terms: Terms = TERMS) -> str:
    proposed, left_out = decide([Deed(person.id, kind, NOW)], {person.id: person}, OFFERS, terms, NOW, TODAY)
    assert len(proposed) + len(left_out) == 1
    return left_out[0].why if left_out else ""


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (Person(1, "Anna"), ""),
        (Person(1, "Anna", kind="staff"), "staff"),
        (Person(1, "Anna", kind="former_staff"), ""),
        (Person(1, "Anna", is_teammate=True), "teammate"),
        (Person(1, "Anna", kind="press"), "outside"),
        (Person(1, "Anna", minor=True), "minor"),
        (Person(1, "Anna", do_not_gift=True), "no_gifts"),
        (Person(1, "Anna", do_not_contact=True), "no_contact"),
        (Person(1, "Anna", do_not_contact=True, has_address=True), ""),
        (Person(1, "Anna", passed_until=TODAY), "not_now"),
        (Person(1, "Anna", passed_until="2026-11-17"), ""),
        (Person(1, "Anna", idea="Mug"), "idea"),
        (Person(1, "Anna", last_at=NOW - 180 * DAY + 1), "cool_down"),
        (Person(1, "Anna", last_at=NOW - 180 * DAY), ""),
        (Person(1, "Anna", year_sum=6_000), "year"),
        (Person(1, "Anna", year_sum=5_999), ""),
        (Person(1, "Anna", public_servant=True), ""),
        (Person(1, "Anna", public_servant=True, year_sum=800), "public_servant"),
        (Person(1, "Anna", public_servant=True, year_sum=1_000), "public_servant"),
    ],
)
def test_who_is_left_out_and_why(person: Person, why: str) -> None:
    assert why_out(person) == why


def test_making_it_good_does_not_wait_for_the_cool_down_but_for_all_else() -> None:
    lately = Person(1, "Anna", last_at=NOW - DAY)
    assert [kind for kind in REASONS if not why_out(lately, kind)] == list(LET_DOWN)
    assert why_out(Person(1, "Anna", last_at=NOW - DAY, do_not_gift=True), "problem") == "no_gifts"


def test_a_public_servant_gets_nothing_where_nothing_is_set() -> None:
    nothing = TERMS._replace(servant_worth=0)
    assert why_out(Person(1, "Anna", public_servant=True), terms=nothing) == "public_servant"
    assert why_out(Person(1, "Anna", year_sum=99_999), terms=TERMS._replace(year_worth=0)) == ""


def test_the_item_suits_the_occasion_and_what_is_left() -> None:
    anna = Person(1, "Anna")
    assert suiting(OFFERS, anna, "made_right", TERMS) == BOX
    assert suiting(OFFERS, anna, "thank_you", TERMS) == MUG
    assert suiting(OFFERS, anna, "birthday", TERMS) == CARD
    assert suiting(OFFERS, Person(1, "Anna", year_sum=5_000), "made_right", TERMS) == MUG
    assert suiting(OFFERS, Person(1, "Anna", year_sum=5_900), "made_right", TERMS) is None
    assert suiting(OFFERS, Person(1, "Anna", had=frozenset({2})), "made_right", TERMS) == MUG
    assert suiting((MUG, BOX._replace(low=True)), anna, "made_right", TERMS) == MUG
    assert suiting(OFFERS, Person(1, "Anna", public_servant=True), "made_right", TERMS) == MUG
    assert suiting((Offer(4, "Pin", "swag", 0),), Person(1, "Anna", public_servant=True), "surprise", TERMS) is None


PEOPLE = some.builds(
    Person,
    id=some.integers(1, 6),
    name=some.sampled_from(["Anna", "Béla", "Žofie"]),
    kind=some.sampled_from(["customer", "staff", "press", "partner"]),
    minor=some.booleans(),
    do_not_gift=some.booleans(),
    do_not_contact=some.booleans(),
    public_servant=some.booleans(),
    has_address=some.booleans(),
    passed_until=some.sampled_from(["", "2026-11-01", "2027-01-01"]),
    idea=some.sampled_from(["", "Mug"]),
    last_at=some.sampled_from([0, NOW - DAY, NOW - 400 * DAY]),
    year_sum=some.integers(0, 8_000),
    had=some.frozensets(some.integers(1, 3)),
)
DEEDS = some.lists(
    some.builds(
        Deed, some.integers(1, 6), some.sampled_from(REASONS), some.integers(NOW - 60 * DAY, NOW),
        number=some.integers(0, 20),
    ),
    max_size=12,
)  # fmt: skip
TERMS_OF = some.builds(
    Terms, some.sampled_from([0, 180]), some.sampled_from([0, 2_000, 6_000]), some.sampled_from([0, 1_000]),
    some.just("EUR"),
)  # fmt: skip


@given(
    some.lists(PEOPLE, max_size=6, unique_by=lambda person: person.id),
    DEEDS,
    some.lists(some.sampled_from(OFFERS), unique=True),
    TERMS_OF,
)
def test_everybody_with_a_reason_stands_once_and_nobody_gets_more_than_they_may(
    people: list[Person], deeds: list[Deed], offers: list[Offer], terms: Terms
) -> None:
    known = {person.id: person for person in people}
    proposed, left_out = decide(deeds, known, offers, terms, NOW, TODAY)
    stood = [one.person.id for one in proposed] + [one.person.id for one in left_out]
    assert sorted(stood) == sorted({deed.member_id for deed in deeds} & known.keys())
    for one in left_out:
        assert one.why in LEFT_OUT_NAMES
    for gift in proposed:
        person, kinds = gift.person, [deed.kind for deed in gift.deeds]
        assert person.kind not in ("staff", "press")
        assert not any((person.minor, person.do_not_gift, person.idea))
        assert person.passed_until < TODAY
        assert not cooling(person, terms, NOW) or kinds[0] in LET_DOWN
        assert kinds == sorted(kinds, key=REASONS.index)
        assert sorted(gift.deeds) == sorted(deed for deed in deeds if deed.member_id == person.id)
        if gift.item is not None:
            total = person.year_sum + gift.item.worth
            assert not terms.year_worth or total <= terms.year_worth
            assert not person.public_servant or total <= terms.servant_worth
    ranks = [REASONS.index(one.deeds[0].kind) for one in proposed]
    assert ranks == sorted(ranks)


def test_what_got_lost_is_best_sent_again_and_a_size_is_nothing_to_guess_at() -> None:
    sized, tote = Offer(4, "Shirt", "swag", 1_600, sized=True), Offer(5, "Tote", "swag", 1_200)
    anna = Person(1, "Anna")
    assert suiting([sized, tote], anna, "thank_you", TERMS) == tote
    assert suiting([sized], anna, "thank_you", TERMS) == sized
    assert suiting(OFFERS, anna, "made_right", TERMS) == BOX
    assert suiting(OFFERS, anna, "made_right", TERMS, again="Card") == CARD
    for kind, item in (("lost", CARD), ("returned", CARD), ("problem", BOX)):
        proposed, _ = decide([Deed(1, kind, NOW, "Card")], {1: anna}, OFFERS, TERMS, NOW, TODAY)
        assert proposed[0].item == item
