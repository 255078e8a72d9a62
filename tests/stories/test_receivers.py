"""Answering in threads of one, two and five people: head, the shell's words and the envelope name the same person."""

from __future__ import annotations

import time
import uuid
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.utils import formatdate, getaddresses
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base import ids
from app.base.paths import Profile
from app.cli import replies
from app.workbench import Workbench
from tests.servers.mail import DOMAIN, PASSWORD, MailServer
from tests.stories.hand import Hand
from ui.shell.application import Application, qt_application
from ui.shell.window import Window

pytestmark = pytest.mark.servers("dovecot", "openssl")

NAMES = {"ann": "Ann Bell", "bob": "Bob", "eleni": "Ελένη Παπαδοπούλου", "zsofi": "Kővári Zsófia", "thora": "Þóra"}
THREADS = 200


@dataclass(slots=True)
class Desk:
    """The manager's mailbox, connected, with the window open on it."""

    post: MailServer
    window: Window
    bench: Workbench
    name: str

    @property
    def address(self) -> str:
        return f"{self.name}@{DOMAIN}"

    @property
    def page(self) -> Any:
        return self.window.page("inbox")

    def gets(
        self, number: str, who: str, *more: str, refs: str = "", to: str = "", ago: int = 600, folder: str = ""
    ) -> None:
        """A letter comes, with `more` lines in its head; from "us" it lies in Sent."""
        sender = f"Desk <{self.address}>" if who == "us" else f"{NAMES[who]} <{who}@{DOMAIN}>"
        lines = [
            f"From: {sender}", f"To: {to or self.address}", f"Subject: {'Re: ' if refs else ''}Order",
            f"Date: {formatdate(time.time() - ago)}", f"Message-ID: <{number}@{DOMAIN}>",
            *more,
            *([f"In-Reply-To: <{refs}@{DOMAIN}>", f"References: <{refs}@{DOMAIN}>"] if refs else []),
            "Content-Type: text/plain; charset=utf-8", "", f"Words of {number}", "",
        ]  # fmt: skip
        self.post.deliver(self.name, "\r\n".join(lines).encode(), "Sent" if who == "us" else folder)

    def fetch(self, many: int) -> None:
        """Until so many messages are there."""
        self.window.run("sync")
        Hand.until(lambda: self.count("message") >= many)
        Hand.rest(0.2)

    def count(self, what: str) -> int:
        return int(self.bench.store.read.execute(f"SELECT count(*) FROM {what}").fetchone()[0])

    def talk_of(self, number: str) -> int:
        row = self.bench.store.read.execute(
            "SELECT conversation_id FROM message WHERE remote_id = ?", (f"{number}@{DOMAIN}",)
        ).fetchone()
        return int(row[0])

    def shows(self, talk: int) -> str:
        """The composer's head of that conversation."""
        self.window.go("inbox", talk)
        Hand.rest(0.02)
        assert self.page.talk.opened.row.id == talk
        return str(self.page.talk.composer.head.where.text()).replace("\u2068", "").replace("\u2069", "")

    def sends(self, words: str) -> list[str]:
        """Type and send with the keys, without waiting for the end of Undo; the envelope that it went out in."""
        before, hand = len(self.post.envelopes(self.address)), Hand(self.window)
        self.page.talk.composer.write()
        hand.types(words)
        hand.keys("Ctrl+Shift+Enter")
        hand.until(lambda: self.bench.outbox.entries(("held",)))
        self.bench.outbox.send_now(self.bench.outbox.entries(("held",))[-1].id)
        hand.until(lambda: len(self.post.envelopes(self.address)) > before)
        return self.post.envelopes(self.address)[-1]


@pytest.fixture
def desk(profile: Profile, post: MailServer) -> Iterator[Desk]:
    qt_application(["rapport"])
    name = f"desk{uuid.uuid4().hex[:8]}"
    post.deliver(
        name, b"From: Nobody <nobody@x.test>\r\nSubject: First\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\n\r\nHi"
    )
    application = Application(profile)
    window = application.start()
    assert application.bench is not None
    window.overlays.end_first_run()
    window.go("inbox")
    application.bench.accounts.add("email", "Post", post.fields(name), {"password": PASSWORD})
    yield Desk(post, window, application.bench, name)
    application.close()
    QApplication.processEvents()


@pytest.mark.slow
def test_one_person_is_answered_by_name(desk: Desk) -> None:
    desk.gets("one", "zsofi")
    desk.fetch(2)
    assert desk.shows(desk.talk_of("one")).startswith(f"E-mail to Kővári Zsófia (zsofi@{DOMAIN})")
    assert desk.page.talk.composer.whom.receiving.isHidden()
    assert desk.sends("Igen") == [f"zsofi@{DOMAIN}"]


@pytest.mark.slow
def test_an_answer_goes_where_the_letter_asks_for_it(desk: Desk) -> None:
    desk.gets("r1", "ann", f"Reply-To: Ann at home <home@{DOMAIN}>")
    desk.gets("r2", "bob", f"Reply-To: bob.private@{DOMAIN}, Team <team@{DOMAIN}>")
    desk.fetch(3)
    assert desk.shows(desk.talk_of("r1")).startswith(f"E-mail to Ann at home (home@{DOMAIN})")
    assert desk.sends("Heim") == [f"home@{DOMAIN}"]
    head = desk.shows(desk.talk_of("r2"))
    assert f"bob.private@{DOMAIN}" in head
    assert f"team@{DOMAIN}" in head
    assert sorted(desk.sends("Both")) == [f"bob.private@{DOMAIN}", f"team@{DOMAIN}"]


@pytest.mark.slow
def test_a_letter_without_a_subject_is_not_answered_with_its_own_words(desk: Desk) -> None:
    raw = (
        f"From: ann@{DOMAIN}\r\nTo: {desk.address}\r\nMessage-ID: <ns@{DOMAIN}>\r\n\r\nMy code is lemon-and-thyme.\r\n"
    )
    desk.post.deliver(desk.name, raw.encode(), "")
    desk.fetch(2)
    desk.shows(desk.talk_of("ns"))
    desk.sends("Noted")
    Hand.until(lambda: desk.post.mails(desk.name, "Sent"))
    head = desk.post.mails(desk.name, "Sent")[-1].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    assert b"\nSubject: Re:\n" in head
    assert b"lemon-and-thyme" not in head


@pytest.mark.slow
def test_of_two_the_one_who_is_named_gets_it_and_the_other_can_be_chosen(desk: Desk) -> None:
    desk.gets("o1", "ann", to=f"{desk.address}, bob@{DOMAIN}", ago=900)
    desk.gets("o2", "bob", refs="o1", to=f"ann@{DOMAIN}, {desk.address}")
    desk.fetch(3)
    talk = desk.talk_of("o1")
    assert talk == desk.talk_of("o2")
    assert desk.shows(talk).startswith("E-mail to Bob")
    assert not desk.page.talk.composer.head.change.isHidden()
    assert desk.sends("To you, Bob") == [f"bob@{DOMAIN}"]
    assert desk.bench.inbox.row(talk).state == "needs_me"
    assert desk.shows(talk).startswith("E-mail to Ann Bell")
    desk.page.talk.composer.whom.answer(desk.bench.inbox.message_from(talk, "bob"))
    assert "E-mail to Bob" in desk.page.talk.composer.head.where.text().replace("\u2068", "")
    assert desk.sends("Bob, once more") == [f"bob@{DOMAIN}"]
    assert desk.shows(talk).startswith("E-mail to Ann Bell")
    assert desk.sends("And to you, Ann") == [f"ann@{DOMAIN}"]
    assert desk.bench.inbox.row(talk).state == "waiting"


@pytest.mark.slow
def test_who_writes_while_one_writes_is_announced_and_changes_nothing(desk: Desk) -> None:
    desk.gets("k1", "ann", ago=900)
    desk.fetch(2)
    talk, hand = desk.talk_of("k1"), Hand(desk.window)
    assert desk.shows(talk).startswith("E-mail to Ann Bell")
    composer = desk.page.talk.composer
    composer.write()
    hand.types("Kóðinn er ")
    desk.gets("k2", "eleni", refs="k1")
    desk.fetch(3)
    assert desk.talk_of("k2") == talk
    hand.until(lambda: not composer.whom.arrived.isHidden())
    assert "Ελένη Παπαδοπούλου" in composer.whom.arrived.words.text()
    assert desk.shows(talk).startswith("E-mail to Ann Bell")
    desk.window.go("inbox", desk.talk_of("k1"))
    composer.keep()
    opened = desk.bench.inbox.open(talk)
    assert opened.answering is not None
    assert opened.answering.name == "Ann Bell"
    assert desk.sends("1234") == [f"ann@{DOMAIN}"]
    assert desk.bench.inbox.row(talk).state == "needs_me"


@pytest.mark.slow
def test_five_private_answers_are_five_conversations_each_answered_alone(desk: Desk) -> None:
    desk.gets("news", "us", to="undisclosed-recipients:;", ago=2000)
    for place, who in enumerate(NAMES):
        desk.gets(f"a-{who}", who, refs="news", ago=1800 - place * 60)
    desk.fetch(7)
    talks = {who: desk.talk_of(f"a-{who}") for who in NAMES}
    assert len(set(talks.values())) == 5
    before = desk.bench.inbox.counts()["needs_me"]
    for done, (who, talk) in enumerate(talks.items(), start=1):
        assert desk.shows(talk).startswith(f"E-mail to {NAMES[who]}")
        assert desk.sends(f"To {who}") == [f"{who}@{DOMAIN}"]
        assert desk.bench.inbox.counts()["needs_me"] == before - done


@pytest.mark.slow
def test_head_shell_and_envelope_agree_over_many_threads(desk: Desk, tmp_path: Path) -> None:
    random, letters, words = Random(6), 1, tmp_path / "words.txt"
    for thread in range(THREADS):
        people = random.sample(list(NAMES), random.choice((1, 2, 2, 3, 5)))
        refs = ""
        for step in range(random.randint(1, 4)):
            who = random.choice((*people, "us") if step else people)
            named = random.sample(people, random.randint(0, len(people)))
            to = ", ".join(f"{one}@{DOMAIN}" for one in named) if who == "us" else ""
            to = to or ", ".join([desk.address, *(f"{one}@{DOMAIN}" for one in named)])
            desk.gets(f"t{thread}-{step}", who, refs=refs, to=to, ago=900 - step * 60)
            refs, letters = f"t{thread}-{step}", letters + 1
    desk.fetch(letters)
    talks = [
        row[0]
        for row in desk.bench.store.read.execute(
            "SELECT id FROM conversation WHERE messages > 0 AND first_at > 1704200000"
        )
    ]
    assert len(talks) >= THREADS
    answered = 0
    for talk in talks:
        head = desk.shows(talk)
        hindrance = desk.bench.outbox.why_not_sendable(talk)
        if hindrance is not None:  # only we have written there
            assert "(no teammates yet)" in head
            continue
        words.write_text(f"Answer {talk}", encoding="utf-8")
        asked = Namespace(
            solved="",
            id=ids.display("C", talk),
            to=None,
            keeps=[],
            promise=False,
            text_file=str(words),
            template=None,
            language="en",
            fill=[],
            override="",
            done=False,
            now=True,
            at=None,
            thread=False,
            all=False,
            list=False,
            cc=[],
            bcc=[],
            sender="",
            attach=[],
            keep_held=False,
            cool_off=False,
        )
        told = replies.reply(desk.bench, asked)
        # the window's own worker may have taken it first
        Hand.until(lambda: len(desk.post.envelopes(desk.address)) > answered)  # noqa: B023  it is over before the next
        (receiver,) = told.data["receivers"]  # type: ignore[index]
        envelope = desk.post.envelopes(desk.address)[-1]
        assert [receiver["address"]] == envelope
        assert receiver["name"] in told.lines[0]
        assert head.startswith(f"E-mail to {receiver['name']} ({receiver['address']})")
        answered += 1
    assert answered >= THREADS * 0.8


@pytest.mark.slow
def test_a_reply_to_all_with_a_copy_added_is_undone_and_sent_as_the_head_says(desk: Desk) -> None:
    desk.gets("w1", "ann", f"Cc: Bob <bob@{DOMAIN}>", to=desk.address)
    desk.gets("w2", "thora", ago=300)
    desk.fetch(3)
    talk, hand = desk.talk_of("w1"), Hand(desk.window)
    assert desk.shows(talk).startswith(f"E-mail to Ann Bell (ann@{DOMAIN}), as")
    composer = desk.page.talk.composer
    assert composer.whom.receiving.offers["all"].title() == "Reply to all (1 more)"
    desk.page.list.focus_rows()
    hand.keys("Shift+R")
    hand.types("Við komum")
    hand.keys("Ctrl+Shift+C")
    hand.until(lambda: composer.whom.receiving.is_open)
    hand.types(", tho")
    hand.keys("Enter", "Enter")
    said = f"E-mail to Ann Bell (ann@{DOMAIN}), copy to Bob, Þóra"
    assert desk.shows(talk).startswith(said)
    hand.keys("Ctrl+Shift+Enter")
    hand.until(lambda: desk.bench.outbox.entries(("held",)))
    assert desk.bench.inbox.row(talk).state == "waiting"
    desk.page.list.focus_rows()
    hand.keys("Z")
    hand.until(lambda: not desk.bench.outbox.entries(("held",)))
    hand.until(lambda: desk.shows(talk).startswith(said))
    hand.until(lambda: composer.field.toPlainText() == "Við komum")
    assert desk.bench.inbox.row(talk).state == "needs_me"
    assert desk.sends("!") == [f"ann@{DOMAIN}", f"bob@{DOMAIN}", f"thora@{DOMAIN}"]
    hand.until(lambda: desk.post.mails(desk.name, "Sent"))
    letter = message_from_bytes(desk.post.mails(desk.name, "Sent")[-1])
    assert [address for _, address in getaddresses([letter["To"]])] == [f"ann@{DOMAIN}"]
    assert [address for _, address in getaddresses([letter["Cc"]])] == [f"bob@{DOMAIN}", f"thora@{DOMAIN}"]
    hand.until(lambda: "copy to" in desk.page.talk.story.toPlainText().rpartition("Words of w1")[2])
    assert desk.bench.inbox.row(talk).state == "waiting"
