"""Which thread a status is in, with as few requests as the server allows.

Where statuses can be asked for twenty at once (Mastodon 4.3), those above a page of new ones are; else, and where one
of them is missing, the server is asked for what is above a status, once per thread.

A direct status in a thread that others can see begins a thread of its own, as one of somebody for their followers does,
and so does a public one below what is private: who may see the one must not be told the other, and what the composer
says of who will see a reply holds for all of a conversation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.base.text import preview
from app.channels import again
from app.channels.base import Refused, TryLater
from app.channels.mastodon.reading import Place, began, is_direct, joins, text_of, valid_rows, who_is
from app.channels.mastodon.server import Server

BATCH_ROWS = 20
"""How many statuses can be asked for at once (DEFAULT_STATUSES_LIMIT of Mastodon)."""
_MAX_LEVELS = 12  # of a thread that are climbed in batches before its context is asked for
_MAX_POST_CHARS, _MAX_TITLE_CHARS = 500, 80


class Threads:
    """What is known of the statuses of one account; `places` goes into the cursor."""

    def __init__(self, server: Server, acct: str, domain: str, *, batches: bool) -> None:
        """`acct` is our own full address, `domain` the server's; `batches`: several can be asked for at once."""
        self.places: dict[str, Place] = {}
        self.posts: dict[str, Mapping[str, Any]] = {}
        self._above: dict[str, dict[str, Any]] = {}
        self._server, self._acct, self._domain, self._batches = server, acct, domain, batches

    def prepare(self, statuses: Sequence[object]) -> None:
        """Fetch what is above these statuses, level by level, where that takes fewer requests than asking for each."""
        rows = _with_authors(list(statuses)) if self._batches else []
        self._above.update((str(row["id"]), row) for row in rows)
        wanted = self._unknown(rows)
        for _ in range(_MAX_LEVELS):
            found = [row for some in self._fetched(wanted) for row in some]
            wanted = self._unknown(found)
            if not wanted:
                return

    def _unknown(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        above = dict.fromkeys(str(row.get("in_reply_to_id") or "") for row in rows)
        return [number for number in above if number and number not in self.places and number not in self._above]

    def _fetched(self, numbers: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        for begin in range(0, len(numbers), BATCH_ROWS):
            asked = numbers[begin : begin + BATCH_ROWS]
            rows, _ = self._server.rows("/api/v1/statuses", **{"id[]": asked})
            found = _with_authors(rows)
            self._above.update((str(row["id"]), row) for row in found)
            yield found

    def of(self, status: Mapping[str, Any]) -> tuple[str, str, bool]:
        """Return the parent's id, the id of the status that its thread begins with, and whether others wrote above."""
        number, parent = str(status["id"]), str(status.get("in_reply_to_id") or "")
        known = self.places.get(parent)
        if known is not None:
            root = known.root if joins(status, known, mine=self._is_mine(status)) else number
            return parent, root, known.who != self._acct or known.is_message
        if not parent and (self._batches or number in self.places):
            return "", number, False  # Mastodon always gives in_reply_to_id; other servers may not
        above = self._climbed(parent) or self._ancestors(number)
        if not above:  # whom what is above is for, nobody knows: what is direct stays by itself
            return parent, number if is_direct(status) else parent or number, False
        for ancestor in above:
            known = self._place(ancestor, known)
        parent = str(above[-1]["id"])
        root = known.root if known is not None and joins(status, known, mine=self._is_mine(status)) else number
        return parent, root, any(who_is(ancestor["account"], self._domain) != self._acct for ancestor in above)

    def _place(self, status: Mapping[str, Any], above: Place | None) -> Place:
        """Note where a status stands that is below `above`; what begins a thread is kept as its post."""
        number, who = str(status["id"]), who_is(status["account"], self._domain)
        mine = who == self._acct
        there = above if above is not None and joins(status, above, mine=mine) else None
        if there is None:
            self.posts[number] = status
        private, followers = began(status, there, mine=mine)
        place = Place(there.root if there else number, who, private=private, followers=followers)
        return self.places.setdefault(number, place)

    def _is_mine(self, status: Mapping[str, Any]) -> bool:
        return who_is(status["account"], self._domain) == self._acct

    def _climbed(self, parent: str) -> list[dict[str, Any]]:
        """The statuses above one, root first, by what has been fetched; [] if any of them is missing."""
        found: list[dict[str, Any]] = []
        while parent:
            row = self._above.get(parent)
            if row is None or len(found) > _MAX_LEVELS:
                return []
            found.insert(0, row)
            parent = str(row.get("in_reply_to_id") or "")
        return found

    def _ancestors(self, number: str) -> list[dict[str, Any]]:
        """Return the statuses above it in its thread, root first; [] if they are not available.

        Where a server fails at that alone, it keeps nothing else back: who wrote is heard, if by themselves.
        """
        try:
            context = self._server.ask(f"/api/v1/statuses/{number}/context")
        except Refused:
            return []
        except TryLater as why:
            if why.limited or not self._server.status(number)[0]:
                raise
            return []
        return valid_rows(context.get("ancestors") if isinstance(context, dict) else [])

    def post(self, root: str) -> dict[str, Any]:
        """Return the `post_*` fields for a thread below `root`; {} if that is a message itself, or for a few alone."""
        known = self.places.get(root)
        if known is not None and (known.is_message or known.private):
            return {}
        if root not in self.posts:
            try:
                self.posts[root] = self._server.ask(f"/api/v1/statuses/{root}")
            except Refused:
                self.posts[root] = {}
            except TryLater as why:  # a message is told without what it stands under, rather than not at all
                if why.limited:
                    raise
                return {}
        return post_fields(self.posts[root])

    def written(self, most: int) -> str:
        """The last `most` places, for the cursor."""
        return again.written(self.places, most)


def _with_authors(rows: object) -> list[dict[str, Any]]:
    return [row for row in valid_rows(rows) if isinstance(row.get("account"), dict)]


def post_fields(post: Mapping[str, Any]) -> dict[str, Any]:
    """The `post_*` fields that tell of a status."""
    text = text_of(post, set())[:_MAX_POST_CHARS]
    return {"post_title": preview(text, _MAX_TITLE_CHARS), "post_text": text, "post_url": str(post.get("url") or "")}
