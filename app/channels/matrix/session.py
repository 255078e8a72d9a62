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

from app.base.message import Change, Incoming, OwnReaction, Reaction, Reply, Target
from app.base.text import words
from app.base.words import N_, counted, tr
from app.channels.base import DELETE, Found, Page, Refused, Sent, TryLater, UnknownOutcome
from app.channels.http.parts import as_dict, dicts
from app.channels.matrix.annotations import annotate, own, told_of, unannotate
from app.channels.matrix.direct import Directs, name_of
from app.channels.matrix.events import (
    INVITE,
    NAMES,
    ODD,
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
from app.channels.matrix.timeline import EVENT_FILTER, MAX_FIRST_PAGES, PAGE_EVENTS, Gap, Timeline, gaps_in

_MAX_PAGE_ITEMS = 200
_DAY_SECONDS = 86_400
_CLOCK_SLACK_SECONDS = 600
_GAP = "gap "
"""Begins the cursor entry of a room of which something between two points of the timeline is still to be read."""
_ROOM = re.compile(r"(?<![^\s,])(?:![^\s,]++|#[^\s,:]++:[^\s,]++)")
_NO_EVENTS: dict[str, Any] = {"types": []}
_NO_LONGER_THERE = N_("That message is no longer there.")


class MatrixSession:
    """A session of one account on its homeserver."""

    def __init__(self, fields: Mapping[str, str], secrets: MutableMapping[str, str]) -> None:
        """Take the form's fields and the facts of the last check."""
        self._server = Server(fields, secrets)
        self._rooms, self._me = fields.get("rooms", "").strip(), fields.get("me", "")
        self._timeline = Timeline(self._server)
        self._directs = Directs(self._server, self._own_id)

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    # --- who we are, and where

    def check(self) -> Found:
        """Return our user id and the rooms to choose from; raises Refused if we are not in a chosen room."""
        self._me = ""
        me = self._own_id()
        rooms = self._joined()
        wanted = self._chosen_rooms()
        absent = next((room for room in wanted if room not in rooms), "")
        if absent:
            msg = tr("{me} isn't in the room {absent}. Join it in your Matrix app first.").format(me=me, absent=absent)
            raise Refused(msg)
        named = tuple(sorted(map(self._room_label, rooms[:PAGE_EVENTS])))
        many = counted(len(rooms), "{count} room", "{count} rooms")
        facts = {"me": me, "home": self._server.home, "asked": self._server.asked}
        sentence = tr("You are {me}, in {count}.").format(me=me, count=many)
        sentence = " ".join((sentence, *self._cannot_be_read((wanted or rooms)[:PAGE_EVENTS])))
        return Found(sentence, (me.lower(),), facts, {"rooms": named})

    def _cannot_be_read(self, rooms: list[str]) -> list[str]:
        """A sentence on how many of these rooms are encrypted; [] if none is."""
        count = sum(bool(self._state(room, "m.room.encryption")) for room in rooms)
        if not count:
            return []
        return [
            counted(
                count,
                "{count} of these rooms is end-to-end encrypted, so what is said there can't be read.",
                "{count} of these rooms are end-to-end encrypted, so what is said there can't be read.",
            )
        ]

    def _joined(self) -> list[str]:
        """The ids of the rooms that we are in."""
        joined = self._server.call("GET", "joined_rooms").get("joined_rooms")
        return [room for room in joined if _is_room(room)] if isinstance(joined, list) else []

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
        self._timeline.begin()
        wanted, lost = self._rooms_to_read()
        for sentence in lost:
            yield Page((), {}, trouble=sentence)
        if self._rooms and not wanted:
            return
        begun = yield from self._pull(cursor, wanted)
        if begun is not None:  # servers may cache an initial sync for minutes: get what came after it too
            yield from self._pull(begun, wanted)
        self._timeline.end()

    def _rooms_to_read(self) -> tuple[list[str], list[str]]:
        """The chosen rooms that we are in ([] for all), and a sentence on each other one: it keeps none of these back.

        Raises Refused if none is left.
        """
        wanted, lost = list[str](), list[str]()
        for room in _ROOM.findall(self._rooms):
            try:
                wanted.append(room if room[0] == "!" else self._resolve_alias(room))
            except Refused as why:
                lost.append(str(why))
        if self._rooms and not wanted and not lost:
            self._chosen_rooms()
        joined = self._joined() if wanted else []
        lost += [
            tr("You are no longer in the room {absent}. The other rooms are read.").format(absent=room)
            for room in wanted
            if room not in joined
        ]
        return [room for room in wanted if room in joined], lost

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
            room, items, reacted, gap = self._read_room(known, as_dict(joined), since if number in cursor else "")
            moved[number] = room.kept()
            if gap:
                moved[_GAP + number] = json.dumps([*gaps_in(cursor.get(_GAP + number, "")), gap])
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
        for entry, told in {**cursor, **moved}.items():
            if entry.startswith(_GAP):
                yield from self._fill(
                    room_of(
                        number := entry[len(_GAP) :],
                        moved.get(number) or cursor.get(number, ""),
                        direct=number in direct,
                    ),
                    gaps_in(told),
                )
        return None if since else {**cursor, **moved}

    def _sync(self, since: str, wanted: list[str]) -> dict[str, Any] | None:
        """Call /sync; None if the server rejects the `since` token."""
        members = {"lazy_load_members": True, "include_redundant_members": True}
        room: dict[str, Any] = {
            "timeline": {**EVENT_FILTER, "limit": PAGE_EVENTS // 2 if since else PAGE_EVENTS // 10},
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
    ) -> tuple[Room, tuple[Incoming, ...], tuple[OwnReaction, ...], Gap | None]:
        """Return the updated room, its new messages, including those that a limited timeline left out, and reactions.

        Those are ours: given, or taken back. The gap is what of the timeline is still to be read.
        """
        timeline, gap = as_dict(joined.get("timeline")), None
        events: list[Event] = [*dicts(timeline.get("events"))]
        state: list[Event] = [*dicts(as_dict(joined.get("state")).get("events"))]
        if timeline.get("limited") and timeline.get("prev_batch"):
            before, members, gap = self._timeline.back(room.id, (str(timeline["prev_batch"]), since))
            events, state = before + events, members + state
        reader = Reader(room, self._own_id(), partial(self._timeline.edited, room.id))
        items = reader.read(state, events)
        return reader.room, items, tuple(told_of(events, room.id, self._own_id())), gap

    def _fill(self, room: Room, gaps: list[Gap]) -> Iterator[Page]:
        """Yield what is in the gaps that earlier pulls left in a room's timeline, as far as it can be read now."""
        for number, gap in enumerate(gaps):
            events, members, left = self._timeline.back(room.id, gap)
            reader = Reader(room, self._own_id(), partial(self._timeline.edited, room.id))
            items, kept = reader.read(members, events), [*([left] if left else []), *gaps[number + 1 :]]
            for at in range(0, len(items), _MAX_PAGE_ITEMS):
                yield Page(items[at : at + _MAX_PAGE_ITEMS], {})
            trouble = self._not_read(room) if left else ""
            told = tuple(told_of(events, room.id, self._own_id()))
            yield Page((), {_GAP + room.id: json.dumps(kept) if kept else ""}, reacted=told, trouble=trouble)
            if left:
                return

    def _not_read(self, room: Room) -> str:
        sentence = tr("Some of what was said in {room} can't be read yet, and will be later: {why}")
        return sentence.format(room=room.name or room.alias or room.id, why=self._timeline.late)

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Reply in the room, and in its thread if there is one; our key is the transaction id.

        A reply to an invitation accepts it first.
        """
        begins = _begins(reply)
        room, event = (self._directs.room_for(reply.to), "") if begins else _split_id(reply.parent or reply.thread)
        if reply.parent.endswith(INVITE):
            self._directs.accept(room, reply.to)
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

    def _relation(self, room: str, event: str) -> dict[str, Any]:
        relation: dict[str, Any] = {"m.in_reply_to": {"event_id": event}}
        asked = self._timeline.event(room, event)
        try:
            root = answered(asked)[0] if asked else ""
        except ODD:
            root = ""
        return {"rel_type": "m.thread", "event_id": root, "is_falling_back": False, **relation} if root else relation

    def find_sent(self, reply: Reply) -> Sent | None:
        """Look it up among our messages: by transaction id, which servers keep for a while, or by text and parent."""
        begins = _begins(reply)
        room, event = (
            (self._directs.room_with(name_of(reply.to)), "") if begins else _split_id(reply.parent or reply.thread)
        )
        if not room:
            return None
        asked: dict[str, Any] = {"dir": "b", "limit": PAGE_EVENTS}
        asked["filter"] = json.dumps({"types": ["m.room.message"], "senders": [self._own_id()]})
        for _ in range(MAX_FIRST_PAGES):
            try:
                messages = self._server.call("GET", f"rooms/{quote(room)}/messages", params=asked)
            except Refused as why:
                raise UnknownOutcome(str(why)) from why
            rows = [row for row in dicts(messages.get("chunk")) if isinstance(row.get("origin_server_ts"), int)]
            since = reply.at + self._server.ahead - _CLOCK_SLACK_SECONDS
            event_of_reply = next((row for row in rows if _is_reply(row, reply, event, since)), None)
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
        before = as_dict(as_dict(self._timeline.event(room, event)).get("content")).get("m.mentions")
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
        event = self._timeline.event(*place)
        if event is None or as_dict(event.get("unsigned")).get("redacted_because"):
            raise Refused(tr(_NO_LONGER_THERE))
        annotate(self._server, self._own_id(), place, reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back."""
        unannotate(self._server, self._own_id(), _split_id(reaction.remote_id), reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Whether our reaction is there now."""
        return bool(own(self._server, self._own_id(), _split_id(reaction.remote_id), reaction))


def _begins(reply: Reply) -> bool:
    """Whether it begins to talk with somebody in private: what was meant for a room never does."""
    return not (reply.parent or reply.thread or reply.public) and reply.to is not None


def _split_id(remote_id: str) -> tuple[str, str]:
    """Split a remote id into room and event ("" for the room itself); raises Refused if it has no room."""
    room, mark, event = remote_id.removesuffix(INVITE).partition("/$")
    if not room:
        msg = tr("Rapport doesn't know which room this was said in, so it can't reply there.")
        raise Refused(msg)
    return room, f"${event}" if mark else ""


def _sent(room: str, event: str) -> Sent:
    return Sent(f"{room}/{event}", link(room, event))


def _is_reply(event: Event, reply: Reply, parent: str, since: int) -> bool:
    """Whether a message of ours is that reply: by transaction id, or without one by time, text and parent.

    `since` is when the reply was written, by the server's clock: the same words of before are not it.
    """
    key = as_dict(event.get("unsigned")).get("transaction_id")
    if key or not event.get("content"):
        return bool(key == reply.key)
    if event["origin_server_ts"] // 1000 < since:
        return False
    try:
        text, meant, above = text_of(event), reply.text, answered(event)[1]
    except ODD:
        return False
    same = words(text) == words(meant) if words(meant) else text.strip() == meant.strip()
    return same and (not reply.public or not parent or above == parent)


def _is_room(number: object) -> bool:
    return isinstance(number, str) and number.startswith("!") and number.isprintable()
