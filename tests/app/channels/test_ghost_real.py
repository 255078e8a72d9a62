"""Ghost, against a real one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html import escape, unescape

import pytest

from app.base import clock
from app.base.message import Reply
from app.channels.base import AuthNeeded, Refused
from app.channels.ghost import open as open_session
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changing, Contract, Moderated
from tests.servers import ghost
from tests.servers.ghost import OWNER, Ghost

pytestmark = [pytest.mark.peers, pytest.mark.servers("npm", "make", "g++")]


@pytest.fixture(scope="module")
def site() -> Iterator[Ghost]:
    with ghost.serving() as found:
        yield found


class Peer:
    """The site with a post of the test's own and no other."""

    kind = "ghost"

    def __init__(self, site: Ghost) -> None:
        self.site = site
        site.clear()
        self.me = site.member(OWNER, "Jana")
        self.post = site.post("Ný límonaði – új szörp", "<p>Segið hvað ykkur finnst!</p>")
        self._tops: dict[str, str] = {}
        self._spoken: dict[str, str] = {}
        self.fields = {"server": site.url}
        number, _, secret = site.key.partition(":")
        self.secrets, self.wrong = {"key": site.key}, {"key": f"{number}:{secret[::-1]}"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        place: dict[str, str | None] = {"post_id": self.post}
        if answering:
            top = self._tops.get(answering) or self.seen(answering)["parent_id"] or answering
            place |= {"parent_id": top} | ({"in_reply_to_id": answering} if answering != top else {})
        number = str(self.site.comment(who, "POST", "", html=f"<p>{escape(text)}</p>", **place)["id"])
        self._tops[number], self._spoken[number] = place.get("parent_id") or number, who
        return number

    def seen(self, number: str) -> dict[str, str]:
        found: dict[str, str] = self.site.admin("GET", f"comments/{number}/")["comments"][0]
        return found

    def heard(self) -> list[tuple[str, str]]:
        told = self.site.admin("GET", "comments/", limit="100", filter=f"member_id:'{self.me}'")["comments"]
        return [(_plain(one["html"]), one["in_reply_to_id"] or one["parent_id"] or "") for one in told]

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        return {"published": "", "deleted": "gone"}.get(self.seen(number)["status"], self.seen(number)["status"])

    def change(self, number: str, text: str) -> None:
        self.site.comment(self._spoken[number], "PUT", f"{number}/", html=f"<p>{escape(text)}</p>")

    def take_away(self, number: str) -> None:
        self.site.comment(self._spoken[number], "PUT", f"{number}/", status="deleted")


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>|</p><p>", "\n", html)))


@pytest.fixture
def peer(site: Ghost) -> Peer:
    return Peer(site)


class TestGhost(Contract, Moderated, Changing):
    def test_a_comment_knows_its_post_and_its_place(self, bench: Workbench, account: int, peer: Peer) -> None:
        first = peer.say("anna", "First")
        reply = peer.say("bela", "Reply", first)
        deeper = peer.say("cyril", "Deeper", reply)
        other = peer.say("dora", "Something else")
        assert self.pull(bench, account) == 4
        rows = bench.store.read.execute("SELECT remote_id, parent_id, conversation_id, url FROM message ORDER BY id")
        told = {row[0]: tuple(row[1:]) for row in rows}
        assert [told[one][0] for one in (first, reply, deeper, other)] == [None, first, reply, None]
        assert told[first][1] == told[reply][1] == told[deeper][1] != told[other][1]
        assert told[first][2].endswith(f"#ghost-comments-{first}")
        post = bench.store.read.execute("SELECT post_title, post_url, post_text, public FROM conversation").fetchone()
        assert tuple(post) == (
            "Ný límonaði – új szörp", f"{peer.site.url}/ny-limonadi-uj-szorp/", "Segið hvað ykkur finnst!", 1,
        )  # fmt: skip

    def test_an_answer_to_a_reply_stands_below_the_first_comment(
        self, bench: Workbench, account: int, peer: Peer
    ) -> None:
        first = peer.say("anna", "First")
        reply = peer.say("bela", "Reply", first)
        assert self.pull(bench, account) == 2
        text = "One & two <b>\n\nSee https://lemonade.example/faq?a=1&b=2."
        self.answer(bench, self.conversation(bench, "First"), text)
        assert bench.sync.send(account).sent == 1
        number = bench.store.read.execute("SELECT remote_id FROM message WHERE out").fetchone()[0]
        told = peer.seen(number)
        assert (told["parent_id"], told["in_reply_to_id"]) == (first, reply)
        assert 'href="https://lemonade.example/faq?a=1&amp;b=2"' in told["html"]
        assert self.pull(bench, account) == 0
        row = bench.store.read.execute("SELECT text, edited_at FROM message WHERE out").fetchone()
        assert tuple(row) == (text, None)

    def test_what_we_say_on_the_site_itself_is_ours(self, bench: Workbench, account: int, peer: Peer) -> None:
        first = peer.say("anna", "First")
        peer.say("jana", "Answered below the post", first)
        assert self.pull(bench, account) == 2
        assert self.texts(bench, out=True) == ["Answered below the post"]
        assert bench.store.read.execute("SELECT state FROM conversation").fetchone()[0] != "needs_me"

    def test_what_the_owner_hides_there_is_seen_here(self, bench: Workbench, account: int, peer: Peer) -> None:
        number = peer.say("anna", "Rude words")
        self.pull(bench, account, 1)
        for status, upstream in (("hidden", "hidden"), ("published", "")):
            peer.site.admin("PUT", f"comments/{number}/", {"comments": [{"id": number, "status": status}]})
            self.pull(bench, account)
            assert bench.store.read.execute("SELECT upstream FROM message").fetchone()[0] == upstream

    def test_what_changes_later_than_it_is_read_again_is_still_seen(
        self, bench: Workbench, account: int, peer: Peer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = peer.say("anna", "Before")
        peer.say("bela", "Another")
        self.pull(bench, account, 2)
        monkeypatch.setattr("app.channels.ghost.session._RECHECK_SECONDS", -2)
        peer.change(number, "After")
        assert bench.sync.pull("There").changed == 1
        assert "After" in self.texts(bench)

    def test_a_post_that_goes_takes_its_comments_along(self, bench: Workbench, account: int, peer: Peer) -> None:
        peer.say("anna", "Below a post")
        self.pull(bench, account, 1)
        peer.site.clear()
        self.pull(bench, account)
        assert bench.store.read.execute("SELECT gone_at IS NOT NULL FROM message").fetchone()[0] == 1

    def test_an_answer_below_what_was_taken_away_still_goes(self, peer: Peer) -> None:
        first = peer.say("anna", "First")
        reply = peer.say("bela", "Reply", first)
        peer.take_away(reply)
        peer.take_away(first)
        with closing(self.open(peer)) as session:
            sent = session.send(Reply("k", "Too late?", first, reply, at=clock.now()))
        assert peer.seen(sent.remote_id)["parent_id"] == first

    def test_as_whom_we_answer_is_chosen_by_e_mail(self, peer: Peer) -> None:
        other = peer.site.member("o'neill@lemonade.test", "Órla")
        with closing(open_session({**peer.fields, "member": "O'Neill@lemonade.test"}, peer.secrets)) as session:
            found = session.check()
        assert (found.own, found.offers) == ((other,), {"member": (OWNER,)})
        assert "Órla" in found.sentence
        with (
            closing(open_session({**peer.fields, "member": "nobody@lemonade.test"}, peer.secrets)) as session,
            pytest.raises(Refused, match=r"nobody@lemonade\.test.*subscribe"),
        ):
            session.check()

    def test_comments_that_are_switched_off_are_said(self, peer: Peer) -> None:
        asked = peer.say("anna", WORDS["en"])
        peer.site.set(comments_enabled="off")
        try:
            with closing(self.open(peer)) as session:
                assert session.check().sentence.endswith("Comments are turned off there.")
                with pytest.raises(Refused, match="not enabled"):
                    session.send(Reply("k", "Hello", asked, asked, at=clock.now()))
        finally:
            peer.site.set(comments_enabled="all")

    @pytest.mark.parametrize("days", [-400, -3, 0.2, 3])
    def test_our_clock_may_be_off(self, peer: Peer, monkeypatch: pytest.MonkeyPatch, days: float) -> None:
        asked = peer.say("anna", WORDS["en"])
        off = clock.now
        monkeypatch.setattr("app.base.clock.now", lambda: off() + int(days * 86_400))
        reply = Reply("k", "Hello there", asked, asked, at=clock.now())
        with closing(self.open(peer)) as session:
            assert session.find_sent(reply) is None
            sent = session.send(reply)
            found = session.find_sent(reply)
        assert found is not None
        assert found.remote_id == sent.remote_id

    def test_another_site_and_a_torn_key_are_said(self, peer: Peer) -> None:
        with (
            closing(open_session(peer.fields, {"key": peer.secrets["key"].partition(":")[0]})) as session,
            pytest.raises(AuthNeeded, match="Copy all of it"),
        ):
            session.check()
        address = f"{peer.site.url}/ghost/#/dashboard"  # as it stands in the browser
        with closing(open_session({"server": address}, peer.secrets)) as session:
            assert "Límonaðibloggið" in session.check().sentence
        with (
            closing(open_session({"server": f"{peer.site.url}/somewhere"}, peer.secrets)) as session,
            pytest.raises(Refused, match="isn't a Ghost site"),
        ):
            session.check()
