"""Private messages: those with us, and those of groups that we are in.

`private-posts.json` lists the fifty newest posts below an id. An administrator gets everybody's there
(lib/latest_posts_query.rb of discourse/discourse), so what is ours is told by the lists of our own inboxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import quote

from app.base.message import Incoming
from app.base.words import N_, tr
from app.channels.base import Page, TryLater, in_pages
from app.channels.discourse.posts import Posts
from app.channels.discourse.reading import as_int, posts_of, raise_for
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, Site
from app.channels.http.parts import as_dict, dicts

_PAGE_POSTS = 50
_FIRST_PAGES, _MAX_PAGES = 3, 10  # read in one go: on the first pull, and after an absence
_MAX_GROUPS = 10
NOT_READABLE = N_(
    "{host} doesn't let this key read private messages, so Rapport can't show them. Create a key with every scope."
)


class _Read(NamedTuple):
    """Posts that were read downwards, and the lowest id that was reached; `why` it stopped short of the end, if so."""

    posts: list[dict[str, Any]]
    low: int
    is_whole: bool
    why: TryLater | None = None


class Letters:
    """The private messages of one pull."""

    def __init__(self, site: Site, posts: Posts, cursor: Mapping[str, str], *, admin: bool) -> None:
        """`admin`: we get everybody's private messages, so ours have to be told from theirs."""
        self._site, self._posts, self._admin = site, posts, admin
        self._last = as_int(cursor.get("letters"))
        low, _, base = cursor.get("letters gap", "").partition(":")
        self._gap = (int(low), int(base)) if as_int(low) is not None and as_int(base) is not None else None
        self._own: set[int] | None = None

    def pages(self) -> Iterator[Page]:
        """Yield what is new, and then what an earlier pull could not finish.

        Raises TryLater after what could be read.
        """
        answer = self._site.raw("GET", "private-posts.json")
        if answer.status in (FORBIDDEN, NOT_FOUND):
            yield Page((), {}, trouble=tr(NOT_READABLE).format(host=answer.host))
            return
        raise_for(answer)
        first = _posts(as_dict(answer.json()))
        top = max((post["id"] for post in first), default=self._last or 0)
        base = self._last or 0
        found = self._down(first, base, _MAX_PAGES if self._last is not None else _FIRST_PAGES)
        if self._last is None and found.why is not None:
            raise found.why
        if not found.is_whole and self._last is not None:
            self._gap = (found.low, self._gap[1] if self._gap else base)
        yield from in_pages(self._rows(found.posts), {"letters": str(max(top, base)), **self._gap_entry()})
        if found.why is not None:
            raise found.why
        if self._gap is not None and found.is_whole:
            low, base = self._gap
            more = self._down([], base, _MAX_PAGES, low)
            self._gap = None if more.is_whole else (more.low, base)
            yield from in_pages(self._rows(more.posts), self._gap_entry())
            if more.why is not None:
                raise more.why

    def _gap_entry(self) -> dict[str, str]:
        return {"letters gap": f"{self._gap[0]}:{self._gap[1]}" if self._gap else ""}

    def _down(self, first: list[dict[str, Any]], base: int, most: int, low: int = 0) -> _Read:
        """Read page after page downwards until `base`; `first` is the first of them, or else it begins below `low`."""
        posts = [post for post in first if post["id"] > base]
        if first:
            low = min(post["id"] for post in first)
            most -= 1
            if low <= base or len(first) < _PAGE_POSTS:
                return _Read(posts, low, is_whole=True)
        elif not low:
            return _Read([], 0, is_whole=True)
        for _ in range(most):
            try:
                page = _posts(self._site.get("private-posts.json", before=low))
            except TryLater as why:
                return _Read(posts, low, is_whole=False, why=why)
            posts += [post for post in page if post["id"] > base]
            if len(page) < _PAGE_POSTS or min(post["id"] for post in page) <= base:
                return _Read(posts, base, is_whole=True)
            low = min(post["id"] for post in page)
        return _Read(posts, low, is_whole=False)

    def _rows(self, posts: list[dict[str, Any]]) -> list[Incoming]:
        """The messages among these posts that are for us, oldest first."""
        if posts and self._admin:
            own = self._own_topics()
            posts = [post for post in posts if post["topic_id"] in own]
        rows = [{**post, "private": True} for post in sorted(posts, key=lambda post: int(post["id"]))]
        return self._posts.rows(rows, fresh_from=1)

    def _own_topics(self) -> set[int]:
        """The ids of the latest private messages with us, and with groups of ours that have an inbox."""
        if self._own is None:
            me = quote(self._site.name())
            lists = [f"topics/private-messages/{me}.json", f"topics/private-messages-sent/{me}.json"]
            groups = [str(group.get("name")) for group in dicts(self._site.me().get("groups"))
                      if group.get("has_messages", True) and group.get("name")]  # fmt: skip
            lists += [f"topics/private-messages-group/{me}/{quote(group)}.json" for group in groups[:_MAX_GROUPS]]
            self._own = set()
            for path in lists:
                answer = self._site.raw("GET", path)
                if answer.status not in (FORBIDDEN, NOT_FOUND):  # a group that has no inbox
                    raise_for(answer)
                    topics = dicts(as_dict(as_dict(answer.json()).get("topic_list")).get("topics"))
                    self._own |= {number for topic in topics if (number := as_int(topic.get("id")))}
        return self._own


def _posts(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    with suppress(TypeError):
        return posts_of(answer.get("private_posts"))
    return []
