"""The post that a conversation stands under, with its first picture: of what the server shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.text import preview
from app.channels.base import Above, PostAbove
from app.channels.bluesky.reading import page_of, quoted, text_of
from app.channels.http.parts import as_dict, dicts
from app.channels.http.picture import own_picture

_MAX_TITLE_CHARS = 80


def uri_above(thread: str, root: Mapping[str, Any], url: str) -> str:
    """The URI of the post that a thread stands under: the one that it began with, or the one that this quotes."""
    about = quoted(as_dict(root.get("record")))
    own = page_of(thread, str(as_dict(root.get("author")).get("handle") or ""))
    return about if about and url != own else thread


def post_above(post: Mapping[str, Any], uri: str, above: Above) -> PostAbove:
    """Return a post as it is shown, with its first picture."""
    embed = as_dict(post.get("embed"))
    images = dicts(embed.get("images") or as_dict(embed.get("media")).get("images"), "thumb")
    picture, why = own_picture(str(images[0]["thumb"]) if images else "", above.hosts)
    words, url = (
        text_of(as_dict(post.get("record"))),
        page_of(uri, str(as_dict(post.get("author")).get("handle") or "")),
    )
    return PostAbove(preview(words, _MAX_TITLE_CHARS), words, url, picture, why)
