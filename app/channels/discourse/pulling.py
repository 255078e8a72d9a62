"""What is new on a forum: posts first, then private messages and the review queue, then edits and deletions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from app.base.message import Incoming
from app.channels.base import Page, Refused, TryLater
from app.channels.discourse.letters import Letters
from app.channels.discourse.posts import Posts, Topic, is_locked, topic_of
from app.channels.discourse.queue import Queue
from app.channels.discourse.reading import as_int, posts_of
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, Site
from app.channels.http.parts import as_dict, dicts

_WINDOW = 49  # posts.json lists 50 posts below an id: windows of 49 ids cannot miss one
_FIRST_PULL_IDS, _MAX_CATCH_UP_IDS = 2_000, 20_000  # how far to go back: on the first pull, and after an absence
_MAX_TOPICS = 5
_MAX_AGAIN = 5  # requests of a pull for what was read before
_GONE = 410


class Pull:
    """One pull. A forum's limits are kept, and what is new never waits for what is only looked at again."""

    def __init__(self, site: Site, facts: Mapping[str, str], cursor: Mapping[str, str]) -> None:
        """`facts` are the account's, as `check` found them."""
        self._site, self._cursor = site, cursor
        self._posts = Posts(site, cursor)
        moderator = facts.get("moderator", facts.get("staff")) == "yes"
        self._letters = Letters(site, self._posts, cursor, admin=facts.get("admin") == "yes")
        self._queue = Queue(site, self._posts, cursor, me=facts.get("me", ""), moderator=moderator)
        self._reviews = facts.get("reviews", facts.get("staff")) == "yes"
        self._left = _MAX_AGAIN

    def pages(self) -> Iterator[Page]:
        """Yield new posts, private messages, and what waits for review; then edits and deletions of recent posts.

        Post ids ascend across the forum. The newest page nearly always reaches back to the last known id; if not,
        windows are read upwards from there, so that catching up after a long absence can be interrupted and resumed.
        """
        newest = self._latest()
        if self._reviews:
            self._queue.look()
        top = max((post["id"] for post in newest), default=0)
        low = min((post["id"] for post in newest), default=0)
        read = int(self._cursor.get("last") or 0)
        floor = int(self._cursor.get("floor") or 0) if read else max(0, top - _FIRST_PULL_IDS)
        last = max(read or floor, top - _MAX_CATCH_UP_IDS)
        while last + 1 < low:
            window = [post for post in self._latest(last + _WINDOW + 1) if last < post["id"] < low]
            last = min(last + _WINDOW, low - 1)
            rows = self._posts.rows(window)
            self._posts.remember(window)
            yield Page(tuple(rows), {"last": str(last), "floor": str(floor), **self._posts.cursor()})
        present = [post for post in newest if post["id"] > floor]
        topics = self._topics(present, read)
        rows = self._posts.rows(present, topics, fresh_from=read + 1)
        missing = [number for number in self._posts.known if number >= low and number not in {p["id"] for p in newest}]
        self._posts.remember(present)
        yield Page(tuple(rows), {"last": str(max(top, last)), "floor": str(floor), **self._posts.cursor()})
        yield from self._letters.pages()
        if self._reviews:
            yield from self._queue.pages()
        yield self._again(missing, low, topics)

    def _latest(self, before: int = 0) -> list[dict[str, Any]]:
        """Return up to fifty valid posts with ids up to `before`, or the newest ones, oldest first."""
        listed = self._site.get("posts.json", **({"before": before} if before else {})).get("latest_posts")
        return sorted(posts_of(listed), key=lambda post: int(post["id"]))

    # --- topics

    def _topics(self, posts: Sequence[Mapping[str, Any]], read: int) -> dict[int, Topic]:
        """What is known of these posts' topics: which are closed, and how those began that go on with a new post."""
        fresh = {int(post["topic_id"]) for post in posts if post["id"] > read}
        begun = {int(post["topic_id"]) for post in posts if post.get("post_number") == 1}
        topics = self._locked()
        for topic in sorted(fresh - begun, reverse=True)[:_MAX_TOPICS]:
            if self._site.has_room():
                with suppress(TryLater, Refused):
                    about = self._site.about(topic)
                    if about is not None:
                        topics[topic] = topic_of(about)
        return topics

    def _locked(self) -> dict[int, Topic]:
        """Which of the thirty latest topics are closed."""
        topics: dict[int, Topic] = {}
        if self._site.has_room():
            with suppress(TryLater):
                answer = self._site.raw("GET", "latest.json")
                listed = as_dict(as_dict(answer.json()).get("topic_list")) if answer.ok else {}
                for row in dicts(listed.get("topics")):
                    if number := as_int(row.get("id")):
                        topics[number] = Topic(locked=is_locked(row))
        return topics

    # --- what was read before

    def _again(self, missing: Sequence[int], low: int, topics: Mapping[int, Topic]) -> Page:
        """Look for edits and deletions: of posts no longer listed, and of one older topic, these take turns.

        At most five requests, and none where a forum's limit is near: the next pull goes on.
        """
        turn, items = int(self._cursor.get("turn") or 0), list[Incoming]()
        with suppress(TryLater):
            for topic, numbers in self._by_topic(missing).items():
                items += self._topic_again(topic, numbers, topics)
            older = self._by_topic(number for number in self._posts.known if number < low)
            if older and self._may_ask():
                topic = sorted(older)[turn % len(older)]
                turn = (turn + 1) % len(older)
                items += self._topic_again(topic, older[topic][-_WINDOW:], topics)
        return Page(tuple(items), {"turn": str(turn), **self._posts.cursor()})

    def _by_topic(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        topics: dict[int, list[int]] = {}
        for number in numbers:
            topics.setdefault(self._posts.known[number].topic, []).append(number)
        return topics

    def _may_ask(self) -> bool:
        """Whether one more request may be spent on what was read before; counts it."""
        if self._left <= 0 or not self._site.has_room():
            return False
        self._left -= 1
        return True

    def _topic_again(self, topic: int, wanted: Sequence[int], topics: Mapping[int, Topic]) -> list[Incoming]:
        """These posts of a topic as they are now; those that it does not give are asked for one by one."""
        items: list[Incoming] = []
        for begin in range(0, len(wanted), _WINDOW):
            part = wanted[begin : begin + _WINDOW]
            if not self._may_ask():
                break
            posts = self._site.of_topic(topic, part)
            items += self._rows(posts, topics)
            items += self._one_by_one(sorted(set(part) - {post["id"] for post in posts}), topics)
        return items

    def _rows(self, posts: Sequence[Mapping[str, Any]], topics: Mapping[int, Topic]) -> list[Incoming]:
        rows = self._posts.rows(posts, topics)
        for post, row in zip(posts, rows, strict=False):
            if row.gone:
                self._posts.known.pop(int(post["id"]), None)
        return rows

    def _one_by_one(self, numbers: Iterable[int], topics: Mapping[int, Topic]) -> list[Incoming]:
        """Ask for posts that their topic does not show: deleted, moved elsewhere, or no longer for our eyes.

        Only what the forum says is not there is gone; what it only keeps from us is forgotten without a word.
        """
        items: list[Incoming] = []
        for number in numbers:
            if not self._may_ask():
                break
            answer = self._site.raw("GET", f"posts/{number}.json")
            if answer.status in (NOT_FOUND, _GONE):
                items.append(self._posts.gone(number))
            elif answer.status == FORBIDDEN:
                self._posts.known.pop(number, None)
            elif answer.ok:
                items += self._rows(posts_of([answer.json()]), topics)
        return items
