"""Ghost, against a site that plays its Admin API; against a real one: test_ghost_real.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html import escape, unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.message import Reply
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.ghost import open as open_session
from app.channels.ghost.comments import earlier, items, to_html
from app.channels.ghost.site import token
from app.mail.html import to_text
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changed, Changing, Contract, Moderated
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.servers.blog import Blog
from tests.servers.played import BROKEN, CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, LIMITED, Call, Played
from tests.servers.played import Reply as Answer


class Peer:
    kind = "ghost"

    def __init__(self, server: Blog) -> None:
        self.server = server
        self.me = server.member("jana@lemonade.test", "Jana")
        self.fields = {"server": server.url}
        self.secrets, self.wrong = {"key": server.key}, {"key": server.key[:-4] + "0000"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        member = self.server.member(f"{who}@lemonade.test", who.capitalize())
        top = self.server.comments[answering]["parent_id"] or answering if answering else None
        to = answering if answering and answering != top else None
        return self.server.comment(member, f"<p>{escape(text)}</p>", top, to)

    def heard(self) -> list[tuple[str, str]]:
        own = [one for one in self.server.comments.values() if one["member_id"] == self.me]
        return [(_plain(one["html"]), one["in_reply_to_id"] or one["parent_id"]) for one in own]

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        status = self.server.comments[number]["status"]
        return {"published": "", "deleted": "gone", "hidden": "hidden"}[status]

    def reads(self, number: str) -> str | None:
        found = self.server.comments.get(number, {"status": "deleted"})
        return None if found["status"] == "deleted" else _plain(found["html"])

    def change(self, number: str, text: str) -> None:
        self.server.edit(number, html=f"<p>{escape(text)}</p>", edited_at=self.server.now())

    def take_away(self, number: str) -> None:
        self.server.edit(number, status="deleted")


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>|</p><p>", "\n", html)))


@pytest.fixture
def peer() -> Iterator[Peer]:
    server = Blog()
    yield Peer(server)
    server.stop()


class TestGhost(Contract, Moderated, Changing, Changed, Garbled, Limited):
    limits = (
        (
            Answer({"errors": [{"message": "Too many requests.", "type": "TooManyRequestsError", "code": None}]}, 429),
            29,
        ),
    )

    def test_what_changes_after_days_is_still_seen(self, bench: Workbench, account: int, peer: Peer) -> None:
        long_ago = peer.server.now() - 30 * 86_400
        anna = peer.server.member("anna@lemonade.test", "Anna")
        old = peer.server.comment(anna, "<p>Old</p>", at=long_ago)
        peer.say("bela", "New")
        assert self.pull(bench, account) == 2
        peer.server.edit(old, status="hidden")
        assert bench.sync.pull("There").changed == 1
        row = bench.store.read.execute("SELECT upstream FROM message WHERE text = 'Old'").fetchone()
        assert row[0] == "hidden"

    def test_what_is_deleted_is_asked_for_once(self, bench: Workbench, account: int, peer: Peer) -> None:
        numbers = [peer.say("anna", f"Number {number}") for number in range(5)]
        assert self.pull(bench, account) == 5
        peer.take_away(numbers[1])
        del peer.server.comments[numbers[3]]  # as with its post
        peer.server.calls.clear()
        for _ in range(2):
            self.pull(bench, account)
        asked = [call.path for call in peer.server.calls if re.search(r"comments/\w+/$", call.path)]
        assert sorted(asked) == [f"/ghost/api/admin/comments/{numbers[at]}/" for at in (1, 3)]
        gone = bench.store.read.execute("SELECT text FROM message WHERE gone_at IS NOT NULL ORDER BY text")
        assert [row[0] for row in gone] == ["Number 1", "Number 3"]

    def test_the_cursor_moves_with_each_page(self, peer: Peer) -> None:
        for number in range(250):
            peer.say("anna", f"Number {number}")
        with closing(self.open(peer)) as session:
            pages = list(session.pull({}))
        assert [len(page.items) for page in pages] == [100, 100, 50, 0]
        lasts = [page.cursor["last"] for page in pages[:3]]
        assert lasts == sorted(set(lasts))
        assert lasts == [page.items[-1].remote_id for page in pages[:3]]

    @pytest.mark.parametrize("days", [-400, -3, 3, 400])
    def test_the_sites_clock_may_be_off(self, bench: Workbench, peer: Peer, days: int) -> None:
        peer.server.skew = days * 86_400.0
        account = self.connect(bench, peer)
        peer.say("anna", WORDS["en"])
        assert self.pull(bench, account) == 1
        reply = self.reply(bench, account, peer, WORDS["is"])
        with closing(self.open(peer)) as session:
            assert session.find_sent(reply) is None
            sent = session.send(reply)
            found = session.find_sent(reply)
            assert found is not None
            assert found.remote_id == sent.remote_id

    def test_a_comment_without_a_name_may_be_there_or_not(self, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
        reply = Reply("key", WORDS["is"], asked := peer.say("anna", WORDS["en"]), asked, at=clock.now())
        with closing(self.open(peer)) as session:
            session.check()
            monkeypatch.setattr(peer.server, "serve", lambda _call: Answer({"comments": [{"html": "<p>Hæ</p>"}]}, 201))
            with pytest.raises(UnknownOutcome, match="may or may not have arrived"):
                session.send(reply)

    @pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER, BROKEN])
    def test_a_lost_answer_is_looked_up_among_ours(self, peer: Peer, mood: str) -> None:
        asked = peer.say("anna", WORDS["en"])
        peer.say("bela", WORDS["is"], asked)  # the same words, of somebody else
        reply = Reply("key", WORDS["is"], asked, asked, at=clock.now())
        with closing(self.open(peer)) as session:
            peer.server.moods = [mood]
            with pytest.raises(UnknownOutcome):
                session.send(reply)
            assert (session.find_sent(reply) is None) == (mood == CLOSE_BEFORE)
            peer.server.moods = [LIMITED]
            with pytest.raises(TryLater):
                session.send(reply)

    def test_as_whom_we_answer_has_to_be_a_member(self, peer: Peer) -> None:
        other = peer.server.member("o'neill@lemonade.test", "Órla")
        with closing(open_session({**peer.fields, "member": "O'Neill@lemonade.test"}, peer.secrets)) as session:
            found = session.check()
            assert (found.own, found.offers) == ((other,), {"member": ("jana@lemonade.test",)})
        peer.server.member("boss@lemonade.test", "Boss")
        peer.server.staff = ["boss@lemonade.test", "jana@lemonade.test"]
        with closing(open_session(peer.fields, peer.secrets)) as session:
            found = session.check()  # the first of them, until one is chosen
            assert (found.own, found.offers["member"]) == ((), ("boss@lemonade.test", "jana@lemonade.test"))
        with closing(open_session({**peer.fields, "member": "jana@lemonade.test"}, peer.secrets)) as session:
            assert session.check().own == (peer.me,)
        peer.server.staff = ["nobody@lemonade.test"]
        with closing(open_session(peer.fields, peer.secrets)) as session, pytest.raises(Refused, match="on the staff"):
            session.check()

    def test_comments_that_are_off_are_said(self, peer: Peer) -> None:
        asked = peer.say("anna", WORDS["en"])
        peer.server.enabled = "off"
        with closing(self.open(peer)) as session:
            assert session.check().sentence.endswith("Comments are turned off there.")
            with pytest.raises(Refused, match="not enabled"):
                session.send(Reply("k", "Hello", asked, asked, at=clock.now()))
            with pytest.raises(Refused, match="which comment"):
                session.send(Reply("k", "Hello", "", asked, at=clock.now()))

    def test_a_key_that_is_none_asks_no_server(self, peer: Peer) -> None:
        peer.server.calls.clear()
        with (
            closing(open_session(peer.fields, {"key": "abc"})) as session,
            pytest.raises(AuthNeeded, match="Copy all of it"),
        ):
            list(session.pull({}))
        assert not peer.server.calls

    def test_the_site_may_have_its_admin_elsewhere(self, peer: Peer) -> None:
        other = Other(peer.server.url)
        try:
            fields = {"server": other.url}
            with closing(open_session(fields, peer.secrets)) as session:
                facts = session.check().facts
            assert facts["home"] == peer.server.url
            asked = peer.say("anna", WORDS["en"])
            with closing(open_session({**facts, **fields}, peer.secrets)) as session:
                session.send(Reply("k", "Hello", asked, asked, at=clock.now()))
            assert peer.heard() == [("Hello", asked)]
        finally:
            other.stop()

    def test_another_kind_of_site_is_said(self) -> None:
        other = Other()
        try:
            with (
                closing(open_session({"server": other.url}, {"key": Blog.key})) as session,
                pytest.raises(Refused, match="isn't a Ghost site"),
            ):
                session.check()
        finally:
            other.stop()


class Other(Played):
    """A site of another kind, or one that sends us elsewhere."""

    def __init__(self, target: str = "") -> None:
        super().__init__()
        self._target = target

    def serve(self, call: Call) -> Answer:
        if self._target:
            return Answer({}, 301, {"Location": f"{self._target}{call.path}"})
        return Answer(f"<html>Nothing at {call.path}</html>".encode(), 404, {"Content-Type": "text/html"})


def test_a_token_is_as_the_documentation_makes_it() -> None:
    """By hand: base64url of the head and the claims, and HMAC-SHA256 of both under the secret's bytes."""
    made = token("6b02ae8ee08a956c32ed3faf:" + "0a" * 32, 1_700_000_000)
    assert made == (
        "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCIsICJraWQiOiAiNmIwMmFlOGVlMDhhOTU2YzMyZWQzZmFmIn0."
        "eyJpYXQiOiAxNzAwMDAwMDAwLCAiZXhwIjogMTcwMDAwMDMwMCwgImF1ZCI6ICIvYWRtaW4vIn0."
        "OdSU4OY5-xQlOkinUQlCeJRBwSsOnDNHBoo4sjtwr20"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One", "<p>One</p>"),
        ("One\ntwo\n\n\nThree", "<p>One<br>two</p><p>Three</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        (
            "See https://a.test/?b=1&c=2. Or (https)",
            '<p>See <a href="https://a.test/?b=1&amp;c=2">https://a.test/?b=1&amp;c=2</a>. Or (https)</p>',
        ),
        ("(https://d.test)!", '<p>(<a href="https://d.test">https://d.test</a>)!</p>'),
        ('https://a.test/"><script>', '<p><a href="https://a.test/">https://a.test/</a>"&gt;&lt;script&gt;</p>'),
    ],
)
def test_words_as_they_are_sent(text: str, html: str) -> None:
    assert to_html(text) == html
    assert to_text(html) == re.sub(r"\n{2,}", "\n\n", text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n<>&'\" "), max_size=200))
def test_nothing_that_is_typed_becomes_markup(text: str) -> None:
    assert re.sub(r"</?p>|<br>|</?a(?: href=\"[^\"<>]*\")?>", "", to_html(text)).count("<") == 0


def test_a_time_before_an_id() -> None:
    assert earlier("6b02ae8ee08a956c32ed3faf", 0x10) == "6b02ae7e" + "0" * 16
    assert earlier("", 5) == "0" * 24


def test_an_odd_comment_does_not_stop_the_others() -> None:
    whole: dict[str, Any] = {
        "id": "6b02ae8ee08a956c32ed3faf", "parent_id": None, "in_reply_to_id": None, "status": "published",
        "html": "<p>Hæ <script>alert(1)</script></p>", "created_at": "2026-11-22T08:57:54.000Z", "member": None,
        "post": None,
    }  # fmt: skip
    odd: list[Any] = [{}, {**whole, "created_at": "soon"}, {**whole, "html": 5}, {**whole, "member": "x"}, whole]
    found = items(odd, "me")
    assert [(item.text, item.author.name) for item in found] == [("Hæ", "Somebody")] * 3
    assert {item.at for item in found} == {1_795_337_870, 1_795_337_874}  # the second that its number begins with
