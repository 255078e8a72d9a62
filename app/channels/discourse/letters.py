"""Private messages: those with us, and those of groups that we are in.

`private-posts.json` lists the fifty newest posts below an id. An administrator gets everybody's there
(lib/latest_posts_query.rb of discourse/discourse), so what is ours is told by the lists of our own inboxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from app.base.message import Incoming
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Page, Refused, in_pages
from app.channels.discourse.listing import Listing
from app.channels.discourse.posts import Posts
from app.channels.discourse.reading import as_int, raise_for
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, Site
from app.channels.http.parts import as_dict, dicts

_PAGES = 10  # read in one go, after an absence
_MAX_GROUPS = 10
NO_LETTERS = N_(
    "{host} doesn't let this key read private messages, so Rapport can't show them. Create a key with every scope."
)


class Letters:
    """The private messages of one pull."""

    def __init__(self, site: Site, posts: Posts, cursor: Mapping[str, str], *, admin: bool | None) -> None:
        """`admin`: we get everybody's private messages, so ours have to be told from theirs.

        None: an older Rapport did not note whether we do, so the forum is asked.
        """
        self._site, self._posts, self._admin = site, posts, admin
        self._listing = Listing(site, "private-posts.json", cursor, "letters")
        self._own: set[int] | None = None
        self._can_read = True

    def newest(self) -> Iterator[Page]:
        """Yield what is new. Raises TryLater after what could be read."""
        try:
            first = self._listing.page()
        except (AuthNeeded, Refused):  # a key without that scope; the posts were read with it before
            self._can_read = False
            yield Page((), {}, trouble=tr(NO_LETTERS).format(host=self._site.host))
            return
        if self._admin is None and first:
            self._admin = bool(self._site.me().get("admin"))
        base = self._listing.read
        if base is None:
            base = min((int(post["id"]) - 1 for post in first), default=0)
        part = self._listing.newest(first, base, _PAGES)
        known = [] if self._admin and not part.posts else [post for post in first if post["id"] <= base]
        yield from in_pages(self._rows([*known, *part.posts], base), self._listing.cursor())
        if part.why is not None:
            raise part.why

    def rest(self) -> Iterator[Page]:
        """Yield what earlier pulls could not finish. Raises TryLater after what could be read."""
        if self._can_read and self._listing.has_gap:
            part = self._listing.rest(_PAGES)
            yield from in_pages(self._rows(part.posts), self._listing.cursor())
            if part.why is not None:
                raise part.why

    def _rows(self, posts: list[dict[str, Any]], base: int = 0) -> list[Incoming]:
        """The messages among these posts that are for us, oldest first; those above `base` are new."""
        if posts and self._admin:
            own = self._own_topics()
            posts = [post for post in posts if post["topic_id"] in own]
        rows = [{**post, "private": True} for post in sorted(posts, key=lambda post: int(post["id"]))]
        return self._posts.rows(rows, fresh_from=base + 1)

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
