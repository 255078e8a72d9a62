"""Parse Isso's responses: comments as JSON, and those awaiting approval from the HTML of the admin page."""

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

_COMMENT_DIV = re.compile(r"<div class='isso-comment' id='isso-(\d{1,18})'>")
_TIME = re.compile(r"<time>\s*(\d\d):(\d\d) / (\d\d)-(\d\d)-(\d{4})\s*</time>")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>~^|$]|^[ ]{0,3}(?:[#+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s<>\\]+[^\s<>\\.,;:!?)\]}'\"”“’»…*_~]")
_MARKED = re.compile(r"<(https?://[^\s<>]+)>|\\([!-/:-@\[-`{-~])")
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)[ \t]*", re.MULTILINE)
_QUARTER_MINUTES = 15


def mark(text: str) -> str:
    """Escape plain text as Markdown, keeping links clickable; deep indents are cut, as they would make a code block."""
    parts, at = [], 0
    text = _INDENT.sub("   ", text)
    for link in _LINK.finditer(text):
        parts += [_escaped(text[at : link.start()]), f"<{link[0]}>"]
        at = link.end()
    return "".join((*parts, _escaped(text[at:])))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(
        lambda match: match[0] + "\\" if match[0][-1:].isdigit() else f"{match[0][:-1]}\\{match[0][-1]}", text
    )


def unmark(text: str) -> str:
    """Undo Markdown escapes and <URL> links, as `mark` writes them."""
    return _MARKED.sub(lambda match: match[1] or match[2], text)


def remote_id(number: int, minute: int) -> str:
    """Return "id-minute": Isso reuses the id of its latest comment once that is deleted; the minute tells them apart.

    The admin page shows the server's local time, so only the minute modulo 15, which is the same in all time zones.
    """
    return f"{number}-{minute % _QUARTER_MINUTES}"


def number(remote: str) -> int:
    """Return Isso's own id in a remote id; 0 if it is not one of ours."""
    digits = remote.partition("-")[0]
    return int(digits) if digits.isdecimal() and len(digits) < 19 else 0  # noqa: PLR2004  fits into SQLite's 64 bits


def of(row: Mapping[str, Any]) -> str:
    """Return a comment's remote id; raises KeyError, TypeError, ValueError or OverflowError if it is malformed."""
    return remote_id(int(row["id"]), int(row["created"]) // 60)


@dataclass(frozen=True, slots=True)
class Post:
    """A page with comments: its path as Isso's thread uri, its full address, title and description."""

    uri: str
    url: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the cursor holds of a page: comment count, until when to re-read it anyway (Unix seconds), remote ids."""

    count: int = -1
    until: int = 0
    ids: tuple[str, ...] = ()

    def written(self) -> str:
        """Serialize it for the cursor."""
        return json.dumps([self.count, self.until, " ".join(self.ids)])


def known(written: str) -> Known:
    """Parse what `Known.written` returned; an empty Known if that fails."""
    try:
        count, until, ids = json.loads(written)
        return Known(int(count), int(until), tuple(str(ids).split()))
    except (ValueError, TypeError):
        return Known()


def author(name: str, website: str, known: str, alone: str) -> Author:
    """Return the author, keyed by hash and name. Isso has no accounts: `known` is its hash of a person, "" for none.

    The hash is of the e-mail if one was given, else of the IP network, which a household, an office, or behind a proxy
    everybody shares. So the name is part of the key; without a name the key is `alone`.
    """
    given = unescape(name).strip()
    url = unescape(website) if website.startswith(("http://", "https://")) else ""
    called = " ".join(words(given)) or fold(given)
    return Author(f"{known} {called}" if known and called else alone, given or tr("Anonymous"), given, url, known)


def incoming(row: Mapping[str, Any], top: Mapping[str, Any], post: Post, host: str, *, out: bool) -> Incoming:
    """Convert a row to a message; `top` is its top-level comment, which may be the row itself.

    Raises KeyError, TypeError, ValueError, AttributeError or OverflowError if it is malformed.
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
    """A comment on the admin page. `at` is the server's local time as if it were UTC; `key` authorises moderation."""

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
        """The comment's remote id."""
        return remote_id(self.number, self.at // 60)


def lines(page: str) -> Iterator[Line]:
    """Yield the comments in the HTML of an admin page; those that cannot be parsed are skipped."""
    begins = [*_COMMENT_DIV.finditer(page)]
    ends = [begin.start() for begin in begins[1:]] + [len(page)]
    for begin, end in zip(begins, ends, strict=False):
        row, identifier = page[begin.end() : end], begin[1]
        thread = re.search(r'<div>Thread: ([^<]*) \(<a href="([^"<>]*+)">', row)
        time = _TIME.search(row)
        key = re.search(rf"(?:send_edit|delete_com|validate_com)\({identifier}, '([^']+)'", row)
        if thread is None or time is None:
            continue
        hour, minute, day, month, year = map(int, time.groups())
        try:
            at = int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp())
        except ValueError:
            continue
        name, email, website = (
            _text_by_id(row, f"isso-{what}-{identifier}", "span") for what in ("author", "email", "website")
        )
        text = unmark(_text_by_id(row, f"isso-text-{identifier}", "pre")).strip()
        yield Line(
            int(identifier),
            at,
            unescape(thread[2]),
            unescape(thread[1]),
            name,
            email,
            website,
            text,
            key[1] if key else "",
        )


def _text_by_id(row: str, name: str, tag: str) -> str:
    return unescape(_inner_html(re.search(rf"<{tag} [^<>]*id=\"{name}\">", row), tag))


def _inner_html(begin: re.Match[str] | None, tag: str) -> str:
    """Return the HTML from a matched start tag to its end tag; "" if either is missing."""
    end = re.compile(f"</{tag}>", re.IGNORECASE).search(begin.string, begin.end()) if begin else None
    return begin.string[begin.end() : end.start()] if begin and end else ""


def page_of(html: str, uri: str, url: str) -> Post:
    """Parse a web page's title (its first <h1>, else <title>) and its meta description."""
    html = html[:200_000]
    heading = _inner_html(re.search(r"<h1\b[^<>]*+>", html, re.IGNORECASE), "h1")
    title = heading or _inner_html(re.search(r"<title\b[^<>]*+>", html, re.IGNORECASE), "title")
    description = re.search(r'<meta\s+name="description"\s+content="([^"]*)"', html, re.IGNORECASE)
    shown = " ".join(to_text(title).split())
    return Post(uri, url, shown[:200], unescape(description[1]).strip()[:500] if description else "")
