"""Feeds, against a blog that plays RSS 2.0 with wfw:commentRss and Atom with thr:in-reply-to as WordPress writes them.

https://www.rssboard.org/rss-specification, RFC 4287, RFC 4685, and WordPress's feed-rss2-comments.php and
feed-atom-comments.php.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import closing
from email.utils import formatdate
from html import escape
from typing import Any

import pytest

from app.base import clock
from app.base.message import Incoming
from app.base.message import Reply as Answer
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.feed.session import FeedSession
from app.workbench import Workbench
from tests.app.channels import contract
from tests.app.channels.contract import Contract
from tests.servers.played import Call, Played, Reply

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>{title}</title><link>{link}</link>'
    "{entries}</channel></rss>"
)
ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0"><title type="text">{title}</title>'
    '<link rel="alternate" type="text/html" href="{link}"/>{entries}</feed>'
)


class Blog(Played):
    """One post, its comments in RSS and Atom, ETags, and a name and password where `key` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.comments: list[dict[str, Any]] = []
        self.pages: dict[str, Reply] = {}
        self.not_modified = 0

    def serve(self, call: Call) -> Reply:
        if self.key and call.headers.get("authorization") != f"Basic {self.key}":
            return Reply({"message": "Sorry"}, 401, {"WWW-Authenticate": "Basic"})
        reply = self.pages.get(call.path) or self._made(call.path)
        body = reply.body if isinstance(reply.body, bytes) else b""
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if reply.status == 200 and call.headers.get("if-none-match") == tag:
            self.not_modified += 1
            return Reply(b"", 304, {"ETag": tag})
        return Reply(reply.body, reply.status, {"Content-Type": "application/xml", "ETag": tag, **reply.headers})

    def _made(self, path: str) -> Reply:
        made = {"/feed": self._posts, "/post/feed": self._rss, "/atom": self._atom}.get(path)
        return Reply(made().encode()) if made else Reply(b"Not found", 404, {"Content-Type": "text/html"})

    def _posts(self) -> str:
        post = (
            f"<item><title>Summer &amp;amp; syrup</title><link>{self.url}/post</link><dc:creator>Jana</dc:creator>"
            f'<guid isPermaLink="false">{self.url}/?p=1</guid><pubDate>{formatdate(1_700_000_000)}</pubDate>'
            f"<description>Elderflower is in bloom.</description><wfw:commentRss>{self.url}/post/feed</wfw:commentRss>"
            f"<slash:comments>{len(self.comments)}</slash:comments></item>"
        )
        return RSS.format(title="Lemonade blog", link=self.url, entries=post)

    def _rss(self) -> str:
        entries = "".join(
            f"<item><title>By: {one['who']}</title><link>{self.url}/post#comment-{one['id']}</link>"
            f"<dc:creator><![CDATA[{one['who']}]]></dc:creator><pubDate>{formatdate(one['at'])}</pubDate>"
            f'<guid isPermaLink="false">{self.url}/?p=1#comment-{one["id"]}</guid><description>short</description>'
            f"<content:encoded><![CDATA[<p>{escape(one['text'])}</p>]]></content:encoded></item>"
            for one in reversed(self.comments)
        )
        return RSS.format(title="Comments on: Summer &amp;amp; syrup", link=f"{self.url}/post", entries=entries)

    def _atom(self) -> str:
        entries = "".join(map(self._entry, reversed(self.comments)))
        return ATOM.format(title="Comments on Lemonade", link=self.url, entries=entries)

    def _entry(self, one: dict[str, Any]) -> str:
        under = one["answering"] or f"{self.url}/?p=1"
        at = clock.iso(one["at"])
        return (
            f"<entry><title>Comment on Summer by {one['who']}</title><author><name>{one['who']}</name></author>"
            f'<link rel="alternate" type="text/html" href="{self.url}/post#comment-{one["id"]}"/>'
            f"<id>{self.url}/?p=1#comment-{one['id']}</id><updated>{at}</updated><published>{at}</published>"
            f'<content type="html">{escape("<p>" + escape(one["text"]) + "</p>")}</content>'
            f'<thr:in-reply-to ref="{under}" href="{self.url}/post" type="text/html"/></entry>'
        )

    def say(self, who: str, text: str, answering: str = "") -> str:
        number = len(self.comments) + 2
        at = clock.now() - 1
        self.comments.append({"who": who.capitalize(), "text": text, "id": number, "at": at, "answering": answering})
        return f"{self.url}/?p=1#comment-{number}"


class Peer:
    kind = "feed"

    def __init__(self, blog: Blog, path: str) -> None:
        self.blog, self.say = blog, blog.say
        blog.key = base64.b64encode(b"jana:lemon").decode()
        self.fields = {"address": f"{blog.url}{path}", "own_server": "yes", "login": "jana", "take": "comments"}
        self.secrets, self.wrong = {"password": "lemon"}, {"password": "melon"}

    def heard(self) -> list[tuple[str, str]]:
        return []

    def gone(self) -> dict[str, str]:
        return {"address": "http://127.0.0.1:9/feed", "own_server": "yes"}


@pytest.fixture
def blog() -> Iterator[Blog]:
    played = Blog()
    yield played
    played.stop()


@pytest.fixture(params=["/post/feed", "/atom", "/feed"])
def peer(request: pytest.FixtureRequest, blog: Blog) -> Peer:
    return Peer(blog, request.param)


class TestFeed(Contract):
    pass


def session(blog: Blog, path: str, **more: str) -> FeedSession:
    return FeedSession({"address": f"{blog.url}{path}", "own_server": "yes", **more}, {})


def pulled(blog: Blog, path: str, cursor: dict[str, str] | None = None, **more: str) -> list[Incoming]:
    """All that a pull hands in; the cursor is moved."""
    with closing(session(blog, path, **more)) as made:
        return contract.pulled(made, cursor)


def rss(*entries: str, title: str = "Blog") -> Reply:
    return Reply(RSS.format(title=title, link="http://blog.example/", entries="".join(entries)).encode())


def test_a_post_and_what_is_said_under_it_are_one_conversation(blog: Blog) -> None:
    first = blog.say("anna", "Is it sweet?")
    post, comment = pulled(blog, "/feed", own="Jana, Jana K.")
    assert (post.out, post.title, post.text) == (True, "Summer & syrup", "Elderflower is in bloom.")
    assert (comment.remote_id, comment.out, comment.text, comment.author.name) == (first, False, "Is it sweet?", "Anna")
    assert comment.thread == post.thread == comment.post_url
    assert (comment.post_title, comment.post_text) == ("Summer & syrup", "Elderflower is in bloom.")
    assert comment.url == f"{blog.url}/post#comment-2"
    assert [one.text for one in pulled(blog, "/feed", take="posts")] == ["Elderflower is in bloom."]
    assert [one.text for one in pulled(blog, "/feed", take="comments")] == ["Is it sweet?"]


def test_atom_says_what_is_answered_and_rss_and_atom_have_the_same_ids(blog: Blog) -> None:
    first = blog.say("anna", "Is it sweet?")
    blog.say("bela", "Very.", first)
    atom, old = pulled(blog, "/atom"), pulled(blog, "/post/feed")
    assert [one.parent for one in atom] == [f"{blog.url}/?p=1", first]
    assert [(one.remote_id, one.text, one.at, one.thread, one.author.key) for one in atom] == [
        (one.remote_id, one.text, one.at, one.thread, one.author.key) for one in old
    ]
    assert {one.post_title for one in atom} == {"Summer"}


def test_what_has_not_changed_is_not_sent_again(blog: Blog) -> None:
    blog.say("anna", "Is it sweet?")
    cursor: dict[str, str] = {}
    assert len(pulled(blog, "/feed", cursor)) == 2
    assert pulled(blog, "/feed", cursor) == []
    assert blog.not_modified == 2
    blog.comments[0]["text"] = "Is it very sweet?"
    assert [one.text for one in pulled(blog, "/feed", cursor, take="posts and comments")][-1:] == ["Is it very sweet?"]


def test_a_page_names_its_feeds(blog: Blog) -> None:
    blog.pages["/"] = Reply(
        b"<!doctype html><html><head><link rel='alternate' type='application/rss+xml' title='x' href='/feed'>"
        b'<link href="post/feed" rel="alternate" type="application/rss+xml"/><link rel=stylesheet href=a.css>',
        headers={"Content-Type": "text/html"},
    )
    with closing(session(blog, "/")) as made:
        found = made.check()
        assert found.offers["address"] == (f"{blog.url}/feed", f"{blog.url}/post/feed")
        assert found.sentence == "“Lemonade blog” is a feed with 1 entry."
    assert len(pulled(blog, "/", None, **found.facts)) == 1


def test_a_feed_of_comments_that_is_ill_leaves_the_others_alone(blog: Blog) -> None:
    entry = "<item><title>P{0}</title><link>http://blog.example/{0}</link><wfw:commentRss>{1}</wfw:commentRss></item>"
    other = blog.url.replace("127.0.0.1", "localhost")
    addresses = (f"{other}/feed", f"{blog.url}/none", f"{blog.url}/post/feed", "javascript:alert(1)",
                 "http://[bad", f"{blog.url}/junk")  # fmt: skip
    blog.pages["/all"] = rss(*(entry.format(number, address) for number, address in enumerate(addresses)))
    blog.pages["/junk"] = Reply(b"\x00\x01")
    blog.say("anna", "Is it sweet?")
    found = pulled(blog, "/all", take="comments")
    assert [(one.text, one.post_title) for one in found] == [("Is it sweet?", "P2")]


@pytest.mark.parametrize(
    ("reply", "raised", "words"),
    [
        (Reply(b"<html><body>Hello", headers={"Content-Type": "text/html"}), Refused, "didn't return a feed"),
        (Reply(b""), Refused, "didn't return a feed"),
        (Reply(b"\x89PNG\r\n\x1a\n" * 9), Refused, "didn't return a feed"),
        (Reply(b"gone", 410), Refused, "Look on the blog"),
        (Reply(b"", 304), TryLater, "reported no changes"),
        (Reply(b"", 503), TryLater, "isn't working right now"),
        (Reply(b"", 401), AuthNeeded, "a name and a password"),
        (Reply(b"", 302, {"Location": "http://[bad"}), TryLater, "broke"),
        (Reply(b"", 302, {"Location": "/x"}), Refused, "redirects endlessly"),
        (Reply(b"", 302, {"Location": "file:///etc/passwd"}), Refused, "redirects endlessly"),
    ],
)
def test_what_is_no_feed_is_said_in_one_sentence(blog: Blog, reply: Reply, raised: type, words: str) -> None:
    blog.pages["/x"] = reply
    with closing(session(blog, "/x")) as made, pytest.raises(raised, match=words) as caught:
        made.check()
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_private_address_is_only_for_those_who_say_so(blog: Blog) -> None:
    with closing(FeedSession({"address": f"{blog.url}/feed"}, {})) as made, pytest.raises(Refused, match="tick"):
        made.check()
    assert blog.calls == []


def test_a_name_and_a_password_go_to_the_accounts_own_server_alone(blog: Blog) -> None:
    other = Blog()
    try:
        blog.pages["/away"] = Reply(b"", 302, {"Location": f"{other.url}/feed"})
        entry = (
            f"<item><title>P</title><link>{blog.url}/p</link><wfw:commentRss>{other.url}/feed</wfw:commentRss></item>"
        )
        blog.pages["/all"] = rss(entry)
        fields = {"own_server": "yes", "login": "jana"}
        for path in ("/away", "/all"):
            made = FeedSession({"address": f"{blog.url}{path}", **fields}, {"password": "lemon"})
            with closing(made):
                list(made.pull({}))
        assert all("authorization" in call.headers for call in blog.calls)
        assert not any("authorization" in call.headers for call in other.calls)
        assert len(other.calls) == 1  # a feed that another names does not lead us into our own network
    finally:
        other.stop()


def test_a_feed_can_only_be_read(blog: Blog) -> None:
    with closing(session(blog, "/feed")) as made:
        with pytest.raises(Refused, match="Open the page"):
            made.send(Answer("k", "Hæ", "", ""))
        with pytest.raises(UnknownOutcome):
            made.find_sent(Answer("k", "Hæ", "", ""))


def test_an_id_that_somebody_else_has_now_is_another_message(bench: Workbench, blog: Blog) -> None:
    """A blog that was set up anew counts from one again; an edit by the same author stays an edit."""
    entry = (
        "<item><guid>{id}</guid><dc:creator>{who}</dc:creator><link>{link}</link>"
        "<description>{text}</description></item>"
    )
    blog.pages["/x"] = rss(entry.format(id="1", who="Anna", link="http://blog.example/a", text="Old words"))
    fields = {"address": f"{blog.url}/x", "own_server": "yes"}
    account, _ = bench.accounts.add("feed", "Blog", fields, {})
    steps = [
        ([("Anna", "a", "Old words, mended")], {"Old words, mended"}),
        ([("Anna", "moved", "Old words, moved")], {"Old words, moved"}),
        ([("Bela", "b", "New words")], {"Old words, moved", "New words"}),
        ([("Bela", "b", "New words"), ("Bela", "c", "Another's")], {"Old words, moved", "New words", "Another's"}),
        ([("Bela", "c", "Another's"), ("Bela", "b", "New words")], {"Old words, moved", "New words", "Another's"}),
    ]
    assert bench.sync.pull("Blog").new == 1
    for entries, wanted in steps:
        blog.pages["/x"] = rss(
            *(
                entry.format(id="1", who=who, link=f"http://blog.example/{link}", text=text)
                for who, link, text in entries
            )
        )
        assert bench.sync.pull(account.name).error == ""
        assert {row[0] for row in bench.store.read.execute("SELECT text FROM message")} == wanted
