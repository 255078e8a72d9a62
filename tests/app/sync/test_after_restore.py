"""After a restore: accounts are read before anything is sent, and what waited is looked for before it goes out."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from app.base import clock
from app.safety import backup, checkup, standstill
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.channels.test_email_history import letter
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.played import CLOSE_AFTER, Call, Played, Reply
from tests.servers.telegram import BotApi
from tests.waiting import wait_until

SERVERS = {"discord": "Discord", "discourse": "Forum", "github": "GitHub", "mastodon": "ClientApi", "slack": "Slack"}
"""The played servers of channels that can tell whether a message of ours is there."""
HOUR = 3600


class Silent(BotApi):
    """Has nothing to read that can be read, once it is told so; takes what is sent."""

    reads = True

    def serve(self, call: Call) -> Reply:
        if call.path.endswith("getUpdates") and not self.reads:
            return Reply(b"<html>", headers={"Content-Type": "text/html"})
        return super().serve(call)


def played(kind: str) -> tuple[Played, Any]:
    """A played server of that kind, and the peer that speaks on it."""
    module = import_module(f"tests.app.channels.test_{kind}")
    server: Played = Silent() if kind == "telegram" else getattr(module, SERVERS[kind])()
    return server, module.Peer(server)


@pytest.fixture(params=sorted(SERVERS))
def peer(request: pytest.FixtureRequest) -> Iterator[Any]:
    server, made = played(request.param)
    yield made
    server.stop()


@pytest.fixture
def blind() -> Iterator[Any]:
    """A channel on which a program can't find its own words."""
    server, made = played("telegram")
    yield made
    server.stop()


def connected(bench: Workbench, peer: Any, questions: int = 1) -> list[int]:
    """Connect the account and read its questions: their conversations, the oldest first."""
    secrets = dict(peer.secrets)
    found = bench.accounts.try_out(peer.kind, peer.fields, secrets)
    bench.accounts.add(peer.kind, "There", peer.fields, secrets, found)
    for number in range(questions):
        peer.say("anna", f"Question {number}?")
    assert bench.sync.pull("There").new == questions
    return [row["id"] for row in bench.store.read.execute("SELECT id FROM conversation ORDER BY first_at, id")]


def waiting(bench: Workbench, talk: int, text: str, **more: Any) -> int:
    """A reply that waits, as if it had been written an hour ago: "not found" is believed of it at once."""
    number = bench.outbox.submit(clear(Draft(text, "en"), ()), talk, **{"hold_seconds": 0, **more})
    with bench.store.write() as conn:
        conn.execute(
            "UPDATE outbox SET created_at = created_at - ?1, held_until = CASE later WHEN 1 THEN held_until"
            " ELSE held_until - ?1 END WHERE id = ?2",
            (HOUR, number),
        )
    return number


def saved(bench: Workbench) -> backup.Copy:
    return backup.make(bench.store, bench.profile)


def brought_back(bench: Workbench, made: backup.Copy, peer: Any) -> Workbench:
    """The file after a restore, open again; nothing is released yet."""
    bench.close()
    backup.bring_back(bench.profile, made.file)
    again = Workbench(bench.profile)
    again.accounts.give(again.accounts.named("There").id, dict(peer.secrets))  # there is no keyring in tests
    return again


def texts(peer: Any) -> list[str]:
    return [text for text, _ in peer.heard()]


def state(bench: Workbench, number: int) -> str:
    return bench.outbox.get(number).state


def test_what_was_sent_since_the_backup_is_found_and_not_sent_again(bench: Workbench, peer: Any) -> None:
    (talk,) = connected(bench, peer)
    number = waiting(bench, talk, "Sorry, a new one comes.", then_done=True)
    made = saved(bench)
    bench.sync.run()
    assert texts(peer) == ["Sorry, a new one comes."]
    with closing(brought_back(bench, made, peer)) as again:
        assert again.standstill.release() == 1
        assert state(again, number) == "undecided"
        assert "outbox" not in {fault.rule for fault in checkup.check_file(bench.profile.file).faults}
        again.sync.run()
        assert state(again, number) == "sent"
        assert texts(peer) == ["Sorry, a new one comes."]
        assert again.inbox.row(talk).state == "done"
        assert again.store.read.execute("SELECT count(*) FROM message WHERE out = 1").fetchone()[0] == 1
        assert again.outbox.counts() == dict.fromkeys(again.outbox.counts(), 0)
    assert "outbox" not in {fault.rule for fault in checkup.check_file(bench.profile.file).faults}


def test_what_was_never_sent_goes_out_once(bench: Workbench, peer: Any) -> None:
    (talk,) = connected(bench, peer)
    number = waiting(bench, talk, "Sorry, a new one comes.")
    with closing(brought_back(bench, saved(bench), peer)) as again:
        again.standstill.release()
        again.sync.run()
        again.sync.run()
        assert (state(again, number), texts(peer)) == ("sent", ["Sorry, a new one comes."])


def test_where_the_channel_cannot_tell_the_person_is_asked(bench: Workbench, blind: Any) -> None:
    (talk,) = connected(bench, blind)
    number = waiting(bench, talk, "Sorry, a new one comes.")
    made = saved(bench)
    bench.sync.run()
    with closing(brought_back(bench, made, blind)) as again:
        again.standstill.release()
        for _ in range(2):
            again.sync.run()
            assert (state(again, number), again.outbox.get(number).next_at) == ("undecided", None)
        assert texts(blind) == ["Sorry, a new one comes."]
        again.outbox.confirm(number)
        again.sync.run()
        assert (state(again, number), texts(blind)) == ("sent", ["Sorry, a new one comes."])


def test_what_the_person_says_is_not_there_is_sent(bench: Workbench, blind: Any) -> None:
    (talk,) = connected(bench, blind)
    number = waiting(bench, talk, "Sorry, a new one comes.")
    with closing(brought_back(bench, saved(bench), blind)) as again:
        again.standstill.release()
        again.sync.run()
        assert texts(blind) == []
        again.outbox.retry(number)
        again.sync.run()
        assert (state(again, number), texts(blind)) == ("sent", ["Sorry, a new one comes."])


def test_an_account_is_read_before_a_new_reply_goes_there(bench: Workbench, peer: Any) -> None:
    (talk,) = connected(bench, peer)
    with closing(brought_back(bench, saved(bench), peer)) as again:
        again.standstill.release()
        account = again.accounts.named("There").id
        assert standstill.to_read_first(again.store.read) == {account}
        peer.say("bela", "I said this since.")
        again.outbox.submit(clear(Draft("Written after the restore.", "en"), ()), talk, hold_seconds=0)
        assert again.sync.send(account).sent == 1
        said = [row[0] for row in again.store.read.execute("SELECT text FROM message ORDER BY id")]
        assert any("I said this since." in text for text in said)
        assert standstill.to_read_first(again.store.read) == frozenset()
        peer.say("cili", "And this is not read by sending.")
        again.outbox.submit(clear(Draft("One more.", "en"), ()), talk, hold_seconds=0)
        again.sync.send(account)
        said = [row[0] for row in again.store.read.execute("SELECT text FROM message")]
        assert not any("not read by sending" in text for text in said)


@pytest.mark.parametrize("way", ["run", "round"])
def test_a_command_that_sends_and_reads_reads_once(bench: Workbench, blind: Any, way: str) -> None:
    connected(bench, blind)
    asked: list[int] = []
    with closing(brought_back(bench, saved(bench), blind)) as again:
        again.standstill.release()
        for _ in range(2):
            with again.store.write() as conn:
                conn.execute("UPDATE account SET next_at = NULL")
            before = len(blind.server.calls)
            getattr(again.sync, way)()
            asked.append(sum(call.path.endswith("getUpdates") for call in blind.server.calls[before:]))
    assert asked[0] == asked[1]


def test_reading_that_fails_keeps_no_new_reply_back_but_nothing_that_waited_is_sent(
    bench: Workbench, blind: Any
) -> None:
    first, second = connected(bench, blind, 2)
    number = waiting(bench, first, "It waited.")
    with closing(brought_back(bench, saved(bench), blind)) as again:
        again.standstill.release()
        new = again.outbox.submit(clear(Draft("It is new.", "en"), ()), second, hold_seconds=0)
        blind.server.reads = False
        (line,) = again.sync.run()
        assert line.error
        assert (state(again, number), state(again, new)) == ("undecided", "sent")
        assert texts(blind) == ["It is new."]


def test_a_scheduled_reply_that_is_not_there_waits_for_its_time(bench: Workbench, peer: Any) -> None:
    (talk,) = connected(bench, peer)
    at = clock.now() + 2 * HOUR
    number = waiting(bench, talk, "Tomorrow, then.", at=at)
    made = saved(bench)
    with closing(brought_back(bench, made, peer)) as again:
        again.standstill.release()
        again.sync.run()
        entry = again.outbox.get(number)
        assert (entry.state, entry.later, entry.held_until, texts(peer)) == ("held", True, at, [])
        again.outbox.send_now(number)
        again.sync.run()
        assert texts(peer) == ["Tomorrow, then."]


def test_a_scheduled_reply_that_was_sent_early_is_not_sent_at_its_time(bench: Workbench, peer: Any) -> None:
    (talk,) = connected(bench, peer)
    number = waiting(bench, talk, "Tomorrow, then.", at=clock.now() + 2 * HOUR)
    made = saved(bench)
    bench.outbox.send_now(number)
    bench.sync.run()
    with closing(brought_back(bench, made, peer)) as again:
        again.standstill.release()
        again.sync.run()
        assert (state(again, number), texts(peer)) == ("sent", ["Tomorrow, then."])


def test_what_is_written_while_the_file_is_on_hold_is_sent_without_asking(bench: Workbench, blind: Any) -> None:
    first, second = connected(bench, blind, 2)
    number = waiting(bench, first, "It waited.")
    with closing(brought_back(bench, saved(bench), blind)) as again:
        new = again.outbox.submit(clear(Draft("Written on hold.", "en"), ()), second, hold_seconds=0)
        with again.store.write() as conn:  # which is later than the restore by a second at least
            conn.execute("UPDATE outbox SET created_at = created_at + 2 WHERE id = ?", (new,))
        assert again.standstill.waiting() == 1
        assert again.standstill.release() == 1
        assert again.standstill.waiting() == 0
        again.sync.run()
        assert (state(again, number), state(again, new)) == ("undecided", "sent")
        assert texts(blind) == ["Written on hold."]


def test_a_backup_of_an_earlier_rapport_tells_no_time_and_all_is_in_doubt(bench: Workbench, blind: Any) -> None:
    (talk,) = connected(bench, blind)
    with closing(brought_back(bench, saved(bench), blind)) as again:
        with again.store.write() as conn:
            conn.execute("UPDATE setting SET value = '1' WHERE key = 'brought_back'")
        number = again.outbox.submit(clear(Draft("Written on hold.", "en"), ()), talk, hold_seconds=0)
        assert again.standstill.release() == 1
        again.sync.run()
        assert (state(again, number), texts(blind)) == ("undecided", [])


def test_who_answered_in_other_words_since_is_asked(bench: Workbench, peer: Any) -> None:
    (talk,) = connected(bench, peer)
    number = waiting(bench, talk, "Sorry, a new one comes.")
    made = saved(bench)
    bench.outbox.discard(number)
    bench.outbox.submit(clear(Draft("On second thoughts: your money back.", "en"), ()), talk, hold_seconds=0)
    bench.sync.run()
    assert texts(peer) == ["On second thoughts: your money back."]
    with closing(brought_back(bench, made, peer)) as again:
        again.standstill.release()
        again.sync.run()
        entry = again.outbox.get(number)
        assert (entry.state, entry.next_at) == ("undecided", None)
        assert "newer words of yours" in entry.error
        assert texts(peer) == ["On second thoughts: your money back."]
        again.outbox.discard(number)
        again.sync.run()
        assert len(texts(peer)) == 1


def test_a_kill_between_sending_and_the_note_of_it_changes_nothing(bench: Workbench, peer: Any) -> None:
    """The backup was made while a reply was undecided: the machinery is the same, and so is what comes of it."""
    (talk,) = connected(bench, peer)
    number = waiting(bench, talk, "Sorry, a new one comes.")
    peer.server.moods = [CLOSE_AFTER]
    bench.sync.send(bench.accounts.named("There").id)
    assert (state(bench, number), texts(peer)) == ("undecided", ["Sorry, a new one comes."])
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET sending_at = sending_at - ?, next_at = 0", (HOUR,))
    with closing(brought_back(bench, saved(bench), peer)) as again:
        again.standstill.release()
        again.sync.run()
        assert (state(again, number), texts(peer)) == ("sent", ["Sorry, a new one comes."])


def test_an_open_window_does_so_by_itself_also_where_it_only_reads_when_asked(bench: Workbench, peer: Any) -> None:
    (talk,) = connected(bench, peer)
    bench.settings.put("pull_minutes", 0)
    number = waiting(bench, talk, "Sorry, a new one comes.")
    made = saved(bench)
    bench.sync.run()
    with closing(brought_back(bench, made, peer)) as again:
        again.start()
        peer.say("bela", "I said this since.")
        assert again.standstill.release() == 1
        wait_until(lambda: state(again, number) == "sent")
        said = [row[0] for row in again.store.read.execute("SELECT text FROM message")]
        assert any("I said this since." in text for text in said)
        wait_until(lambda: not again.outbox.to_look_up())
        assert texts(peer) == ["Sorry, a new one comes."]


@pytest.mark.servers("dovecot", "openssl")
def test_of_mail_what_is_among_the_sent_is_found_and_the_rest_asked_about(bench: Workbench, post: MailServer) -> None:
    name = f"jana{uuid.uuid4().hex[:10]}"
    bench.accounts.add("email", "There", post.fields(name), {"password": PASSWORD})
    for number in range(2):
        post.deliver(name, letter(number))
    assert bench.sync.pull("There").new == 2
    talks = [row["id"] for row in bench.store.read.execute("SELECT id FROM conversation ORDER BY id")]
    sent, kept = (waiting(bench, talk, f"An answer to {talk}.") for talk in talks)
    made = saved(bench)
    bench.outbox.discard(kept)
    bench.sync.run()
    assert len(post.envelopes(f"{name}@lemonade.test")) == 1
    peer = SimpleNamespace(secrets={"password": PASSWORD})
    with closing(brought_back(bench, made, peer)) as again:
        again.standstill.release()
        again.sync.run()
        again.sync.run()
        assert (state(again, sent), state(again, kept)) == ("sent", "undecided")
        assert again.outbox.get(kept).next_at is None
    assert len(post.envelopes(f"{name}@lemonade.test")) == 1


@pytest.mark.servers("dovecot", "openssl")
def test_sending_waits_for_what_is_new_and_not_for_the_history(
    bench: Workbench, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (
        "app.channels.email.reading.PAGE",
        "app.channels.email.reading.SLICE",
        "app.channels.email.imap.SLICE",
    ):
        monkeypatch.setattr(place, 5)
    name = f"jana{uuid.uuid4().hex[:10]}"
    bench.accounts.add("email", "There", post.fields(name), {"password": PASSWORD})
    for number in range(30):
        post.deliver(name, letter(number))
    count = "SELECT count(*) FROM message"
    bench.sync.pull("There", lambda: bool(bench.store.read.execute(count).fetchone()[0]))  # the newest, and no more
    assert bench.store.read.execute(count).fetchone()[0] == 5
    with closing(brought_back(bench, saved(bench), SimpleNamespace(secrets={"password": PASSWORD}))) as again:
        again.standstill.release()
        talk = again.store.read.execute("SELECT id FROM conversation LIMIT 1").fetchone()[0]
        again.outbox.submit(clear(Draft("Written after the restore.", "en"), ()), talk, hold_seconds=0)
        post.deliver(name, letter(30))
        account = again.accounts.named("There").id
        assert again.sync.send(account).sent == 1
        there = again.store.read.execute(count + " WHERE NOT out").fetchone()[0]
        assert 5 < there < 31
        assert again.store.read.execute("SELECT 1 FROM message WHERE remote_id = '30@x.is'").fetchone()
        assert standstill.to_read_first(again.store.read) == frozenset()
