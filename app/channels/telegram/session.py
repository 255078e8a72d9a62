"""A session of one Telegram bot: reading and replying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.message import Author, Incoming, Reply
from app.base.words import tr
from app.channels.base import (
    AuthNeeded,
    Found,
    Page,
    Refused,
    Sent,
    TryLater,
    UnknownOutcome,
)

if TYPE_CHECKING:
    from app.channels.http import Http

_SERVICE = "Telegram"
_PAGE_ROWS = 100
_UPDATE_ID_LIMIT = 1 << 31
_DAY_SECONDS = 86_400
# update ids restart after a week without updates, and the last one may have been pending for a day
_OFFSET_TTL_SECONDS = 5 * _DAY_SECONDS
_KINDS = '["message","edited_message","channel_post","edited_channel_post"]'
_GROUPS = ("group", "supergroup", "channel")


class TelegramSession:
    """A session of one bot."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields and the bot token."""
        self._server = fields.get("server") or "https://api.telegram.org"
        self._token = secrets.get("token", "").strip()
        self._me = fields.get("me", "")
        self._made: Http | None = None

    def _call(self, name: str, *, writing: bool = False, **asked: object) -> Any:  # noqa: ANN401  the API's JSON
        from app.channels.http import Http  # noqa: PLC0415  the form needs no network
        from app.channels.http.parts import as_dict  # noqa: PLC0415  as above
        from app.channels.http.shape import readable  # noqa: PLC0415  as above

        if self._made is None:
            self._made = Http(self._server, hidden=(self._token,))
        # the token is part of the URL, so error sentences contain the host only
        answer = self._made.raw("POST", f"/bot{self._token}/{name}", json=asked, writing=writing)
        if answer.status in (401, 404):
            msg = tr("{host} doesn't recognise this bot. Copy the token from @BotFather again.").format(
                host=answer.host
            )
            raise AuthNeeded(msg)
        body = answer.as_dict()
        if answer.status == 429:  # noqa: PLR2004  "Too Many Requests"
            delay = as_dict(body.get("parameters")).get("retry_after")
            after = delay if isinstance(delay, int) and delay > 0 else answer.after(clock.now()) or 5
            msg = tr("{host} has asked Rapport to wait.").format(host=answer.host)
            raise TryLater(msg, min(after, _DAY_SECONDS))
        answer.raise_for_status(writing=writing)
        with readable(answer.host, sending=writing):
            return body["result"]

    def check(self) -> Found:
        """Return the bot's user name and id."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        me = self._call("getMe")
        with readable(_SERVICE):
            sentence = tr("@{name} is connected as a bot.").format(name=me["username"])
            return Found(sentence, own=(str(me["id"]),), facts={"me": str(me["id"])})

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield updates since the last stored one; requesting the next offset makes Telegram drop the earlier ones.

        After a week without updates Telegram continues with a random id, maybe a lower one: so every update counts as
        new, except those received before in this pull.
        """
        from app.channels.http.parts import dicts  # noqa: PLC0415  the form needs no network
        from app.channels.http.shape import unreadable  # noqa: PLC0415  as above

        offset, seen = _offset(cursor), set[int]()
        while updates := self._call("getUpdates", offset=offset, limit=_PAGE_ROWS, timeout=0, allowed_updates=_KINDS):
            rows = [
                row for row in dicts(updates) if _is_update_id(row.get("update_id")) and row["update_id"] not in seen
            ]
            if not rows:
                raise unreadable(_SERVICE)
            seen.update(row["update_id"] for row in rows)
            offset = max(row["update_id"] for row in rows) + 1
            messages = tuple(filter(None, map(self._incoming, rows)))
            yield Page(messages, {"offset": str(offset), "offset_at": str(clock.now())})

    def _incoming(self, update: Mapping[str, Any]) -> Incoming | None:
        """Convert an update's message; None if it has no text or is malformed, so that it does not block the others."""
        from app.channels.http.shape import UNREADABLE  # noqa: PLC0415  the form needs no network

        message: Any = next((update[kind] for kind in update if kind.endswith(("message", "post"))), {})
        try:
            text = message.get("text") or message.get("caption")
            return self._convert(message, text) if isinstance(text, str) and text else None
        except UNREADABLE:
            return None

    def _convert(self, message: Mapping[str, Any], text: str) -> Incoming:
        chat, public = message["chat"], message["chat"]["type"] in _GROUPS
        chat_id = str(chat["id"])
        topic = message.get("message_thread_id") or _parent_id(message)
        return Incoming(
            remote_id=f"{chat_id}/{message['message_id']}",
            at=int(message["date"]),
            text=text,
            author=_author(message.get("sender_chat") or message.get("from") or chat),
            out=str((message.get("from") or {}).get("id", "")) == self._me,
            thread=f"{chat_id}/{topic}" if public else chat_id,
            parent=f"{chat_id}/{_parent_id(message)}" if message.get("reply_to_message") else "",
            title=str(chat.get("title", "")) if not public else "",
            post_title=str(chat.get("title", "")) if public else "",
            post_url=f"https://t.me/{chat['username']}" if public and chat.get("username") else "",
            url=f"https://t.me/{chat['username']}/{message['message_id']}" if chat.get("username") and public else "",
            public=public,
        )

    def send(self, reply: Reply) -> Sent:
        """Send to the chat, as a reply to the parent message."""
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        chat_id, _, number = (reply.parent or reply.thread).partition("/")
        if not chat_id.removeprefix("-").isdecimal():
            msg = tr("Rapport doesn't know which Telegram chat this conversation is in. Reply in Telegram.")
            raise Refused(msg)
        answered = (
            {"reply_parameters": {"message_id": int(number), "allow_sending_without_reply": True}} if number else {}
        )
        made = self._call("sendMessage", writing=True, chat_id=int(chat_id), text=reply.text, **answered)
        with readable(_SERVICE, sending=True):
            return Sent(f"{chat_id}/{made['message_id']}", at=int(made["date"]))

    def find_sent(self, reply: Reply) -> Sent | None:
        """Raises UnknownOutcome: a bot cannot read its own messages."""
        del reply
        msg = tr("Telegram doesn't show a bot its own messages. Check the chat, then say whether it's there.")
        raise UnknownOutcome(msg)

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()


def _offset(cursor: Mapping[str, str]) -> int:
    """Return the offset to request; 0, the oldest pending update, if the ids may have restarted.

    With an old offset just above the new ids, Telegram would drop the updates below it unread.
    """
    fresh = clock.now() - int(cursor.get("offset_at", "0")) < _OFFSET_TTL_SECONDS
    return int(cursor.get("offset", "0")) if fresh else 0


def _is_update_id(number: object) -> bool:
    """Whether it is a plausible update id; an invalid offset would make the next request return nothing."""
    return isinstance(number, int) and 0 < number < _UPDATE_ID_LIMIT


def _parent_id(message: Mapping[str, Any]) -> int:
    """Return the id of the message it replies to, else its own."""
    return int((message.get("reply_to_message") or message)["message_id"])


def _author(who: Mapping[str, Any]) -> Author:
    name = " ".join(filter(None, (who.get("first_name"), who.get("last_name")))) or str(who.get("title", ""))
    handle = str(who.get("username") or "")
    return Author(str(who["id"]), f"@{handle}" if handle else name, name, f"https://t.me/{handle}" if handle else "")
