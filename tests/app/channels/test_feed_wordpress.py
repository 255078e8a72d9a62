"""Feeds, against those that a real WordPress writes: RSS and Atom, of its comments and of its posts."""

from __future__ import annotations

import json
import time
from contextlib import closing
from html import escape

import pytest

from app.base import clock
from app.base.message import Incoming
from app.channels.feed.session import FeedSession
from app.workbench import Workbench
from tests.app.channels import contract
from tests.app.channels.contract import Contract
from tests.servers import wordpress
from tests.servers.wordpress import WordPress

pytestmark = [pytest.mark.slow, pytest.mark.servers(*wordpress.PROGRAMS)]


class Peer:
    kind = "feed"

    def __init__(self, blog: WordPress, path: str) -> None:
        self.blog, self.desk = blog, blog.desk
        self.desk("clear")
        self.desk("option", "posts_per_rss", 300)  # how many its feeds show: ten, if nobody says otherwise
        self.post, self.url = self.desk("post", "Ný bók – új könyv & more", "<p>Segið hvað <b>ykkur</b> finnst!</p>")
        self.fields = {"address": f"{blog.url}{path}", "own_server": "yes", "take": "comments", "own": "Manager"}
        self.secrets: dict[str, str] = {}
        self.wrong: dict[str, str] = {}

    def say(self, who: str, text: str, answering: str = "") -> str:
        parent = int(answering.rpartition("-")[2]) if answering else 0
        number = self.desk("say", self.post, who, escape(text, quote=False), parent)
        return f"{self.url}#comment-{number}"

    def heard(self) -> list[tuple[str, str]]:
        return []

    def gone(self) -> dict[str, str]:
        return {**self.fields, "address": "http://127.0.0.1:9/feed/"}


@pytest.fixture(params=["/comments/feed/", "/comments/feed/atom/", "/feed/", "/feed/atom/"])
def peer(request: pytest.FixtureRequest, blog: WordPress) -> Peer:
    return Peer(blog, request.param)


class TestFeedOfWordPress(Contract):
    pass


def pulled(peer: Peer, cursor: dict[str, str] | None = None, **more: str) -> list[Incoming]:
    with closing(FeedSession({**peer.fields, **more}, {})) as made:
        return contract.pulled(made, cursor)


def test_a_comment_says_all_that_the_feed_knows(peer: Peer) -> None:
    first = peer.say("anna", "Hæ & „góðan dag“!")
    second = peer.say("manager", "Takk!", first)
    asked, answer = pulled(peer)
    assert (asked.remote_id, asked.text, asked.author.name, asked.out) == (first, "Hæ & „góðan dag“!", "Anna", False)
    assert (answer.remote_id, answer.out) == (second, True)
    assert asked.thread == answer.thread == asked.post_url == peer.url
    assert (asked.url, answer.url) == (first, second)
    assert asked.post_title == "Ný bók – új könyv & more"
    assert (answer.parent, answer.text) == (first, "Takk!")


def test_a_post_and_its_comments_are_one_conversation(blog: WordPress) -> None:
    peer = Peer(blog, "/feed/")
    peer.say("anna", "Fyrst!")
    post, comment = pulled(peer, take="posts and comments")
    assert (post.title, post.text, post.out) == ("Ný bók – új könyv & more", "Segið hvað ykkur finnst!", True)
    assert (comment.post_text, comment.thread) == (post.text, post.thread)


def test_what_has_not_changed_is_answered_without_words(blog: WordPress) -> None:
    peer = Peer(blog, "/comments/feed/")
    peer.say("anna", "Fyrst!")
    cursor: dict[str, str] = {}
    time.sleep(2.1)
    assert len(pulled(peer, cursor)) == 1
    assert pulled(peer, cursor) == []
    with closing(FeedSession(peer.fields, {})) as made:
        mark = json.loads(cursor["read"])["marks"][peer.fields["address"]]
        assert made._get(peer.fields["address"], mark) is None


@pytest.mark.parametrize("links", ["/%postname%/", ""])
def test_the_start_page_names_the_feeds(blog: WordPress, links: str) -> None:
    peer = Peer(blog, "/")
    blog.desk("links", links)
    try:
        peer.url = blog.desk("post", "Annað", "<p>Meira</p>")[1]
        peer.say("anna", "Fyrst!")
        with closing(FeedSession({"address": f"{blog.url}/?feed=comments-rss2", "own_server": "yes"}, {})) as made:
            assert "Comments for Lemonade blog" in made.check().sentence
        with closing(FeedSession({"address": blog.url, "own_server": "yes"}, {})) as made:
            found = made.check()
        assert found.sentence == "“Lemonade blog” is a feed with 2 entries."
        assert len(found.offers["address"]) == 2
    finally:
        blog.desk("links", "/%postname%/")


def test_an_edit_and_what_comes_in_the_same_second_are_seen(
    bench: Workbench, blog: WordPress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WordPress dates its feed by its last comment, to the second, and says nothing of edits."""
    peer = Peer(blog, "/comments/feed/")
    first = peer.say("anna", "Fyrst")
    bench.accounts.add("feed", "Blog", peer.fields, {})
    assert bench.sync.pull("Blog").new == 1
    peer.say("cyril", "Annar")
    assert bench.sync.pull("Blog").new == 1
    time.sleep(2.1)
    bench.sync.pull("Blog")
    peer.desk("change", int(first.rpartition("-")[2]), {"comment_content": "Fyrst, og lagað"})
    assert bench.sync.pull("Blog").changed == 0
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 3_700)
    assert bench.sync.pull("Blog").changed == 1
    texts = [row[0] for row in bench.store.read.execute("SELECT text FROM message ORDER BY text")]
    assert texts == ["Annar", "Fyrst, og lagað"]
