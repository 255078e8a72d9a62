"""Letters to several people: who counts as answered, what comes back with the draft, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Addressee, Incoming, Reply
from app.cli.replies import receivers
from app.inbox import Inbox
from app.inbox.addressing import BCC, CC, TO, Addressing
from app.intake import Intake
from app.outbox import Outbox, meet
from app.outbox.composing import reply
from app.store.store import Store
from app.templates import Templates, Text
from app.voice import Draft, clear
from tests.app.outbox.test_receivers import Post
from tests.app.saying import said

DESK, LIST = "desk@lemonade.test", "garden@lists.example.org"
FIELDS = '{"address": "desk@lemonade.test", "aliases": "Jana <jana@lemonade.test>", "name": "Lemonade"}'


def letter(
    number: str, ago: int, who: str, parent: str = "", to: str = DESK, cc: str = "", through: str = ""
) -> Incoming:
    made = said(number, clock.now() - ago, f"Words of {number}", at(who), refs=[parent] if parent else (), name=who)
    named = [Addressee(TO, "", each) for each in to.split()] + [Addressee(CC, "", each) for each in cc.split()]
    alias = next((each.address for each in named if each.address.endswith("@lemonade.test")), "")
    return made._replace(
        public=False, parent=parent, to=tuple(each.address for each in named), named=tuple(named), letter=number,
        alias=alias, mailing_list=through,
    )  # fmt: skip


def at(who: str) -> str:
    return f"{who}@example.org"


def box(who: str, role: str = TO) -> Addressee:
    return Addressee(role, "", who if "@" in who else at(who))


@pytest.fixture
def outbox(store: Store) -> Iterator[Outbox]:
    with store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, own, fields, created_at) VALUES (1, 'email', 'Post', ?, ?, 0)",
            (f"{DESK}\njana@lemonade.test", FIELDS),
        )
    made = Outbox(store, settle=0)
    yield made
    made.close()


def taken(store: Store, *items: Incoming) -> int:
    return min(Intake(store, met=meet).take(1, items).conversation_ids)


def waiting(store: Store, talk: int) -> tuple[str, set[str]]:
    opened = Inbox(store).open(talk)
    return opened.row.state, {speaker.name for speaker in opened.speakers if speaker.waits}


def three(store: Store) -> int:
    """Ann, Bob and Cid write in one thread; each letter names the others."""
    return taken(
        store,
        letter("o1", 900, "ann", cc=f"{at('bob')} {at('cid')}"),
        letter("o2", 600, "bob", "o1", cc=f"{at('ann')} {at('cid')}"),
        letter("o3", 300, "cid", "o2", cc=f"{at('ann')} {at('bob')}"),
    )


def to_all(store: Store, talk: int) -> Addressing:
    inbox = Inbox(store)
    return inbox.letters.to_everybody(inbox.open(talk).speakers[0])


def send(outbox: Outbox, talk: int, chosen: Addressing | None, words: str = "Hello", **more: int | bool) -> int:
    hold = int(more.pop("hold_seconds", 0))
    return outbox.submit(clear(Draft(words, "en"), ()), talk, hold_seconds=hold, addressing=chosen, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("how", ["at once", "held", "scheduled", "sent"])
def test_a_reply_to_all_answers_each_who_waits(store: Store, outbox: Outbox, how: str) -> None:
    talk = three(store)
    assert waiting(store, talk) == ("needs_me", {"ann", "bob", "cid"})
    if how == "scheduled":
        made = send(outbox, talk, to_all(store, talk), at=clock.now() + 86_400)
        assert waiting(store, talk) == ("needs_me", {"ann", "bob", "cid"})  # nothing was given yet
        outbox.send_now(made)
    else:
        made = send(outbox, talk, to_all(store, talk), hold_seconds=60 if how == "held" else 0)
    if how == "sent":
        outbox.deliver(made, Post())  # type: ignore[arg-type]
        assert outbox.get(made).state == "sent"
    assert waiting(store, talk) == ("waiting", set())


def test_who_was_not_addressed_still_waits(store: Store, outbox: Outbox) -> None:
    talk = three(store)
    made = send(outbox, talk, Addressing(cc=(box("ann", CC),)))
    assert waiting(store, talk) == ("needs_me", {"bob"})
    outbox.deliver(made, Post())  # type: ignore[arg-type]
    assert waiting(store, talk) == ("needs_me", {"bob"})
    send(outbox, talk, Addressing(bcc=(box("cid", BCC),)), "And you")
    assert waiting(store, talk) == ("waiting", set())


@pytest.mark.parametrize("sent", [False, True])
def test_a_letter_to_somebody_else_alone_answers_nobody(store: Store, outbox: Outbox, sent: bool) -> None:  # noqa: FBT001
    talk = taken(store, letter("o1", 900, "ann"))
    made = send(outbox, talk, Addressing(to=(box("expert"),)))
    if sent:
        outbox.deliver(made, Post())  # type: ignore[arg-type]
    entry = outbox.get(made)
    assert (entry.to_whom, entry.member_id, entry.identity_id) == (at("expert"), None, None)
    assert waiting(store, talk) == ("needs_me", {"ann"})
    send(outbox, talk, None, "And to you")
    assert waiting(store, talk) == ("waiting", set())


def test_a_plain_reply_goes_to_the_writer_alone_whoever_else_was_named(store: Store, outbox: Outbox) -> None:
    talk = three(store)
    entry = outbox.get(send(outbox, talk, None))
    assert (entry.boxes, entry.address, entry.public) == ((), at("cid"), False)
    assert waiting(store, talk) == ("needs_me", {"ann", "bob"})


@pytest.mark.parametrize("back", ["undone", "discarded"])
def test_whom_it_was_for_comes_back_with_the_draft(store: Store, outbox: Outbox, back: str) -> None:
    talk = three(store)
    chosen = to_all(store, talk)._replace(bcc=(box("eve", BCC),), sender="jana@lemonade.test")
    made = send(outbox, talk, chosen, hold_seconds=60)
    (outbox.undo_send if back == "undone" else outbox.discard)(made)
    opened = Inbox(store).open(talk)
    assert (opened.draft, opened.addressing) == ("Hello", chosen)
    assert waiting(store, talk) == ("needs_me", {"ann", "bob", "cid"})


def test_a_letter_through_a_list_is_its_writers_and_the_list_is_a_choice(store: Store, outbox: Outbox) -> None:
    talk = taken(store, letter("o1", 900, "ann", to=LIST, cc=DESK, through=LIST))
    plain = outbox.way(talk)
    assert ([each.address for each in plain.boxes], plain.to_list) == ([at("ann")], False)
    inbox = Inbox(store)
    chosen = inbox.letters.to_mailing_list(inbox.open(talk).speakers[0])
    made = send(outbox, talk, chosen)
    entry = outbox.get(made)
    assert ([each.address for each in entry.boxes], entry.to_list, entry.public) == ([LIST], True, True)
    assert [(each["address"], each["public"]) for each in receivers(entry)] == [(LIST, True)]
    assert waiting(store, talk) == ("waiting", set())
    outbox.deliver(made, Post())  # type: ignore[arg-type]
    assert waiting(store, talk) == ("waiting", set())  # she reads the list


def test_the_list_typed_by_hand_is_as_public(store: Store, outbox: Outbox) -> None:
    talk = taken(store, letter("o1", 900, "ann", to=LIST, cc=DESK, through=LIST))
    assert outbox.way(talk, None, Addressing(cc=(box(LIST, CC),))).to_list


def handed(store: Store, outbox: Outbox, made: int) -> Reply:
    return reply(store.read, outbox.get(made))


def test_it_comes_from_the_alias_that_was_written_to_with_that_ones_signature(store: Store, outbox: Outbox) -> None:
    from app.accounts.signatures import Signatures  # noqa: PLC0415  this test alone signs

    signatures = Signatures(store)
    signatures.change(
        1, {("", ""): "Lemonade", ("jana@lemonade.test", ""): "Jana", ("jana@lemonade.test", "hu"): "Üdv, Jana"}
    )
    talk = taken(store, letter("o1", 900, "ann", to="jana@lemonade.test"))
    made = handed(store, outbox, send(outbox, talk, None))
    assert (made.sender, made.text) == (("Jana", "jana@lemonade.test"), "Hello\n\n-- \nJana")
    chosen = handed(store, outbox, send(outbox, talk, Addressing(sender=DESK), "Other words"))
    assert (chosen.sender, chosen.text) == (("Lemonade", DESK), "Other words\n\n-- \nLemonade")
    assert outbox.ending(outbox.way(talk), "hu") == "-- \nÜdv, Jana"


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (Addressing(cc=(Addressee(CC, "", "bel"),)), "“bel” isn't an e-mail address"),
        (Addressing(to=(Addressee(TO, "", "ελένη@example.org"),)), "letters before the @"),
        (
            Addressing(bcc=tuple(box(f"p{number}", BCC) for number in range(5_000))),
            "5001 receivers; one letter goes to",
        ),
        (Addressing(sender="eve@lemonade.test"), "isn't an address of this account. It can send as: desk@"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_a_sentence_and_the_draft_stays(
    store: Store, outbox: Outbox, chosen: Addressing, sentence: str
) -> None:
    talk = three(store)
    inbox = Inbox(store)
    inbox.keep_draft(talk, "Hello", "en", None, chosen)
    assert sentence in str(outbox.why_not_sendable(talk, None, chosen))
    with pytest.raises(UserError, match=sentence.replace(".", r"\.")):
        send(outbox, talk, chosen)
    opened = inbox.open(talk)
    assert (opened.draft, opened.addressing) == ("Hello", chosen)
    assert outbox.entries() == []


def test_posts_have_no_several_receivers(store: Store, outbox: Outbox) -> None:
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = 'mastodon'")
    talk = taken(store, letter("o1", 900, "ann"))
    assert "Only letters have several receivers" in str(
        outbox.why_not_sendable(talk, None, Addressing(cc=(box("bob", CC),)))
    )


def test_a_template_speaks_to_the_one_who_is_answered_whoever_else_gets_it(store: Store, outbox: Outbox) -> None:
    talk = three(store)
    with store.write() as conn:
        conn.execute("UPDATE member SET name = upper(substr(name, 1, 1)) || substr(name, 2) || ' Bell'")
    desk = Templates(store)
    desk.add("hi", "Hi", texts=[Text("en", "A", "Hi {{first_name}}")])
    speaker = Inbox(store).open(talk).speakers[1]
    picked = desk.pick("hi", talk, "en", speaker.message_id)
    assert picked is not None
    assert picked.filled.text == "Hi Bob"
    entry = outbox.get(
        send(outbox, talk, Inbox(store).letters.to_everybody(speaker), picked.filled.text, answers=speaker.message_id)
    )
    assert [each.address for each in entry.boxes] == [at("bob"), at("ann"), at("cid")]


def test_the_shell_names_each_with_their_member(store: Store, outbox: Outbox) -> None:
    talk = three(store)
    entry = outbox.get(send(outbox, talk, to_all(store, talk)._replace(bcc=(box("stranger", BCC),))))
    told = receivers(entry, outbox.members_at(entry))
    assert [(each["role"], each["address"], each["member"]) for each in told] == [
        ("to", at("cid"), "P-3"), ("cc", at("ann"), "P-1"), ("cc", at("bob"), "P-2"), ("bcc", at("stranger"), None),
    ]  # fmt: skip
