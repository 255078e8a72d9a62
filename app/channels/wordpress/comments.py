"""Requests for a blog's comments: as rows, by id, and as messages with the thread that each is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.base.message import Incoming
from app.base.words import tr
from app.channels.base import TryLater
from app.channels.http import Response
from app.channels.wordpress.rows import FIELDS, host_of, incoming
from app.channels.wordpress.site import Site, problem

PAGE_ROWS = 100
"""Comments on a page: the most that WordPress allows."""
_NOT_FOUND, _GONE = 404, ("rest_comment_invalid_id", "rest_post_invalid_id")
_SERVER_FAILED = 500
_MAX_REQUESTS = 40  # for the comments of a page at which a blog fails; one that fails at many is not read for now
_MAX_AGAIN = 3  # comments of a page that failed before and are tried again
_MAX_DEPTH = 12  # maximum nesting of replies that is followed; WordPress shows at most ten levels


class Comments:
    """The comments of one blog, as a user of it sees them."""

    def __init__(self, site: Site, me: str, *, moderates: bool) -> None:
        """`me` is our user id; `moderates`: whether we see what is held and who wrote it."""
        self._site = site
        self.me, self.moderates = me, moderates
        self.before = ""
        """The host that the blog has moved from, "" if it has not."""
        self.unread: set[int] = set()
        """Comments that the blog fails to show."""
        self._left, self._tried = 0, set[int]()
        self._roots: dict[int, int] = {}

    @property
    def host(self) -> str:
        """The host that user ids belong to."""
        return host_of(self._site.api)

    def ask(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Request; raises one of the four errors for a response that is not 2xx."""
        answer = self._site.raw(method, path, **more)
        if not answer.ok:
            raise problem(answer, writing=bool(more.get("writing")))
        return answer

    def optional(self, method: str, path: str, **more: Any) -> Response | None:  # noqa: ANN401  as Http takes them
        """Request as `ask` does; None where there is no such thing."""
        answer = self._site.raw(method, path, **more)
        if answer.status == _NOT_FOUND:
            return None
        if not answer.ok:
            raise problem(answer, writing=bool(more.get("writing")))
        return answer

    def rows(self, **asked: object) -> tuple[list[dict[str, Any]], Response]:
        """Return the comments of a request and the response; rows that are no comments are left out."""
        answer = self._list(**asked)
        if not answer.ok:
            raise problem(answer, writing=False)
        return self._rows_of(answer), answer

    def _list(self, **asked: object) -> Response:
        seen = {"context": "edit"} if self.moderates else {}
        return self._site.raw("GET", "wp/v2/comments", params={"per_page": PAGE_ROWS, **seen, **asked})

    @staticmethod
    def _rows_of(answer: Response) -> list[dict[str, Any]]:
        rows = answer.json()
        if not isinstance(rows, list):
            msg = tr("{host} didn't return a list of comments.").format(host=answer.host)
            raise TryLater(msg)
        return [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), int)]

    def by_ids(self, numbers: Iterable[int], **asked: object) -> list[dict[str, Any]]:
        """Fetch at most PAGE_ROWS comments by id, whatever their status."""
        return self.rows(**{**self._by_ids(numbers), **asked})[0]

    def _by_ids(self, numbers: Iterable[int]) -> dict[str, object]:
        status = {"status": "any"} if self.moderates else {}
        return {"include": ",".join(map(str, numbers)), "_embed": "up", "_fields": FIELDS, **status}

    # --- what the blog fails at

    def readable(self, **asked: object) -> tuple[list[dict[str, Any]], Response]:
        """As `rows`, whole; but what a blog fails at, as a plugin may fail at one comment, holds up no other.

        Such comments are in `unread`, and of them there is only what a list without words has.
        """
        return self._readable({"_embed": "up", "_fields": FIELDS, **asked})

    def readable_of(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        """The same of at most PAGE_ROWS comments by id, whatever their status."""
        return self._readable(self._by_ids(numbers))[0]

    def _readable(self, wanted: Mapping[str, object]) -> tuple[list[dict[str, Any]], Response]:
        answer = self._list(**wanted)
        if answer.status < _SERVER_FAILED:
            if not answer.ok:
                raise problem(answer, writing=False)
            rows = self._rows_of(answer)
            self.unread -= {row["id"] for row in rows}
            return rows, answer
        asked = {**wanted, "_embed": "", "_fields": "id,parent,date,date_gmt,status"}
        light, told = self.rows(**asked)  # raises for a blog that is down altogether
        ids = [row["id"] for row in light]
        self._left = _MAX_REQUESTS
        found = {row["id"]: row for row in self._each([number for number in ids if number not in self.unread])}
        for number in sorted(self.unread.intersection(ids) - self._tried)[:_MAX_AGAIN]:
            self._tried.add(number)
            self.unread.discard(number)
            found |= {row["id"]: row for row in self._each([number])}
        return [found.get(row["id"], row) for row in light], told

    def _each(self, numbers: list[int]) -> list[dict[str, Any]]:
        """The comments with these ids, in halves and halves of these where the blog fails."""
        if not numbers:
            return []
        self._left -= 1
        answer = self._list(**self._by_ids(numbers))
        if answer.ok:
            return self._rows_of(answer)
        if answer.status < _SERVER_FAILED or self._left < 0:
            raise problem(answer, writing=False)
        if len(numbers) == 1:
            self.unread.update(numbers)
            self._tried.update(numbers)
            return []
        half = len(numbers) // 2
        return self._each(numbers[:half]) + self._each(numbers[half:])

    def is_deleted(self, number: int) -> bool:
        """Whether the blog says that there is no such comment; not if it only may not be shown to us."""
        answer = self._site.raw("GET", f"wp/v2/comments/{number}", params={"_fields": "id"})
        return answer.status == _NOT_FOUND and answer.as_dict().get("code") in _GONE

    def messages(self, rows: list[dict[str, Any]]) -> tuple[Incoming, ...]:
        """Convert rows to messages; those that cannot be read are left out."""
        self._find_roots(rows)
        messages, whose = [], self.host
        for row in rows:
            try:
                root = self._roots.get(row["id"], row["id"])
                messages.append(incoming(row, whose, self.me, root, self.before))
            except (KeyError, TypeError, ValueError, AttributeError):
                continue  # a comment that a plugin has changed must not block the others
        return tuple(messages)

    def _find_roots(self, rows: list[dict[str, Any]]) -> None:
        """Find the first comment of each comment's thread, fetching unknown parents one level at a time."""
        above = {row["id"]: row.get("parent") or 0 for row in rows}
        for _ in range(_MAX_DEPTH):
            missing = {parent for parent in above.values() if parent} - above.keys() - self._roots.keys()
            if not missing:
                break
            for at in range(0, len(missing), PAGE_ROWS):
                asked = sorted(missing)[at : at + PAGE_ROWS]
                above.update(dict.fromkeys(asked, 0))
                parents = self.by_ids(asked, _fields="id,parent", _embed="")
                above.update({row["id"]: row.get("parent") or 0 for row in parents})
        for number in above:
            top = number
            for _ in range(_MAX_DEPTH):
                top = self._roots.get(top) or above.get(top) or top
            self._roots[number] = top
