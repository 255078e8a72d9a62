"""Convert comments to messages, and plain text to Ghost's HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape

from app.base.message import Author, Incoming
from app.base.words import tr
from app.channels.base import Sent
from app.channels.ghost.site import ID, Row
from app.channels.http.parts import as_dict
from app.mail.html import to_text

_LINK = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?'\")\]]")


def items(rows: Iterable[Row], me: str) -> tuple[Incoming, ...]:
    """Convert comments to messages; those that cannot be parsed are skipped. `me` is our member id."""
    messages = []
    for row in rows:
        try:
            messages.append(_incoming(row, me))
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            continue
    return tuple(messages)


def _incoming(row: Row, me: str) -> Incoming:
    post, member = as_dict(row.get("post")), as_dict(row.get("member"))
    number, top = str(row["id"]), str(row.get("parent_id") or row["id"])
    address = str(post.get("url") or "")
    name = str(member.get("name") or "")
    return Incoming(
        remote_id=number,
        # an id (a MongoDB ObjectID) starts with the Unix time of creation
        at=at_of(row) or int(number[:8], 16),
        text=to_text(row["html"] or ""),
        # deleted members have no id, and are not all the same person
        author=Author(
            str(member.get("id") or f"left {number}"), str(member.get("email") or name), name or tr("Somebody")
        ),
        out=member.get("id") == me,
        thread=top,
        parent=str(row.get("in_reply_to_id") or row.get("parent_id") or ""),
        post_title=str(post.get("title") or ""),
        post_url=address,
        post_text=str(post.get("excerpt") or "")[:500],
        url=f"{address}#ghost-comments-{number}" if address else "",
        upstream="hidden" if row.get("status") == "hidden" else "",
    )


def sent(row: Row, post_url: str) -> Sent:
    """Convert the created comment of ours."""
    return Sent(str(row["id"]), f"{post_url}#ghost-comments-{row['id']}" if post_url else "", at_of(row))


def at_of(row: Row) -> int | None:
    """Return `created_at` in Unix seconds; None if it cannot be parsed."""
    try:
        return int(datetime.fromisoformat(str(row["created_at"])).timestamp())
    except (KeyError, ValueError, OverflowError):
        return None


def earlier(number: str, seconds: int) -> str:
    """Return the lowest possible id of a comment created `seconds` before this one; the lowest of all for ""."""
    begun = max(int(number[:8], 16) - seconds, 0) if ID.fullmatch(number) else 0
    return f"{begun:08x}{'0' * 16}"


def to_html(text: str) -> str:
    """Convert plain text to HTML with paragraphs, line breaks and links; everything else is escaped."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return "".join(f"<p>{'<br>'.join(map(_line, part.split(chr(10))))}</p>" for part in parts)


def _line(text: str) -> str:
    done, at = [], 0
    for link in _LINK.finditer(text):
        address = escape(link[0])
        done += [escape(text[at : link.start()], quote=False), f'<a href="{address}">{address}</a>']
        at = link.end()
    return "".join((*done, escape(text[at:], quote=False)))
