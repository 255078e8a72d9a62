"""The post or page that comments stand under, with its featured picture (wp/v2/posts, wp/v2/pages)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.channels.base import Above, PostAbove
from app.channels.http.parts import as_dict, dicts
from app.channels.http.picture import own_picture
from app.channels.wordpress.comments import Comments
from app.channels.wordpress.rows import plain
from app.mail.html import to_text

_FIELDS = "id,title,content,link,_links,_embedded"
_SIZES = ("medium_large", "large", "medium")


def post_above(comments: Comments, above: Above) -> PostAbove | None:
    """Fetch the post or page whose number a conversation's key begins with; None if it is not there."""
    number = above.thread.partition("/")[0]
    if not number.isdecimal():
        return None
    for kind in ("posts", "pages"):
        row = _row(comments, f"wp/v2/{kind}/{number}")
        if row:
            content = str(as_dict(row.get("content")).get("rendered") or "")
            picture, why = own_picture(_picture(row), above.hosts)
            title = plain(as_dict(row.get("title")).get("rendered"))
            return PostAbove(title, to_text(content), str(row.get("link") or above.url), picture, why)
    return None


def _row(comments: Comments, path: str) -> dict[str, Any]:
    """The row at a path; {} where there is none. Raises the four errors."""
    answer = comments.optional("GET", path, params={"_embed": "wp:featuredmedia", "_fields": _FIELDS})
    return as_dict(answer.json()) if answer is not None else {}


def _picture(row: Mapping[str, Any]) -> str:
    """The address of the featured picture, in a size that is enough to see what it shows; "" without one."""
    media = next(iter(dicts(as_dict(row.get("_embedded")).get("wp:featuredmedia"), "source_url")), {})
    sizes = as_dict(as_dict(media.get("media_details")).get("sizes"))
    fitting = (as_dict(sizes.get(size)).get("source_url") for size in _SIZES)
    return str(next(filter(None, fitting), None) or media.get("source_url") or "")
