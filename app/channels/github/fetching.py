"""One discussion, read whole in small pages: smaller ones where GitHub breaks off, and what there is of it then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.channels.base import Refused, TryLater
from app.channels.github import queries
from app.channels.github.asking import Asking, Missing, TooMuch
from app.channels.github.reading import following, nodes
from app.channels.http.parts import as_dict
from app.channels.http.shape import unreadable

_SERVICE = "GitHub"
_SIZES = ((20, 10), (10, 5), (5, 2), (2, 1))  # comments a page, and replies of each, after each time it is broken off
_REPLIES = (100, 50, 20, 5)  # replies a page, where a comment has more


@dataclass(slots=True)
class Discussion:
    """A discussion as it was read: the opening post, comments with their replies, and whether that is all of it.

    `broken_off`: the rest cannot be read for now.
    """

    about: dict[str, Any] = field(default_factory=dict)
    comments: list[tuple[dict[str, Any], list[dict[str, Any]]]] = field(default_factory=list)
    whole: bool = True
    broken_off: bool = False

    @property
    def ids(self) -> set[str]:
        """The ids of its comments and replies."""
        return {str(one["id"]) for top, replies in self.comments for one in (top, *replies)}


class Fetching:
    """Reads discussions for one token."""

    def __init__(self, asking: Asking) -> None:
        """`asking` is the client."""
        self._asking = asking
        self._size = 0

    def fetch(self, number: str) -> Discussion | None:
        """Return a discussion, with as much as can be read of it; None if it was deleted.

        Raises TooMuch or Refused if nothing can be read of this one, while GitHub answers otherwise.
        """
        self._size = 0
        found = Discussion()
        after = None
        while True:
            try:
                node, is_whole = self._page(queries.COMMENTS, id=number, after=after)
            except Missing:
                return None
            except (TooMuch, Refused):
                if not found.about:
                    self._is_up(number)
                    raise
                found.whole, found.broken_off = False, True
                return found
            if node is None:
                return None
            after = self._add(found, node, is_whole=is_whole)
            if after is None:
                return found

    def _is_up(self, number: str) -> None:
        """Raise TryLater if GitHub does not answer a small question either: then it is not about this discussion."""
        try:
            self._asking.ask(queries.STANDING, id=number)
        except Refused:
            return
        except TooMuch as why:
            raise TryLater(str(why), why.after) from None

    def _add(self, found: Discussion, node: Mapping[str, Any], *, is_whole: bool) -> str | None:
        """Add a page to what was found; returns the cursor of the next one."""
        if not isinstance(node.get("updatedAt"), str) or (is_whole and not isinstance(node.get("comments"), dict)):
            raise unreadable(_SERVICE)
        found.about = found.about or dict(node)
        found.whole = found.whole and is_whole
        found.broken_off = found.broken_off or not isinstance(node.get("comments"), dict)
        page = as_dict(node.get("comments"))
        for top in nodes(page):
            replies, all_there = self._replies(top)
            found.comments.append((top, replies))
            found.broken_off = found.broken_off or not all_there
            found.whole = found.whole and all_there
        return following(page)

    def _page(self, query: str, **variables: object) -> tuple[dict[str, Any] | None, bool]:
        """Return a node and whether it is whole, asked for in pages as small as GitHub needs them."""
        while True:
            first, replies = _SIZES[self._size]
            sizes = (
                {"first": first, "replies": replies} if query is queries.COMMENTS else {"first": _REPLIES[self._size]}
            )
            try:
                data, is_whole = self._asking.ask_part(query, rest=self._size + 1 == len(_SIZES), **variables, **sizes)
            except TooMuch:
                if self._size + 1 == len(_SIZES):
                    raise
                self._size += 1
            else:
                node = data.get("node")
                return (None if node is None else as_dict(node)), is_whole

    def _replies(self, top: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        """Return a comment's replies, and whether these are all."""
        page = as_dict(top.get("replies"))
        replies, whole = nodes(page), True
        while (after := following(page)) is not None:
            try:
                node, is_whole = self._page(queries.REPLIES, id=top["id"], after=after)
            except (TooMuch, Refused):
                return replies, False
            page = as_dict(as_dict(node).get("replies"))
            whole = whole and is_whole and bool(page)
            replies += nodes(page)
        return replies, whole
