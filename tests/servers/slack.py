"""A server that plays Slack's Web API as its documentation has it.

https://docs.slack.dev/reference/methods, as of 2026 (the methods are named in `_TIERS` and `_SCOPES`), and
.../apis/web-api/rate-limits: failures are `ok: false` with status 200, limits 429 with Retry-After; histories begin
with the newest and leave answers in threads out, threads with their first message; what is posted has & < > as it was
sent, links in brackets, and pictures as `:names:`.

What hid mistakes of ours before, each as its page has it: every method has its own limit a minute (rate-limits); every
kind of conversation has scopes of its own, and a method that lacks one says `missing_scope`, `needed` and `provided`
(users.conversations, conversations.history); an edit changes neither `latest_reply` nor `reply_count`, and those are
told on the root alone (messaging/retrieving-messages); an event's payload in the metadata is told only to whoever asks
for all of it (messaging/message-metadata, and slackapi/python-slack-sdk#1501); `users` of a reaction may be fewer than
its `count` (reactions.get); a free plan hides what is older than 90 days, and a history says `is_limited` then; a
direct conversation is opened for whoever is named, or the one that is there is told, but a bot's account has none
(conversations.open); what is updated is formatted, as that method knows no `mrkdwn`, and it is not marked as edited
where it has blocks (chat.update).

A file is announced with its name and length, then its bytes go to an address of its own, without a token, and then it
is shared, once (files.getUploadURLExternal, files.completeUploadExternal: `file_not_found` for one that is not there).
The answer does not say as which message, for that is made later, after a scan (slackapi/bolt-js#2115), and sometimes
never, though the answer is `ok` (paradigmxyz/centaur#311). Of a deleted file a message without words goes too.
"""

from __future__ import annotations

import html
import itertools
import re
import time
from collections import deque
from typing import Any

from app.base import clock
from tests.servers.played import Call, Played, Reply

GENERAL, LEFT = "C41", "C42"
_LINK = re.compile(r"https?://[^\s<>]+|\b\w+\.example\b")
_EMOJI = {"🍋": ":lemon:", "👩🏽‍🌾": ":female-farmer::skin-tone-4:"}
_TIER = {2: 20, 3: 50, 4: 100}
_TIERS = {
    "users.conversations": 3, "users.info": 4, "users.list": 2, "conversations.history": 3, "conversations.replies": 3,
    "chat.update": 3, "chat.delete": 3, "reactions.add": 3, "reactions.remove": 2, "reactions.get": 3,
    "conversations.open": 3, "files.getUploadURLExternal": 4, "files.completeUploadExternal": 4, "files.delete": 3,
}  # fmt: skip
"""Each method's tier, as its page says; auth.test and chat.getPermalink take hundreds a minute."""
TIERS = {method: _TIER[tier] for method, tier in _TIERS.items()}
KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
_SCOPES = {
    "users.info": "users:read", "users.list": "users:read", "chat.postMessage": "chat:write",
    "chat.update": "chat:write", "chat.delete": "chat:write", "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write", "reactions.get": "reactions:read", "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write", "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
}  # fmt: skip
_MOST_USERS_TOLD = 50  # of a reaction, unless all are asked for


def _linked(link: re.Match[str]) -> str:
    return f"<{link[0]}>" if link[0].startswith("http") else f"<http://{link[0]}|{link[0]}>"


class Slack(Played):
    """One workspace with a channel that we are in, and another that we have just left."""

    token = "xoxp-lemon"
    me = "U7"

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.where: dict[str, str] = {}
        """The channel of a message that is not in GENERAL."""
        self.people: dict[str, str] = {self.me: "jana"}
        self.admins = {self.me}
        self.bots: set[str] = set()
        self.channels: dict[str, dict[str, Any]] = {
            GENERAL: {"id": GENERAL, "name": "general", "is_private": False},
            LEFT: {"id": LEFT, "name": "old", "is_private": True},
        }
        self.scopes = {f"{kind}:{act}" for kind in KINDS.values() for act in ("read", "history")} | {*_SCOPES.values()}
        self.keeps_metadata = True
        self.hides_before = 0.0
        self.limits: dict[str, int] = {}
        """How often a method may be asked for in a minute: TIERS, or nothing for one that is patient."""
        self.errors: dict[str, Any] = {}
        """What a method answers in place of what it does: an error's word, or a Reply."""
        self.uploads: dict[str, dict[str, Any]] = {}
        """What was announced and not shared yet, by its id; with its bytes once it is uploaded."""
        self.contents: dict[str, bytes] = {}
        self.scans, self.drops_shares = 1, False
        """How many calls come in before a share is shown; whether it never is."""
        self.refuses_files = ""
        """What is said to whoever announces a file, in place of an address."""
        self._to_show: list[tuple[int, dict[str, Any]]] = []
        self._asked: dict[str, deque[float]] = {}
        self._count = itertools.count(1)

    def writes(self, call: Call) -> bool:
        return call.method == "POST"

    def ts(self, at: int | None = None) -> str:
        """A new message's time and name."""
        return f"{at or clock.now()}.{next(self._count):06d}"

    def a_minute_passes(self) -> None:
        """What was asked before counts no more."""
        self._asked.clear()

    def _over(self, name: str) -> Reply | None:
        asked, now = self._asked.setdefault(name, deque()), time.monotonic()
        while asked and asked[0] <= now - 60:
            asked.popleft()
        if len(asked) >= self.limits.get(name, 10**9):
            wait = str(int(asked[0] + 61 - now))
            return Reply({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": wait})
        asked.append(now)
        return None

    def serve(self, call: Call) -> Reply:
        name = call.path.strip("/")
        self._show_shares()
        if name.startswith("upload/"):
            return self._upload(name.rpartition("/")[2], call)
        if call.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"ok": False, "error": "invalid_auth"})
        if not str(call.query.get("cursor") or "0").isdecimal():
            return Reply({"ok": False, "error": "invalid_cursor"})
        if (over := self._over(name)) is not None:
            return over
        if name in self.errors:
            error = self.errors[name]
            return error if isinstance(error, Reply) else Reply({"ok": False, "error": error})
        asked = call.body if call.method == "POST" else call.query
        found = self._lacks(name, asked) or getattr(
            self, "_" + name.replace(".", "_"), lambda _asked: "unknown_method"
        )(asked)
        told = {"ok": False, "error": found} if isinstance(found, str) else {"ok": True, **found}
        return Reply(told, 200, {"X-OAuth-Scopes": ",".join(sorted(self.scopes))})

    def _lacks(self, name: str, asked: Any) -> Any:
        """What is answered for want of a scope; None if nothing is wanting."""
        needed = {_SCOPES[name]} if name in _SCOPES else set()
        if name == "users.conversations":
            needed = {f"{KINDS[kind]}:read" for kind in asked.get("types", "public_channel").split(",")}
        elif name in ("conversations.history", "conversations.replies") and asked.get("channel") in self.channels:
            needed = {f"{KINDS[self._kind(self.channels[asked['channel']])]}:history"}
        if needed <= self.scopes:
            return None
        return {"ok": False, "error": "missing_scope", "needed": ",".join(sorted(needed - self.scopes)),
                "provided": ",".join(sorted(self.scopes))}  # fmt: skip

    @staticmethod
    def _kind(channel: dict[str, Any]) -> str:
        for mark, kind in (("is_im", "im"), ("is_mpim", "mpim"), ("is_private", "private_channel")):
            if channel.get(mark):
                return kind
        return "public_channel"

    @staticmethod
    def _paged(part: str, rows: list[dict[str, Any]], asked: dict[str, str]) -> dict[str, Any]:
        begin, limit = int(asked.get("cursor") or 0), min(int(asked.get("limit", 100)), 999)
        more = begin + limit < len(rows)
        return {part: rows[begin : begin + limit], "has_more": more,
                "response_metadata": {"next_cursor": str(begin + limit) if more else ""}}  # fmt: skip

    def _auth_test(self, _asked: Any) -> Any:
        return {"url": "https://lemonade.slack.example/", "team": "Lemonade", "user": "jana", "user_id": self.me}

    def _users_conversations(self, asked: Any) -> Any:
        kinds = asked.get("types", "public_channel").split(",")
        rows = [row for row in self.channels.values() if self._kind(row) in kinds and not row.get("is_archived")]
        return self._paged("channels", rows, asked)

    def _users_info(self, asked: Any) -> Any:
        key = asked["user"]
        return {"user": self._person(key)} if key in self.people else "user_not_found"

    def _users_list(self, asked: Any) -> Any:
        return self._paged("members", [self._person(key) for key in self.people], asked)

    def _person(self, key: str) -> dict[str, Any]:
        name = self.people[key]
        profile = {"display_name": name.capitalize(), "real_name": name}
        return {"id": key, "name": name, "profile": profile, "is_admin": key in self.admins,
                "is_bot": key in self.bots}  # fmt: skip

    def _within(self, rows: list[dict[str, Any]], asked: dict[str, str]) -> list[dict[str, Any]]:
        low, high = float(asked.get("oldest") or 0), float(asked.get("latest") or "inf")
        ends = (low, high) if asked.get("inclusive") == "true" else ()
        return [row for row in rows if low < float(row["ts"]) < high or float(row["ts"]) in ends]

    def in_channel(self, channel: str) -> list[dict[str, Any]]:
        """What was said there, answers in threads as well."""
        return [row for row in self.messages if self.where.get(row["ts"], GENERAL) == channel]

    def _open(self, channel: str) -> str:
        """What is said of a channel that we cannot be heard in; "" for one where we can."""
        row = self.channels.get(channel)
        if row is None or channel == LEFT:
            return "not_in_channel" if row else "channel_not_found"
        return "is_archived" if row.get("is_archived") else ""

    def _conversations_history(self, asked: Any) -> Any:
        if closed := self._open(asked["channel"]):
            return closed
        said = self.in_channel(asked["channel"])
        rows = [self._told(row, asked) for row in said if row.get("thread_ts", row["ts"]) == row["ts"]]
        shown = [row for row in rows if float(row["ts"]) >= self.hides_before]
        page = self._paged("messages", list(reversed(self._within(shown, asked))), asked)
        return {**page, "is_limited": len(shown) < len(rows)}

    def _told(self, row: dict[str, Any], asked: Any) -> dict[str, Any]:
        told, below = dict(row), self._below(row["ts"])
        if "metadata" in told and asked.get("include_all_metadata") != "true":
            told["metadata"] = {"event_type": told["metadata"]["event_type"]}
        told.pop("reactions", None)
        if row.get("reactions"):
            told["reactions"] = [
                {"name": name, "users": users[:_MOST_USERS_TOLD], "count": len(users)}
                for name, users in row["reactions"].items()
            ]
        if row.get("thread_ts", row["ts"]) != row["ts"] or not below:
            return told
        return {**told, "thread_ts": row["ts"], "reply_count": len(below), "latest_reply": below[-1]["ts"]}

    def _below(self, root: str) -> list[dict[str, Any]]:
        return [row for row in self.messages if row.get("thread_ts") == root and row["ts"] != root]

    def _find(self, channel: str, ts: str) -> dict[str, Any] | None:
        return next((row for row in self.in_channel(channel) if row["ts"] == ts), None)

    def _conversations_replies(self, asked: Any) -> Any:
        first = self._find(asked["channel"], asked["ts"])
        if self._open(asked["channel"]) or first is None:
            return "thread_not_found"
        rows = [first, *self._within(self._below(asked["ts"]), asked)]
        return self._paged("messages", [self._told(row, asked) for row in rows], asked)

    def _text(self, asked: Any) -> str:
        text = _LINK.sub(_linked, asked["text"])
        for sign, name in _EMOJI.items():
            text = text.replace(sign, name)
        return text

    @staticmethod
    def _refused(asked: Any) -> str:
        return "no_text" if not asked["text"] else "msg_too_long" if len(asked["text"]) > 40_000 else ""

    def _chat_postMessage(self, asked: Any) -> Any:  # noqa: N802
        if closed := self._open(asked["channel"]):
            return closed
        if refused := self._refused(asked):
            return refused
        more = {"metadata": asked["metadata"]} if asked.get("metadata") and self.keeps_metadata else {}
        more["mrkdwn"] = asked.get("mrkdwn", True)
        row = self.add(self.me, self._text(asked), asked.get("thread_ts", ""), asked["channel"], **more)
        return {"channel": asked["channel"], "ts": row["ts"], "message": row}

    def _upload(self, number: str, call: Call) -> Reply:
        """Raw bytes, for which the address is right enough; exactly as many as were announced."""
        file = self.uploads.get(number)
        if call.headers.get("authorization") or file is None or len(call.raw) != file["size"]:
            return Reply(b"no", 400, {"Content-Type": "text/plain"})
        self.contents[number] = call.raw
        return Reply(f"OK - {len(call.raw)}".encode(), 200, {"Content-Type": "text/plain"})

    def _files_getUploadURLExternal(self, asked: Any) -> Any:  # noqa: N802
        size = int(asked["length"])
        if not size or self.refuses_files:
            return self.refuses_files or "missing_argument"
        number = f"F{next(self._count)}"
        self.uploads[number] = {"id": number, "name": asked["filename"], "size": size}
        return {"upload_url": f"{self.url}/upload/{number}", "file_id": number}

    def _files_completeUploadExternal(self, asked: Any) -> Any:  # noqa: N802
        numbers, channel, root = [one["id"] for one in asked["files"]], asked["channel_id"], asked.get("thread_ts", "")
        if any(number not in self.uploads or number not in self.contents for number in numbers):
            return "file_not_found"
        if self._open(channel):
            return "posting_to_channel_denied"
        first = self._find(channel, root) if root else None
        if root and (first is None or first.get("thread_ts", root) != root):
            return "invalid_arguments"
        files = [{**self.uploads.pop(number), "mimetype": ""} for number in numbers]
        share = {"files": files, "channel": channel, "root": root}
        self._to_show += [] if self.drops_shares else [(self.scans, share)]
        return {"files": [{"id": one["id"], "title": one["title"]} for one in asked["files"]]}

    def _show_shares(self) -> None:
        """Show what has been scanned by now."""
        left, self._to_show = [(calls - 1, share) for calls, share in self._to_show], []
        for calls, share in left:
            if calls >= 0:
                self._to_show.append((calls, share))
            else:
                more = {"files": share["files"], "subtype": "file_share", "upload": True}
                self.add(self.me, "", share["root"], share["channel"], **more)

    def _files_delete(self, asked: Any) -> Any:
        row = next((one for one in self.messages if asked["file"] in {f["id"] for f in one.get("files", ())}), None)
        if row is None:
            return "file_not_found"
        row["files"] = [one for one in row["files"] if one["id"] != asked["file"]]
        self.contents.pop(asked["file"])
        if not row["files"] and not row["text"]:
            self.remove(row["ts"])
        return {}

    def _chat_update(self, asked: Any) -> Any:
        row = self._find(asked["channel"], asked["ts"])
        if row is None or row.get("subtype") == "tombstone":
            return "message_not_found"
        if row["user"] != self.me:
            return "cant_update_message"
        if refused := self._refused(asked):
            return refused
        row.update(text=self._text(asked), mrkdwn=True)
        row.pop("blocks", None)
        if asked.get("blocks"):
            row["blocks"] = asked["blocks"]
        else:
            row["edited"] = {"user": self.me, "ts": self.ts()}
        return {"channel": asked["channel"], "ts": row["ts"], "text": row["text"]}

    def seen(self, row: dict[str, Any]) -> str:
        """How people see a message: its blocks, else its text, formatted unless it says that it is not to be."""
        if row.get("blocks"):
            parts = row["blocks"][0]["elements"][0]["elements"]
            return "".join(part.get("text") or part["url"] for part in parts)
        text = html.unescape(row["text"])
        return text if row.get("mrkdwn") is False else re.sub(r"([*_~`])([^\n]+?)\1", r"\2", text)

    def _conversations_open(self, asked: Any) -> Any:
        who = asked["users"]
        if who not in self.people or who in self.bots:
            return "cannot_dm_bot" if who in self.bots else "user_not_found"
        known = next((key for key, row in self.channels.items() if row.get("user") == who and row.get("is_im")), "")
        return {"channel": {"id": known or self.open_channel(f"D{len(self.channels)}{who}", is_im=True, user=who)}}

    def _chat_delete(self, asked: Any) -> Any:
        row = self._find(asked["channel"], asked["ts"])
        if row is not None and row["user"] != self.me and self.me not in self.admins:
            return "cant_delete_message"
        return {} if self.remove(asked["ts"]) else "message_not_found"

    def _chat_getPermalink(self, asked: Any) -> Any:  # noqa: N802
        row = self._find(asked["channel"], asked["message_ts"])
        if row is None:
            return "message_not_found"
        link = f"https://lemonade.slack.example/archives/{asked['channel']}/p{row['ts'].replace('.', '')}"
        root = row.get("thread_ts", row["ts"])
        return {"permalink": link if root == row["ts"] else f"{link}?thread_ts={root}&cid={asked['channel']}"}

    def _reacted(self, asked: Any) -> tuple[dict[str, Any] | None, str]:
        name = {"thumbsup": "+1", "thumbs_up": "+1"}.get(asked.get("name", ""), asked.get("name", ""))
        return self._find(asked["channel"], asked["timestamp"]), name

    def _reactions_add(self, asked: Any) -> Any:
        row, name = self._reacted(asked)
        if row is None or not re.fullmatch(r"[a-z0-9_+-]+", name):
            return "invalid_name" if row else "message_not_found"
        users = row.setdefault("reactions", {}).setdefault(name, [])
        if self.me in users:
            return "already_reacted"
        users.append(self.me)
        return {}

    def _reactions_remove(self, asked: Any) -> Any:
        row, name = self._reacted(asked)
        if row is None:
            return "message_not_found"
        if self.me not in row.get("reactions", {}).get(name, ()):
            return "no_reaction"
        row["reactions"][name].remove(self.me)
        if not row["reactions"][name]:
            del row["reactions"][name]
        return {}

    def _reactions_get(self, asked: Any) -> Any:
        row, _ = self._reacted(asked)
        if row is None:
            return "message_not_found"
        told = [{"name": name, "users": users, "count": len(users)} for name, users in row.get("reactions", {}).items()]
        return {"type": "message", "channel": asked["channel"], "message": {**row, "reactions": told}}

    def remove(self, ts: str) -> bool:
        """Take a message away; one with answers leaves a stone."""
        row = next((row for row in self.messages if row["ts"] == ts and row.get("subtype") != "tombstone"), None)
        if row is None:
            return False
        if self._below(ts):
            row.update(subtype="tombstone", text="This message was deleted.", user="USLACKBOT", hidden=True)
        else:
            self.messages.remove(row)
        return True

    def add(self, key: str, text: str, root: str = "", channel: str = GENERAL, **more: Any) -> dict[str, Any]:
        """A message by somebody, as Slack keeps it."""
        row = {"type": "message", "user": key, "text": text, "ts": self.ts(), **more}
        if channel != GENERAL:
            self.where[row["ts"]] = channel
        self.messages.append({**row, "thread_ts": root} if root else row)
        return self.messages[-1]

    def edit(self, ts: str, text: str) -> None:
        """Somebody edits a message: nothing at the root of its thread tells of it."""
        row = next(row for row in self.messages if row["ts"] == ts)
        row.update(text=text, edited={"user": row["user"], "ts": self.ts()})

    def open_channel(self, key: str, name: str = "", **more: Any) -> str:
        """Another conversation that we are in; its key."""
        self.channels[key] = {"id": key, **({"name": name} if name else {}), **more}
        return key
