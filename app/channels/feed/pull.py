"""One pull of a feed and of the comment feeds that its posts link to, from and to a cursor."""

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
from app.channels.feed.entry import Document
from app.channels.feed.messages import POST_TEXT, Post, fitting, incoming, is_comment, page_of, pruned
from app.channels.http import Response

FEEDS = 10
"""Number of comment feeds to read at each pull: those of the latest posts."""
HELD, CALLED_CHARS = 2_000, 40_000
"""Number of ids whose first holder is remembered, and characters of names under which entries and pages first came."""
_MAX_HEADER_CHARS = 200
_SETTLED_SECONDS = 2  # seconds that a Last-Modified must be old to be used
_FULL_READ_SECONDS = 3_600  # seconds after which a feed is read unconditionally, as WordPress' validators ignore edits
_MAX_FAILURES = 2  # comment feeds that may fail with TryLater before the pull stops

Get = Callable[[str, Mapping[str, str] | None], Response | None]
Read = Callable[[Response], Document]


class Pull:
    """One pull. `cursor["read"]` is JSON: the address, each feed's cache validators, its posts, and ids' holders."""

    def __init__(self, address: str, take: str, names: str, get: Get, read: Read) -> None:
        """`take` is "both", "comments" or "posts"; `names` are our own, separated by commas."""
        self._address, self._take, self._get, self._read = address, take, get, read
        self._own = frozenset(fold(name.strip()) for name in names.split(",") if name.strip())
        self._host = urlsplit(address).hostname or ""
        self._marks: dict[str, dict[str, str]] = {}
        self._posts: list[dict[str, str]] = []
        self._holders: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def pages(self, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield what is new, one feed after the other; a feed's validators are stored with its last page."""
        self._remember(cursor)
        answer = self._get(self._address, self._fresh_validators(self._address))
        if answer is not None:
            document = self._read(answer)
            self._posts = _posts(document)
            yield from self._paged(self._incoming(self._filtered(document)), self._address, answer)
        failures = 0
        for post in self._posts if self._take != "posts" else ():
            try:
                yield from self._comments(post)
            except (Refused, AuthNeeded):  # one broken feed must not block the others
                continue
            except TryLater as why:
                failures += 1
                if why.after is not None or failures > _MAX_FAILURES:
                    raise

    def _fresh_validators(self, url: str) -> dict[str, str]:
        mark = self._marks.get(url, {})
        return mark if 0 <= clock.now() - int(mark.get("at", 0)) < _FULL_READ_SECONDS else {}

    def _filtered(self, document: Document) -> Document:
        """Filter posts or comments; everything if they cannot be told apart."""
        comments = tuple(entry for entry in document.entries if is_comment(entry))
        distinguishable = comments or any(entry.comments for entry in document.entries)
        if self._take == "both" or not distinguishable:
            return document
        wanted = (
            comments
            if self._take == "comments"
            else tuple(entry for entry in document.entries if entry not in comments)
        )
        return replace(document, entries=wanted)

    def _incoming(self, document: Document, post: Post | None = None) -> list[Incoming]:
        return incoming(
            document, clock.now(), own=self._own, holders=self._holders, names=self._names, post=post, host=self._host
        )

    def _comments(self, post: Mapping[str, str]) -> Iterator[Page]:
        """Yield the comments on one post."""
        answer = self._get(post["feed"], self._fresh_validators(post["feed"]))
        if answer is None:
            return
        under = Post(post["url"], post["title"], post["text"])
        yield from self._paged(self._incoming(self._read(answer), under), post["feed"], answer)

    def _paged(self, messages: list[Incoming], url: str, answer: Response) -> Iterator[Page]:
        """Yield the messages in pages; the last one moves the cursor."""
        self._marks[url] = _validators(answer)
        yield from in_pages(messages, self._cursor())

    def _remember(self, cursor: Mapping[str, str]) -> None:
        try:
            kept: Any = json.loads(cursor.get("read", "{}"))
        except ValueError:
            kept = {}
        self._holders, self._names = kept.get("holders", {}), kept.get("names", {})
        if kept.get("address") == f"{self._address} {self._take} {sorted(self._own)}":
            self._marks, self._posts = kept["marks"], kept["posts"]

    def _cursor(self) -> dict[str, str]:
        wanted = {self._address, *(post["feed"] for post in self._posts)}
        kept = {
            "address": f"{self._address} {self._take} {sorted(self._own)}",
            "marks": {url: mark for url, mark in self._marks.items() if url in wanted},
            "posts": self._posts,
            "holders": pruned(self._holders, HELD),
            "names": fitting(self._names, CALLED_CHARS),
        }
        return {"read": json.dumps(kept, separators=(",", ":"))}


def _posts(document: Document) -> list[dict[str, str]]:
    """Return the latest posts that link to a comment feed, one per feed."""
    posts: dict[str, dict[str, str]] = {}
    for entry in sorted(document.entries, key=lambda entry: -(entry.at or 0)):
        if entry.comments and not is_comment(entry) and len(posts) < FEEDS:
            post = {"feed": entry.comments, "url": page_of(entry), "title": entry.title}
            posts.setdefault(entry.comments, {**post, "text": entry.text[:POST_TEXT]})
    return list(posts.values())


def _validators(answer: Response) -> dict[str, str]:
    """Return the cache validators of a response (ETag, Last-Modified) and our time, for a conditional request.

    {} if it was modified within the last two seconds: WordPress does not report another change in the same second.
    """
    validators = {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}
    if (
        validators["modified"]
        and _seconds(answer.headers.get("date", "")) - _seconds(validators["modified"]) < _SETTLED_SECONDS
    ):
        return {}
    kept = {
        name: value
        for name, value in validators.items()
        if value
        and len(value) <= _MAX_HEADER_CHARS
        and value.isprintable()
        and value.isascii()
        and value == value.strip()
    }
    return kept and {**kept, "at": str(clock.now())}


def _seconds(date: str) -> float:
    """Parse an HTTP date to Unix seconds; 0 if it is none."""
    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, OverflowError):
        return 0.0
