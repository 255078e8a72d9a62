"""A list of posts that a forum gives fifty at a time, newest first, and what of it has been read.

What is newest is read first. After a long absence some of what is between may be left for later pulls: the gap is kept
in the cursor, so that a limit, or the end of the program, costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.channels.base import TryLater
from app.channels.discourse.reading import as_int, posts_of
from app.channels.discourse.site import Site

_PAGE_POSTS = 50


class Part(NamedTuple):
    """Posts that were read, oldest first; `why` reading stopped before its end, if it did."""

    posts: list[dict[str, Any]]
    why: TryLater | None = None


class Listing:
    """One such list: `posts.json` or `private-posts.json`. Post ids ascend across the forum."""

    def __init__(self, site: Site, path: str, cursor: Mapping[str, str], key: str) -> None:
        """`key` is the cursor entry with the highest id that was read; its gap stands beside it."""
        self._site, self._path, self._key = site, path, key
        self._root = path.removesuffix(".json").replace("-", "_")
        if self._root == "posts":
            self._root = "latest_posts"
        self.read = as_int(cursor.get(key))
        low, _, base = cursor.get(f"{key} gap", "").partition(":")
        self._gap: tuple[int, int] | None = None
        if as_int(low) is not None:
            self._gap = (int(low), as_int(base) or 0)
        self._top = self.read or 0

    @property
    def has_gap(self) -> bool:
        """Whether there is something between what was read lately and what was read before."""
        return self._gap is not None

    def cursor(self) -> dict[str, str]:
        """The cursor entries that say what has been read so far."""
        gap = f"{self._gap[0]}:{self._gap[1]}" if self._gap else ""
        return {self._key: str(self._top), f"{self._key} gap": gap}

    def page(self, below: int = 0) -> list[dict[str, Any]]:
        """Return up to fifty valid posts with ids below that one, or the newest ones, oldest first."""
        listed = self._site.get(self._path, **({"before": below} if below else {})).get(self._root)
        return sorted(posts_of(listed), key=lambda post: int(post["id"]))

    def newest(self, first: list[dict[str, Any]], base: int, most: int) -> Part:
        """The posts above `base`, in at most so many pages, of which `first` is the newest; what is left is a gap."""
        self._top = max(self._top, max((int(post["id"]) for post in first), default=0))
        part, low = self._down(first, base, most - 1)
        if low > base:
            self._gap = (low, self._gap[1] if self._gap else base)
        return part

    def rest(self, most: int) -> Part:
        """The posts in the gap, highest first, in at most so many pages."""
        if self._gap is None:
            return Part([])
        low, base = self._gap
        try:
            first = self.page(low)
        except TryLater as why:
            return Part([], why)
        part, low = self._down(first, base, most - 1)
        self._gap = (low, base) if low > base else None
        return part

    def _down(self, page: list[dict[str, Any]], base: int, most: int) -> tuple[Part, int]:
        """Read downwards from this page until `base`; returns the posts, and the id that was reached."""
        posts, low, why = list[dict[str, Any]](), base, None
        while True:
            posts = [post for post in page if post["id"] > base] + posts
            low = int(page[0]["id"]) if page else base
            if low <= base or len(page) < _PAGE_POSTS:
                low = base
                break
            if most <= 0:
                break
            most -= 1
            try:
                page = self.page(low)
            except TryLater as limit:
                why = limit
                break
        return Part(posts, why), low
