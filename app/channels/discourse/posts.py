"""Turns a forum's posts into messages, and remembers the recent ones, so that edits and deletions are noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import quote

from app.base.message import Author, Incoming, OwnReaction
from app.base.words import tr
from app.channels.base import Refused, TryLater, taken_away
from app.channels.discourse.likes import told_of
from app.channels.discourse.reading import as_int, flagged, is_gone, is_reported, posts_of, seconds, status_of
from app.channels.discourse.site import QUEUED, WHISPERS, Site
from app.channels.discourse.words import words_of
from app.channels.http.parts import as_dict
from app.mail.robots import AUTOMATIC

SPAM_FLAG = 8  # post_action_types of site.json
_WHISPER = 4
_WRITTEN_TYPES = (1, 2, _WHISPER)  # post_types of site.json: regular, moderator_action, whisper
_RECENT_SECONDS = 3 * 86_400
_MAX_RECENT = 300
_MAX_NAMES = 500
_MAX_PARENTS = 4  # asked for in a pull


class Place(NamedTuple):
    """Where a post stands: its topic, and its number in it, None if it is not known."""

    topic: int
    number: int | None


class Topic(NamedTuple):
    """What is known of a topic: the first words of its opening post, whether it is closed, and when it will be.

    None: not known. `closes` is in Unix seconds, 0 for never.
    """

    opening: str = ""
    locked: bool | None = None
    closes: int | None = None


class Waiting(NamedTuple):
    """What is known of a post that waits for approval.

    `thread` is its conversation ("" for one that begins a topic), `author` who wrote it, `words` their digest.
    """

    thread: str
    author: str
    words: str


class Posts:
    """The posts of one pull. `known` are recent ones by id, kept in the cursor; `liked` what they tell of our likes."""

    def __init__(self, site: Site, cursor: Mapping[str, str]) -> None:
        """`cursor` is the pull's; entries that an older Rapport wrote are read as well."""
        self._site = site
        self.known = dict[int, Place]()
        self.liked: dict[str, OwnReaction] = {}
        for number, place in _object(cursor.get("recent")).items():
            topic, at = place if isinstance(place, list) else (place, None)
            self.known[int(number)] = Place(int(topic), at)
        self._names: dict[str, str] = {name: str(of) for name, of in _object(cursor.get("names")).items()}
        self._parents_left = _MAX_PARENTS
        self._newest = 0  # when the newest post was written
        self.waiting: dict[Waiting, int] = {}
        """Posts that waited for approval when last looked: what each is -> its number in the review queue."""

    def cursor(self) -> dict[str, str]:
        """The cursor entries that keep what is remembered."""
        recent = {number: list(place) for number, place in self.known.items()}
        return {
            "recent": json.dumps(recent, separators=(",", ":")),
            "names": json.dumps(dict(list(self._names.items())[-_MAX_NAMES:]), separators=(",", ":")),
        }

    # --- names

    def remote_id(self, number: int) -> str:
        """The remote id of a post: its id, or the one under which it came in from the review queue."""
        return self._names.get(f"post {number}", str(number))

    def thread(self, topic: int) -> str:
        """The key of a topic's conversation."""
        return self._names.get(f"topic {topic}", str(topic))

    def approved(self, queued: int, post: int, topic: int | None) -> None:
        """From now on a post goes by its place in the review queue, and so does the topic that it began, if any."""
        self._names[f"post {post}"] = f"{QUEUED}{queued}"
        if topic is not None:
            self._names[f"topic {topic}"] = f"{QUEUED}{queued}"

    def _recognize(self, post: Mapping[str, Any]) -> None:
        """Know a new post as one that waited for approval, though the queue could not be asked what became of it."""
        topic = int(post["topic_id"])
        if not self.waiting or f"post {post['id']}" in self._names:
            return
        is_opening = post.get("post_number") == 1
        thread = "" if is_opening else self.thread(topic)
        what = Waiting(thread, self.author(post).key, digest(str(post.get("raw") or "")))
        queued = self.waiting.get(what)
        if queued is not None and self._may_have_become(queued, int(post["id"])):
            del self.waiting[what]
            self.approved(queued, int(post["id"]), topic if is_opening else None)

    def _may_have_become(self, queued: int, post: int) -> bool:
        """Whether what waited may be that post: not if the forum says that it still waits, or is another post."""
        entry: Mapping[str, Any] | None = None
        with suppress(TryLater, Refused):
            entry = self._site.reviewable(f"{QUEUED}{queued}")
        return not entry or (status_of(entry) != "pending" and as_int(entry.get("post_id")) in (None, post))

    # --- remembering

    def remember(self, posts: Iterable[Mapping[str, Any]]) -> None:
        """Remember the recent posts, by the forum's own clock."""
        found = list(posts)
        self._newest = max([self._newest, *(int(post["created_at"]) for post in found)])
        for post in found:
            if post["created_at"] > self._newest - _RECENT_SECONDS:
                self.known[int(post["id"])] = Place(int(post["topic_id"]), as_int(post.get("post_number")))
        self.known = dict(sorted(self.known.items())[-_MAX_RECENT:])

    def gone(self, number: int) -> Incoming:
        """Forget a post that is deleted; its record."""
        self.known.pop(number, None)
        return taken_away(self.remote_id(number))

    # --- messages

    def rows(
        self, posts: Sequence[Mapping[str, Any]], topics: Mapping[int, Topic] | None = None, fresh_from: int = 0
    ) -> list[Incoming]:
        """Convert posts to messages; those that cannot be parsed are skipped.

        `topics` are what is known of their topics. Of posts with an id from `fresh_from` on, the posts that they answer
        are asked for where they are not known; by default of none.
        """
        places = {(place.topic, place.number): number for number, place in self.known.items()}
        places |= {(post["topic_id"], post.get("post_number")): int(post["id"]) for post in posts}
        rows = []
        for post in posts:
            with suppress(KeyError, TypeError, ValueError):
                if post.get("post_type", 1) in _WRITTEN_TYPES:
                    is_fresh = 0 < fresh_from <= int(post["id"])
                    if is_fresh:
                        self._recognize(post)
                    parent = self._parent(post, places, ask=is_fresh)
                    if (liked := told_of(post)) is not None:
                        number = self.remote_id(int(post["id"]))
                        self.liked[number] = liked._replace(remote_id=number)
                    rows.append(self.incoming(post, parent, (topics or {}).get(int(post["topic_id"]), Topic())))
        return rows

    def _parent(self, post: Mapping[str, Any], places: dict[tuple[int, int | None], int], *, ask: bool) -> str:
        """The remote id of the post that this one answers; "" for none, or one that cannot be found."""
        at = (int(post["topic_id"]), as_int(post.get("reply_to_post_number")))
        if at[1] is None:
            return ""
        if at not in places and ask and self._parents_left and self._site.has_room():
            self._parents_left -= 1
            with suppress(TryLater):
                answer = self._site.raw("GET", f"posts/by_number/{at[0]}/{at[1]}.json")
                for found in posts_of([answer.json()]) if answer.ok else ():
                    places[at] = int(found["id"])
        return self.remote_id(places[at]) if at in places else ""

    def incoming(self, post: Mapping[str, Any], parent: str, topic: Topic) -> Incoming:
        """The message that a post is. `parent` is the remote id of what it answers."""
        number, page = int(post["id"]), self._site.page_of(post)
        # non-moderators receive a notice in place of a hidden post's text: it must not replace the text we have
        veiled = bool(post.get("hidden") and not post.get("raw"))
        title, private = str(post.get("topic_title") or ""), bool(post.get("private"))
        item = Incoming(
            remote_id=self.remote_id(number),
            at=int(post["created_at"]),
            text="" if veiled and number in self.known else words_of(post, self._site.server),
            author=self.author(post),
            out=bool(post.get("yours")),
            thread=self.thread(int(post["topic_id"])),
            parent=parent,
            title=title,
            post_title="" if private else title,
            post_url="" if private else page,
            post_text="" if private or post.get("post_number") == 1 else topic.opening,
            url=f"{page}/{post.get('post_number', 1)}",
            public=not private,
            kind="unreadable" if veiled else "said",
            gone=is_gone(post),
            upstream=_upstream(post),
            solution=bool(post.get("accepted_answer")),
            locked=topic.locked,
            closes_at=topic.closes,
        )
        if is_by_program(post):
            item = item._replace(quiet=AUTOMATIC, person=False)
        return self._whispered(item, post) if is_whisper(post) else item

    def _whispered(self, item: Incoming, post: Mapping[str, Any]) -> Incoming:
        """The message that a whisper is: private, in the conversation of its topic's whispers, linked to the topic's.

        Among the topic's own messages an answer to it could be read by all.
        """
        topic = int(post["topic_id"])
        return item._replace(
            thread=f"{WHISPERS}{topic}", about=self.thread(topic), public=False, locked=None,
            closes_at=None, post_title="",
            post_url="", post_text="", title=tr("Whispers: {title}").format(title=item.title),
        )  # fmt: skip

    def author(self, row: Mapping[str, Any]) -> Author:
        """Who wrote a post; somebody whose account was deleted is nobody else's namesake."""
        handle = str(row.get("username") or "")
        if not handle:
            return Author(self._site.author_key(f"left {row['id']}"), tr("deleted user"), tr("deleted user"))
        key = self._site.author_key(row.get("user_id") or handle)
        return Author(key, f"@{handle}", str(row.get("name") or handle), f"{self._site.server}/u/{quote(handle)}")


def digest(raw: str) -> str:
    """A short fingerprint of a post's words as they were typed."""
    return hashlib.sha256(" ".join(raw.split()).encode("utf-8", "replace")).hexdigest()[:16]


def topic_of(about: Mapping[str, Any]) -> Topic:
    """What a topic's own answer says of it."""
    opening = ""
    for post in posts_of(as_dict(about.get("post_stream")).get("posts")):
        if post.get("post_number") == 1:
            opening = words_of(post)[:500]
    return Topic(opening, is_locked(about), closes_at(about))


def closes_at(about: Mapping[str, Any]) -> int:
    """When a topic's timer closes it (Unix seconds), 0 for never: app/serializers/topic_timer_serializer.rb."""
    timer = as_dict(about.get("topic_timer"))
    due = timer.get("execute_at") if timer.get("status_type") in ("close", "silent_close") else None
    with suppress(ValueError):
        return seconds(due) if due else 0
    return 0


def is_locked(topic: Mapping[str, Any]) -> bool | None:
    """Whether nobody can write in a topic any more; None if it does not say."""
    return bool(topic.get("closed") or topic.get("archived")) if "closed" in topic else None


def is_whisper(post: Mapping[str, Any]) -> bool:
    """Whether only the staff, and others who are let in on whispers, see a post."""
    return post.get("post_type") == _WHISPER


def is_by_program(post: Mapping[str, Any]) -> bool:
    """Whether the forum itself or a bot wrote a post: their user ids are below zero (app/models/user.rb, human_users).

    It can be asked no more than answered, whomever it names.
    """
    number = post.get("user_id")
    return isinstance(number, int) and number < 0


def _upstream(post: Mapping[str, Any]) -> str:
    if is_reported(post):
        return "reported"
    return ("spam" if flagged(post, SPAM_FLAG) else "hidden") if post.get("hidden") else ""


def _object(text: str | None) -> dict[str, Any]:
    with suppress(ValueError):
        return as_dict(json.loads(text or "{}"))
    return {}
