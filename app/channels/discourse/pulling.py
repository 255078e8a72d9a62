"""What is new on a forum: posts first, then private messages and the review queue, then edits and deletions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from app.base.message import Incoming
from app.channels.base import Page, Refused, TryLater, in_pages
from app.channels.discourse.letters import Letters
from app.channels.discourse.listing import Listing
from app.channels.discourse.posts import Posts, Topic, is_locked, topic_of
from app.channels.discourse.queue import Queue
from app.channels.discourse.reading import as_int, is_gone, posts_of
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, Site
from app.channels.discourse.whispers import Whispers
from app.channels.http.parts import as_dict, dicts

_WINDOW = 50  # posts of a topic asked for at once
_PAGES = 10  # of fifty posts, read in one go after an absence
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
        admin = None if "admin" not in facts else facts["admin"] == "yes"
        self._letters = Letters(site, self._posts, cursor, admin=admin)
        self._queue = Queue(site, self._posts, cursor, me=facts.get("me", ""), moderator=moderator)
        self._reviews = facts.get("reviews", facts.get("staff")) == "yes"
        self._listing = Listing(site, "posts.json", cursor, "last")
        self._whispers = Whispers(site, self._posts, cursor) if facts.get("whispers") == "yes" else None
        self._topics: dict[int, Topic] = {}
        self._reached: dict[int, int] = {}  # the latest topics -> the number of the last post there that we may see
        self._left = _MAX_AGAIN

    def pages(self) -> Iterator[Page]:
        """Yield new posts, private messages and what waits for review, then edits and deletions of recent posts.

        After a long absence, what is between the newest and what was read before comes after these, bit by bit.
        """
        first = self._listing.page()
        if self._reviews:
            self._queue.look()
        top, low = (first[-1]["id"], first[0]["id"]) if first else (0, 0)
        read = self._listing.read
        floor = as_int(self._cursor.get("floor")) or 0 if read else max(0, top - _FIRST_PULL_IDS)
        part = self._listing.newest(first, max(read or floor, top - _MAX_CATCH_UP_IDS), _PAGES)
        present = part.posts + [post for post in first if floor < post["id"] <= (read or floor)]
        yield from self._newest(sorted(present, key=lambda post: int(post["id"])), read or 0, floor)
        if part.why is not None:
            raise part.why
        yield from self._letters.newest()
        if self._reviews:
            yield from self._queue.pages({post["id"] for post in present})
        if self._whispers is not None:
            yield from self._whispers.pages(self._reached, present)
        yield from self._rest()
        yield from self._letters.rest()
        seen = {post["id"] for post in present} | (self._whispers.found if self._whispers else set())
        yield self._again([number for number in self._posts.known if number >= low and number not in seen], low)
        if self._posts.liked:
            yield Page((), {}, reacted=tuple(self._posts.liked.values()))

    def _newest(self, posts: Sequence[dict[str, Any]], read: int, floor: int) -> Iterator[Page]:
        """The newest posts as messages: new ones, and those of the newest page as they are now."""
        self._topics = self._look_at_topics(posts, read)
        rows = self._posts.rows(posts, self._topics, fresh_from=read + 1)
        self._posts.remember(posts)
        yield from in_pages(rows, {**self._listing.cursor(), "floor": str(floor), **self._posts.cursor()})

    def _rest(self) -> Iterator[Page]:
        """What is new, but not newest, after a long absence."""
        if self._listing.has_gap:
            part = self._listing.rest(_PAGES)
            self._posts.remember(part.posts)
            yield from in_pages(self._posts.rows(part.posts), {**self._listing.cursor(), **self._posts.cursor()})
            if part.why is not None:
                raise part.why

    # --- topics

    def _look_at_topics(self, posts: Sequence[Mapping[str, Any]], read: int) -> dict[int, Topic]:
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
                        self._reached[number] = as_int(row.get("highest_post_number")) or 0
        return topics

    # --- what was read before

    def _again(self, missing: Sequence[int], low: int) -> Page:
        """Look for edits and deletions: of posts no longer listed, and of one older topic, these take turns.

        At most five requests, and none where a forum's limit is near: the next pull goes on.
        """
        turn, items = int(self._cursor.get("turn") or 0), list[Incoming]()
        with suppress(TryLater):
            for topic, numbers in self._by_topic(missing).items():
                items += self._topic_again(topic, numbers)
            older = self._by_topic(number for number in self._posts.known if number < low)
            if older and self._may_ask():
                topic = sorted(older)[turn % len(older)]
                turn = (turn + 1) % len(older)
                items += self._topic_again(topic, older[topic][-_WINDOW:])
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

    def _topic_again(self, topic: int, wanted: Sequence[int]) -> list[Incoming]:
        """These posts of a topic as they are now; those that it does not give are asked for one by one."""
        items: list[Incoming] = []
        for begin in range(0, len(wanted), _WINDOW):
            part = wanted[begin : begin + _WINDOW]
            if not self._may_ask():
                break
            posts = self._site.of_topic(topic, part)
            items += self._rows(posts)
            items += self._one_by_one(sorted(set(part) - {post["id"] for post in posts}))
        return items

    def _rows(self, posts: Sequence[Mapping[str, Any]]) -> list[Incoming]:
        rows = self._posts.rows(posts, self._topics)
        for post in posts:
            if is_gone(post):
                self._posts.known.pop(int(post["id"]), None)
        return rows

    def _one_by_one(self, numbers: Iterable[int]) -> list[Incoming]:
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
                items += self._rows(posts_of([answer.json()]))
        return items
