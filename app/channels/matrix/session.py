"""A session of one account: pulling rooms, replying and deleting.

A room's name, alias and topic arrive with its events, and are kept in the cursor; so is the list of direct rooms.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Generator, Iterator, Mapping, MutableMapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from app.base.message import Author, Change, Incoming, OwnReaction, Reaction, Reply, Target
from app.base.text import words
from app.base.words import N_, counted, tr
from app.channels.base import DELETE, Found, Page, Refused, Sent, TryLater, UnknownOutcome
from app.channels.http.parts import as_dict, dicts
from app.channels.matrix.annotations import REACTION, annotate, own, told_of, unannotate
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

_PAGE_EVENTS, _MAX_PAGE_ITEMS = 100, 200
_MAX_FIRST_PAGES, _MAX_PAGES = 5, 100  # maximum pages to read back: in a room that is new to us, and after an absence
_DAY_SECONDS = 86_400
_ROOM = re.compile(r"(?<![^\s,])(?:![^\s,]++|#[^\s,:]++:[^\s,]++)")
_NO_EVENTS: dict[str, Any] = {"types": []}
_EVENT_FILTER: dict[str, Any] = {"types": [*SAID, REACTION, "m.room.redaction", *NAMES], "lazy_load_members": True}
_NO_LONGER_THERE = N_("That message is no longer there.")


class MatrixSession:
    """A session of one account on its homeserver."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last check."""
        self._server = Server(fields, secrets)
        self._rooms, self._me = fields.get("rooms", "").strip(), fields.get("me", "")

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    # --- who we are, and where

    def check(self) -> Found:
        """Return our user id and the rooms to choose from; raises Refused if we are not in a chosen room."""
        self._me = ""
        me = self._own_id()
        joined = self._server.call("GET", "joined_rooms").get("joined_rooms")
        rooms = [room for room in joined if _is_room(room)] if isinstance(joined, list) else []
        wanted = self._chosen_rooms()
        absent = next((room for room in wanted if room not in rooms), "")
        if absent:
            msg = tr("{me} isn't in the room {absent}. Join it in your Matrix app first.").format(me=me, absent=absent)
            raise Refused(msg)
        named = tuple(sorted(map(self._room_label, rooms[:_PAGE_EVENTS])))
        many = counted(len(rooms), "{count} room", "{count} rooms")
        facts = {"me": me, "home": self._server.home, "asked": self._server.asked}
        return Found(tr("You are {me}, in {count}.").format(me=me, count=many), (me.lower(),), facts, {"rooms": named})

    def _state(self, room: str, kind: str) -> dict[str, Any]:
        """Return the content of a room's state event; {} if there is none."""
        try:
            return self._server.call("GET", f"rooms/{quote(room)}/state/{kind}")
        except NotThere:
            return {}

    def _room_label(self, room: str) -> str:
        """Return a room's name followed by its alias or id, to choose from in the form."""
        name = self._state(room, "m.room.canonical_alias").get("alias") or room
        return f"{self._state(room, 'm.room.name').get('name') or ''} {name}".replace(",", " ").strip()

    def _chosen_rooms(self) -> list[str]:
        """Return the ids of the rooms chosen in the form; [] for all rooms."""
        rooms = [room if room[0] == "!" else self._resolve_alias(room) for room in _ROOM.findall(self._rooms)]
        if self._rooms and not rooms:
            msg = tr("“{rooms}” isn't a room. Write rooms as #name:server, separated by commas.").format(
                rooms=self._rooms
            )
            raise Refused(msg)
        return rooms

    def _resolve_alias(self, alias: str) -> str:
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
        """Yield new messages room by room; the cursor moves with the last page: /sync has one token for all rooms."""
        wanted = self._chosen_rooms()
        begun = yield from self._pull(cursor, wanted)
        if begun is not None:  # servers may cache an initial sync for minutes: get what came after it too
            yield from self._pull(begun, wanted)

    def _pull(self, cursor: dict[str, str], wanted: list[str]) -> Generator[Page, None, dict[str, str] | None]:
        """Yield the pages of one /sync; returns the new cursor if it was an initial sync, else None."""
        since = cursor.get("since", "")
        news = self._sync(since, wanted)
        if news is None:  # the token is unknown, as after a reinstallation of the server
            since, news = "", self._sync("", wanted) or {"next_batch": ""}
        direct = directs(dicts(as_dict(news.get("account_data")).get("events")), cursor.get("direct", ""))
        moved = {"since": str(news["next_batch"]), "direct": json.dumps(direct)}
        rooms = as_dict(news.get("rooms"))
        for number, joined in as_dict(rooms.get("join")).items():
            if not _is_room(number):
                continue
            known = room_of(number, cursor.get(number, ""), direct=number in direct)
            # in a room that is new to us, some older messages are read too
            room, items, reacted = self._read_room(known, as_dict(joined), since if number in cursor else "")
            moved[number] = room.kept()
            for at in range(0, len(items), _MAX_PAGE_ITEMS):
                yield Page(items[at : at + _MAX_PAGE_ITEMS], {})
            if reacted:
                yield Page((), {}, reacted=reacted)
        invited = [
            invitation(room, invited_state, self._own_id())
            for room, invited_state in as_dict(rooms.get("invite")).items()
        ]
        if moved["since"] != since:
            yield Page(tuple(filter(None, invited)), moved)
        return None if since else {**cursor, **moved}

    def _sync(self, since: str, wanted: list[str]) -> dict[str, Any] | None:
        """Call /sync; None if the server rejects the `since` token."""
        members = {"lazy_load_members": True, "include_redundant_members": True}
        room: dict[str, Any] = {
            "timeline": {**_EVENT_FILTER, "limit": _PAGE_EVENTS // 2 if since else _PAGE_EVENTS // 10},
            "state": {"types": ["m.room.member", *NAMES], **members},
            "ephemeral": _NO_EVENTS,
            "account_data": _NO_EVENTS,
        }
        if wanted:
            room["rooms"] = wanted
        asked = {"presence": _NO_EVENTS, "account_data": {"types": ["m.direct"]}, "room": room}
        params = {"timeout": 0, "filter": json.dumps(asked)} | ({"since": since} if since else {})
        try:
            return self._server.call("GET", "sync", needs="next_batch", params=params)
        except NotThere:
            raise
        except Refused:
            if since:
                return None
            raise

    def _read_room(
        self, room: Room, joined: Mapping[str, Any], since: str
    ) -> tuple[Room, tuple[Incoming, ...], tuple[OwnReaction, ...]]:
        """Return the updated room, its new messages, including those that a limited timeline left out, and reactions.

        Those are ours: given, or taken back.
        """
        timeline = as_dict(joined.get("timeline"))
        events: list[Event] = [*dicts(timeline.get("events"))]
        state: list[Event] = [*dicts(as_dict(joined.get("state")).get("events"))]
        if timeline.get("limited") and timeline.get("prev_batch"):
            before, members = self._backfill(room.id, str(timeline["prev_batch"]), since)
            events, state = before + events, members + state
        reader = Reader(room, self._own_id(), partial(self._event, room.id))
        items = reader.read(state, events)
        return reader.room, items, tuple(told_of(events, room.id, self._own_id()))

    def _backfill(self, room: str, start: str, since: str) -> tuple[list[Event], list[Event]]:
        """Return the events between `since` and `start`, oldest first, and the member events that belong to them."""
        events: list[Event] = []
        members: list[Event] = []
        asked = {"dir": "b", "limit": _PAGE_EVENTS, "filter": json.dumps(_EVENT_FILTER)} | (
            {"to": since} if since else {}
        )
        for _ in range(_MAX_PAGES if since else _MAX_FIRST_PAGES):
            messages = self._server.call("GET", f"rooms/{quote(room)}/messages", params={**asked, "from": start})
            events += dicts(messages.get("chunk"))
            members += dicts(messages.get("state"))
            start = str(messages.get("end") or "")
            if not start or not messages.get("chunk"):
                break
        return events[::-1], members

    def _event(self, room: str, event: str) -> Event | None:
        try:
            return self._server.call("GET", f"rooms/{quote(room)}/event/{quote(event, safe='')}")
        except NotThere:
            return None

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the room, and in its thread if there is one; our key is the transaction id.

        A reply to an invitation accepts it first.
        """
        begins = not (reply.parent or reply.thread) and reply.to is not None
        room, event = (self._direct_room(reply), "") if begins else _split_id(reply.parent or reply.thread)
        if reply.parent.endswith(INVITE):
            self._accept_invitation(room, reply.to)
        if self._state(room, "m.room.encryption"):
            msg = tr("This room is end-to-end encrypted, so Rapport can't write there. Use your Matrix app.")
            raise Refused(msg)
        mentions = {"user_ids": [reply.to.key]} if reply.to is not None else {}
        content: dict[str, Any] = {"msgtype": "m.text", "body": reply.text, "m.mentions": mentions}
        if event and reply.public:
            content["m.relates_to"] = self._relation(room, event)
        path = f"rooms/{quote(room)}/send/m.room.message/{quote(reply.key, safe='')}"
        try:
            made = self._server.call("PUT", path, needs="event_id", writing=True, json=content)["event_id"]
            return replace(_sent(room, made), thread=room) if begins else _sent(room, made)
        except NotThere as why:
            msg = tr("You're not allowed to write in this room. {why}").format(why=why)
            raise Refused(msg) from None

    def _direct_room(self, reply: Reply) -> str:
        """The room of our direct chat with the receiver; a new one, to which they are invited, if there is none.

        If we are stopped after it was created, it stays empty, and the retry finds it or creates another: a message is
        in none of them yet.
        """
        them = _name_of(reply.to)
        known = self._direct_room_with(them)
        if known:
            return known
        asked = {"invite": [them], "is_direct": True, "preset": "trusted_private_chat"}
        try:
            room = str(self._server.call("POST", "createRoom", needs="room_id", json=asked)["room_id"])
        except NotThere as why:
            msg = tr("{them} can't be invited. {why}").format(them=them, why=why)
            raise Refused(msg) from None
        self._note_direct(them, room)
        return room

    def _direct_room_with(self, them: str) -> str:
        """The latest room of m.direct with this user that we are in; "" if there is none."""
        rooms = self._directs().get(them)
        joined = self._server.call("GET", "joined_rooms").get("joined_rooms") if rooms else []
        kept = (
            [room for room in rooms if room in joined] if isinstance(rooms, list) and isinstance(joined, list) else []
        )
        return str(kept[-1]) if kept else ""

    def _directs(self) -> dict[str, Any]:
        """The content of m.direct: user id -> rooms; {} if there is none."""
        try:
            return self._server.call("GET", f"user/{quote(self._own_id(), safe='')}/account_data/m.direct")
        except NotThere:
            return {}

    def _note_direct(self, them: str, room: str) -> None:
        """Add a room to m.direct, as every client does."""
        known = self._directs()
        rooms = known.get(them)
        others = [other for other in rooms if other != room] if isinstance(rooms, list) else []
        path = f"user/{quote(self._own_id(), safe='')}/account_data/m.direct"
        self._server.call("PUT", path, json={**known, them: [*others, room]})

    def _accept_invitation(self, room: str, who: Author | None) -> None:
        """Join a direct chat, and add it to m.direct."""
        try:
            self._server.call("POST", f"join/{quote(room)}", json={})
        except NotThere as why:
            msg = tr("This invitation is no longer valid. {why}").format(why=why)
            raise Refused(msg) from None
        if who is not None:
            self._note_direct(who.key, room)

    def _relation(self, room: str, event: str) -> dict[str, Any]:
        relation: dict[str, Any] = {"m.in_reply_to": {"event_id": event}}
        asked = self._event(room, event)
        try:
            root = answered(asked)[0] if asked else ""
        except ODD:
            root = ""
        return {"rel_type": "m.thread", "event_id": root, "is_falling_back": False, **relation} if root else relation

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look it up among our messages: by transaction id, which servers keep for a while, or by text and parent."""
        begins = not (reply.parent or reply.thread) and reply.to is not None
        room, event = (
            (self._direct_room_with(_name_of(reply.to)), "") if begins else _split_id(reply.parent or reply.thread)
        )
        if not room:
            return None
        asked: dict[str, Any] = {"dir": "b", "limit": _PAGE_EVENTS}
        asked["filter"] = json.dumps({"types": ["m.room.message"], "senders": [self._own_id()]})
        for _ in range(_MAX_FIRST_PAGES):
            try:
                messages = self._server.call("GET", f"rooms/{quote(room)}/messages", params=asked)
            except Refused as why:
                raise UnknownOutcome(str(why)) from why
            rows = [row for row in dicts(messages.get("chunk")) if isinstance(row.get("origin_server_ts"), int)]
            event_of_reply = next((row for row in rows if _is_reply(row, reply, event)), None)
            if event_of_reply is not None:
                there = _sent(room, str(event_of_reply["event_id"]))
                return replace(there, thread=room) if begins else there
            if not messages.get("end") or any(
                row["origin_server_ts"] // 1000 < reply.at - _DAY_SECONDS for row in rows
            ):
                return None
            asked["from"] = messages["end"]
        msg = tr("Too much has been said since to tell whether this arrived. Check the room.")
        raise UnknownOutcome(msg)

    def moderate(self, verb: str, on: Target) -> None:
        """Redact a message, for everybody; this cannot be undone. Raises Refused for verbs other than DELETE."""
        if verb != DELETE:
            msg = tr("On Matrix, messages can be deleted but not moderated in other ways.")
            raise Refused(msg)
        key = hashlib.sha256(f"{verb} {on.message}".encode()).hexdigest()[:32]
        try:
            self._redact(on.message, key)
        except NotThere:
            msg = tr(
                "You're not allowed to delete other people's messages in this room. Ask its admin to "
                "make you a moderator."
            )
            raise Refused(msg) from None

    def _redact(self, remote_id: str, key: str) -> None:
        room, event = _split_id(remote_id)
        self._server.call("PUT", f"rooms/{quote(room)}/redact/{quote(event, safe='')}/{key}", writing=True, json={})

    # --- our own messages, changed

    def correct(self, change: Change) -> None:
        """Send an event that replaces our message (m.replace); our key is the transaction id.

        Its own `body` is the fallback for clients that know no edits, and it mentions nobody a second time.
        """
        room, event = _split_id(change.remote_id)
        if self.reads(change) is None:
            raise Refused(tr(_NO_LONGER_THERE))
        if self._state(room, "m.room.encryption"):
            msg = tr("This room is end-to-end encrypted, so Rapport can't write there. Use your Matrix app.")
            raise Refused(msg)
        before = as_dict(as_dict(self._event(room, event)).get("content")).get("m.mentions")
        content: dict[str, Any] = {
            "msgtype": "m.text",
            "body": f"* {change.text}",
            "m.mentions": {},
            "m.new_content": {"msgtype": "m.text", "body": change.text, "m.mentions": as_dict(before)},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event},
        }
        path = f"rooms/{quote(room)}/send/m.room.message/{quote(change.key, safe='')}"
        try:
            self._server.call("PUT", path, needs="event_id", writing=True, json=content)
        except NotThere as why:
            msg = tr("You're not allowed to write in this room. {why}").format(why=why)
            raise Refused(msg) from None

    def withdraw(self, change: Change) -> None:
        """Redact our message, for everybody; our key is the transaction id."""
        try:
            self._redact(change.remote_id, quote(change.key, safe=""))
        except NotThere as why:
            if why.forbidden:
                msg = tr("You're not allowed to delete messages in this room. {why}").format(why=why)
                raise Refused(msg) from None

    def reads(self, change: Change) -> str | None:
        """How our message reads now, with the latest edit applied; None if it was redacted."""
        room, event = _split_id(change.remote_id)
        try:
            found = self._server.call("GET", f"rooms/{quote(room)}/event/{quote(event, safe='')}")
        except NotThere as why:
            raise UnknownOutcome(str(why)) from why
        if as_dict(found.get("unsigned")).get("redacted_because"):
            return None
        try:
            return text_of(found)
        except ODD:
            msg = tr("{host} sent an unexpected response.").format(host=self._server.host)
            raise TryLater(msg) from None

    # --- reactions

    def react(self, reaction: Reaction) -> None:
        """React to a message with an emoji."""
        place = _split_id(reaction.remote_id)
        event = self._event(*place)
        if event is None or as_dict(event.get("unsigned")).get("redacted_because"):
            raise Refused(tr(_NO_LONGER_THERE))
        annotate(self._server, self._own_id(), place, reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back."""
        unannotate(self._server, self._own_id(), _split_id(reaction.remote_id), reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether our reaction is there now."""
        return bool(own(self._server, self._own_id(), _split_id(reaction.remote_id), reaction))


def _name_of(who: Author | None) -> str:
    """The receiver's user id; raises Refused for what is none."""
    them = who.handle or who.key if who is not None else ""
    if not them.startswith("@") or ":" not in them:
        msg = tr("“{name}” isn't a Matrix name. Write it like @jana:matrix.org.").format(name=them)
        raise Refused(msg)
    return them


def _split_id(remote_id: str) -> tuple[str, str]:
    """Split a remote id into room and event ("" for the room itself); raises Refused if it has no room."""
    room, mark, event = remote_id.removesuffix(INVITE).partition("/$")
    if not room:
        msg = tr("Rapport doesn't know which room this was said in, so it can't reply there.")
        raise Refused(msg)
    return room, f"${event}" if mark else ""


def _sent(room: str, event: str) -> Sent:
    return Sent(f"{room}/{event}", link(room, event))


def _is_reply(event: Event, reply: Reply, parent: str) -> bool:
    """Whether a message of ours is that reply: by transaction id, or without one by text and parent."""
    key = as_dict(event.get("unsigned")).get("transaction_id")
    if key or not event.get("content"):
        return bool(key == reply.key)
    try:
        text, meant, above = text_of(event), reply.text, answered(event)[1]
    except ODD:
        return False
    same = words(text) == words(meant) if words(meant) else text.strip() == meant.strip()
    return same and (not reply.public or not parent or above == parent)


def _is_room(number: object) -> bool:
    return isinstance(number, str) and number.startswith("!") and number.isprintable()
