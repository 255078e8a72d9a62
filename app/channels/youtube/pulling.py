"""Reading a channel's comments: what is new first, then answers under threads that are not listed any more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.base.errors import UserError
from app.base.message import Incoming
from app.base.words import N_, tr
from app.channels import again
from app.channels.base import Page, Refused, UnknownOutcome, in_pages, taken_away
from app.channels.http.parts import as_dict
from app.channels.http.shape import unreadable
from app.channels.youtube.google import WRITE, Google
from app.channels.youtube.reading import (
    author_channel,
    has_status,
    included_replies,
    merged,
    message,
    oldest,
    rows_of,
    seconds,
    status,
    top_comment,
)

_SERVICE = "YouTube"
_NOT_HELD = N_(
    "YouTube doesn't show this login what waits for review. Sign in as the channel's owner, or as a manager of it."
)
TOO_MANY = N_("So much was said since that Rapport can't tell. Look on YouTube whether it is there.")
_FIRST_PAGES, _MAX_PAGES = 5, 20  # maximum pages of a hundred threads: on the first pull, and later
# threads remembered, to be checked for replies, edits and deletions; of how many of them the ids of replies are kept
_MAX_KNOWN, _MAX_WITH_IDS = 3_000, 300
BATCH_IDS = 50
_MAX_FULL_LISTS = 40  # threads per pull whose replies are listed in full; the others follow in later pulls
_MAX_REPLY_IDS = 20
# Known threads looked at again per pull, fifty for a unit: those in which we spoke, those that should have been listed,
# and the others.
_SPOKEN_PER_PULL, _MISSING_PER_PULL, _OTHERS_PER_PULL = 200, 25, 100
_AGAIN_SHARE = 0.6  # of the day's units: when that is spent, the rest is for what is new, and for replies


@dataclass(slots=True)
class Thread:
    """What the cursor holds of a thread: `at` in Unix seconds, `count` of replies (-1: not all read), status, ids.

    `spoke`: a comment of ours is in it.
    """

    at: int
    count: int = -1
    upstream: str = ""
    replies: list[str] = field(default_factory=list)
    spoke: bool = False


class Pulling:
    """One pull of a channel."""

    def __init__(self, google: Google, me: str) -> None:
        """`me` is our channel's id."""
        self._google, self._me = google, me
        self._threads: dict[str, Thread] = {}
        self._videos: dict[str, Mapping[str, Any]] = {}
        self._missing: dict[str, str] = {}  # comment that was known and is not shown -> its thread
        self._full_lists = self._oldest_listed = self._own_seen = 0
        self._trouble = ""

    def pages(self, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield new threads, new replies, edits and deletions, oldest first; the cursor counts quota units.

        YouTube lists threads by the time of their first comment, newest first: they are read until a known one. Spent
        units are stored even if the pull fails.
        """
        self._threads = {number: Thread(*row) for number, row in json.loads(cursor.get("recent") or "{}").items()}
        last, turn = int(cursor.get("last") or 0), int(cursor.get("turn") or 0)
        try:
            listed = self._listed(last)
            self._load_videos(thread for number, thread in listed.items() if number not in self._threads)
            rows = self._messages(listed.values())
            newest = max([last, *(row.at for row in rows if not row.gone and not row.parent)])
            yield from self._hand_in(rows, {"last": str(newest), "turn": str(turn)})
            if self._trouble:
                yield Page((), {}, trouble=self._trouble)
            rows = self._again(listed, turn)
            yield from self._hand_in(rows, {"last": str(newest), "turn": str(turn + 1)})
        except UserError:
            yield Page((), self._google.spent())
            raise

    def _hand_in(self, rows: list[Incoming], moved: Mapping[str, str]) -> Iterator[Page]:
        """Yield messages; replies were sent by other sessions, which count no units: charge them as they come back."""
        self._google.spend(WRITE * self._own_seen)
        self._own_seen = 0
        spent = self._google.spent()
        rows = sorted(rows, key=lambda row: row.at)
        yield from in_pages(rows, {**moved, "recent": self._threads_json(), **spent}, meanwhile=spent)

    def _messages(self, threads: Iterable[Mapping[str, Any]]) -> list[Incoming]:
        rows = [row for thread in reversed(list(threads)) for row in self._thread(thread)]
        return rows + self._gone()

    # --- what is listed

    def _listed(self, last: int) -> dict[str, dict[str, Any]]:
        """Return threads by id: published ones back to the first known, and the latest held and spam ones."""
        threads: dict[str, dict[str, Any]] = {}
        self._list("published", _MAX_PAGES if last else _FIRST_PAGES, last, threads)
        for state in ("heldForReview", "likelySpam"):
            try:
                self._list(state, 1, last, threads)
            except Refused:
                self._trouble = tr(_NOT_HELD)
        return threads

    def _list(self, state: str, most: int, last: int, threads: dict[str, dict[str, Any]]) -> None:
        """Add the threads of at most so many pages of one list."""
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
            page = {str(row["id"]): row for row in rows_of(answer) if top_comment(row) is not None}
            for number, row in page.items():
                threads[number] = merged(threads.get(number), row)
            self._oldest_listed = oldest(page) if state == "published" else self._oldest_listed
            asked["pageToken"] = answer.get("nextPageToken")
            if not asked["pageToken"] or self._threads.keys() & page.keys() or oldest(page) <= last:
                break

    # --- what is not listed any more

    def _again(self, listed: Mapping[str, Mapping[str, Any]], turn: int) -> list[Incoming]:
        """Fetch known threads that were not listed, as a thread does not move up when it is answered."""
        threads: list[dict[str, Any]] = []
        wanted = self._due(listed, turn) if self._google.share_spent() < _AGAIN_SHARE else []
        for first in range(0, len(wanted), BATCH_IDS):
            batch = wanted[first : first + BATCH_IDS]
            asked = {"part": "snippet,replies", "id": ",".join(batch), "textFormat": "plainText"}
            answer = self._google.call("GET", "commentThreads", asked)
            current = again.current_rows(answer.get("items"), again.by("id"))
            if not current.complete:
                raise unreadable(_SERVICE)  # a malformed one would be taken for deleted
            threads += [row for row in current.rows.values() if top_comment(row) is not None]
            self._missing |= {number: number for number in current.gone(batch)}
        return self._messages(threads)

    def _due(self, listed: Mapping[str, Mapping[str, Any]], turn: int) -> list[str]:
        """Return the known threads to look at now: those in which we spoke, missing ones, and others in turn."""
        absent = [number for number in self._threads if number not in listed]
        spoken = [number for number in absent if self._threads[number].spoke]
        others = [number for number in absent if not self._threads[number].spoke]
        missing = [number for number in others if self._threads[number].at > self._oldest_listed]
        older = [number for number in others if self._threads[number].at <= self._oldest_listed]
        return [
            *_slice_in_turn(spoken, turn, _SPOKEN_PER_PULL),
            *_slice_in_turn(missing, turn, _MISSING_PER_PULL),
            *_slice_in_turn(older, turn, _OTHERS_PER_PULL),
        ]

    def _gone(self) -> list[Incoming]:
        """Return the deletions among the comments that are not shown; held ones are there without being shown."""
        gone: list[Incoming] = []
        for first in range(0, len(self._missing), BATCH_IDS):
            batch = list(self._missing)[first : first + BATCH_IDS]
            answer = self._google.call("GET", "comments", {"part": "snippet", "id": ",".join(batch)})
            current = again.current_rows(answer.get("items"), again.by("id"))
            for number in current.gone(batch):
                gone += self._taken_away(number, self._missing[number])
        self._missing.clear()
        return gone

    def _taken_away(self, number: str, thread: str) -> list[Incoming]:
        """Forget a comment; a thread takes its replies along."""
        if number == thread:
            known = self._threads.pop(thread, Thread(0))
            return [taken_away(comment) for comment in (thread, *known.replies)]
        if thread in self._threads and number in self._threads[thread].replies:
            self._threads[thread].replies.remove(number)
        return [taken_away(number)]

    # --- one thread

    def _load_videos(self, threads: Iterable[Mapping[str, Any]]) -> None:
        """Fetch the titles of the threads' videos, fifty per call."""
        wanted = {str(as_dict(thread.get("snippet")).get("videoId") or "") for thread in threads}
        numbers = sorted(wanted - {""} - self._videos.keys())
        for first in range(0, min(len(numbers), 4 * BATCH_IDS), BATCH_IDS):
            asked = {"part": "snippet", "id": ",".join(numbers[first : first + BATCH_IDS])}
            rows = rows_of(self._google.call("GET", "videos", asked))
            self._videos |= {str(row["id"]): as_dict(row.get("snippet")) for row in rows}

    def _thread(self, thread: Mapping[str, Any]) -> list[Incoming]:
        """Return a thread's messages; known replies that are not shown are noted as missing."""
        number, top = str(thread["id"]), top_comment(thread) or {}
        known = self._threads.get(number)
        answers, count, whole = self._all_replies(thread, known)
        upstream = status(top) if known is None or has_status(top) else known.upstream
        current = {str(row["id"]): row for row in answers}
        absent = [reply for reply in known.replies if reply not in current] if known is not None and whole else []
        self._missing |= dict.fromkeys(absent, number)
        kept = [*absent, *current][-_MAX_REPLY_IDS:] if whole or known is None else known.replies
        if known is not None and (known.replies or known.count <= 0):
            fresh = [row for name, row in current.items() if name not in known.replies]
            self._own_seen += sum(map(self._is_mine, fresh))
        spoke = any(map(self._is_mine, (top, *answers))) or (known is not None and known.spoke)
        self._threads[number] = Thread(seconds(top), count, upstream, kept, spoke)
        rows = [self._row(top, thread, upstream), *(self._row(row, thread, status(row)) for row in answers)]
        return [row for row in rows if row is not None]

    def _row(self, comment: Mapping[str, Any], thread: Mapping[str, Any], upstream: str) -> Incoming | None:
        video = self._videos.get(str(as_dict(thread.get("snippet")).get("videoId") or ""), {})
        return message(comment, thread, upstream, self._me, video)

    def _is_mine(self, comment: Mapping[str, Any]) -> bool:
        return bool(self._me) and author_channel(comment) == self._me

    def _all_replies(self, thread: Mapping[str, Any], known: Thread | None) -> tuple[list[dict[str, Any]], int, bool]:
        """Return the replies, the count to remember (-1: list them again next time), and whether these are all.

        commentThreads includes only a few replies of each; the rest is listed if their number has changed.
        """
        listed = included_replies(thread)
        counted = as_dict(thread.get("snippet")).get("totalReplyCount")
        total = counted if isinstance(counted, int) else len(listed)
        if total <= sum(not status(row) for row in listed):  # held ones are not counted
            return listed, total, True
        if known is not None and known.count == total:
            return listed, total, False
        if self._full_lists >= _MAX_FULL_LISTS:
            return listed, -1, False
        self._full_lists += 1
        there = {str(row["id"]): row for row in (*listed, *replies_of(self._google, str(thread["id"])))}
        return list(there.values()), total, True

    def _threads_json(self) -> str:
        spoken = sorted(self._threads, key=lambda number: (not self._threads[number].spoke, -self._threads[number].at))
        newest = sorted(spoken[:_MAX_KNOWN], key=lambda number: -self._threads[number].at)
        rows = {}
        for place, number in enumerate(newest):
            one = self._threads[number]
            rows[number] = [one.at, one.count, one.upstream, one.replies if place < _MAX_WITH_IDS else [], one.spoke]
        return json.dumps(rows, separators=(",", ":"))


def replies_of(google: Google, parent: str, *, whole: bool = False) -> list[dict[str, Any]]:
    """Return all replies of a thread that are published; YouTube allows at most 500.

    Should there be more than a thousand, `whole` raises UnknownOutcome; without it, the first thousand are returned.
    """
    asked: dict[str, object] = {"part": "snippet", "parentId": parent, "maxResults": 100, "textFormat": "plainText"}
    replies: list[dict[str, Any]] = []
    for _ in range(10):
        answer = google.call("GET", "comments", asked)
        replies += rows_of(answer)
        asked["pageToken"] = answer.get("nextPageToken")
        if not asked["pageToken"]:
            return replies
    if whole:
        raise UnknownOutcome(tr(TOO_MANY))
    return replies


def _slice_in_turn(numbers: list[str], turn: int, size: int) -> list[str]:
    """Return the slice of ids whose turn it is."""
    if len(numbers) <= size:
        return numbers
    start = turn * size % (-(-len(numbers) // size) * size)
    return numbers[start : start + size]
