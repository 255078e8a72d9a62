"""What we write: replies, private messages, new topics; our own posts corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import quote

from app.base import clock
from app.base.message import Change, Reply
from app.base.text import folded_words
from app.base.words import N_, tr
from app.channels.base import Refused, Sent, TryLater, UnknownOutcome
from app.channels.discourse.posts import is_whisper
from app.channels.discourse.reading import as_int, is_gone, numbers, posts_of, raise_for, seconds
from app.channels.discourse.site import FORBIDDEN, NOT_FOUND, QUEUED, WHISPERS, Site
from app.channels.discourse.words import typed, words_of
from app.channels.http import Response
from app.channels.http.parts import as_dict, dicts

_WINDOW = 49
_CLOCK_SLACK_SECONDS = 120
_UNPROCESSABLE, _CONFLICT = 422, 409
_TOO_MANY = N_("So much was begun since that Rapport can't tell. Look on {host} whether it is there.")
_NEVER_PAST = 1 << 62
_MAX_PAGES = 10  # of thirty topics that we began
_MAX_TOPICS = 5  # with the same title, looked into for a post that may have arrived
_NOT_WRITABLE = N_(
    "{host} doesn't let this login write there. Open the page: the login may have been silenced, or may only read it."
)
_NOT_OURS = N_("{host} doesn't let this login change that post any more.")
_EDITED = N_("Somebody else has edited that post on {host} at this moment. Look at it there first.")
_NOT_KNOWN = N_("Rapport doesn't know which topic on {host} this belongs in. Reply there.")
_ANSWERED_GONE = N_("The post you're replying to is no longer there. Look at the topic on {host} first.")
_NO_LONGER = N_("That post is no longer on {host}.")


class _Goes(NamedTuple):
    """The topic that a reply goes to, and the number of the post that it answers, None for the topic itself.

    Not `is_sure`: what it answers is not there any more, so that nobody knows its number. Not `is_there`: that, or it
    is deleted and only shown to us. `whispered`: only those may see it who see what it answers.
    """

    topic: int
    number: int | None
    is_sure: bool
    is_there: bool
    whispered: bool


class Sender:
    """Sends, looks up what became of it, and changes what was sent."""

    def __init__(self, site: Site, approve: Callable[[str], object]) -> None:
        """`site` is the forum; `approve` approves what waits there under that remote id, or raises Refused."""
        self._site, self._approve = site, approve

    def send(self, reply: Reply) -> Sent:
        """Reply in the topic, to the parent post; without a topic, begin one, or a private message."""
        begins = not reply.thread or _is_to_reporter(reply)
        body = self._body(reply)
        answer = self._site.raw("POST", "posts.json", json=body, writing=True)
        if answer.status == FORBIDDEN:  # for this topic or member only, unless the next call raises AuthNeeded
            self._site.get("session/current.json")
            raise Refused(tr(_NOT_WRITABLE).format(host=answer.host))
        if answer.status == _UNPROCESSABLE and reply.tried:  # "Body is too similar to what you recently posted"
            there = self._find_similar(reply, answer.host)
            if there is not None:
                return there
        raise_for(answer, writing=True)
        return self._parse_created(answer, begins=begins and not reply.thread)

    def _body(self, reply: Reply) -> dict[str, object]:
        if reply.venue:
            return {"title": reply.title, "raw": typed(reply.text), "category": as_int(reply.venue)}
        if not reply.thread and reply.public:  # it would reach one person alone, or begin something new
            raise Refused(tr(_NOT_KNOWN).format(host=self._site.host))
        if not reply.thread or _is_to_reporter(reply):
            return _message_body(reply)
        if reply.parent.startswith(QUEUED) and self._site.post(reply.parent) is None:
            self._approve(reply.parent)  # there is no answer to what is not there yet
        place = self._where(reply)
        if place is None:
            raise Refused(tr(_NO_LONGER).format(host=self._site.host))
        if not place.is_there:  # to the topic at large it would be read as an answer to everybody
            raise Refused(tr(_ANSWERED_GONE).format(host=self._site.host))
        body: dict[str, object] = {"topic_id": place.topic, "raw": typed(reply.text)}
        if place.number is not None:
            body["reply_to_post_number"] = place.number
        if place.whispered:
            body["whisper"] = "true"  # posts_controller.rb, create_params: refused for a login that may not
        return body

    def _where(self, reply: Reply) -> _Goes | None:
        """Where a reply goes; None if there is no such topic, or not yet."""
        answered = self._site.post(reply.parent) if reply.parent else None
        whispered = reply.thread.startswith(WHISPERS)
        if answered:
            number = as_int(answered.get("post_number"))
            return _Goes(
                int(answered["topic_id"]), number if number != 1 else None, is_sure=True,
                is_there=not answered.get("deleted_at"), whispered=whispered or is_whisper(answered),
            )  # fmt: skip
        topic = as_int(reply.thread.removeprefix(WHISPERS))
        if not topic:
            opening = self._site.post(reply.thread)
            topic = int(opening["topic_id"]) if opening is not None else None
        known = not reply.parent
        return _Goes(topic, None, is_sure=known, is_there=known, whispered=whispered) if topic else None

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
            page = self._site.page_of(made)
            thread = str(made["topic_id"]) if begins else ""
            return Sent(str(made["id"]), f"{page}/{made['post_number']}", seconds(made["created_at"]), thread)
        except (TryLater, KeyError, ValueError):
            msg = tr("{host} may have accepted this: its response can't be read.").format(host=answer.host)
            raise UnknownOutcome(msg) from None

    # --- looking up

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for the text among our posts since then, where it went to, and among those awaiting approval."""
        if reply.venue:
            return self._find_begun(reply, f"topics/created-by/{quote(self._site.name())}.json")
        if not reply.thread or _is_to_reporter(reply):
            return self._find_begun(reply, f"topics/private-messages-sent/{quote(self._site.name())}.json")
        place = self._where(reply)
        if place is None:  # nothing can have been sent to a topic that waits for approval
            return None
        answer = self._site.raw("GET", f"t/{place.topic}.json")
        raise_for(answer)
        stream = numbers(as_dict(as_dict(answer.json()).get("post_stream")).get("stream"))
        if not stream:  # topics of more than 10,000 posts list none
            msg = tr(
                "{host} doesn't list the posts of such a long topic. Check there, then say whether it arrived."
            ).format(host=answer.host)
            raise UnknownOutcome(msg)
        since = _since(reply, answer)
        for high in range(len(stream), 0, -_WINDOW):  # the latest first, back to the time of the reply
            posts = self._site.of_topic(place.topic, stream[max(0, high - _WINDOW) : high])
            for post in self._ours(posts, reply, since):
                there = not place.is_sure or as_int(post.get("reply_to_post_number")) == place.number
                if there and is_whisper(post) == place.whispered:
                    return Sent(str(post["id"]), at=int(post["created_at"]))
            if any(post["created_at"] < since for post in posts):
                break
        return self._find_pending(reply, since, place.topic)

    @staticmethod
    def _ours(posts: Iterable[dict[str, Any]], reply: Reply, since: int) -> list[dict[str, Any]]:
        """Those of the posts that are ours, with these words, and written since then."""
        text = folded_words(typed(reply.text))
        return [
            post for post in posts
            if post["created_at"] >= since and post.get("yours") and folded_words(str(post.get("raw") or "")) == text
        ]  # fmt: skip

    def _find_begun(self, reply: Reply, path: str) -> Sent | None:
        """Look for a topic or private message with this title and text in a list of those that we began."""
        title, looked_into = folded_words(reply.title), 0
        for page in range(_MAX_PAGES):
            answer = self._site.raw("GET", path, params={"page": page} if page else {})
            raise_for(answer)
            since = _since(reply, answer)
            listed = as_dict(as_dict(answer.json()).get("topic_list"))
            rows = dicts(listed.get("topics"))
            for row in rows:
                if _told(row.get("created_at")) < since or folded_words(str(row.get("title") or "")) != title:
                    continue
                looked_into += 1
                if looked_into > _MAX_TOPICS:
                    raise UnknownOutcome(tr(_TOO_MANY).format(host=answer.host))
                found = self._opening(reply, row.get("id"), since)
                if found is not None:
                    return found
            is_older = any(_told(row.get("bumped_at")) < since for row in rows if not row.get("pinned"))
            if not listed.get("more_topics_url") or not rows or is_older:
                return self._find_pending(reply, since, None) if reply.venue else None
        raise UnknownOutcome(tr(_TOO_MANY).format(host=self._site.host))

    def _opening(self, reply: Reply, number: object, since: int) -> Sent | None:
        """The first post of that topic, if it is what was sent; a topic of another category is another topic."""
        topic = as_int(number)
        about = as_dict(self._site.about(topic)) if topic else {}
        if reply.venue and as_int(about.get("category_id")) != as_int(reply.venue):
            return None
        posts = posts_of(as_dict(about.get("post_stream")).get("posts"))
        for post in self._ours(posts[:1], reply, since):
            return Sent(str(post["id"]), at=int(post["created_at"]), thread=str(topic) if not reply.thread else "")
        return None

    def _find_pending(self, reply: Reply, since: int, topic: int | None) -> Sent | None:
        answer = self._site.raw("GET", f"posts/{quote(self._site.name())}/pending.json")
        if answer.status in (FORBIDDEN, NOT_FOUND):  # an older forum
            return None
        raise_for(answer)
        text = folded_words(typed(reply.text))
        for post in dicts(as_dict(answer.json()).get("pending_posts")):
            at = since
            with suppress(ValueError):  # older forums don't say when
                at = seconds(post.get("created_at"))
            same = folded_words(str(post.get("raw_text") or "")) == text and (not reply.venue or _is_like(post, reply))
            if same and at >= since and as_int(post.get("topic_id")) == topic:
                return Sent("")
        return None

    # --- our own posts

    def correct(self, change: Change) -> None:
        """Give a post of ours other words. Raises Refused if it is no longer there, or not ours to edit."""
        post = self._site.post(change.remote_id)
        if post is None or is_gone(post):
            raise Refused(tr(_NO_LONGER).format(host=self._site.host))
        raw = typed(change.text)
        if folded_words(str(post.get("raw") or "")) == folded_words(raw) and words_of(post) == change.text:
            return
        body = {"post": {"raw": raw, "original_text": post.get("raw") or ""}}
        answer = self._site.raw("PUT", f"posts/{post['id']}.json", json=body, writing=True)
        if answer.status == _CONFLICT:
            raise Refused(tr(_EDITED).format(host=answer.host))
        self._settle(answer)

    def withdraw(self, change: Change) -> None:
        """Delete a post of ours; a topic goes with its opening post. Done where it is no longer there."""
        post = self._site.post(change.remote_id)
        if post is None or is_gone(post):
            return
        place = f"t/{post['topic_id']}" if post.get("post_number") == 1 else f"posts/{post['id']}"
        self._settle(self._site.raw("DELETE", f"{place}.json", writing=True))

    def _settle(self, answer: Response) -> None:
        if answer.status == FORBIDDEN:
            self._site.get("session/current.json")
            raise Refused(tr(_NOT_OURS).format(host=answer.host))
        raise_for(answer, writing=True)

    def reads(self, change: Change) -> str | None:
        """How a post of ours reads there now; None if it is deleted."""
        post = self._site.post(change.remote_id)
        return None if post is None or is_gone(post) else words_of(post, self._site.server)


def _since(reply: Reply, answer: Response) -> int:
    """When a post has to be written to be this one, by the forum's own clock."""
    return reply.at + answer.ahead(clock.now()) - _CLOCK_SLACK_SECONDS


def _told(time: object) -> int:
    """A time that a list of topics tells, in Unix seconds; one that it does not tell may be as late as any.

    The list is in the order of `bumped_at`, and a topic is never bumped before it is begun.
    """
    try:
        return seconds(time)
    except ValueError:
        return _NEVER_PAST


def _is_like(pending: Mapping[str, Any], reply: Reply) -> bool:
    """Whether a topic that waits for approval has that title and category; what an older forum does not say, fits."""
    title, category = pending.get("title"), as_int(pending.get("category_id"))
    return (not title or folded_words(str(title)) == folded_words(reply.title)) and (
        category in (None, as_int(reply.venue))
    )


def _is_to_reporter(reply: Reply) -> bool:
    """Whether it answers a report: that goes to whoever reported, as a private message."""
    return not reply.public and reply.thread.startswith(QUEUED)


def _message_body(reply: Reply) -> dict[str, object]:
    """The body that begins a private message to the receiver. Raises Refused if there is none."""
    name = reply.to.handle.removeprefix("@") if reply.to is not None else ""
    if not name:
        msg = tr("There's nobody to send this to.")
        raise Refused(msg)
    return {
        "title": reply.title, "raw": typed(reply.text), "target_recipients": name, "archetype": "private_message"
    }  # fmt: skip
