"""Telegram's Bot API, as far as a bot in one group goes."""

from __future__ import annotations

import itertools
import random
from typing import Any

from app.base import clock
from tests.servers.played import Call, Played, Reply

_QUEUE_MOST = 1_000_000
_ID_END = 2_000_000_000


class BotApi(Played):
    """getMe, getUpdates and sendMessage as https://core.telegram.org/bots/api describes them; one group.

    Updates are numbered as tdlib/telegram-bot-api does it (Client.cpp, `do_get_updates`, and TQueue.cpp of tdlib/td):
    the first number is random, the following ones count up. After a week without an update the queue is forgotten, and
    the next number is random again. An offset above the next number by more than ten, or below it by more than two
    million, is of no queue that the server knows: it answers from the first update that it has. Any other offset
    confirms, and so forgets, what is below it; one of 0 or none asks for the first that is there.
    """

    token = "4711:lemon"

    def __init__(self) -> None:
        super().__init__()
        self.updates: list[dict[str, Any]] = []
        self.next_update = 0
        self.sent: list[dict[str, Any]] = []
        self._numbers = itertools.count(100)
        self.chat = {"id": -1001, "type": "supergroup", "title": "Lemonade lovers", "username": "lemonade"}

    def writes(self, call: Call) -> bool:
        return call.path.endswith("/sendMessage")

    def serve(self, call: Call) -> Reply:
        if not call.path.startswith(f"/bot{self.token}/"):
            return Reply({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401)
        return Reply({"ok": True, "result": getattr(self, call.path.rpartition("/")[2])(call.body)})

    def getMe(self, _body: Any) -> dict[str, Any]:  # noqa: N802
        return {"id": 7, "is_bot": True, "first_name": "Jana", "username": "lemonade_bot"}

    def getUpdates(self, body: Any) -> list[dict[str, Any]]:  # noqa: N802
        offset = body.get("offset", 0)
        if 0 < offset <= self.next_update + 10 and offset >= self.next_update - 2 * _QUEUE_MOST:
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
        return self.updates[: body["limit"]]

    def silent_week(self, next_update: int = 0) -> None:
        """Nobody says anything for a week; the next update has that number, or a random one."""
        self.updates.clear()
        self.next_update = next_update

    def update(self, kind: str, message: dict[str, Any]) -> int:
        """Put an update into the queue; its number."""
        number = self.next_update or random.randint(2 * _QUEUE_MOST + 1, _ID_END // 2)
        self.updates.append({"update_id": number, kind: message})
        self.next_update = number + 1
        return number

    def sendMessage(self, body: Any) -> dict[str, Any]:  # noqa: N802
        assert len(body["text"].encode("utf-16-le")) // 2 <= 4096
        number = next(self._numbers)
        self.sent.append({**body, "message_id": number})
        return {"message_id": number, "date": clock.now(), "chat": self.chat, "text": body["text"], "from": {"id": 7}}

    def say(self, who: str, text: str, answering: str = "") -> str:
        number = next(self._numbers)
        name = who.capitalize()
        message = {
            "message_id": number, "date": clock.now(), "chat": self.chat, "text": text,
            "from": {"id": sum(who.encode()), "first_name": name, "username": who},
        }  # fmt: skip
        if answering:
            message["reply_to_message"] = {"message_id": int(answering.rpartition("/")[2])}
        self.update("message", message)
        return f"{self.chat['id']}/{number}"
