"""A server that plays Slack's Web API as its documentation has it.

https://docs.slack.dev/reference/methods (auth.test, users.conversations, conversations.history, conversations.replies,
users.info, users.list, chat.postMessage, chat.delete) and .../apis/web-api/rate-limits: failures are `ok: false` with
status 200, limits 429 with Retry-After; histories begin with the newest and leave answers in threads out, threads with
their first message; what is posted has & < > as it was sent, links in brackets, and pictures as `:names:`.
"""

from __future__ import annotations

import itertools
import re
from typing import Any

from app.base import clock
from tests.servers.played import Call, Played, Reply

GENERAL, LEFT = "C41", "C42"
_LINK = re.compile(r"https?://[^\s<>]+|\b\w+\.example\b")


def _linked(link: re.Match[str]) -> str:
    return f"<{link[0]}>" if link[0].startswith("http") else f"<http://{link[0]}|{link[0]}>"


class Slack(Played):
    """One workspace with a channel that we are in, and another that we have just left."""

    token = "xoxp-lemon"
    me = "U7"

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.people: dict[str, str] = {self.me: "jana"}
        self.errors: dict[str, Any] = {}
        """What a method answers in place of what it does: an error's word, or a Reply."""
        self._count = itertools.count(1)

    def writes(self, call: Call) -> bool:
        return call.path == "/chat.postMessage"

    def ts(self, at: int | None = None) -> str:
        """A new message's time and name."""
        return f"{at or clock.now()}.{next(self._count):06d}"

    def serve(self, call: Call) -> Reply:
        name = call.path.strip("/")
        if call.headers.get("authorization") != f"Bearer {self.token}":
            return Reply({"ok": False, "error": "invalid_auth"})
        if not str(call.query.get("cursor") or "0").isdecimal():
            return Reply({"ok": False, "error": "invalid_cursor"})
        if name in self.errors:
            error = self.errors[name]
            return error if isinstance(error, Reply) else Reply({"ok": False, "error": error})
        asked = call.body if call.method == "POST" else call.query
        found = getattr(self, "_" + name.replace(".", "_"), lambda _asked: "unknown_method")(asked)
        return Reply({"ok": False, "error": found} if isinstance(found, str) else {"ok": True, **found})

    @staticmethod
    def _paged(part: str, rows: list[dict[str, Any]], asked: dict[str, str]) -> dict[str, Any]:
        begin, limit = int(asked.get("cursor") or 0), min(int(asked.get("limit", 100)), 999)
        more = begin + limit < len(rows)
        return {part: rows[begin : begin + limit], "has_more": more,
                "response_metadata": {"next_cursor": str(begin + limit) if more else ""}}  # fmt: skip

    def _auth_test(self, _asked: Any) -> Any:
        return {"url": "https://lemonade.slack.example/", "team": "Lemonade", "user": "jana", "user_id": self.me}

    def _users_conversations(self, asked: Any) -> Any:
        rows = [
            {"id": GENERAL, "name": "general", "is_private": False},
            {"id": LEFT, "name": "old", "is_private": True},
        ]
        return self._paged("channels", rows, asked)

    def _users_info(self, asked: Any) -> Any:
        key = asked["user"]
        return {"user": self._person(key)} if key in self.people else "user_not_found"

    def _users_list(self, asked: Any) -> Any:
        return self._paged("members", [self._person(key) for key in self.people], asked)

    def _person(self, key: str) -> dict[str, Any]:
        name = self.people[key]
        return {"id": key, "name": name, "profile": {"display_name": name.capitalize(), "real_name": name}}

    @staticmethod
    def _within(rows: list[dict[str, Any]], asked: dict[str, str]) -> list[dict[str, Any]]:
        low, high = float(asked.get("oldest") or 0), float(asked.get("latest") or "inf")
        return [row for row in rows if low < float(row["ts"]) < high]

    def _conversations_history(self, asked: Any) -> Any:
        if asked["channel"] != GENERAL:
            return "not_in_channel" if asked["channel"] == LEFT else "channel_not_found"
        rows = [self._told(row) for row in self.messages if row.get("thread_ts", row["ts"]) == row["ts"]]
        return self._paged("messages", list(reversed(self._within(rows, asked))), asked)

    def _told(self, row: dict[str, Any]) -> dict[str, Any]:
        below = self._below(row["ts"])
        if not below:
            return row
        return {**row, "thread_ts": row["ts"], "reply_count": len(below), "latest_reply": below[-1]["ts"]}

    def _below(self, root: str) -> list[dict[str, Any]]:
        return [row for row in self.messages if row.get("thread_ts") == root and row["ts"] != root]

    def _conversations_replies(self, asked: Any) -> Any:
        first = next((row for row in self.messages if row["ts"] == asked["ts"]), None)
        if asked["channel"] != GENERAL or first is None:
            return "thread_not_found"
        return self._paged("messages", [self._told(first), *self._within(self._below(asked["ts"]), asked)], asked)

    def _chat_postMessage(self, asked: Any) -> Any:  # noqa: N802
        if asked["channel"] != GENERAL:
            return "channel_not_found"
        if not asked["text"] or len(asked["text"]) > 40_000:
            return "msg_too_long" if asked["text"] else "no_text"
        text = _LINK.sub(_linked, asked["text"]).replace("🍋", ":lemon:")
        row = self.add(self.me, text, asked.get("thread_ts", ""))
        return {"channel": GENERAL, "ts": row["ts"], "message": row}

    def _chat_delete(self, asked: Any) -> Any:
        return {} if self.remove(asked["ts"]) else "message_not_found"

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

    def add(self, key: str, text: str, root: str = "", **more: Any) -> dict[str, Any]:
        """A message by somebody, as Slack keeps it."""
        row = {"type": "message", "user": key, "text": text, "ts": self.ts(), **more}
        self.messages.append({**row, "thread_ts": root} if root else row)
        return self.messages[-1]
