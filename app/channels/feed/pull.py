"""One round through a feed and the feeds of comments that its posts name, from and to a cursor."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from app.base import clock
from app.base.message import Incoming
from app.base.text import fold
from app.channels.base import AuthNeeded, Page, Refused, TryLater, in_pages
from app.channels.feed.document import Document
from app.channels.feed.messages import POST_TEXT, Post, incoming, is_comment, page_of, pruned
from app.channels.http import Answer

FEEDS = 10
"""Feeds of comments that are asked for at each pull: those of the latest posts."""
HELD = 2_000
"""Ids whose first holder is remembered."""
_HEADER = 200
_SETTLED = 2  # seconds
_WHOLE = 3_600  # seconds after which all is read again: of an edit WordPress says nothing by itself
_FAILURES = 2  # feeds of comments that may fail at a pull before the server is left alone

Get = Callable[[str, Mapping[str, str] | None], Answer | None]
Read = Callable[[Answer], Document]


class Pull:
    """`cursor["read"]` holds, as JSON: the address, what each feed said last of its age, its posts, who has each id."""

    def __init__(self, address: str, take: str, names: str, get: Get, read: Read) -> None:
        """`take` is both, comments or posts; `names` are our own with commas."""
        self._address, self._take, self._get, self._read = address, take, get, read
        self._own = frozenset(fold(name.strip()) for name in names.split(",") if name.strip())
        self._host = urlsplit(address).hostname or ""
        self._marks: dict[str, dict[str, str]] = {}
        self._posts: list[dict[str, str]] = []
        self._holders: dict[str, str] = {}

    def pages(self, cursor: Mapping[str, str]) -> Iterator[Page]:
        """What is new, feed after feed; a feed is done with when all of it is stored."""
        self._remember(cursor)
        answer = self._get(self._address, self._mark_of(self._address))
        if answer is not None:
            document = self._read(answer)
            self._posts = _posts(document)
            yield from self._stored(self._incoming(self._wanted(document)), self._address, answer)
        failures = 0
        for post in self._posts if self._take != "posts" else ():
            try:
                yield from self._comments(post)
            except (Refused, AuthNeeded):  # what ails one feed is no reason to leave the others unread
                continue
            except TryLater as why:
                failures += 1
                if why.after is not None or failures > _FAILURES:
                    raise

    def _mark_of(self, url: str) -> dict[str, str]:
        mark = self._marks.get(url, {})
        return mark if 0 <= clock.now() - int(mark.get("at", 0)) < _WHOLE else {}

    def _wanted(self, document: Document) -> Document:
        """Posts or comments or both; where neither can be told from the other, all there is."""
        comments = tuple(entry for entry in document.entries if is_comment(entry))
        told = comments or any(entry.comments for entry in document.entries)
        if self._take == "both" or not told:
            return document
        wanted = comments if self._take == "comments" else tuple(one for one in document.entries if one not in comments)
        return replace(document, entries=wanted)

    def _incoming(self, document: Document, post: Post | None = None) -> list[Incoming]:
        return incoming(document, clock.now(), own=self._own, holders=self._holders, post=post, host=self._host)

    def _comments(self, post: Mapping[str, str]) -> Iterator[Page]:
        """The comments under one post."""
        answer = self._get(post["feed"], self._mark_of(post["feed"]))
        if answer is None:
            return
        under = Post(post["url"], post["title"], post["text"])
        yield from self._stored(self._incoming(self._read(answer), under), post["feed"], answer)

    def _stored(self, found: list[Incoming], url: str, answer: Answer) -> Iterator[Page]:
        """The pages; the last of them moves the cursor."""
        self._marks[url] = _mark(answer)
        yield from in_pages(found, self._cursor())

    def _remember(self, cursor: Mapping[str, str]) -> None:
        try:
            kept: Any = json.loads(cursor.get("read", "{}"))
        except ValueError:
            kept = {}
        if kept.get("address") == f"{self._address} {self._take} {sorted(self._own)}":
            self._marks, self._posts, self._holders = kept["marks"], kept["posts"], kept["holders"]

    def _cursor(self) -> dict[str, str]:
        wanted = {self._address, *(post["feed"] for post in self._posts)}
        kept = {
            "address": f"{self._address} {self._take} {sorted(self._own)}",
            "marks": {url: mark for url, mark in self._marks.items() if url in wanted},
            "posts": self._posts,
            "holders": pruned(self._holders, HELD),
        }
        return {"read": json.dumps(kept, separators=(",", ":"))}


def _posts(document: Document) -> list[dict[str, str]]:
    """The latest posts that name a feed of their comments, each once."""
    found: dict[str, dict[str, str]] = {}
    for entry in sorted(document.entries, key=lambda one: -(one.at or 0)):
        if entry.comments and not is_comment(entry) and len(found) < FEEDS:
            told = {"feed": entry.comments, "url": page_of(entry), "title": entry.title}
            found.setdefault(entry.comments, {**told, "text": entry.text[:POST_TEXT]})
    return list(found.values())


def _mark(answer: Answer) -> dict[str, str]:
    """What the server wants to be reminded of: its ETag and its own words for when this was changed.

    Nothing where it was changed in this very second: more may come in it, and WordPress would not tell.
    """
    told = {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}
    if told["modified"] and _seconds(answer.headers.get("date", "")) - _seconds(told["modified"]) < _SETTLED:
        return {}
    kept = {name: said for name, said in told.items() if said and len(said) <= _HEADER and said.isprintable()
            and said.isascii() and said == said.strip()}  # fmt: skip
    return kept and {**kept, "at": str(clock.now())}


def _seconds(date: str) -> float:
    """Of a date in a header; 0 where it is none."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return 0.0
