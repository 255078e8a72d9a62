"""Whom a conversation is handed to most likely, and what is open already."""

from __future__ import annotations

from datetime import date

import pytest

from app.base.errors import UserError
from app.base.paths import Profile
from app.handoffs import Handoffs, already, joined, reason, suggested, suggested_for_all, suggested_without_talk
from app.handoffs.likely import about, open_of
from app.workbench import Workbench
from tests.app.handoffs.people import TODAY, community, talk

_JON, _DORA, _ONDREJ = "Jón Einarsson", "Farkas Dóra", "Ondřej Malý"


@pytest.fixture
def people(bench: Workbench) -> Workbench:
    """Three teammates: who helps with parcels, who knows Hungarian, who does both."""
    return community(bench)


@pytest.mark.parametrize(
    ("language", "title", "labels", "said", "first"),
    [
        ("hu", "Kérdés", (), "Mikor jön?", _DORA),  # nothing names a subject: the language
        (
            "hu",
            "Kérdés",
            ("parcel",),
            "Mikor jön?",
            _ONDREJ,
        ),  # the label names it; of two who help the one who knows hu
        ("is", "Kassinn", ("parcel",), "Hvar er hann?", _JON),
        ("cs", "Kde je parcel?", (), "", _JON),  # the title does too; nobody knows the language: by name
        ("en", "Hello", (), "Two parcels are late", _JON),  # what was said, inflected
        ("hu", "Poster", (), "Where is my poster?", _DORA),
        ("el", "Ερώτηση", (), "Πότε;", _DORA),  # nothing at all: by name
    ],
)
def test_subject_comes_first_then_language(
    people: Workbench, language: str, title: str, labels: tuple[str, ...], said: str, first: str
) -> None:
    opened = talk(people, title, said, language, labels)
    found = suggested(opened, people.teammates.all(), [], TODAY)
    assert found.people[0].teammate.name == first
    assert len(found.people) == 3
    assert found.open is None


def test_what_is_asked_for_counts_too(people: Workbench) -> None:
    opened = talk(people, "Kérdés", "Mikor?", "hu", ())
    assert suggested(opened, people.teammates.all(), [], TODAY, "about the parcel").people[0].teammate.name == _ONDREJ


def test_our_own_words_name_no_subject(people: Workbench) -> None:
    opened = talk(people, "Kérdés", "Mikor jön?", "hu", ())
    ours = opened._replace(lines=(*opened.lines, opened.lines[-1]._replace(out=True, text="your parcel")))
    assert "parcel" not in about(ours)
    assert suggested(ours, people.teammates.all(), [], TODAY).people[0].teammate.name == _DORA


def test_the_kind_follows_from_the_mood(people: Workbench) -> None:
    opened = talk(people, "Kérdés", "Mikor?", "hu", ())
    assert suggested(opened, [], [], TODAY).kind == "question"
    assert suggested(opened._replace(row=opened.row._replace(unhappy=True)), [], [], TODAY).kind == "problem"


def test_an_open_hand_off_is_named_until_it_is_answered(people: Workbench) -> None:
    opened = talk(people, "Kérdés", "Mikor?", "hu", ())
    desk: Handoffs = people.handoffs
    jon = people.teammates.named("Jón").id
    first = desk.add(opened.row.id, jon, "Call the courier", needed_by="2099-01-01")
    found = open_of(desk.of_conversation(opened.row.id))
    assert found is not None
    assert found.id == first
    assert already(found, TODAY) == "Already with Jón Einarsson, not sent yet."
    desk.answer(first, "seen")
    assert already(desk.get(first), TODAY) == "Already with Jón Einarsson, seen."
    desk.add_to(first, "and say when")
    assert desk.get(first).ask == "Call the courier. and say when"
    assert desk.get(first).rev == 3
    people.actions.undo()
    assert desk.get(first).ask == "Call the courier"
    with pytest.raises(UserError, match="one sentence"):
        desk.add_to(first, "  ")
    second = desk.add(opened.row.id, jon, "Another")
    assert getattr(open_of(desk.of_conversation(opened.row.id)), "id", 0) == second
    desk.answer(second, "solved", "Done")
    desk.answer(first, "declined", "No")
    assert open_of(desk.of_conversation(opened.row.id)) is None
    with pytest.raises(UserError, match="answered this already"):
        desk.add_to(first, "More")


@pytest.mark.parametrize(
    ("before", "more", "whole"),
    [
        ("Call", "again", "Call. again"), ("Call.", " again ", "Call. again"), ("Really?", "Yes", "Really? Yes"),
        ("Γιατί;", "Πότε;", "Γιατί; Πότε;"), ("", "again", "again"),
    ],
)  # fmt: skip
def test_requests_are_joined_as_sentences(before: str, more: str, whole: str) -> None:
    assert joined(before, more) == whole


def test_the_reason_is_said(people: Workbench) -> None:
    opened = talk(people, "Parcel", "Hol van?", "hu", ())
    people.teammates.edit(people.teammates.named("Jón").id, {"stand_in_id": people.teammates.named("Farkas").id,
                                                              "away_from": "2026-11-01"})  # fmt: skip
    found = suggested(opened, people.teammates.all(), [], date(2026, 11, 30)).people
    said = {one.teammate.name: reason(one) for one in found}
    assert said[_ONDREJ] == "Helps with parcel. Knows the member's language."
    assert said[_DORA] == "Stands in for Jón Einarsson. Helps with parcel. Knows the member's language."


@pytest.mark.parametrize(
    ("languages", "labels", "first"),
    [
        (("hu", "hu"), (("parcel",), ()), _ONDREJ),  # the label of one names a subject, and all are in a language
        (("hu", "cs"), (("parcel",), ()), _JON),  # no language in common: by subject, then by name
        (("hu", "hu"), ((), ()), _DORA),
    ],
)
def test_of_several_the_labels_of_all_and_the_language_in_common_count(
    people: Workbench, languages: tuple[str, str], labels: tuple[tuple[str, ...], ...], first: str
) -> None:
    row = talk(people, "Kérdés", "Mikor?", "hu", ()).row
    rows = [
        row._replace(language=language, labels=tuple((name, "") for name in marked))
        for language, marked in zip(languages, labels, strict=True)
    ]
    found = suggested_for_all(rows, people.teammates.all(), TODAY)
    assert (found.people[0].teammate.name, found.kind) == (first, "question")
    rows[1] = rows[1]._replace(unhappy=True)
    assert suggested_for_all(rows, people.teammates.all(), TODAY).kind == "problem"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Where can I buy that T-shirt?"),
        ("cs", "Dá se to tričko někde koupit? Vzala bych dvě trička."),
        ("cs", "S tričkem jsem spokojená."),
        ("hu", "Lesz ilyen póló? Kettőt kérnék."),
        ("el", "Θα βγει και σε μπλουζάκια;"),
        ("is", "Hvar fæ ég svona bol?"),
    ],
)
def test_a_subject_is_known_in_the_members_language(people: Workbench, language: str, said: str) -> None:
    people.teammates.add("Hildur Björk", subjects=["T-shirt"], languages="is")
    people.teammates.add("Aneta Press", subjects=["press"], languages="cs en el hu is")  # she only shares the language
    found = suggested(talk(people, "–", said, language, ()), people.teammates.all(), [], TODAY).people[0]
    assert (found.teammate.name, found.subjects) == ("Hildur Björk", ("T-shirt",))


def test_the_post_above_names_a_subject_too_but_what_was_said_counts_more(people: Workbench) -> None:
    opened = talk(people, "Kérdés", "Mikor jön?", "hu", ())._replace(post_title="How the parcel is packed")
    assert suggested(opened, people.teammates.all(), [], TODAY).people[0].teammate.name == _ONDREJ
    people.teammates.add("Aneta Press", subjects=["press"], languages="cs")
    asked = opened._replace(lines=(opened.lines[0]._replace(text="Az újságíró kérdezi."),))
    assert suggested(asked, people.teammates.all(), [], TODAY).people[0].teammate.name == "Aneta Press"


@pytest.mark.parametrize(
    "title", ["Tričko s citronem", "The lemon in glasses on a T-shirt", "Είκοσι δύο μπλουζάκια για τη Β΄ τάξη"]
)
def test_a_t_shirt_question_of_the_demo_goes_to_design(demo_profile: Profile, title: str) -> None:
    bench = Workbench(demo_profile)
    try:
        (number,) = bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()
        first = suggested(bench.inbox.open(number), bench.teammates.all(), [], TODAY).people[0]
        assert first.teammate.name.startswith("Hildur")
        assert first.subjects == ("T-shirt",)
    finally:
        bench.close()


@pytest.mark.parametrize(
    ("words", "language", "member_kind", "first", "kind"),
    [
        ("Where should the parcel go?", "hu", "", _ONDREJ, "question"),  # the words name it; of two, who knows hu
        ("Lemon tote", "hu", "", _DORA, "question"),  # nothing names a subject: the language
        ("Where is the parcel?", "is", "press", _JON, "press"),
    ],
)
def test_a_matter_without_a_conversation_goes_by_its_words_then_by_language(
    people: Workbench, words: str, language: str, member_kind: str, first: str, kind: str
) -> None:
    found = suggested_without_talk(words, language, people.teammates.all(), [], TODAY, member_kind)
    assert (found.people[0].teammate.name, found.kind, found.press) == (first, kind, kind == "press")
    assert found.open is None


def test_what_is_open_is_told_apart_by_what_it_is_about(people: Workbench) -> None:
    bench = people
    jon, opened = bench.teammates.named("Jón").id, talk(people, "Kérdés", "Mikor jön?", "hu", ())
    member = opened.row.member_id or 0
    gift = bench.gifts.log(member, "Lemon tote", "Kind words", "12")
    other = bench.gifts.log(member, "Sticker sheet", "Kind words", "2")
    bench.handoffs.add(opened.row.id, jon, "Where is it?")
    about_gift = bench.handoffs.add(None, jon, "Where to?", details={"gift_id": gift})
    matter = bench.handoffs.add(None, jon, "May she sell them?", details={"member_id": member})
    assert [one.id for one in bench.handoffs.of_gift(gift)] == [about_gift]
    assert bench.handoffs.of_gift(other) == []
    assert [one.id for one in bench.handoffs.without_talk(member)] == [matter]
