"""Telegram, against a server that plays the Bot API."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from app import clock
from tests.app.channels.contract import Contract
from tests.app.channels.garbled import Garbled
from tests.servers.played import Call, Played, Reply


class BotApi(Played):
    """getMe, getUpdates and sendMessage as https://core.telegram.org/bots/api describes them; one group."""

    token = "4711:lemon"

    def __init__(self) -> None:
        super().__init__()
        self.updates: list[dict[str, Any]] = []
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
        return [one for one in self.updates if one["update_id"] >= body["offset"]][: body["limit"]]

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
        self.updates.append({"update_id": len(self.updates) + 1, "message": message})
        return f"{self.chat['id']}/{number}"


class Peer:
    kind = "telegram"

    def __init__(self, server: BotApi) -> None:
        self.server, self.say = server, server.say
        self.fields = {"server": server.url}
        self.secrets, self.wrong = {"token": server.token}, {"token": "4711:no"}

    def heard(self) -> list[tuple[str, str]]:
        return [(one["text"], f"-1001/{one['reply_parameters']['message_id']}") for one in self.server.sent]

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}


@pytest.fixture
def peer() -> Iterator[Peer]:
    server = BotApi()
    yield Peer(server)
    server.stop()


class TestTelegram(Contract, Garbled):
    pass
