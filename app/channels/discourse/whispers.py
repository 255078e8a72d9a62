"""Whispers: posts in a topic that only the staff see, and others who are let in on them.

No list has those in public topics. The list of the latest topics tells how far each has come, counting whispers for
those who see them (app/serializers/listable_topic_serializer.rb of discourse/discourse); what is missing among the
posts that came in is asked for. Those in private messages are among the others there (lib/latest_posts_query.rb).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from app.channels.base import Page, Refused, TryLater
from app.channels.discourse.posts import Posts, is_whisper
from app.channels.discourse.reading import as_int
from app.channels.discourse.site import Site
from app.channels.http.parts import as_dict

_MAX_TOPICS = 2  # asked for in a pull
_MAX_KEPT = 100  # topics
_MAX_SPAN = 1_000  # posts of a topic that are looked for at once, whatever a forum says that it has


class Whispers:
    """What is whispered in the latest topics, in one pull."""

    def __init__(self, site: Site, posts: Posts, cursor: Mapping[str, str]) -> None:
        """`cursor` is the pull's: it has how far each topic was read."""
        self._site, self._posts = site, posts
        self.found: set[int] = set()
        """The ids of the whispers that this pull has handed in."""
        self._read: dict[int, int] = {}
        with suppress(ValueError):
            kept = as_dict(json.loads(cursor.get("whispers") or "{}"))
            self._read = {int(topic): at for topic, at in kept.items() if isinstance(at, int)}

    def pages(self, listed: Mapping[int, int], come: Sequence[Mapping[str, Any]]) -> Iterator[Page]:
        """Yield new whispers, where there is room for asking.

        `listed` are the latest topics with how far each has come, `come` the posts that this pull has brought.
        """
        here: dict[int, set[int]] = {}
        for post in come:
            here.setdefault(int(post["topic_id"]), set()).add(post.get("post_number") or 0)
        left, found = _MAX_TOPICS, list[dict[str, Any]]()
        for topic, highest in listed.items():
            low = self._read.pop(topic, None)
            if low is None:  # met for the first time: from what is new there on
                low = min(here[topic]) - 1 if topic in here else highest
            self._read[topic] = low  # behind those that are no longer among the latest
            end = min(highest, low + _MAX_SPAN)
            missing = sorted(set(range(low + 1, end + 1)) - here.get(topic, set()))
            if not missing:
                self._read[topic] = end
            elif left and self._site.has_room():
                left -= 1
                with suppress(TryLater, Refused):
                    found += self._new(topic, missing)
        found.sort(key=lambda post: int(post["id"]))
        self.found = {int(post["id"]) for post in found}
        self._posts.remember(found)
        kept = dict(list(self._read.items())[-_MAX_KEPT:])
        yield Page(tuple(self._posts.rows(found)), {"whispers": json.dumps(kept), **self._posts.cursor()})

    def _new(self, topic: int, missing: Sequence[int]) -> list[dict[str, Any]]:
        """The whispers among these posts, with as many of the topic as a forum gives around the first of them."""
        posts = self._site.around(topic, missing[0])
        reached = max((as_int(post.get("post_number")) or 0 for post in posts), default=missing[-1])
        self._read[topic] = missing[-1] if reached >= missing[-1] else max(reached, missing[0])
        return [post for post in posts if is_whisper(post) and post.get("post_number") in missing]
