"""What every channel has to keep, whichever it is: a subclass of `Contract` gives it a server to keep it with.

The server side is a `Peer`: members speak there, and what arrived is read there without our code.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Protocol

import pytest

from app.accounts import channel
from app.base import clock
from app.base.message import Change, Incoming, Reply, Target
from app.base.paths import Profile
from app.channels.base import (
    KEY,
    LOOK_UP,
    NONE,
    PAGE,
    AuthNeeded,
    Channel,
    Refused,
    Sent,
    Session,
    TryLater,
    UnknownOutcome,
)
from app.workbench import Workbench
from tests.servers.played import CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, Played
from tests.waiting import wait_until

WORDS = {
    "is": "Hæ! Ég fékk brotna flösku í pakkanum, þið eruð samt frábær.",
    "hu": "Sziasztok! Hol tudom megnézni, mikor érkezik a szörp?",
    "cs": "Dobrý den, limonáda přišla v pořádku, děkuji!",
    "el": "Γεια σας! Η λεμονάδα έφτασε, ευχαριστώ πολύ.",
    "en": "Is <b>this</b> & that “vegan”? 🍋👩🏽‍🌾 https://lemonade.example/faq?a=1&b=2",
}


class Peer(Protocol):
    """A server with members on it. Ids are as the channel hands them in."""

    kind: str
    fields: dict[str, str]
    secrets: dict[str, str]
    wrong: dict[str, str]
    """Secrets that it does not take; {} where there is nothing to be wrong."""

    def say(self, who: str, text: str, answering: str = "") -> str:
        """Have a member say something, as an answer to that id or for itself; its id."""

    def heard(self) -> list[tuple[str, str]]:
        """What we have said there: (text, id of what it answers or "")."""

    def gone(self) -> dict[str, str]:
        """The fields as they would be for a server where nobody answers."""


class Contract:
    """Subclass it, name it Test…, and give it a fixture `peer`; what a channel cannot do is left out by what it says.

    `settles` is how many seconds the server may take to show what was said; `many` how many messages make pages.
    `certain`: where a look-up finds nothing, there is nothing; False where that leaves it open.
    """

    settles: ClassVar[float] = 0.0
    many: ClassVar[int] = 230
    certain: ClassVar[bool] = True

    @pytest.fixture
    def bench(self, tmp_path: Path) -> Iterator[Workbench]:
        bench = Workbench(Profile(tmp_path / "profile"))
        yield bench
        bench.close()

    @pytest.fixture
    def account(self, bench: Workbench, peer: Any) -> int:
        return self.connect(bench, peer)

    @staticmethod
    def connect(bench: Workbench, peer: Peer, name: str = "There") -> int:
        """Connect as the form does: tried out, then kept. The account's number."""
        secrets = dict(peer.secrets)
        found = bench.accounts.try_out(peer.kind, peer.fields, secrets)
        made, _ = bench.accounts.add(peer.kind, name, peer.fields, secrets, found)
        return made.id

    def of(self, peer: Peer) -> Channel:
        return channel(peer.kind)

    def open(self, peer: Peer, **more: str) -> Session:
        """A session made as the house makes it, facts and all."""
        module = import_module(f"app.channels.{peer.kind}")
        secrets = dict(peer.secrets)
        with closing(module.open({**peer.fields, **more}, secrets)) as first:
            facts = first.check().facts
        session: Session = module.open({**facts, **peer.fields, **more}, secrets)
        return session

    def pull(self, bench: Workbench, account: int, least: int = 0) -> int:
        """Pull until at least so many new messages are in; how many came in."""
        name, new = bench.accounts.get(account).name, 0
        until = time.monotonic() + self.settles
        while True:
            line = bench.sync.pull(name)
            assert line.error == ""
            new += line.new
            if new >= least or time.monotonic() >= until:
                return new
            time.sleep(0.2)

    @staticmethod
    def texts(bench: Workbench, *, out: bool = False) -> list[str]:
        rows = bench.store.read.execute("SELECT text FROM message WHERE out = ? ORDER BY at, id", (out,))
        return [row[0] for row in rows]

    @staticmethod
    def conversation(bench: Workbench, text: str) -> int:
        row = bench.store.read.execute("SELECT conversation_id FROM message WHERE text = ?", (text,)).fetchone()
        return int(row[0])

    @staticmethod
    def answer(bench: Workbench, conversation: int, text: str) -> int:
        """Answer it as the composer does, without the hold; the outbox's number."""
        from app.voice import Draft  # noqa: PLC0415

        cleared = bench.voice.clear(Draft(text), reason="it is a test")
        return bench.outbox.submit(cleared, conversation, hold_seconds=0)

    # --- logging in

    def test_a_login_says_what_it_found(self, peer: Any) -> None:
        with closing(self.open(peer)) as session:
            found = session.check()
        assert found.sentence.endswith(".")
        assert not any(secret and secret in found.sentence for secret in peer.secrets.values())

    def test_a_wrong_secret_is_said(self, peer: Any) -> None:
        if not peer.wrong:
            pytest.skip("there is nothing to be wrong")
        module = import_module(f"app.channels.{peer.kind}")
        with closing(module.open(peer.fields, dict(peer.wrong))) as session, pytest.raises(AuthNeeded) as caught:
            session.check()
        assert not any(secret and secret in str(caught.value) for secret in peer.wrong.values())

    def test_a_key_that_was_copied_with_blanks_around_it_is_the_same_key(self, peer: Any) -> None:
        copied = {name: f" {told}\n" if name in ("key", "token") else told for name, told in peer.secrets.items()}
        if copied == peer.secrets:
            pytest.skip("it takes no key")
        module = import_module(f"app.channels.{peer.kind}")
        with closing(module.open(peer.fields, copied)) as session:
            assert session.check().sentence

    def test_a_server_that_is_gone_is_tried_later(self, peer: Any) -> None:
        module = import_module(f"app.channels.{peer.kind}")
        begun = time.monotonic()
        with closing(module.open(peer.gone(), dict(peer.secrets))) as session, pytest.raises(TryLater):
            session.check()
        assert time.monotonic() - begun < 60

    # --- in

    def test_what_members_say_comes_in_once_and_whole(self, bench: Workbench, account: int, peer: Any) -> None:
        for who, text in zip(("anna", "bela", "cyril", "dora", "anna"), WORDS.values(), strict=True):
            peer.say(who, text)
        assert self.pull(bench, account, 5) == 5
        assert sorted(self.texts(bench)) == sorted(WORDS.values())
        assert self.pull(bench, account) == 0
        names = {row[0].casefold() for row in bench.store.read.execute("SELECT name FROM member")}
        assert all(any(who in name for name in names) for who in ("anna", "bela", "cyril", "dora"))
        waiting = bench.store.read.execute("SELECT count(*) FROM conversation WHERE state = 'needs_me'").fetchone()[0]
        assert waiting >= 1

    def test_a_cursor_of_before_brings_nothing_twice(self, bench: Workbench, account: int, peer: Any) -> None:
        peer.say("anna", WORDS["is"])
        assert self.pull(bench, account, 1) == 1
        with bench.store.write() as conn:
            conn.execute("DELETE FROM cursor")
        peer.say("bela", WORDS["hu"])
        assert self.pull(bench, account, 1) == 1
        assert len(self.texts(bench)) == 2

    @pytest.mark.slow
    def test_many_come_in_pages(self, bench: Workbench, account: int, peer: Any) -> None:
        first = peer.say("anna", "Number 0 of many")
        for number in range(1, self.many):
            peer.say(("anna", "bela", "cyril")[number % 3], f"Number {number} of many", first if number % 2 else "")
        assert self.pull(bench, account, self.many) == self.many
        assert self.pull(bench, account) == 0

    # --- out

    def test_a_reply_arrives_where_it_belongs_and_is_known_when_it_comes_back(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        if not self.of(peer).can.reply:
            pytest.skip("it takes no replies")
        asked = peer.say("anna", WORDS["en"])
        assert self.pull(bench, account, 1) == 1
        conversation = self.conversation(bench, WORDS["en"])
        for text in (WORDS["el"], WORDS["hu"]):
            number = self.answer(bench, conversation, text)
            line = bench.sync.send(account)
            assert (line.sent, line.error) == (1, "")
            assert bench.outbox.get(number).state == "sent"
        wait_until(lambda: len(peer.heard()) == 2, self.settles + 1)
        heard = dict(peer.heard())
        assert set(heard) == {WORDS["el"], WORDS["hu"]}
        assert heard[WORDS["el"]] in (asked, "")
        self.pull(bench, account)
        time.sleep(min(self.settles, 2.0))
        self.pull(bench, account)
        assert sorted(self.texts(bench, out=True)) == sorted((WORDS["el"], WORDS["hu"]))
        assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 3
        assert {self.conversation(bench, text) for text in (WORDS["el"], WORDS["hu"])} == {conversation}

    def reply(self, bench: Workbench, account: int, peer: Any, text: str) -> Reply:
        """What the outbox would hand over, without it being handed over."""
        from app.outbox.composing import reply  # noqa: PLC0415

        peer.say("anna", WORDS["cs"])
        assert self.pull(bench, account, 1) == 1
        number = self.answer(bench, self.conversation(bench, WORDS["cs"]), text)
        return reply(bench.store.read, bench.outbox.get(number))

    def test_a_reply_that_may_be_there_is_found_or_not_sent_twice(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        if not self.of(peer).can.reply:
            pytest.skip("it takes no replies")
        wanted = self.reply(bench, account, peer, WORDS["hu"])
        sure = self.of(peer).can.sure
        with closing(self.open(peer)) as session:
            if sure == LOOK_UP and self.certain:
                assert session.find_sent(wanted) is None
            first = session.send(wanted)
            assert isinstance(first, Sent)
            if sure in (KEY, LOOK_UP):
                wait_until(lambda: _found(session, wanted) is not None, self.settles + 1)
                found = _found(session, wanted)
                assert found is not None
                assert found.remote_id == first.remote_id
            if sure == KEY:
                assert session.send(wanted).remote_id == first.remote_id
            if sure == NONE:
                with pytest.raises(UnknownOutcome):
                    session.find_sent(wanted)
        wait_until(lambda: len(peer.heard()) == 1, self.settles + 1)

    def test_a_sending_time_is_told_or_left_to_us(self, bench: Workbench, account: int, peer: Any) -> None:
        if not self.of(peer).can.reply:
            pytest.skip("it takes no replies")
        wanted = self.reply(bench, account, peer, WORDS["is"])
        with closing(self.open(peer)) as session:
            sent = session.send(wanted)
        assert sent.at is None or abs(sent.at - clock.now()) < 120


class Moderated:
    """Beside `Contract`, for a channel that moderates. The peer has `stands(id)`: "", held, hidden, spam or gone.

    `shown` is how a message stands after each verb.
    """

    shown: ClassVar[dict[str, tuple[str, ...]]] = {"hide": ("held", "hidden"), "spam": ("spam",), "delete": ("gone",)}

    @pytest.mark.slow
    def test_each_verb_does_what_it_says_and_what_can_be_taken_back_is(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        can = house.of(peer).can
        assert can.moderate
        with closing(house.open(peer)) as session:
            for verb in [verb for verb in can.moderate if verb in self.shown]:
                number = peer.say("anna", f"Please {verb} me")
                house.pull(bench, account, 1)
                for _ in range(2):  # twice is as once
                    session.moderate(verb, Target(number))
                assert peer.stands(number) in self.shown[verb]
                if verb in can.undo:
                    session.moderate("show", Target(number))
                    assert peer.stands(number) == ""


class Changing:
    """Beside `Contract`, where members can edit and take away: the peer has `change(id, text)`, `take_away(id)`."""

    def test_edits_and_deletions_upstream_are_shown_as_such(self, bench: Workbench, account: int, peer: Any) -> None:
        house: Any = self
        kept = peer.say("anna", "Before the edit")
        lost = peer.say("bela", "Said too soon")
        house.pull(bench, account, 2)
        peer.change(kept, "After the edit")
        peer.take_away(lost)
        rows = "SELECT text, edited_at IS NOT NULL, gone_at IS NOT NULL FROM message ORDER BY text"

        def seen() -> bool:
            house.pull(bench, account)
            found = [tuple(row) for row in bench.store.read.execute(rows)]
            return found == [("After the edit", 1, 0), ("Said too soon", 0, 1)]

        wait_until(seen, house.settles + 2)


class Changed:
    """Beside `Contract`, where our own messages can be changed: the peer has `reads(id)`, None for what is deleted.

    What is not corrected there is only withdrawn.
    """

    def said(self, bench: Workbench, account: int, peer: Any, text: str) -> tuple[int, str]:
        """A message of ours that the channel has: its number here and its id there."""
        house: Any = self
        peer.say("anna", WORDS["cs"])
        assert house.pull(bench, account, 1) == 1
        number = house.answer(bench, house.conversation(bench, WORDS["cs"]), text)
        assert bench.sync.send(account).sent == 1
        sent = bench.outbox.get(number)
        wait_until(lambda: peer.reads(sent.remote_id) is not None, house.settles + 1)
        house.pull(bench, account)
        return int(sent.message_id or 0), str(sent.remote_id)

    @staticmethod
    def correct(bench: Workbench, message: int, text: str) -> int:
        from app.voice import Draft  # noqa: PLC0415

        return bench.outbox.correct(message, bench.voice.clear(Draft(text), reason="it is a test"), 0)

    @staticmethod
    def undecided(bench: Workbench, number: int) -> None:
        """Make an undecided row due to be looked up."""
        assert bench.outbox.get(number).state == "undecided"
        with bench.store.write() as conn:
            conn.execute("UPDATE outbox SET next_at = 0, sending_at = 1 WHERE id = ?", (number,))

    def test_a_correction_is_read_there_once_and_its_old_words_here(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        if not house.of(peer).can.correct:
            pytest.skip("it can only be withdrawn")
        message, there = self.said(bench, account, peer, WORDS["hu"])
        for text in (WORDS["en"], WORDS["el"]):
            self.correct(bench, message, text)
            line = bench.sync.send(account)
            assert (line.sent, line.error) == (1, "")
            wait_until(lambda text=text: peer.reads(there) == text, house.settles + 1)  # type: ignore[misc]
        for _ in range(2):
            house.pull(bench, account)
        assert house.texts(bench, out=True) == [WORDS["el"]]
        versions = bench.store.read.execute("SELECT text FROM message_version ORDER BY id").fetchall()
        assert [row[0] for row in versions] == [WORDS["hu"], WORDS["en"]]
        assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 2

    def test_a_change_asked_for_twice_is_done_once_and_read_back(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        _, there = self.said(bench, account, peer, WORDS["hu"])
        correction = Change("key-correct", there, WORDS["en"], WORDS["hu"])
        withdrawal = Change("key-withdraw", there, "", WORDS["hu"])
        with closing(house.open(peer)) as session:
            assert session.reads(correction) == WORDS["hu"]
            if house.of(peer).can.correct:
                for _ in range(2):
                    session.correct(correction)
                wait_until(lambda: session.reads(correction) == WORDS["en"], house.settles + 1)
            for _ in range(2):
                session.withdraw(withdrawal)
            wait_until(lambda: session.reads(withdrawal) is None, house.settles + 1)
            if house.of(peer).can.correct:
                with pytest.raises(Refused):
                    session.correct(correction._replace(key="key-late", text=WORDS["is"]))
        assert peer.reads(there) is None

    def test_a_withdrawal_is_gone_there_and_its_words_stay_here(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        house: Any = self
        message, there = self.said(bench, account, peer, WORDS["hu"])
        state = "SELECT state FROM conversation c WHERE id = (SELECT conversation_id FROM message WHERE id = ?)"
        assert bench.store.read.execute(state, (message,)).fetchone()[0] != "needs_me"
        bench.outbox.withdraw(message, 0)
        line = bench.sync.send(account)
        assert (line.sent, line.error) == (1, "")
        wait_until(lambda: peer.reads(there) is None, house.settles + 1)
        for _ in range(2):
            house.pull(bench, account)
        assert house.texts(bench, out=True) == [WORDS["hu"]]
        assert bench.store.read.execute("SELECT gone_at IS NOT NULL FROM message WHERE out").fetchone()[0]
        assert bench.store.read.execute(state, (message,)).fetchone()[0] == "needs_me"

    @pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER])
    def test_a_change_that_may_be_there_is_looked_up(
        self, bench: Workbench, account: int, peer: Any, mood: str
    ) -> None:
        house: Any = self
        if not isinstance(getattr(peer, "server", None), Played):
            pytest.skip("a real server does not break off when it is told to")
        message, there = self.said(bench, account, peer, WORDS["hu"])
        can = house.of(peer).can
        for asked in ("correct", "withdraw") if can.correct else ("withdraw",):
            number = (
                self.correct(bench, message, WORDS["el"]) if asked == "correct" else bench.outbox.withdraw(message, 0)
            )
            peer.server.moods.append(mood)
            bench.sync.send(account)
            self.undecided(bench, number)
            bench.sync.send(account)
            bench.sync.send(account)
            assert bench.outbox.get(number).state == "sent"
            assert peer.reads(there) == (WORDS["el"] if asked == "correct" else None)
        house.pull(bench, account)
        assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 2
        assert bench.store.read.execute("SELECT count(*) FROM message_version").fetchone()[0] == can.correct


def pulled(session: Session, cursor: dict[str, str] | None = None) -> list[Incoming]:
    """All that a pull hands in but posts of ours aside; `cursor` goes on as in the house. No page is over its size."""
    kept = {} if cursor is None else cursor
    found: list[Incoming] = []
    for page in session.pull(dict(kept)):
        assert len(page.items) <= PAGE
        found += [item for item in page.items if not item.aside]
        kept.update(page.cursor)
    return found


def _found(session: Session, reply: Reply) -> Sent | None:
    try:
        return session.find_sent(reply)
    except UnknownOutcome:
        return None
