"""Introducing a helper, telling what was answered, and what is done when no answer comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.following.days import by_when
from app.handoffs.ladder import PASS_ON, REMIND, TELL
from app.inbox import drafts
from app.voice import Draft, Rule
from app.workbench import Workbench
from tests.app.saying import differences, rows

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def talk(bench: Workbench) -> int:
    """An unhappy comment in Greek on a demo blog, an account for letters, and three who could help."""
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO account (kind, name, own, mode, created_at) VALUES ('wordpress', 'Blog', 'sitrona', 'demo', 0)"
        )
    bench.accounts.add_demo("email", "E-mail", "sitrona", at=0, ok_at=0, fields={"address": "us@sitrona.example"})
    taken = bench.intake.take(1, [
        Incoming("a", clock.now() - 300, "Το κουτί έφτασε σπασμένο και κανείς δεν απαντά",
                 Author("eleni", "eleni", "Ελένη"), thread="t", title="Κουτί"),
    ])  # fmt: skip
    bench.teammates.add("Jón Einarsson", email="jon@sitrona.example", languages="is en", subjects=["κουτί"])
    bench.teammates.add("Petra Nová", languages="cs")
    bench.teammates.add("Ondřej Malý", languages="cs")
    bench.teammates.edit(1, {"stand_in_id": 3})
    return next(iter(taken.conversation_ids))


def introduce(bench: Workbench, talk: int) -> tuple[int, int]:
    words = bench.following.introduction(talk, 1, (bench_today() + timedelta(days=2)).isoformat())
    made = bench.following.hand_off(talk, 1, "Send a new box", reply=bench.voice.clear(words))
    assert made.outbox_id is not None
    return made.handoff_id, made.outbox_id


def another_writes(bench: Workbench) -> None:
    maria = Author("maria", "maria", "Μαρία")
    bench.intake.take(1, [Incoming("b", clock.now() - 100, "Και το δικό μου!", maria, thread="t", title="Κουτί")])


def bench_today() -> date:
    return clock.local(clock.now()).date()


def late(bench: Workbench, talk: int | None, days: int = 10) -> int:
    day = (bench_today() - timedelta(days=days)).isoformat()
    return bench.handoffs.add(talk, 1, "Send a new box", needed_by=day)


# --- introducing


def test_the_introduction_names_helper_and_day_in_the_members_language(bench: Workbench, talk: int) -> None:
    day = bench_today() + timedelta(days=2)
    words = bench.following.introduction(talk, 1, day.isoformat())
    assert words.language == "el"
    assert by_when(day.isoformat(), bench_today(), "el") in words.text
    assert "{{" not in words.text
    icelandic = bench.following.introduction(talk, 1, day.isoformat(), "is")
    assert "Jón" in icelandic.text


def test_reply_and_hand_off_are_one_action(bench: Workbench, talk: int) -> None:
    handoff, reply = introduce(bench, talk)
    assert bench.handoffs.get(handoff).introduced_outbox_id == reply
    assert bench.inbox.row(talk).state == "waiting"
    bench.outbox.undo_send(reply)
    assert bench.handoffs.listed("all") == []
    assert bench.outbox.entries(conversation_id=talk) == []
    assert bench.inbox.row(talk).state == "needs_me"


def test_whom_it_is_for_is_told_also_where_another_wrote_later(bench: Workbench, talk: int) -> None:
    another_writes(bench)
    with bench.store.write() as conn:
        conn.execute("UPDATE member SET greeting = 'Γεια σου, Ελένη' WHERE name = 'Ελένη'")
        conn.execute("UPDATE member SET greeting = 'Γεια σου, Μαρία' WHERE name = 'Μαρία'")
    assert bench.outbox.way(talk).whom == "Μαρία"
    words = bench.following.introduction(talk, 1, (bench_today() + timedelta(days=2)).isoformat())
    assert ("Ελένη" in words.text, "Μαρία" in words.text) == (True, False)
    handoff, reply = introduce(bench, talk)
    assert bench.outbox.get(reply).member == bench.handoffs.get(handoff).member == "Ελένη"
    bench.handoffs.edit(handoff, {"status": "solved", "answer": "Στάλθηκε"})
    told = bench.following.draft_answer(handoff)
    assert ("Ελένη" in told.text, "Μαρία" in told.text) == (True, False)
    opened = bench.inbox.open(talk)
    assert opened.answering is not None
    assert opened.answering.name == "Ελένη"


def test_a_draft_to_another_is_not_taken_along(bench: Workbench, talk: int) -> None:
    another_writes(bench)
    maria = bench.outbox.way(talk)
    assert maria.whom == "Μαρία"
    latest = max(line.id for line in bench.inbox.open(talk).lines)
    with bench.store.write() as conn:
        drafts.save(conn, drafts.Draft(talk, "Μαρία, το βλέπω", "el", latest))
    with pytest.raises(UserError, match="A draft to Μαρία is there"):
        introduce(bench, talk)
    kept = bench.inbox.open(talk)
    assert kept.draft == "Μαρία, το βλέπω"
    assert bench.handoffs.listed("all") == []


def test_what_the_guide_blocks_does_not_go_to_a_teammate_either(bench: Workbench, talk: int) -> None:
    bench.voice.add_rule(Rule(0, ("idiot",), "block", "It hurts."))
    with pytest.raises(UserError, match="It hurts"):
        bench.following.hand_off(talk, 1, "This idiot wants a box")
    assert bench.handoffs.listed("all") == []


# --- telling


def test_the_answer_is_drafted_in_the_members_language(bench: Workbench, talk: int) -> None:
    handoff, _ = introduce(bench, talk)
    with pytest.raises(UserError, match="hasn't answered yet"):
        bench.following.answer_words(handoff)
    bench.handoffs.answer(handoff, "solved", "New box left today,\nsecond floor")
    words = bench.following.draft_answer(handoff)
    assert (words.language, "New box left today, second floor" in words.text) == ("el", True)
    assert bench.inbox.open(talk).draft == words.text
    bench.actions.undo()
    assert bench.inbox.open(talk).draft == ""


def test_another_draft_is_never_written_over(bench: Workbench, talk: int) -> None:
    number = late(bench, talk)
    bench.inbox.keep_draft(talk, "My own words")
    with pytest.raises(UserError, match="A draft to Ελένη is there already"):
        bench.following.still_on_it(number)
    assert bench.inbox.open(talk).draft == "My own words"
    assert bench.following.steps(number) == []


# --- when no answer comes


def test_the_reminder_is_a_letter_in_their_language_and_nothing_is_sent(bench: Workbench, talk: int) -> None:
    number = late(bench, talk)
    found = bench.following.offer(number)
    assert found is not None
    assert found.offer.step == REMIND
    done = bench.following.remind(number)
    assert done.draft is not None
    assert [box.address for box in done.draft.receivers] == ["jon@sitrona.example"]
    assert done.draft.language == "is"
    assert "Send a new box" in done.text
    assert bench.outbox.counts()["held"] == 0
    assert [step.step for step in bench.following.steps(number)] == [REMIND]
    assert bench.following.offer(number) is None
    bench.actions.undo()
    assert bench.following.steps(number) == []
    assert bench.letters.drafts() == []


def test_a_reminder_that_was_sent_is_known(bench: Workbench, talk: int) -> None:
    number = late(bench, talk)
    done = bench.following.remind(number)
    assert done.draft is not None
    (sent,) = bench.letters.submit(bench.voice.clear(Draft(done.text)), done.draft)
    (step,) = bench.following.steps(number)
    assert (step.outbox_id, step.letter_draft_id) == (sent, None)


def test_without_an_address_the_words_are_there_to_be_copied(bench: Workbench, talk: int) -> None:
    number = late(bench, talk)
    bench.teammates.edit(1, {"email": ""})
    done = bench.following.remind(number)
    assert (done.draft, "Send a new box" in done.text) == (None, True)


def test_the_stand_in_is_the_second_name_and_does_not_know_yet(bench: Workbench, talk: int) -> None:
    number = late(bench, talk)
    with bench.store.write() as conn:
        bench.handoffs.mark_exported(conn, [number], clock.now())
    assert [one.teammate.name for one in bench.following.seconds(number)] == ["Ondřej Malý", "Petra Nová"]
    bench.following.pass_on(number, 3)
    given = bench.handoffs.get(number)
    assert (given.teammate, given.exported_at, given.status) == ("Ondřej Malý", None, "sent")
    (step,) = bench.following.steps(number)
    assert (step.step, step.from_teammate_id, step.teammate_id) == (PASS_ON, 1, 3)
    assert [one.teammate.name for one in bench.following.seconds(number)] == ["Petra Nová"]
    with pytest.raises(UserError, match="with Ondřej Malý already"):
        bench.following.pass_on(number, 3)
    bench.actions.undo()
    assert (bench.handoffs.get(number).teammate, bench.following.steps(number)) == ("Jón Einarsson", [])


def test_telling_the_member_that_it_takes_longer_is_drafted_and_known_once_sent(bench: Workbench, talk: int) -> None:
    number = late(bench, talk)
    words = bench.following.still_on_it(number)
    assert words.language == "el"
    sent = bench.outbox.submit(bench.voice.clear(words), talk)
    (step,) = bench.following.steps(number)
    assert (step.step, step.outbox_id) == (TELL, sent)


def test_only_what_is_late_is_offered_the_latest_first(bench: Workbench, talk: int) -> None:
    soon = bench.handoffs.add(talk, 1, "Soon", needed_by=(bench_today() + timedelta(days=3)).isoformat())
    some, more = late(bench, talk, 10), late(bench, None, 30)
    assert [one.handoff.id for one in bench.following.offered()] == [more, some]
    assert bench.following.offer(soon) is None
    bench.handoffs.answer(more, "solved", "Done")
    assert [one.handoff.id for one in bench.following.offered()] == [some]
    with pytest.raises(UserError, match="has answered"):
        bench.following.remind(more)


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("en", 0, "today"),
        ("en", 3, "by Monday"),
        ("cs", 0, "dnes"),
        ("cs", 7, "do 27. 11."),
        ("hu", 3, "hétfőig"),
        ("is", 3, "á mánudaginn"),
        ("el", 3, "έως τη Δευτέρα"),
        ("en", 30, "by 20 December"),
        ("de", 3, ""),
    ],
)
def test_by_when_is_said_as_people_say_it(language: str, days: int, words: str) -> None:
    assert by_when((FRIDAY + timedelta(days=days)).isoformat(), FRIDAY, language) == words


@pytest.mark.parametrize(
    ("languages", "subject", "says"),
    [
        ("cs en", "Děkuji za pomoc", "za pomoc s touto věcí:\n\nΕλένη: Send a new box"),
        ("el", "Ευχαριστώ για τη βοήθεια", "που βοηθήσατε με αυτό:\n\nΕλένη: Send a new box"),
        ("hu", "Köszönöm a segítséget", "hogy segítettél ebben:\n\nΕλένη: Send a new box"),
        ("is", "Takk fyrir hjálpina", "hjálpina með þetta:\n\nΕλένη: Send a new box"),
        ("en", "Thank you for your help", "help with this:\n\nΕλένη: Send a new box"),
        ("pl", "Thank you for your help", "help with this:\n\nΕλένη: Send a new box"),
    ],
)
def test_a_letter_of_thanks_is_in_their_language_and_names_what_they_helped_with(
    bench: Workbench, talk: int, languages: str, subject: str, says: str
) -> None:
    number = bench.handoffs.add(talk, 1, "Send a new box")
    bench.teammates.edit(1, {"languages": languages})
    draft = bench.following.thank(1, "It made her day {really}.", number)
    assert draft is not None
    assert (draft.subject, draft.receivers[0].address) == (subject, "jon@sitrona.example")
    assert says in draft.text
    assert draft.text.endswith("It made her day {really}.")
    other = bench.following.thank(1, "It made my day.")
    assert other is not None
    assert "Ελένη" not in other.text
    assert [one.handoff_id for one in bench.teammates.thanks(1)] == [None, number]


def test_thanks_to_whom_no_letter_reaches_are_kept_and_one_undo_takes_thanks_and_letter_back(
    bench: Workbench, talk: int
) -> None:
    assert talk
    assert bench.following.thank(2, "You were quick") is None
    assert [one.words for one in bench.teammates.thanks(2)] == ["You were quick"]
    assert not bench.following.can_write_to(2)
    before = rows(bench.store)
    bench.following.thank(1, "You were quick")
    bench.actions.undo()
    assert differences(before, rows(bench.store)) == {}
    with pytest.raises(UserError, match="Say what you thank Jón Einarsson for"):
        bench.following.thank(1, "  ")
    assert bench.letters.drafts() == []
