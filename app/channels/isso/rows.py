"""What Isso's answers hold: comments as JSON, and those that wait for approval as rows of the admin's page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.base.words import tr
from app.mail.html import to_text

_ROW = re.compile(r"<div class='isso-comment' id='isso-(\d{1,18})'>")
_TIME = re.compile(r"<time>\s*(\d\d):(\d\d) / (\d\d)-(\d\d)-(\d{4})\s*</time>")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>~^|$]|^[ ]{0,3}(?:[#+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s<>\\]+[^\s<>\\.,;:!?)\]}'\"”“’»…*_~]")
_MARKED = re.compile(r"<(https?://[^\s<>]+)>|\\([!-/:-@\[-`{-~])")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)[ \t]*", re.MULTILINE)
_QUARTER = 15


def mark(text: str) -> str:
    """Plain text as Markdown that shows it as it is, with its links as links; what is far indented would be code."""
    parts, at = [], 0
    text = _INDENT.sub("   ", text)
    for link in _LINK.finditer(text):
        parts += [_escaped(text[at : link.start()]), f"<{link[0]}>"]
        at = link.end()
    return "".join((*parts, _escaped(text[at:])))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(
        lambda found: found[0] + "\\" if found[0][-1:].isdigit() else f"{found[0][:-1]}\\{found[0][-1]}", text
    )


def unmark(text: str) -> str:
    """A comment as it was typed, without the marks that only keep Markdown from seeing others."""
    return _MARKED.sub(lambda found: found[1] or found[2], text)


def remote_id(number: int, minute: int) -> str:
    """Isso gives the number of its latest comment again when that was deleted; the minute tells the two apart.

    The admin's page tells the server's local time, so only what all time zones share of it: the minute of the quarter.
    """
    return f"{number}-{minute % _QUARTER}"


def number(remote: str) -> int:
    """Isso's own number of a comment; 0 for what is none of its."""
    found = remote.partition("-")[0]
    return int(found) if found.isdecimal() and len(found) < 19 else 0  # noqa: PLR2004  as large as SQLite's


def of(row: Mapping[str, Any]) -> str:
    """The remote id of a comment; KeyError, TypeError, ValueError or OverflowError where it is none."""
    return remote_id(int(row["id"]), int(row["created"]) // 60)


@dataclass(frozen=True, slots=True)
class Post:
    """A page with comments: its address by which Isso knows it, the whole one, and what it says of itself."""

    uri: str
    url: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a page: how many comments it had, which ones, and until when it is read again anyway."""

    count: int = -1
    until: int = 0
    ids: tuple[str, ...] = ()

    def written(self) -> str:
        """As it is kept."""
        return json.dumps([self.count, self.until, " ".join(self.ids)])


def known(written: str) -> Known:
    """What was kept; nothing where that cannot be read."""
    try:
        count, until, ids = json.loads(written)
        return Known(int(count), int(until), tuple(str(ids).split()))
    except (ValueError, TypeError):
        return Known()


def author(name: str, website: str, known: str, alone: str) -> Author:
    """Who commented. Isso has no accounts: `known` is what it knows them by, "" for nothing.

    That is a hash of the e-mail that was given, or without one of the network they came from, which a house, an office,
    or behind a proxy everybody shares. So the name belongs to the key; one without a name is known by `alone`.
    """
    given = unescape(name).strip()
    url = unescape(website) if website.startswith(("http://", "https://")) else ""
    called = " ".join(words(given)) or fold(given)
    return Author(f"{known} {called}" if known and called else alone, given or tr("Anonymous"), given, url, known)


def incoming(row: Mapping[str, Any], top: Mapping[str, Any], post: Post, host: str, *, out: bool) -> Incoming:
    """The message that a row is, which stands under `top` or is it itself.

    KeyError, TypeError, ValueError, AttributeError or OverflowError where it is none.
    """
    key, top_id = str(row.get("hash") or ""), int(top["id"])
    alone = f"{host}/{key} #{top_id}" if key else f"{host}/{of(row)}"
    return Incoming(
        remote_id=of(row),
        at=int(row["created"]),
        text=unmark(row["text"]).strip(),
        author=author(str(row.get("author") or ""), str(row.get("website") or ""), key and f"{host}/{key}", alone),
        out=out,
        thread=f"{top_id} {post.uri}",
        parent="" if top is row else of(top),
        post_title=post.title or post.uri,
        post_url=post.url,
        post_text=post.text,
        url=f"{post.url}#isso-{int(row['id'])}",
        gone=row.get("mode") == 4,  # noqa: PLR2004  "deleted, but referenced"
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the admin's page. `at` is the server's local time as if it were UTC; `key` is what moderates it."""

    number: int
    at: int
    uri: str
    title: str
    name: str
    email: str
    website: str
    text: str
    key: str

    @property
    def remote_id(self) -> str:
        """Its remote id."""
        return remote_id(self.number, self.at // 60)


def lines(page: str) -> Iterator[Line]:
    """The comments on one of the admin's pages."""
    begins = [*_ROW.finditer(page)]
    ends = [begin.start() for begin in begins[1:]] + [len(page)]
    for begin, end in zip(begins, ends, strict=False):
        row, one = page[begin.end() : end], begin[1]
        thread = re.search(r'<div>Thread: ([^<]*) \(<a href="([^"<>]*+)">', row)
        time = _TIME.search(row)
        key = re.search(rf"(?:send_edit|delete_com|validate_com)\({one}, '([^']+)'", row)
        if thread is None or time is None:
            continue
        hour, minute, day, month, year = map(int, time.groups())
        try:
            at = int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp())
        except ValueError:
            continue
        name, email, website = (_inside(row, f"isso-{what}-{one}", "span") for what in ("author", "email", "website"))
        text = unmark(_inside(row, f"isso-text-{one}", "pre")).strip()
        yield Line(
            int(one), at, unescape(thread[2]), unescape(thread[1]), name, email, website, text, key[1] if key else ""
        )


def _inside(row: str, name: str, tag: str) -> str:
    return unescape(_between(re.search(rf"<{tag} [^<>]*id=\"{name}\">", row), tag))


def _between(begin: re.Match[str] | None, tag: str) -> str:
    """What stands between a beginning that was found and the end of that element; "" where either is missing."""
    end = re.compile(f"</{tag}>", re.IGNORECASE).search(begin.string, begin.end()) if begin else None
    return begin.string[begin.end() : end.start()] if begin and end else ""


def page_of(html: str, uri: str, url: str) -> Post:
    """What a page says of itself: its first heading or else its title, and its description or what it begins with."""
    html = html[:200_000]
    heading = _between(re.search(r"<h1\b[^<>]*+>", html, re.IGNORECASE), "h1")
    title = heading or _between(re.search(r"<title\b[^<>]*+>", html, re.IGNORECASE), "title")
    told = re.search(r'<meta\s+name="description"\s+content="([^"]*)"', html, re.IGNORECASE)
    shown = " ".join(to_text(title).split())
    return Post(uri, url, shown[:200], unescape(told[1]).strip()[:500] if told else "")
