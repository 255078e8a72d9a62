"""A server that plays Discord's HTTP API, version 10, as its documentation has it.

https://docs.discord.com/developers/resources/message, .../resources/channel, .../topics/rate-limits: messages come
newest first, at most 100; a nonce is unique for some minutes; 2,000 characters; every answer tells its limit's state.
"""

from __future__ import annotations

from typing import Any

from app.base import clock
from tests.servers.played import Call, Played, Reply

EPOCH = 1_420_070_400
GUILD, GENERAL, FORUM, SECRET, VOICE = "41", "410", "411", "412", "413"


class Discord(Played):
    """One guild with a channel, a forum, a channel that is not for bots, and a room for voices."""

    token = "MTA4.lemon.juice"
    me = "7"

    def __init__(self) -> None:
        super().__init__()
        self.flags = 1 << 19
        self.guilds = [{"id": GUILD, "name": "Lemonade lovers"}]
        self.messages: dict[str, list[dict[str, Any]]] = {GENERAL: []}
        self.threads: dict[str, dict[str, Any]] = {}
        self.nonces: dict[str, tuple[float, dict[str, Any]]] = {}
        self.limits: list[Reply] = []
        """What the next calls get in place of an answer."""
        self.remaining = "4"
        self.may_delete = True
        self._count = 0

    def number(self, at: int | None = None) -> str:
        """A new id, of now or of that second."""
        self._count += 1
        return str((((at or clock.now()) - EPOCH) * 1000 << 22) + self._count)

    def writes(self, call: Call) -> bool:
        return call.method == "POST"

    def serve(self, call: Call) -> Reply:
        if self.limits:
            return self.limits.pop(0)
        if call.headers.get("authorization") != f"Bot {self.token}":
            return Reply({"message": "401: Unauthorized", "code": 0}, 401)
        reply = self._route(call)
        limit = {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": self.remaining, "X-RateLimit-Reset-After": "0.05"}
        return Reply(reply.body, reply.status, {**limit, **reply.headers})

    def _route(self, call: Call) -> Reply:
        parts = call.path.strip("/").split("/")
        known: dict[tuple[str, ...], Any] = {
            ("users", "@me"): {"id": self.me, "username": "lemonade-bot", "bot": True},
            ("applications", "@me"): {"id": self.me, "flags": self.flags},
            ("users", "@me", "guilds"): self.guilds,
            ("guilds", GUILD, "channels"): self._channels(),
            ("guilds", GUILD, "threads", "active"): {"threads": list(self.threads.values()), "members": []},
        }
        if call.method == "GET" and tuple(parts) in known:
            return Reply(known[tuple(parts)])
        if parts[0] == "channels" and parts[2] == "messages":
            if parts[1] == SECRET:
                return Reply({"message": "Missing Access", "code": 50001}, 403)
            if parts[1] not in self.messages:
                return Reply({"message": "Unknown Channel", "code": 10003}, 404)
            if call.method == "GET":
                return self._list(parts[1], call.query)
            return self._create(parts[1], call.body) if call.method == "POST" else self._delete(parts[1], parts[3])
        return Reply({"message": "404: Not Found", "code": 0}, 404)

    def _channels(self) -> list[dict[str, Any]]:
        last = self.messages[GENERAL][-1]["id"] if self.messages[GENERAL] else None
        return [
            {"id": GENERAL, "type": 0, "name": "general", "last_message_id": last},
            {"id": FORUM, "type": 15, "name": "questions", "last_message_id": None},
            {"id": SECRET, "type": 0, "name": "staff", "last_message_id": self.number()},
            {"id": VOICE, "type": 2, "name": "talk"},
        ]

    def _list(self, place: str, query: dict[str, str]) -> Reply:
        limit = int(query.get("limit", "50"))
        if not 1 <= limit <= 100:
            return Reply({"message": "Invalid Form Body", "code": 50035}, 400)
        found = [one for one in self.messages[place] if int(one["id"]) > int(query.get("after", "0"))]
        return Reply(list(reversed(found[:limit] if "after" in query else found[-limit:])))

    def _create(self, place: str, body: Any) -> Reply:
        if not 0 < len(body["content"]) <= 2000 or len(body.get("nonce", "")) > 25:
            problem = {"content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer."}]}}
            return Reply({"code": 50035, "message": "Invalid Form Body", "errors": problem}, 400)
        made = self.nonces.get(body["nonce"]) if body.get("enforce_nonce") else None
        if made and clock.now() - made[0] < 300:
            return Reply(made[1])
        row = self.add(place, self.me, "lemonade-bot", body["content"], body["message_reference"]["message_id"])
        self.nonces[body["nonce"]] = (clock.now(), row)
        return Reply({**row, "nonce": body["nonce"]})

    def _delete(self, place: str, number: str) -> Reply:
        if not self.may_delete:
            return Reply({"message": "Missing Permissions", "code": 50013}, 403)
        if not self.remove(place, number):
            return Reply({"message": "Unknown Message", "code": 10008}, 404)
        return Reply(b"", 204)

    def remove(self, place: str, number: str) -> bool:
        before = len(self.messages[place])
        self.messages[place] = [one for one in self.messages[place] if one["id"] != number]
        return len(self.messages[place]) < before

    def add(self, place: str, key: str, who: str, text: str, answering: str = "", **more: Any) -> dict[str, Any]:
        """A message by somebody."""
        row: dict[str, Any] = {
            "id": self.number(), "channel_id": place, "type": 19 if answering else 0, "content": text,
            "author": {"id": key, "username": who, "global_name": who.capitalize()}, "mentions": [], "attachments": [],
            "timestamp": clock.iso(clock.now()).replace("Z", ".123000+00:00"), "edited_timestamp": None,
        }  # fmt: skip
        if answering:
            row["message_reference"] = {"message_id": answering, "channel_id": place, "guild_id": GUILD}
        self.messages[place].append({**row, **more})
        if place in self.threads:
            self.threads[place]["last_message_id"] = row["id"]
        return self.messages[place][-1]

    def begin(self, parent: str, name: str, number: str = "") -> str:
        """A thread under a message, or in the forum; its id."""
        number = number or self.number()
        self.messages[number] = []
        self.threads[number] = {"id": number, "type": 11, "name": name, "parent_id": parent, "last_message_id": None}
        return number
