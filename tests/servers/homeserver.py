"""A homeserver that plays Matrix's documented API."""

from __future__ import annotations

import itertools
import json
import re
import time
from typing import Any
from urllib.parse import unquote

from tests.servers.played import Call, Played, Reply

LARGEST = 65_536
"""Bytes of an event, https://spec.matrix.org/latest/client-server-api/#size-limits."""
_SERVERS_OWN = 800  # what signatures, hashes and the events before add to one


class Homeserver(Played):
    """One homeserver as https://spec.matrix.org/latest/client-server-api/ describes it, with people and rooms.

    Errors are `{"errcode", "error"}`; 429 has `retry_after_ms`, and Retry-After since v1.10. A transaction's id counts
    for the device that sent it, and only that device is told it. `limited` timelines go on in /messages by prev_batch.
    Events that were redacted lose their content and say by what; edits come bundled with what they change.
    """

    password, name = "app-pass-word-1", "lemonade.test"
    passwords, limited_by, page = True, 0, 100

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self.tokens: dict[str, tuple[str, str]] = {}
        self.rooms: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
        self.events: list[dict[str, Any]] = []
        self.keys: dict[tuple[str, str], str] = {}
        self.direct: dict[str, list[str]] = {}
        self.known = f"/{next(self._numbers)}"  # a server that is set up anew knows none of its tokens

    def writes(self, call: Call) -> bool:
        return "/send/" in call.path or "/redact/" in call.path

    # --- people and rooms

    def user(self, name: str) -> str:
        return f"@{name}:{self.name}"

    def room(self, name: str, *inside: str, **more: str) -> str:
        """A room of the first one's, who ranks above the others."""
        room = f"!room{next(self._numbers)}:{self.name}"
        self.rooms[room] = {}
        levels = {"users": {inside[0]: 100}, "redact": 50, "users_default": 0}
        self.put(room, inside[0], "m.room.power_levels", levels, "")
        for kind, content in (("name", name), *more.items()):
            if content:
                self.put(room, inside[0], f"m.room.{kind}", {kind.removeprefix("canonical_"): content}, "")
        for user in inside:
            self.join(room, user)
        return room

    def join(self, room: str, user: str) -> None:
        name = user[1:].partition(":")[0].capitalize()
        self.put(room, user, "m.room.member", {"membership": "join", "displayname": name}, user)

    def put(self, room: str, user: str, kind: str, content: dict[str, Any], key: str | None = None) -> str:
        number = f"$event{next(self._numbers)}"
        event = {
            "event_id": number, "room_id": room, "sender": user, "type": kind, "content": content,
            "origin_server_ts": int((time.time() + self.skew) * 1000), "unsigned": {},
        }  # fmt: skip
        if key is not None:
            event["state_key"] = key
            self.rooms[room][kind, key] = event
        if kind == "m.room.redaction":
            event["redacts"] = content["redacts"]
            old = self.event(content["redacts"])
            old["content"], old["unsigned"] = {}, {"redacted_because": event}
        relation = content.get("m.relates_to") or {}
        if relation.get("rel_type") == "m.replace":
            old = self.event(relation["event_id"])
            if old["sender"] == user:
                old["unsigned"]["m.relations"] = {"m.replace": event}
        self.events.append(event)
        return number

    def event(self, number: str) -> dict[str, Any]:
        return next(event for event in self.events if event["event_id"] == number)

    def _inside(self, room: str, user: str) -> bool:
        member = self.rooms.get(room, {}).get(("m.room.member", user))
        return member is not None and member["content"]["membership"] == "join"

    # --- the API

    def serve(self, call: Call) -> Reply:
        path = unquote(call.path)
        if path == "/_matrix/client/versions":
            return Reply({"versions": ["v1.1", "v1.16"]})
        path = re.sub(r"^/_matrix/client/v[13]/", "", path)
        if path == "login":
            return self._login(call.body)
        who = self.tokens.get(call.headers.get("authorization", "").removeprefix("Bearer "))
        for pattern, answer in self._routes():
            found = re.fullmatch(pattern, f"{call.method} {path}")
            if found and who is None:
                return _no(401, "M_UNKNOWN_TOKEN", "Unrecognised access token")
            if found:
                reply: Reply = self._limit() or answer(call, who, *found.groups())
                return reply
        return _no(404, "M_UNRECOGNIZED", "Unrecognized request")

    def _limit(self) -> Reply | None:
        self.limited_by, wait = 0, self.limited_by
        body = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": wait}
        return Reply(body, 429) if wait else None

    def _routes(self) -> tuple[tuple[str, Any], ...]:
        return (
            (r"GET account/whoami", lambda _call, who: Reply({"user_id": who[0], "device_id": who[1]})),
            (r"GET joined_rooms", self._joined),
            (r"GET directory/room/(.+)", self._directory),
            (r"POST join/(.+)", self._enter),
            (r"(?:GET|PUT) user/.+/account_data/m.direct", self._directs),
            (r"GET sync", self._sync),
            (r"GET rooms/(.+)/messages", self._messages),
            (r"GET rooms/(.+)/event/(.+)", self._event),
            (r"GET rooms/(.+)/relations/(.+)/m.annotation/m.reaction", self._annotations),
            (r"GET rooms/(.+)/state/([^/]+)", self._state),
            (r"PUT rooms/(.+)/send/([^/]+)/([^/]+)", self._send),
            (r"PUT rooms/(.+)/redact/([^/]+)/([^/]+)", self._redact),
        )

    def _login(self, body: Any) -> Reply:
        if not self.passwords:
            return _no(400, "M_UNKNOWN", "Unknown login type m.login.password")
        user = body["identifier"]["user"]
        user = user if user.startswith("@") else self.user(user)
        if body["password"] != self.password:
            return _no(403, "M_FORBIDDEN", "Invalid username or password")
        device = body.get("device_id") or f"DEVICE{next(self._numbers)}"
        self.tokens = {token: who for token, who in self.tokens.items() if who != (user, device)}
        token = f"syt_{next(self._numbers)}"
        self.tokens[token] = (user, device)
        return Reply({"user_id": user, "access_token": token, "device_id": device})

    def _joined(self, _call: Call, who: tuple[str, str]) -> Reply:
        return Reply({"joined_rooms": [room for room in self.rooms if self._inside(room, who[0])]})

    def _directory(self, _call: Call, _who: tuple[str, str], alias: str) -> Reply:
        for room, state in self.rooms.items():
            event = state.get(("m.room.canonical_alias", ""))
            if event and event["content"]["alias"] == alias:
                return Reply({"room_id": room, "servers": [self.name]})
        return _no(404, "M_NOT_FOUND", "Room alias not found.")

    def _state(self, _call: Call, who: tuple[str, str], room: str, kind: str) -> Reply:
        if not self._inside(room, who[0]):
            return _no(403, "M_FORBIDDEN", "You aren't a member of the room")
        event = self.rooms[room].get((kind, ""))
        return Reply(event["content"]) if event else _no(404, "M_NOT_FOUND", "Event not found.")

    def _event(self, _call: Call, who: tuple[str, str], room: str, number: str) -> Reply:
        found = [event for event in self.events if event["event_id"] == number and event["room_id"] == room]
        if not found or not self._inside(room, who[0]):
            return _no(404, "M_NOT_FOUND", "Could not find event")
        return Reply(self._seen(found[0], who))

    def _seen(self, event: dict[str, Any], who: tuple[str, str]) -> dict[str, Any]:
        """An event as this device is shown it."""
        key = next(
            (key for (device, key), number in self.keys.items() if (device, number) == (who[1], event["event_id"])), ""
        )
        return {**event, "unsigned": {**event["unsigned"], **({"transaction_id": key} if key else {})}}

    def _chosen(self, asked: dict[str, Any], room: str) -> list[int]:
        """The places of a room's events that a filter lets through."""
        return [
            at for at, event in enumerate(self.events)
            if event["room_id"] == room and event["type"] in asked.get("types", [event["type"]])
            and event["sender"] in asked.get("senders", [event["sender"]])
        ]  # fmt: skip

    def _members(self, room: str, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        state = self.rooms[room]
        return [state["m.room.member", user] for user in dict.fromkeys(event["sender"] for event in events)]

    def _sync(self, call: Call, who: tuple[str, str]) -> Reply:
        asked, since = json.loads(call.query["filter"]), call.query.get("since", "")
        if since and not since.endswith(self.known):
            return _no(400, "M_INVALID_PARAM", "Invalid since token")
        begun = int(since[1:].partition("/")[0]) if since else 0
        joined = {}
        for room, state in self.rooms.items():
            wanted = asked["room"].get("rooms", [room])
            if not self._inside(room, who[0]) or room not in wanted:
                continue
            timeline = asked["room"]["timeline"]
            new = self.events.index(state["m.room.member", who[0]]) >= begun  # its history comes too
            places = [at for at in self._chosen(timeline, room) if at >= begun or new]
            cut = places[-timeline["limit"] :]
            events = [self._seen(self.events[at], who) for at in cut]
            names = [event for (kind, _), event in state.items() if kind in asked["room"]["state"]["types"]]
            before = cut[0] if cut else len(self.events)
            told = [
                event for event in names
                if event["type"] != "m.room.member" and begun <= self.events.index(event) < before
            ]  # fmt: skip
            if cut or told:
                joined[room] = {
                    "timeline": {"events": events, "limited": len(places) > len(cut), "prev_batch": f"t{before}"},
                    "state": {"events": [*told, *self._members(room, events)]},
                }
        data = [{"type": "m.direct", "content": self.direct}] if self.direct else []
        rooms = {"rooms": {"join": joined, "invite": self._invited(who[0], begun)}}
        return Reply({"next_batch": f"s{len(self.events)}{self.known}", "account_data": {"events": data}, **rooms})

    def _invited(self, user: str, begun: int) -> dict[str, Any]:
        """The rooms that wait for this one, with as much of their state as strangers see."""
        found = {}
        for room, state in self.rooms.items():
            member = state.get(("m.room.member", user))
            if member and member["content"]["membership"] == "invite" and self.events.index(member) >= begun:
                told = [event for (kind, _), event in state.items() if kind in ("m.room.member", "m.room.name")]
                shown = [{key: event[key] for key in ("type", "state_key", "sender", "content")} for event in told]
                found[room] = {"invite_state": {"events": shown}}
        return found

    def invite(self, by: str, user: str) -> str:
        """A room for two, as programs make it."""
        room = self.room("", self.user(by))
        self.put(room, self.user(by), "m.room.member", {"membership": "invite", "is_direct": True}, user)
        return room

    def _enter(self, _call: Call, who: tuple[str, str], room: str) -> Reply:
        if ("m.room.member", who[0]) not in self.rooms.get(room, {}):
            return _no(403, "M_FORBIDDEN", "You are not invited to this room.")
        self.join(room, who[0])
        return Reply({"room_id": room})

    def _directs(self, call: Call, _who: tuple[str, str]) -> Reply:
        if call.method == "PUT":
            self.direct = call.body
            return Reply({})
        return Reply(self.direct) if self.direct else _no(404, "M_NOT_FOUND", "Account data not found")

    def _messages(self, call: Call, who: tuple[str, str], room: str) -> Reply:
        if not self._inside(room, who[0]):
            return _no(403, "M_FORBIDDEN", f"User {who[0]} not in room {room}")
        start = int(call.query.get("from", f"t{len(self.events)}")[1:].partition("/")[0])
        end = int(call.query.get("to", "t0")[1:].partition("/")[0])
        places = [at for at in self._chosen(json.loads(call.query["filter"]), room) if end <= at < start]
        cut = places[-int(call.query["limit"]) :]
        events = [self._seen(self.events[at], who) for at in reversed(cut)]
        more = {"end": f"t{cut[0]}"} if len(cut) < len(places) else {}
        return Reply({"chunk": events, "start": f"t{start}", "state": self._members(room, events), **more})

    def _send(self, call: Call, who: tuple[str, str], room: str, kind: str, key: str) -> Reply:
        if (who[1], key) in self.keys:
            return Reply({"event_id": self.keys[who[1], key]})
        if not self._inside(room, who[0]):
            return _no(403, "M_FORBIDDEN", f"User {who[0]} not in room {room}")
        if kind == "m.reaction" and self._is_double(who[0], call.body["m.relates_to"]):
            return _no(400, "M_DUPLICATE_ANNOTATION", "Can't send same reaction twice")
        if len(json.dumps(call.body, ensure_ascii=False).encode()) + _SERVERS_OWN > LARGEST:
            return _no(413, "M_TOO_LARGE", "event too large")
        self.keys[who[1], key] = self.put(room, who[0], kind, call.body)
        return Reply({"event_id": self.keys[who[1], key]})

    def reactions(self, number: str) -> list[dict[str, Any]]:
        """The events that annotate an event; what was redacted has lost its relation."""
        return [
            event for event in self.events
            if event["type"] == "m.reaction" and event["content"].get("m.relates_to", {}).get("event_id") == number
        ]  # fmt: skip

    def _is_double(self, user: str, relation: dict[str, Any]) -> bool:
        there = self.reactions(relation["event_id"])
        return (user, relation) in [(event["sender"], event["content"]["m.relates_to"]) for event in there]

    def _annotations(self, call: Call, who: tuple[str, str], room: str, number: str) -> Reply:
        """/v1/rooms/{roomId}/relations/{eventId}/{relType}/{eventType}: newest first, in pages by `from`."""
        assert call.path.startswith("/_matrix/client/v1/")
        if not self._inside(room, who[0]):
            return _no(404, "M_NOT_FOUND", "Unable to find event")
        there, begin = self.reactions(number)[::-1], int(call.query.get("from", "0"))
        end = begin + min(int(call.query["limit"]), self.page)
        return Reply({"chunk": there[begin:end], **({"next_batch": str(end)} if end < len(there) else {})})

    def _redact(self, _call: Call, who: tuple[str, str], room: str, number: str, key: str) -> Reply:
        if (who[1], key) in self.keys:
            return Reply({"event_id": self.keys[who[1], key]})
        levels = self.rooms[room]["m.room.power_levels", ""]["content"]
        if self.event(number)["sender"] != who[0] and levels["users"].get(who[0], 0) < levels["redact"]:
            return _no(403, "M_FORBIDDEN", "You don't have permission to redact events")
        self.keys[who[1], key] = self.put(room, who[0], "m.room.redaction", {"redacts": number})
        return Reply({"event_id": self.keys[who[1], key]})


def _no(status: int, code: str, words: str) -> Reply:
    return Reply({"errcode": code, "error": words}, status)
