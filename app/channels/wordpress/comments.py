"""Requests for a blog's comments: as rows, by id, and as messages with the thread that each is in."""

from __future__ import annotations

from collections.abc import Iterable
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
_MAX_DEPTH = 12  # maximum nesting of replies that is followed; WordPress shows at most ten levels


class Comments:
    """The comments of one blog, as a user of it sees them."""

    def __init__(self, site: Site, me: str, *, moderates: bool) -> None:
        """`me` is our user id; `moderates`: whether we see what is held and who wrote it."""
        self._site = site
        self.me, self.moderates = me, moderates
        self.before = ""
        """The host that the blog has moved from, "" if it has not."""
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
        seen = {"context": "edit"} if self.moderates else {}
        answer = self.ask("GET", "wp/v2/comments", params={"per_page": PAGE_ROWS, **seen, **asked})
        rows = answer.json()
        if not isinstance(rows, list):
            msg = tr("{host} didn't return a list of comments.").format(host=answer.host)
            raise TryLater(msg)
        return [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), int)], answer

    def by_ids(self, numbers: Iterable[int], **asked: object) -> list[dict[str, Any]]:
        """Fetch at most PAGE_ROWS comments by id, whatever their status."""
        status = {"status": "any"} if self.moderates else {}
        include = ",".join(map(str, numbers))
        return self.rows(**{"include": include, "_embed": "up", "_fields": FIELDS, **status, **asked})[0]

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
