"""To whom a reply goes: fixed when it is submitted, the same in the outbox and in what the channel is handed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Incoming, Reply
from app.base.paths import Profile
from app.channels.base import Refused, Sent
from app.cli.replies import receivers
from app.inbox import Inbox
from app.intake import Intake
from app.outbox import Outbox, meet
from app.outbox.composing import NoAccountError, reply
from app.store.store import Store
from app.templates import Templates, Text
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.saying import said

DESK = "desk@lemonade.test"
PEOPLE = ("ann", "bob", "cid", "dan", "eve")


class Post:
    """A mail server of which only the envelope is of interest: it notes whom each mail is for, or refuses it."""

    def __init__(self) -> None:
        self.envelopes: list[str] = []
        self.refuses = self.breaks = False

    def check(self) -> None:
        raise NotImplementedError

    def pull(self, cursor: dict[str, str]) -> Iterator[object]:
        raise NotImplementedError

    def send(self, message: Reply) -> Sent:
        if self.refuses:
            msg = "No."
            raise Refused(msg)
        if self.breaks:
            raise OSError
        assert message.to is not None
        self.envelopes.append(message.to.handle)
        return Sent(message.key.strip("<>"))

    def find_sent(self, message: Reply) -> Sent | None:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing to close."""


def letter(number: str, ago: int, who: str, parent: str = "", to: tuple[str, ...] = ()) -> Incoming:
    address = f"{who}@example.org" if who != DESK else DESK
    made = said(number, clock.now() - ago, f"Words of {number}", address, refs=[parent] if parent else (), name=who)
    return made._replace(public=False, parent=parent, to=to, out=who == DESK)


@pytest.fixture
def outbox(store: Store) -> Iterator[Outbox]:
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'email', 'Post', ?, 0)", (DESK,))
    made = Outbox(store, settle=0)
    yield made
    made.close()


def taken(store: Store, *items: Incoming) -> int:
    return min(Intake(store, met=meet).take(1, items).conversation_ids)


def submit(outbox: Outbox, talk: int, words: str = "Hello", answers: int | None = None, *, done: bool = False) -> int:
    return outbox.submit(clear(Draft(words, "en"), ()), talk, then_done=done, hold_seconds=0, answers=answers)


def state(store: Store, talk: int) -> str:
    return str(store.read.execute("SELECT state FROM conversation WHERE id = ?", (talk,)).fetchone()[0])


def number(store: Store, remote_id: str) -> int:
    return int(store.read.execute("SELECT id FROM message WHERE remote_id = ?", (remote_id,)).fetchone()[0])


TWO = (letter("o1", 600, "ann", to=(DESK,)), letter("o2", 300, "bob", "o1", to=("ann@example.org", DESK)))


def test_it_goes_to_whom_the_outbox_names(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    found = outbox.get(submit(outbox, talk))
    assert (found.to_whom, found.address, found.answers_id) == ("bob", "bob@example.org", number(store, "o2"))
    first = outbox.get(submit(outbox, talk, answers=number(store, "o1")))
    assert (first.to_whom, first.address) == ("ann", "ann@example.org")
    post = Post()
    for one in (found, first):
        outbox.deliver(one.id, post)  # type: ignore[arg-type]
    assert post.envelopes == [found.address, first.address]


def test_who_writes_after_it_was_submitted_does_not_get_it(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO[:1])
    made = submit(outbox, talk)
    taken(store, TWO[1])
    post = Post()
    outbox.deliver(made, post)  # type: ignore[arg-type]
    assert (post.envelopes, outbox.get(made).to_whom) == (["ann@example.org"], "ann")
    assert state(store, talk) == "needs_me"


@pytest.mark.parametrize("way", ["sent", "confirmed", "found by sync"])
def test_who_writes_again_before_it_is_out_waits_for_another(store: Store, outbox: Outbox, way: str) -> None:
    talk, post = taken(store, *TWO), Post()
    outbox.deliver(submit(outbox, talk, "Soon", answers=number(store, "o1")), post)  # type: ignore[arg-type]
    made = submit(outbox, talk)
    taken(store, letter("o3", 10, "bob", "o2", to=(DESK,)))
    post.breaks = way != "sent"
    found = outbox.deliver(made, post)  # type: ignore[arg-type]
    if way == "confirmed":
        outbox.confirm(made)
    elif way == "found by sync":
        taken(store, letter(found.key.strip("<>"), 0, DESK, "o2", to=("bob@example.org",))._replace(text="Hello"))
    waits = {one.name: one.waits for one in Inbox(store).open(talk).speakers}
    assert (outbox.get(made).state, waits, state(store, talk)) == ("sent", {"bob": True, "ann": False}, "needs_me")


def test_even_when_the_message_it_answers_is_gone(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    made = submit(outbox, talk, answers=number(store, "o1"))
    with store.write() as conn:
        conn.execute("UPDATE message SET identity_id = NULL WHERE remote_id = 'o1'")
    to = reply(store.read, outbox.get(made)).to
    assert to is not None
    assert to.handle == "ann@example.org"


def test_others_who_wait_keep_it_open(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    first = submit(outbox, talk, done=True)
    assert state(store, talk) == "needs_me"
    assert [(one.name, one.waits) for one in Inbox(store).open(talk).speakers] == [("bob", False), ("ann", True)]
    submit(outbox, talk, "And to you", answers=number(store, "o1"), done=True)
    assert state(store, talk) == "done"
    outbox.undo_send(first)
    assert state(store, talk) == "needs_me"


def test_an_undo_by_who_never_asked_for_the_outbox_opens_it_too(profile: Profile) -> None:
    bench = Workbench(profile)
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'email', 'Post', ?, 0)", (DESK,))
    talk = taken(bench.store, *TWO)
    submit(bench.outbox, talk)
    first = bench.store.last_action
    submit(bench.outbox, talk, "And to you", answers=number(bench.store, "o1"))
    bench.close()
    again = Workbench(profile)
    assert state(again.store, talk) == "waiting"
    again.actions.undo(first)
    assert state(again.store, talk) == "needs_me"
    again.close()


def test_an_undo_closes_again_what_was_done_before_the_reply(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    Inbox(store).done([talk])
    made = submit(outbox, talk)
    assert state(store, talk) == "needs_me"
    outbox.undo_send(made)
    assert state(store, talk) == "done"


def test_words_that_an_undo_gives_back_are_still_for_whom_they_were_written(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO[:1])
    made = submit(outbox, talk)
    taken(store, TWO[1])
    outbox.undo_send(made)
    answering = Inbox(store).open(talk).answering
    assert answering is not None
    assert answering.address == "ann@example.org"


def test_words_that_are_taken_back_stay_with_whom_they_were_for(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    made = submit(outbox, talk)  # as the shell does, where nobody is chosen
    taken(store, letter("o3", 100, "cid", "o2", to=("ann@example.org", DESK)))
    outbox.undo_send(made)
    back = Inbox(store).open(talk).answering
    assert back is not None
    assert back.name == "bob"


@pytest.mark.parametrize(("more", "answers"), [(True, "o4"), (False, "o1")])
def test_a_draft_stays_with_them_when_its_message_is_taken_away(
    store: Store, outbox: Outbox, *, more: bool, answers: str
) -> None:
    later = (letter("o4", 100, "ann", "o2", to=("bob@example.org", DESK)),) if more else ()
    talk = taken(store, *TWO, *later)
    Inbox(store).keep_draft(talk, "For Ann alone", answers=number(store, "o1"))
    with store.write() as conn:
        conn.execute("UPDATE message SET gone_at = 1 WHERE remote_id = 'o1'")
    back = Inbox(store).open(talk).answering
    assert back is not None
    assert (back.name, back.message_id, back.waits) == ("ann", number(store, answers), more)
    assert (outbox.why_not_sendable(talk, back.message_id) is None) == more


def test_the_same_words_may_go_to_another(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    submit(outbox, talk, "See you on Friday!")
    submit(outbox, talk, "See you on Friday!", answers=number(store, "o1"))
    with pytest.raises(UserError, match="already on its way"):
        submit(outbox, talk, "See you on Friday!", answers=number(store, "o1"))


def test_a_refused_one_leaves_its_receiver_waiting(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    post = Post()
    outbox.deliver(submit(outbox, talk, answers=number(store, "o1")), post)  # type: ignore[arg-type]
    post.refuses = True
    made = submit(outbox, talk)
    assert state(store, talk) == "waiting"
    outbox.deliver(made, post)  # type: ignore[arg-type]
    assert (state(store, talk), outbox.get(made).state) == ("needs_me", "failed")
    post.refuses = False
    outbox.retry(made)
    assert state(store, talk) == "waiting"
    outbox.deliver(made, post)  # type: ignore[arg-type]
    assert (state(store, talk), post.envelopes) == ("waiting", ["ann@example.org", "bob@example.org"])


def test_one_that_is_tried_again_after_the_others_were_answered_leaves_nobody_waiting(
    store: Store, outbox: Outbox
) -> None:
    talk, post = taken(store, *TWO), Post()
    post.refuses = True
    refused = submit(outbox, talk, answers=number(store, "o1"))
    outbox.deliver(refused, post)  # type: ignore[arg-type]
    taken(store, letter("o3", 100, "bob", "o2", to=("ann@example.org",)))
    submit(outbox, talk, "And to you", answers=number(store, "o3"))
    assert state(store, talk) == "needs_me"
    outbox.retry(refused)
    assert state(store, talk) == "waiting"


def test_a_message_that_came_late_is_not_answered_by_what_was_written_before(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    submit(outbox, talk)
    taken(store, letter("o3", 100, "bob", "o2", to=("ann@example.org",)))
    submit(outbox, talk, answers=number(store, "o1"))
    waits = {one.name: one.waits for one in Inbox(store).open(talk).speakers}
    assert (waits, state(store, talk)) == ({"bob": True, "ann": False}, "needs_me")


@pytest.mark.usefixtures("outbox")
@pytest.mark.parametrize("others", [(), (TWO[1],)])
def test_passing_a_letter_on_is_no_answer_to_it(store: Store, others: tuple[Incoming, ...]) -> None:
    talk = taken(store, TWO[0], *others)
    onward = letter("f1", 60, DESK, "o1", to=("colleague@lemonade.test",))._replace(forwarded=True)
    taken(store, onward)
    assert state(store, talk) == "needs_me"
    assert all(one.waits for one in Inbox(store).open(talk).speakers)


@pytest.mark.usefixtures("outbox")
@pytest.mark.parametrize("pages", [1, 3])
def test_who_answered_our_letter_waits_although_we_write_to_another(store: Store, pages: int) -> None:
    mails = (
        letter("n1", 900, DESK, to=("list@lemonade.test",)),
        letter("a1", 600, "ann", "n1", to=(DESK,)),
        letter("n2", 300, DESK, "n1", to=("cid@example.org",)),
    )
    for page in (mails,) if pages == 1 else ((one,) for one in mails):
        taken(store, *page)
    states = dict(
        store.read.execute(
            "SELECT m.remote_id, c.state FROM message m JOIN conversation c ON c.id = m.conversation_id"
        ).fetchall()
    )
    assert states == {"n1": "needs_me", "a1": "needs_me", "n2": "waiting"}


def test_a_reply_that_lies_in_another_conversation_counts_as_one(store: Store, outbox: Outbox) -> None:
    talk, post = taken(store, *TWO), Post()
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (2, 'email', 'Live', ?, 0)", (DESK,))
        conn.execute("UPDATE account SET mode = 'file' WHERE id = 1")
    made = submit(outbox, talk)
    post.breaks = True
    assert outbox.deliver(made, post).state == "undecided"  # type: ignore[arg-type]
    copy = letter(outbox.get(made).key.strip("<>"), 0, DESK, "o2", to=("bob@example.org",))._replace(text="Hello")
    Intake(store, met=meet).take(2, [copy])
    assert outbox.get(made).state == "sent"
    assert {one.name: one.waits for one in Inbox(store).open(talk).speakers} == {"ann": True, "bob": False}


@pytest.mark.usefixtures("outbox")
def test_a_long_chain_of_our_own_is_told_in_one_breath(store: Store) -> None:
    many = 2_000
    chain = [letter(f"r{n}", many - n, DESK, f"r{n - 1}" if n else "o2", to=("ann@example.org",)) for n in range(many)]
    first = [one._replace(at=one.at - many) for one in TWO]
    began = time.monotonic()
    talk = taken(store, *first, *chain)
    assert Inbox(store).open(talk).row.state == "waiting"
    assert time.monotonic() - began < 2


def test_where_nobody_has_written_there_is_nobody_to_reply_to(store: Store, outbox: Outbox) -> None:
    talk = taken(store, letter("o0", 60, DESK))
    assert "nobody to reply to" in str(outbox.why_not_sendable(talk))
    with pytest.raises(UserError, match="nobody to reply to"):
        submit(outbox, talk)


def test_what_cannot_be_sent_says_so_before_it_is_written(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    assert outbox.why_not_sendable(talk) is None
    with store.write() as conn:
        conn.execute("UPDATE account SET mode = 'file'")
    assert isinstance(outbox.why_not_sendable(talk), NoAccountError)
    with store.write() as conn:
        conn.execute("UPDATE account SET mode = 'live'")
        conn.execute("UPDATE identity SET handle = 'Anna', key = 'anna' WHERE key = 'bob@example.org'")
    assert "no e-mail address for bob" in str(outbox.why_not_sendable(talk))
    assert outbox.why_not_sendable(talk, number(store, "o1")) is None
    with pytest.raises(NotFoundError):
        submit(outbox, 99)


def test_a_name_that_looks_like_another_address_hides_nobody(store: Store, outbox: Outbox) -> None:
    posing = letter("o1", 60, "eve", to=(DESK,))
    talk = taken(store, posing._replace(author=posing.author._replace(name="boss@bank.test")))
    found = outbox.get(submit(outbox, talk))
    assert found.to_whom == Inbox(store).open(talk).speakers[0].label == "boss@bank.test (eve@example.org)"
    own = letter("o2", 60, "ann", to=(DESK,))
    talk = taken(store, own._replace(author=own.author._replace(name="Ann@example.org")))
    assert outbox.get(submit(outbox, talk)).to_whom == "Ann@example.org"


def test_the_shell_names_the_address_as_the_envelope_has_it(store: Store, outbox: Outbox) -> None:
    greek = letter("o1", 60, "ann", to=(DESK,))
    author = greek.author._replace(key="eleni@παράδειγμα.test", handle="Eleni@παράδειγμα.test")
    talk = taken(store, greek._replace(author=author))
    (told,) = receivers(outbox.get(submit(outbox, talk)))
    assert told["address"] == "Eleni@xn--hxajbheg2az3al.test"


def test_letters_that_mail_servers_do_not_take_are_told_before_it_is_written(store: Store, outbox: Outbox) -> None:
    greek = letter("o1", 60, "ann", to=(DESK,))
    author = greek.author._replace(key="ελένη@example.org", handle="Ελένη@example.org")
    talk = taken(store, greek._replace(author=author))
    assert "letters before the @" in str(outbox.why_not_sendable(talk))


def test_a_template_speaks_to_whom_it_goes(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    with store.write() as conn:
        conn.execute("UPDATE member SET name = upper(substr(name, 1, 1)) || substr(name, 2) || ' Bell'")
    desk = Templates(store)
    desk.add("hi", "Hi", texts=[Text("en", "A", "Hi {{first_name}}"), Text("en", "B", "Hello {{first_name}}")])
    picks = [desk.pick("hi", talk, "en", answers) for answers in (None, number(store, "o1"))]
    assert [pick and pick.filled.text for pick in picks] == ["Hi Bob", "Hi Ann"]
    draft = Draft("Hi Bob", "en", 1, "A")
    outbox.submit(clear(draft, ()), talk, hold_seconds=0)
    again = [desk.pick("hi", talk, "en", number(store, one)) for one in ("o2", "o1")]
    assert [pick and pick.text.variant for pick in again] == ["B", "A"]


def test_the_outcome_of_a_hand_off_is_told_only_by_a_reply_to_its_member(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO)
    with store.write() as conn:
        conn.execute(
            "INSERT INTO handoff (conversation_id, member_id, ask, opened_at, status, updated_at)"
            " SELECT ?, member_id, 'Look', 0, 'solved', 0 FROM identity WHERE key = 'ann@example.org'", (talk,)
        )  # fmt: skip
    post, told = Post(), "SELECT told_at IS NOT NULL FROM handoff"
    outbox.deliver(submit(outbox, talk), post)  # type: ignore[arg-type]
    assert store.read.execute(told).fetchone()[0] == 0
    outbox.deliver(submit(outbox, talk, answers=number(store, "o1")), post)  # type: ignore[arg-type]
    assert store.read.execute(told).fetchone()[0] == 1


@pytest.mark.parametrize("seed", range(40))
def test_random_threads_end_answered_each_by_name(seed: int, store: Store, outbox: Outbox) -> None:
    random, people = Random(seed), PEOPLE[: 1 + seed % 5]
    refs: list[str] = []
    items = []
    for step in range(random.randint(1, 9)):
        who = random.choice((*people, DESK))
        parent = random.choice(refs) if refs else ""
        named = tuple(f"{one}@example.org" for one in random.sample(people, random.randint(0, len(people))))
        items.append(letter(f"m{step}", 900 - step * 60, who, parent, (*named, DESK)))
        refs.append(f"m{step}")
    taken(store, *items)
    post, answered = Post(), 0
    while row := store.read.execute("SELECT id FROM conversation WHERE state = 'needs_me'").fetchone():
        speakers = Inbox(store).open(row[0]).speakers
        expected = next(one for one in speakers if one.waits)
        found = outbox.deliver(submit(outbox, row[0], f"Answer {answered}"), post)  # type: ignore[arg-type]
        assert (found.to_whom, found.address, found.state) == (expected.name, expected.address, "sent")
        assert post.envelopes[-1] == expected.address
        answered += 1
        assert answered <= len(people) * 2
    for (talk,) in store.read.execute("SELECT id FROM conversation").fetchall():
        assert not [one for one in Inbox(store).open(talk).speakers if one.waits]


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("Thanks! I asked @cid@garden.example", "@cid@garden.example"),
        ("Ask @cid!", "@cid"),
        ("Hello @bob@example.org, thanks", ""),
        ("Write to desk@lemonade.test or see https://x.example/@cid", ""),
    ],
)
def test_a_private_post_shows_itself_to_nobody_who_is_only_mentioned(
    store: Store, outbox: Outbox, words: str, refused: str
) -> None:
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = 'mastodon'")
    talk = taken(store, *TWO)
    with store.write() as conn:
        conn.execute("UPDATE identity SET handle = '@' || handle")
    if refused:
        with pytest.raises(UserError, match=f"“{refused}” would see this private message too"):
            submit(outbox, talk, words)
        return
    assert outbox.get(submit(outbox, talk, words)).to_whom == "bob"


def test_the_story_says_whom_each_of_our_words_answered(store: Store, outbox: Outbox) -> None:
    talk = taken(store, *TWO, letter("r1", 200, DESK, "o1"))
    post = Post()
    outbox.deliver(submit(outbox, talk, "To you", answers=number(store, "o2")), post)  # type: ignore[arg-type]
    lines = Inbox(store).open(talk).lines
    assert [(one.text, one.to) for one in lines if one.out] == [("Words of r1", "ann"), ("To you", "bob")]
    assert {one.to for one in lines if not one.out} == {""}
