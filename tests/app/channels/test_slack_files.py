"""Slack: files are shared below our words, each once whatever breaks, and nothing is called sent without them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.message import Attached, Author, Change, Reply
from app.base.paths import Profile
from app.channels.base import Refused, TryLater, UnknownOutcome
from app.channels.http import pace
from app.channels.slack import writing
from app.channels.slack.names import forget
from app.channels.slack.session import SlackSession
from app.outbox import of_reply
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels.test_slack import Patient
from tests.servers.played import BROKEN, CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, FAIL_BEFORE, LIMITED, WELL
from tests.servers.slack import GENERAL, Slack

KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
FILES = (Attached("a.png", "image/png", b"\x89PNG"), Attached("b.pdf", "application/pdf", b"%PDF"))
STEPS = 2 * len(FILES) + 2
"""Where to upload each, its bytes, the words, the files below them."""


@pytest.fixture
def server() -> Iterator[Slack]:
    pace.forget()
    forget()
    made = Patient()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PAUSES_SECONDS", (0.0, 0.0, 0.0))


def opened(server: Slack) -> SlackSession:
    fields = {"server": server.url, "me": server.me, "url": "https://lemonade.slack.example/"}
    return SlackSession(fields, {"token": server.token})


def a_reply(server: Slack, *files: Attached) -> Reply:
    server.people["U1"] = "anna"
    root = server.add("U1", "Do you have it?")["ts"]
    return Reply(KEY, "Here!", f"{GENERAL}/{root}", f"{GENERAL}/{root}", at=clock.now(), files=files or FILES)


def ours(server: Slack) -> list[tuple[str, list[str], str]]:
    """What we have said: the words, the names of files, the thread."""
    return [
        (one["text"], [file["name"] for file in one.get("files", ())], one.get("thread_ts", ""))
        for one in server.messages
        if one["user"] == server.me
    ]


def test_they_are_below_the_words_in_the_same_thread(server: Slack) -> None:
    asked = a_reply(server)
    root = asked.thread.partition("/")[2]
    with closing(opened(server)) as session:
        made = session.send(asked)
        assert session.find_sent(asked) == made
    assert ours(server) == [("Here!", [], root), ("", ["a.png", "b.pdf"], root)]
    assert made.also == (f"{GENERAL}/{server.messages[-1]['ts']}",)
    assert all(call.headers.get("authorization") is None for call in server.calls if "/upload/" in call.path)


def test_below_a_post_they_begin_its_thread_and_in_a_direct_conversation_there_is_none(server: Slack) -> None:
    post = Reply(KEY, "New!", "", "", at=clock.now(), venue=GENERAL, files=FILES)
    whom = Author("U1", "anna", "Anna")
    server.people["U1"] = "anna"
    letter = Reply("b" * 32, "For you", "", "", to=whom, at=clock.now(), public=False, files=FILES)
    with closing(opened(server)) as session:
        made = session.send(post)
        assert ours(server)[-1] == ("", ["a.png", "b.pdf"], made.remote_id.partition("/")[2])
        assert session.find_sent(post) == made
        made = session.send(letter)
        assert ours(server)[-2:] == [("For you", [], ""), ("", ["a.png", "b.pdf"], "")]
        assert session.find_sent(letter) == made


def test_a_scan_that_takes_a_while_is_waited_for(server: Slack) -> None:
    server.scans = 2
    with closing(opened(server)) as session:
        assert session.send(a_reply(server)).also


@pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_BEFORE, FAIL_AFTER, LIMITED, BROKEN])
@pytest.mark.parametrize("step", range(STEPS))
def test_whatever_breaks_words_and_files_are_there_once(server: Slack, mood: str, step: int) -> None:
    asked = a_reply(server)
    with closing(opened(server)) as session:
        server.moods = [WELL] * step + [mood]
        try:
            session.send(asked)
        except TryLater:
            assert ours(server) == [], "what is tried again has not begun"
        except UnknownOutcome:
            assert step >= STEPS - 2, "nobody sees what is only uploaded"
        else:
            assert mood == BROKEN, "all is well although an answer was lost"
        for _ in range(2):  # as the person decides: send it again
            made = session.send(asked._replace(tried=1))
            assert made.also
    assert [words for words, _, _ in ours(server)] == ["Here!", ""]
    assert [names for _, names, _ in ours(server)] == [[], ["a.png", "b.pdf"]]


def test_what_is_never_shown_is_not_called_sent_and_can_be_sent_again(server: Slack) -> None:
    asked = a_reply(server)
    server.drops_shares = True
    with closing(opened(server)) as session:
        with pytest.raises(UnknownOutcome, match="the files aren't shown there"):
            session.send(asked)
        with pytest.raises(UnknownOutcome, match="only the files are sent"):
            session.find_sent(asked)
        server.drops_shares = False
        made = session.send(asked._replace(tried=1))
        assert session.find_sent(asked) == made
    assert [words for words, _, _ in ours(server)] == ["Here!", ""]


@pytest.mark.parametrize(
    ("said", "why"),
    [("file_uploads_disabled", "takes no files"), ("file_upload_size_restricted", "Attach smaller ones")],
)
def test_a_workspace_that_takes_none_keeps_the_words_back(server: Slack, said: str, why: str) -> None:
    server.refuses_files = said
    with closing(opened(server)) as session, pytest.raises(Refused, match=why):
        session.send(a_reply(server))
    assert ours(server) == []


def test_a_missing_scope_is_named_by_the_check_and_keeps_the_words_back(server: Slack) -> None:
    with closing(opened(server)) as session:
        assert "files:write" not in session.check().sentence
        server.scopes.discard("files:write")
        assert session.check().sentence.endswith("To send files, the app needs “files:write”.")
        with pytest.raises(Refused, match="lacks “files:write”"):
            session.send(a_reply(server))
        assert ours(server) == []
        session.send(a_reply(server)._replace(files=()))


class Talk:
    """A conversation in which a reply with files waits to be sent."""

    def __init__(self, bench: Workbench, server: Slack) -> None:
        self.bench, self.server = bench, server
        secrets = {"token": server.token}
        found = bench.accounts.try_out("slack", {"server": server.url}, secrets)
        self.account = bench.accounts.add("slack", "There", {"server": server.url}, secrets, found)[0].id
        server.people["U1"] = "anna"
        server.add("U1", "Do you have it?")
        bench.sync.pull("There")
        conversation = int(bench.store.read.execute("SELECT id FROM conversation").fetchone()[0])
        for file in FILES:
            bench.files.add_content(of_reply(conversation), file, "slack")
        cleared = bench.voice.clear(Draft("Here!"), reason="it is a test")
        self.number = bench.outbox.submit(cleared, conversation, hold_seconds=0)

    def state(self) -> str:
        return self.bench.outbox.get(self.number).state

    def texts(self) -> list[tuple[Any, ...]]:
        rows = self.bench.store.read.execute(
            "SELECT text, (SELECT count(*) FROM attachment a WHERE a.message_id = m.id) FROM message m"
            " WHERE out = 1 ORDER BY at, id"
        )
        return [tuple(row) for row in rows]

    def story(self) -> list[str]:
        """The texts of ours that the conversation shows, sent or not."""
        conversation = int(self.bench.store.read.execute("SELECT id FROM conversation").fetchone()[0])
        return [line.text for line in self.bench.inbox.open(conversation).lines if line.out]

    def look_up(self) -> None:
        with self.bench.store.write() as conn:
            conn.execute("UPDATE outbox SET next_at = 0, sending_at = 1 WHERE id = ?", (self.number,))
        self.bench.sync.send(self.account)


@pytest.fixture
def talk(tmp_path: Path, server: Slack) -> Iterator[Talk]:
    with closing(Workbench(Profile(tmp_path / "profile"))) as bench:
        yield Talk(bench, server)


def test_words_that_came_back_without_their_files_are_not_called_sent(talk: Talk) -> None:
    talk.server.moods = [WELL] * (STEPS - 1) + [CLOSE_BEFORE]
    talk.bench.sync.send(talk.account)
    assert talk.story() == ["Here!"]
    talk.bench.sync.pull("There")
    assert talk.state() == "undecided"
    names = ", ".join(file.name for file in FILES)
    assert sorted(talk.story()) == ["Here!", f"The files {names}"]  # the words stand there once
    talk.look_up()
    assert talk.state() == "undecided"
    assert "Your words are on Slack, but the files" in talk.bench.outbox.get(talk.number).error
    talk.bench.outbox.retry(talk.number)
    talk.bench.sync.send(talk.account)
    assert talk.state() == "sent"
    talk.bench.sync.pull("There")
    assert talk.texts() == [("Here!", 2)]
    assert [words for words, _, _ in ours(talk.server)] == ["Here!", ""]


def test_files_that_came_in_by_themselves_join_their_words(talk: Talk) -> None:
    talk.server.moods = [WELL] * (STEPS - 1) + [CLOSE_AFTER]
    talk.bench.sync.send(talk.account)
    for _ in range(2):
        talk.bench.sync.pull("There")
    assert len(talk.texts()) == 2, "nobody knows yet that they are one"
    assert talk.story().count("Here!") == 1
    talk.look_up()
    assert talk.state() == "sent"
    assert talk.texts() == [("Here!", 2)]
    with talk.bench.store.write() as conn:
        conn.execute("DELETE FROM cursor")
    talk.bench.sync.pull("There")
    assert talk.texts() == [("Here!", 2)]


def test_what_is_withdrawn_is_gone_from_the_workspace(talk: Talk) -> None:
    talk.bench.sync.send(talk.account)
    message = int(talk.bench.outbox.get(talk.number).message_id or 0)
    talk.bench.outbox.withdraw(message, 0)
    talk.bench.sync.send(talk.account)
    assert ours(talk.server) == []
    assert talk.server.contents == {}


def test_what_was_written_in_slack_with_a_file_is_corrected_without_naming_the_file_twice(server: Slack) -> None:
    files = [{"id": "F1", "name": "a.png", "mimetype": "image/png"}]
    row = server.add(server.me, "Opne!", files=files, subtype="file_share")
    change = Change("c", f"{GENERAL}/{row['ts']}", "Open!\n[a.png]", "Opne!\n[a.png]")
    with closing(opened(server)) as session:
        for text in (change.text, "Open!\n[sic]"):
            session.correct(change._replace(text=text))
            assert (row["text"], session.reads(change)) == (text.removesuffix("\n[a.png]"), f"{row['text']}\n[a.png]")
