"""Feeds that somebody has made to hurt: each ends within bounds of time and memory, and in one sentence if it must."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from email.utils import formatdate
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming
from app.channels.base import Refused
from app.channels.feed.document import ENTRIES_MAX, is_feed, read, read_all
from app.channels.feed.messages import incoming
from app.channels.feed.pages import feeds_of
from app.channels.feed.session import FeedSession
from app.channels.http import addresses
from tests.app.channels.test_feed import Blog, pulled, rss
from tests.servers.played import Reply

HEAD = (
    b'<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Blog</title>'
)
TAIL = b"</channel></rss>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10 if n > 1 else b"&lol;" * 10) for n in range(1, 10)
    )
    + b"]><rss version='2.0'><channel><title>&lol9;</title><item><title>&lol9;</title></item></channel></rss>"
)
SECONDS, TRACED, MEGABYTES = 30.0, 90.0, 120
"""Processor time of the thread, alone and while its memory is watched, ten times what a quick machine takes: what grows
with the square takes minutes; memory at its height."""


def bounded(work: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """What the work gives; it must not take more than these seconds of the processor."""
    begun = time.thread_time()
    found = work()
    assert time.thread_time() - begun < seconds
    return found


def weighed(work: Callable[[], Any]) -> Any:
    """What the work gives; it must not hold more than so much memory at any time."""
    tracemalloc.start()
    try:
        found = bounded(work, TRACED)
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1_000_000
    finally:
        tracemalloc.stop()
    return found


@pytest.fixture
def blog() -> Iterator[Blog]:
    played = Blog()
    yield played
    played.stop()


def entry(inside: str, **more: str) -> str:
    parts = {"guid": "1", "title": "T", **more}
    return "<item>" + "".join(f"<{name}>{said}</{name}>" for name, said in parts.items() if said) + f"{inside}</item>"


def test_words_that_grow_out_of_words_are_not_read(blog: Blog) -> None:
    blog.pages["/x"] = Reply(LAUGHS)
    with pytest.raises(Refused, match="a technique used in attacks") as caught:
        weighed(lambda: pulled(blog, "/x"))
    assert str(caught.value).count(".") == 1
    outside = LAUGHS.replace(b'<!ENTITY lol "lol">', b'<!ENTITY lol SYSTEM "file:///etc/passwd">')
    with pytest.raises(Refused):
        read(outside)


@pytest.mark.slow
def test_one_long_word_said_often_is_not_said_at_all() -> None:
    much = b"<!DOCTYPE x [<!ENTITY a '" + b"a" * 90_000 + b"'>]><rss><channel>" + b"<item><title>" + b"&a;" * 90_000
    found = weighed(lambda: read(much + b"</title></item></channel></rss>"))
    assert found.entries == () or len(found.entries[0].text) < 1_000


def test_letters_of_html_that_a_dtd_names_are_read() -> None:
    dtd = b'<!DOCTYPE rdf [<!ENTITY nbsp "&#160;"><!ENTITY aacute "\xc3\xa1">]>'
    found = read(dtd.replace(b"&#160;", b"\xc2\xa0") + HEAD[21:] + b"<item><title>J&aacute;n</title></item>" + TAIL)
    assert found is not None
    assert [one.title for one in found.entries] == ["Ján"]


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_read_from_both_ends(blog: Blog) -> None:
    one = b"<item><title>T%d</title><guid>http://blog.example/%d</guid></item>"
    body = HEAD + b"".join(one % (n, n) for n in range(100_000)) + TAIL
    found = weighed(lambda: read(body))
    assert (found.total, len(found.entries)) == (100_000, ENTRIES_MAX)
    assert [found.entries[0].title, found.entries[-1].title] == ["T0", "T99999"]
    blog.pages["/x"] = Reply(body)
    with closing(FeedSession({"address": f"{blog.url}/x", "own_server": "yes"}, {})) as made:
        assert made.check().sentence == "“Blog” is a feed with 100,000 entries, of which 1,000 were read."
        pages = bounded(lambda: list(made.pull({})))
    assert [len(page.items) for page in pages] == [200] * 5
    assert max(len(page.cursor.get("read", "")) for page in pages) < 100_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [b"<", b"<a>", b"<a b='", b"&", b"&#1;", b"<![CDATA[", b"<item>", b"<dc:date>", b"<author>1", b"a.b-"],
)  # fmt: skip
def test_nothing_said_without_end_takes_long(piece: bytes) -> None:
    """Nine megabytes of it: in fifty entries, where no entry is, and where an author's name is looked for."""
    much, some = piece * (9_000_000 // len(piece)), piece * (180_000 // len(piece))
    bounded(lambda: read(HEAD + (b"<item><description>" + some + b"</description></item>") * 50 + TAIL))
    bounded(lambda: read(HEAD + much + TAIL))
    bounded(lambda: read(some[:90_000] + HEAD + b"<item><title>T</title><author>" + some + b"</author></item>" + TAIL))


@pytest.mark.slow
@pytest.mark.parametrize("piece", [b"<item>", b"<item><a/></item>", b"\xf0\x9f\x8d\x8b"])
def test_nothing_said_without_end_takes_much_memory(piece: bytes) -> None:
    weighed(lambda: read(HEAD + b"<item><description>" + piece * (3_000_000 // len(piece)) + TAIL))


@pytest.mark.slow
def test_answers_that_grow_or_never_end_are_cut_off(blog: Blog) -> None:
    blog.pages["/bomb"] = Reply(gzip.compress(HEAD + b" " * 80_000_000), headers={"Content-Encoding": "gzip"})
    blog.pages["/huge"] = Reply(b"", headers={"Content-Length": "5000000000"})
    blog.pages["/round"] = Reply(b"", 302, {"Location": "/round"})
    blog.pages["/inside"] = Reply(b"", 302, {"Location": "http://169.254.169.254/latest"})
    for path, words in (("/bomb", "more than 10 MB"), ("/huge", "more than 10 MB"), ("/round", "redirects endlessly")):
        begun = time.monotonic()
        with pytest.raises(Refused, match=words) as caught:
            weighed(partial(pulled, blog, path))
        assert time.monotonic() - begun < 60
        assert "\n" not in str(caught.value)


def test_a_feed_on_the_web_does_not_lead_into_a_private_network(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by a redirect nor by what it names as its comments; here 127.0.0.1 is the web and 127.0.0.2 is not."""
    monkeypatch.setattr(addresses, "is_private", lambda address: address != "127.0.0.1")
    with socket.create_server(("127.0.0.2", 0)) as inside:
        inside.settimeout(0.5)
        address = f"http://127.0.0.2:{inside.getsockname()[1]}/feed"
        blog.pages["/away"] = Reply(b"", 302, {"Location": address})
        blog.pages["/names"] = rss(entry(f"<wfw:commentRss>{address}</wfw:commentRss>", link="http://blog.example/p"))
        away = FeedSession({"address": f"{blog.url}/away"}, {})
        with closing(away), pytest.raises(Refused, match="My own server"):
            list(away.pull({}))
        with closing(FeedSession({"address": f"{blog.url}/names"}, {})) as made:
            assert [one.text for page in made.pull({}) for one in page.items] == ["T"]
        with pytest.raises(TimeoutError):
            inside.accept()


@pytest.mark.parametrize("link", [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
    "file:///etc/passwd", "vbscript:x", "http://[bad", "mailto:a@b.example", "x" * 5_000, "http:// a b",
])  # fmt: skip
def test_links_lead_to_the_web_or_nowhere(link: str) -> None:
    inside = f"<description>&lt;a href='{link}'&gt;Click&lt;/a&gt; me</description><author>Anna</author>"
    found = read(HEAD + entry(inside, link=link).encode() + TAIL, url="https://blog.example/feed")
    assert found is not None
    for one in incoming(found, clock.now()):
        assert one.url.startswith("https://blog.example/") or not one.url
        assert "script:" not in f"{one.text} {one.url} {one.post_url}".lower().replace("\t", "")
        assert one.text.startswith("Click")


NOW = 1_800_000_000


@pytest.mark.parametrize(
    ("said", "at"),
    [
        (formatdate(NOW - 60), NOW - 60),
        (formatdate(NOW + 3 * 86_400), NOW),
        (formatdate(NOW - 3 * 86_400), NOW - 3 * 86_400),
        ("Fri, 31 Dec 9999 23:59:59 GMT", NOW),
        ("Mon, 01 Jan 0001 00:00:00 GMT", NOW),
        ("Thu, 01 Jan 1970 00:00:00 GMT", NOW),
        ("2999-01-01T00:00:00Z", NOW),
        ("99999999-99-99T99:99:99+99:99", NOW),
        ("yesterday", NOW),
        ("", NOW),
        ("1" * 5_000, NOW),
    ],
)
def test_dates_that_cannot_be_are_the_moment_of_reading(said: str, at: int) -> None:
    found = read(HEAD + entry("", pubDate=said).encode() + TAIL)
    assert found is not None
    assert [one.at for one in incoming(found, NOW)] == [at]


def test_entries_without_dates_stay_in_their_order(blog: Blog) -> None:
    blog.pages["/x"] = rss(*(entry("", guid=str(n), title=f"T{n}") for n in range(5)))
    assert [one.text for one in pulled(blog, "/x")] == ["T4", "T3", "T2", "T1", "T0"]


def messages(*entries: str) -> list[Incoming]:
    found = read(HEAD + "".join(entries).encode() + TAIL)
    assert found is not None
    return incoming(found, NOW)


def test_ids_that_are_missing_or_shared_make_no_two_one() -> None:
    bare = [f"<item><title>T{n}</title></item>" for n in range(3)]
    found = messages(*bare, *bare)
    assert len(found) == len({one.remote_id for one in found}) == 3
    assert {one.remote_id for one in messages(*bare)} == {one.remote_id for one in found}
    day = "<pubDate>Mon, 0{} Jan 2024 10:00:00 GMT</pubDate>"
    shared = [f"<item><guid>same</guid><title>T{n}</title>{day.format(n)}</item>" for n in range(1, 4)]
    assert len({one.remote_id for one in messages(*shared)}) == 3
    twice = [entry("", pubDate="Mon, 01 Jan 2024 10:00:00 GMT", title=title) for title in ("Old", "New")]
    assert len(messages(*twice)) == 1
    assert len(messages(entry("", guid="x" * 9_000))[0].remote_id) <= 500


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;p&gt;One&lt;p&gt;Two", "One\n\nTwo"),
        ("<![CDATA[<b>Bold</b> &amp; <i>x]]>", "Bold & x"),
        ("<![CDATA[<script>alert(1)</script>Safe<style>a{}</style>]]>", "Safe"),
        ("<![CDATA[<img src=x onerror=alert(1) alt='A lemon'>]]>", "[Picture: A lemon]"),
        ("<![CDATA[<blockquote>Said</blockquote>Heard]]>", "> Said\n\nHeard"),
        ("<![CDATA[" + "<div>" * 5_000 + "Deep]]>", "Deep"),
        ("<![CDATA[" + "<table><tr><td>" * 500 + "Nested]]>", "Nested"),
        ("<![CDATA[a\x00b\x08c\u202e\ufffe]]>", "abc\u202e\ufffe"),
        ("<![CDATA[<iframe src=javascript:x></iframe><object>x</object>After]]>", "After"),
        ("none &#x110000; &#55296; &#1234567890123; &#0; there &#233;", "none \ufffd \ufffd \ufffd \ufffd there é"),
        ("plain &nbsp; words &eacute; &bogus;", "plain words é &bogus;"),
        ("<![CDATA[<a href='https://x.example/?a=1&amp;b=2'>here</a>]]>", "here <https://x.example/?a=1&b=2>"),
    ],
)
def test_html_of_every_kind_is_plain_text(html: str, text: str) -> None:
    assert [one.text for one in messages(f"<item><description>{html}</description></item>")] == [text]


@pytest.mark.parametrize("name", ["utf-16", "iso-8859-2", "windows-1250", "utf-8-sig", "gb18030", "iso-2022-jp"])
def test_every_encoding_is_read(name: str) -> None:
    text = "Dobrý den, Jiří" if name not in ("gb18030", "iso-2022-jp") else "日本語"
    said = f'<?xml version="1.0" encoding="{name.removesuffix("-sig")}"?><rss><channel><item><title>{text}</title>'
    found = read(f"{said}</item></channel></rss>".encode(name))
    assert found is not None
    assert [one.title for one in found.entries] == [text]


@given(st.lists(st.sampled_from([
    "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link href='x'/>", "<![CDATA[", "]]>", "&amp;",
    "<content type='xhtml'><div>", "</div></content>", "<guid>", "1", "Hæ", "<pubDate>2024-01-01", "</rss>", "<rss>",
    "<author><name>", "<!--", "-->", "<thr:in-reply-to ref='1'/>", "<x:y>", "\x00", "&#x110000;", "<wfw:commentRss>",
]), max_size=30), st.binary(max_size=40))  # fmt: skip
def test_whatever_comes_is_read_or_refused(pieces: list[str], garbage: bytes) -> None:
    body = HEAD + "".join(pieces).encode() + garbage
    try:
        found = read(body, "text/xml; charset=x-unknown", "https://blog.example/feed")
        list(read_all(body))
    except UserError:
        return
    for one in incoming(found, NOW) if found else ():
        assert one.remote_id
        assert one.text
        assert one.at <= NOW
    feeds_of(body.decode("utf-8", "replace"), "https://blog.example/")
    is_feed(garbage)


@pytest.mark.parametrize("link", ["https://[", "http://[::1", "https://]x/", "//[", "https://x.is/[a]#["])
def test_one_broken_link_keeps_no_entry_back(link: str) -> None:
    entries = "".join(
        f"<item><title>{n}</title><link>{one}</link></item>" for n, one in enumerate([link, "https://x.is/"])
    )
    found = read(HEAD + entries.encode() + TAIL)
    assert found is not None
    assert len(found.entries) == 2
    assert len(incoming(found, clock.now())) == 2
