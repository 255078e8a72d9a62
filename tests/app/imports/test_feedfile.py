from __future__ import annotations

import time

import pytest

from app.base.errors import UserError
from app.channels.base import Refused
from app.imports import feedfile
from app.imports.desk import Imports
from app.imports.recognise import FEED, recognise
from app.imports.shapes import Options
from app.store.store import Store
from tests.app.imports.conftest import Write, counts

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
    "<title>Límonaði</title><link>https://blog.example/</link>{}</channel></rss>"
)
ITEM = (
    "<item><title>Comment on Summer by {who}</title><dc:creator>{who}</dc:creator><guid>c{number}</guid>"
    "<link>https://blog.example/summer#comment-{number}</link>"
    "<pubDate>Mon, 01 Jan 2024 10:{number:02d}:00 +0000</pubDate>"
    "<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
)
BLOG = "https://blog.example/"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><entry><id>tag:blog.example,1</id><title>Hæ</title>'
    '<updated>2024-01-01T10:00:00Z</updated><author><name>Anna</name></author><content type="html">&lt;b&gt;Góðan dag'
    "</content></entry></feed>"
)


def saved(*entries: str) -> str:
    return RSS.format("".join(entries))


TWO = saved(
    ITEM.format(who="Jana", number=2, text="Takk, Anna!"),
    ITEM.format(who="Anna", number=1, text="Er hún &amp;amp; góð?"),
)


@pytest.mark.parametrize(
    "content", [TWO, "\ufeff" + TWO, ATOM, "\n " + ATOM, TWO.replace("UTF-8", "utf-16").encode("utf-16")]
)
def test_a_feed_is_known_by_its_content(write: Write, content: str | bytes) -> None:
    assert recognise(write("x.csv", content)).kind == FEED


def test_a_table_that_speaks_of_feeds_is_none(write: Write) -> None:
    assert recognise(write("x.xml", "author,text\nAnna,<rss> is old\n")).kind == "csv"


def test_a_feed_comes_in_once_and_is_taken_back(imports: Imports, store: Store, write: Write) -> None:
    before = counts(store)
    path = write("comments.xml", TWO)
    seen = imports.preview(path)
    assert (seen.total, seen.new, seen.channel, seen.rows[0][1]) == (2, 2, "Límonaði", "Anna")
    assert seen.sentence == "comments.xml is a feed with 2 entries, for “Límonaði”: 2 new, 0 already known."
    assert counts(store) == before
    done = imports.run(path, Options(own=("Jana",)))
    assert (done.new, done.known) == (2, 0)
    rows = store.read.execute("SELECT text, out, conversation_id FROM message ORDER BY at").fetchall()
    assert [tuple(row)[:2] for row in rows] == [("Er hún & góð?", 0), ("Takk, Anna!", 1)]
    assert rows[0][2] == rows[1][2]
    assert store.read.execute("SELECT kind, mode, name FROM account").fetchall()[-1][:] == ("feed", "file", "Límonaði")
    assert imports.run(path).known == 2
    assert done.batch_id is not None
    imports.undo_batch(done.batch_id)
    assert counts(store)["message"] == before["message"]


@pytest.mark.slow
def test_every_entry_of_a_large_one_comes_in(imports: Imports, store: Store, write: Write) -> None:
    path = write("all.xml", saved(*(ITEM.format(who=f"W{n % 9}", number=n, text=f"Number {n}") for n in range(3_000))))
    begun = time.process_time()
    assert imports.run(path).new == 3_000
    assert time.process_time() - begun < 10
    assert store.read.execute("SELECT count(DISTINCT text) FROM message").fetchone()[0] == 3_000


def test_what_cannot_be_read_is_said(imports: Imports, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + saved("<item><title>&b;</title></item>")
    with pytest.raises(Refused, match="a technique used in attacks"):
        imports.run(write("laughs.xml", laughs))
    assert imports.run(write("empty.xml", saved())).new == 0
    page = "<!DOCTYPE html><html><body>Not found</body></html>"
    torn = '{"version": "https://jsonfeed.org/version/1", "items'
    for content in (page, torn):
        with pytest.raises(UserError, match="can't be read as a feed"):
            imports.run(write("blog.xml", content), Options(kind="feed"))
    monkeypatch.setattr(feedfile, "LARGEST", 10)
    with pytest.raises(UserError, match="too big for a feed"):
        imports.run(write("large.xml", TWO))


PAGES = saved(
    *(
        ITEM.format(who=who, number=number, text=text).replace(
            f"<guid>c{number}", f"<guid>{BLOG}summer/#comment-{number}"
        )
        for who, number, text in (("Jana", 2, "Takk, Anna!"), ("Anna", 1, "Er hún góð?"))
    ),
    f"<item><title>Autumn</title><guid>{BLOG}autumn/</guid><link>{BLOG}autumn/</link><dc:creator>Eva</dc:creator>"
    "<pubDate>Tue, 02 Jan 2024 10:00:00 +0000</pubDate><description>Plums.</description></item>",
).replace(BLOG, "http://www.blog.example/")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://", "https://"),
        ("www.", ""),
        ("/#", "#"),
        ("autumn/", "autumn"),
        ("http://www.", "https://"),
        ("autumn/", "autumn/?utm_source=mail"),
    ],
)
def test_a_feed_that_has_moved_since_is_the_same_one(
    imports: Imports, store: Store, write: Write, old: str, new: str
) -> None:
    imports.run(write("blog.xml", PAGES))
    before = counts(store)
    moved = PAGES.replace(old, new)
    assert moved != PAGES
    assert imports.preview(write("again.xml", moved)).new == 0
    assert imports.run(write("again.xml", moved)).new == 0
    assert counts(store) == before
    later = ITEM.format(who="Anna", number=3, text="Og hvar fæst hún?").replace(
        "<guid>c3", f"<guid>{BLOG}summer/#comment-3"
    )
    added = moved.replace(
        "</channel>", f"{later.replace(BLOG, 'http://www.blog.example/').replace(old, new)}</channel>"
    )
    assert imports.run(write("added.xml", added)).new == 1
    for table in ("account", "conversation", "member", "identity"):
        assert counts(store)[table] == before[table]
