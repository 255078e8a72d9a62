"""One login: what is asked of Slack, what comes in, what goes out. Every failure comes as `ok: false`.

Of a channel the latest 200 messages are looked at each time: there edits, deletions and new answers are seen. Answers
below older ones are not.
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
_PAGE, _MOST = 200, 40_000
_FIRST, _SLACK = 30 * 86_400, 2 * 86_400  # seconds back: at the first pull, and that our clock may be ahead
_SAID = (None, "thread_broadcast", "me_message", "bot_message", "file_share")  # subtypes that somebody has written
_TS = re.compile(r"\d{10}\.\d{6}")
_NARROW = 60.0  # seconds: a stretch of time so short is read whole, however much was said in it
_MANY = 30  # names not known from which on all of them are asked for at once
_PAGES = 200  # of one list
_THREADS, _HELD = 400, 50  # threads whose last answer is remembered, and all of whose answers are
_LOOKED = 5  # pages of a thread in which a reply is looked for


class SlackSession:
    """One login in one workspace."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """As the form has it, with our id and the workspace's address once they are known."""
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
        """All that a method lists, page after page."""
        cursor = ""
        for _ in range(_PAGES):
            found = self._ask(name, {"limit": _PAGE, **(asked or {}), **({"cursor": cursor} if cursor else {})})
            yield from found.get(part) or ()
            cursor = (found.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return
        raise unreadable(CALLED)  # it goes on for ever

    def check(self) -> Found:
        """Whose login it is, in which workspace, and which channels it is in."""
        with readable(CALLED):
            return self._found()

    def _found(self) -> Found:
        me = self._ask("auth.test")
        places = [str(place["name"]) for place in self._places()]
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

    def _places(self) -> Iterator[dict[str, Any]]:
        kinds = "public_channel,private_channel"
        for place in self._walk("users.conversations", "channels", {"types": kinds, "exclude_archived": "true"}):
            if not self._wanted or place["name"].casefold() in self._wanted:
                yield {**place, "id": str(place["id"])}

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What is new in each channel, then in its threads; what was changed or taken away among the latest."""
        odd = False
        with readable(CALLED):
            places = list(self._places())
        for place in places:
            kept = json.loads(cursor.get(place["id"], "{}"))
            state = {"since": f"{clock.now() - _FIRST:.6f}", "known": [], "threads": {}, "held": {}, "due": {}, **kept}
            try:
                yield from self._place(place, state)
            except Refused:
                continue  # left or closed meanwhile
            except UNREADABLE:
                odd = True
        if odd:
            raise unreadable(CALLED)

    def _place(self, place: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        number, begun = place["id"], state["since"]
        latest = self._ask("conversations.history", {"channel": number, "limit": _PAGE})
        rows, whole = _messages(latest)
        if latest.get("has_more") and rows and float(begun) < _ts(rows[0]):
            yield from self._stretches(place, state)
        elif fresh := [row for row in rows if _ts(row) > float(begun)]:
            state["since"] = fresh[-1]["ts"]
            yield self._page(fresh, place, state)
        if whole:
            yield self._again(rows, place, state, begun, more=bool(latest.get("has_more")))
        self._due(rows, state)
        for root, told in list(state["due"].items()):
            state["threads"][root] = told
            del state["due"][root]
            yield from self._thread(root, place, state)

    @staticmethod
    def _due(rows: list[dict[str, Any]], state: dict[str, Any]) -> None:
        """Remember the threads that have moved: they are read at last, or after a stop."""
        for row in rows:
            told = [row.get("latest_reply"), row.get("reply_count")]
            if row.get("reply_count") is not None and state["threads"].get(row["ts"]) != told:
                state["due"][row["ts"]] = told

    def _stretches(self, place: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        """All since the cursor, the oldest first: Slack begins with the newest, so time is halved until it fits."""
        upper: float | None = None
        while True:
            within = {
                "channel": place["id"],
                "oldest": state["since"],
                **({"latest": f"{upper:.6f}", "inclusive": "false"} if upper else {}),
            }
            found = self._ask("conversations.history", {**within, "limit": _PAGE})
            (rows, _), since = _messages(found), float(state["since"])
            if any(not since < _ts(row) < (upper or float("inf")) for row in rows):
                raise unreadable(CALLED)  # it does not heed what is asked
            if found.get("has_more") and rows and (upper or _ts(rows[-1])) - since > _NARROW:
                upper = (since + (upper or _ts(rows[-1]))) / 2
                continue
            if found.get("has_more"):
                rows, _ = _messages({"messages": list(self._walk("conversations.history", "messages", within))})
            # half a millionth less: what bears that very time is in neither stretch otherwise
            state["since"] = f"{upper - 1e-6:.6f}" if upper else rows[-1]["ts"] if rows else state["since"]
            for begin in range(0, max(len(rows), 1), _PAGE):
                yield self._page(rows[begin : begin + _PAGE], place, state, moved=begin + _PAGE >= len(rows))
            if upper is None:
                return
            upper = None

    def _page(
        self, rows: list[dict[str, Any]], place: Mapping[str, Any], state: dict[str, Any], *, moved: bool = True
    ) -> Page:
        self._know(rows)
        items = tuple(item for row in rows if (item := self._incoming(row, place)) is not None)
        self._due(rows, state)
        if not moved:
            return Page(items, {})
        known = sorted({*state["known"], *(row["ts"] for row in rows if not _in_thread(row))}, key=float)
        state["known"] = known[-_PAGE:]
        return Page(items, self._cursor(place, state))

    @staticmethod
    def _cursor(place: Mapping[str, Any], state: dict[str, Any]) -> dict[str, str]:
        state["threads"] = dict(sorted(state["threads"].items(), key=lambda one: float(one[0]))[-_THREADS:])
        return {place["id"]: json.dumps(state, separators=(",", ":"))}

    def _again(
        self, rows: list[dict[str, Any]], place: Mapping[str, Any], state: dict[str, Any], begun: str, *, more: bool
    ) -> Page:
        """Of the latest messages those that were edited, and which that we know are there no more."""
        answer = again.Answer({str(row["ts"]): row for row in rows}, whole=True)
        first = _ts(rows[0]) if rows and more else 0.0
        self._know([row for row in rows if _is_edited(row)])
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

    def _thread(self, root: str, place: Mapping[str, Any], state: dict[str, Any]) -> Iterator[Page]:
        """All that stands in a thread that has moved, and what does not any more."""
        asked = {"channel": place["id"], "ts": root}
        rows, whole = _messages({"messages": list(self._walk("conversations.replies", "messages", asked))})
        rows = [row for row in rows if row["ts"] != root]
        held = state["held"]
        answer = again.Answer({str(row["ts"]): row for row in rows}, whole)
        lost = [taken_away(f"{place['id']}/{ts}", int(float(ts))) for ts in answer.gone(held.get(root, ()))]
        held[root] = [row["ts"] for row in rows][-_PAGE:]
        state["held"] = dict(sorted(held.items(), key=lambda one: float(one[0]))[-_HELD:])
        for begin in range(0, len(rows), _PAGE):
            self._know(rows[begin : begin + _PAGE])
            items = (self._incoming(row, place) for row in rows[begin : begin + _PAGE])
            yield Page(tuple(filter(None, items)), {})
        yield Page(tuple(lost), self._cursor(place, state))

    def _know(self, rows: list[dict[str, Any]]) -> None:
        """Find out the names of all who speak in these, or are spoken of."""
        missing = {name for row in rows for name in people(row)} - set(self._names)
        if len(missing) > _MANY:
            with suppress(*UNREADABLE):
                for one in self._walk("users.list", "members"):
                    self._names[one["id"]] = name_of(one)
        for name in missing - set(self._names):
            try:
                self._names[name] = name_of(self._ask("users.info", {"user": name})["user"]) or name
            except (Refused, *UNREADABLE):
                self._names[name] = name

    def _incoming(self, row: Mapping[str, Any], place: Mapping[str, Any]) -> Incoming | None:
        """None for what nobody has written (somebody joined, a topic was set), or what is no message that we know."""
        try:
            ts, number = str(row["ts"]), place["id"]
            if row.get("subtype") == "tombstone":
                return taken_away(f"{number}/{ts}", int(float(ts)))
            text = plain(row, self._names)
            if row.get("subtype") not in _SAID or not text:
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
        """Answer in the thread, in words alone: nothing in them calls anybody or is a sign of Slack's."""
        place, root = _place_of(reply)
        text = escaped(reply.text)
        if len(text) > _MOST:
            msg = tr("Slack allows {most:,} characters, and counts & < > as several. Shorten it.").format(most=_MOST)
            raise Refused(msg)
        made = self._ask(
            "chat.postMessage", {"channel": place, "text": text, "thread_ts": root, "mrkdwn": False}, writing=True
        )
        with readable(CALLED, sending=True):
            return self._sent(place, root, made["ts"])

    def _sent(self, place: str, root: str, ts: str) -> Sent:
        return Sent(f"{place}/{ts}", self._link(place, ts, root), int(float(ts)))

    def find_sent(self, reply: Reply) -> Sent | None:
        """Our own words in that thread, since then."""
        with readable(CALLED, sending=True):
            return self._look_for(reply, *_place_of(reply))

    def _look_for(self, reply: Reply, place: str, root: str) -> Sent | None:
        since = max(float(root), reply.at - _SLACK)
        asked: dict[str, object] = {"channel": place, "ts": root, "oldest": f"{since:.6f}", "limit": _PAGE}
        for _ in range(_LOOKED):
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
        """Delete it; what is gone already is gone."""
        del verb  # there is but one
        place, _, ts = remote_id.partition("/")
        try:
            self._ask("chat.delete", {"channel": place, "ts": ts}, writing=True)
        except Refused as why:
            if "message_not_found" not in str(why):
                raise

    def close(self) -> None:
        """Hang up."""
        if self._made is not None:
            self._made.close()


def _place_of(reply: Reply) -> tuple[str, str]:
    """The channel and the thread that a reply goes to."""
    place, _, root = (reply.thread or reply.parent).partition("/")
    if not place or not root:
        msg = tr("Rapport doesn't know which Slack channel this conversation is in. Reply in Slack.")
        raise Refused(msg)
    return place, root


def _messages(found: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """What was said, the oldest first, and whether that is all: a message whose time cannot be is left out."""
    rows = [row for row in found["messages"] if isinstance(row, dict) and _TS.fullmatch(str(row.get("ts")))
            and float(row["ts"]) < clock.now() + _FIRST]  # fmt: skip
    return sorted(rows, key=_ts), len(rows) == len(found["messages"])


def _ts(row: Mapping[str, Any]) -> float:
    """When it was said; it is the message's name in its channel too."""
    return float(row["ts"])


def _is_edited(row: Mapping[str, Any]) -> bool:
    """Whether it reads otherwise than it did, or only a mark is left of it, with answers below."""
    return bool(row.get("edited")) or row.get("subtype") == "tombstone"


def _in_thread(row: Mapping[str, Any]) -> bool:
    return bool(row.get("thread_ts", row["ts"]) != row["ts"])
