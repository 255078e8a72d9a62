"""One member's key on one forum."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from app.base import clock
from app.base.message import Author, Incoming, Reply
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
from app.channels.discourse.reading import (
    flagged,
    numbers,
    posts_of,
    raise_for,
    seconds,
    typed,
    whole,
    words_of,
)
from app.channels.http import Answer, Http
from app.channels.http.parts import as_dict, dicts
from app.channels.http.shape import unreadable

_OFF_TOPIC, _INAPPROPRIATE, _SPAM = 3, 4, 8  # post_action_types of site.json
_PRIVATE_MESSAGE = 6  # notification_types of site.json
_SAID_BY_PEOPLE = (1, 2)  # post_types of site.json: regular, moderator_action
_STEP = 49  # of the 50 posts below a number at most so many are new ones: nothing between two windows is missed
_FIRST, _MOST = 2_000, 20_000  # how far back is read at first, and after a long absence
_RECENT_SECONDS = 3 * 86_400
_RECENT_MOST = 300
_ASKED_MOST = 10
_TOPICS_MOST = 5
_SLACK = 120
_NO_KEY = N_(
    "{0} doesn't accept this key. Under Admin > Advanced > API keys, create one for a "
    "single user with every scope, and enter it with that user's name."
)
_NOT_ALLOWED = N_("{0} doesn't let this login do that. Only a moderator of the forum can.")


class DiscourseSession:
    """One member's key on one forum."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """As the form has it."""
        server = fields.get("server", "").strip().rstrip("/")
        self._server = server if "//" in server else f"https://{server}"
        login, key = fields.get("login", "").strip().removeprefix("@"), secrets.get("key", "").strip()
        self._headers = {"Api-Key": key, "Api-Username": login} if login else {"User-Api-Key": key}
        self._http = Http(self._server, {**self._headers, "Accept": "application/json"})
        self._known: dict[int, int] = {}

    def _ask(self, method: str, path: str, *, forbidden: str = _NO_KEY, **more: Any) -> Answer:  # noqa: ANN401  as Http takes them
        """The answer, if it is a yes; `forbidden` is the sentence for a 403."""
        answer = self._http.raw(method, path, **more)
        if answer.status == 403:  # noqa: PLR2004  "invalid_access"
            raise (AuthNeeded if forbidden == _NO_KEY else Refused)(tr(forbidden).format(answer.host))
        raise_for(answer, writing=bool(more.get("writing")))
        return answer

    def _get(self, path: str, **params: object) -> dict[str, Any]:
        return as_dict(self._ask("GET", path, params=params).json())

    # --- logging in

    def check(self) -> Found:
        """Who we are there, and how long a post may be."""
        self._is_forum()
        me = as_dict(self._get("session/current.json").get("current_user"))
        if not me.get("id"):
            raise AuthNeeded(tr(_NO_KEY).format(self._http.host))
        staff = bool(me.get("moderator") or me.get("admin"))
        facts = {"me": str(me["id"]), "staff": "yes" if staff else ""}
        with suppress(Refused, TryLater, AuthNeeded):  # a key of few scopes may not read the settings
            most = whole(self._get("site/settings.json").get("max_post_length"))
            facts |= {"limit": str(most)} if most else {}
        sentence = tr("@{name} is connected to {host}, but can't moderate.")
        if staff:
            sentence = tr("@{name} is connected to {host}, and can moderate.")
        found = sentence.format(name=me.get("username"), host=self._http.host)
        return Found(found, own=(self._author_key(me["id"]),), facts=facts)

    def _is_forum(self) -> None:
        """Asked without the key: a forum refuses a wrong one even here, and so would not be known for one."""
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
        """What was posted since; edits and deletions of what is younger than three days, a topic of them at a time.

        Posts are numbered through the forum. The newest page nearly always reaches down to what we have; where it does
        not, windows are read upwards from there, so that a long absence may be caught up with in several goes.
        """
        self._known = {int(number): topic for number, topic in json.loads(cursor.get("recent") or "{}").items()}
        newest = self._latest()
        top = max((post["id"] for post in newest), default=0)
        low = min((post["id"] for post in newest), default=0)
        read = int(cursor.get("last") or 0)
        floor = int(cursor.get("floor") or 0) if read else max(0, top - _FIRST)
        last = max(read or floor, top - _MOST)
        while last + 1 < low:
            window = [post for post in self._latest(last + _STEP + 1) if last < post["id"] < low]
            last = min(last + _STEP, low - 1)
            rows = self._rows(window)
            self._remember(window)
            yield Page(tuple(rows), {"last": str(last), "recent": self._recent(), "floor": str(floor)})
        page = self._last_page([post for post in newest if post["id"] > floor], low, cursor)
        yield Page(page.items, {**page.cursor, "last": str(max(top, last)), "floor": str(floor)})
        note, letters = self._private(int(cursor.get("note") or 0))
        yield from in_pages(letters, {"note": str(note)})

    def _last_page(self, newest: Sequence[dict[str, Any]], low: int, cursor: dict[str, str]) -> Page:
        """The newest posts, and what became of other young ones."""
        last = int(cursor.get("last") or 0)
        openings = self._openings([post for post in newest if post["id"] > last])
        rows = self._rows(newest, openings)
        present = {post["id"] for post in newest}
        missing = [number for number in self._known if number >= low and number not in present]
        rows += self._asked_again(missing)
        turn, again = self._older(low, int(cursor.get("turn") or 0))
        self._remember(newest)
        return Page((*rows, *again), {"recent": self._recent(), "turn": str(turn)})

    def _latest(self, before: int = 0) -> list[dict[str, Any]]:
        """Fifty posts below that number, or the newest ones, oldest first; what is no post is left out."""
        found = self._get("posts.json", **({"before": before} if before else {})).get("latest_posts")
        return sorted(posts_of(found), key=lambda post: int(post["id"]))

    def _remember(self, posts: Iterable[Mapping[str, Any]]) -> None:
        """Note the young ones, by the forum's own clock."""
        times = {int(post["id"]): int(post["created_at"]) for post in posts}
        newest = max(times.values(), default=0)
        topics = {int(post["id"]): int(post["topic_id"]) for post in posts}
        self._known |= {number: topics[number] for number, at in times.items() if at > newest - _RECENT_SECONDS}
        self._known = dict(sorted(self._known.items())[-_RECENT_MOST:])

    def _recent(self) -> str:
        return json.dumps(self._known, separators=(",", ":"))

    def _asked_again(self, numbers: Iterable[int]) -> list[Incoming]:
        """Posts that were not listed any more: gone, or only moved to where the list does not reach."""
        found = []
        for number in list(numbers)[:_ASKED_MOST]:
            post = self._post(str(number))
            if post is None or post.get("deleted_at"):
                found.append(taken_away(str(number)))
                self._known.pop(number, None)
            else:
                found += self._rows([post])
        return found

    def _older(self, low: int, turn: int) -> tuple[int, list[Incoming]]:
        """The young posts of one topic that the newest page does not show, read anew; topics take turns."""
        topics: dict[int, list[int]] = {}
        for number, topic in self._known.items():
            if number < low:
                topics.setdefault(topic, []).append(number)
        if not topics:
            return 0, []
        topic = sorted(topics)[turn % len(topics)]
        wanted = topics[topic][-_STEP:]
        posts = self._of_topic(topic, wanted)
        missing = set(wanted) - {post["id"] for post in posts}
        return (turn + 1) % len(topics), [*self._rows(posts), *self._asked_again(sorted(missing))]

    def _of_topic(self, topic: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
        answer = self._http.raw("GET", f"t/{topic}/posts.json", params={"post_ids[]": numbers, "include_raw": "true"})
        if answer.status in (403, 404, 410):  # the whole topic is gone, or out of our sight
            return []
        raise_for(answer)
        return posts_of(as_dict(as_dict(answer.json()).get("post_stream")).get("posts"))

    def _openings(self, posts: Iterable[Mapping[str, Any]]) -> dict[int, str]:
        """The first words of the topics under which these were posted, for a few that are not opened by one of them."""
        wanted = {int(post["topic_id"]) for post in posts} - {
            int(post["topic_id"]) for post in posts if post.get("post_number") == 1
        }
        found = {}
        for topic in sorted(wanted, reverse=True)[:_TOPICS_MOST]:
            answer = self._http.raw("GET", f"t/{topic}.json", params={"include_raw": "true"})
            if answer.ok:
                stream = as_dict(as_dict(answer.json()).get("post_stream"))
                first = next((post for post in posts_of(stream.get("posts")) if post.get("post_number") == 1), None)
                found[topic] = words_of(first)[:500] if first else ""
        return found

    def _private(self, note: int) -> tuple[int, list[Incoming]]:
        """Private messages of which we have been notified since that notification; a few topics at a time."""
        answer = self._http.raw("GET", "notifications.json")
        if not answer.ok:
            if answer.status not in (403, 404):  # a key of few scopes
                raise_for(answer)
            return note, []
        told = sorted(
            (int(one["id"]), int(one["topic_id"]))
            for one in dicts(as_dict(answer.json()).get("notifications"))
            if one.get("notification_type") == _PRIVATE_MESSAGE
            and whole(one.get("topic_id"))
            and (whole(one.get("id")) or 0) > note
        )
        topics: dict[int, int] = {}
        for number, topic in told:
            if topic in topics or len(topics) < _TOPICS_MOST:
                topics[topic] = note = number
        return note, [row for topic in topics for row in self._letters(topic)]

    def _letters(self, topic: int) -> list[Incoming]:
        answer = self._http.raw("GET", f"t/{topic}.json")
        if answer.status in (403, 404, 410):
            return []
        raise_for(answer)
        about = as_dict(answer.json())
        posts = self._of_topic(topic, numbers(as_dict(about.get("post_stream")).get("stream"))[-_STEP:])
        title = {"topic_title": about.get("title", ""), "private": True}
        return self._rows([{**post, **title} for post in posts])

    def _rows(self, posts: Sequence[Mapping[str, Any]], openings: Mapping[int, str] | None = None) -> list[Incoming]:
        """The posts as messages; one that cannot be read is passed over."""
        places = {(post["topic_id"], post.get("post_number")): str(post["id"]) for post in posts}
        rows = []
        for post in posts:
            with suppress(KeyError, TypeError, ValueError):
                if post.get("post_type", 1) in _SAID_BY_PEOPLE:
                    parent = places.get((post["topic_id"], whole(post.get("reply_to_post_number"))), "")
                    rows.append(self._incoming(post, parent, (openings or {}).get(int(post["topic_id"]), "")))
        return rows

    def _incoming(self, post: Mapping[str, Any], parent: str, opening: str) -> Incoming:
        number, topic = int(post["id"]), int(post["topic_id"])
        page = f"{self._server}/t/{quote(str(post.get('topic_slug') or '-'))}/{topic}"
        # to those who are no moderators a hidden post is shown as a notice: that must not replace what we have read
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
        """Users are numbered on each forum, but a person's identities are of all forums."""
        return f"{self._http.host}/{number}"

    def _author(self, post: Mapping[str, Any]) -> Author:
        handle = str(post.get("username") or "deleted")
        key = self._author_key(post.get("user_id") or post.get("username") or f"left {post['id']}")
        return Author(key, f"@{handle}", str(post.get("name") or handle), f"{self._server}/u/{quote(handle)}")

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Answer in the topic, to the post that is answered."""
        topic, number = int(reply.thread), None
        answered = self._post(reply.parent) if reply.parent else None
        if answered:
            topic, number = int(answered["topic_id"]), answered.get("post_number")
        said: dict[str, object] = {"topic_id": topic, "raw": typed(reply.text)}
        if number and number != 1:
            said["reply_to_post_number"] = number
        answer = self._http.raw("POST", "posts.json", json=said, writing=True)
        if answer.status == 403:  # noqa: PLR2004  the topic, or all of it
            self._get("session/current.json")
        if answer.status == 422 and reply.tried:  # noqa: PLR2004  "Body is too similar to what you recently posted"
            there = self._similar(reply, answer.host)
            if there is not None:
                return there
        raise_for(answer, writing=True)
        return self._taken(answer)

    def _similar(self, reply: Reply, host: str) -> Sent | None:
        """What the forum has that is like this; UnknownOutcome where it does not say now: later it takes both."""
        try:
            return self.find_sent(reply)
        except TryLater:
            msg = tr("{host} already has a post like this, but doesn't show it right now.").format(host=host)
            raise UnknownOutcome(msg) from None

    def _taken(self, answer: Answer) -> Sent:
        try:
            made = as_dict(answer.json())
            if made.get("action") == "enqueued":  # it waits for a moderator, and gets its number from them
                return Sent("")
            page = f"{self._server}/t/{quote(str(made.get('topic_slug') or '-'))}/{made['topic_id']}"
            return Sent(str(made["id"]), f"{page}/{made['post_number']}", seconds(made["created_at"]))
        except (TryLater, KeyError, ValueError):
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=answer.host)
            raise UnknownOutcome(msg) from None

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for the words among our own posts of the topic since then, and among those that wait for approval."""
        answer = self._http.raw("GET", f"t/{int(reply.thread)}.json")
        raise_for(answer)
        stream = numbers(as_dict(as_dict(answer.json()).get("post_stream")).get("stream"))
        if not stream:  # topics of more than 10,000 posts list none
            msg = tr(
                "{host} doesn't list the posts of such a long topic. Check there, then say whether it arrived."
            ).format(host=answer.host)
            raise UnknownOutcome(msg)
        since, said = reply.at + answer.ahead(clock.now()) - _SLACK, folded_words(typed(reply.text))
        for high in range(len(stream), 0, -_STEP):  # the latest first, down to what was there before
            posts = self._of_topic(int(reply.thread), stream[max(0, high - _STEP) : high])
            for post in posts:
                young, raw = int(post["created_at"]) >= since, str(post.get("raw") or "")
                if young and post.get("yours") and folded_words(raw) == said:
                    return Sent(str(post["id"]), at=int(post["created_at"]))
            if any(post["created_at"] < since for post in posts):
                break
        return self._waiting(reply, said)

    def _waiting(self, reply: Reply, said: str) -> Sent | None:
        me = self._headers.get("Api-Username", "")
        if not me:
            me = str(as_dict(self._get("session/current.json").get("current_user")).get("username", ""))
        answer = self._http.raw("GET", f"posts/{quote(me)}/pending.json")
        if answer.status in (403, 404):  # an older forum
            return None
        raise_for(answer)
        for post in dicts(as_dict(answer.json()).get("pending_posts")):
            same = folded_words(str(post.get("raw_text") or "")) == said
            if same and str(post.get("topic_id")) == reply.thread:
                return Sent("")
        return None

    # --- moderating

    def _post(self, number: str) -> dict[str, Any] | None:
        """A post as it stands; None where there is none any more, or none for us."""
        answer = self._http.raw("GET", f"posts/{int(number)}.json")
        if answer.status in (403, 404, 410):
            return None
        raise_for(answer)
        for post in posts_of([answer.json()]):
            return post
        raise unreadable(answer.host)

    def moderate(self, verb: str, remote_id: str) -> None:
        """Flag it and take the moderator's action on the flag (hide, spam), show it again, delete it."""
        post = self._post(remote_id)
        if post is None or post.get("deleted_at"):
            if verb == SHOW and post is not None:
                self._ask("PUT", f"posts/{remote_id}/recover.json", forbidden=_NOT_ALLOWED)
            elif verb != DELETE:
                msg = tr("That post is no longer on {host}.").format(host=self._http.host)
                raise Refused(msg)
        elif verb == DELETE:
            self._ask("DELETE", f"posts/{remote_id}.json", forbidden=_NOT_ALLOWED)
        elif verb == SHOW:
            if post.get("hidden"):
                self._ask("PUT", f"posts/{remote_id}/unhide.json", forbidden=_NOT_ALLOWED)
        elif not (post.get("hidden") and (verb == HIDE or flagged(post, _SPAM))):
            self._flag(post, (_SPAM,) if verb == SPAM else (_INAPPROPRIATE, _OFF_TOPIC))

    def _flag(self, post: Mapping[str, Any], kinds: Sequence[int]) -> None:
        able = [one.get("id") for one in dicts(post.get("actions_summary")) if one.get("can_act")]
        kind = next((kind for kind in kinds if kind in able), kinds[0])
        flag = {"id": post["id"], "post_action_type_id": kind, "take_action": "true", "flag_topic": "false"}
        self._ask("POST", "post_actions.json", json=flag, forbidden=_NOT_ALLOWED)

    def close(self) -> None:
        """Hang up."""
        self._http.close()
