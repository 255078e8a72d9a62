"""A server that plays Discord's HTTP API, version 10, as its documentation has it.

https://docs.discord.com/developers/resources/message, .../resources/channel, .../topics/rate-limits: messages come
newest first, at most 100; a nonce is unique for some minutes; 2,000 characters; every answer tells its limit's state.
The pages are of the first half of 2026 (discord/discord-api-docs: message.mdx, channel.mdx, threads.mdx, guild.mdx).
Files come in a form, the message in `payload_json` and each file in the field that its number names (reference.mdx,
Uploading Files); one is at most 10 MiB, and a message has at most 10 (opcodes-and-status-codes.mdx: 40005, 30015).
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from app.base import clock
from tests.servers.played import Call, Played, Reply

EPOCH = 1_420_070_400
GUILD, GENERAL, FORUM, SECRET, VOICE = "41", "410", "411", "412", "413"
HELPERS = "90"
VIEW, SEND, MANAGE_MESSAGES, ATTACH, HISTORY = 1 << 10, 1 << 11, 1 << 13, 1 << 15, 1 << 16
MANAGE_THREADS, SEND_IN_THREADS = 1 << 34, 1 << 38
ALL_RIGHTS = 1 << 2 | VIEW | SEND | MANAGE_MESSAGES | ATTACH | HISTORY | MANAGE_THREADS | SEND_IN_THREADS | 1 << 40
"""With Ban Members and Moderate Members."""
MOST_FILES, MOST_BYTES = 10, 10 * 1024 * 1024
_AGENT = re.compile(r"DiscordBot \(https?://(?![^ ,]*\.(?:example|invalid|test)\b)[^ ,]+, [0-9.]+\)(?: .*)?")
_THREADS = (10, 11, 12)


class Discord(Played):
    """One guild with a channel, a forum, a channel that is not for bots, and a room for voices.

    `reads_history` False: Get Channel Messages then lists nothing, and Get Channel Message refuses (message.mdx). A
    User-Agent of another form is turned away (reference.mdx, User Agent). Archived threads are listed apart, newest
    archive_timestamp first (channel.mdx, List Public Archived Threads); private ones apart from those: by their ids
    for whoever is in them, all of them for whoever manages threads (List Private Archived Threads, and Joined ones).

    What the bot may do is in `permissions` of its list of servers, without what a channel's overwrites change
    (permissions.mdx): `overwrites` by channel, `has` by the bot's roles. A forum with REQUIRE_TAG among its flags takes
    no post without one of its `tags`; a moderated one only from whoever manages threads (channel.mdx, Forum Tag).
    """

    token = "MTA4.lemon.juice"
    me = "7"

    def __init__(self) -> None:
        super().__init__()
        self.flags = 1 << 19
        self.guilds: list[dict[str, Any]] = [{"id": GUILD, "name": "Lemonade lovers", "permissions": str(ALL_RIGHTS)}]
        self.messages: dict[str, list[dict[str, Any]]] = {GENERAL: [], VOICE: []}
        self.threads: dict[str, dict[str, Any]] = {}
        self.roles = [{"id": HELPERS, "name": "Helpers"}]
        self.has: list[str] = []
        self.overwrites: dict[str, list[dict[str, Any]]] = {SECRET: [overwrite(GUILD, deny=VIEW)]}
        self.forum_flags, self.tags = 0, list[dict[str, Any]]()
        self.joined: set[str] = set()
        self.nonces: dict[str, tuple[float, dict[str, Any]]] = {}
        self.limits: list[Reply] = []
        """What the next calls get in place of an answer."""
        self.remaining = "4"
        self.may_delete = self.reads_history = True
        self.muted: dict[str, str] = {}
        self.banned: set[str] = set()
        self.filtered = ""
        self.contents: dict[str, bytes] = {}
        """What was uploaded, by the attachment's id."""
        self.names: dict[str, str] = {}
        """How it was called there."""
        self._count = 0

    def number(self, at: int | None = None) -> str:
        """A new id, of now or of that second."""
        self._count += 1
        return str((((at or clock.now()) - EPOCH) * 1000 << 22) + self._count)

    def _moment(self) -> str:
        """A moment of its own, as microseconds make it there."""
        self._count += 1
        return clock.iso(clock.now()).replace("Z", f".{self._count % 1_000_000:06}+00:00")

    def writes(self, call: Call) -> bool:
        return call.method != "GET"

    def serve(self, call: Call) -> Reply:
        if self.limits:
            return self.limits.pop(0)
        if not _AGENT.fullmatch(call.headers.get("user-agent", "")):
            return _refused(403, 40333, "internal network error")
        if call.headers.get("authorization") != f"Bot {self.token}":
            return _refused(401, 0, "401: Unauthorized")
        reply = self._route(call)
        limit = {"X-RateLimit-Limit": "5", "X-RateLimit-Remaining": self.remaining, "X-RateLimit-Reset-After": "0.05"}
        return Reply(reply.body, reply.status, {**limit, **reply.headers})

    def _route(self, call: Call) -> Reply:
        parts = [unquote(part) for part in call.path.strip("/").split("/")]
        known: dict[tuple[str, ...], Any] = {
            ("users", "@me"): {"id": self.me, "username": "lemonade-bot", "bot": True},
            ("applications", "@me"): {"id": self.me, "flags": self.flags},
            ("users", "@me", "guilds"): self.guilds,
            ("guilds", GUILD, "channels"): self._channels(),
            ("guilds", GUILD, "roles"): self.roles,
            ("guilds", GUILD, "members", self.me): {"roles": self.has, "user": {"id": self.me}},
            ("guilds", GUILD, "threads", "active"): {
                "threads": [row for row in self._listed(archived=False) if self._sees(row)],
                "members": [],
            },
        }
        if call.method == "GET" and tuple(parts) in known:
            return Reply(known[tuple(parts)])
        if parts[0] == "guilds" and parts[2] in ("members", "bans") and len(parts) == 4:
            return self._bar(call.method, parts[2], parts[3], call.body)
        return self._channel(call, parts) if parts[0] == "channels" else _refused(404, 0, "404: Not Found")

    def _channel(self, call: Call, parts: list[str]) -> Reply:
        if not self.may(VIEW, parts[1]):
            return _refused(403, 50001, "Missing Access")
        if len(parts) == 2:
            return self._one_channel(call, parts[1])
        if parts[2:4] == ["users", "@me"]:
            return self._archived_private(parts[1], call.query, mine=True)
        if parts[2:] == ["threads", "archived", "private"]:
            return self._archived_private(parts[1], call.query, mine=False)
        if parts[2] == "threads":
            return self._archived(parts[1], call.query) if call.method == "GET" else self._begin(parts[1], call)
        return self._about_messages(call, parts) if parts[2] == "messages" else _refused(404, 0, "404: Not Found")

    def _about_messages(self, call: Call, parts: list[str]) -> Reply:
        place = parts[1]
        if place not in self.messages:
            return _refused(404, 10003, "Unknown Channel")
        if len(parts) == 3:
            return self._list(place, call.query) if call.method == "GET" else self._create(place, call)
        if call.method == "GET" and not (self.reads_history and self.may(HISTORY, place)):
            return _refused(403, 50001, "Missing Access")
        row = next((one for one in self.messages[place] if one["id"] == parts[3]), None)
        return _refused(404, 10008, "Unknown Message") if row is None else self._about_one(call, parts, row)

    def _about_one(self, call: Call, parts: list[str], row: dict[str, Any]) -> Reply:
        if len(parts) > 4:
            return self._react(call.method, row, parts[5])
        if call.method == "GET":
            return Reply(row)
        return self._change(row, call.body) if call.method == "PATCH" else self._delete(parts[1], row)

    def _channels(self) -> list[dict[str, Any]]:
        last = {place: rows[-1]["id"] if rows else None for place, rows in self.messages.items()}
        rows: list[dict[str, Any]] = [
            {"id": GENERAL, "type": 0, "name": "general", "last_message_id": last[GENERAL]},
            {"id": FORUM, "type": 15, "name": "questions", "last_message_id": None, "flags": self.forum_flags,
             "available_tags": self.tags},
            {"id": SECRET, "type": 0, "name": "staff", "last_message_id": self.number()},
            {"id": VOICE, "type": 2, "name": "talk", "last_message_id": last[VOICE]},
        ]  # fmt: skip
        return [{**row, "permission_overwrites": self.overwrites.get(row["id"], [])} for row in rows]

    def _one_channel(self, call: Call, place: str) -> Reply:
        found = [*self._channels(), *self.threads.values()]
        one = next((dict(row, guild_id=GUILD) for row in found if row["id"] == place), None)
        if one is None:
            return _refused(404, 10003, "Unknown Channel")
        if call.method == "PATCH":
            if not self.may(MANAGE_THREADS, place):
                return _refused(403, 50013, "Missing Permissions")
            self.archive(place, **call.body)
        return Reply(one)

    def may(self, right: int, place: str = "") -> bool:
        """Whether the bot has a permission, in a channel or thread if one is named (permissions.mdx, step by step)."""
        held = int(self.guilds[0]["permissions"]) if self.guilds else 0
        if held & 1 << 3:
            return True
        over = {one["id"]: one for one in self.overwrites.get(self.threads.get(place, {}).get("parent_id", place), [])}
        for rank in ([GUILD], self.has, [self.me]):
            of = [over[one] for one in rank if one in over]
            for one in of:
                held &= ~int(one["deny"])
            for one in of:
                held |= int(one["allow"])
        return bool(held & right and (held & VIEW or not place))

    def _sees(self, thread: dict[str, Any]) -> bool:
        """A private thread is for whoever is in it, or manages threads (threads.mdx, Permissions)."""
        return thread["type"] != 12 or thread["id"] in self.joined or self.may(MANAGE_THREADS, thread["id"])

    def _listed(self, *, archived: bool) -> list[dict[str, Any]]:
        return [row for row in self.threads.values() if row["thread_metadata"]["archived"] == archived]

    def _archived_private(self, parent: str, query: dict[str, str], *, mine: bool) -> Reply:
        if not self.may(HISTORY, parent) or not (mine or self.may(MANAGE_THREADS, parent)):
            return _refused(403, 50013, "Missing Permissions")
        rows = [row for row in self._listed(archived=True) if row["parent_id"] == parent and row["type"] == 12]
        if not mine:
            return self._latest_archived(rows, query)
        rows = sorted((row for row in rows if row["id"] in self.joined), key=lambda row: -int(row["id"]))
        rows = [row for row in rows if int(row["id"]) < int(query.get("before", 1 << 63))]
        limit = int(query.get("limit", "50"))
        return Reply({"threads": rows[:limit], "members": [], "has_more": len(rows) > limit})

    def _archived(self, parent: str, query: dict[str, str]) -> Reply:
        if not (self.reads_history and self.may(HISTORY, parent)):
            return _refused(403, 50001, "Missing Access")
        rows = [row for row in self._listed(archived=True) if row["parent_id"] == parent and row["type"] != 12]
        return self._latest_archived(rows, query)

    @staticmethod
    def _latest_archived(rows: list[dict[str, Any]], query: dict[str, str]) -> Reply:
        rows.sort(key=lambda row: str(row["thread_metadata"]["archive_timestamp"]), reverse=True)
        until = query.get("before", "9")
        rows = [row for row in rows if row["thread_metadata"]["archive_timestamp"] < until]
        limit = int(query.get("limit", "50"))
        return Reply({"threads": rows[:limit], "members": [], "has_more": len(rows) > limit})

    def _list(self, place: str, query: dict[str, str]) -> Reply:
        limit = int(query.get("limit", "50"))
        if not 1 <= limit <= 100:
            return _refused(400, 50035, "Invalid Form Body")
        if not (self.reads_history and self.may(HISTORY, place)):
            return Reply([])
        found = [one for one in self.messages[place] if int(one["id"]) > int(query.get("after", "0"))]
        return Reply(list(reversed(found[:limit] if "after" in query else found[-limit:])))

    def _refused_files(self, place: str, call: Call, named: Any) -> Reply | None:
        """What is wrong with the files of a message; None if nothing."""
        if not call.files and not named:
            return None
        wrong = (
            (not self.may(ATTACH, place), 403, 50013, "Missing Permissions"),
            (len(call.files) > MOST_FILES, 400, 30015, "Maximum number of attachments in a message reached (10)"),
            (max(len(file[2]) for file in call.files.values()) > MOST_BYTES, 413, 40005, "Request entity too large"),
            ({f"files[{one['id']}]" for one in named or ()} != call.files.keys(), 400, 50035, "Invalid Form Body"),
        )
        return next((_refused(status, code, said) for is_so, status, code, said in wrong if is_so), None)

    def _attached(self, call: Call) -> list[dict[str, Any]]:
        """The files of a message as it shows them; their names have no blanks there."""
        rows = list[dict[str, Any]]()
        for name, kind, content in call.files.values():
            number = self.number()
            self.contents[number], self.names[number] = content, name
            rows.append({"id": number, "filename": name.replace(" ", "_"), "content_type": kind, "size": len(content)})
        return rows

    def _refused_message(self, place: str, call: Call, body: Any) -> Reply | None:
        """What is wrong with a message; None if nothing."""
        if not 0 < len(body["content"]) <= 2000 or len(body.get("nonce", "")) > 25:
            problem = {"content": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer."}]}}
            return Reply({"code": 50035, "message": "Invalid Form Body", "errors": problem}, 400)
        if (
            place in self.threads
            and self.threads[place]["thread_metadata"]["locked"]
            and not self.may(MANAGE_THREADS, place)
        ):
            return _refused(403, 160005, "Thread is locked")
        if not self.may(SEND_IN_THREADS if place in self.threads else SEND, place):
            return _refused(403, 50013, "Missing Permissions")
        if self.filtered and self.filtered in body["content"]:
            return _refused(400, 200000, "Message was blocked by automatic moderation")
        return self._refused_files(place, call, body.get("attachments"))

    def _create(self, place: str, call: Call) -> Reply:
        body = json.loads(call.body["payload_json"]) if call.files else call.body
        if refused := self._refused_message(place, call, body):
            return refused
        made = self.nonces.get(body["nonce"]) if body.get("enforce_nonce") else None
        if made and clock.now() - made[0] < 300:
            return Reply(made[1])
        answered = (body.get("message_reference") or {}).get("message_id", "")
        row = self.add(place, self.me, "lemonade-bot", body["content"], answered, attachments=self._attached(call))
        self.nonces[body["nonce"]] = (clock.now(), row)
        if place in self.threads:  # a message opens an archived thread (threads.mdx)
            self.archive(place, archived=False)
        return Reply({**row, "nonce": body["nonce"]})

    def _begin(self, parent: str, call: Call) -> Reply:
        """Start Thread in Forum or Media Channel (channel.mdx): no nonce is known for it."""
        body = json.loads(call.body["payload_json"]) if call.files else call.body
        if not 0 < len(body["name"]) <= 100 or not 0 < len(body["message"]["content"]) <= 2000:
            return _refused(400, 50035, "Invalid Form Body")
        if not self.may(SEND, parent):
            return _refused(403, 50013, "Missing Permissions")
        if refused := self._refused_files(parent, call, body["message"].get("attachments")):
            return refused
        usable = {tag["id"] for tag in self.tags if not tag["moderated"] or self.may(MANAGE_THREADS, parent)}
        if parent == FORUM and self.forum_flags & 1 << 4 and not usable & set(body.get("applied_tags", ())):
            code, said = (40067, "A tag is required") if usable else (40066, "There are no tags available")
            return _refused(400, code, said)
        number = self.begin(parent, body["name"], owner=self.me)
        self.threads[number]["applied_tags"] = body.get("applied_tags", [])
        said, shown = body["message"]["content"], self._attached(call)
        row = self.add(number, self.me, "lemonade-bot", said, id=number, attachments=shown)
        return Reply({**self.threads[number], "message": row}, 201)

    def _change(self, row: dict[str, Any], body: Any) -> Reply:
        if row["author"]["id"] != self.me:
            return _refused(403, 50005, "Cannot edit a message authored by another user")
        if not 0 < len(body["content"]) <= 2000:
            return _refused(400, 50035, "Invalid Form Body")
        kept = {one["id"] for one in body.get("attachments", row["attachments"])}
        row["attachments"] = [one for one in row["attachments"] if one["id"] in kept]  # reference.mdx, Editing
        row.update(content=body["content"], edited_timestamp=clock.iso(clock.now()))
        return Reply(row)

    def _react(self, method: str, row: dict[str, Any], emoji: str) -> Reply:
        rows = [one for one in row.get("reactions", ()) if one["emoji"]["name"] != emoji]
        if method == "DELETE":
            if len(rows) == len(row.get("reactions", ())):
                return _refused(404, 10014, "Unknown Emoji")
        elif emoji.isascii():
            return _refused(400, 10014, "Unknown Emoji")
        else:
            rows.append({"emoji": {"id": None, "name": emoji}, "count": 1, "me": True})
        row["reactions"] = rows
        return Reply(b"", 204)

    def _bar(self, method: str, what: str, who: str, body: Any) -> Reply:
        if not self.may(1 << 40 if what == "members" else 1 << 2):
            return _refused(403, 50013, "Missing Permissions")
        if what == "members":
            until = body["communication_disabled_until"]
            if until and until > clock.iso(clock.now() + 28 * 86_400):
                return _refused(400, 50035, "Invalid Form Body")
            self.muted = (
                {**self.muted, who: until} if until else {key: at for key, at in self.muted.items() if key != who}
            )
            return Reply({"user": {"id": who}})
        if method == "DELETE" and who not in self.banned:
            return _refused(404, 10026, "Unknown Ban")
        self.banned ^= {who} if method == "DELETE" or who not in self.banned else set()
        return Reply(b"", 204)

    def _delete(self, place: str, row: dict[str, Any]) -> Reply:
        if row["author"]["id"] != self.me and not (self.may_delete and self.may(MANAGE_MESSAGES, place)):
            return _refused(403, 50013, "Missing Permissions")
        self.remove(place, row["id"])
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
            row["message_reference"] = {"type": 0, "message_id": answering, "channel_id": place, "guild_id": GUILD}
        self.messages[place].append({**row, **more})
        if place in self.threads:
            self.threads[place]["last_message_id"] = self.messages[place][-1]["id"]
        return self.messages[place][-1]

    def begin(self, parent: str, name: str, number: str = "", owner: str = "1", of: int = 11) -> str:
        """A thread under a message, or in the forum; its id. One of type 12 is private."""
        number = number or self.number()
        self.messages[number] = []
        self.threads[number] = {
            "id": number, "type": of, "name": name, "parent_id": parent, "last_message_id": None, "owner_id": owner,
            "thread_metadata": {"archived": False, "locked": False, "archive_timestamp": self._moment()},
        }  # fmt: skip
        return number

    def archive(self, thread: str, *, archived: bool = True, locked: bool | None = None) -> None:
        """Close a thread, or open it; a locked one only moderators can open."""
        told = self.threads[thread]["thread_metadata"]
        told.update(archived=archived, archive_timestamp=self._moment())
        if locked is not None:
            told["locked"] = locked


def overwrite(of: str, *, allow: int = 0, deny: int = 0) -> dict[str, Any]:
    """What a channel changes about the rights of a role, or of somebody (channel.mdx, Overwrite Object)."""
    return {"id": of, "type": 0, "allow": str(allow), "deny": str(deny)}


def _refused(status: int, code: int, said: str) -> Reply:
    return Reply({"message": said, "code": code}, status)
