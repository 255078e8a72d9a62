"""A session of one YouTube channel: pulling comments, replying and moderating."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from typing import Any

from app.base.message import Change, Reply, Target
from app.base.text import folded_words
from app.base.words import tr
from app.channels.base import BAN, DELETE, HIDE, SHOW, Above, Found, Page, PostAbove, Refused, Sent, UnknownOutcome
from app.channels.http.parts import as_dict
from app.channels.youtube.above import post_above
from app.channels.youtube.google import Google
from app.channels.youtube.pulling import TOO_MANY, Pulling, replies_of
from app.channels.youtube.reading import (
    author_channel,
    included_replies,
    message,
    rows_of,
    seconds,
    top_comment,
    words_of,
)

_CLOCK_SLACK_SECONDS = 120
_VENUES = 25  # the channel's latest videos, under which a comment of ours can be begun
_INCLUDED = 5  # replies that come along with a thread, at most
_MAX_SEARCHED_PAGES = 10  # of a hundred threads in each list, looked through for a comment of ours
_LISTS = ("published", "heldForReview", "likelySpam")  # in which a comment of ours may be


class YouTubeSession:
    """A session of one login on one channel."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and secrets, and our channel id from the last check."""
        self._google = Google(fields, secrets)
        self._quota = fields.get("quota", "").strip()
        self._me = fields.get("me", "")

    # --- logging in

    def check(self) -> Found:
        """Return which channel it is; raises Refused if the Google account has none."""
        if self._quota and not self._quota.isdecimal():
            msg = tr("“Units a day” takes a number, as Google's page of quotas shows it: 10000.")
            raise Refused(msg)
        channels = self._google.call("GET", "channels", {"part": "snippet,contentDetails", "mine": "true"})
        mine = next(iter(rows_of(channels)), None)
        if mine is None:
            msg = tr("This Google account has no YouTube channel. Sign in with the channel's account.")
            raise Refused(msg)
        title = str(as_dict(mine.get("snippet")).get("title") or mine["id"])
        facts = {"me": str(mine["id"])}
        if venues := self._latest_videos(mine):
            facts["venues"] = json.dumps(venues, ensure_ascii=False)
        return Found(tr("The channel “{title}” is connected.").format(title=title), own=(str(mine["id"]),), facts=facts)

    def _latest_videos(self, channel: Mapping[str, Any]) -> list[list[str]]:
        """Return the id and title of each of the channel's latest videos; [] if it has none, or does not show them."""
        lists = as_dict(as_dict(channel.get("contentDetails")).get("relatedPlaylists"))
        if not lists.get("uploads"):
            return []
        asked = {"part": "snippet", "playlistId": lists["uploads"], "maxResults": _VENUES}
        try:
            answer = self._google.call("GET", "playlistItems", asked)
        except Refused:  # a channel without a video has no such list
            return []
        snippets = [as_dict(row.get("snippet")) for row in rows_of(answer)]
        found = [(as_dict(one.get("resourceId")).get("videoId"), str(one.get("title") or "")) for one in snippets]
        return [[number, title or number] for number, title in found if isinstance(number, str)]

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new threads, new replies, edits and deletions, oldest first; the cursor counts quota units."""
        self._google.take_up(cursor)
        self._know_me()
        yield from Pulling(self._google, self._me).pages(cursor)

    def _know_me(self) -> None:
        self._me = self._me or self.check().own[0]

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the thread, which is one level deep; or begin one under a video."""
        if reply.venue:
            return self._begin(reply)
        if not reply.thread:
            raise Refused(tr("Rapport doesn't know which comment this belongs below. Reply on YouTube."))
        body = {"snippet": {"parentId": reply.thread, "textOriginal": reply.text}}
        made = self._google.call("POST", "comments", {"part": "snippet"}, json=body, writing=True)
        return self._sent(made, reply.thread)

    def _begin(self, reply: Reply) -> Sent:
        """Comment on a video; after an earlier attempt, one that is there already counts."""
        if reply.tried and (there := self.find_sent(reply)) is not None:
            return there
        self._know_me()
        top = {"snippet": {"textOriginal": reply.text}}
        body = {"snippet": {"channelId": self._me, "videoId": reply.venue, "topLevelComment": top}}
        made = self._google.call("POST", "commentThreads", {"part": "snippet"}, json=body, writing=True)
        return self._sent(top_comment(made) or {}, "")

    def _sent(self, made: Mapping[str, Any], thread: str) -> Sent:
        row = message(made, {"id": thread or made["id"]}, "", self._me, {}) if made.get("id") else None
        if row is None:
            msg = tr("YouTube may have accepted this: its response can't be read.")
            raise UnknownOutcome(msg)
        return Sent(row.remote_id, at=row.at, thread="" if thread else row.remote_id)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our comment with the same text since then, also among those that YouTube holds back.

        Raises UnknownOutcome if too much was said since then to be read.
        """
        self._know_me()
        since, text = reply.at + self._google.ahead - _CLOCK_SLACK_SECONDS, folded_words(reply.text)
        for comment in self._candidates(reply, since):
            row = message(comment, {"id": reply.thread or comment["id"]}, "", self._me, {})
            if row is not None and row.out and row.at >= since and folded_words(row.text) == text:
                return Sent(row.remote_id, at=row.at, thread="" if reply.thread else row.remote_id)
        return None

    def _candidates(self, reply: Reply, since: int) -> Iterator[dict[str, Any]]:
        """Yield the comments among which a reply, or a comment of ours under a video, would be."""
        if reply.venue:
            for state in _LISTS:
                for page in self._listed(state, {"videoId": reply.venue}):
                    tops = [top for thread in page if (top := top_comment(thread)) is not None]
                    yield from tops
                    if any(seconds(top) < since for top in tops):
                        break
            return
        yield from replies_of(self._google, reply.thread, whole=True)
        for state in _LISTS[1:]:  # a held reply is in no list of its thread's replies
            for page in self._listed(state, {"allThreadsRelatedToChannelId": self._me}):
                found = [thread for thread in page if thread["id"] == reply.thread]
                held = [row for thread in found for row in included_replies(thread)]
                yield from held
                if len(held) >= _INCLUDED:  # there may be more of them, which no list has
                    raise UnknownOutcome(tr(TOO_MANY))
                if found:
                    break

    def _listed(self, state: str, where: Mapping[str, object]) -> Iterator[list[dict[str, Any]]]:
        """Yield a list's threads in pages, newest first; raises UnknownOutcome rather than end before all were read."""
        asked: dict[str, object] = {
            "part": "snippet,replies", "order": "time", "maxResults": 100, "textFormat": "plainText",
            "moderationStatus": state, **where,
        }  # fmt: skip
        for _ in range(_MAX_SEARCHED_PAGES):
            try:
                answer = self._google.call("GET", "commentThreads", asked)
            except Refused as why:
                if state == "published":
                    raise
                raise UnknownOutcome(str(why)) from None  # it may be among those that wait for review
            yield rows_of(answer)
            asked["pageToken"] = answer.get("nextPageToken")
            if not asked["pageToken"]:
                return
        raise UnknownOutcome(tr(TOO_MANY))

    # --- our own words

    def correct(self, change: Change) -> None:
        """Give a comment of ours other words. Raises Refused if it is no longer there."""
        comment = self._comment(change.remote_id)
        if comment is None:
            msg = tr("That comment is no longer on YouTube.")
            raise Refused(msg)
        if words_of(comment) == change.text:
            return
        body = {"id": change.remote_id, "snippet": {"textOriginal": change.text}}
        self._google.call("PUT", "comments", {"part": "snippet"}, json=body, writing=True)

    def withdraw(self, change: Change) -> None:
        """Delete a comment of ours, with its replies if it began a thread; done where it is no longer there."""
        if self._comment(change.remote_id) is not None:
            self._google.call("DELETE", "comments", {"id": change.remote_id}, writing=True)

    def reads(self, change: Change) -> str | None:
        """How a comment of ours reads there now; None if it is deleted."""
        comment = self._comment(change.remote_id)
        with suppress(KeyError):
            return None if comment is None else words_of(comment)
        msg = tr("YouTube sent an unreadable response.")
        raise UnknownOutcome(msg)

    def _comment(self, number: str) -> dict[str, Any] | None:
        """Return a comment; None if it is not there. Raises UnknownOutcome for an answer that names none."""
        answer = self._google.call("GET", "comments", {"part": "snippet", "id": number, "textFormat": "plainText"})
        if not isinstance(answer.get("items"), list):
            msg = tr("YouTube sent an unreadable response.")
            raise UnknownOutcome(msg)
        return next((row for row in rows_of(answer) if row["id"] == number), None)

    # --- moderating

    def moderate(self, verb: str, on: Target) -> None:
        """Hold a comment for review, publish or reject it, or ban its author as well; our own comments are deleted.

        SPAM and DELETE reject: YouTube's API no longer has a spam verb, and only the author can delete a comment. A
        rejection cannot be undone, nor can a ban.
        """
        if verb == DELETE and self._is_ours(on.message):
            self._google.call("DELETE", "comments", {"id": on.message})
            return
        state = {HIDE: "heldForReview", SHOW: "published"}.get(verb, "rejected")
        asked = {"id": on.message, "moderationStatus": state, **({"banAuthor": "true"} if verb == BAN else {})}
        self._google.call("POST", "comments/setModerationStatus", asked)

    def _is_ours(self, remote_id: str) -> bool:
        self._know_me()
        rows = rows_of(self._google.call("GET", "comments", {"part": "snippet", "id": remote_id}))
        return any(author_channel(row) == self._me for row in rows)

    def post_above(self, above: Above) -> PostAbove | None:
        """Fetch the post that a conversation stands under; None if it is no longer there."""
        return post_above(self._google, above)

    def close(self) -> None:
        """Close the connections; never raises."""
        self._google.close()
