"""Discord's threads, forums and rights as its server shows them, and what a bot may do there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Incoming, Reply, Target
from app.channels.base import (
    BAN,
    LOCK,
    MUTE,
    UNBAN,
    UNLOCK,
    UNMUTE,
    AuthNeeded,
    Page,
    Refused,
    TryLater,
    UnknownOutcome,
)
from app.channels.discord import session as channel
from tests.servers import played
from tests.servers.discord import ALL_RIGHTS, FORUM, GENERAL, GUILD, VOICE, Discord

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def server() -> Iterator[Discord]:
    playing = Discord()
    yield playing
    playing.stop()


def opened(server: Discord, **more: str) -> channel.DiscordSession:
    return channel.DiscordSession({"server": server.url, "me": server.me, **more}, {"token": server.token})


def pages(server: Discord, cursor: dict[str, str], **more: str) -> list[Page]:
    with closing(opened(server, **more)) as session:
        found = list(session.pull(dict(cursor)))
    for page in found:
        cursor.update(page.cursor)
    return found


def heard(server: Discord, cursor: dict[str, str] | None = None, **more: str) -> list[Incoming]:
    return [item for page in pages(server, {} if cursor is None else cursor, **more) for item in page.items]


# --- what is not shown is not gone


def test_a_bot_that_may_not_read_any_more_takes_nothing_away_and_says_so(server: Discord) -> None:
    cursor: dict[str, str] = {}
    for number in range(5):
        server.add(GENERAL, "1", "anna", f"Number {number}")
    assert len(heard(server, cursor)) == 5
    server.reads_history = False
    server.add(GENERAL, "1", "anna", "Meanwhile")
    found = pages(server, cursor)
    assert [item for page in found for item in page.items] == []
    assert any("#general" in page.trouble for page in found)
    server.reads_history = True
    assert [one.text for one in heard(server, cursor)] == ["Meanwhile"]
    server.messages[GENERAL] = []
    assert len([one for one in heard(server, cursor) if one.gone]) == 6


def test_a_last_message_that_is_gone_is_asked_for_once(server: Discord) -> None:
    cursor: dict[str, str] = {}
    server.add(GENERAL, "1", "anna", "First")
    heard(server, cursor)
    listed, late = server._channels, server.number()
    server._channels = lambda: [  # type: ignore[method-assign]
        {**one, "last_message_id": late} if one["id"] == GENERAL else one for one in listed()
    ]
    for asked in (1, 0):
        server.calls.clear()
        assert heard(server, cursor) == []
        assert len([call for call in server.calls if call.path.endswith(late)]) == asked


def test_a_look_up_where_nothing_can_be_read_decides_nothing(server: Discord) -> None:
    first = server.add(GENERAL, "1", "anna", "Hæ")
    reply = Reply(KEY, "Takk", "", f"{GENERAL}/{first['id']}", at=clock.now())
    server.reads_history = False
    with closing(opened(server)) as session, pytest.raises(UnknownOutcome):
        session.find_sent(reply)


def test_thanks_said_before_are_not_taken_for_those_that_were_lost(server: Discord) -> None:
    first = server.add(GENERAL, "1", "anna", "Hæ", id=server.number(clock.now() - 7_200))
    server.add(GENERAL, server.me, "bot", "Takk!", first["id"], id=server.number(clock.now() - 3_600))
    with closing(opened(server)) as session:
        assert session.find_sent(Reply(KEY, "Takk!", "", f"{GENERAL}/{first['id']}", at=clock.now())) is None


def test_another_emoji_is_another_answer(server: Discord) -> None:
    first = server.add(GENERAL, "1", "anna", "Hæ")
    server.add(GENERAL, server.me, "bot", "👍", first["id"])
    reply = Reply(KEY, "❤️", "", f"{GENERAL}/{first['id']}", at=clock.now())
    with closing(opened(server)) as session:
        assert session.find_sent(reply) is None
        assert session.find_sent(reply._replace(text="👍")) is not None


# --- threads


def test_last_words_in_a_thread_that_was_closed_since_come_in(server: Discord) -> None:
    cursor: dict[str, str] = {}
    post = server.begin(FORUM, "Broken bottle")
    server.add(post, "1", "anna", "Mine is broken", id=post)
    assert [one.locked for one in heard(server, cursor)] == [False]
    server.add(post, "1", "anna", "Still broken!")
    server.archive(post, locked=True)
    assert [(one.text, one.locked) for one in heard(server, cursor)] == [("Still broken!", True)]
    assert heard(server, cursor) == []


@pytest.mark.slow
def test_closed_posts_of_the_last_month_come_in_at_first_and_after_a_week(
    server: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor: dict[str, str] = {}
    for number in range(120):
        post = server.begin(FORUM, f"Post {number}")
        server.add(post, "1", "anna", f"Question {number}", id=post)
        server.archive(post)
    assert len(heard(server, cursor)) == 120
    later = clock.now() + 7 * 86_400
    monkeypatch.setattr("app.base.clock.now", lambda: later)
    post = server.begin(FORUM, "Late")
    server.add(post, "1", "anna", "Late question", id=post)
    server.archive(post)
    assert [one.text for one in heard(server, cursor)] == ["Late question"]
    server.calls.clear()
    assert heard(server, cursor) == []
    assert not [call for call in server.calls if "archived" in call.path], "not every five minutes"


def test_what_is_written_in_a_voice_channel_comes_in(server: Discord) -> None:
    server.add(VOICE, "1", "anna", "I can't hear you")
    assert [(one.text, one.post_title) for one in heard(server)] == [("I can't hear you", "#talk")]


def test_sixty_channels_are_in_at_once_and_a_quiet_round_asks_for_little(server: Discord) -> None:
    kept, said = server._channels, 0
    numbers = [str(5_000 + number) for number in range(60)]
    for number in numbers:
        server.messages[number] = []
        for text in range(5):
            server.add(
                number, str(text), f"member{text}", f"{number}: {text}", id=server.number(clock.now() - 5 * 86_400)
            )
            said += 1
    server._channels = lambda: [  # type: ignore[method-assign]
        *kept(),
        *({"id": one, "type": 0, "name": f"room-{one}", "last_message_id": server.messages[one][-1]["id"]}
          for one in numbers),
    ]  # fmt: skip
    cursor: dict[str, str] = {}
    assert len(heard(server, cursor)) == said == 300
    server.calls.clear()
    assert heard(server, cursor) == []
    assert len(server.calls) <= 5
    server.add(numbers[-1], "1", "anna", "The last room")
    assert [one.text for one in heard(server, cursor)] == ["The last room"]


def test_what_is_new_comes_before_anything_is_looked_at_again(server: Discord) -> None:
    cursor: dict[str, str] = {}
    server.add(GENERAL, "1", "anna", "Before")
    heard(server, cursor)
    server.add(VOICE, "1", "anna", "After")
    with closing(opened(server)) as session:
        server.calls.clear()
        first = next(iter(session.pull(cursor)))
        assert [one.text for one in first.items] == ["After"]
        assert not [call for call in server.calls if call.path == f"/channels/{GENERAL}/messages"]


# --- words


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"content": "<@&90> <t:1618953630:R> </order:55> <id:guide> <t:99999999999999:R>"},
         "@Helpers 2021-04-20 21:20 UTC /order #guide <t:99999999999999:R>"),
        ({"content": "", "message_reference": {"type": 1, "message_id": "1"}, "message_snapshots": [
            {"message": {"content": "From elsewhere", "attachments": [{"filename": "a.png"}]}}]},
         "[Forwarded]\nFrom elsewhere\n[a.png]"),
        ({"content": "", "poll": {"question": {"text": "Sour?"}, "answers": [
            {"poll_media": {"text": "Yes"}}, {"poll_media": {"emoji": {"name": "🍋"}}}]}},
         "[Poll: Sour?]\n– Yes\n– 🍋"),
        ({"type": 24, "embeds": [{"type": "auto_moderation_message", "description": "Buy pills", "fields": [
            {"name": "rule_name", "value": "Spam"}, {"name": "channel_id", "value": "410"}]}]},
         "[AutoMod: Spam]\nBuy pills"),
        ({"content": "", "sticker_items": [{"name": "Wave"}]}, "[Wave]"),
    ],
)  # fmt: skip
def test_what_is_no_plain_text_comes_in_as_people_see_it(server: Discord, row: dict[str, Any], text: str) -> None:
    server.add(GENERAL, "1", "anna", "", **row)
    assert [one.text for one in heard(server)] == [text]


# --- refusals


@pytest.mark.parametrize(
    ("answer", "raised", "words"),
    [
        (played.Reply({"message": "x", "code": 40333}, 403), TryLater, "firewall"),
        (played.Reply(b"<html>Access denied</html>", 403, {"Content-Type": "text/html"}), TryLater, "firewall"),
        (played.Reply({"message": "Thread is locked", "code": 50083}, 403), Refused, "closed"),
        (played.Reply({"message": "x", "code": 160005}, 400), Refused, "closed"),
        (played.Reply({"message": "x", "code": 50013}, 403), Refused, "under Roles"),
        (played.Reply({"message": "x", "code": 50001}, 403), Refused, "can't see that channel"),
        (played.Reply({"message": "x", "code": 10003}, 404), Refused, "no longer exists"),
        (played.Reply({"message": "slow mode", "code": 20016, "retry_after": 5}, 403), TryLater, "wait"),
        (played.Reply(b"<html>Log in</html>", 200, {"Content-Type": "text/html"}), UnknownOutcome, "may have"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_it_is(server: Discord, answer: played.Reply, raised: type[Exception], words: str) -> None:
    server.limits = [answer]
    with closing(opened(server)) as session, pytest.raises(raised, match=words):
        session.send(Reply(KEY, "Hello", "", f"{GENERAL}/5"))


def test_the_filter_of_a_server_is_named(server: Discord) -> None:
    server.filtered = "discount"
    first = server.add(GENERAL, "1", "anna", "Hæ")
    with closing(opened(server)) as session, pytest.raises(Refused, match="AutoMod"):
        session.send(Reply(KEY, "A discount!", "", f"{GENERAL}/{first['id']}"))


def test_a_bot_that_was_thrown_out_and_a_channel_that_was_renamed_are_said(server: Discord) -> None:
    server.add(GENERAL, "1", "anna", "Hæ")
    found = pages(server, {}, channels="general, lounge")
    assert [item.text for page in found for item in page.items] == ["Hæ"]
    assert [page.trouble for page in found if page.trouble] == [
        "No channel is called #lounge any more. Change the names in the account."
    ]
    server.guilds.clear()
    with closing(opened(server)) as session, pytest.raises(Refused, match="isn't in any server"):
        list(session.pull({}))


def test_a_limit_of_one_session_is_one_of_all(server: Discord) -> None:
    server.remaining = "0"
    with closing(opened(server)) as one, closing(opened(server)) as other:
        one._wire._hold("GET users/@me", 30)
        with pytest.raises(TryLater) as caught:
            other._ask("GET", "users/@me")
    assert caught.value.limited
    stranger = channel.DiscordSession({"server": server.url}, {"token": "another.bot.token"})
    with closing(stranger), pytest.raises(AuthNeeded):
        stranger._ask("GET", "users/@me")


# --- rights, verbs, posts


def test_each_verb_is_done_and_taken_back(server: Discord) -> None:
    post = server.begin(FORUM, "Pills")
    server.add(post, "55", "troll", "Buy pills", id=post)
    on = Target(f"{post}/{post}", "", "55", 3_600)
    with closing(opened(server)) as session:
        for _ in range(2):
            session.moderate(MUTE, on)
        assert abs(clock.from_iso(server.muted["55"]) - clock.now() - 3_600) < 60
        session.moderate(MUTE, on._replace(seconds=90 * 86_400))
        for verb in (UNMUTE, UNMUTE):
            session.moderate(verb, on)
        assert server.muted == {}
        for verb, banned in ((BAN, {"55"}), (BAN, {"55"}), (UNBAN, set()), (UNBAN, set())):
            session.moderate(verb, on)
            assert server.banned == banned
        told = server.threads[post]["thread_metadata"]
        for verb, closed in ((LOCK, True), (LOCK, True), (UNLOCK, False), (UNLOCK, False)):
            session.moderate(verb, on)
            assert (told["locked"], told["archived"]) == (closed, closed)
        first = server.add(GENERAL, "5", "hook", "By a program", webhook_id="5")
        for verb, target, words in (
            (LOCK, Target(f"{GENERAL}/{first['id']}"), "Only threads"),
            (BAN, Target(f"{GENERAL}/{first['id']}", "", "5/Hook"), "a program posts it"),
        ):
            with pytest.raises(Refused, match=words):
                session.moderate(verb, target)
        server.guilds[0]["permissions"] = str(ALL_RIGHTS & ~(1 << 2))
        with pytest.raises(Refused, match="under Roles"):
            session.moderate(BAN, on)


def test_a_post_that_may_be_among_closed_ones_we_cannot_list_is_not_called_missing(server: Discord) -> None:
    wanted = Reply(KEY, "Cherry!", "", "", title="New: cherry", venue=FORUM, at=clock.now())
    with closing(opened(server)) as session:
        assert session.find_sent(wanted) is None
        made = session.send(wanted)
        told = server.threads[made.remote_id.partition("/")[0]]["thread_metadata"]
        told |= {"archived": True, "archive_timestamp": clock.iso(clock.now())}
        assert (found := session.find_sent(wanted)) is not None
        assert found.remote_id == made.remote_id
        server.reads_history = False
        with pytest.raises(UnknownOutcome):
            session.find_sent(wanted)


@pytest.mark.parametrize(
    ("venue", "titled"), [(GENERAL, ""), (GENERAL, "News"), (GENERAL, "Cherry…"), (FORUM, "New: cherry")]
)
@pytest.mark.parametrize("mood", [played.WELL, played.CLOSE_AFTER])
def test_a_post_is_there_once_and_its_answers_join_it(server: Discord, venue: str, titled: str, mood: str) -> None:
    post = Reply(KEY, "Cherry is here", "", "", title=titled, at=clock.now(), venue=venue)
    with closing(opened(server)) as session:
        assert session.find_sent(post) is None
        server.moods = [mood]
        if mood == played.CLOSE_AFTER:
            with pytest.raises(UnknownOutcome):
                session.send(post)
        else:
            session.send(post)
        found = session.find_sent(post)
        again = session.send(post._replace(tried=1))
    assert found is not None
    assert (found.remote_id, found.thread, found.url) == (again.remote_id, again.thread, again.url)
    assert found.url == f"https://discord.com/channels/{GUILD}/{found.remote_id}"
    own = [row for rows in server.messages.values() for row in rows if row["author"]["id"] == server.me]
    headed = f"**{titled}**\nCherry is here" if venue == GENERAL and titled == "News" else "Cherry is here"
    assert [row["content"] for row in own] == [headed]
    place, _, number = found.remote_id.partition("/")
    server.add(place, "1", "anna", "Yum", number)
    assert found.remote_id in next(one for one in heard(server) if one.text == "Yum").refs
