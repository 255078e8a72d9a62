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
from app.base.message import Incoming, Reply, Target
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
            body = answer.json()
        except TryLater:
            if writing:
                msg = tr("{host} may have accepted this: its response broke off.").format(host=answer.host)
                raise UnknownOutcome(msg) from None
            raise
        if not as_dict(body).get("ok"):
            raise failure(as_dict(body), writing=writing)
        return as_dict(body)

    def _walk(self, name: str, part: str, asked: Mapping[str, object] | None = None) -> Iterator[dict[str, Any]]:
        """Yield all rows that a method lists, following its cursor."""
        cursor = ""
        for _ in range(_MAX_PAGES):
            page = self._ask(name, {"limit": _PAGE_ROWS, **(asked or {}), **({"cursor": cursor} if cursor else {})})
            yield from page.get(part) or ()
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        raise unreadable(CALLED)  # endless

    def check(self) -> Found:
        """Return whose login it is, the workspace, and the channels it is in; raises Refused if there are none."""
        with readable(CALLED):
            return self._identity()

    def _identity(self) -> Found:
        me = self._ask("auth.test")
        names = [str(channel["name"]) for channel in self._channels()]
        if not names:
            msg = tr("{user} isn't in any channel of {team} that Rapport can read. Join one in Slack first.").format(
                user=me["user"], team=me["team"]
            )
            raise Refused(msg)
        many = counted(len(names), "{count} channel", "{count} channels")
        return Found(
            tr("{user} is connected to {team}, in {channels}.").format(user=me["user"], team=me["team"], channels=many),
            own=(str(me["user_id"]),),
            facts={"me": str(me["user_id"]), "url": str(me["url"])},
            offers={"channels": tuple(sorted(names))},
        )

    def _channels(self) -> Iterator[dict[str, Any]]:
        kinds = "public_channel,private_channel"
        for channel in self._walk("users.conversations", "channels", {"types": kinds, "exclude_archived": "true"}):
            if not self._wanted or channel["name"].casefold() in self._wanted:
                yield {**channel, "id": str(channel["id"])}

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield new messages, edits and deletions of each channel, then of its threads."""
        odd = False
        with readable(CALLED):
            channels = list(self._channels())
        for channel in channels:
            kept = json.loads(cursor.get(channel["id"], "{}"))
            state = {
                "since": f"{clock.now() - _MONTH_SECONDS:.6f}",
                "known": [],
                "threads": {},
                "held": {},
                "due": {},
                **kept,
            }
            try:
                yield from self._pull_channel(channel, state)
            except Refused:
                continue  # we left it, or it was archived, meanwhile
            except UNREADABLE:
                odd = True
        if odd:
            raise unreadable(CALLED)

    def _pull_channel(self, channel: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        number, begun = channel["id"], state["since"]
        latest = self._ask("conversations.history", {"channel": number, "limit": _PAGE_ROWS})
        rows, whole = _messages(latest)
        if latest.get("has_more") and rows and float(begun) < _ts(rows[0]):
            yield from self._bisect(channel, state)
        elif fresh := [row for row in rows if _ts(row) > float(begun)]:
            state["since"] = fresh[-1]["ts"]
            yield self._page(fresh, channel, state)
        if whole:
            yield self._recheck(rows, channel, state, begun, more=bool(latest.get("has_more")))
        self._queue_threads(rows, state)
        for root, counts in list(state["due"].items()):
            state["threads"][root] = counts
            del state["due"][root]
            yield from self._read_thread(root, channel, state)

    @staticmethod
    def _queue_threads(rows: list[dict[str, Any]], state: dict[str, Any]) -> None:
        """Queue the threads with new or deleted replies; if the pull is interrupted, the next one reads them."""
        for row in rows:
            counts = [row.get("latest_reply"), row.get("reply_count")]
            if row.get("reply_count") is not None and state["threads"].get(row["ts"]) != counts:
                state["due"][row["ts"]] = counts

    def _bisect(self, channel: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        """Yield all since the cursor, oldest first: Slack lists the newest first, so the interval is bisected."""
        upper: float | None = None
        while True:
            within = {
                "channel": channel["id"],
                "oldest": state["since"],
                **({"latest": f"{upper:.6f}", "inclusive": "false"} if upper else {}),
            }
            response = self._ask("conversations.history", {**within, "limit": _PAGE_ROWS})
            (rows, _), since = _messages(response), float(state["since"])
            if any(not since < _ts(row) < (upper or float("inf")) for row in rows):
                raise unreadable(CALLED)  # the server ignores the interval
            if response.get("has_more") and rows and (upper or _ts(rows[-1])) - since > _MIN_INTERVAL_SECONDS:
                upper = (since + (upper or _ts(rows[-1]))) / 2
                continue
            if response.get("has_more"):
                rows, _ = _messages({"messages": list(self._walk("conversations.history", "messages", within))})
            # a microsecond less, as otherwise a message at exactly that time would be in neither interval
            state["since"] = f"{upper - 1e-6:.6f}" if upper else rows[-1]["ts"] if rows else state["since"]
            for begin in range(0, max(len(rows), 1), _PAGE_ROWS):
                yield self._page(
                    rows[begin : begin + _PAGE_ROWS], channel, state, moved=begin + _PAGE_ROWS >= len(rows)
                )
            if upper is None:
                return
            upper = None

    def _page(
        self, rows: list[dict[str, Any]], channel: Mapping[str, Any], state: dict[str, Any], *, moved: bool = True
    ) -> Page:
        self._look_up_names(rows)
        items = tuple(item for row in rows if (item := self._incoming(row, channel)) is not None)
        self._queue_threads(rows, state)
        if not moved:
            return Page(items, {})
        known = sorted({*state["known"], *(row["ts"] for row in rows if not _in_thread(row))}, key=float)
        state["known"] = known[-_PAGE_ROWS:]
        return Page(items, self._cursor(channel, state))

    @staticmethod
    def _cursor(channel: Mapping[str, Any], state: dict[str, Any]) -> dict[str, str]:
        state["threads"] = dict(sorted(state["threads"].items(), key=lambda thread: float(thread[0]))[-_MAX_THREADS:])
        return {channel["id"]: json.dumps(state, separators=(",", ":"))}

    def _recheck(
        self, rows: list[dict[str, Any]], channel: Mapping[str, Any], state: dict[str, Any], begun: str, *, more: bool
    ) -> Page:
        """Return edits and deletions among the latest messages."""
        current = again.CurrentRows({str(row["ts"]): row for row in rows}, complete=True)
        first = _ts(rows[0]) if rows and more else 0.0
        self._look_up_names([row for row in rows if _is_edited(row)])
        window = [ts for ts in state["known"] if first <= float(ts) <= float(begun)]
        gone = current.gone(window)
        items = current.changes(
            [*current.rows, *gone],
            edited=_is_edited,
            incoming=lambda row: self._incoming(row, channel),
            away=lambda ts: taken_away(f"{channel['id']}/{ts}", int(float(ts))),
        )
        state["known"] = [ts for ts in state["known"] if ts not in gone]
        return Page(tuple(items), self._cursor(channel, state))

    def _read_thread(self, root: str, channel: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        """Yield all replies of a thread, then deletions."""
        asked = {"channel": channel["id"], "ts": root}
        rows, whole = _messages({"messages": list(self._walk("conversations.replies", "messages", asked))})
        rows = [row for row in rows if row["ts"] != root]
        held = state["held"]
        current = again.CurrentRows({str(row["ts"]): row for row in rows}, whole)
        lost = [taken_away(f"{channel['id']}/{ts}", int(float(ts))) for ts in current.gone(held.get(root, ()))]
        held[root] = [row["ts"] for row in rows][-_PAGE_ROWS:]
        state["held"] = dict(sorted(held.items(), key=lambda thread: float(thread[0]))[-_MAX_HELD_THREADS:])
        for begin in range(0, len(rows), _PAGE_ROWS):
            self._look_up_names(rows[begin : begin + _PAGE_ROWS])
            items = (self._incoming(row, channel) for row in rows[begin : begin + _PAGE_ROWS])
            yield Page(tuple(filter(None, items)), {})
        yield Page(tuple(lost), self._cursor(channel, state))

    def _look_up_names(self, rows: list[dict[str, Any]]) -> None:
        """Look up the names of all authors of these messages and people mentioned in them."""
        missing = {name for row in rows for name in people(row)} - set(self._names)
        if len(missing) > _MAX_SINGLE_LOOKUPS:
            with suppress(*UNREADABLE):
                for user in self._walk("users.list", "members"):
                    self._names[user["id"]] = name_of(user)
        for name in missing - set(self._names):
            try:
                self._names[name] = name_of(self._ask("users.info", {"user": name})["user"]) or name
            except (Refused, *UNREADABLE):
                self._names[name] = name

    def _incoming(self, row: Mapping[str, Any], channel: Mapping[str, Any]) -> Incoming | None:
        """Convert a row; None for system messages (joins, topic changes), empty ones, and malformed rows."""
        try:
            ts, number = str(row["ts"]), channel["id"]
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
                post_title=f"#{channel['name']}",
                post_url=f"{self._url}archives/{number}",
                url=self._link(number, ts, root),
                public=not channel.get("is_private"),
            )
        except UNREADABLE:
            return None

    def _link(self, channel: str, ts: str, root: str) -> str:
        below = f"?thread_ts={root}&cid={channel}" if root != ts else ""
        return f"{self._url}archives/{channel}/p{ts.replace('.', '')}{below}"

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the thread in plain text: no markup, and no mentions that ping anybody."""
        channel, root = _target_of(reply)
        text = escaped(reply.text)
        if len(text) > _MAX_CHARS:
            msg = tr("Slack allows {most:,} characters, and counts & < > as several. Shorten it.").format(
                most=_MAX_CHARS
            )
            raise Refused(msg)
        made = self._ask(
            "chat.postMessage", {"channel": channel, "text": text, "thread_ts": root, "mrkdwn": False}, writing=True
        )
        with readable(CALLED, sending=True):
            return self._sent(channel, root, made["ts"])

    def _sent(self, channel: str, root: str, ts: str) -> Sent:
        return Sent(f"{channel}/{ts}", self._link(channel, ts, root), int(float(ts)))

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look for our message with the same text in that thread, since then."""
        with readable(CALLED, sending=True):
            return self._look_for(reply, *_target_of(reply))

    def _look_for(self, reply: Reply, channel: str, root: str) -> Sent | None:
        since = max(float(root), reply.at - _CLOCK_SLACK_SECONDS)
        asked: dict[str, object] = {"channel": channel, "ts": root, "oldest": f"{since:.6f}", "limit": _PAGE_ROWS}
        for _ in range(_MAX_SEARCHED_PAGES):
            response = self._ask("conversations.replies", asked)
            for row in response["messages"]:
                if row.get("user") == self._me and row["ts"] != root and same(row, reply.text):
                    return self._sent(channel, root, str(row["ts"]))
            asked["cursor"] = (response.get("response_metadata") or {}).get("next_cursor") or ""
            if not asked["cursor"] and not response.get("has_more"):
                return None
        msg = tr("Too much has been said in that thread since. Check it, then say whether it's there.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, on: Target) -> None:
        """Delete the message; one that is deleted already is no error."""
        del verb  # only DELETE exists here
        channel, _, ts = on.message.partition("/")
        try:
            self._ask("chat.delete", {"channel": channel, "ts": ts}, writing=True)
        except Refused as why:
            if "message_not_found" not in str(why):
                raise

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def _target_of(reply: Reply) -> tuple[str, str]:
    """Return the channel and the thread's root for a reply; raises Refused if they are unknown."""
    channel, _, root = (reply.thread or reply.parent).partition("/")
    if not channel or not root:
        msg = tr("Rapport doesn't know which Slack channel this conversation is in. Reply in Slack.")
        raise Refused(msg)
    return channel, root


def _messages(response: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """Return the messages, oldest first, and whether all are valid; those with an implausible `ts` are left out."""
    rows = [row for row in response["messages"] if isinstance(row, dict) and _TS.fullmatch(str(row.get("ts")))
            and float(row["ts"]) < clock.now() + _MONTH_SECONDS]  # fmt: skip
    return sorted(rows, key=_ts), len(rows) == len(response["messages"])


def _ts(row: Mapping[str, Any]) -> float:
    """Return the timestamp in Unix seconds; `ts` is also the message's id in its channel."""
    return float(row["ts"])


def _is_edited(row: Mapping[str, Any]) -> bool:
    """Whether it was edited, or deleted with its replies kept (a tombstone)."""
    return bool(row.get("edited")) or row.get("subtype") == "tombstone"


def _in_thread(row: Mapping[str, Any]) -> bool:
    return bool(row.get("thread_ts", row["ts"]) != row["ts"])
