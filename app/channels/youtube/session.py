"""A session of one YouTube channel: pulling comments, replying and moderating."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.base.errors import UserError
from app.base.message import Author, Incoming, Reply, Target
from app.base.text import folded_words
from app.base.words import tr
from app.channels import again
from app.channels.base import DELETE, HIDE, SHOW, Found, Page, Refused, Sent, UnknownOutcome, in_pages, taken_away
from app.channels.http.parts import as_dict, dicts
from app.channels.http.shape import unreadable
from app.channels.youtube.google import WRITE, Google

_SERVICE = "YouTube"
_WATCH = "https://www.youtube.com/watch?v="
_HELD = {"heldForReview": "held", "likelySpam": "spam", "rejected": "hidden"}
_FIRST_PAGES, _MAX_PAGES = 5, 20  # maximum pages of a hundred threads: on the first pull, and later
_MAX_KNOWN = 300  # threads remembered, to be checked for replies, edits and deletions
_BATCH_IDS = 50
_MAX_FULL_LISTS = 40  # threads per pull whose replies are listed in full; the others follow in later pulls
_MAX_REPLY_IDS = 20
_CLOCK_SLACK_SECONDS = 120


@dataclass(slots=True)
class Thread:
    """What the cursor holds of a thread: `at` in Unix seconds, `count` of replies (-1: not all read), status, ids."""

    at: int
    count: int = -1
    upstream: str = ""
    replies: list[str] = field(default_factory=list)


class YouTubeSession:
    """A session of one login on one channel."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and secrets, and our channel id from the last check."""
        self._google = Google(fields, secrets)
        self._me = fields.get("me", "")
        self._threads: dict[str, Thread] = {}
        self._videos: dict[str, Mapping[str, Any]] = {}
        self._full_lists = self._oldest_listed = self._own_seen = 0

    # --- logging in

    def check(self) -> Found:
        """Return which channel it is; raises Refused if the Google account has none."""
        channels = self._google.call("GET", "channels", {"part": "snippet", "mine": "true"})
        mine = next(iter(_rows(channels)), None)
        if mine is None:
            msg = tr("This Google account has no YouTube channel. Sign in with the channel's account.")
            raise Refused(msg)
        title = str(as_dict(mine.get("snippet")).get("title") or mine["id"])
        return Found(
            tr("The channel “{title}” is connected.").format(title=title),
            own=(str(mine["id"]),),
            facts={"me": str(mine["id"])},
        )

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new threads, new replies, edits and deletions, oldest first; the cursor counts quota units.

        YouTube lists threads by the time of their first comment, newest first: they are read until a known one. Spent
        units are stored even if the pull fails.
        """
        self._google.take_up(cursor)
        self._threads = _parse_threads(cursor.get("recent", ""))
        last, turn = int(cursor.get("last") or 0), int(cursor.get("turn") or 0)
        self._full_lists = self._own_seen = 0
        try:
            self._me = self._me or self.check().own[0]
            listed = self._listed(last)
            turn, asked, gone = self._recheck(listed, turn)
            self._load_videos(thread for number, thread in listed.items() if number not in self._threads)
            rows = [row for thread in reversed([*listed.values(), *asked]) for row in self._thread(thread)] + gone
        except UserError:
            yield Page((), self._google.spent())
            raise
        rows.sort(key=lambda row: row.at)
        # replies were sent by other sessions, which count no units: charge them when they come back
        self._google.spend(WRITE * self._own_seen)
        newest = max([last, *(row.at for row in rows if not row.gone and not row.parent)])
        moved = {"last": str(newest), "turn": str(turn), "recent": self._threads_json()}
        spent = self._google.spent()
        yield from in_pages(rows, {**moved, **spent}, meanwhile=spent)

    def _listed(self, last: int) -> dict[str, dict[str, Any]]:
        """Return threads by id: published ones back to the first known, and the latest held and spam ones."""
        threads: dict[str, dict[str, Any]] = {}
        for state, most in (
            ("published", _MAX_PAGES if last else _FIRST_PAGES),
            ("heldForReview", 1),
            ("likelySpam", 1),
        ):
            asked: dict[str, object] = {
                "part": "snippet,replies",
                "allThreadsRelatedToChannelId": self._me,
                "order": "time",
                "maxResults": 100,
                "textFormat": "plainText",
                "moderationStatus": state,
            }
            for _ in range(most):
                answer = self._google.call("GET", "commentThreads", asked)
                page = {str(row["id"]): row for row in _rows(answer) if _top_comment(row) is not None}
                for number, row in page.items():
                    threads[number] = _merged(threads.get(number), row)
                self._oldest_listed = _oldest(page) if state == "published" else self._oldest_listed
                asked["pageToken"] = answer.get("nextPageToken")
                if not asked["pageToken"] or self._threads.keys() & page.keys() or _oldest(page) <= last:
                    break
        return threads

    def _recheck(
        self, listed: Mapping[str, Mapping[str, Any]], turn: int
    ) -> tuple[int, list[dict[str, Any]], list[Incoming]]:
        """Fetch some known threads that were not listed: recent ones that should have been, and older ones, in turn.

        Returns (next turn, threads, deletions).
        """
        absent = [number for number in self._threads if number not in listed]
        missing = [number for number in absent if self._threads[number].at > self._oldest_listed]
        others = [number for number in absent if self._threads[number].at <= self._oldest_listed]
        wanted = [*_slice_in_turn(missing, turn), *_slice_in_turn(others, turn)]
        if not wanted:
            return turn, [], []
        answer = self._google.call(
            "GET", "commentThreads", {"part": "snippet,replies", "id": ",".join(wanted), "textFormat": "plainText"}
        )
        current = again.current_rows(answer.get("items"), again.by("id"))
        if not current.complete:
            raise unreadable(_SERVICE)  # a malformed one would be taken for deleted
        threads = [row for row in current.rows.values() if _top_comment(row) is not None]
        lost = sorted(current.gone(wanted))
        gone = [taken_away(comment) for number in lost for comment in (number, *self._threads[number].replies)]
        for number in lost:
            del self._threads[number]
        return turn + 1, threads, gone

    def _load_videos(self, threads: Iterable[Mapping[str, Any]]) -> None:
        """Fetch the titles of the threads' videos, fifty per call."""
        wanted = {str(as_dict(thread.get("snippet")).get("videoId") or "") for thread in threads}
        numbers = sorted(wanted - {""} - self._videos.keys())
        for first in range(0, min(len(numbers), 4 * _BATCH_IDS), _BATCH_IDS):
            asked = {"part": "snippet", "id": ",".join(numbers[first : first + _BATCH_IDS])}
            rows = _rows(self._google.call("GET", "videos", asked))
            self._videos |= {str(row["id"]): as_dict(row.get("snippet")) for row in rows}

    def _thread(self, thread: Mapping[str, Any]) -> list[Incoming]:
        """Return a thread's messages, and deletions of replies known before."""
        number, top = str(thread["id"]), _top_comment(thread) or {}
        known = self._threads.get(number)
        answers, count, whole = self._all_replies(thread, known)
        upstream = _status(top) if known is None or _has_status(top) else known.upstream
        current = again.CurrentRows({str(row["id"]): row for row in answers}, whole)
        kept = list(current.rows)[-_MAX_REPLY_IDS:] if whole or known is None else known.replies
        gone = current.gone(known.replies) if known is not None else []
        if known is not None:
            fresh = [row for name, row in current.rows.items() if name not in known.replies]
            self._own_seen += sum(map(self._is_mine, fresh))
        self._threads[number] = Thread(_seconds(top), count, upstream, kept)
        rows = [self._row(top, thread, upstream), *(self._row(row, thread, _status(row)) for row in answers)]
        return [row for row in rows if row is not None] + [taken_away(reply) for reply in gone]

    def _all_replies(self, thread: Mapping[str, Any], known: Thread | None) -> tuple[list[dict[str, Any]], int, bool]:
        """Return the replies, the count to remember (-1: list them again next time), and whether these are all.

        commentThreads includes only a few replies of each; the rest is listed if their number has changed.
        """
        listed = _included_replies(thread)
        counted = as_dict(thread.get("snippet")).get("totalReplyCount")
        total = counted if isinstance(counted, int) else len(listed)
        if total <= len(listed):
            return listed, total, True
        if known is not None and known.count == total:
            return listed, total, False
        if self._full_lists >= _MAX_FULL_LISTS:
            return listed, -1, False
        return self._replies(str(thread["id"])), total, True

    def _replies(self, parent: str) -> list[dict[str, Any]]:
        """Return all replies of a thread; YouTube allows at most 500."""
        self._full_lists += 1
        asked: dict[str, object] = {"part": "snippet", "parentId": parent, "maxResults": 100, "textFormat": "plainText"}
        replies: list[dict[str, Any]] = []
        for _ in range(10):
            answer = self._google.call("GET", "comments", asked)
            replies += _rows(answer)
            asked["pageToken"] = answer.get("nextPageToken")
            if not asked["pageToken"]:
                break
        return replies

    def _row(self, comment: Mapping[str, Any], thread: Mapping[str, Any], upstream: str) -> Incoming | None:
        """Convert a comment to a message; None if it is malformed."""
        number, snippet = str(comment["id"]), as_dict(comment.get("snippet"))
        video_id, root = str(as_dict(thread.get("snippet")).get("videoId") or ""), str(thread["id"])
        video = self._videos.get(video_id, {})
        with suppress(KeyError, TypeError, ValueError):
            who = _author_channel(comment)
            name = str(snippet.get("authorDisplayName") or tr("Somebody"))
            return Incoming(
                remote_id=number,
                at=_seconds(comment),
                text=str(snippet.get("textOriginal") or snippet["textDisplay"]),
                author=Author(
                    who or snippet.get("authorDisplayName") or f"left {number}",
                    name,
                    name.removeprefix("@"),
                    str(snippet.get("authorChannelUrl") or ""),
                ),
                out=self._is_mine(comment),
                thread=root,
                parent="" if number == root else root,
                post_title=str(video.get("title") or ""),
                post_url=f"{_WATCH}{video_id}" if video_id else "",
                post_text=str(video.get("description") or "")[:500],
                url=f"{_WATCH}{video_id}&lc={number}" if video_id else "",
                upstream=upstream,
            )
        return None

    def _is_mine(self, comment: Mapping[str, Any]) -> bool:
        return bool(self._me) and _author_channel(comment) == self._me

    def _threads_json(self) -> str:
        newest = sorted(self._threads, key=lambda number: -self._threads[number].at)[:_MAX_KNOWN]
        known = {number: self._threads[number] for number in newest}
        rows = {number: [thread.at, thread.count, thread.upstream, thread.replies] for number, thread in known.items()}
        return json.dumps(rows, separators=(",", ":"))

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the thread, which is one level deep."""
        body = {"snippet": {"parentId": reply.thread, "textOriginal": reply.text}}
        made = self._google.call("POST", "comments", {"part": "snippet"}, json=body, writing=True)
        row = self._row(made, {"id": reply.thread}, "") if made.get("id") else None
        if row is None:
            msg = tr("YouTube may have accepted this: its response can't be read.")
            raise UnknownOutcome(msg)
        return Sent(row.remote_id, at=row.at)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our reply with the same text in the thread since then."""
        self._me = self._me or self.check().own[0]
        since, text = reply.at + self._google.ahead - _CLOCK_SLACK_SECONDS, folded_words(reply.text)
        for row in self._replies(reply.thread):
            message = self._row(row, {"id": reply.thread}, "")
            if message is not None and message.out and message.at >= since and folded_words(message.text) == text:
                return Sent(message.remote_id, at=message.at)
        return None

    # --- moderating

    def moderate(self, verb: str, on: Target) -> None:
        """Hold a comment for review, publish or reject it; our own comments are deleted.

        SPAM and DELETE reject: YouTube's API no longer has a spam verb, and only the author can delete a comment. A
        rejection cannot be undone.
        """
        if verb == DELETE and self._is_ours(on.message):
            self._google.call("DELETE", "comments", {"id": on.message})
            return
        state = {HIDE: "heldForReview", SHOW: "published"}.get(verb, "rejected")
        self._google.call("POST", "comments/setModerationStatus", {"id": on.message, "moderationStatus": state})

    def _is_ours(self, remote_id: str) -> bool:
        self._me = self._me or self.check().own[0]
        rows = _rows(self._google.call("GET", "comments", {"part": "snippet", "id": remote_id}))
        return any(map(self._is_mine, rows))

    def close(self) -> None:
        """Close the connections; never raises."""
        self._google.close()


def _rows(response: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the resources of a list response that have an id."""
    return dicts(response.get("items"), "id")


def _top_comment(thread: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a thread's first comment; None unless it has an id and a time."""
    top = as_dict(as_dict(thread.get("snippet")).get("topLevelComment"))
    try:
        return top if isinstance(top.get("id"), str) and _seconds(top) else None
    except ValueError:
        return None


def _included_replies(thread: Mapping[str, Any]) -> list[dict[str, Any]]:
    return _rows({"items": as_dict(thread.get("replies")).get("comments")})


def _merged(first: Mapping[str, Any] | None, second: dict[str, Any]) -> dict[str, Any]:
    """Merge a thread found in two lists: the first one, with the replies of both."""
    if first is None:
        return second
    answers = {str(row["id"]): row for row in (*_included_replies(first), *_included_replies(second))}
    return {**first, "replies": {"comments": list(answers.values())}}


def _status(comment: Mapping[str, Any]) -> str:
    return _HELD.get(str(as_dict(comment.get("snippet")).get("moderationStatus") or ""), "")


def _author_channel(comment: Mapping[str, Any]) -> str:
    """Return the author's channel id; "" if the channel was deleted."""
    return str(as_dict(as_dict(comment.get("snippet")).get("authorChannelId")).get("value") or "")


def _oldest(page: Mapping[str, Mapping[str, Any]]) -> int:
    return min((_seconds(_top_comment(row)) for row in page.values()), default=0)


def _has_status(comment: Mapping[str, Any]) -> bool:
    """Whether it has a moderation status, which lists of published comments lack."""
    return "moderationStatus" in as_dict(comment.get("snippet"))


def _seconds(comment: Mapping[str, Any] | None) -> int:
    """Return the publication time in Unix seconds; raises ValueError."""
    timestamp = as_dict(as_dict(comment).get("snippet")).get("publishedAt")
    return int(datetime.fromisoformat(str(timestamp)).timestamp())


def _parse_threads(written: str) -> dict[str, Thread]:
    return {number: Thread(*row) for number, row in json.loads(written or "{}").items()}


def _slice_in_turn(numbers: list[str], turn: int) -> list[str]:
    """Return the slice of ids whose turn it is."""
    half = _BATCH_IDS // 2
    start = turn * half % max(1, -(-len(numbers) // half) * half)
    return numbers[start : start + half]
