"""Telegram's Bot API, as far as a bot in some groups, channels and private chats goes."""

from __future__ import annotations

import itertools
import json
import random
import time
from typing import Any

from app.base import clock
from tests.servers.played import Call, Played, Reply

_QUEUE_MOST = 1_000_000
_ID_END = 2_000_000_000
_TWO_DAYS = 48 * 3_600
MOST_FILES, MOST_PHOTO_BYTES, MOST_BYTES = 10, 10_000_000, 50_000_000
"""Of an album; of a photo; of another file ("Sending files": those are 10 MB and 50 MB)."""
BOT = 7
GROUP, BASIC, FORUM, NEWS, TALK, PRIVATE = -1001, -55, -1002, -1003, -1004, 501
EMOJI = ("👍", "👎", "❤", "🔥", "🎉", "😁", "🙏", "👏", "🤔")
"""Some of https://core.telegram.org/bots/api#reactiontypeemoji (Bot API 10.0); the heart is without U+FE0F."""
ALL_RIGHTS = {"status": "administrator", "can_delete_messages": True, "can_restrict_members": True,
              "can_post_messages": True}  # fmt: skip


class BotApi(Played):
    """The methods as https://core.telegram.org/bots/api (10.0) describes them, refusing as tdlib/telegram-bot-api does.

    Updates are numbered as tdlib/telegram-bot-api does it (Client.cpp, `do_get_updates`, and TQueue.cpp of tdlib/td):
    the first number is random, the following ones count up. After a week without an update the queue is forgotten, and
    the next number is random again. An offset above the next number by more than ten, or below it by more than two
    million, is of no queue that the server knows: it answers from the first update that it has. Any other offset
    confirms, and so forgets, what is below it; one of 0 or none asks for the first that is there. An update that nobody
    fetches is dropped after a day (https://core.telegram.org/bots/api#getting-updates).

    Who speaks as a chat has a stand-in for `from` (Client.cpp, `init_message`). With `reads_all` False, privacy mode is
    on (https://core.telegram.org/bots/features#privacy-mode). To one group go `most_a_minute` messages
    (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).

    Files come in a form, where what is no text is JSON, and `attach://NAME` names a file of it ("Sending files").
    Below one are at most 1,024 characters; of a message without text only the caption can be edited (TDLib,
    MessagesManager.cpp). What is too narrow for a photo is refused as one (PHOTO_INVALID_DIMENSIONS, sendPhoto).
    """

    token = "4711:lemon"
    most_a_minute = 20

    def __init__(self) -> None:
        super().__init__()
        self.updates: list[dict[str, Any]] = []
        self.next_update = 0
        self.sent: list[dict[str, Any]] = []
        self._numbers = itertools.count(100)
        self.chat = {"id": GROUP, "type": "supergroup", "title": "Lemonade lovers", "username": "lemonade"}
        self.chats: dict[int, dict[str, Any]] = {
            GROUP: self.chat,
            BASIC: {"id": BASIC, "type": "group", "title": "The kitchen"},
            FORUM: {"id": FORUM, "type": "supergroup", "title": "Questions", "is_forum": True},
            NEWS: {"id": NEWS, "type": "channel", "title": "Lemonade news", "username": "lemonnews"},
            TALK: {"id": TALK, "type": "supergroup", "title": "Talk about the news"},
            PRIVATE: {"id": PRIVATE, "type": "private", "first_name": "Dóra"},
        }
        self.members: dict[tuple[int, int], dict[str, Any]] = {}
        self.moved: dict[int, int] = {}
        self.reads_all, self.webhook, self.other_reader = True, "", False
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self.given: dict[tuple[int, int], list[str]] = {}
        self.contents: dict[str, tuple[str, bytes]] = {}
        """Name and content of what was uploaded, by the file's id."""
        self.forbids: set[str] = set()
        """What nobody may send in the groups, by the names of ChatPermissions."""
        self._when: dict[int, list[float]] = {}

    # --- what the bot asks

    def writes(self, call: Call) -> bool:
        return not call.path.rpartition("/")[2].startswith("get")

    def serve(self, call: Call) -> Reply:
        if not call.path.startswith(f"/bot{self.token}/"):
            return _failed(401, "Unauthorized")
        try:
            return Reply({"ok": True, "result": getattr(self, call.path.rpartition("/")[2])(_asked(call))})
        except RefusedError as why:
            return why.args[0]  # type: ignore[no-any-return]

    def getMe(self, _body: Any) -> dict[str, Any]:  # noqa: N802
        return {
            "id": BOT, "is_bot": True, "first_name": "Jana", "username": "lemonade_bot", "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
        }  # fmt: skip

    def getWebhookInfo(self, _body: Any) -> dict[str, Any]:  # noqa: N802
        return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": len(self.updates)}

    def getUpdates(self, body: Any) -> list[dict[str, Any]]:  # noqa: N802
        if self.webhook:
            raise _refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
                                "delete the webhook first")  # fmt: skip
        if self.other_reader:
            raise _refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                                "instance is running")  # fmt: skip
        offset = body.get("offset", 0)
        if 0 < offset <= self.next_update + 10 and offset >= self.next_update - 2 * _QUEUE_MOST:
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
        return self.updates[: body["limit"]]

    def getChatMember(self, body: Any) -> dict[str, Any]:  # noqa: N802
        self._chat(body)
        user = {"id": body["user_id"], "is_bot": body["user_id"] == BOT, "first_name": "Somebody"}
        return {"user": user, **self.member(body["chat_id"], body["user_id"])}

    def sendMessage(self, body: Any) -> dict[str, Any]:  # noqa: N802
        if not body["text"].strip():
            raise _refused(400, "Bad Request: message text is empty")
        if len(body["text"].encode("utf-16-le")) // 2 > 4096:
            raise _refused(400, "Bad Request: message is too long")
        return self._send(body, {"text": body["text"]})

    def sendPhoto(self, body: Any) -> dict[str, Any]:  # noqa: N802
        return self._send(body, self._content("photo", body, body["photo"]))

    def sendDocument(self, body: Any) -> dict[str, Any]:  # noqa: N802
        return self._send(body, self._content("document", body, body["document"]))

    def sendMediaGroup(self, body: Any) -> list[dict[str, Any]]:  # noqa: N802
        """All of it or nothing (TDLib, MessageContent.cpp, `check_message_group_message_contents`)."""
        kinds = {one["type"] for one in body["media"]}
        if len(body["media"]) > MOST_FILES:
            raise _refused(400, "Bad Request: Too many messages to send as an album")
        if len(kinds) > 1 and kinds & {"document", "audio"}:
            raise _refused(400, "Bad Request: Document can't be mixed with other media types")
        shown = [self._content(one["type"], one, body[one["media"].removeprefix("attach://")]) for one in body["media"]]
        whole = {"media_group_id": str(next(self._numbers))}
        return [self._send(body, {**one, **whole}) for one in shown]

    def _content(self, kind: str, body: Any, file: tuple[str, str, bytes]) -> dict[str, Any]:
        """What a message shows of a file, with the words below it."""
        name, _, content = file
        right = {"photo": "can_send_photos", "document": "can_send_documents"}[kind]
        if self.forbids & {right}:
            raise _refused(400, f"Bad Request: not enough rights to send {kind}s to the chat")
        if len(body.get("caption", "").encode("utf-16-le")) // 2 > 1024:
            raise _refused(400, "Bad Request: message caption is too long")
        if len(content) > {"photo": MOST_PHOTO_BYTES, "document": MOST_BYTES}[kind]:
            raise _refused(413, "Request Entity Too Large")
        if kind == "photo" and b"narrow" in content:
            raise _refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        number = str(next(self._numbers))
        self.contents[number] = (name, content)
        shown: dict[str, Any] = {"file_id": number, "file_size": len(content)}
        told = {"photo": [shown]} if kind == "photo" else {"document": {**shown, "file_name": name}}
        return {**told, **({"caption": body["caption"]} if body.get("caption") else {})}

    def _send(self, body: Any, said: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(body)
        if chat["type"] == "channel" and not self.member(chat["id"], BOT).get("can_post_messages"):
            raise _refused(400, "Bad Request: need administrator rights in the channel chat")
        answered = body.get("reply_parameters") or {}
        at = (chat["id"], answered.get("message_id", 0))
        if answered and at not in self.messages and not answered.get("allow_sending_without_reply"):
            raise _refused(400, "Bad Request: message to be replied not found")
        self._count(chat)
        who = {"sender_chat": chat} if chat["type"] == "channel" else {"from": self.getMe(None)}
        row = self._made(chat, {**said, **who})
        words = {"text": said.get("text", said.get("caption", ""))}
        kept = {key: value for key, value in body.items() if not isinstance(value, tuple)}
        self.sent.append({**kept, **words, "message_id": row["message_id"]})
        return row

    def editMessageText(self, body: Any) -> dict[str, Any]:  # noqa: N802
        row = self._message(body, "message to edit")
        if (row.get("from") or {}).get("id") != BOT:
            raise _refused(400, "Bad Request: message can't be edited")
        if "text" not in row:
            raise _refused(400, "Bad Request: there is no text in the message to edit")
        return self._edit(row, "text", body["text"])

    def editMessageCaption(self, body: Any) -> dict[str, Any]:  # noqa: N802
        row = self._message(body, "message to edit")
        if (row.get("from") or {}).get("id") != BOT:
            raise _refused(400, "Bad Request: message can't be edited")
        if "text" in row:
            raise _refused(400, "Bad Request: there is no caption in the message to edit")
        if len(body["caption"].encode("utf-16-le")) // 2 > 1024:
            raise _refused(400, "Bad Request: message caption is too long")
        return self._edit(row, "caption", body["caption"])

    @staticmethod
    def _edit(row: dict[str, Any], part: str, words: str) -> dict[str, Any]:
        if row.get(part) == words:
            same = "specified new message content and reply markup are exactly the same as a current content and reply"
            raise _refused(400, f"Bad Request: message is not modified: {same} markup of the message")
        row.update({part: words, "edit_date": clock.now()})
        return row

    def deleteMessage(self, body: Any) -> bool:  # noqa: N802
        row = self._message(body, "message to delete")
        chat, own = row["chat"], (row.get("from") or {}).get("id") == BOT
        may = own or chat["type"] == "private" or self.member(chat["id"], BOT).get("can_delete_messages")
        if not may or row["date"] < clock.now() - _TWO_DAYS:
            raise _refused(400, "Bad Request: message can't be deleted")
        del self.messages[chat["id"], row["message_id"]]
        return True

    def setMessageReaction(self, body: Any) -> bool:  # noqa: N802
        row = self._message(body, "message to react")
        given = [one["emoji"] for one in body.get("reaction") or ()]
        if len(given) > 1:
            raise _refused(400, "Bad Request: REACTIONS_TOO_MANY")
        if not set(given) <= set(EMOJI):
            raise _refused(400, "Bad Request: REACTION_INVALID")
        self.given[row["chat"]["id"], row["message_id"]] = given
        return True

    def restrictChatMember(self, body: Any) -> bool:  # noqa: N802
        self._may_restrict(body, "available only for supergroups")
        told = body["permissions"]
        status = {"status": "member"} if all(told.values()) and told else {
            "status": "restricted", "is_member": True, "until_date": body.get("until_date", 0), **told}  # fmt: skip
        self.members[body["chat_id"], body["user_id"]] = status
        return True

    def banChatMember(self, body: Any) -> bool:  # noqa: N802
        self._may_restrict(body, "")
        self.members[body["chat_id"], body["user_id"]] = {"status": "kicked", "until_date": body.get("until_date", 0)}
        return True

    def unbanChatMember(self, body: Any) -> bool:  # noqa: N802
        self._may_restrict(body, "available for supergroup and channel chats only")
        if body.get("only_if_banned") and self.member(body["chat_id"], body["user_id"])["status"] != "kicked":
            return True
        self.members[body["chat_id"], body["user_id"]] = {"status": "left"}
        return True

    def banChatSenderChat(self, body: Any) -> bool:  # noqa: N802
        return self.banChatMember({**body, "user_id": body["sender_chat_id"]})

    def unbanChatSenderChat(self, body: Any) -> bool:  # noqa: N802
        return self.unbanChatMember({**body, "user_id": body["sender_chat_id"]})

    # --- what it is refused

    def _chat(self, body: Any) -> dict[str, Any]:
        chat = self.chats.get(body["chat_id"])
        if chat is None:
            raise _refused(400, "Bad Request: chat not found")
        kind = chat["type"]
        if chat["id"] in self.moved:
            more = {"parameters": {"migrate_to_chat_id": self.moved[chat["id"]]}}
            raise _refused(400, "Bad Request: group chat was upgraded to a supergroup chat", **more)
        status = self.member(chat["id"], BOT)["status"]
        if kind == "private" and status == "kicked":
            raise _refused(403, "Forbidden: bot was blocked by the user")
        if status == "kicked":
            raise _refused(403, f"Forbidden: bot was kicked from the {kind} chat")
        if status == "left":
            raise _refused(403, f"Forbidden: bot is not a member of the {kind} chat")
        return chat

    def _message(self, body: Any, what: str) -> dict[str, Any]:
        chat = self._chat(body)
        row = self.messages.get((chat["id"], body["message_id"]))
        if row is None:
            raise _refused(400, f"Bad Request: {what} not found")
        return row

    def _may_restrict(self, body: Any, only: str) -> None:
        chat = self._chat(body)
        if only and chat["type"] != "supergroup":
            raise _refused(400, f"Bad Request: method is {only}")
        if not self.member(chat["id"], BOT).get("can_restrict_members"):
            raise _refused(400, "Bad Request: not enough rights to restrict/unrestrict chat member")
        if self.member(chat["id"], body["user_id"])["status"] in ("administrator", "creator"):
            raise _refused(400, "Bad Request: user is an administrator of the chat")

    def _count(self, chat: dict[str, Any]) -> None:
        """To a group only so many messages a minute."""
        if chat["type"] == "private":
            return
        now = time.monotonic()
        when = [at for at in self._when.get(chat["id"], ()) if at > now - 60]
        if len(when) >= self.most_a_minute:
            wait = int(when[0] + 60 - now) + 1
            said = f"Too Many Requests: retry after {wait}"
            raise RefusedError(
                Reply({"ok": False, "error_code": 429, "description": said, "parameters": {"retry_after": wait}}, 429,
                      {"Retry-After": str(wait)})
            )  # fmt: skip
        self._when[chat["id"]] = [*when, now]

    # --- what happens there

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

    def member(self, chat: int, user: int) -> dict[str, Any]:
        """What somebody is in a chat."""
        return self.members.get((chat, user), {"status": "member"})

    def promote(self, chat: int, rights: dict[str, Any]) -> None:
        """Make the bot something else in a chat, of which it is told."""
        before, self.members[chat, BOT] = self.member(chat, BOT), rights
        user = self.getMe(None)
        told = {"chat": self.chats[chat], "from": _person("boss"), "date": clock.now(),
                "old_chat_member": {"user": user, **before}, "new_chat_member": {"user": user, **rights}}  # fmt: skip
        self.update("my_chat_member", told)

    def become_supergroup(self, chat: int, new: int) -> None:
        """A basic group becomes a supergroup, with another id and its messages numbered anew."""
        self.chats[new] = {**self.chats[chat], "id": new, "type": "supergroup"}
        self.moved[chat] = new
        self.update("message", self._made(self.chats[chat], {"from": _person("boss"), "migrate_to_chat_id": new}))
        self.update("message", self._made(self.chats[new], {"from": _person("boss"), "migrate_from_chat_id": chat}))

    def hear(self, chat: int, said: dict[str, Any], answering: int = 0, **more: Any) -> int:
        """Somebody says something in a chat, and the bot is told unless privacy keeps it from that; the number."""
        row = self._made(self.chats[chat], {**said, **more})
        above = self.messages.get((chat, answering))
        if answering:  # the message above is shown without what that one answers itself
            shown = above or {"message_id": answering, "chat": self.chats[chat], "date": clock.now()}
            row["reply_to_message"] = {key: value for key, value in shown.items() if key != "reply_to_message"}
        addressed = "@lemonade_bot" in str(said.get("text")) or ((above or {}).get("from") or {}).get("id") == BOT
        if self.chats[chat]["type"] == "private" or self.reads_all or addressed or self._is_administrator(chat):
            self.update("message", row)
        return int(row["message_id"])

    def _is_administrator(self, chat: int) -> bool:
        return bool(self.member(chat, BOT)["status"] == "administrator")

    def post(self, text: str) -> tuple[int, int]:
        """The channel posts, and its group gets a copy by itself: the numbers of both."""
        row = self._made(self.chats[NEWS], {"sender_chat": self.chats[NEWS], "text": text})
        self.update("channel_post", row)
        origin = {"type": "channel", "chat": self.chats[NEWS], "message_id": row["message_id"], "date": row["date"]}
        copy = {
            "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}, "sender_chat": self.chats[NEWS],
            "forward_origin": origin, "is_automatic_forward": True, "forward_from_chat": self.chats[NEWS],
            "forward_from_message_id": row["message_id"], "text": text,
        }  # fmt: skip
        return int(row["message_id"]), self.hear(TALK, copy)

    def say(self, who: str, text: str, answering: str = "") -> str:
        number = self.hear(
            int(self.chat["id"]),  # type: ignore[call-overload]
            {"from": _person(who), "text": text},
            int(answering.rpartition("/")[2] or 0),
        )
        return f"{self.chat['id']}/{number}"

    def _made(self, chat: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        made = {"message_id": number, "date": clock.now(), "chat": chat, **row}
        self.messages[chat["id"], number] = made
        return made


class RefusedError(Exception):
    """Ends a method: its only argument is what goes back."""


def _failed(status: int, said: str, **more: Any) -> Reply:
    return Reply({"ok": False, "error_code": status, "description": said, **more}, status)


def _refused(status: int, said: str, **more: Any) -> RefusedError:
    return RefusedError(_failed(status, said, **more))


def _asked(call: Call) -> Any:
    """The parameters of a method: of a form each is a text, or JSON; its files are tuples."""
    if not call.files:
        return call.body
    told = {name: value if name in ("caption", "text") else json.loads(value) for name, value in call.body.items()}
    return {**told, **call.files}


def _person(who: str) -> dict[str, Any]:
    return {"id": sum(who.encode()), "is_bot": False, "first_name": who.capitalize(), "username": who}
