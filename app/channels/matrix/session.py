"""One account at work: who we are, what is new in our rooms, answers, and what is taken away.

What is known of a room (its name, whether it is direct) comes with what is said in it, and stands in the cursor.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Generator, Iterator, Mapping, MutableMapping
from functools import partial
from typing import Any
from urllib.parse import quote

from app.base.message import Author, Incoming, Reply
from app.base.text import words
from app.base.words import counted, tr
from app.channels.base import DELETE, Found, Page, Refused, Sent, UnknownOutcome
from app.channels.http.parts import as_dict, dicts
from app.channels.matrix.events import (
    INVITE,
    NAMES,
    ODD,
    SAID,
    Event,
    Reader,
    Room,
    answered,
    directs,
    invitation,
    link,
    room_of,
    text_of,
)
from app.channels.matrix.server import NotThere, Server

_PAGE, _MOST = 100, 200
_FIRST_PAGES, _PAGES = 5, 100  # how far a room is read back: when it is new to us, and after an absence
_DAY = 86_400
_ROOM = re.compile(r"(?<![^\s,])(?:![^\s,]++|#[^\s,:]++:[^\s,]++)")
_NOTHING: dict[str, Any] = {"types": []}
_EVENTS: dict[str, Any] = {"types": [*SAID, "m.room.redaction", *NAMES], "lazy_load_members": True}


class MatrixSession:
    """One account on its homeserver."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """As the form has it."""
        self._server = Server(fields, secrets)
        self._rooms, self._me = fields.get("rooms", "").strip(), fields.get("me", "")

    def close(self) -> None:
        """Hang up."""
        self._server.close()

    # --- who we are, and where

    def check(self) -> Found:
        """Who we are there, and the rooms that there are to choose from."""
        self._me = ""
        me = self._own_id()
        told = self._server.call("GET", "joined_rooms").get("joined_rooms")
        rooms = [room for room in told if _is_room(room)] if isinstance(told, list) else []
        wanted = self._wanted()
        absent = next((room for room in wanted if room not in rooms), "")
        if absent:
            msg = tr("{me} isn't in the room {absent}. Join it in your Matrix app first.").format(me=me, absent=absent)
            raise Refused(msg)
        named = tuple(sorted(map(self._named, rooms[:_PAGE])))
        many = counted(len(rooms), "{count} room", "{count} rooms")
        facts = {"me": me, "home": self._server.home, "asked": self._server.asked}
        return Found(tr("You are {me}, in {count}.").format(me=me, count=many), (me.lower(),), facts, {"rooms": named})

    def _state(self, room: str, kind: str) -> dict[str, Any]:
        """A room's state of that kind; {} where it has none."""
        try:
            return self._server.call("GET", f"rooms/{quote(room)}/state/{kind}")
        except NotThere:
            return {}

    def _named(self, room: str) -> str:
        """A room as it is offered: its name, and by what it is found."""
        found = self._state(room, "m.room.canonical_alias").get("alias") or room
        return f"{self._state(room, 'm.room.name').get('name') or ''} {found}".replace(",", " ").strip()

    def _wanted(self) -> list[str]:
        """The ids of the rooms that the form names; none: all of them."""
        found = [room if room[0] == "!" else self._room_named(room) for room in _ROOM.findall(self._rooms)]
        if self._rooms and not found:
            msg = tr("“{rooms}” isn't a room. Write rooms as #name:server, separated by commas.").format(
                rooms=self._rooms
            )
            raise Refused(msg)
        return found

    def _room_named(self, alias: str) -> str:
        try:
            return str(self._server.call("GET", f"directory/room/{quote(alias, safe='')}", needs="room_id")["room_id"])
        except NotThere:
            msg = tr("{host} has no room {alias}. Choose again which rooms to read.").format(
                host=self._server.host, alias=alias
            )
            raise Refused(msg) from None

    def _own_id(self) -> str:
        self._me = self._me or str(self._server.call("GET", "account/whoami", needs="user_id")["user_id"])
        return self._me

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """What came since, room after room. The cursor moves when all of it is in: the server has one for all rooms."""
        wanted = self._wanted()
        begun = yield from self._pull(cursor, wanted)
        if begun is not None:  # servers keep their first answer for minutes: what came since then is asked for as well
            yield from self._pull(begun, wanted)

    def _pull(self, cursor: dict[str, str], wanted: list[str]) -> Generator[Page, None, dict[str, str] | None]:
        """One answer of the server; the new cursor where it was the first one."""
        since = cursor.get("since", "")
        news = self._sync(since, wanted)
        if news is None:  # a server that was set up anew
            since, news = "", self._sync("", wanted) or {"next_batch": ""}
        direct = directs(dicts(as_dict(news.get("account_data")).get("events")), cursor.get("direct", ""))
        moved = {"since": str(news["next_batch"]), "direct": json.dumps(direct)}
        rooms = as_dict(news.get("rooms"))
        for number, joined in as_dict(rooms.get("join")).items():
            if not _is_room(number):
                continue
            known = room_of(number, cursor.get(number, ""), direct=number in direct)
            # one that is new to us is read back a little, whenever that was said
            room, items = self._said(known, as_dict(joined), since if number in cursor else "")
            moved[number] = room.kept()
            for at in range(0, len(items), _MOST):
                yield Page(items[at : at + _MOST], {})
        invited = [invitation(room, one, self._own_id()) for room, one in as_dict(rooms.get("invite")).items()]
        if moved["since"] != since:
            yield Page(tuple(filter(None, invited)), moved)
        return None if since else {**cursor, **moved}

    def _sync(self, since: str, wanted: list[str]) -> dict[str, Any] | None:
        """What is new; None where the server knows nothing of that `since`."""
        members = {"lazy_load_members": True, "include_redundant_members": True}
        room: dict[str, Any] = {
            "timeline": {**_EVENTS, "limit": _PAGE // 2 if since else _PAGE // 10},
            "state": {"types": ["m.room.member", *NAMES], **members},
            "ephemeral": _NOTHING,
            "account_data": _NOTHING,
        }
        if wanted:
            room["rooms"] = wanted
        asked = {"presence": _NOTHING, "account_data": {"types": ["m.direct"]}, "room": room}
        params = {"timeout": 0, "filter": json.dumps(asked)} | ({"since": since} if since else {})
        try:
            return self._server.call("GET", "sync", needs="next_batch", params=params)
        except NotThere:
            raise
        except Refused:
            if since:
                return None
            raise

    def _said(self, room: Room, joined: Mapping[str, Any], since: str) -> tuple[Room, tuple[Incoming, ...]]:
        """What was said in a room, what the server left out first; and the room as it is now."""
        timeline = as_dict(joined.get("timeline"))
        events: list[Event] = [*dicts(timeline.get("events"))]
        state: list[Event] = [*dicts(as_dict(joined.get("state")).get("events"))]
        if timeline.get("limited") and timeline.get("prev_batch"):
            before, members = self._before(room.id, str(timeline["prev_batch"]), since)
            events, state = before + events, members + state
        reader = Reader(room, self._own_id(), partial(self._event, room.id))
        items = reader.read(state, events)
        return reader.room, items

    def _before(self, room: str, start: str, since: str) -> tuple[list[Event], list[Event]]:
        """What was said between `since` and what the server has told, oldest first; and who said it."""
        events: list[Event] = []
        members: list[Event] = []
        asked = {"dir": "b", "limit": _PAGE, "filter": json.dumps(_EVENTS)} | ({"to": since} if since else {})
        for _ in range(_PAGES if since else _FIRST_PAGES):
            told = self._server.call("GET", f"rooms/{quote(room)}/messages", params={**asked, "from": start})
            events += dicts(told.get("chunk"))
            members += dicts(told.get("state"))
            start = str(told.get("end") or "")
            if not start or not told.get("chunk"):
                break
        return events[::-1], members

    def _event(self, room: str, event: str) -> Event | None:
        try:
            return self._server.call("GET", f"rooms/{quote(room)}/event/{quote(event, safe='')}")
        except NotThere:
            return None

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Answer in the room, and in its thread where there is one; our key is the transaction's id."""
        room, event = _place(reply.parent or reply.thread)
        if reply.parent.endswith(INVITE):
            self._accept(room, reply.to)
        if self._state(room, "m.room.encryption"):
            msg = tr("This room is end-to-end encrypted, so Rapport can't write there. Use your Matrix app.")
            raise Refused(msg)
        mentions = {"user_ids": [reply.to.key]} if reply.to is not None else {}
        content: dict[str, Any] = {"msgtype": "m.text", "body": reply.text, "m.mentions": mentions}
        if event and reply.public:
            content["m.relates_to"] = self._relation(room, event)
        path = f"rooms/{quote(room)}/send/m.room.message/{quote(reply.key, safe='')}"
        try:
            return _sent(room, self._server.call("PUT", path, needs="event_id", writing=True, json=content)["event_id"])
        except NotThere as why:
            msg = tr("You're not allowed to write in this room. {why}").format(why=why)
            raise Refused(msg) from None

    def _accept(self, room: str, who: Author | None) -> None:
        """Go into a room for two, and have it known as one, as every Matrix program does."""
        place = f"user/{quote(self._own_id(), safe='')}/account_data/m.direct"
        try:
            self._server.call("POST", f"join/{quote(room)}", json={})
        except NotThere as why:
            msg = tr("This invitation is no longer valid. {why}").format(why=why)
            raise Refused(msg) from None
        if who is None:
            return
        try:
            known = self._server.call("GET", place)
        except NotThere:
            known = {}
        rooms = known.get(who.key)
        others = [one for one in rooms if one != room] if isinstance(rooms, list) else []
        self._server.call("PUT", place, json={**known, who.key: [*others, room]})

    def _relation(self, room: str, event: str) -> dict[str, Any]:
        relation: dict[str, Any] = {"m.in_reply_to": {"event_id": event}}
        asked = self._event(room, event)
        try:
            root = answered(asked)[0] if asked else ""
        except ODD:
            root = ""
        return {"rel_type": "m.thread", "event_id": root, "is_falling_back": False, **relation} if root else relation

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look it up among our own messages: by our key, which the server tells for a while, or by words and place."""
        room, event = _place(reply.parent or reply.thread)
        asked: dict[str, Any] = {"dir": "b", "limit": _PAGE}
        asked["filter"] = json.dumps({"types": ["m.room.message"], "senders": [self._own_id()]})
        for _ in range(_FIRST_PAGES):
            try:
                told = self._server.call("GET", f"rooms/{quote(room)}/messages", params=asked)
            except Refused as why:
                raise UnknownOutcome(str(why)) from why
            rows = [row for row in dicts(told.get("chunk")) if isinstance(row.get("origin_server_ts"), int)]
            found = next((row for row in rows if _is(row, reply, event)), None)
            if found is not None:
                return _sent(room, str(found["event_id"]))
            if not told.get("end") or any(row["origin_server_ts"] // 1000 < reply.at - _DAY for row in rows):
                return None
            asked["from"] = told["end"]
        msg = tr("Too much has been said since to tell whether this arrived. Check the room.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, remote_id: str) -> None:
        """Take a message away for everybody (redact it); that cannot be taken back."""
        if verb != DELETE:
            msg = tr("On Matrix, messages can be deleted but not moderated in other ways.")
            raise Refused(msg)
        room, event = _place(remote_id)
        key = hashlib.sha256(f"{verb} {remote_id}".encode()).hexdigest()[:32]
        path = f"rooms/{quote(room)}/redact/{quote(event, safe='')}/{key}"
        try:
            self._server.call("PUT", path, writing=True, json={})
        except NotThere:
            msg = tr(
                "You're not allowed to delete other people's messages in this room. Ask its admin to "
                "make you a moderator."
            )
            raise Refused(msg) from None


def _place(remote_id: str) -> tuple[str, str]:
    """The room and the event ("" for the room itself) of a remote id."""
    room, mark, event = remote_id.removesuffix(INVITE).partition("/$")
    if not room:
        msg = tr("Rapport doesn't know which room this was said in, so it can't reply there.")
        raise Refused(msg)
    return room, f"${event}" if mark else ""


def _sent(room: str, event: str) -> Sent:
    return Sent(f"{room}/{event}", link(room, event))


def _is(event: Event, reply: Reply, parent: str) -> bool:
    """Whether a message of ours is that reply: by our key, and where the server tells none by words and place."""
    key = as_dict(event.get("unsigned")).get("transaction_id")
    if key or not event.get("content"):
        return bool(key == reply.key)
    try:
        said, meant, above = text_of(event), reply.text, answered(event)[1]
    except ODD:
        return False
    same = words(said) == words(meant) if words(meant) else said.strip() == meant.strip()
    return same and (not reply.public or not parent or above == parent)


def _is_room(number: object) -> bool:
    return isinstance(number, str) and number.startswith("!") and number.isprintable()
