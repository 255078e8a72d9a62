"""Slack, against a server that plays its Web API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming, Reply
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.http import pace
from app.channels.slack.emoji import sign_of
from app.channels.slack.names import forget
from app.channels.slack.session import SlackSession
from app.channels.slack.words import escaped, plain
from tests.app.channels import contract
from tests.app.channels.along import Along
from tests.app.channels.contract import Changed, Changing, Contract, Moderated
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.posted import Posted, PostedThrough
from tests.app.channels.reacted import Reacted
from tests.servers import played
from tests.servers.slack import GENERAL, Slack


class Patient(Slack):
    """One that takes any number of requests, as our own account of its limits does then."""

    def serve(self, call: played.Call) -> played.Reply:
        pace.forget()
        return super().serve(call)


class Peer:
    kind = "slack"

    def __init__(self, server: Slack) -> None:
        self.server = server
        self.fields = {"server": server.url}
        self.secrets, self.wrong = {"token": server.token}, {"token": "xoxp-no"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        key = f"U{sum(who.encode())}"
        self.server.people[key] = who
        answered = self.row(answering) if answering else {}
        root = str(answered.get("thread_ts") or answered.get("ts") or "")
        return f"{GENERAL}/{self.server.add(key, escaped(text), root)['ts']}"

    def heard(self) -> list[tuple[str, str]]:
        own = [one for one in self.server.messages if one["user"] == self.server.me and not one.get("files")]
        return [(plain(one, {}), f"{GENERAL}/{one['thread_ts']}") for one in own]

    def files(self) -> list[tuple[str, bytes]]:
        every = [file for one in self.server.messages for file in one.get("files", ())]
        return [(file["name"], self.server.contents[file["id"]]) for file in every]

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}

    def row(self, number: str) -> dict[str, Any]:
        return next(one for one in self.server.messages if one["ts"] == number.rpartition("/")[2])

    def change(self, number: str, text: str) -> None:
        self.row(number).update(text=text, edited={"user": "U1", "ts": self.server.ts()})

    def take_away(self, number: str) -> None:
        self.server.remove(number.rpartition("/")[2])

    def reads(self, number: str | None) -> str | None:
        found = [one for one in self.server.messages if number == f"{GENERAL}/{one['ts']}"]
        return plain(found[0], {}) if found and found[0].get("subtype") != "tombstone" else None

    def reactions(self, number: str) -> list[str]:
        given = self.row(number).get("reactions", {}).items()
        return [sign_of(name) for name, users in given if self.server.me in users]

    def posts(self) -> list[tuple[str, str]]:
        """What we published there of ourselves: (text, channel)."""
        own = [one for one in self.server.messages if one["user"] == self.server.me and "thread_ts" not in one]
        return [(plain(one, {}), self.server.where.get(one["ts"], GENERAL)) for one in own]

    def how_it_stands(self, number: str) -> str:
        return "" if any(f"{GENERAL}/{one['ts']}" == number for one in self.server.messages) else "gone"


@pytest.fixture
def server() -> Iterator[Slack]:
    pace.forget()
    forget()
    made = Patient()
    yield made
    made.stop()


@pytest.fixture
def peer(server: Slack) -> Peer:
    return Peer(server)


class TestSlack(Contract, Moderated, Changing, Changed, Reacted, Posted, PostedThrough, Along, Garbled, Limited):
    venue = GENERAL

    def lose(self, peer: Peer) -> None:
        """That of the last of four: where to upload, the upload, the words, the files below them."""
        peer.server.moods = [played.WELL, played.WELL, played.WELL, played.CLOSE_AFTER]

    limits = (
        (played.Reply({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "44"}), 44),
        (played.Reply({"ok": False, "error": "ratelimited"}), 30),
        (played.Reply({"ok": False, "error": "rate_limited"}), 30),
        (played.Reply({"ok": False, "error": "message_limit_exceeded"}), 30),
    )


def opened(server: Slack, **more: str) -> SlackSession:
    fields = {"server": server.url, "me": server.me, "url": "https://lemonade.slack.example/"}
    return SlackSession({**fields, **more}, {"token": server.token})


def pulled(server: Slack, cursor: dict[str, str] | None = None, **more: str) -> list[Incoming]:
    with closing(opened(server, **more)) as session:
        return contract.pulled(session, cursor)


def test_answers_below_older_messages_are_seen_and_their_deletion(server: Slack, peer: Peer) -> None:
    first = peer.say("anna", "Is it sweet?")
    cursor: dict[str, str] = {}
    pulled(server, cursor)
    peer.say("bela", "Number one")
    answer = peer.say("cyril", "Very.", first)
    found = {one.text: one for one in pulled(server, cursor)}
    assert (found["Very."].thread, found["Very."].parent) == (first, first)
    assert found["Very."].url.endswith(f"?thread_ts={first.rpartition('/')[2]}&cid={GENERAL}")
    peer.say("dora", "Sour, even.", first)
    pulled(server, cursor)
    peer.take_away(answer)
    assert [one.remote_id for one in pulled(server, cursor) if one.gone] == [answer]
    peer.take_away(first)
    assert [one.remote_id for one in pulled(server, cursor) if one.gone] == [first]


@pytest.mark.slow
def test_much_comes_oldest_first_and_a_stop_loses_nothing(server: Slack, peer: Peer) -> None:
    begun = clock.now() - 20 * 86_400
    peer.server.people["U1"] = "anna"
    roots = []
    for number in range(1_100):
        row = server.add("U1", f"Number {number}", ts=server.ts(begun + number * 1_000))
        if number % 300 == 0:
            roots.append(row["ts"])
    for root in roots:
        server.add("U1", f"Below {root}", root)
    whole = {row["text"] for row in server.messages}
    cursor: dict[str, str] = {}
    seen: list[str] = []
    for stop in (1, 2, 3, 99):
        with closing(opened(server)) as session:
            for number, page in enumerate(session.pull(dict(cursor))):
                seen += [one.text for one in page.items]
                cursor.update(page.cursor)
                if number == stop:
                    break
    assert set(seen) == whole
    numbers = [int(text.split()[1]) for text in dict.fromkeys(seen) if text.startswith("Number")]
    assert numbers == sorted(numbers)


def test_what_was_said_before_the_first_pulls_days_stays_out(server: Slack, peer: Peer) -> None:
    server.people["U1"] = "anna"
    server.add("U1", "Long ago", ts=server.ts(clock.now() - 60 * 86_400))
    peer.say("anna", "Now")
    assert [one.text for one in pulled(server)] == ["Now"]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("&lt;b&gt; &amp;amp;", "<b> &amp;"),
        ("<@U1> and <@U99|bela> in <#C41|general>", "@Anna and @bela in #general"),
        ("<!here> <!subteam^S1|@kitchen> <!date^1^{date}|today>", "@here @kitchen today"),
        ("<!subteam^S1> <!channel> <!date^1^{date}>", "@group @channel"),
        ("<https://x.example/?a=1&amp;b=2>", "https://x.example/?a=1&b=2"),
        ("<https://x.example|here> <http://x.example|x.example>", "here <https://x.example> x.example"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("a < b <", "a < b <"),
        (":lemon: :+1::skin-tone-4: :party_parrot: at 12:30:15", "🍋 👍🏽 :party_parrot: at 12:30:15"),
        (":female-farmer::skin-tone-2: :white_check_mark: :heart:", "👩🏻‍🌾 ✅ ❤️"),
    ],
)
def test_slacks_signs_are_words(said: str, text: str) -> None:
    assert plain({"text": said}, {"U1": "Anna"}) == text


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"text": "Look", "files": [{"name": "a.pdf"}, {"alt_txt": "Two  lemons", "mimetype": "image/png"}]},
         "Look\n[a.pdf]\n[Picture: Two lemons]"),
        ({"files": [{"subtype": "slack_audio", "name": "audio_message.m4a", "mimetype": "audio/mp4"}]}, "[Sound]"),
        ({"files": [{"subtype": "slack_video"}, {"mode": "tombstone"}, {"title": "Menu"}]}, "[Video]\n[file]\n[Menu]"),
        ({"text": "What she said",
          "attachments": [{"is_share": True, "author_name": "Anna", "text": "Is it\n&lt;sweet&gt;?"}]},
         "What she said\n> Anna:\n> Is it\n> <sweet>?"),
        ({"text": "<https://x.example>", "attachments": [{"from_url": "https://x.example", "title": "X"}]},
         "https://x.example"),
        ({"attachments": [{"pretext": "New order", "fields": [{"title": "Name", "value": "Anna"}], "fallback": "no"}]},
         "New order\nName: Anna"),
        ({"attachments": [{"fallback": "Only this"}]}, "Only this"),
        ({"text": "", "blocks": [{"type": "header", "text": {"text": "Form"}},
                                 {"type": "section", "fields": [{"text": "*From* <@U1>"}]},
                                 {"type": "image", "alt_text": "A lemon"}, {"type": "divider"}]},
         "Form\n*From* @Anna\n[Picture: A lemon]"),
        ({"text": "Said", "blocks": [{"type": "rich_text", "text": {"text": "Said"}}]}, "Said"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_attached_is_named_and_what_an_app_says_is_read(row: dict[str, Any], text: str) -> None:
    assert plain(row, {"U1": "Anna"}) == text


def test_what_nobody_wrote_and_what_is_odd_is_left_out(server: Slack) -> None:
    server.add("U1", "<@U1> has joined the channel", subtype="channel_join")
    server.messages.append({"ts": server.ts(), "text": "nobody"})
    server.add("U5", "A picture", files=[{"name": "a.png"}], subtype="file_share")
    server.messages.append({"ts": server.ts(), "text": "By an app", "bot_id": "B1", "username": "Shop",
                            "subtype": "bot_message"})  # fmt: skip
    found = pulled(server)
    assert [(one.text, one.author.key) for one in found] == [("A picture\n[a.png]", "U5"), ("By an app", "B1/Shop")]


def test_many_names_are_asked_for_at_once(server: Slack) -> None:
    for number in range(50):
        server.people[f"U{number}X"] = f"member{number}"
        server.add(f"U{number}X", "Hæ")
    assert {one.author.name for one in pulled(server)} == {f"Member{number}" for number in range(50)}
    assert [call.path for call in server.calls].count("/users.info") == 0


@pytest.mark.parametrize(
    ("error", "raised", "words"),
    [
        ("token_revoked", AuthNeeded, "Copy it again"),
        ("missing_scope", Refused, "install the app again"),
        ("msg_too_long", Refused, "too long"),
        ("is_archived", Refused, "archived"),
        ("something_new", Refused, "something_new"),
        ("rate_limited", TryLater, "has asked Rapport to wait"),
        ("internal_error", UnknownOutcome, "may not have arrived"),
        (
            played.Reply({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": "30"}),
            TryLater,
            "has asked Rapport to wait",
        ),
        (played.Reply("gone", 502), UnknownOutcome, "may not have arrived"),
        (played.Reply(["odd"]), UnknownOutcome, "may not have arrived"),
        (played.Reply({"ok": True}), UnknownOutcome, "may have accepted"),
    ],
)
def test_each_no_has_its_meaning(server: Slack, peer: Peer, error: Any, raised: type[UserError], words: str) -> None:
    first = peer.say("anna", "Hæ")
    server.errors["chat.postMessage"] = error
    with closing(opened(server)) as session, pytest.raises(raised, match=words) as caught:
        session.send(Reply("k", "Takk", first, first))
    assert str(caught.value).endswith(".")
    if isinstance(caught.value, TryLater):
        assert caught.value.after == 30


@pytest.mark.parametrize("mood", [played.CLOSE_AFTER, played.FAIL_AFTER, played.BROKEN, played.CLOSE_BEFORE])
def test_a_reply_that_may_have_gone_is_looked_up(server: Slack, peer: Peer, mood: str) -> None:
    first = peer.say("anna", "Hæ")
    peer.say("bela", "Takk 🍋 & https://x.example/?a=1&b=2, y.example", first)
    reply = Reply("k", "Takk 🍋 & https://x.example/?a=1&b=2, y.example", first, first, at=clock.now())
    server.moods = [mood]
    with closing(opened(server)) as session:
        with pytest.raises(UnknownOutcome):
            session.send(reply)
        found = session.find_sent(reply)
    assert (found is None) == (mood == played.CLOSE_BEFORE)
    assert len(peer.heard()) == (found is not None)


def test_nothing_in_a_reply_calls_anybody(server: Slack, peer: Peer) -> None:
    first = peer.say("anna", "Hæ")
    with closing(opened(server)) as session:
        session.send(Reply("k", "<!channel> <@U1> & *so*", first, first))
        with pytest.raises(Refused, match="40,000"):
            session.send(Reply("k", "&" * 30_000, first, first))
        with pytest.raises(Refused):
            session.send(Reply("k", "x", "", ""))
    posted = next(call.body for call in server.calls if call.path == "/chat.postMessage")
    assert posted["text"] == "&lt;!channel&gt; &lt;@U1&gt; &amp; *so*"
    assert posted["mrkdwn"] is False


def test_in_too_long_a_thread_nothing_is_sure(server: Slack, peer: Peer) -> None:
    first = peer.say("anna", "Hæ")
    for number in range(1_100):
        server.add("U1", f"Number {number}", first.rpartition("/")[2])
    with closing(opened(server)) as session, pytest.raises(UnknownOutcome, match="Check it"):
        session.find_sent(Reply("k", "Takk", first, first, at=clock.now()))


def test_a_login_in_no_channel_says_so(server: Slack) -> None:
    with closing(opened(server, channels="none")) as session, pytest.raises(Refused, match="Join one"):
        session.check()


def test_a_server_that_never_ends_is_left(server: Slack, peer: Peer) -> None:
    peer.say("anna", "Hæ")
    for name, part in (("users.conversations", "channels"), ("conversations.history", "messages")):
        rows = [{"id": GENERAL, "name": "general"}] if part == "channels" else server.messages * 200
        more = {"ok": True, part: rows, "has_more": True, "response_metadata": {"next_cursor": "1"}}
        server.errors = {name: played.Reply(more)}
        with pytest.raises(TryLater):
            pulled(server)
        assert len(server.calls) < 500
        server.calls.clear()
