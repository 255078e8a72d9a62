"""One channel's comments: what is new, what changed, answers, and the owner's verbs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.base.errors import UserError
from app.base.message import Author, Incoming, Reply
from app.base.text import folded_words
from app.base.words import tr
from app.channels import again
from app.channels.base import DELETE, HIDE, SHOW, Found, Page, Refused, Sent, UnknownOutcome, in_pages, taken_away
from app.channels.http.parts import as_dict, dicts
from app.channels.http.shape import unreadable
from app.channels.youtube.google import WRITE, Google

_CALLED = "YouTube"
_WATCH = "https://www.youtube.com/watch?v="
_HELD = {"heldForReview": "held", "likelySpam": "spam", "rejected": "hidden"}
_FIRST, _MOST = 5, 20  # pages of a hundred threads: at first, and after a long absence
_KNOWN = 300  # threads that are looked at again for answers, edits and deletions
_ASKED = 50
_LONG = 40  # threads whose answers are listed one by one in one pull; the others have their turn later
_KEPT = 20
_SLACK = 120


@dataclass(slots=True)
class Thread:
    """What is remembered of a thread: when it began, how many answers were read (-1: not all), how it stands."""

    at: int
    count: int = -1
    upstream: str = ""
    replies: list[str] = field(default_factory=list)


class YouTubeSession:
    """One login on one channel."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """As the form has it."""
        self._google = Google(fields, secrets)
        self._me = fields.get("me", "")
        self._threads: dict[str, Thread] = {}
        self._videos: dict[str, Mapping[str, Any]] = {}
        self._long = self._low = self._ours = 0

    # --- logging in

    def check(self) -> Found:
        """Which channel it is."""
        found = self._google.call("GET", "channels", {"part": "snippet", "mine": "true"})
        mine = next(iter(_rows(found)), None)
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
        """New threads, new answers to the latest threads, and what became of those; the units are in the cursor.

        YouTube lists by when a thread began, the newest first: it is read until one that is known, and what came in is
        handed on oldest first. Units that were spent are noted even where the reading broke off.
        """
        self._google.take_up(cursor)
        self._threads = _remembered(cursor.get("recent", ""))
        last, turn = int(cursor.get("last") or 0), int(cursor.get("turn") or 0)
        self._long = self._ours = 0
        try:
            self._me = self._me or self.check().own[0]
            listed = self._listed(last)
            turn, asked, gone = self._again(listed, turn)
            self._watch(thread for number, thread in listed.items() if number not in self._threads)
            rows = [row for thread in reversed([*listed.values(), *asked]) for row in self._thread(thread)] + gone
        except UserError:
            yield Page((), self._google.spent())
            raise
        rows.sort(key=lambda row: row.at)
        # what we have sent meanwhile was counted by nobody: it is when it comes back
        self._google.spend(WRITE * self._ours)
        newest = max([last, *(row.at for row in rows if not row.gone and not row.parent)])
        moved = {"last": str(newest), "turn": str(turn), "recent": self._recent()}
        spent = self._google.spent()
        yield from in_pages(rows, {**moved, **spent}, meanwhile=spent)

    def _listed(self, last: int) -> dict[str, dict[str, Any]]:
        """Threads by id: public ones down to what is known, and the latest that wait or look like spam."""
        found: dict[str, dict[str, Any]] = {}
        for state, most in (("published", _MOST if last else _FIRST), ("heldForReview", 1), ("likelySpam", 1)):
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
                page = {str(row["id"]): row for row in _rows(answer) if _top(row) is not None}
                for number, row in page.items():
                    found[number] = _merged(found.get(number), row)
                self._low = _oldest(page) if state == "published" else self._low
                asked["pageToken"] = answer.get("nextPageToken")
                if not asked["pageToken"] or self._threads.keys() & page.keys() or _oldest(page) <= last:
                    break
        return found

    def _again(
        self, listed: Mapping[str, Mapping[str, Any]], turn: int
    ) -> tuple[int, list[dict[str, Any]], list[Incoming]]:
        """Known threads that were not listed: some that should have been and some older ones; they take turns."""
        absent = [number for number in self._threads if number not in listed]
        missing = [number for number in absent if self._threads[number].at > self._low]
        others = [number for number in absent if self._threads[number].at <= self._low]
        wanted = [*_turn(missing, turn), *_turn(others, turn)]
        if not wanted:
            return turn, [], []
        answer = self._google.call(
            "GET", "commentThreads", {"part": "snippet,replies", "id": ",".join(wanted), "textFormat": "plainText"}
        )
        stand = again.answer(answer.get("items"), again.by("id"))
        if not stand.whole:
            raise unreadable(_CALLED)  # one that cannot be read would be taken for gone
        found = [row for row in stand.there.values() if _top(row) is not None]
        lost = sorted(stand.gone(wanted))
        gone = [taken_away(one) for number in lost for one in (number, *self._threads[number].replies)]
        for number in lost:
            del self._threads[number]
        return turn + 1, found, gone

    def _watch(self, threads: Iterable[Mapping[str, Any]]) -> None:
        """Learn the titles of the videos under which these stand, fifty for a unit."""
        wanted = {str(as_dict(thread.get("snippet")).get("videoId") or "") for thread in threads}
        numbers = sorted(wanted - {""} - self._videos.keys())
        for first in range(0, min(len(numbers), 4 * _ASKED), _ASKED):
            asked = {"part": "snippet", "id": ",".join(numbers[first : first + _ASKED])}
            rows = _rows(self._google.call("GET", "videos", asked))
            self._videos |= {str(row["id"]): as_dict(row.get("snippet")) for row in rows}

    def _thread(self, thread: Mapping[str, Any]) -> list[Incoming]:
        """The first comment and its answers; those that were there and are not any more are gone."""
        number, top = str(thread["id"]), _top(thread) or {}
        known = self._threads.get(number)
        answers, count, whole = self._all_answers(thread, known)
        upstream = _standing(top) if known is None or _tells_standing(top) else known.upstream
        stand = again.Answer({str(row["id"]): row for row in answers}, whole)
        kept = list(stand.there)[-_KEPT:] if whole or known is None else known.replies
        gone = stand.gone(known.replies) if known is not None else []
        if known is not None:
            fresh = [row for name, row in stand.there.items() if name not in known.replies]
            self._ours += sum(map(self._is_mine, fresh))
        self._threads[number] = Thread(_seconds(top), count, upstream, kept)
        rows = [self._row(top, thread, upstream), *(self._row(row, thread, _standing(row)) for row in answers)]
        return [row for row in rows if row is not None] + [taken_away(one) for one in gone]

    def _all_answers(self, thread: Mapping[str, Any], known: Thread | None) -> tuple[list[dict[str, Any]], int, bool]:
        """Answers, the count to remember (-1 where they are to be asked for again), and whether these are all.

        A list of threads holds a few of each; the others are asked for where their number has changed.
        """
        listed = _answers(thread)
        told = as_dict(thread.get("snippet")).get("totalReplyCount")
        total = told if isinstance(told, int) else len(listed)
        if total <= len(listed):
            return listed, total, True
        if known is not None and known.count == total:
            return listed, total, False
        if self._long >= _LONG:
            return listed, -1, False
        return self._replies(str(thread["id"])), total, True

    def _replies(self, parent: str) -> list[dict[str, Any]]:
        """Every answer in a thread; YouTube has 500 at most."""
        self._long += 1
        asked: dict[str, object] = {"part": "snippet", "parentId": parent, "maxResults": 100, "textFormat": "plainText"}
        found: list[dict[str, Any]] = []
        for _ in range(10):
            answer = self._google.call("GET", "comments", asked)
            found += _rows(answer)
            asked["pageToken"] = answer.get("nextPageToken")
            if not asked["pageToken"]:
                break
        return found

    def _row(self, comment: Mapping[str, Any], thread: Mapping[str, Any], upstream: str) -> Incoming | None:
        """A comment as a message; None where it cannot be read."""
        number, said = str(comment["id"]), as_dict(comment.get("snippet"))
        place, root = str(as_dict(thread.get("snippet")).get("videoId") or ""), str(thread["id"])
        video = self._videos.get(place, {})
        with suppress(KeyError, TypeError, ValueError):
            who = _who(comment)
            name = str(said.get("authorDisplayName") or tr("Somebody"))
            return Incoming(
                remote_id=number,
                at=_seconds(comment),
                text=str(said.get("textOriginal") or said["textDisplay"]),
                author=Author(
                    who or said.get("authorDisplayName") or f"left {number}",
                    name,
                    name.removeprefix("@"),
                    str(said.get("authorChannelUrl") or ""),
                ),
                out=self._is_mine(comment),
                thread=root,
                parent="" if number == root else root,
                post_title=str(video.get("title") or ""),
                post_url=f"{_WATCH}{place}" if place else "",
                post_text=str(video.get("description") or "")[:500],
                url=f"{_WATCH}{place}&lc={number}" if place else "",
                upstream=upstream,
            )
        return None

    def _is_mine(self, comment: Mapping[str, Any]) -> bool:
        return bool(self._me) and _who(comment) == self._me

    def _recent(self) -> str:
        newest = sorted(self._threads.items(), key=lambda one: -one[1].at)[:_KNOWN]
        rows = {number: [one.at, one.count, one.upstream, one.replies] for number, one in newest}
        return json.dumps(rows, separators=(",", ":"))

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Answer in the thread, which is one level deep."""
        said = {"snippet": {"parentId": reply.thread, "textOriginal": reply.text}}
        made = self._google.call("POST", "comments", {"part": "snippet"}, json=said, writing=True)
        row = self._row(made, {"id": reply.thread}, "") if made.get("id") else None
        if row is None:
            msg = tr("YouTube may have accepted this: its response can't be read.")
            raise UnknownOutcome(msg)
        return Sent(row.remote_id, at=row.at)

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for the words among our own answers in the thread since then."""
        self._me = self._me or self.check().own[0]
        since, said = reply.at + self._google.ahead - _SLACK, folded_words(reply.text)
        for row in self._replies(reply.thread):
            found = self._row(row, {"id": reply.thread}, "")
            if found is not None and found.out and found.at >= since and folded_words(found.text) == said:
                return Sent(found.remote_id, at=found.at)
        return None

    # --- moderating

    def moderate(self, verb: str, remote_id: str) -> None:
        """Hold it for review, publish it, or reject it for good; our own comments are deleted.

        YouTube has no verb for spam any more, lets nobody delete another's comment, and takes no rejection back.
        """
        if verb == DELETE and self._is_ours(remote_id):
            self._google.call("DELETE", "comments", {"id": remote_id})
            return
        state = {HIDE: "heldForReview", SHOW: "published"}.get(verb, "rejected")
        self._google.call("POST", "comments/setModerationStatus", {"id": remote_id, "moderationStatus": state})

    def _is_ours(self, remote_id: str) -> bool:
        self._me = self._me or self.check().own[0]
        rows = _rows(self._google.call("GET", "comments", {"part": "snippet", "id": remote_id}))
        return any(map(self._is_mine, rows))

    def close(self) -> None:
        """Hang up; never raises."""
        self._google.close()


def _rows(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The resources of a list that have an id."""
    return dicts(found.get("items"), "id")


def _top(thread: Mapping[str, Any]) -> dict[str, Any] | None:
    """The comment that began a thread; None where it has none with an id and a time."""
    top = as_dict(as_dict(thread.get("snippet")).get("topLevelComment"))
    try:
        return top if isinstance(top.get("id"), str) and _seconds(top) else None
    except ValueError:
        return None


def _answers(thread: Mapping[str, Any]) -> list[dict[str, Any]]:
    return _rows({"items": as_dict(thread.get("replies")).get("comments")})


def _merged(one: Mapping[str, Any] | None, other: dict[str, Any]) -> dict[str, Any]:
    """A thread that two lists hold: as the first tells it, with the answers of both."""
    if one is None:
        return other
    answers = {str(row["id"]): row for row in (*_answers(one), *_answers(other))}
    return {**one, "replies": {"comments": list(answers.values())}}


def _standing(comment: Mapping[str, Any]) -> str:
    return _HELD.get(str(as_dict(comment.get("snippet")).get("moderationStatus") or ""), "")


def _who(comment: Mapping[str, Any]) -> str:
    """The author's channel; "" where there is none any more."""
    return str(as_dict(as_dict(comment.get("snippet")).get("authorChannelId")).get("value") or "")


def _oldest(page: Mapping[str, Mapping[str, Any]]) -> int:
    return min((_seconds(_top(row)) for row in page.values()), default=0)


def _tells_standing(comment: Mapping[str, Any]) -> bool:
    """Whether it says how it stands: lists of the public ones do not."""
    return "moderationStatus" in as_dict(comment.get("snippet"))


def _seconds(comment: Mapping[str, Any] | None) -> int:
    """When it was published; ValueError where that is no time."""
    told = as_dict(as_dict(comment).get("snippet")).get("publishedAt")
    return int(datetime.fromisoformat(str(told)).timestamp())


def _remembered(told: str) -> dict[str, Thread]:
    return {number: Thread(*row) for number, row in json.loads(told or "{}").items()}


def _turn(numbers: list[str], turn: int) -> list[str]:
    """Those whose turn it is to be asked after."""
    half = _ASKED // 2
    start = turn * half % max(1, -(-len(numbers) // half) * half)
    return numbers[start : start + half]
