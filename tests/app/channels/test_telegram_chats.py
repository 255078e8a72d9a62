"""Telegram's groups, topics, channels and people as its server shows them, and what a bot may do there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Change, Incoming, Reaction, Reply, Target
from app.base.paths import Profile
from app.channels.base import BAN, DELETE, MUTE, UNBAN, UNMUTE, AuthNeeded, Page, Refused, TryLater, UnknownOutcome
from app.channels.telegram import CHANNEL
from app.channels.telegram.session import TelegramSession
from app.workbench import Workbench
from tests.app.channels.contract import pulled
from tests.servers import played
from tests.servers.telegram import ALL_RIGHTS, BASIC, BOT, FORUM, GROUP, NEWS, PRIVATE, TALK, BotApi

ANNA: dict[str, Any] = {"id": 391, "is_bot": False, "first_name": "Anna", "username": "anna"}


@pytest.fixture
def server() -> Iterator[BotApi]:
    playing = BotApi()
    yield playing
    playing.stop()


def opened(server: BotApi, **facts: str) -> TelegramSession:
    return TelegramSession({"server": server.url, "me": str(BOT), **facts}, {"token": server.token})


def heard(server: BotApi, cursor: dict[str, str] | None = None) -> list[Incoming]:
    with closing(opened(server)) as session:
        return pulled(session, cursor)


def pages(server: BotApi, cursor: dict[str, str], **facts: str) -> list[Page]:
    with closing(opened(server, **facts)) as session:
        found = list(session.pull(dict(cursor)))
    for page in found:
        cursor.update(page.cursor)
    return found


# --- who speaks, and what


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"photo": [{"file_id": "x"}]}, "[Picture]"),
        ({"photo": [{"file_id": "x"}], "caption": "Broken!"}, "[Picture]\nBroken!"),
        ({"voice": {"duration": 12}}, "[Sound: voice message, 12 s]"),
        ({"video_note": {"duration": 7}}, "[Video: video message, 7 s]"),
        ({"video": {"duration": 7, "file_name": "leak.mp4"}}, "[Video: leak.mp4]"),
        ({"audio": {"performer": "Björk", "title": "Jóga"}}, "[Sound: Björk – Jóga]"),
        ({"document": {"file_name": "invoice.pdf"}}, "[invoice.pdf]"),
        ({"animation": {"file_id": "x"}, "document": {"file_name": "cat.mp4"}}, "[GIF]"),
        ({"sticker": {"emoji": "🍋"}}, "🍋"),
        ({"location": {"latitude": 47.5, "longitude": 19.04}}, "[Location: 47.5, 19.04]"),
        ({"venue": {"title": "Stand", "address": "Fő tér 1"}, "location": {"latitude": 47.5}},
         "[Location: Stand, Fő tér 1]"),
        ({"contact": {"first_name": "Béla", "phone_number": "+361"}}, "[Contact: Béla, +361]"),
        ({"poll": {"question": "Sour?", "options": [{"text": "Yes"}, {"text": "No"}]}}, "[Poll: Sour?]\n– Yes\n– No"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "🎲"),
        ({"text": "Buy here", "entities": [{"type": "text_link", "offset": 4, "length": 4, "url": "https://spam.example/"}]},
         "Buy here <https://spam.example/>"),
        ({"text": "🍋 lemon.example", "entities": [
            {"type": "text_link", "offset": 3, "length": 13, "url": "https://lemon.example/"}]}, "🍋 lemon.example"),
        ({"text": "Mine", "forward_origin": {"type": "user", "sender_user": {"first_name": "Béla"}}},
         "[Forwarded from Béla]\nMine"),
        ({"text": "This one", "quote": {"text": "two\nlines", "is_manual": True}}, "> two\n> lines\nThis one"),
    ],
)  # fmt: skip
def test_what_has_no_words_comes_in_as_some(server: BotApi, said: dict[str, Any], text: str) -> None:
    server.hear(GROUP, {"from": ANNA, **said})
    assert [one.text for one in heard(server)] == [text]


def test_what_telegram_says_itself_and_a_start_are_nobodys_words(server: BotApi) -> None:
    server.hear(GROUP, {"from": ANNA, "new_chat_members": [ANNA]})
    server.hear(GROUP, {"from": ANNA, "pinned_message": {"text": "Old"}})
    server.hear(PRIVATE, {"from": ANNA, "text": "/start"})
    server.hear(PRIVATE, {"from": ANNA, "text": "/start from_the_shop"})
    server.hear(GROUP, {"from": ANNA, "text": "/start"})
    server.hear(PRIVATE, {"from": ANNA, "text": "/starting?"})
    assert [(one.text, one.public) for one in heard(server)] == [("/start", True), ("/starting?", False)]


def test_who_writes_as_a_chat_is_that_chat_and_an_administrator_who_does_is_one_of_us(server: BotApi) -> None:
    stand_in = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    channel = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
    server.hear(GROUP, {"from": stand_in, "sender_chat": server.chat, "text": "We are on it."})
    for number in (-2001, -2002):
        who = {"id": number, "type": "channel", "title": f"Fans {number}"}
        server.hear(GROUP, {"from": channel, "sender_chat": who, "text": "Hello"})
    found = heard(server)
    assert [(one.out, one.author.key, one.author.name) for one in found] == [
        (True, str(GROUP), "Lemonade lovers"), (False, "-2001", "Fans -2001"), (False, "-2002", "Fans -2002"),
    ]  # fmt: skip


def test_a_channels_post_is_above_its_comments_and_waits_for_nobody(server: BotApi) -> None:
    number, copy = server.post("Cherry is here!")
    cursor: dict[str, str] = {}
    assert heard(server, cursor) == []
    first = server.hear(TALK, {"from": ANNA, "text": "How much?"}, copy, message_thread_id=copy)
    server.hear(TALK, {"from": {**ANNA, "id": 5}, "text": "Two euros."}, first, message_thread_id=copy)
    server.hear(TALK, {"from": {**ANNA, "id": 6}, "text": "Another matter"}, copy, message_thread_id=copy)
    one, two, three = heard(server, cursor)
    for comment in (one, two, three):
        assert (comment.post_title, comment.post_text) == ("Lemonade news", "Cherry is here!")
        assert comment.post_url == f"https://t.me/lemonnews/{number}"
    assert (one.refs, two.refs, three.refs) == ((), (one.remote_id,), ())
    assert one.url == f"https://t.me/c/{str(TALK).removeprefix('-100')}/{first}"


def test_a_comment_without_a_thread_is_one_too(server: BotApi) -> None:
    _, copy = server.post("Cherry is here!")
    server.hear(TALK, {"from": ANNA, "text": "How much?"}, copy)
    assert [(one.refs, one.parent, one.post_text) for one in heard(server)] == [((), "", "Cherry is here!")]


def test_a_post_from_before_is_learned_from_the_first_comment(server: BotApi) -> None:
    _, copy = server.post("Cherry is here!")
    server.updates.clear()
    cursor: dict[str, str] = {}
    first = server.hear(TALK, {"from": ANNA, "text": "How much?"}, copy, message_thread_id=copy)
    server.hear(TALK, {"from": ANNA, "text": "Anybody?"}, first, message_thread_id=copy)
    assert [one.post_text for one in heard(server, cursor)] == ["Cherry is here!"] * 2


def test_a_question_in_a_topic_is_a_conversation_of_its_own(server: BotApi) -> None:
    topic = server.hear(FORUM, {"from": ANNA, "forum_topic_created": {"name": "Deliveries"}})
    within = {"message_thread_id": topic, "is_topic_message": True}
    asked = server.hear(FORUM, {"from": ANNA, "text": "Where is mine?"}, topic, **within)
    server.hear(FORUM, {"from": {**ANNA, "id": 5}, "text": "And mine?"}, topic, **within)
    server.hear(FORUM, {"from": {**ANNA, "id": 6}, "text": "On its way."}, asked, **within)
    one, two, three = heard(server)
    assert (one.refs, two.refs, three.refs) == ((), (), (one.remote_id,))
    assert {row.post_title for row in (one, two, three)} == {"Questions: Deliveries"}


@pytest.mark.parametrize("chat", [BASIC, GROUP])
def test_an_answer_to_our_answer_goes_on_with_the_conversation(server: BotApi, tmp_path: Any, chat: int) -> None:
    bench = Workbench(Profile(tmp_path / "profile"))
    with closing(bench):
        secrets = {"token": server.token}
        found = bench.accounts.try_out("telegram", {"server": server.url}, secrets)
        account = bench.accounts.add("telegram", "There", {"server": server.url}, secrets, found)[0].id
        asked = server.hear(chat, {"from": ANNA, "text": "When are you open?"})
        assert bench.sync.pull("There").new == 1
        from app.voice import Draft  # noqa: PLC0415

        (talk,) = bench.store.read.execute("SELECT id FROM conversation").fetchone()
        cleared = bench.voice.clear(Draft("From nine"), reason="it is a test")
        bench.outbox.submit(cleared, talk, hold_seconds=0)
        assert bench.sync.send(account).sent == 1
        ours = server.sent[-1]["message_id"]
        thread = {"message_thread_id": asked} if chat == GROUP else {}
        server.hear(chat, {"from": ANNA, "text": "And on Sundays?"}, ours, **thread)
        assert bench.sync.pull("There").new == 1
        rows = bench.store.read.execute("SELECT DISTINCT conversation_id, count(*) FROM message").fetchall()
        assert [tuple(row) for row in rows] == [(talk, 3)]


# --- what is in the way


def test_privacy_mode_is_said_and_what_it_hides_does_not_come(server: BotApi) -> None:
    server.reads_all = False
    with closing(opened(server)) as session:
        assert "/setprivacy" in session.check().sentence
    server.hear(GROUP, {"from": ANNA, "text": "Nobody told the bot"})
    server.hear(GROUP, {"from": ANNA, "text": "@lemonade_bot hello"})
    assert [one.text for one in heard(server)] == ["@lemonade_bot hello"]
    server.promote(GROUP, ALL_RIGHTS)
    facts = {key: value for page in pages(server, {}) for key, value in page.facts.items()}
    with closing(opened(server, **facts)) as session:
        assert "/setprivacy" not in session.check().sentence


def test_another_program_is_said(server: BotApi) -> None:
    server.webhook = "https://bots.example/hook"
    with closing(opened(server)) as session, pytest.raises(Refused, match="webhook"):
        session.check()
    with closing(opened(server)) as session, pytest.raises(Refused, match="webhook"):
        list(session.pull({}))
    server.webhook, server.other_reader = "", True
    with closing(opened(server)) as session, pytest.raises(TryLater, match="Another program"):
        list(session.pull({}))


def test_what_may_be_missing_after_a_day_is_said_for_a_day(server: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, cursor = clock.now(), dict[str, str]()

    def troubles(hours: int) -> list[str]:
        monkeypatch.setattr("app.base.clock.now", lambda: begun + hours * 3_600)
        return [page.trouble for page in pages(server, cursor) if page.trouble]

    assert [bool(troubles(hours)) for hours in (0, 12, 23, 60, 61, 80, 90)] == [0, 0, 0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("status", "body", "raised", "words"),
    [
        (404, {"ok": False, "error_code": 404, "description": "Not Found"}, AuthNeeded, "BotFather"),
        (404, b"<html>Not here</html>", Refused, "refused the request"),
        (200, b"<html><form>Log in to the network</form></html>", TryLater, "unexpected"),
        (502, b"<html>Bad gateway</html>", TryLater, "isn't working"),
        (302, b"", Refused, "has moved"),
    ],
)
def test_what_is_no_bot_api_is_said_plainly(
    server: BotApi, monkeypatch: pytest.MonkeyPatch, status: int, body: Any, raised: type[Exception], words: str
) -> None:
    headers = {"Location": "https://login.example/"} if status == 302 else {"Content-Type": "text/html"}
    answer = played.Reply(body, status, headers if isinstance(body, bytes) else {})
    monkeypatch.setattr(server, "serve", lambda _call: answer)
    with closing(opened(server)) as session, pytest.raises(raised, match=words):
        session.check()


@pytest.mark.parametrize(
    ("chat", "status", "words"),
    [(GROUP, "kicked", "removed from that chat"), (GROUP, "left", "no longer in that chat"),
     (PRIVATE, "kicked", "blocked your bot"), (-9, "member", "can't see that chat")],
)  # fmt: skip
def test_where_the_bot_is_not_any_more_says_so(server: BotApi, chat: int, status: str, words: str) -> None:
    server.members[chat, BOT] = {"status": status}
    with closing(opened(server)) as session, pytest.raises(Refused, match=words):
        session.send(Reply("k", "Hello", "", f"{chat}/1"))


def test_a_group_that_became_a_supergroup_is_answered_there(server: BotApi) -> None:
    asked = server.hear(BASIC, {"from": ANNA, "text": "Hæ"})
    server.become_supergroup(BASIC, -1009)
    with closing(opened(server)) as session:
        sent = session.send(Reply("k", "Hæ Anna", "", f"{BASIC}/{asked}"))
    assert sent.remote_id.startswith("-1009/")
    assert [(one["chat_id"], "reply_parameters" in one) for one in server.sent] == [(-1009, False)]
    facts = {key: value for page in pages(server, {}) for key, value in page.facts.items()}
    assert set(json.loads(facts["chats"])) == {"-1009"}


def test_a_group_gets_no_more_than_it_takes_in_a_minute(server: BotApi) -> None:
    server.most_a_minute = 20
    with closing(opened(server)) as session:
        for number in range(20):
            session.send(Reply(f"k{number}", f"Number {number}", "", f"{GROUP}/1"))
        with pytest.raises(TryLater) as caught:
            session.send(Reply("late", "One more", "", f"{GROUP}/1"))
        session.send(Reply("private", "Somebody else", "", f"{PRIVATE}/1"))
    assert caught.value.limited
    assert 40 < (caught.value.after or 0) <= 60
    assert len([call for call in server.calls if call.path.endswith("/sendMessage")]) == len(server.sent) == 21


# --- rights, posts, verbs


def test_rights_and_places_for_posts_are_known_as_they_change(server: BotApi) -> None:
    cursor, known = dict[str, str](), dict[str, str]()

    def learned() -> dict[str, Any]:
        for page in pages(server, cursor, **known):
            known.update(page.facts)
        return {"venues": dict(json.loads(known["venues"])), "may": known["may"].split()}

    server.hear(GROUP, {"from": ANNA, "text": "Hello"})
    server.update("channel_post", {"message_id": 5, "chat": server.chats[NEWS], "date": clock.now(), "text": "News"})
    assert learned() == {"venues": {str(GROUP): "Lemonade lovers"}, "may": [DELETE]}
    server.promote(NEWS, ALL_RIGHTS)
    server.promote(GROUP, {**ALL_RIGHTS, "can_restrict_members": True})
    assert learned() == {
        "venues": {str(GROUP): "Lemonade lovers", str(NEWS): "Lemonade news"},
        "may": [DELETE, MUTE, UNMUTE, BAN, UNBAN],
    }
    server.promote(NEWS, {"status": "kicked", "until_date": 0})
    assert list(learned()["venues"]) == [str(GROUP)]
    server.members[GROUP, BOT] = {"status": "left"}
    with closing(opened(server, **known)) as session:
        assert json.loads(session.check().facts["venues"]) == []


def test_rights_come_to_the_account_without_another_check(server: BotApi, tmp_path: Any) -> None:
    bench = Workbench(Profile(tmp_path / "profile"))
    with closing(bench):
        secrets = {"token": server.token}
        found = bench.accounts.try_out("telegram", {"server": server.url}, secrets)
        account = bench.accounts.add("telegram", "There", {"server": server.url}, secrets, found)[0].id
        server.promote(GROUP, ALL_RIGHTS)
        bench.sync.pull("There")
        facts = bench.accounts.get(account).facts
        assert BAN in facts["may"].split()
        assert facts["me"] == str(BOT)


def test_a_post_goes_to_its_venue_and_answers_to_it_join_it(server: BotApi) -> None:
    with closing(opened(server)) as session:
        made = session.send(Reply("k", "New: cherry!", "", "", venue=str(GROUP)))
    assert (made.thread, made.url) == (made.remote_id, f"https://t.me/lemonade/{made.remote_id.partition('/')[2]}")
    assert "reply_parameters" not in server.sent[0]
    server.hear(GROUP, {"from": ANNA, "text": "Yum"}, int(made.remote_id.partition("/")[2]))
    assert [one.refs for one in heard(server)] == [(made.remote_id,)]
    with closing(opened(server)) as session, pytest.raises(Refused, match="isn't allowed"):
        session.send(Reply("k", "New: cherry!", "", "", venue=str(NEWS)))


def test_own_words_are_corrected_and_deleted_as_often_as_asked(server: BotApi) -> None:
    with closing(opened(server)) as session:
        sent = session.send(Reply("k", "Opne at nine", "", f"{GROUP}/1"))
        change = Change("c", sent.remote_id, "Open at nine", "Opne at nine")
        for _ in range(2):
            session.correct(change)
        row = server.messages[GROUP, int(sent.remote_id.partition("/")[2])]
        assert row["text"] == "Open at nine"
        for _ in range(2):
            session.withdraw(Change("w", sent.remote_id, "", "Open at nine"))
        with pytest.raises(Refused, match="no longer there"):
            session.correct(change)
        old = session.send(Reply("k2", "Long ago", "", f"{GROUP}/1"))
        server.messages[GROUP, int(old.remote_id.partition("/")[2])]["date"] -= 3 * 86_400
        with pytest.raises(Refused, match="48 hours"):
            session.withdraw(Change("w2", old.remote_id, "", "Long ago"))


def test_each_verb_is_done_and_taken_back(server: BotApi) -> None:
    server.members[GROUP, BOT] = ALL_RIGHTS
    number = server.hear(GROUP, {"from": ANNA, "text": "Buy my pills"})
    on = Target(f"{GROUP}/{number}", "", str(ANNA["id"]), 3_600)

    def status() -> Any:
        return server.member(GROUP, ANNA["id"])["status"]

    with closing(opened(server)) as session:
        for verb, after in (
            (MUTE, "restricted"),
            (UNMUTE, "member"),
            (BAN, "kicked"),
            (UNBAN, "left"),
            (UNBAN, "left"),
        ):
            for _ in range(2):
                session.moderate(verb, on)
            assert status() == after, verb
            if verb == MUTE:
                assert abs(server.member(GROUP, ANNA["id"])["until_date"] - clock.now() - 3_600) < 60
        for _ in range(2):
            session.moderate(DELETE, on)
        assert (GROUP, number) not in server.messages
        session.moderate(BAN, on._replace(author="-2001"))
        assert server.member(GROUP, -2001)["status"] == "kicked"
        for verb, more, words in (
            (MUTE, {"author": "-2001"}, "not muted"), (BAN, {"message": f"{PRIVATE}/1"}, "private chat"),
            (MUTE, {"message": f"{BASIC}/1"}, "large groups"), (MUTE, {"author": ""}, "doesn't know where"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=words):
                session.moderate(verb, on._replace(**more))  # type: ignore[arg-type]
        server.members[GROUP, ANNA["id"]] = {"status": "administrator"}
        with pytest.raises(Refused, match="administrator"):
            session.moderate(BAN, on)
        server.members[GROUP, BOT] = {"status": "member"}
        with pytest.raises(Refused, match="isn't allowed"):
            session.moderate(BAN, on)


def test_every_reaction_on_offer_is_taken(server: BotApi) -> None:
    number = server.hear(GROUP, {"from": ANNA, "text": "Thank you!"})
    assert CHANNEL.can.react is not None
    with closing(opened(server)) as session:
        for what in CHANNEL.can.react.offered:
            session.react(Reaction(f"k{what}", f"{GROUP}/{number}", what))
            assert server.given[GROUP, number] == [what.replace("\ufe0f", "")]
        session.unreact(Reaction("u", f"{GROUP}/{number}", "👍"))
        assert server.given[GROUP, number] == []
        with pytest.raises(Refused, match="isn't allowed"):
            session.react(Reaction("k", f"{GROUP}/{number}", "🍋"))
        with pytest.raises(UnknownOutcome):
            session.reacted(Reaction("k", f"{GROUP}/{number}", "👍"))
        session.unreact(Reaction("u", f"{GROUP}/9999", "👍"))
        with pytest.raises(Refused, match="no longer there"):
            session.react(Reaction("k", f"{GROUP}/9999", "👍"))
