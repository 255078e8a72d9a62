# ruff: noqa: E501  as in feed_kinds
"""Feeds of many programs: read right, and read again, moved or changed, without an entry coming twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.paths import Profile
from app.channels.feed.document import is_feed, read, read_all
from app.channels.feed.messages import incoming
from app.channels.feed.pages import feeds_of
from app.channels.feed.same import canonical
from app.workbench import Workbench
from tests.app.channels.feed_kinds import AT, KINDS, Kind
from tests.servers.played import Call, Played, Reply

SITE = "http://blog.example"


def body(kind: Kind, site: str = SITE) -> bytes:
    if isinstance(kind.feed, str):
        return kind.feed.replace("{site}", site).encode()
    for code in ("utf-16", "cp1250"):
        try:
            text = kind.feed.decode(code)
        except UnicodeDecodeError:
            continue
        if "{site}" in text:
            return text.replace("{site}", site).encode(code)
    raise AssertionError(kind.name)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_reads_as_it_is_meant(kind: Kind) -> None:
    document = read(body(kind), "", f"{SITE}/feed")
    assert document is not None
    assert document.title == "Blogg"
    (entry,) = document.entries
    (found,) = incoming(document, AT + 99, host="blog.example")
    assert (found.text, found.author.name, found.url) == (kind.text, kind.author, kind.link.replace("{site}", SITE))
    assert found.post_title == (kind.title or entry.title)
    assert found.dated == (kind.at is not None)
    assert found.at == (kind.at or AT + 99)


def test_there_are_enough_of_them() -> None:
    assert len({kind.name for kind in KINDS}) >= 25


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_is_known_as_a_file_too(kind: Kind) -> None:
    assert is_feed(body(kind)[:4_096])
    (document,) = read_all(body(kind))
    assert [entry.text for entry in document.entries] == [kind.text]


class Changing(Played):
    """Serves one feed, as it is at the moment."""

    def __init__(self) -> None:
        super().__init__()
        self.feed = b""

    def serve(self, call: Call) -> Reply:
        del call
        return Reply(self.feed, 200, {"Content-Type": "application/octet-stream"})


@pytest.fixture(scope="module")
def server() -> Iterator[Changing]:
    made = Changing()
    yield made
    made.stop()


@pytest.fixture
def bench(tmp_path: Any) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()


def connected(bench: Workbench, server: Changing, feed: bytes) -> int:
    server.feed = feed
    fields = {"address": f"{server.url}/feed", "own_server": "yes"}
    found = bench.accounts.try_out("feed", fields, {})
    made, _ = bench.accounts.add("feed", "Feed", fields, {}, found)
    assert pull(bench) == 1
    return made.id


def pull(bench: Workbench) -> int:
    line = bench.sync.pull("Feed")
    assert line.error == ""
    return line.new


MOVES: dict[str, Callable[[bytes, Kind], bytes]] = {
    "as it is": lambda _feed, kind: body(kind),
    "https": lambda _feed, kind: body(kind, "https://blog.example"),
    "www": lambda _feed, kind: body(kind, "http://www.blog.example"),
    "https and www": lambda _feed, kind: body(kind, "https://WWW.blog.example"),
    "a slash more": lambda _feed, kind: body(_with(kind, "{site}/ny<", "{site}/ny/<")),
    "a tracked link": lambda _feed, kind: body(_with(kind, "{site}/ny<", "{site}/ny?utm_source=rss&amp;utm_medium=feed<")),
    "back": lambda _feed, kind: body(kind),
}  # fmt: skip


def _with(kind: Kind, old: str, new: str) -> Kind:
    if isinstance(kind.feed, str):
        return kind._replace(feed=kind.feed.replace(old, new))
    return kind


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_read_again_moved_and_tracked_is_one_entry(bench: Workbench, server: Changing, kind: Kind) -> None:
    connected(bench, server, body(kind))
    for name, moved in MOVES.items():
        server.feed = moved(server.feed, kind)
        assert (name, pull(bench)) == (name, 0)
    with bench.store.write() as conn:
        conn.execute("DELETE FROM cursor")
    assert pull(bench) == 0
    assert bench.store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 1
    assert bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 1


RSS = (
    '<rss version="2.0"><channel><title>Ummæli</title><link>{site}/</link>{items}</channel></rss>'
)  # fmt: skip


def rss(*items: str, site: str = SITE) -> bytes:
    return RSS.replace("{items}", "".join(f"<item>{item}</item>" for item in items)).replace("{site}", site).encode()


DATED = "<pubDate>Sat, 28 Nov 2026 10:00:00 +0000</pubDate>"


def test_a_blog_that_moves_to_https_brings_no_entry_again_and_its_new_title(bench: Workbench, server: Changing) -> None:
    item = "<title>Halló ({{count}} ummæli)</title><link>{site}/hallo</link><guid>{site}/?p=7</guid>".replace("{{", "{")
    item = item.replace("}}", "}") + DATED + "<description>texti</description>"
    connected(bench, server, rss(item.replace("{count}", "3")))
    (number,) = bench.store.read.execute("SELECT id FROM conversation").fetchone()
    bench.inbox.done([number])
    server.feed = rss(item.replace("{count}", "4"), site="https://blog.example")
    assert pull(bench) == 0
    rows = bench.store.read.execute("SELECT title, post_title, state FROM conversation").fetchall()
    assert [tuple(row) for row in rows] == [("Halló (4 ummæli)", "Halló (4 ummæli)", "done")]
    assert bench.store.read.execute("SELECT edited_at FROM message").fetchone()[0] is None
    comment = f"<title>By: Anna</title><link>{SITE}/hallo#comment-2</link><guid>{SITE}/?p=7#comment-2</guid>{DATED}"
    later = rss(item.replace("{count}", "4"), f"{comment}<description>Nei!</description>", site="https://blog.example")
    server.feed = later.replace(SITE.encode(), b"https://www.blog.example")
    assert pull(bench) == 1
    assert bench.store.read.execute("SELECT count(*) FROM conversation").fetchone()[0] == 1


PAIRS = {
    "a guid in other capitals": (
        f"<title>T</title><link>{SITE}/a</link><guid isPermaLink='false'>ABC-7</guid>{DATED}<description>x</description>",
        f"<title>T</title><link>{SITE}/a</link><guid isPermaLink='false'>abc-7</guid>{DATED}<description>x</description>",
    ),
    "another guid altogether": (
        f"<title>T</title><link>{SITE}/a</link><guid isPermaLink='false'>7</guid>{DATED}<description>x</description>",
        f"<title>T</title><link>{SITE}/a</link><guid isPermaLink='false'>post-7</guid>{DATED}<description>x</description>",
    ),
    "a tracked link and no guid": (
        f"<title>T</title><link>{SITE}/a?id=7</link><description>x</description>",
        f"<title>T</title><link>{SITE}/a?utm_source=x&amp;id=7&amp;fbclid=Iw</link><description>x</description>",
    ),
    "an edited entry without guid and link": (
        f"<title>T</title>{DATED}<description>x</description>",
        f"<title>T</title>{DATED}<description>x, edited</description>",
    ),
    "an edited title without guid and link": (
        f"<title>T</title>{DATED}<description>x</description>",
        f"<title>T, edited</title>{DATED}<description>x</description>",
    ),
    "an edited entry without guid, link and date": (
        "<title>T</title><description>x</description>", "<title>T</title><description>x, edited</description>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_an_entry_whose_mark_changes_is_the_same_entry(bench: Workbench, server: Changing, name: str) -> None:
    before, after = PAIRS[name]
    connected(bench, server, rss(before))
    server.feed = rss(after)
    assert pull(bench) == 0
    edited = bench.store.read.execute("SELECT text, edited_at IS NOT NULL FROM message").fetchone()
    assert tuple(edited) == (("x, edited", 1) if "x, edited" in after else ("x", 0))


APART = {
    "ids that differ in capitals and all else": (
        f"<title>T</title><link>{SITE}/aB</link><guid>{SITE}/aB</guid>{DATED}",
        f"<title>U</title><link>{SITE}/Ab</link><guid>{SITE}/Ab</guid>{DATED}",
    ),
    "one page and one second": (
        f"<title>T</title><link>{SITE}/</link><guid isPermaLink='false'>1</guid>{DATED}",
        f"<title>U</title><link>{SITE}/</link><guid isPermaLink='false'>2</guid>{DATED}",
    ),
    "the same words twice": (
        f"<title>T</title><link>{SITE}/1</link><guid isPermaLink='false'>1</guid>{DATED}",
        f"<title>T</title><link>{SITE}/2</link><guid isPermaLink='false'>2</guid>{DATED}",
    ),
    "a page and a part of it": (
        f"<title>T</title><link>{SITE}/?p=1</link>{DATED}", f"<title>T</title><link>{SITE}/?p=2</link>{DATED}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", APART)
@pytest.mark.parametrize("together", [True, False])
def test_entries_that_only_resemble_each_other_are_two(
    bench: Workbench, server: Changing, name: str, *, together: bool
) -> None:
    first, second = APART[name]
    connected(bench, server, rss(first))
    server.feed = rss(second, first) if together else rss(second)
    assert pull(bench) == 1
    server.feed = rss(second, first)
    assert pull(bench) == 0


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("https://www.Blog.example:443/a/?utm_source=x&id=7#c1", "blog.example/a?id=7#c1"),
        ("http://blog.example", "blog.example"),
        ("http://blog.example:8080/?p=7", "blog.example:8080?p=7"),
        ("tag:blog.example,2026:7", "tag:blog.example,2026:7"), (" 7 ", "7"), ("http://[", "http://["),
        ("https://blog.example/?utm_campaign=", "blog.example"), ("http://blog.example:x/", "http://blog.example:x/"),
    ],
)  # fmt: skip
def test_addresses_without_what_may_change(address: str, bare: str) -> None:
    assert canonical(address) == bare


def test_feeds_of_an_older_rapport_bring_nothing_again(bench: Workbench, server: Changing) -> None:
    """What it remembered: ids resolved against the feed's address, and the last of several authors."""
    item = f"<title>T</title><guid>b1</guid>{DATED}<description>x</description>"
    connected(bench, server, rss(item))
    from app.channels.feed.same import digest  # noqa: PLC0415

    former = f"{server.url}/b1"
    kept = f'{{"address": "x", "marks": {{}}, "posts": [], "holders": {{"{digest(former)}": "{digest("")} {digest("")}"}}}}'
    with bench.store.write() as conn:
        conn.execute("UPDATE message SET remote_id = ?", (former,))
        conn.execute("UPDATE cursor SET value = ?", (kept,))
    assert pull(bench) == 0


def test_a_page_names_its_json_feed() -> None:
    page = '<html><link rel="alternate" type="application/feed+json" href="/feed.json"><link rel="alternate" '
    page += 'type="application/json" href="/wp-json/wp/v2/posts/7">'
    assert feeds_of(page, f"{SITE}/") == (f"{SITE}/feed.json",)
    assert feeds_of('{"version": "https://jsonfeed.org/version/1.1", "items": []}', f"{SITE}/") == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "items": [', '{"version": "https://jsonfeed.org/version/1.1"' + "[" * 9_000,
        '{"version": "https://other.example/1"}', "[]", "{}",
    ],
)  # fmt: skip
def test_what_is_no_json_feed_or_half_of_one_is_none(text: str) -> None:
    assert read(text.encode()) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "url", "title", "content_html", "content_text", "authors", "author", "name", "items",
                         "date_published", "attachments", "mime_type"]), inner, max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@given(st.lists(_JSON, max_size=5), _JSON)
def test_whatever_is_in_a_json_feed_is_read_or_left_out(items: list[Any], author: Any) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items, "author": author, "title": author}
    document = read(json.dumps(feed).encode(), "", f"{SITE}/feed")
    assert document is not None
    for message in incoming(document, AT, host="blog.example"):
        assert message.text
        assert message.remote_id
        assert message.author.key


@pytest.mark.parametrize(
    "items",
    ["null", "{}", "[null, 7, {}]", '[{"id": {}, "title": 7, "authors": "x", "date_published": [], "url": 7}]'],
)
def test_items_of_other_types_are_left_out(items: str) -> None:
    document = read(f'{{"version": "https://jsonfeed.org/version/1.1", "title": 7, "items": {items}}}'.encode())
    assert document is not None
    assert (document.title, document.entries) == ("", ())
