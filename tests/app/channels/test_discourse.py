"""Discourse, against a server that plays its API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from html import escape
from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Reaction, Target
from app.base.message import Reply as Answer
from app.channels import discourse
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.discourse.session import DiscourseSession
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changed, Changing, Contract, Moderated, pulled
from tests.app.channels.forum import everything, raised, reply, session
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.posted import Posted, PostedThrough
from tests.app.channels.reacted import Reacted
from tests.servers.discourse import Forum
from tests.servers.played import BROKEN, CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, Call, Reply


class Peer:
    kind = "discourse"

    def __init__(self, server: Forum) -> None:
        self.server, self.say = server, server.say
        self.fields = {"server": server.url, "login": "lemonade"}
        self.secrets, self.wrong = {"key": server.key}, {"key": "no-key-of-theirs"}

    def heard(self) -> list[tuple[str, str]]:
        posts = self.server.posts.values()
        ours = [post for post in posts if post["user_id"] == 1 and post["post_number"] > 1]
        number = {(post["topic_id"], post["post_number"]): str(post["id"]) for post in posts}
        return [(post["raw"], number.get((post["topic_id"], post["reply_to_post_number"]), "")) for post in ours]

    def posts(self) -> list[tuple[str, str]]:
        topics = self.server.topics
        begun = [post for post in self.server.posts.values() if post["user_id"] == 1 and post["post_number"] == 1]
        return [(post["raw"], str(topics[post["topic_id"]]["category_id"])) for post in begun]

    def gone(self) -> dict[str, str]:
        return {**self.fields, "server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        post = self.server.posts[int(number)]
        flags = {*self.server.flags.get(post["id"], ()), *self.server.kinds_of(post["id"])}
        return "gone" if post["deleted_at"] else ("spam" if 8 in flags else "hidden") if post["hidden"] else ""

    def reactions(self, number: str) -> list[str]:
        return ["like"] if int(number) in self.server.likes else []

    def reads(self, number: str) -> str | None:
        post = self.server.posts[int(number)]
        gone = post["deleted_at"] or post["user_deleted"] or self.server.topics[post["topic_id"]]["deleted_at"]
        return None if gone else post["raw"].replace("\\<", "<")

    def change(self, number: str, text: str) -> None:
        self.server.posts[int(number)].update(raw=text, cooked=f"<p>{escape(text)}</p>", version=2)

    def take_away(self, number: str) -> None:
        post = self.server.posts[int(number)]
        post["deleted_at"] = post["created_at"]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Forum]:
    yield from raised(monkeypatch)


@pytest.fixture
def peer(server: Forum) -> Peer:
    return Peer(server)


class TestDiscourse(Contract, Moderated, Changing, Changed, Reacted, Posted, PostedThrough, Garbled, Limited):
    venue, titled = "4", "Bækur um sítrónur"
    limits = (
        (Reply({"errors": ["You’ve performed this action too many times."], "error_type": "rate_limit",
                "extras": {"wait_seconds": 77, "time_left": "77 seconds"}}, 429), 77),
        (Reply(b"Slow down, you're making too many requests.\nError code: ip_60_secs_limit.", 429,
               {"Content-Type": "text/plain", "Retry-After": "33"}), 33),
    )  # fmt: skip

    def test_a_like_can_be_taken_back_for_a_while(self, peer: Peer, server: Forum) -> None:
        there = peer.say("anna", "Takk!")
        asked = Reaction("key-1", there, "like", clock.now())
        session: Any = self.open(peer)
        with closing(session):
            session.react(asked)
            server.undoable = False
            with pytest.raises(Refused, match="for a while after it was given"):
                session.unreact(asked)
            assert session.reacted(asked)


def test_what_a_login_finds(server: Forum) -> None:
    server.posts_most = 4_000
    with closing(session(server)) as there:
        found = there.check()
    assert found.sentence == "@lemonade is connected to 127.0.0.1, and can moderate."
    assert found.facts["me"] == "1"
    assert (found.facts["staff"], found.facts["admin"], found.facts["reviews"]) == ("yes", "", "yes")
    assert found.facts["limit"] == "4000"
    assert found.own == ("127.0.0.1/1",)


def test_a_user_api_key_has_no_name_with_it(server: Forum) -> None:
    server.user_key = True
    with closing(session(server, login="")) as there:
        assert there.check().own == ("127.0.0.1/1",)
    assert "api-username" not in server.calls[-1].headers


def test_the_forum_itself_is_asked_for_without_any_key(server: Forum) -> None:
    for more in ({}, {"login": ""}, {"login": " @lemonade "}):
        server.user_key = more.get("login") == ""
        server.calls.clear()
        with closing(session(server, **more)) as there:
            assert there.check().own == ("127.0.0.1/1",)
        assert not [name for name in server.calls[0].headers if name.startswith(("api-", "user-api"))]
        assert "api-key" in server.calls[1].headers or "user-api-key" in server.calls[1].headers


def test_another_kind_of_site_is_told_from_a_forum(server: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Reply(b"<title>A shop</title>", 200, {"Content-Type": "text/html"})
    monkeypatch.setattr(server, "serve", lambda _call: page)
    with closing(session(server)) as there, pytest.raises(Refused, match="isn't a Discourse forum"):
        there.check()


def test_an_address_may_be_given_without_its_scheme() -> None:
    for told in ("forum.example", "https://forum.example/"):
        with closing(discourse.open({"server": told}, {"key": "k"})) as there:
            assert isinstance(there, DiscourseSession)
            assert there._site.http.base == "https://forum.example/"


def test_a_message_says_where_it_stands(server: Forum) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.say("bela", "It is.", asked)
    rows, _ = everything(server)
    first, second = rows
    assert (first.thread, second.thread) == (str(server.topic), str(server.topic))
    assert second.parent == first.remote_id
    assert (first.post_title, first.post_text) == ("Lemonade that fizzes", "Tell us how you like it!")
    assert first.url == f"{server.url}/t/lemonade-that-fizzes/{server.topic}/2"
    assert first.author.url == f"{server.url}/u/anna"
    assert first.public


def test_a_newest_page_is_one_call_of_posts(server: Forum) -> None:
    server.say("anna", "One")
    _, cursor = everything(server)
    server.calls.clear()
    server.say("anna", "Two")
    everything(server, cursor)
    assert [call.path for call in server.calls].count("/posts.json") == 1


@pytest.mark.slow
def test_a_long_absence_is_caught_up_with_from_where_it_began(server: Forum) -> None:
    server.say("anna", "Before")
    _, cursor = everything(server)
    for number in range(180):
        server.say("anna", f"Meanwhile {number}")
    with closing(session(server)) as there:
        pages = there.pull(dict(cursor))
        first = next(pages)
        cursor |= first.cursor
        server.limited = 1
        with pytest.raises(TryLater) as caught:
            list(pages)
    assert caught.value.after == 7  # it stands in the body alone
    rows, _ = everything(server, cursor)
    assert len({row.remote_id for row in (*first.items, *rows)} - {"5000"}) == 180


def test_private_messages_are_private(server: Forum, peer: Peer) -> None:
    server.say("anna", "In public")
    topic = server.write("dora", "My parcel came broken")
    server.post("dora", "And it was sticky", topic)
    (_, *rows), cursor = everything(server)
    assert [(row.text, row.public, row.title) for row in rows] == [
        ("My parcel came broken", False, "About my parcel"), ("And it was sticky", False, "About my parcel"),
    ]  # fmt: skip
    assert rows[0].post_url == ""
    assert [row.text for row in everything(server, cursor)[0] if row.public] == ["In public"]
    with closing(session(server)) as there:
        there.send(Answer(key="k", text="We are sorry!", thread=str(topic), parent=rows[1].remote_id, at=clock.now()))
    assert peer.heard()[-1] == ("We are sorry!", rows[1].remote_id)


def test_what_was_edited_or_deleted_below_the_newest_page_is_seen_too(server: Forum, peer: Peer) -> None:
    kept, lost = server.say("anna", "Before"), server.say("bela", "Too soon")
    _, cursor = everything(server)
    other = server.begin("Another", "cyril", "Elsewhere")
    for number in range(60):
        server.post("dora", f"Chatter {number}", other)
    _, cursor = everything(server, cursor)
    peer.change(kept, "After")
    peer.take_away(lost)
    seen: dict[str, Any] = {}
    for _ in range(2):  # topics take turns
        rows, cursor = everything(server, cursor)
        seen |= {row.remote_id: row for row in rows}
    assert seen[kept].text == "After"
    assert seen[lost].gone


def test_a_topic_that_is_unlisted_is_not_gone(server: Forum) -> None:
    server.say("anna", "Is it vegan?")
    _, cursor = everything(server)
    server.topics[server.topic]["visible"] = False
    rows, _ = everything(server, cursor)
    assert [row.gone for row in rows] == [False]


def test_a_hidden_post_keeps_the_words_that_we_have(bench: Workbench, server: Forum, peer: Peer) -> None:
    server.staff = False
    account = Contract.connect(bench, peer)
    number = server.say("anna", "Buy my oranges")
    bench.sync.pull("There")
    server.posts[int(number)]["hidden"] = True
    for _ in range(2):
        assert bench.sync.pull("There").error == ""
    assert Contract.texts(bench) == ["Buy my oranges"]
    assert account
    row = bench.store.read.execute("SELECT upstream, edited_at FROM message").fetchone()
    assert tuple(row) == ("hidden", None)


def test_spam_is_told_from_what_is_only_hidden(server: Forum) -> None:
    bad, rude = server.say("anna", "Buy oranges"), server.say("bela", "You fools")
    with closing(session(server)) as there:
        there.moderate("spam", Target(bad))
        there.moderate("hide", Target(rude))
    assert {row.remote_id: row.upstream for row in everything(server)[0]} == {bad: "spam", rude: "hidden"}


def test_who_is_no_moderator_hears_so(server: Forum) -> None:
    server.staff = False
    number = server.say("anna", "Fine words")
    with closing(session(server)) as there, pytest.raises(Refused, match="Only a moderator"):
        there.moderate("delete", Target(number))


def test_a_post_that_waits_for_approval_was_taken(server: Forum) -> None:
    server.queueing = True
    asked = server.say("anna", "Is it vegan?")
    wanted = reply(server, asked, "It is!")
    with closing(session(server)) as there:
        assert there.find_sent(wanted) is None
        assert there.send(wanted).remote_id == ""
        found = there.find_sent(wanted)
    assert found is not None
    assert found.remote_id == ""


@pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER, BROKEN])
def test_what_may_have_arrived_is_looked_up(server: Forum, mood: str) -> None:
    wanted = reply(server, server.say("anna", "Is it vegan?"), "It is vegan!")
    server.moods.append(mood)
    with closing(session(server)) as there:
        with pytest.raises(UnknownOutcome):
            there.send(wanted)
        assert (there.find_sent(wanted) is not None) == (mood != CLOSE_BEFORE)


def test_a_server_whose_clock_is_off_is_looked_up_by_its_own(server: Forum) -> None:
    server.skew = -5 * 86_400
    wanted = reply(server, server.say("anna", "Is it vegan?"), "It is vegan!")
    with closing(session(server)) as there:
        there.send(wanted)
        assert there.find_sent(wanted) is not None


def test_the_same_words_on_a_second_try_are_there(server: Forum) -> None:
    server.staff = False
    wanted = reply(server, server.say("anna", "Is it vegan?"), "It is vegan!")
    with closing(session(server)) as there:
        first = there.send(wanted)
        assert there.send(wanted).remote_id == first.remote_id  # the same body within two minutes
        server.remembered.clear()
        again = reply(server, wanted.parent, wanted.text, tried=1)
        assert there.send(again).remote_id == first.remote_id
        with pytest.raises(Refused, match="too similar"):
            there.send(wanted)


def test_the_same_words_that_cannot_be_looked_up_now_are_not_sent_a_third_time(
    server: Forum, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.staff = False
    wanted = reply(server, server.say("anna", "Is it vegan?"), "It is vegan!")
    with closing(session(server)) as there:
        there.send(wanted)
        server.remembered.clear()
        monkeypatch.setattr(server, "about", lambda *_: Reply({"errors": ["Slow down"]}, 429, {"Retry-After": "9"}))
        with pytest.raises(UnknownOutcome, match="doesn't show it right now"):
            there.send(reply(server, wanted.parent, wanted.text, tried=1))


def test_the_same_words_to_somebody_else_in_the_topic_are_no_proof(server: Forum) -> None:
    first, second = server.say("anna", "Is it vegan?"), server.say("bela", "And gluten-free?")
    with closing(session(server)) as there:
        there.send(reply(server, first, "It is!"))
        assert there.find_sent(reply(server, second, "It is!")) is None
        made = there.send(reply(server, second, "It is!"))
        assert there.find_sent(reply(server, second, "It is!")).remote_id == made.remote_id


def test_a_reply_is_found_although_what_it_answers_was_deleted_meanwhile(server: Forum) -> None:
    server.staff = False
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        made = there.send(reply(server, asked, "It is!"))
        server.posts[int(asked)]["deleted_at"] = server.posts[int(asked)]["created_at"]
        assert there.find_sent(reply(server, asked, "It is!")).remote_id == made.remote_id


def test_what_the_forum_does_not_take_is_said_in_its_words(server: Forum) -> None:
    asked = server.say("anna", "Is it vegan?")
    with closing(session(server)) as there:
        with pytest.raises(Refused, match="limited to 32000"):
            there.send(reply(server, asked, "x" * 32_001))
        server.topics[server.topic]["closed"], server.staff = True, False
        with pytest.raises(Refused, match="closed or deleted"):
            there.send(reply(server, asked, "It is!"))


@pytest.mark.parametrize(
    ("timer", "closes"),
    [
        ({"status_type": "close", "execute_at": "2026-12-05T14:10:00.000Z"}, 1_796_479_800),
        ({"status_type": "silent_close", "execute_at": "2026-12-05T14:10:00.000Z"}, 1_796_479_800),
        ({"status_type": "bump", "execute_at": "2026-12-05T14:10:00.000Z"}, 0),
        ({"status_type": "close", "execute_at": "soon"}, 0),
        ({"status_type": "close", "execute_at": None}, 0),
        (None, 0),
    ],
)
def test_when_a_timer_closes_the_topic_is_told(server: Forum, timer: object, closes: int) -> None:
    cursor: dict[str, str] = {}
    with closing(session(server)) as there:
        server.say("anna", "Is it vegan?")
        pulled(there, cursor)
        server.topics[server.topic]["topic_timer"] = timer
        server.say("anna", "And the ginger one?")
        told = {item.text: item.closes_at for item in pulled(there, cursor)}
    assert told["And the ginger one?"] == closes


def test_a_key_taken_back_is_said_when_sending(server: Forum) -> None:
    asked = server.say("anna", "Is it vegan?")
    server.key = "another"
    with closing(discourse.open({"server": server.url, "login": "lemonade"}, {"key": "d15c0"})) as there:
        with pytest.raises(AuthNeeded):
            there.send(reply(server, "", "It is!"))
        with pytest.raises(AuthNeeded):
            list(there.pull({}))
    assert asked


def test_what_looks_like_markup_stays_to_be_read(server: Forum, peer: Peer) -> None:
    asked = server.say("anna", "How?")
    with closing(session(server)) as there:
        there.send(reply(server, asked, "Put your <name> on it, 1 < 2"))
    assert peer.heard()[-1][0] == "Put your \\<name> on it, 1 < 2"
    assert everything(server)[0][-1].text == "Put your <name> on it, 1 < 2"


def test_quotes_and_pictures_are_read_as_text(server: Forum) -> None:
    server.say(
        "anna", '[quote="bela, post:2, topic:7"]\nIs it?\nReally?\n[/quote]\nYes ![bottle|690x388](upload://a.png)'
    )
    server.say("anna", "[quote]" * 4_000 + "deep" + "[/quote]")
    rows, _ = everything(server)
    assert rows[0].text == "> Is it?\n> Really?\nYes [Picture: bottle]"
    assert rows[1].text == "> > > deep"


def test_rows_that_are_none_do_not_stop_the_others(server: Forum, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say("anna", "Is it vegan?")
    plain = server.listed

    def broken(call: Call) -> Reply:
        found = plain(call)
        found.body["latest_posts"] += [None, 7, {}, {"id": "x"}, {"id": 4999, "topic_id": 1, "created_at": "soon"}]
        return found

    monkeypatch.setattr(server, "listed", broken)
    assert [row.text for row in everything(server)[0]] == ["Is it vegan?"]


def test_small_actions_are_no_messages(server: Forum) -> None:
    topic = server.write("dora", "Hello")
    server.post("dora", "closed this", topic, post_type=3)
    assert [row.text for row in everything(server)[0]][1:] == ["Hello"]


def test_texts_of_every_kind(server: Forum) -> None:
    for text in WORDS.values():
        server.say("anna", text)
    assert [row.text for row in everything(server)[0]] == list(WORDS.values())


def begun(text: str = "Only for you", **more: Any) -> Answer:
    anna = Author("127.0.0.1/104", "@anna", "Anna")
    return Answer(
        key="k", text=text, thread="", parent="", title="Your parcel", to=anna, at=clock.now(), public=False, **more
    )


def test_a_private_message_is_begun_and_answered_in_it(server: Forum) -> None:
    server.say("anna", "Hello")
    with closing(session(server)) as there:
        made = there.send(begun())
        found = there.find_sent(begun())
    assert (made.remote_id, made.thread) == (found.remote_id, found.thread)
    topic = server.topics[int(made.thread)]
    assert (topic["title"], topic["archetype"]) == ("Your parcel", "private_message")
    assert next(call for call in server.calls if call.method == "POST").body["target_recipients"] == "anna"
    server.answer_private("anna", "Thank you!", int(made.thread))
    items, _ = everything(server)
    answer = next(item for item in items if item.text == "Thank you!")
    assert (answer.thread, answer.public) == (made.thread, False)


def test_one_that_did_not_arrive_is_not_found(server: Forum) -> None:
    server.say("anna", "Hello")
    with closing(session(server)) as there:
        there.send(begun("Something else"))
        assert there.find_sent(begun()) is None


def test_to_nobody_whom_the_forum_knows(server: Forum) -> None:
    with closing(session(server)) as there, pytest.raises(Refused, match="could not be found"):
        there.send(begun())
