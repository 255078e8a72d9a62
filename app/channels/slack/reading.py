"""Reads what was said in one conversation of Slack: what is new, what was changed, and what became of threads.

Each pull reads the latest 200 messages, to detect edits, deletions and new replies. Threads that we wrote in are asked
for one by one once they are older than those; so are the threads of the last days, as an edit in one is told nowhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.base import clock
from app.base.message import Incoming, OwnReaction
from app.channels import again
from app.channels.base import Page, by_program, taken_away
from app.channels.http.shape import UNREADABLE, unreadable
from app.channels.slack.answers import Declined
from app.channels.slack.emoji import REACTIONS
from app.channels.slack.names import Names
from app.channels.slack.places import PUBLIC, SLACKBOT, Place
from app.channels.slack.wire import CALLED, HISTORY, REPLIES, ROWS, Wire
from app.channels.slack.words import author, plain

REACHED = "reached"
"""The cursor entry with the id of the conversation that was read last."""
_MONTH_SECONDS = 30 * 86_400  # how far back the first pull reads
_HIDDEN_SECONDS = 89 * 86_400  # a day less than the age from which a free plan hides messages
_YOUNG_SECONDS = 3 * 86_400  # for how long edits are looked for in a thread
_OURS_SECONDS = 90 * 86_400  # for how long after its last message a thread of ours is looked at
# message subtypes that somebody has written
_WRITTEN_SUBTYPES = (None, "thread_broadcast", "me_message", "bot_message", "file_share")
_TS = re.compile(r"\d{10}\.\d{6}")
_MIN_INTERVAL_SECONDS = 60.0  # an interval this short is read whole, not halved any more
_MAX_THREADS, _MAX_HELD_THREADS = 400, 50  # threads whose latest reply is remembered; threads whose replies' ids are
_MAX_OURS, _MAX_REACTED = 100, 200  # threads that we wrote in; messages that we reacted to
_THREAD_ROWS = 900  # of a thread on a page: fewer than 1,000 is what Slack takes

Row = dict[str, Any]


class Reader:
    """The reading of one conversation; `state` is what its cursor entry remembers.

    `since` is the latest message read, `known` are the latest ids, `threads` maps roots to their latest reply and the
    number of replies, `due` to the same where it has changed, `held` to the replies' ids, and `ours` to the last
    message of a thread that we wrote in. `reacted` maps messages to our reactions. `window` is where the latest begin.
    """

    def __init__(self, wire: Wire, names: Names, place: Place, me: tuple[str, str], cursor: Mapping[str, str]) -> None:
        """`me` are our id and the workspace's address."""
        self._wire, self._names, self.place, (self._me, self._url) = wire, names, place, me
        self._titles: dict[str, str] = {}
        self.state: dict[str, Any] = {
            "since": f"{clock.now() - _MONTH_SECONDS:.6f}", "known": [], "threads": {}, "held": {}, "due": {},
            "ours": {}, "reacted": {}, "window": "0", **json.loads(cursor.get(place.id, "{}")),
        }  # fmt: skip

    # --- what is new

    def latest(self) -> Iterator[Page]:
        """Yield new messages, then edits, deletions and our reactions among the latest; notes which threads are due."""
        state, begun = self.state, self.state["since"]
        response = self._wire.ask(HISTORY, {"channel": self.place.id, "limit": ROWS}, patient=False)
        rows, whole = _messages(response)
        more = bool(response.get("has_more"))
        if more and rows and float(begun) < _ts(rows[0]):
            yield from self._bisect()
        elif fresh := [row for row in rows if _ts(row) > float(begun)]:
            yield from self._pages(fresh, fresh[-1]["ts"])
        state["window"] = rows[0]["ts"] if more and rows else "0"
        self._queue_threads(rows)
        if whole:
            yield self._recheck(rows, begun, self._shown_from(response, rows))

    def _queue_threads(self, rows: list[Row]) -> None:
        """Queue the threads with new or deleted replies; if the pull is interrupted, a later one reads them."""
        for row in rows:
            latest = str(row.get("latest_reply"))
            counts = [latest if _TS.fullmatch(latest) else None, row.get("reply_count")]
            if row.get("reply_count") is not None and self.state["threads"].get(row["ts"]) != counts:
                self.state["due"][row["ts"]] = counts

    def _bisect(self) -> Iterator[Page]:
        """Yield all since the cursor, oldest first: Slack lists the newest first, so the interval is bisected."""
        state = self.state
        upper: float | None = None
        while True:
            within = {
                "channel": self.place.id,
                "oldest": state["since"],
                **({"latest": f"{upper:.6f}", "inclusive": "false"} if upper else {}),
            }
            response = self._wire.ask(HISTORY, {**within, "limit": ROWS}, patient=False)
            (rows, _), since = _messages(response), float(state["since"])
            if any(not since < _ts(row) < (upper or float("inf")) for row in rows):
                raise unreadable(CALLED)  # the server ignores the interval
            if response.get("has_more") and rows and (upper or _ts(rows[-1])) - since > _MIN_INTERVAL_SECONDS:
                upper = (since + (upper or _ts(rows[-1]))) / 2
                continue
            if response.get("has_more"):
                rows, _ = _messages({"messages": list(self._wire.walk(HISTORY, "messages", within, patient=False))})
            # a microsecond less, as otherwise a message at exactly that time would be in neither interval
            moved = f"{upper - 1e-6:.6f}" if upper else rows[-1]["ts"] if rows else state["since"]
            yield from self._pages(rows, moved)
            if upper is None:
                return
            upper = None

    def _pages(self, rows: list[Row], moved: str) -> Iterator[Page]:
        """Yield these messages; the cursor moves with the last page of them."""
        for begin in range(0, max(len(rows), 1), ROWS):
            last = begin + ROWS >= len(rows)
            part = rows[begin : begin + ROWS]
            if last:
                self._names.of(part)  # a limit may be reached here: only then does the cursor move
                self.state["since"] = moved
            yield self._page(part, moved=last)

    def _page(self, rows: list[Row], *, moved: bool = True) -> Page:
        items = self._incoming(rows)
        self._queue_threads(rows)
        if not moved:
            return Page(items, {})
        known = sorted({*self.state["known"], *(row["ts"] for row in rows if not _in_thread(row))}, key=float)
        self.state["known"] = known[-ROWS:]
        return Page(items, self.cursor())

    def cursor(self) -> dict[str, str]:
        """What is remembered of this conversation, and that it was read last."""
        return {**self.kept(), REACHED: self.place.id}

    def kept(self) -> dict[str, str]:
        """What is remembered of this conversation."""
        state = self.state
        state["threads"] = _last(state["threads"], _MAX_THREADS)
        state["held"] = _last(state["held"], _MAX_HELD_THREADS)
        state["reacted"] = _last(state["reacted"], _MAX_REACTED)
        gone = clock.now() - _OURS_SECONDS
        ours = sorted((last, root) for root, last in state["ours"].items() if float(last) > gone)
        state["ours"] = {root: last for last, root in ours[-_MAX_OURS:]}
        return {self.place.id: json.dumps(state, separators=(",", ":"))}

    def _shown_from(self, response: Mapping[str, Any], rows: list[Row]) -> float:
        """From when on a message that is missing from the latest ones is deleted.

        A free plan hides what is older than 90 days, and an empty answer need not mean that nothing is left.
        """
        if rows:
            more = response.get("has_more") or response.get("is_limited")
            return _ts(rows[0]) if more else clock.now() - _HIDDEN_SECONDS
        last = self.state["known"][-1:]
        try:
            if last and not response.get("is_limited"):
                self._wire.ask("chat.getPermalink", {"channel": self.place.id, "message_ts": last[0]}, patient=False)
        except Declined as why:
            if why.code == "message_not_found":
                return clock.now() - _HIDDEN_SECONDS
        return float("inf")

    def _recheck(self, rows: list[Row], begun: str, first: float) -> Page:
        """Return edits and deletions among the latest messages, and what has changed in our reactions to them."""
        current = again.CurrentRows({str(row["ts"]): row for row in rows}, complete=True)
        window = [ts for ts in self.state["known"] if first <= float(ts) <= float(begun)]
        gone = current.gone(window)
        edited = [row for row in rows if _is_edited(row)]
        items = (*self._incoming(edited), *map(self._gone, gone))
        self.state["known"] = [ts for ts in self.state["known"] if ts not in gone]
        reacted = self._reactions(rows)
        return Page(items, self.cursor(), reacted=reacted)

    # --- threads

    def due(self) -> list[tuple[float, str]]:
        """The threads with something new, each with the time of its latest reply."""
        return [(float(counts[0] or root), root) for root, counts in self.state["due"].items()]

    def old(self) -> list[str]:
        """The threads of ours that lie below the latest messages, where nothing tells of a new reply."""
        return [root for root in self.state["ours"] if float(root) < float(self.state["window"])]

    def young(self) -> list[str]:
        """The threads of the last days: edits in them are told nowhere."""
        since, old = clock.now() - _YOUNG_SECONDS, set(self.old())
        lasts = {root: ids[-1] for root, ids in self.state["held"].items() if ids}
        return [root for root, last in lasts.items() if float(last) > since and root not in old]

    def note_ours(self, root: str) -> None:
        """We have just written in that thread."""
        self.state["ours"].setdefault(root, f"{clock.now()}.000000")

    def forget(self, root: str) -> None:
        """That thread is there no longer."""
        for kept in ("ours", "due", "held"):
            self.state[kept].pop(root, None)

    def thread(self, root: str) -> Iterator[Page]:
        """Yield what a thread has new, all replies where it is read for the first time, then deletions."""
        state = self.state
        asked = {"channel": self.place.id, "ts": root, "limit": _THREAD_ROWS}
        every, whole = _messages({"messages": list(self._wire.walk(REPLIES, "messages", asked, patient=False))})
        rows = [row for row in every if row["ts"] != root]
        held = state["held"].get(root, [])
        current = again.CurrentRows({str(row["ts"]): row for row in rows}, whole and len(every) > len(rows))
        lost = [self._gone(ts) for ts in current.gone(held)]
        for begin in range(0, len(rows), ROWS):
            yield Page(self._incoming(rows[begin : begin + ROWS]), {})
        state["held"][root] = [row["ts"] for row in rows][-ROWS:]
        if any(row.get("user") == self._me for row in every):
            state["ours"][root] = every[-1]["ts"]
        if root in state["due"]:
            state["threads"][root] = state["due"].pop(root)
        reacted = self._reactions(rows)
        yield Page(tuple(lost), self.kept(), reacted=reacted)

    # --- messages

    def _incoming(self, rows: list[Row]) -> tuple[Incoming, ...]:
        """Convert rows; raises TryLater where a limit keeps their authors' names back."""
        names = self._names.of(rows)
        return tuple(item for row in rows if (item := self._message(row, names)) is not None)

    def _message(self, row: Row, names: Mapping[str, str]) -> Incoming | None:
        """Convert a row; None for system messages (joins, topic changes), empty ones, and malformed rows."""
        try:
            ts, channel = str(row["ts"]), self.place.id
            if row.get("subtype") == "tombstone":
                return self._gone(ts)
            text = plain(row, names)
            if row.get("subtype") not in _WRITTEN_SUBTYPES or not text:
                return None
            root, alone = str(row.get("thread_ts") or ts), self.place.is_one_talk
            message = Incoming(
                remote_id=f"{channel}/{ts}",
                at=int(float(ts)),
                text=text,
                author=author(row, names, self._url),
                out=row.get("user") == self._me,
                thread=channel if alone else f"{channel}/{root}",
                parent=f"{channel}/{root}" if root != ts else "",
                post_title=self.place.title,
                post_url=f"{self._url}archives/{channel}",
                url=link(self._url, channel, ts, root),
                public=self.place.kind == PUBLIC,
            )
            return by_program(message) if self._is_program(row) and not message.out else message
        except UNREADABLE:
            return None

    def _is_program(self, row: Row) -> bool:
        """Whether an app wrote it under its own name, and does not name us; one that speaks for somebody is theirs."""
        own = row.get("user") in (None, "", SLACKBOT) or self._names.is_program(str(row["user"]))
        return own and f"<@{self._me}" not in str(row)

    def _gone(self, ts: str) -> Incoming:
        return taken_away(f"{self.place.id}/{ts}", int(float(ts)))

    def _reactions(self, rows: Iterable[Row]) -> tuple[OwnReaction, ...]:
        """What has changed in our reactions to these messages."""
        told: list[OwnReaction] = []
        for row in rows:
            try:
                before, (now, sure) = self.state["reacted"].get(row["ts"], []), _ours(row, self._me)
            except UNREADABLE:
                continue
            kept = now if sure else [*now, *(one for one in before if one not in now)]
            number = f"{self.place.id}/{row['ts']}"
            told += [OwnReaction(number, sign, is_there=True) for sign in kept if sign not in before]
            told += [OwnReaction(number, sign, is_there=False) for sign in before if sign not in kept]
            if kept:
                self.state["reacted"][row["ts"]] = kept
            else:
                self.state["reacted"].pop(row["ts"], None)
        return tuple(told)


def link(url: str, channel: str, ts: str, root: str) -> str:
    """The address of a message, in its thread."""
    below = f"?thread_ts={root}&cid={channel}" if root not in ("", ts) else ""
    return f"{url}archives/{channel}/p{ts.replace('.', '')}{below}"


def own_reactions(row: Mapping[str, Any], me: str) -> list[str]:
    """The names of our reactions to a message that is told whole."""
    return [str(one["name"]) for one in row.get("reactions") or () if me in one["users"]]


def _ours(row: Row, me: str) -> tuple[list[str], bool]:
    """Our reactions of those that we offer, and whether everybody who reacted was told."""
    names, told = own_reactions(row, me), row.get("reactions") or ()
    sure = all(len(one["users"]) >= int(one.get("count") or 0) for one in told)
    return [sign for sign, name in REACTIONS.items() if name in names], sure


def _messages(response: Mapping[str, Any]) -> tuple[list[Row], bool]:
    """Return the messages, oldest first, and whether all are valid; those with an implausible `ts` are left out."""
    rows = [row for row in response["messages"] if isinstance(row, dict) and _TS.fullmatch(str(row.get("ts")))
            and float(row["ts"]) < clock.now() + _MONTH_SECONDS]  # fmt: skip
    return sorted(rows, key=_ts), len(rows) == len(response["messages"])


def _last(entries: Mapping[str, Any], most: int) -> dict[str, Any]:
    """The entries with the latest ids."""
    return dict(sorted(entries.items(), key=lambda entry: float(entry[0]))[-most:])


def _ts(row: Row) -> float:
    """Return the timestamp in Unix seconds; `ts` is also the message's id in its channel."""
    return float(row["ts"])


def _is_edited(row: Row) -> bool:
    """Whether it was edited, or deleted with its replies kept (a tombstone)."""
    return bool(row.get("edited")) or row.get("subtype") == "tombstone"


def _in_thread(row: Row) -> bool:
    return bool(row.get("thread_ts", row["ts"]) != row["ts"])
