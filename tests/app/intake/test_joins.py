"""Two conversations become one, by a late letter or by hand, with all that was done to both; letters are parted."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from threading import Event, Thread

import pytest

from app.base import money
from app.base.errors import NotFoundError, UserError
from app.inbox import UNTIL_REPLY
from app.inbox.addressing import Addressing, typed
from app.mail.parse import parse
from app.safety.checkup import check_file
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import NOW, account, differences, is_consistent, rows, said

OWN = frozenset({"desk@example.org"})
DAY = "Wed, 18 Nov 2026 10:"


def mail(number: int, *head: str, subject: str = "Plan", who: str = "Anna <anna@example.org>", to: str = "") -> bytes:
    """A letter that is sent `number` minutes after ten; from us where `to` says to whom."""
    sender, receiver = ("Desk <desk@example.org>", to) if to else (who, "Desk <desk@example.org>")
    lines = (f"From: {sender}", f"To: {receiver}", f"Subject: {subject}", f"Message-ID: <m{number}@example.org>",
             f"Date: {DAY}{number:02d}:00 +0000", *head)  # fmt: skip
    return ("\n".join(lines) + f"\n\nWords of letter {number}, which are long enough.\n").encode()


def answering(number: int) -> str:
    return f"In-Reply-To: <m{number}@example.org>"


FIRST, MIDDLE, LAST = mail(0), mail(10, answering(0), to="anna@example.org"), mail(20, answering(10))


@pytest.fixture
def place(bench: Workbench) -> int:
    return account(bench.store, "email", "Post", own=" ".join(OWN))


def take(bench: Workbench, place: int, *mails: bytes) -> None:
    """Take letters in, one transaction each."""
    for raw in mails:
        bench.intake.take(place, [parse(raw, OWN)])
    is_consistent(bench.store)


def letters(bench: Workbench) -> dict[int, list[str]]:
    """The minutes of the letters in each conversation that has any."""
    found: dict[int, list[str]] = {}
    for number, name in bench.store.read.execute("SELECT conversation_id, remote_id FROM message ORDER BY at, id"):
        found.setdefault(number, []).append(name.partition("@")[0])
    return found


def is_sound(bench: Workbench) -> None:
    is_consistent(bench.store)
    assert check_file(bench.profile.file).faults == ()


def message(bench: Workbench, minute: int) -> int:
    row = bench.store.read.execute("SELECT id FROM message WHERE remote_id = ?", (f"m{minute}@example.org",))
    return int(row.fetchone()[0])


def work_on_both(bench: Workbench) -> None:
    """Something of every kind is done to both halves, C-1 and C-2."""
    (member,) = (row[0] for row in bench.store.read.execute("SELECT id FROM member"))
    helper = bench.teammates.add("Jana")
    for half in (1, 2):
        bench.inbox.label([half], ["seen", f"only {half}"])
        bench.handoffs.add(half, helper, f"Ask {half}")
        bench.gifts.log(member, f"Mug {half}", "Kind", money.Money(500, "EUR"), conversation_id=half)
        bench.promises.add(member, f"Promise {half}", conversation_id=half)
        bench.inbox.keep_draft(half, f"Draft {half}", "en")
    take(bench, 1, mail(40, subject="Other matters", who="Bela <bela@example.org>"))
    bench.inbox.link(2, 3)
    bench.inbox.mark([2], "unhappy", on=True)


def test_the_late_middle_joins_both_halves_with_all_that_was_done_to_them(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, LAST)
    assert letters(bench) == {1: ["m0"], 2: ["m20"]}
    work_on_both(bench)
    take(bench, place, MIDDLE)
    assert letters(bench) == {1: ["m0", "m10", "m20"], 3: ["m40"]}
    opened = bench.inbox.open(1)
    assert opened.labels == ("only 1", "only 2", "seen")
    assert opened.draft == "Draft 1\n\nDraft 2"
    assert opened.row.unhappy
    assert (opened.row.handoffs, opened.row.gifts) == (2, 2)
    assert [line.text for line in opened.lines if line.kind == "promise"] == ["Promise 1", "Promise 2"]
    assert [link.conversation_id for link in opened.links] == [3]
    assert [link.conversation_id for link in bench.inbox.open(3).links] == [1]
    assert opened.joined == (2,)
    is_sound(bench)


def test_what_waits_in_the_outbox_goes_along(bench: Workbench, place: int) -> None:
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'live'")
    take(bench, place, FIRST, LAST)
    made = bench.outbox.submit(bench.voice.clear(Draft("We are on it.", "en")), 2, hold_seconds=600)
    take(bench, place, MIDDLE)
    assert bench.outbox.get(made).conversation_id == 1
    assert bench.inbox.row(1).state == "waiting"
    bench.outbox.undo_send(made)
    assert bench.inbox.row(1).state == "needs_me"
    assert bench.inbox.open(1).draft == "We are on it."
    is_sound(bench)


def test_the_one_that_was_joined_is_in_no_list_and_opens_as_the_other(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, LAST, MIDDLE)
    assert bench.inbox.counts()["needs_me"] == 1
    assert bench.inbox.rows([2])[0].state == "empty"
    assert bench.inbox.open(2).row.id == bench.inbox.row(2).id == bench.inbox.current(2) == 1
    assert [row.conversations for row in bench.members.rows([1])] == [1]
    bench.inbox.done([2])
    assert bench.inbox.row(1).state == "done"


@pytest.mark.parametrize(
    ("of_first", "of_last", "state"),
    [
        ("done", "", "needs_me"),  # her last word is unanswered
        ("", "done", "done"),  # her first word is answered by the middle, the last is done
        ("done", "done", "done"),
        ("snooze", "done", "snoozed"),
        ("done", "snooze", "snoozed"),
        ("snooze", "", "needs_me"),
    ],
)
def test_the_decisions_about_both_halves_are_weighed(
    bench: Workbench, place: int, of_first: str, of_last: str, state: str
) -> None:
    take(bench, place, FIRST, LAST)
    for number, what in ((1, of_first), (2, of_last)):
        if what == "done":
            bench.inbox.done([number])
        elif what:
            bench.inbox.snooze([number], UNTIL_REPLY)
    take(bench, place, MIDDLE)
    assert bench.inbox.row(1).state == state
    is_sound(bench)


def test_a_half_that_still_waits_for_us_keeps_the_whole_open(bench: Workbench, place: int) -> None:
    asked, more = mail(0), mail(20, answering(5))
    take(bench, place, asked, more)
    bench.inbox.done([2])
    bench.intake.join([1, 2])
    assert bench.inbox.row(1).state == "needs_me"


NEWS = mail(0, subject="News", to="anna@example.org, bela@example.org")
OF_ANNA = mail(10, answering(0), subject="Re: News")
OF_BELA = mail(11, answering(0), subject="Re: News", who="Bela <bela@example.org>")
TO_ALL = mail(12, answering(0), "Cc: anna@example.org", subject="Re: News", who="Bela <bela@example.org>")
PRIVATE_WORD = mail(5, subject="Hello", who="Bela <bela@example.org>")
TO_BELA = mail(6, answering(5), subject="Re: Hello", to="bela@example.org")


@pytest.mark.parametrize(
    ("mails", "together"),
    [
        # private answers of several to one letter of ours stay apart, whenever that comes
        ((NEWS, OF_ANNA, OF_BELA), ["m0 m10", "m11"]),
        ((OF_ANNA, OF_BELA, NEWS), ["m0 m10", "m11"]),
        ((OF_BELA, OF_ANNA, NEWS), ["m0 m11", "m10"]),
        # but not if they name each other
        ((OF_ANNA, TO_ALL, NEWS), ["m0 m10 m12"]),
        ((NEWS, OF_ANNA, TO_ALL), ["m0 m10 m12"]),
        # an answer to somebody else's letter belongs to it
        ((OF_ANNA, mail(20, answering(15), who="Dan <dan@example.org>"), mail(15, answering(10))), ["m10 m15 m20"]),
        # somebody who answers a letter of ours to one person has it from them
        ((PRIVATE_WORD, mail(20, answering(6), who="Bela <bela@work.example>"), TO_BELA), ["m20 m5 m6"]),
        # a forward of a letter is no answer to it
        ((mail(20, answering(10), subject="Fwd: News", who="Dan <dan@example.org>"), OF_ANNA), ["m10", "m20"]),
        # a letter that says what came before the missing one joins what it answers with that
        ((FIRST, LAST, mail(30, "References: <m0@example.org> <m10@example.org> <m20@example.org>")), ["m0 m20 m30"]),
        # but of two finished conversations it goes with the nearest
        ((FIRST, mail(20), mail(30, "References: <m0@example.org> <m20@example.org>")), ["m0", "m20 m30"]),
        # programs change the capitals of a domain
        ((FIRST, mail(20, "In-Reply-To: <m0@EXAMPLE.org>")), ["m0 m20"]),
        ((mail(20, "In-Reply-To: <m0@EXAMPLE.org>"), FIRST), ["m0 m20"]),
        ((FIRST, mail(20, "In-Reply-To: <M0@example.org>")), ["m0", "m20"]),
        # the report on a letter of ours that comes later
        ((PRIVATE_WORD, mail(20, answering(6), "Auto-Submitted: auto-replied", who="Bela <bela@example.org>"), TO_BELA),
         ["m20 m5 m6"]),
    ],
)  # fmt: skip
def test_what_belongs_together(bench: Workbench, place: int, mails: Sequence[bytes], together: list[str]) -> None:
    take(bench, place, *mails)
    assert sorted(" ".join(sorted(names)) for names in letters(bench).values()) == together
    is_sound(bench)


def test_by_hand_and_taken_back_in_a_later_run(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, LAST)
    work_on_both(bench)
    before = rows(bench.store)
    joined = bench.intake.join([2, 1])
    assert (joined.conversation_id, joined.gone, joined.people) == (1, (2,), ("Anna",))
    is_sound(bench)
    action = bench.store.last_action
    assert action is not None
    bench.store.own.clear()  # as after a restart
    bench.store.undo_action(action)
    assert differences(before, rows(bench.store)) == {}
    is_sound(bench)
    bench.store.redo_last()
    assert letters(bench)[1] == ["m0", "m20"]
    is_sound(bench)


def test_taken_back_after_more_has_come_each_letter_is_with_what_it_answers(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, LAST)
    bench.intake.join([1, 2])
    take(bench, place, mail(30, answering(20)), mail(32, answering(0)))
    bench.inbox.keep_draft(1, "To her third word", answers=message(bench, 30))
    assert letters(bench) == {1: ["m0", "m20", "m30", "m32"]}
    bench.store.undo_action(bench.store.last_action or 0)
    assert letters(bench) == {1: ["m0", "m32"], 2: ["m20", "m30"]}
    assert bench.inbox.open(2).draft == "To her third word"
    assert [row.state for row in bench.inbox.rows([1, 2])] == ["needs_me", "needs_me"]
    is_sound(bench)
    take(bench, place, mail(31, answering(20)))
    assert letters(bench)[2] == ["m20", "m30", "m31"]


def test_a_reply_that_was_sent_since_does_not_keep_the_join(bench: Workbench, place: int) -> None:
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'live'")
    take(bench, place, FIRST, LAST)
    made = bench.outbox.submit(bench.voice.clear(Draft("We are on it.", "en")), 2, hold_seconds=600)
    bench.intake.join([1, 2])
    joined = bench.store.last_action or 0
    with bench.store.write() as conn:
        conn.execute(
            "UPDATE outbox SET state = 'sent', remote_id = 'x@example.org', sent_at = ? WHERE id = ?", (NOW, made)
        )
    bench.store.undo_action(joined)
    assert bench.outbox.get(made).conversation_id == 2


def test_what_came_by_the_key_of_a_joined_thread_comes_to_the_whole(bench: Workbench) -> None:
    place = account(bench.store, "facebook", "Page", mode="assisted")
    bench.intake.take(place, [said("a", NOW, thread="one"), said("b", NOW + 1, thread="two")])
    bench.intake.join([1, 2])
    bench.intake.take(place, [said("c", NOW + 2, thread="two")])
    assert bench.inbox.row(1).messages == 3
    bench.store.undo_action(bench.store.last_action or 0)
    bench.intake.take(place, [said("d", NOW + 3, thread="two")])
    assert [row.messages for row in bench.inbox.rows([1, 2])] == [2, 2]
    is_sound(bench)


def test_what_cannot_be_one_is_refused_and_left_alone(bench: Workbench, place: int) -> None:
    other = account(bench.store, "email", "Other post", own="other@example.org")
    forum = account(bench.store, "discourse", "Forum", mode="live")
    take(bench, place, FIRST)
    take(bench, other, mail(20))
    bench.intake.take(forum, [said("a", NOW, thread="one"), said("b", NOW + 1, thread="two")])
    before = rows(bench.store)
    with pytest.raises(UserError, match="C-1 is on “Post” and C-2 on “Other post”, so they stay two"):
        bench.intake.join([1, 2])
    with pytest.raises(UserError, match="C-3 is a thread of its own on “Forum”"):
        bench.intake.join([3, 4])
    with pytest.raises(UserError, match="Joining takes two conversations"):
        bench.intake.join([1, 1])
    with pytest.raises(NotFoundError):
        bench.intake.join([1, 99])
    assert differences(before, rows(bench.store)) == {}


def test_who_would_hear_what_was_private_is_said(bench: Workbench) -> None:
    place = account(bench.store, "facebook", "Page", mode="assisted")
    for who, thread in (("anna", "one"), ("bela", "two")):
        bench.intake.take(place, [said(who, NOW, who=who, thread=thread)._replace(public=False)])
    with pytest.raises(UserError, match="C-1 is private with Anna and C-2 with Bela: a reply in one would reach them"):
        bench.intake.join([1, 2])


def test_letters_of_several_people_are_joined_and_each_still_waits(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, PRIVATE_WORD)
    assert bench.intake.joinable([1, 2]) == ("Anna", "Bela")
    assert bench.intake.join([1, 2]).people == ("Anna", "Bela")
    assert {who.name for who in bench.inbox.open(1).speakers if who.waits} == {"Anna", "Bela"}


# --- parting


def test_a_letter_is_parted_with_what_answers_it_and_later_answers_come_there(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, MIDDLE, LAST, mail(25, answering(0), subject="Something else"))
    bench.inbox.label([1], ["seen"])
    assert bench.intake.part(message(bench, 10)) == 2
    assert letters(bench) == {1: ["m0", "m25"], 2: ["m10", "m20"]}
    assert (bench.inbox.labels(1), bench.inbox.labels(2)) == (("seen",), ())
    assert bench.inbox.row(2).title == "Plan"
    is_sound(bench)
    take(bench, place, mail(30, "References: <m0@example.org> <m10@example.org> <m20@example.org>"))
    assert letters(bench)[2] == ["m10", "m20", "m30"]


def test_a_parted_letter_is_called_by_its_own_subject(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, mail(25, answering(0), subject="Something else"), mail(30, answering(25)))
    number = bench.intake.part(message(bench, 25))
    opened = bench.inbox.open(number)
    assert opened.row.title == "Something else"
    assert [line.subject for line in opened.lines] == ["", "Plan"]
    is_sound(bench)


def test_what_was_parted_no_late_letter_joins_again(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, mail(20, "References: <m0@example.org> <m10@example.org>"))
    assert letters(bench) == {1: ["m0", "m20"]}
    bench.intake.part(message(bench, 20))
    take(bench, place, MIDDLE)
    assert letters(bench) == {1: ["m0", "m10"], 2: ["m20"]}
    bench.intake.join([1, 2])  # by hand they are
    assert letters(bench) == {1: ["m0", "m10", "m20"]}


def test_parting_is_taken_back_exactly_even_after_more_has_come(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, MIDDLE, LAST)
    before = rows(bench.store)
    bench.intake.part(message(bench, 20))
    parted = bench.store.last_action or 0
    bench.store.undo_action(parted)
    assert differences(before, rows(bench.store)) == {}
    bench.store.redo_last()
    assert letters(bench) == {1: ["m0", "m10"], 2: ["m20"]}
    is_sound(bench)
    take(bench, place, mail(30, answering(20)))
    bench.inbox.keep_draft(2, "Half a sentence")
    bench.store.undo_action(parted)
    assert letters(bench) == {1: ["m0", "m10", "m20", "m30"]}
    assert bench.inbox.open(1).draft == "Half a sentence"
    is_sound(bench)
    take(bench, place, mail(40, answering(35)), mail(35, answering(30)))
    assert letters(bench) == {1: ["m0", "m10", "m20", "m30", "m35", "m40"]}


def test_the_draft_and_the_hand_off_of_a_parted_letter_go_with_it(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, MIDDLE)
    helper = bench.teammates.add("Jana")
    bench.handoffs.add(1, helper, "About the plan", at=NOW - 86_400 * 30)
    take(bench, place, LAST)
    bench.handoffs.add(1, helper, "About her second word")
    bench.inbox.keep_draft(1, "To her second word", answers=message(bench, 20))
    bench.intake.part(message(bench, 20))
    assert bench.inbox.open(2).draft == "To her second word"
    assert bench.inbox.open(1).draft == ""
    asked = {bench.handoffs.get(number).ask for (number,) in bench.store.read.execute(
        "SELECT id FROM handoff WHERE conversation_id = 2")}  # fmt: skip
    assert "About her second word" in asked


def test_only_a_letter_that_others_do_not_all_follow_can_be_parted(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, MIDDLE, LAST)
    with pytest.raises(UserError, match="began this conversation"):
        bench.intake.part(message(bench, 0))
    forum = account(bench.store, "discourse", "Forum")
    bench.intake.take(forum, [said("a", NOW, thread="one"), said("b", NOW + 1, thread="one")])
    number = bench.store.read.execute("SELECT id FROM message WHERE remote_id = 'b'").fetchone()[0]
    with pytest.raises(UserError, match="Only letters can be parted"):
        bench.intake.part(number)
    with pytest.raises(NotFoundError):
        bench.intake.part(99)


# --- subjects


def test_a_changed_subject_is_said_at_its_letter(bench: Workbench, place: int) -> None:
    same = mail(10, answering(0), subject="Re: [Garden] plan")
    other = mail(20, answering(0), subject="Re: Plan B, was: Plan")
    take(bench, place, FIRST, same, other)
    assert [line.subject for line in bench.inbox.open(1).lines] == ["", "", "Plan B, was: Plan"]


def test_a_joined_half_keeps_its_subject(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, mail(20, subject="Seeds"))
    bench.intake.join([1, 2])
    assert [line.subject for line in bench.inbox.open(1).lines] == ["", "Seeds"]
    bench.store.undo_action(bench.store.last_action or 0)
    assert [line.subject for line in bench.inbox.open(2).lines] == [""]


# --- what is left of an import


def test_an_import_of_joined_letters_is_undone(bench: Workbench, place: int) -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO import_batch (id, file, kind, at) VALUES (7, 'x.mbox', 'mbox', ?)", (NOW,))
        conn.execute("INSERT INTO action (at, title, batch_id) VALUES (?, 'Imported', 7)", (NOW,))
    for raw in (FIRST, LAST, MIDDLE):
        bench.intake.take(place, [parse(raw, OWN)], batch_id=7)
    bench.imports.undo_batch(7)
    assert bench.store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 0
    is_consistent(bench.store)


def test_receivers_stay_as_they_were_chosen(bench: Workbench, place: int) -> None:
    take(bench, place, FIRST, LAST)
    chosen = Addressing(cc=typed("bela@example.org", "cc"))
    bench.inbox.keep_draft(2, "With a copy", addressing=chosen)
    take(bench, place, MIDDLE)
    assert bench.inbox.open(1).addressing == chosen


@pytest.fixture
def joining(bench: Workbench, place: int) -> Iterator[None]:
    """Three conversations, of which another thread is just joining the second into the first."""
    take(bench, place, mail(0), mail(5, who="Dan <dan@example.org>"), mail(6, who="Eva <eva@example.org>"))
    begun = Event()

    def join() -> None:
        with bench.store.write():
            bench.intake.join([1, 2])
            begun.set()
            time.sleep(0.5)

    other = Thread(target=join)
    other.start()
    assert begun.wait(10)
    yield
    other.join()
    is_sound(bench)


@pytest.mark.slow
@pytest.mark.usefixtures("joining")
def test_a_reply_is_not_written_to_what_is_just_being_joined(bench: Workbench) -> None:
    cleared = bench.voice.clear(Draft("An answer to Dan.", "en"))
    with pytest.raises(UserError, match=r"has just become part of C-1\. Look at it there"):
        bench.outbox.submit(cleared, 2)
    with pytest.raises(UserError, match=r"has just become part of C-1\. Look at it there"):
        bench.outbox.submit(cleared, 2)
    assert bench.store.read.execute("SELECT count(*) FROM draft").fetchone()[0] == 0


@pytest.mark.slow
@pytest.mark.usefixtures("joining")
def test_what_is_just_being_joined_takes_no_third(bench: Workbench) -> None:
    assert bench.intake.join([2, 3]).conversation_id == 1
    assert list(letters(bench)) == [1]


def test_a_page_that_shows_how_a_known_conversation_began_adds_to_it_and_begins_no_other(
    bench: Workbench, place: int
) -> None:
    take(bench, place, LAST)
    beginning = mail(0, answering(59), subject="Cap")  # 59 never comes
    bench.intake.take(place, [parse(raw, OWN) for raw in (beginning, MIDDLE)])
    assert letters(bench) == {1: ["m0", "m10", "m20"]}
    assert len(rows(bench.store, ["conversation"])["conversation"]) == 1
    assert [line.subject for line in bench.inbox.open(1).lines] == ["Cap", "", ""]
    take(bench, place, mail(40, answering(59)))
    assert letters(bench) == {1: ["m0", "m10", "m20", "m40"]}
    is_sound(bench)
