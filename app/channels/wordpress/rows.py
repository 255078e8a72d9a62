"""Parse WordPress' comment rows: messages, times, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from app.base.message import Author, Incoming
from app.base.text import fold, words
from app.base.words import tr
from app.channels.base import Sent
from app.channels.http.parts import as_dict
from app.mail.html import to_text

FIELDS = (
    "id,post,parent,author,author_name,author_email,author_url,date,date_gmt,content,link,status,_links.up,_embedded.up"
)
"""The fields requested of each comment, with its post embedded."""
_UPSTREAM = {"approved": "", "hold": "held", "spam": "spam"}
_LOCAL = re.compile(r"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d")
_EXCERPT_CHARS = 500
_LINE_END = re.compile(r"\r\n?|\n")


def incoming(row: Mapping[str, Any], site: str, me: str, root: int, before: str = "") -> Incoming:
    """Convert a row; raises KeyError, TypeError, ValueError or AttributeError if it is malformed.

    `site` is the host that user ids belong to, `me` our own user id, `root` the id of the thread's first comment.
    `before` is the host that the blog has moved from, "" if it has not.
    """
    who, status = int(row.get("author") or 0), str(row["status"])
    post, link = _post(row), str(row.get("link") or "")
    return Incoming(
        remote_id=str(int(row["id"])),
        at=seconds(row),
        text=words_of(row),
        author=_author(row, site)._replace(former=_author(row, before).key if before else ""),
        out=bool(who) and str(who) == me,
        thread=f"{int(row['post'])}/{root}",
        parent=str(row["parent"]) if row.get("parent") else "",
        post_title=plain((post.get("title") or {}).get("rendered")),
        post_url=str(post.get("link") or link.partition("#")[0]),
        post_text=plain((post.get("excerpt") or {}).get("rendered"))[:_EXCERPT_CHARS],
        url=link,
        gone=status == "trash",
        upstream=_UPSTREAM.get(status, ""),
    )


def sent(row: Mapping[str, Any]) -> Sent:
    """Convert the created comment of ours."""
    return Sent(str(row["id"]), str(row.get("link") or ""), seconds(row) or None)


def _author(row: Mapping[str, Any], site: str) -> Author:
    """Return the author, keyed by user id, else by e-mail, else (if that is not visible) by name.

    Without any of these the key is this comment's id: two nameless strangers are not the same.
    """
    who, name = int(row.get("author") or 0), plain(row.get("author_name"))
    email, url = str(row.get("author_email") or "").lower(), str(row.get("author_url") or "")
    called = " ".join(words(name)) or fold(name)
    if called.isdecimal():  # a name of digits must not match a user id
        called = f"name {called}"
    named = f"{site}/{called}" if called else f"{site}/comment #{row['id']}"
    key = f"{site}/{who}" if who else email or named
    handle = name if who else email or name
    return Author(key, handle or tr("Anonymous"), name, url if url.startswith(("http://", "https://")) else "")


def _post(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the embedded post of a comment; {} if it is not visible to us."""
    embedded = (row.get("_embedded") or {}).get("up") or [{}]
    return as_dict(embedded[0])


def host_of(api: str) -> str:
    """Return the host, which prefixes user ids, as these are only unique within a site."""
    return urlsplit(api).netloc.lower()


def plain(html: object) -> str:
    """Return the text of a short piece of HTML on one line; "" for anything but a string."""
    return " ".join(to_text(html).split()) if isinstance(html, str) else ""


def words_of(row: Mapping[str, Any]) -> str:
    """Return the comment as typed (`raw`) if visible to us; `rendered` has changed quotation marks and smileys."""
    content = row.get("content") or {}
    raw = content.get("raw")
    if not isinstance(raw, str):
        return to_text(str(content.get("rendered") or ""))
    if "<" not in raw:  # unchanged, as a reply of ours has to be recognised
        return unescape(_LINE_END.sub("\n", raw)).strip()
    return to_text(_LINE_END.sub("<br>", raw))


def same(first: str, second: str) -> bool:
    """Whether two texts have the same words, ignoring punctuation, which WordPress may change."""
    return words(first) == words(second) and (bool(words(first)) or first.split() == second.split())


def seconds(row: Mapping[str, Any]) -> int:
    """Return the time in Unix seconds: `date_gmt`, or if that was never set the site's local `date`; 0 without both."""
    for name in ("date_gmt", "date"):
        try:
            return max(int(datetime.fromisoformat(str(row.get(name))[:19]).replace(tzinfo=UTC).timestamp()), 0)
        except (ValueError, OverflowError):
            continue
    return 0


def local(row: Mapping[str, Any]) -> str:
    """Return the site's local time as an ISO 8601 string, which sorts chronologically; "" if malformed."""
    date = str(row.get("date") or "")[:19]
    return date if _LOCAL.fullmatch(date) else ""


def earlier(date: str, by: timedelta) -> str:
    """Subtract a duration from a local time; "" for "" or a malformed one."""
    try:
        return (datetime.fromisoformat(date) - by).isoformat() if date else ""
    except (ValueError, OverflowError):
        return ""


def latest(now: int) -> str:
    """Return the latest local time of any time zone (UTC+14): a cursor beyond it would hide new comments."""
    return (datetime.fromtimestamp(now, UTC) + timedelta(hours=14)).isoformat()[:19]
