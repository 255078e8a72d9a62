"""Whom a reply goes to, and who still waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.base.message import Incoming
from app.channels.base import taken_away
from app.inbox import Inbox, Receiver, default, initial_choice, updated_choice
from app.inbox.receivers import receiver, speakers, waiting_each
from app.inbox.turns import Said, waiting
from app.intake import Intake
from app.store.store import Store
from tests.app.saying import NOW, account, said

DESK = "desk@x"


def mail(number: str, at: int, who: str, parent: str = "", to: tuple[str, ...] = ()) -> Incoming:
    made = said(number, NOW + at, f"Words of {number}", who, thread="t", out=who == DESK)
    return made._replace(public=False, parent=parent, to=to)


def talk(store: Store, *items: Incoming, kind: str = "email") -> int:
    number = account(store, kind, "Post", own=DESK)
    (made,) = Intake(store).take(number, items).conversation_ids
    return made


def state(store: Store) -> str:
    return str(store.read.execute("SELECT state FROM conversation").fetchone()[0])


def names(store: Store, number: int) -> list[tuple[str, bool]]:
    return [(one.name, one.waits) for one in speakers(store.read, number)]


ANN, BOB = mail("1", 0, "ann"), mail("2", 60, "bob")


def test_without_a_choice_it_is_the_last_one_who_waits(store: Store) -> None:
    number = talk(store, ANN, BOB, mail("3", 90, DESK, "2"))
    assert names(store, number) == [("Bob", False), ("Ann", True)]
    found = receiver(store.read, number)
    assert found is not None
    assert (found.name, found.address, found.message_id) == ("Ann", "ann", speakers(store.read, number)[1].message_id)


def test_where_nobody_waits_it_is_the_last_one_who_wrote(store: Store) -> None:
    number = talk(store, ANN, BOB, mail("3", 90, DESK, "2"), mail("4", 95, DESK, "1"))
    assert [waits for _, waits in names(store, number)] == [False, False]
    assert getattr(receiver(store.read, number), "name", "") == "Bob"
    assert state(store) == "waiting"


def test_it_needs_me_until_each_has_been_answered(store: Store) -> None:
    number = talk(store, ANN, BOB)
    assert (state(store), waiting_each(store.read, number)) == ("needs_me", {1: NOW, 2: NOW + 60})
    intake = Intake(store)
    intake.take(1, [mail("3", 90, DESK, "2")])
    assert (state(store), waiting_each(store.read, number)) == ("needs_me", {1: NOW})
    assert store.read.execute("SELECT waiting_since FROM conversation").fetchone()[0] == NOW
    intake.take(1, [mail("4", 95, DESK, "1")])
    assert state(store) == "waiting"
    intake.take(1, [mail("5", 99, "ann")])
    assert (state(store), waiting_each(store.read, number)) == ("needs_me", {1: NOW + 99})


def test_one_answer_that_names_both_is_enough(store: Store) -> None:
    number = talk(store, ANN, BOB, mail("3", 90, DESK, "2", to=("bob", "ann")))
    assert (state(store), waiting_each(store.read, number)) == ("waiting", {})


@pytest.mark.parametrize("kind", ["matrix", "slack", "wordpress"])
def test_in_a_room_one_answer_reaches_everybody(store: Store, kind: str) -> None:
    number = talk(store, ANN, BOB, mail("3", 90, DESK, "2"), kind=kind)
    assert (state(store), waiting_each(store.read, number)) == ("waiting", None)


def test_a_member_of_two_addresses_is_one(store: Store) -> None:
    number = talk(store, ANN, BOB)
    with store.write() as conn:
        conn.execute("UPDATE identity SET member_id = 1")
    Intake(store).take(1, [mail("3", 90, DESK, "2")])
    assert (waiting_each(store.read, number), state(store)) == (None, "waiting")


def test_what_was_taken_away_waits_for_nothing(store: Store) -> None:
    number = talk(store, ANN, BOB, mail("3", 90, DESK, "2"), kind="mastodon")
    assert state(store) == "needs_me"
    Intake(store).take(1, [taken_away("1")])
    assert (waiting_each(store.read, number), state(store)) == ({}, "waiting")
    assert names(store, number) == [("Bob", False)]


def test_only_what_somebody_else_said_there_can_be_answered(store: Store) -> None:
    number = talk(store, ANN, mail("2", 60, DESK, "1"))
    ours = store.read.execute("SELECT id FROM message WHERE out").fetchone()[0]
    for wrong in (ours, 12):
        with pytest.raises(UserError, match="isn't a message that you can reply to"):
            receiver(store.read, number, wrong)
    assert receiver(store.read, talk_of_ours(store)) is None


def test_a_draft_whose_message_is_taken_away_is_still_for_its_author(store: Store) -> None:
    number = talk(store, ANN, mail("3", 30, "ann"), BOB, kind="mastodon")
    first = store.read.execute("SELECT id FROM message WHERE remote_id = '3'").fetchone()[0]
    inbox = Inbox(store)
    inbox.keep_draft(number, "For Ann alone", "en", first)
    for gone, left in (("3", True), ("1", False)):
        Intake(store).take(1, [taken_away(gone)])
        opened = inbox.open(number)
        to = initial_choice(opened.speakers, opened.answering).to
        assert to is not None
        assert to.name == "Ann"
        assert (inbox.receiver(number, to.message_id) is not None) is left
    assert [name for name, _ in names(store, number)] == ["Bob"]


def talk_of_ours(store: Store) -> int:
    (made,) = Intake(store).take(1, [mail("o", 0, DESK)._replace(thread="o")]).conversation_ids
    return made


@pytest.mark.parametrize("whom", ["Ann", "ANN", " ann ", "@ann", "P-1", "M-{0}", "an"])
def test_a_speaker_is_named_in_many_ways(store: Store, whom: str) -> None:
    number = talk(store, ANN, BOB)
    first = store.read.execute("SELECT id FROM message WHERE remote_id = '1'").fetchone()[0]
    assert Inbox(store).message_from(number, whom.format(first)) == first


@pytest.mark.parametrize("whom", ["Cid", "P-9", "M-9", ""])
def test_who_has_not_written_cannot_be_named(store: Store, whom: str) -> None:
    number = talk(store, ANN, BOB)
    with pytest.raises(UserError):
        Inbox(store).message_from(number, whom)


def test_two_of_one_name_are_asked_about(store: Store) -> None:
    first, second = ANN.author._replace(name="Ann"), BOB.author._replace(name="Ann")
    number = talk(store, ANN._replace(author=first), BOB._replace(author=second))
    with pytest.raises(UserError, match=r"could be any of Ann \(bob\) \(M-.*Ann \(ann\) \(M-"):
        Inbox(store).message_from(number, "ann")
    assert Inbox(store).message_from(number, "bob") > 0


# --- while one writes


def who(identity: int, at: int, *, waits: bool = True) -> Receiver:
    return Receiver(at, at, identity, identity, f"N{identity}", f"a{identity}", public=False, waits=waits)


def test_somebody_new_is_announced_and_changes_nothing() -> None:
    choice = initial_choice((who(1, 10),))
    found = (who(2, 20), who(1, 10))
    then = updated_choice(choice, found, writing=True)
    assert (then.to, then.new) == (found[1], found[0])
    assert updated_choice(choice, found, writing=False).to == found[0]
    assert updated_choice(then, found, writing=True) == then


def test_a_draft_of_yesterday_keeps_its_receiver_and_says_who_wrote_since() -> None:
    found = (who(2, 20), who(1, 10), who(3, 5))
    choice = initial_choice(found, resumed=found[1])
    assert (choice.to, choice.new, choice.chosen) == (found[1], found[0], True)


def test_the_same_person_again_is_followed_unless_a_message_was_chosen() -> None:
    then = (who(1, 30),)
    assert updated_choice(initial_choice((who(1, 10),)), then, writing=True).to == then[0]
    chosen = initial_choice(then, resumed=who(1, 10))
    assert updated_choice(chosen, then, writing=True).to == who(1, 10)


PERSON = st.integers(1, 4)


@given(
    st.lists(PERSON, min_size=1, max_size=4, unique=True),
    st.lists(st.lists(PERSON, min_size=1, max_size=4, unique=True), max_size=6),
    st.booleans(),
)
def test_what_is_written_never_goes_to_somebody_else_by_itself(
    before: list[int],
    changes: list[list[int]],
    late: bool,  # noqa: FBT001
) -> None:
    choice = initial_choice(tuple(who(one, 100 - place) for place, one in enumerate(before)))
    first = choice.to
    assert first is not None
    for step, change in enumerate(changes, start=1):
        found = tuple(who(one, (step * 100 if late else 90) - place) for place, one in enumerate(change))
        choice = updated_choice(choice, found, writing=True)
        assert choice.to is not None
        assert choice.to.identity_id == first.identity_id


@given(st.lists(st.tuples(PERSON, st.sets(PERSON, max_size=3), st.booleans()), max_size=12))
def test_who_waits_is_who_spoke_after_the_last_answer_to_them(story: list[tuple[int, set[int], bool]]) -> None:
    told = [
        Said(at, at, out, who=0 if out else person, answers=frozenset(reached) if out else None)
        for at, (person, reached, out) in enumerate(story)
    ]
    for person in range(1, 5):
        spoke = [one.at for one in told if one.who == person]
        answered = max((one.at for one in told if one.out and person in (one.answers or ())), default=-1)
        since = [at for at in spoke if at > answered]
        assert waiting(told).get(person) == (since[0] if since else None)


def test_default_of_nobody_is_nobody() -> None:
    assert default(()) is None
