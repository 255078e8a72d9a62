"""Likes: records of ours that name a post. Our own repository answers for them; the index of all posts lags behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.base.message import Reaction
from app.base.words import N_, tr
from app.channels.base import Refused
from app.channels.bluesky.reading import key_of, own_key, whose
from app.channels.bluesky.wire import Wire, error_of
from app.channels.http.parts import as_dict, dicts

LIKE = "app.bsky.feed.like"
_PAGE_ROWS, _MAX_PAGES = 100, 10
_GONE = N_("That post is no longer there: its author deleted it or hides it from you.")

View = Callable[[str], Mapping[str, Any] | None]
"""The index's current view of a post by its URI; None if there is none."""


class Likes:
    """The likes of one account; `view` looks a post up in the index."""

    def __init__(self, wire: Wire, view: View) -> None:
        """Use this wire, which is logged in."""
        self._wire, self._view = wire, view

    def like(self, reaction: Reaction, created_at: str) -> None:
        """Like a post, unless we do already; the record's key makes retries safe."""
        post = self._view(reaction.remote_id)
        if post is None:
            raise Refused(tr(_GONE))
        if self._indexed(post) or self._own(reaction):
            return
        subject = {"uri": reaction.remote_id, "cid": str(post.get("cid"))}
        record = {"$type": LIKE, "subject": subject, "createdAt": created_at}
        # swapRecord null: create only, as for posts
        asked = {"repo": self._wire.me, "collection": LIKE, "rkey": own_key(reaction), "record": record}
        answer = self._wire.raw("POST", "com.atproto.repo.putRecord", json={**asked, "swapRecord": None}, writing=True)
        if error_of(answer) != "InvalidSwap":
            answer.raise_for_status(writing=True)

    def unlike(self, reaction: Reaction) -> None:
        """Delete our likes of a post; done where there is none."""
        post = self._view(reaction.remote_id)
        known = [self._indexed(post)] if post is not None else []
        for uri in dict.fromkeys([*self._own(reaction), *filter(None, known)]):
            asked = {"repo": self._wire.me, "collection": LIKE, "rkey": key_of(uri)}
            answer = self._wire.raw("POST", "com.atproto.repo.deleteRecord", json=asked, writing=True)
            answer.raise_for_status(writing=True)

    def is_liked(self, reaction: Reaction) -> bool:
        """Whether a like of ours is in our repository now."""
        if self._own(reaction):
            return True
        post = self._view(reaction.remote_id)
        return bool(post is not None and self._indexed(post))

    def _indexed(self, post: Mapping[str, Any]) -> str:
        """The URI of our like as the index knows it, if our repository still has it; else ""."""
        uri = str(as_dict(post.get("viewer")).get("like") or "")
        if whose(uri) != self._wire.me:
            return ""
        asked = {"repo": self._wire.me, "collection": LIKE, "rkey": key_of(uri)}
        answer = self._wire.raw("GET", "com.atproto.repo.getRecord", params=asked)
        if error_of(answer) == "RecordNotFound":
            return ""
        answer.raise_for_status(writing=False)
        return uri

    def _own(self, reaction: Reaction) -> list[str]:
        """The URIs of our likes of that post, among our latest thousand; older ones the index knows."""
        return [str(row["uri"]) for row in self._latest() if _subject(row) == reaction.remote_id]

    def _latest(self) -> Iterator[dict[str, Any]]:
        mark: dict[str, object] = {}
        for _ in range(_MAX_PAGES):
            asked = {"repo": self._wire.me, "collection": LIKE, "limit": _PAGE_ROWS, **mark}
            page = self._wire.get("com.atproto.repo.listRecords", **asked)
            rows = dicts(page.get("records"), "uri")
            yield from rows
            if len(rows) < _PAGE_ROWS or not page.get("cursor"):
                return
            mark = {"cursor": page["cursor"]}


def _subject(row: Mapping[str, Any]) -> str:
    return str(as_dict(as_dict(row.get("value")).get("subject")).get("uri") or "")
