"""A session with one API key on one forum."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from app.base import clock
from app.base.message import Author, Incoming, OwnReaction, Reaction, Reply, Target
from app.base.text import folded_words
from app.base.words import N_, tr
from app.channels.base import (
    DELETE,
    HIDE,
    SHOW,
    SPAM,
    AuthNeeded,
    Found,
    Page,
    Refused,
    Sent,
    TryLater,
    UnknownOutcome,
    in_pages,
    taken_away,
)
from app.channels.discourse.likes import is_liked, like, told_of, unlike
from app.channels.discourse.reading import (
    as_int,
    flagged,
    numbers,
    posts_of,
    raise_for,
    seconds,
    typed,
    words_of,
)
from app.channels.http import Http, Response
from app.channels.http.parts import as_dict, dicts
from app.channels.http.shape import unreadable

_OFF_TOPIC, _INAPPROPRIATE, _SPAM = 3, 4, 8  # post_action_types of site.json
_PRIVATE_MESSAGE = 6  # notification_types of site.json
_WRITTEN_TYPES = (1, 2)  # post_types of site.json: regular, moderator_action
_WINDOW = 49  # posts.json lists 50 posts below an id: windows of 49 ids cannot miss one
_FIRST_PULL_IDS, _MAX_CATCH_UP_IDS = 2_000, 20_000  # how far to go back: on the first pull, and after an absence
_RECENT_SECONDS = 3 * 86_400
_MAX_RECENT = 300
_MAX_REFETCHED = 10
_MAX_TOPICS = 5
_CLOCK_SLACK_SECONDS = 120
_NO_KEY = N_(
    "{host} doesn't accept this key. Under Admin > Advanced > API keys, create one for a "
    "single user with every scope, and enter it with that user's name."
)
_NOT_ALLOWED = N_("{host} doesn't let this login do that. Only a moderator of the forum can.")


class DiscourseSession:
    """A session with one API key on one forum."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the API key; connects on the first call."""
        server = fields.get("server", "").strip().rstrip("/")
        self._server = server if "//" in server else f"https://{server}"
        login, key = fields.get("login", "").strip().removeprefix("@"), secrets.get("key", "").strip()
        self._headers = {"Api-Key": key, "Api-Username": login} if login else {"User-Api-Key": key}
        self._http = Http(self._server, {**self._headers, "Accept": "application/json"})
        self._known: dict[int, int] = {}
        self._liked: dict[str, OwnReaction] = {}  # what the posts of this pull say of our likes

    def _ask(self, method: str, path: str, *, forbidden: str = _NO_KEY, **more: Any) -> Response:  # noqa: ANN401  as Http takes them
        """Return a 2xx response, else raise; `forbidden` is the sentence for a 403."""
        answer = self._http.raw(method, path, **more)
        if answer.status == 403:  # noqa: PLR2004  "invalid_access"
            raise (AuthNeeded if forbidden == _NO_KEY else Refused)(tr(forbidden).format(host=answer.host))
        raise_for(answer, writing=bool(more.get("writing")))
        return answer

    def _get(self, path: str, **params: object) -> dict[str, Any]:
        return as_dict(self._ask("GET", path, params=params).json())

    # --- logging in

    def check(self) -> Found:
        """Return who we are, whether we can moderate, and the maximum length of a post."""
        self._is_forum()
        me = as_dict(self._get("session/current.json").get("current_user"))
        if not me.get("id"):
            raise AuthNeeded(tr(_NO_KEY).format(host=self._http.host))
        staff = bool(me.get("moderator") or me.get("admin"))
        facts = {"me": str(me["id"]), "staff": "yes" if staff else ""}
        with suppress(Refused, TryLater, AuthNeeded):  # a key with few scopes may not read the settings
            most = as_int(self._get("site/settings.json").get("max_post_length"))
            facts |= {"limit": str(most)} if most else {}
        sentence = tr("@{name} is connected to {host}, but can't moderate.")
        if staff:
            sentence = tr("@{name} is connected to {host}, and can moderate.")
        sentence = sentence.format(name=me.get("username"), host=self._http.host)
        return Found(sentence, own=(self._author_key(me["id"]),), facts=facts)

    def _is_forum(self) -> None:
        """Raise Refused if this is no Discourse forum. Called without the key, as a wrong one is refused even here."""
        answer = self._http.raw("GET", "site/basic-info.json", headers=dict.fromkeys(self._headers, ""))
        with suppress(TryLater):
            if answer.ok and "title" in as_dict(answer.json()):
                return
        if answer.ok or answer.status == 404:  # noqa: PLR2004  "Not Found"
            msg = tr("{host} isn't a Discourse forum. Enter the address of the forum's home page.").format(
                host=answer.host
            )
            raise Refused(msg)
        raise_for(answer)

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new posts, then edits and deletions of posts younger than three days, one topic of these per pull.

        Post ids ascend across the forum. The newest page nearly always reaches back to the last known id; if not,
        windows are read upwards from there, so that catching up after a long absence can be interrupted and resumed.
        """
        self._known = {int(number): topic for number, topic in json.loads(cursor.get("recent") or "{}").items()}
        newest = self._latest()
        top = max((post["id"] for post in newest), default=0)
        low = min((post["id"] for post in newest), default=0)
        read = int(cursor.get("last") or 0)
        floor = int(cursor.get("floor") or 0) if read else max(0, top - _FIRST_PULL_IDS)
        last = max(read or floor, top - _MAX_CATCH_UP_IDS)
        while last + 1 < low:
            window = [post for post in self._latest(last + _WINDOW + 1) if last < post["id"] < low]
            last = min(last + _WINDOW, low - 1)
            rows = self._rows(window)
            self._remember(window)
            yield Page(tuple(rows), {"last": str(last), "recent": self._recent_json(), "floor": str(floor)})
        page = self._last_page([post for post in newest if post["id"] > floor], low, cursor)
        yield Page(page.items, {**page.cursor, "last": str(max(top, last)), "floor": str(floor)})
        note, letters = self._private(int(cursor.get("note") or 0))
        yield from in_pages(letters, {"note": str(note)})
        if self._liked:
            yield Page((), {}, reacted=tuple(self._liked.values()))

    def _last_page(self, newest: Sequence[dict[str, Any]], low: int, cursor: dict[str, str]) -> Page:
        """Return the newest posts, with edits and deletions of other recent ones."""
        last = int(cursor.get("last") or 0)
        openings = self._openings([post for post in newest if post["id"] > last])
        rows = self._rows(newest, openings)
        present = {post["id"] for post in newest}
        missing = [number for number in self._known if number >= low and number not in present]
        rows += self._refetch(missing)
        turn, again = self._recheck_older(low, int(cursor.get("turn") or 0))
        self._remember(newest)
        return Page((*rows, *again), {"recent": self._recent_json(), "turn": str(turn)})

    def _latest(self, before: int = 0) -> list[dict[str, Any]]:
        """Return up to fifty valid posts with ids up to `before`, or the newest ones, oldest first."""
        listed = self._get("posts.json", **({"before": before} if before else {})).get("latest_posts")
        return sorted(posts_of(listed), key=lambda post: int(post["id"]))

    def _remember(self, posts: Iterable[Mapping[str, Any]]) -> None:
        """Remember the recent posts, by the forum's own clock."""
        times = {int(post["id"]): int(post["created_at"]) for post in posts}
        newest = max(times.values(), default=0)
        topics = {int(post["id"]): int(post["topic_id"]) for post in posts}
        self._known |= {number: topics[number] for number, at in times.items() if at > newest - _RECENT_SECONDS}
        self._known = dict(sorted(self._known.items())[-_MAX_RECENT:])

    def _recent_json(self) -> str:
        return json.dumps(self._known, separators=(",", ":"))

    def _refetch(self, numbers: Iterable[int]) -> list[Incoming]:
        """Fetch posts that are no longer listed: they are deleted, or only moved out of the list."""
        messages = []
        for number in list(numbers)[:_MAX_REFETCHED]:
            post = self._post(str(number))
            if post is None or post.get("deleted_at"):
                messages.append(taken_away(str(number)))
                self._known.pop(number, None)
            else:
                messages += self._rows([post])
        return messages

    def _recheck_older(self, low: int, turn: int) -> tuple[int, list[Incoming]]:
        """Fetch the recent posts of one topic that are not on the newest page again; returns (next turn, messages)."""
        topics: dict[int, list[int]] = {}
        for number, topic in self._known.items():
            if number < low:
                topics.setdefault(topic, []).append(number)
        if not topics:
            return 0, []
        topic = sorted(topics)[turn % len(topics)]
        wanted = topics[topic][-_WINDOW:]
        posts = self._of_topic(topic, wanted)
        missing = set(wanted) - {post["id"] for post in posts}
        return (turn + 1) % len(topics), [*self._rows(posts), *self._refetch(sorted(missing))]

    def _of_topic(self, topic: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
        answer = self._http.raw("GET", f"t/{topic}/posts.json", params={"post_ids[]": numbers, "include_raw": "true"})
        if answer.status in (403, 404, 410):  # the whole topic is deleted, or hidden from us
            return []
        raise_for(answer)
        return posts_of(as_dict(as_dict(answer.json()).get("post_stream")).get("posts"))

    def _openings(self, posts: Iterable[Mapping[str, Any]]) -> dict[int, str]:
        """Return the first 500 characters of the opening post by topic, for up to five topics without it in `posts`."""
        wanted = {int(post["topic_id"]) for post in posts} - {
            int(post["topic_id"]) for post in posts if post.get("post_number") == 1
        }
        openings = {}
        for topic in sorted(wanted, reverse=True)[:_MAX_TOPICS]:
            answer = self._http.raw("GET", f"t/{topic}.json", params={"include_raw": "true"})
            if answer.ok:
                stream = as_dict(as_dict(answer.json()).get("post_stream"))
                opening = next((post for post in posts_of(stream.get("posts")) if post.get("post_number") == 1), None)
                openings[topic] = words_of(opening)[:500] if opening else ""
        return openings

    def _private(self, note: int) -> tuple[int, list[Incoming]]:
        """Return private messages with a newer notification than `note`, of up to five topics, and the new `note`."""
        answer = self._http.raw("GET", "notifications.json")
        if not answer.ok:
            if answer.status not in (403, 404):  # a key with few scopes
                raise_for(answer)
            return note, []
        notified = sorted(
            (int(notice["id"]), int(notice["topic_id"]))
            for notice in dicts(as_dict(answer.json()).get("notifications"))
            if notice.get("notification_type") == _PRIVATE_MESSAGE
            and as_int(notice.get("topic_id"))
            and (as_int(notice.get("id")) or 0) > note
        )
        topics: dict[int, int] = {}
        for number, topic in notified:
            if topic in topics or len(topics) < _MAX_TOPICS:
                topics[topic] = note = number
        return note, [row for topic in topics for row in self._private_topic(topic)]

    def _private_topic(self, topic: int) -> list[Incoming]:
        answer = self._http.raw("GET", f"t/{topic}.json")
        if answer.status in (403, 404, 410):
            return []
        raise_for(answer)
        about = as_dict(answer.json())
        posts = self._of_topic(topic, numbers(as_dict(about.get("post_stream")).get("stream"))[-_WINDOW:])
        title = {"topic_title": about.get("title", ""), "private": True}
        return self._rows([{**post, **title} for post in posts])

    def _rows(self, posts: Sequence[Mapping[str, Any]], openings: Mapping[int, str] | None = None) -> list[Incoming]:
        """Convert posts to messages; those that cannot be parsed are skipped."""
        ids_by_number = {(post["topic_id"], post.get("post_number")): str(post["id"]) for post in posts}
        rows = []
        for post in posts:
            with suppress(KeyError, TypeError, ValueError):
                if post.get("post_type", 1) in _WRITTEN_TYPES:
                    if (liked := told_of(post)) is not None:
                        self._liked[liked.remote_id] = liked
                    parent = ids_by_number.get((post["topic_id"], as_int(post.get("reply_to_post_number"))), "")
                    rows.append(self._incoming(post, parent, (openings or {}).get(int(post["topic_id"]), "")))
        return rows

    def _incoming(self, post: Mapping[str, Any], parent: str, opening: str) -> Incoming:
        number, topic = int(post["id"]), int(post["topic_id"])
        page = f"{self._server}/t/{quote(str(post.get('topic_slug') or '-'))}/{topic}"
        # non-moderators receive a notice in place of a hidden post's text: it must not replace the text we have
        veiled = bool(post.get("hidden") and not post.get("raw"))
        title, private = str(post.get("topic_title") or ""), bool(post.get("private"))
        return Incoming(
            remote_id=str(number),
            at=int(post["created_at"]),
            text="" if veiled and number in self._known else words_of(post),
            author=self._author(post),
            out=bool(post.get("yours")),
            thread=str(topic),
            parent=parent,
            title=title,
            post_title="" if private else title,
            post_url="" if private else page,
            post_text="" if private or post.get("post_number") == 1 else opening,
            url=f"{page}/{post.get('post_number', 1)}",
            public=not private,
            kind="unreadable" if veiled else "said",
            gone=bool(post.get("deleted_at") or post.get("user_deleted")),
            upstream=("spam" if flagged(post, _SPAM) else "hidden") if post.get("hidden") else "",
        )

    def _author_key(self, number: object) -> str:
        """Return a key with the host, because user ids are only unique within a forum."""
        return f"{self._http.host}/{number}"

    def _author(self, post: Mapping[str, Any]) -> Author:
        handle = str(post.get("username") or "deleted")
        key = self._author_key(post.get("user_id") or post.get("username") or f"left {post['id']}")
        return Author(key, f"@{handle}", str(post.get("name") or handle), f"{self._server}/u/{quote(handle)}")

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the topic, to the parent post; without a topic, begin a private message."""
        body = self._reply_body(reply) if reply.thread else _message_body(reply)
        answer = self._http.raw("POST", "posts.json", json=body, writing=True)
        if answer.status == 403:  # noqa: PLR2004  for this topic or member only, unless the next call raises AuthNeeded
            self._get("session/current.json")
        if answer.status == 422 and reply.tried:  # noqa: PLR2004  "Body is too similar to what you recently posted"
            there = self._find_similar(reply, answer.host)
            if there is not None:
                return there
        raise_for(answer, writing=True)
        return self._parse_created(answer, begins=not reply.thread)

    def _reply_body(self, reply: Reply) -> dict[str, object]:
        topic, number = int(reply.thread), None
        answered = self._post(reply.parent) if reply.parent else None
        if answered:
            topic, number = int(answered["topic_id"]), answered.get("post_number")
        body: dict[str, object] = {"topic_id": topic, "raw": typed(reply.text)}
        if number and number != 1:
            body["reply_to_post_number"] = number
        return body

    def _find_similar(self, reply: Reply, host: str) -> Sent | None:
        """Find the post that the forum calls too similar; raises UnknownOutcome if it cannot be listed right now.

        Not TryLater: a later retry would be accepted and posted twice.
        """
        try:
            return self.find_sent(reply)
        except TryLater:
            msg = tr("{host} already has a post like this, but doesn't show it right now.").format(host=host)
            raise UnknownOutcome(msg) from None

    def _parse_created(self, answer: Response, *, begins: bool) -> Sent:
        try:
            made = as_dict(answer.json())
            if made.get("action") == "enqueued":  # awaits approval, and has no id until then
                return Sent("")
            page = f"{self._server}/t/{quote(str(made.get('topic_slug') or '-'))}/{made['topic_id']}"
            thread = str(made["topic_id"]) if begins else ""
            return Sent(str(made["id"]), f"{page}/{made['post_number']}", seconds(made["created_at"]), thread)
        except (TryLater, KeyError, ValueError):
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=answer.host)
            raise UnknownOutcome(msg) from None

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for the text among our posts in the topic since then, and among those awaiting approval."""
        if not reply.thread:
            return self._find_begun(reply)
        answer = self._http.raw("GET", f"t/{int(reply.thread)}.json")
        raise_for(answer)
        stream = numbers(as_dict(as_dict(answer.json()).get("post_stream")).get("stream"))
        if not stream:  # topics of more than 10,000 posts list none
            msg = tr(
                "{host} doesn't list the posts of such a long topic. Check there, then say whether it arrived."
            ).format(host=answer.host)
            raise UnknownOutcome(msg)
        since, text = reply.at + answer.ahead(clock.now()) - _CLOCK_SLACK_SECONDS, folded_words(typed(reply.text))
        for high in range(len(stream), 0, -_WINDOW):  # the latest first, back to the time of the reply
            posts = self._of_topic(int(reply.thread), stream[max(0, high - _WINDOW) : high])
            for post in posts:
                young, raw = int(post["created_at"]) >= since, str(post.get("raw") or "")
                if young and post.get("yours") and folded_words(raw) == text:
                    return Sent(str(post["id"]), at=int(post["created_at"]))
            if any(post["created_at"] < since for post in posts):
                break
        return self._find_pending(reply, text)

    def _find_begun(self, reply: Reply) -> Sent | None:
        """Look for a private message with this title and text among those that we sent since then."""
        me = self._own_name()
        answer = self._http.raw("GET", f"topics/private-messages-sent/{quote(me)}.json")
        raise_for(answer)
        since, text = reply.at + answer.ahead(clock.now()) - _CLOCK_SLACK_SECONDS, folded_words(typed(reply.text))
        for topic in dicts(as_dict(as_dict(answer.json()).get("topic_list")).get("topics")):
            number = as_int(topic.get("id"))
            if not number or folded_words(str(topic.get("title") or "")) != folded_words(reply.title):
                continue
            for post in self._of_topic(number, self._stream_of(number)[:1]):
                same = folded_words(str(post.get("raw") or "")) == text
                if same and post.get("yours") and int(post["created_at"]) >= since:
                    return Sent(str(post["id"]), at=int(post["created_at"]), thread=str(number))
        return None

    def _stream_of(self, topic: int) -> list[int]:
        """The ids of a topic's posts, oldest first."""
        answer = self._http.raw("GET", f"t/{topic}.json")
        raise_for(answer)
        return numbers(as_dict(as_dict(answer.json()).get("post_stream")).get("stream"))

    def _own_name(self) -> str:
        me = self._headers.get("Api-Username", "")
        return me or str(as_dict(self._get("session/current.json").get("current_user")).get("username", ""))

    def _find_pending(self, reply: Reply, text: str) -> Sent | None:
        answer = self._http.raw("GET", f"posts/{quote(self._own_name())}/pending.json")
        if answer.status in (403, 404):  # an older forum
            return None
        raise_for(answer)
        for post in dicts(as_dict(answer.json()).get("pending_posts")):
            same = folded_words(str(post.get("raw_text") or "")) == text
            if same and str(post.get("topic_id")) == reply.thread:
                return Sent("")
        return None

    # --- moderating

    def _post(self, number: str) -> dict[str, Any] | None:
        """Return the current post; None if it is deleted or not visible to us."""
        answer = self._http.raw("GET", f"posts/{int(number)}.json")
        if answer.status in (403, 404, 410):
            return None
        raise_for(answer)
        for post in posts_of([answer.json()]):
            return post
        raise unreadable(answer.host)

    def moderate(self, verb: str, on: Target) -> None:
        """Hide (by a flag with the moderator's action taken on it), show or delete a post; idempotent."""
        post = self._post(on.message)
        if post is None or post.get("deleted_at"):
            if verb == SHOW and post is not None:
                self._ask("PUT", f"posts/{on.message}/recover.json", forbidden=_NOT_ALLOWED)
            elif verb != DELETE:
                msg = tr("That post is no longer on {host}.").format(host=self._http.host)
                raise Refused(msg)
        elif verb == DELETE:
            self._ask("DELETE", f"posts/{on.message}.json", forbidden=_NOT_ALLOWED)
        elif verb == SHOW:
            if post.get("hidden"):
                self._ask("PUT", f"posts/{on.message}/unhide.json", forbidden=_NOT_ALLOWED)
        elif not (post.get("hidden") and (verb == HIDE or flagged(post, _SPAM))):
            self._flag(post, (_SPAM,) if verb == SPAM else (_INAPPROPRIATE, _OFF_TOPIC))

    def _flag(self, post: Mapping[str, Any], kinds: Sequence[int]) -> None:
        able = [action.get("id") for action in dicts(post.get("actions_summary")) if action.get("can_act")]
        kind = next((kind for kind in kinds if kind in able), kinds[0])
        flag = {"id": post["id"], "post_action_type_id": kind, "take_action": "true", "flag_topic": "false"}
        self._ask("POST", "post_actions.json", json=flag, forbidden=_NOT_ALLOWED)

    # --- likes

    def react(self, reaction: Reaction) -> None:
        """Like a post."""
        like(self._http, self._post, reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our like back."""
        unlike(self._http, self._post, reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether we like it now."""
        return is_liked(self._post, reaction)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def _message_body(reply: Reply) -> dict[str, object]:
    """The body that begins a private message to the receiver. Raises Refused if there is none."""
    name = reply.to.handle.removeprefix("@") if reply.to is not None else ""
    if not name:
        msg = tr("There's nobody to send this to.")
        raise Refused(msg)
    return {
        "title": reply.title, "raw": typed(reply.text), "target_recipients": name, "archetype": "private_message"
    }  # fmt: skip
