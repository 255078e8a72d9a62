"""The post that comments stand under, as its feed gives it: title and words, as long as it lists the post."""

from __future__ import annotations

from app.channels.base import Above, PostAbove
from app.channels.feed.entry import Document
from app.channels.feed.messages import is_comment, page_of
from app.channels.feed.same import canonical


def post_above(document: Document, above: Above) -> PostAbove | None:
    """The entry of a post by its page, else by its title; None if the feed does not list it."""
    posts = [entry for entry in document.entries if not is_comment(entry)]
    wanted = canonical(above.url)
    found = [entry for entry in posts if wanted and wanted in (canonical(page_of(entry)), canonical(entry.link))]
    named = [entry for entry in posts if above.title and entry.title == above.title]
    entry = next(iter(found or named), None)
    return None if entry is None else PostAbove(entry.title, entry.text, entry.link or above.url)
