"""Telegram: files with our words, as photos or as what they are, in as few messages as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.base.message import Attached, Change, Reply
from app.base.paths import Profile
from app.channels.base import Refused, UnknownOutcome
from app.channels.telegram.session import TelegramSession
from app.outbox import of_reply
from app.voice import Draft
from app.workbench import Workbench
from tests.servers.played import CLOSE_AFTER, LIMITED, WELL
from tests.servers.telegram import BASIC, GROUP, MOST_BYTES, MOST_PHOTO_BYTES, BotApi

KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
PHOTO = Attached("a.jpg", "image/jpeg", b"\xff\xd8 one")
OTHER = Attached("b.png", "image/png", b"\x89PNG two")
SHEET = Attached("prices.pdf", "application/pdf", b"%PDF-1.4")
LONG = "Sítróna 🍋 " * 120


@pytest.fixture
def server() -> Iterator[BotApi]:
    made = BotApi()
    yield made
    made.stop()


def opened(server: BotApi) -> TelegramSession:
    return TelegramSession({"server": server.url, "me": "7"}, {"token": server.token})


def a_reply(server: BotApi, text: str, *files: Attached, chat: int = GROUP) -> Reply:
    number = server.hear(chat, {"from": {"id": 1, "first_name": "Anna"}, "text": "Do you have it?"})
    return Reply(KEY, text, "", f"{chat}/{number}", files=files)


def shown(server: BotApi) -> list[tuple[str, str]]:
    """What the bot has said: the kind of each message, and the words in it."""
    rows = [row for row in server.messages.values() if (row.get("from") or {}).get("id") == 7]
    return [
        (next(kind for kind in ("photo", "document", "text") if kind in row), row.get("text", row.get("caption", "")))
        for row in rows
    ]


@pytest.mark.parametrize(
    ("files", "there"),
    [
        ((PHOTO,), [("photo", "Here!")]),
        ((SHEET,), [("document", "Here!")]),
        ((PHOTO, OTHER), [("photo", ""), ("photo", "Here!")]),
        ((PHOTO, SHEET), [("document", ""), ("document", "Here!")]),
        ((PHOTO._replace(content=b"very narrow"),), [("document", "Here!")]),
        ((PHOTO._replace(content=b"very narrow"), OTHER), [("document", ""), ("document", "Here!")]),
        ((PHOTO._replace(content=b"x" * (MOST_PHOTO_BYTES + 1)),), [("document", "Here!")]),
        ((PHOTO._replace(name="a.gif", type="image/gif"),), [("document", "Here!")]),
    ],
)
def test_the_words_are_below_all_files(
    server: BotApi, files: tuple[Attached, ...], there: list[tuple[str, str]]
) -> None:
    with closing(opened(server)) as session:
        made = session.send(a_reply(server, "Here!", *files))
    assert shown(server) == there
    numbers = [one["message_id"] for one in server.sent]
    assert made.remote_id == f"{GROUP}/{numbers[-1]}"
    assert made.also == tuple(f"{GROUP}/{number}" for number in numbers[:-1])
    assert all(one["reply_parameters"]["message_id"] for one in server.sent)


def test_words_too_long_for_that_come_after_them_and_all_of_it_is_withdrawn(server: BotApi) -> None:
    with closing(opened(server)) as session:
        made = session.send(a_reply(server, LONG.strip(), PHOTO, OTHER))
        assert shown(server) == [("photo", ""), ("photo", ""), ("text", LONG.strip())]
        assert server.sent[-1]["reply_parameters"]["message_id"] == server.sent[0]["message_id"]
        session.correct(Change("c", made.remote_id, "Shorter", LONG, made.also, 2))
        assert shown(server)[-1] == ("text", "Shorter")
        session.withdraw(Change("w", made.remote_id, "", "Shorter", made.also, 2))
    assert shown(server) == []


@pytest.mark.slow
def test_what_may_not_be_sent_is_said_and_nothing_is_there(server: BotApi) -> None:
    server.forbids = {"can_send_documents"}
    with closing(opened(server)) as session:
        for text in ("Here!", LONG.strip()):
            with pytest.raises(Refused, match="isn't allowed to send files there"):
                session.send(a_reply(server, text, SHEET))
        large = SHEET._replace(content=b"x" * (MOST_BYTES + 1))
        server.forbids = set()
        with pytest.raises(Refused, match="larger than Telegram takes"):
            session.send(a_reply(server, "Here!", large))
    assert shown(server) == []


def test_words_that_are_lost_after_their_files_are_said_to_be(server: BotApi) -> None:
    for mood in (CLOSE_AFTER, LIMITED):
        server.moods = [WELL, mood]
        with closing(opened(server)) as session, pytest.raises(UnknownOutcome, match="files are in the chat"):
            session.send(a_reply(server, LONG.strip(), SHEET))


def test_a_group_that_became_another_gets_them_there(server: BotApi) -> None:
    asked = a_reply(server, "Here!", PHOTO, chat=BASIC)
    server.become_supergroup(BASIC, -1009)
    with closing(opened(server)) as session:
        assert session.send(asked).remote_id.startswith("-1009/")
    assert shown(server) == [("photo", "Here!")]


@pytest.mark.parametrize(("text", "kinds"), [("🍋" * 512, ["photo"]), ("🍋" * 512 + "!", ["photo", "text"])])
def test_the_room_below_files_is_counted_as_telegram_counts_it(server: BotApi, text: str, kinds: list[str]) -> None:
    with closing(opened(server)) as session:
        session.send(a_reply(server, text, PHOTO))
    assert [kind for kind, _ in shown(server)] == kinds


def test_an_answer_to_any_of_several_photos_joins_the_conversation(tmp_path: Path, server: BotApi) -> None:
    """The photos of an album are a message each at Telegram, and people answer the one that they mean."""
    with closing(Workbench(Profile(tmp_path / "profile"))) as bench:
        secrets = {"token": server.token}
        found = bench.accounts.try_out("telegram", {"server": server.url}, secrets)
        account, _ = bench.accounts.add("telegram", "There", {"server": server.url}, secrets, found)
        server.say("anna", "Show us the labels!")
        bench.sync.pull("There")
        (conversation,) = (row[0] for row in bench.store.read.execute("SELECT id FROM conversation"))
        for file in (PHOTO, OTHER):
            bench.files.add_content(of_reply(conversation), file, "telegram")
        bench.outbox.submit(bench.voice.clear(Draft("Here they are"), reason="a test"), conversation, hold_seconds=0)
        assert bench.sync.send(account.id).sent == 1
        for number in (one["message_id"] for one in server.sent):
            server.say("bela", f"I like number {number}", f"{GROUP}/{number}")
        bench.sync.pull("There")
        assert [row[0] for row in bench.store.read.execute("SELECT DISTINCT conversation_id FROM message")] == [
            conversation
        ]
        message = bench.store.read.execute("SELECT id FROM message WHERE out = 1").fetchone()[0]
        bench.outbox.withdraw(message, 0)
        assert bench.sync.send(account.id).sent == 1
    assert shown(server) == []
