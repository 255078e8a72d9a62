"""A session of one login. Slack reports every error as `ok: false`.

Each pull reads the latest 200 messages of a channel, to detect edits, deletions and new replies; replies below older
messages are not noticed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.message import Incoming, Reply
from app.base.words import counted, tr
from app.channels import again
from app.channels.base import Found, Page, Refused, Sent, TryLater, UnknownOutcome, taken_away
from app.channels.http.parts import as_dict
from app.channels.http.shape import UNREADABLE, readable, unreadable
from app.channels.slack.answers import failure
from app.channels.slack.words import author, escaped, name_of, people, plain, same

if TYPE_CHECKING:
    from app.channels.http import Http

CALLED = "Slack"
_PAGE_ROWS, _MAX_CHARS = 200, 40_000
_MONTH_SECONDS = 30 * 86_400  # how far back the first pull reads
_CLOCK_SLACK_SECONDS = 2 * 86_400  # how far our clock may be ahead
# message subtypes that somebody has written
_WRITTEN_SUBTYPES = (None, "thread_broadcast", "me_message", "bot_message", "file_share")
_TS = re.compile(r"\d{10}\.\d{6}")
_MIN_INTERVAL_SECONDS = 60.0  # seconds: an interval this short is read whole, not halved any more
_MAX_SINGLE_LOOKUPS = 30  # with more unknown users than this, the whole user list is loaded
_MAX_PAGES = 200  # maximum pages of a list
_MAX_THREADS, _MAX_HELD_THREADS = 400, 50  # threads whose latest reply is remembered; threads whose replies' ids are
_MAX_SEARCHED_PAGES = 5  # maximum pages of a thread searched for a sent reply


class SlackSession:
    """A session of one login in one workspace."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields, and our id and the workspace's URL from the last `check`."""
        self._server = fields.get("server") or "https://slack.com/api"
        self._token = secrets.get("token", "").strip()
        self._wanted = {name.strip().lstrip("#").casefold() for name in fields.get("channels", "").split(",")} - {""}
        self._me, self._url = fields.get("me", ""), fields.get("url", "")
        self._made: Http | None = None
        self._names: dict[str, str] = {}

    # --- asking

    def _ask(self, name: str, asked: Mapping[str, object] | None = None, *, writing: bool = False) -> dict[str, Any]:
        from app.channels.http import Http  # noqa: PLC0415  the form needs no network

        if self._made is None:
            self._made = Http(self._server, {"Authorization": f"Bearer {self._token}"})
        if writing:
            answer = self._made.raw("POST", name, writing=True, json=dict(asked or {}))
        else:
            answer = self._made.raw("GET", name, params=asked)
        answer.raise_for_status(writing=writing)
        try:
            found = answer.json()
        except TryLater:
            if writing:
                msg = tr("{host} may have accepted this: its response broke off.").format(host=answer.host)
                raise UnknownOutcome(msg) from None
            raise
        if not as_dict(found).get("ok"):
            raise failure(as_dict(found), writing=writing)
        return as_dict(found)

    def _walk(self, name: str, part: str, asked: Mapping[str, object] | None = None) -> Iterator[dict[str, Any]]:
        """Yield all rows that a method lists, following its cursor."""
        cursor = ""
        for _ in range(_MAX_PAGES):
            found = self._ask(name, {"limit": _PAGE_ROWS, **(asked or {}), **({"cursor": cursor} if cursor else {})})
            yield from found.get(part) or ()
            cursor = (found.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        raise unreadable(CALLED)  # endless

    def check(self) -> Found:
        """Return whose login it is, the workspace, and the channels it is in; raises Refused if there are none."""
        with readable(CALLED):
            return self._found()

    def _found(self) -> Found:
        me = self._ask("auth.test")
        places = [str(place["name"]) for place in self._channels()]
        if not places:
            msg = tr("{user} isn't in any channel of {team} that Rapport can read. Join one in Slack first.").format(
                user=me["user"], team=me["team"]
            )
            raise Refused(msg)
        many = counted(len(places), "{count} channel", "{count} channels")
        return Found(
            tr("{user} is connected to {team}, in {channels}.").format(user=me["user"], team=me["team"], channels=many),
            own=(str(me["user_id"]),),
            facts={"me": str(me["user_id"]), "url": str(me["url"])},
            offers={"channels": tuple(sorted(places))},
        )

    def _channels(self) -> Iterator[dict[str, Any]]:
        kinds = "public_channel,private_channel"
        for place in self._walk("users.conversations", "channels", {"types": kinds, "exclude_archived": "true"}):
            if not self._wanted or place["name"].casefold() in self._wanted:
                yield {**place, "id": str(place["id"])}

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new messages, edits and deletions of each channel, then of its threads."""
        odd = False
        with readable(CALLED):
            places = list(self._channels())
        for place in places:
            kept = json.loads(cursor.get(place["id"], "{}"))
            state = {
                "since": f"{clock.now() - _MONTH_SECONDS:.6f}",
                "known": [],
                "threads": {},
                "held": {},
                "due": {},
                **kept,
            }
            try:
                yield from self._pull_channel(place, state)
            except Refused:
                continue  # we left it, or it was archived, meanwhile
            except UNREADABLE:
                odd = True
        if odd:
            raise unreadable(CALLED)

    def _pull_channel(self, place: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        number, begun = place["id"], state["since"]
        latest = self._ask("conversations.history", {"channel": number, "limit": _PAGE_ROWS})
        rows, whole = _messages(latest)
        if latest.get("has_more") and rows and float(begun) < _ts(rows[0]):
            yield from self._bisect(place, state)
        elif fresh := [row for row in rows if _ts(row) > float(begun)]:
            state["since"] = fresh[-1]["ts"]
            yield self._page(fresh, place, state)
        if whole:
            yield self._recheck(rows, place, state, begun, more=bool(latest.get("has_more")))
        self._queue_threads(rows, state)
        for root, told in list(state["due"].items()):
            state["threads"][root] = told
            del state["due"][root]
            yield from self._read_thread(root, place, state)

    @staticmethod
    def _queue_threads(rows: list[dict[str, Any]], state: dict[str, Any]) -> None:
        """Queue the threads with new or deleted replies; if the pull is interrupted, the next one reads them."""
        for row in rows:
            told = [row.get("latest_reply"), row.get("reply_count")]
            if row.get("reply_count") is not None and state["threads"].get(row["ts"]) != told:
                state["due"][row["ts"]] = told

    def _bisect(self, place: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        """Yield all since the cursor, oldest first: Slack lists the newest first, so the interval is bisected."""
        upper: float | None = None
        while True:
            within = {
                "channel": place["id"],
                "oldest": state["since"],
                **({"latest": f"{upper:.6f}", "inclusive": "false"} if upper else {}),
            }
            found = self._ask("conversations.history", {**within, "limit": _PAGE_ROWS})
            (rows, _), since = _messages(found), float(state["since"])
            if any(not since < _ts(row) < (upper or float("inf")) for row in rows):
                raise unreadable(CALLED)  # the server ignores the interval
            if found.get("has_more") and rows and (upper or _ts(rows[-1])) - since > _MIN_INTERVAL_SECONDS:
                upper = (since + (upper or _ts(rows[-1]))) / 2
                continue
            if found.get("has_more"):
                rows, _ = _messages({"messages": list(self._walk("conversations.history", "messages", within))})
            # a microsecond less, as otherwise a message at exactly that time would be in neither interval
            state["since"] = f"{upper - 1e-6:.6f}" if upper else rows[-1]["ts"] if rows else state["since"]
            for begin in range(0, max(len(rows), 1), _PAGE_ROWS):
                yield self._page(rows[begin : begin + _PAGE_ROWS], place, state, moved=begin + _PAGE_ROWS >= len(rows))
            if upper is None:
                return
            upper = None

    def _page(
        self, rows: list[dict[str, Any]], place: Mapping[str, Any], state: dict[str, Any], *, moved: bool = True
    ) -> Page:
        self._look_up_names(rows)
        items = tuple(item for row in rows if (item := self._incoming(row, place)) is not None)
        self._queue_threads(rows, state)
        if not moved:
            return Page(items, {})
        known = sorted({*state["known"], *(row["ts"] for row in rows if not _in_thread(row))}, key=float)
        state["known"] = known[-_PAGE_ROWS:]
        return Page(items, self._cursor(place, state))

    @staticmethod
    def _cursor(place: Mapping[str, Any], state: dict[str, Any]) -> dict[str, str]:
        state["threads"] = dict(sorted(state["threads"].items(), key=lambda one: float(one[0]))[-_MAX_THREADS:])
        return {place["id"]: json.dumps(state, separators=(",", ":"))}

    def _recheck(
        self, rows: list[dict[str, Any]], place: Mapping[str, Any], state: dict[str, Any], begun: str, *, more: bool
    ) -> Page:
        """Return edits and deletions among the latest messages."""
        answer = again.Answer({str(row["ts"]): row for row in rows}, whole=True)
        first = _ts(rows[0]) if rows and more else 0.0
        self._look_up_names([row for row in rows if _is_edited(row)])
        window = [ts for ts in state["known"] if first <= float(ts) <= float(begun)]
        gone = answer.gone(window)
        items = answer.changes(
            [*answer.there, *gone],
            edited=_is_edited,
            incoming=lambda row: self._incoming(row, place),
            away=lambda ts: taken_away(f"{place['id']}/{ts}", int(float(ts))),
        )
        state["known"] = [ts for ts in state["known"] if ts not in gone]
        return Page(tuple(items), self._cursor(place, state))

    def _read_thread(self, root: str, place: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        """Yield all replies of a thread, then deletions."""
        asked = {"channel": place["id"], "ts": root}
        rows, whole = _messages({"messages": list(self._walk("conversations.replies", "messages", asked))})
        rows = [row for row in rows if row["ts"] != root]
        held = state["held"]
        answer = again.Answer({str(row["ts"]): row for row in rows}, whole)
        lost = [taken_away(f"{place['id']}/{ts}", int(float(ts))) for ts in answer.gone(held.get(root, ()))]
        held[root] = [row["ts"] for row in rows][-_PAGE_ROWS:]
        state["held"] = dict(sorted(held.items(), key=lambda one: float(one[0]))[-_MAX_HELD_THREADS:])
        for begin in range(0, len(rows), _PAGE_ROWS):
            self._look_up_names(rows[begin : begin + _PAGE_ROWS])
            items = (self._incoming(row, place) for row in rows[begin : begin + _PAGE_ROWS])
            yield Page(tuple(filter(None, items)), {})
        yield Page(tuple(lost), self._cursor(place, state))

    def _look_up_names(self, rows: list[dict[str, Any]]) -> None:
        """Look up the names of all authors of these messages and people mentioned in them."""
        missing = {name for row in rows for name in people(row)} - set(self._names)
        if len(missing) > _MAX_SINGLE_LOOKUPS:
            with suppress(*UNREADABLE):
                for one in self._walk("users.list", "members"):
                    self._names[one["id"]] = name_of(one)
        for name in missing - set(self._names):
            try:
                self._names[name] = name_of(self._ask("users.info", {"user": name})["user"]) or name
            except (Refused, *UNREADABLE):
                self._names[name] = name

    def _incoming(self, row: Mapping[str, Any], place: Mapping[str, Any]) -> Incoming | None:
        """Convert a row; None for system messages (joins, topic changes), empty ones, and malformed rows."""
        try:
            ts, number = str(row["ts"]), place["id"]
            if row.get("subtype") == "tombstone":
                return taken_away(f"{number}/{ts}", int(float(ts)))
            text = plain(row, self._names)
            if row.get("subtype") not in _WRITTEN_SUBTYPES or not text:
                return None
            root = str(row.get("thread_ts") or ts)
            return Incoming(
                remote_id=f"{number}/{ts}",
                at=int(float(ts)),
                text=text,
                author=author(row, self._names, self._url),
                out=row.get("user") == self._me,
                thread=f"{number}/{root}",
                parent=f"{number}/{root}" if root != ts else "",
                post_title=f"#{place['name']}",
                post_url=f"{self._url}archives/{number}",
                url=self._link(number, ts, root),
                public=not place.get("is_private"),
            )
        except UNREADABLE:
            return None

    def _link(self, place: str, ts: str, root: str) -> str:
        below = f"?thread_ts={root}&cid={place}" if root != ts else ""
        return f"{self._url}archives/{place}/p{ts.replace('.', '')}{below}"

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the thread in plain text: no markup, and no mentions that ping anybody."""
        place, root = _target_of(reply)
        text = escaped(reply.text)
        if len(text) > _MAX_CHARS:
            msg = tr("Slack allows {most:,} characters, and counts & < > as several. Shorten it.").format(
                most=_MAX_CHARS
            )
            raise Refused(msg)
        made = self._ask(
            "chat.postMessage", {"channel": place, "text": text, "thread_ts": root, "mrkdwn": False}, writing=True
        )
        with readable(CALLED, sending=True):
            return self._sent(place, root, made["ts"])

    def _sent(self, place: str, root: str, ts: str) -> Sent:
        return Sent(f"{place}/{ts}", self._link(place, ts, root), int(float(ts)))

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our message with the same text in that thread, since then."""
        with readable(CALLED, sending=True):
            return self._look_for(reply, *_target_of(reply))

    def _look_for(self, reply: Reply, place: str, root: str) -> Sent | None:
        since = max(float(root), reply.at - _CLOCK_SLACK_SECONDS)
        asked: dict[str, object] = {"channel": place, "ts": root, "oldest": f"{since:.6f}", "limit": _PAGE_ROWS}
        for _ in range(_MAX_SEARCHED_PAGES):
            found = self._ask("conversations.replies", asked)
            for row in found["messages"]:
                if row.get("user") == self._me and row["ts"] != root and same(row, reply.text):
                    return self._sent(place, root, str(row["ts"]))
            asked["cursor"] = (found.get("response_metadata") or {}).get("next_cursor") or ""
            if not asked["cursor"] and not found.get("has_more"):
                return None
        msg = tr("Too much has been said in that thread since. Check it, then say whether it's there.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, remote_id: str) -> None:
        """Delete the message; one that is deleted already is no error."""
        del verb  # only DELETE exists here
        place, _, ts = remote_id.partition("/")
        try:
            self._ask("chat.delete", {"channel": place, "ts": ts}, writing=True)
        except Refused as why:
            if "message_not_found" not in str(why):
                raise

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def _target_of(reply: Reply) -> tuple[str, str]:
    """Return the channel and the thread's root for a reply; raises Refused if they are unknown."""
    place, _, root = (reply.thread or reply.parent).partition("/")
    if not place or not root:
        msg = tr("Rapport doesn't know which Slack channel this conversation is in. Reply in Slack.")
        raise Refused(msg)
    return place, root


def _messages(found: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """Return the messages, oldest first, and whether all are valid; those with an implausible `ts` are left out."""
    rows = [row for row in found["messages"] if isinstance(row, dict) and _TS.fullmatch(str(row.get("ts")))
            and float(row["ts"]) < clock.now() + _MONTH_SECONDS]  # fmt: skip
    return sorted(rows, key=_ts), len(rows) == len(found["messages"])


def _ts(row: Mapping[str, Any]) -> float:
    """Return the timestamp in Unix seconds; `ts` is also the message's id in its channel."""
    return float(row["ts"])


def _is_edited(row: Mapping[str, Any]) -> bool:
    """Whether it was edited, or deleted with its replies kept (a tombstone)."""
    return bool(row.get("edited")) or row.get("subtype") == "tombstone"


def _in_thread(row: Mapping[str, Any]) -> bool:
    return bool(row.get("thread_ts", row["ts"]) != row["ts"])
