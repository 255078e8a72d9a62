"""Two members introduced: both asked first, then one letter to both, or a kind end; what came of it."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.introductions.standing import state
from app.outbox.letter_drafts import LetterDraft
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import account, said

WHY = "You both keep bees on a roof."


@pytest.fixture
def two(bench: Workbench) -> tuple[int, int]:
    """Anna, who reads English, and Petr, who reads Czech; both by e-mail."""
    account(bench.store, "email", "E-mail", own="us@club.example")
    return (
        bench.members.add("Anna Bell", email="anna@mail.example", language="en"),
        bench.members.add("Petr Novák", email="petr@mail.example", language="cs"),
    )


def stands(bench: Workbench, number: int) -> str:
    return state(bench.introductions.get(number), clock.now())


def send(bench: Workbench, draft: LetterDraft) -> int:
    cleared = bench.voice.clear(Draft(draft.text, draft.language, draft.template_id))
    (number,) = bench.letters.submit(cleared, draft)
    return number


def test_both_are_asked_by_a_draft_in_their_language_and_nothing_is_sent(
    bench: Workbench, two: tuple[int, int]
) -> None:
    begun = bench.introducing.begin(*two, WHY)
    anna, petr = begun.drafts
    assert begun.missing == ()
    assert (anna.language, petr.language) == ("en", "cs")
    assert "Petr Novák" in anna.text
    assert "Anna Bell" in petr.text
    assert WHY in anna.text
    assert anna.subject == "Would you like to meet Petr Novák?"
    assert bench.store.read.execute("SELECT count(*) FROM outbox").fetchone()[0] == 0
    assert stands(bench, begun.introduction.id) == "to_ask"
    bench.actions.undo(bench.store.last_action)
    assert bench.introductions.listed("all") == []
    assert bench.letters.drafts() == []


def test_the_letters_make_it_asked_and_their_undo_takes_that_back(bench: Workbench, two: tuple[int, int]) -> None:
    begun = bench.introducing.begin(*two, WHY)
    number = begun.introduction.id
    send(bench, begun.drafts[0])
    assert stands(bench, number) == "to_ask"
    second = send(bench, begun.drafts[1])
    assert stands(bench, number) == "asked"
    bench.outbox.discard(second)
    made = bench.introductions.get(number)
    assert stands(bench, number) == "to_ask"
    assert made.other.draft_id == bench.letters.drafts()[0].id  # its words are a draft again
    send(bench, bench.letters.get(made.other.draft_id))
    assert stands(bench, number) == "asked"
    bench.actions.undo(bench.store.last_action)
    assert stands(bench, number) == "to_ask"


def test_a_discarded_draft_can_be_begun_again(bench: Workbench, two: tuple[int, int]) -> None:
    begun = bench.introducing.begin(*two, WHY)
    number = begun.introduction.id
    with pytest.raises(UserError, match="Both have been asked"):
        bench.introducing.ask_again(number)
    bench.letters.delete(begun.drafts[0].id)
    assert bench.introductions.get(number).one.draft_id is None
    (draft,) = bench.introducing.ask_again(number).drafts
    assert [box.address for box in draft.receivers] == ["anna@mail.example"]


def agreed(bench: Workbench, two: tuple[int, int]) -> int:
    begun = bench.introducing.begin(*two, WHY)
    for draft, member in zip(begun.drafts, two, strict=True):
        send(bench, draft)
        bench.introductions.note_word(begun.introduction.id, member, yes=True)
    return begun.introduction.id


def test_after_two_yes_one_letter_goes_to_both(bench: Workbench, two: tuple[int, int]) -> None:
    number = agreed(bench, two)
    assert stands(bench, number) == "to_introduce"
    (draft,) = bench.introducing.introduce(number).drafts
    assert [box.address for box in draft.receivers] == ["anna@mail.example", "petr@mail.example"]
    assert draft.together
    assert "you both said yes" in draft.text
    assert "od obou přišlo ano" in draft.text
    assert bench.introducing.introduce(number).drafts[0].id == draft.id
    send(bench, draft)
    assert stands(bench, number) == "introduced"
    bench.outbox.discard(bench.introductions.get(number).introduced_outbox_id or 0)
    assert stands(bench, number) == "to_introduce"
    assert bench.introductions.get(number).drafts == (bench.letters.drafts()[0].id,)


def test_where_no_letter_reaches_both_each_is_told(bench: Workbench, two: tuple[int, int]) -> None:
    forum = account(bench.store, "discourse", "Forum")
    bench.intake.take(forum, [said("f1", clock.now() - 60, "It rained.", "zoe", thread="f")])
    (zoe,) = (row[0] for row in bench.store.read.execute("SELECT id FROM member WHERE name = 'Zoe'"))
    begun = bench.introducing.begin(two[0], zoe, WHY)
    number = begun.introduction.id
    for member in (two[0], zoe):
        bench.introductions.note_word(number, member, yes=True)
    drafts = bench.introducing.introduce(number).drafts
    assert len(drafts) == 2
    for draft in drafts:
        assert bench.introductions.get(number).introduced_at is None
        send(bench, bench.letters.get(draft.id))
    assert stands(bench, number) == "introduced"


def test_a_no_ends_it_and_the_other_never_learns_whose(bench: Workbench, two: tuple[int, int]) -> None:
    begun = bench.introducing.begin(*two, WHY)
    number = begun.introduction.id
    for draft in begun.drafts:
        send(bench, draft)
    bench.introductions.note_word(number, two[0], yes=True)
    bench.introductions.note_word(number, two[1], yes=False)
    assert stands(bench, number) == "declined"
    with pytest.raises(UserError, match="Both have to say yes"):
        bench.introducing.introduce(number)
    (draft,) = bench.introducing.let_be(number).drafts
    assert [box.address for box in draft.receivers] == ["anna@mail.example"]
    assert "Petr" not in draft.text
    assert "Petr" not in draft.subject
    bench.introductions.close(number)
    assert bench.introductions.listed() == []


def test_who_was_not_asked_is_not_told_of_a_no(bench: Workbench, two: tuple[int, int]) -> None:
    begun = bench.introducing.begin(*two, WHY)
    send(bench, begun.drafts[1])
    bench.introductions.note_word(begun.introduction.id, two[1], yes=False)
    with pytest.raises(UserError, match="Nobody else was asked"):
        bench.introducing.let_be(begun.introduction.id)


def test_what_came_of_it_is_asked_after_thirty_days_and_told_in_both_histories(
    bench: Workbench, two: tuple[int, int]
) -> None:
    number = agreed(bench, two)
    with pytest.raises(UserError, match="haven't been introduced"):
        bench.introductions.outcome(number, "A hive.")
    bench.introductions.introduced(number, at=clock.now() - 31 * 86_400)
    assert stands(bench, number) == "to_look_after"
    bench.introductions.outcome(number, "They share a hive now.")
    assert stands(bench, number) == "introduced"
    for member in two:
        assert [one.outcome for one in bench.introductions.of_member(member)] == ["They share a hive now."]
    with pytest.raises(UserError, match="Say what came of it"):
        bench.introductions.outcome(number, " ")


def test_what_cannot_be_is_said(bench: Workbench, two: tuple[int, int]) -> None:
    with pytest.raises(UserError, match="to themselves"):
        bench.introducing.begin(two[0], two[0], WHY)
    with pytest.raises(NotFoundError):
        bench.introductions.get(9)
    begun = bench.introducing.begin(*two, WHY)
    with pytest.raises(UserError, match="already"):
        bench.introducing.begin(two[1], two[0], WHY)
    with pytest.raises(UserError, match="neither Anna Bell nor Petr Novák"):
        bench.introductions.note_word(begun.introduction.id, 99, yes=True)
    bench.introductions.close(begun.introduction.id)
    with pytest.raises(UserError, match="is over"):
        bench.introductions.note_word(begun.introduction.id, two[0], yes=True)


def test_who_asked_not_to_be_contacted_is_asked_nothing(bench: Workbench, two: tuple[int, int]) -> None:
    with bench.store.write() as conn:
        conn.execute("UPDATE member SET do_not_contact = 1 WHERE id = ?", (two[1],))
    with pytest.raises(UserError, match="Petr Novák asked not to be contacted"):
        bench.introducing.begin(*two, WHY)
    assert bench.introductions.listed("all") == []


def test_who_cannot_be_written_to_is_named_and_asked_by_word_of_mouth(bench: Workbench, two: tuple[int, int]) -> None:
    third = bench.members.add("Zoe Marsh")
    begun = bench.introducing.begin(two[0], third, WHY)
    assert len(begun.drafts) == 1
    assert begun.missing == ("There's no way to write to Zoe Marsh in private yet. Add an e-mail address first.",)
    bench.introductions.asked(begun.introduction.id, third)
    send(bench, begun.drafts[0])
    assert stands(bench, begun.introduction.id) == "asked"


def test_the_reply_of_whoever_was_asked_finds_the_introduction(bench: Workbench, two: tuple[int, int]) -> None:
    begun = bench.introducing.begin(*two, WHY)
    assert bench.introductions.awaited(two[0]) is None
    send(bench, begun.drafts[0])
    awaited = bench.introductions.awaited(two[0])
    assert awaited is not None
    assert awaited.id == begun.introduction.id
    bench.introductions.note_word(awaited.id, two[0], yes=True)
    assert bench.introductions.awaited(two[0]) is None


def test_a_merge_hands_introductions_over_and_ends_one_of_the_two_to_each_other(
    bench: Workbench, two: tuple[int, int]
) -> None:
    third = bench.members.add("Anna B.", email="ab@mail.example")
    number = bench.introducing.begin(third, two[1], WHY).introduction.id
    bench.members.merge(two[0], third)
    assert bench.introductions.get(number).one.member_id == two[0]
    bench.actions.undo(bench.store.last_action)
    assert bench.introductions.get(number).one.member_id == third
    bench.members.merge(two[1], third)
    assert stands(bench, number) == "closed"


def test_nobody_under_age_is_introduced_not_even_once_both_said_yes(bench: Workbench, two: tuple[int, int]) -> None:
    begun = bench.introducing.begin(*two, WHY)
    for member in two:
        bench.introductions.note_word(begun.introduction.id, member, yes=True)
    bench.members.edit(two[0], {"minor": True})
    with pytest.raises(UserError, match="Anna Bell is under age"):
        bench.introducing.introduce(begun.introduction.id)
    other = bench.members.add("Ida", email="ida@mail.example")
    with pytest.raises(UserError, match="Anna Bell is under age"):
        bench.introducing.begin(other, two[0], WHY)
    assert [made.id for made in bench.introductions.listed("all")] == [begun.introduction.id]
