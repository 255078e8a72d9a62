"""Places that let no program in: notices come in by the mailbox, replies are taken along, posted and confirmed."""

from __future__ import annotations

import uuid

import pytest

from app.accounts import assistable
from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.channels.registry import READ_ONLY, is_by_hand, known
from app.intake.written_down import Caller
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.test_email_contract import Peer
from tests.servers.mail import MailServer

PAGE = "https://www.facebook.com/lemonade"


@pytest.fixture
def account(bench: Workbench) -> int:
    fields = {"page": PAGE, "handle": "Lemonade"}
    found = bench.accounts.try_out("facebook", fields, {})
    assert "doesn't allow programs" in found.sentence
    return bench.accounts.add("facebook", "Facebook", fields, {}, found)[0].id


def said(bench: Workbench, account: int) -> int:
    post, anna = f"{PAGE}/posts/12", Author("anna bell", "Anna Bell", "Anna Bell")
    at, link = clock.now() - 60, f"{post}?comment_id=3"
    heard = Incoming("n1", at, "Where do you sell it?", anna, thread=post, url=link, post_url=post)
    return next(iter(bench.intake.take(account, [heard]).conversation_ids))


def submit(bench: Workbench, talk: int, text: str = "At the market on Saturday.") -> int:
    return bench.outbox.submit(bench.voice.clear(Draft(text), reason="test"), talk, hold_seconds=0)


def test_a_reply_is_taken_along_posted_and_confirmed(bench: Workbench, account: int) -> None:
    assert bench.accounts.get(account).assisted
    assert not bench.accounts.get(account).live
    talk = said(bench, account)
    number = submit(bench, talk)
    assert bench.outbox.due() == []
    assert bench.outbox.next_at() is None
    assert [one.id for one in bench.outbox.by_hand()] == [number]
    assert bench.outbox.start_posting_by_hand(number) == ("At the market on Saturday.", f"{PAGE}/posts/12?comment_id=3")
    assert bench.outbox.get(number).state == "undecided"
    assert bench.outbox.to_look_up(clock.now() + 10**6) == []
    assert bench.outbox.start_posting_by_hand(number)[0]  # the clipboard was overwritten: once more
    bench.outbox.confirm(number)
    assert bench.outbox.get(number).state == "sent"
    row = bench.store.read.execute("SELECT state FROM conversation WHERE id = ?", (talk,)).fetchone()
    assert row[0] == "waiting"
    assert bench.store.read.execute("SELECT count(*) FROM message WHERE out").fetchone()[0] == 1


def test_what_was_not_posted_waits_again(bench: Workbench, account: int) -> None:
    number = submit(bench, said(bench, account))
    bench.outbox.start_posting_by_hand(number)
    bench.outbox.retry(number)
    assert [one.id for one in bench.outbox.by_hand()] == [number]
    assert bench.outbox.due() == []


def test_an_account_that_sends_by_itself_is_not_posted_by_hand(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, created_at) VALUES (9, 'email', 'Post', 0)")
    talk = said(bench, 9)
    number = submit(bench, talk)
    assert bench.outbox.by_hand() == []
    with pytest.raises(UserError, match="sends automatically"):
        bench.outbox.start_posting_by_hand(number)


def test_a_reply_that_is_too_long_for_the_place_is_refused(bench: Workbench) -> None:
    account = bench.accounts.add("x", "X", {"page": "https://x.com/lemonade"}, {})[0].id
    with pytest.raises(UserError, match="X allows 280 characters"):
        submit(bench, said(bench, account), "λ" * 281)


@pytest.mark.parametrize("kind", [of.kind for of in assistable()])
def test_each_place_can_be_set_up(bench: Workbench, kind: str) -> None:
    made, told = bench.accounts.add(kind, "There", {}, {})  # nothing has to be known of it
    assert (made.kind, made.assisted, told) == (kind, True, "")
    assert bench.sync.fetch() == []


@pytest.mark.servers("dovecot", "openssl")
@pytest.mark.usefixtures("account")
def test_a_notice_in_a_real_mailbox_becomes_the_message(bench: Workbench, post: MailServer) -> None:
    peer = Peer(post)
    bench.accounts.add("email", "Post", peer.fields, peer.secrets)
    number = uuid.uuid4().hex
    letter = (
        "From: Facebook <notification@facebookmail.com>\r\nTo: us\r\nSubject: Anna Bell commented on your post.\r\n"
        f"Message-ID: <{number}@facebookmail.com>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nAnna wrote: “Is it vegan?”\r\n\r\n"
        f"{PAGE}/posts/12?comment_id=3\r\n"
    )
    post.deliver(peer.name, letter.encode())
    peer.say("bela", "A plain mail")
    line = bench.sync.pull("Post")
    assert (line.new, line.error) == (2, "")
    assert bench.sync.pull("Post").new == 0
    rows = bench.store.read.execute(
        "SELECT a.name, m.text, i.name FROM message m JOIN account a ON a.id = m.account_id"
        " JOIN identity i ON i.id = m.identity_id ORDER BY a.name"
    ).fetchall()
    assert [tuple(row) for row in rows] == [("Facebook", "Is it vegan?", "Anna Bell"), ("Post", "A plain mail", "Bela")]


def chat(bench: Workbench, kind: str, number: str = "+354 555 0000") -> int:
    fields = {"number": number} if number else {}
    return bench.accounts.add(kind, "Chats", fields, {})[0].id


def hear(bench: Workbench, account: int, who: str, text: str, phone: str = "") -> int:
    return bench.written_down.take(account, Caller(who, phone), text)


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("whatsapp", "https://wa.me/3545551234"), ("viber", "viber://chat?number=%2B3545551234"),
        ("signal", "https://signal.me/#p/+3545551234"), ("sms", "sms:+3545551234"), ("messenger", ""),
    ],
)  # fmt: skip
def test_a_reply_to_a_phone_number_opens_its_chat(bench: Workbench, kind: str, page: str) -> None:
    account = chat(bench, kind, "" if kind == "messenger" else "+354 555 0000")
    talk = hear(bench, account, "Anna Bell", "Are you open on Sunday?", "" if kind == "messenger" else "555 1234")
    assert not bench.inbox.open(talk).row.public
    assert bench.outbox.start_posting_by_hand(submit(bench, talk)) == ("At the market on Saturday.", page)


def test_one_number_is_one_person_and_one_conversation(bench: Workbench) -> None:
    account = chat(bench, "whatsapp")
    first = hear(bench, account, "Anna Bell", "Are you open?", "555-1234")
    assert hear(bench, account, "Anna", "On Sunday, I mean.", "+354 555 1234") == first
    assert hear(bench, account, "00354 5551234", "Hello?") == first
    other = hear(bench, account, "+420 601 123 456", "Dobrý den")
    assert other != first
    assert bench.inbox.open(other).row.member == "+420 601123456"
    with pytest.raises(UserError, match="isn't a phone number"):
        hear(bench, account, "Anna Bell", "Hi", "at home")


def test_without_a_number_a_name_is_enough(bench: Workbench) -> None:
    account = chat(bench, "viber", "")
    talk = hear(bench, account, "Anna Bell", "Hi")
    assert hear(bench, account, "anna bell", "Still there?") == talk
    assert hear(bench, account, "Bela Zöld", "Hi") != talk
    assert bench.outbox.start_posting_by_hand(submit(bench, talk))[1] == ""


def test_what_takes_no_reply_from_a_program_is_known_to_queries() -> None:
    assert {of.kind for of in known() if of.live and not of.can.reply} == set(READ_ONLY)
    assert is_by_hand("feed", "live")
    assert is_by_hand("other", "assisted")
    assert not is_by_hand("feed", "demo")
    assert not is_by_hand("email", "live")
