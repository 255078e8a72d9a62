"""What WordPress' answers hold: a comment's row as a message, its times, its words."""

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
"""What is asked for of each comment; the post comes along."""
_STANDS = {"approved": "", "hold": "held", "spam": "spam"}
_LOCAL = re.compile(r"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d")
_EXCERPT = 500
_LINE_END = re.compile(r"\r\n?|\n")


def incoming(row: Mapping[str, Any], place: str, me: str, root: int) -> Incoming:
    """The message that a row is; KeyError, TypeError, ValueError or AttributeError where it is none.

    `place` says whose users the numbers are, `me` is our own, `root` the comment with which the thread began.
    """
    who, status = int(row.get("author") or 0), str(row["status"])
    post, link = _post(row), str(row.get("link") or "")
    return Incoming(
        remote_id=str(int(row["id"])),
        at=seconds(row),
        text=words_of(row),
        author=_author(row, place),
        out=bool(who) and str(who) == me,
        thread=f"{int(row['post'])}/{root}",
        parent=str(row["parent"]) if row.get("parent") else "",
        post_title=plain((post.get("title") or {}).get("rendered")),
        post_url=str(post.get("link") or link.partition("#")[0]),
        post_text=plain((post.get("excerpt") or {}).get("rendered"))[:_EXCERPT],
        url=link,
        gone=status == "trash",
        upstream=_STANDS.get(status, ""),
    )


def sent(row: Mapping[str, Any]) -> Sent:
    """Our own comment, as the blog has it."""
    return Sent(str(row["id"]), str(row.get("link") or ""), seconds(row) or None)


def _author(row: Mapping[str, Any], place: str) -> Author:
    """Who has an account there is known by its number, others by their address, or where that is not shown by name.

    One without any of these is known by this comment alone: two strangers without a name are two.
    """
    who, name = int(row.get("author") or 0), plain(row.get("author_name"))
    email, url = str(row.get("author_email") or "").lower(), str(row.get("author_url") or "")
    called = " ".join(words(name)) or fold(name)
    if called.isdecimal():  # not the user of that number
        called = f"name {called}"
    named = f"{place}/{called}" if called else f"{place}/comment #{row['id']}"
    key = f"{place}/{who}" if who else email or named
    handle = name if who else email or name
    return Author(key, handle or tr("Anonymous"), name, url if url.startswith(("http://", "https://")) else "")


def _post(row: Mapping[str, Any]) -> dict[str, Any]:
    """The post as it came along with the comment; {} where we may not see it."""
    found = (row.get("_embedded") or {}).get("up") or [{}]
    return as_dict(found[0])


def place(api: str) -> str:
    """Whose users these are: their numbers mean nothing elsewhere."""
    return urlsplit(api).netloc.lower()


def plain(html: object) -> str:
    """The words of a short piece of HTML on one line; "" for what is no text."""
    return " ".join(to_text(html).split()) if isinstance(html, str) else ""


def words_of(row: Mapping[str, Any]) -> str:
    """The comment as it was typed where we may see that: what is shown has other quotation marks, and smileys."""
    content = row.get("content") or {}
    raw = content.get("raw")
    if not isinstance(raw, str):
        return to_text(str(content.get("rendered") or ""))
    if "<" not in raw:  # to the letter, for what we sent has to come back as we know it
        return unescape(_LINE_END.sub("\n", raw)).strip()
    return to_text(_LINE_END.sub("<br>", raw))


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever has become of their quotation marks on the way."""
    return words(one) == words(other) and (bool(words(one)) or one.split() == other.split())


def seconds(row: Mapping[str, Any]) -> int:
    """When it was said; by the site's own time where the other was never written, 0 where neither can be read."""
    for name in ("date_gmt", "date"):
        try:
            return max(int(datetime.fromisoformat(str(row.get(name))[:19]).replace(tzinfo=UTC).timestamp()), 0)
        except (ValueError, OverflowError):
            continue
    return 0


def local(row: Mapping[str, Any]) -> str:
    """The site's local time as it writes it, "" for none: such texts sort as the times do."""
    found = str(row.get("date") or "")[:19]
    return found if _LOCAL.fullmatch(found) else ""


def earlier(date: str, by: timedelta) -> str:
    """A local time so much earlier; "" for none."""
    try:
        return (datetime.fromisoformat(date) - by).isoformat() if date else ""
    except (ValueError, OverflowError):
        return ""


def latest(now: int) -> str:
    """The latest local time that anybody has at this moment: what is dated later must not hide the rest."""
    return (datetime.fromtimestamp(now, UTC) + timedelta(hours=14)).isoformat()[:19]
