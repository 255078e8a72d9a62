"""A session of one Telegram bot: reading, answering, posting, and what a moderator does there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from app.base import clock
from app.base.message import Change, Incoming, Reaction, Reply, Target
from app.base.words import N_, tr
from app.channels import again
from app.channels.base import Found, Page, Refused, Sent, TryLater, UnknownOutcome, by_program
from app.channels.telegram import acting, chats, reading, sending
from app.channels.telegram.chats import Chat
from app.channels.telegram.wire import SERVICE, WEBHOOK, BotApi, Rejected

_PAGE_ROWS = 100
_UPDATE_ID_LIMIT = 1 << 31
_HOUR_SECONDS, _DAY_SECONDS = 3_600, 86_400
# update ids restart after a week without updates, and the last one may have been pending for a day
_OFFSET_TTL_SECONDS = 5 * _DAY_SECONDS
_KINDS = '["message","edited_message","channel_post","edited_channel_post","my_chat_member"]'
_MAX_POSTS, _MAX_TOPICS, _MAX_POST_CHARS = 60, 200, 500
_MAX_ASKED = 20  # chats about which a pull asks
_PRIVACY = N_(
    "In groups it sees only commands, answers to it and messages that name it, because its privacy mode is on: send "
    "/setprivacy to @BotFather and choose Disable, then remove the bot from each group and add it again. Or make it an "
    "administrator there."
)
_GAP = N_(
    "Telegram keeps messages for a bot for 24 hours, and Rapport hadn't asked for longer than that. Look in Telegram "
    "for what was said before."
)


class Post(NamedTuple):
    """A post of a channel, as it stands above the comments of its discussion group."""

    title: str
    text: str
    url: str


class TelegramSession:
    """A session of one bot."""

    def __init__(self, fields: Mapping[str, str], secrets: Mapping[str, str]) -> None:
        """Take the form's fields, the facts of the last check, and the bot token."""
        self._api = BotApi(fields.get("server") or "https://api.telegram.org", secrets.get("token", "").strip())
        self._me, self._handle = fields.get("me", ""), fields.get("handle", "")
        self._chats = chats.of_facts(fields.get("chats", ""))
        self._posts: dict[str, Post] = {}
        self._topics: dict[str, str] = {}

    def check(self) -> Found:
        """Return the bot's user name and id, its chats and its rights there.

        Raises Refused if another program receives its messages.
        """
        from app.channels.http.shape import readable  # noqa: PLC0415  the form needs no network

        me = self._api.call("getMe")
        with readable(SERVICE):
            self._me = str(int(me["id"]))
            if self._api.call("getWebhookInfo").get("url"):
                raise Refused(tr(WEBHOOK))
            for key in list(self._chats):
                self._ask_about(key)
            sentence = tr("@{name} is connected as a bot.").format(name=me["username"])
            if me.get("can_read_all_group_messages") is False and not chats.is_all_administered(self._chats.values()):
                sentence = f"{sentence} {tr(_PRIVACY)}"
            return Found(sentence, own=(self._me,), facts=self._facts(str(me["username"])))

    def _facts(self, handle: str) -> dict[str, str]:
        return {"me": self._me, "handle": handle, **chats.facts(self._chats)}

    def _ask_about(self, key: str) -> None:
        """Find out what the bot may do in a chat that it knows, which is forgotten if it is no longer there."""
        from app.channels.http.parts import as_dict  # noqa: PLC0415  the form needs no network

        chat = self._chats[key]
        try:
            member = as_dict(self._api.call("getChatMember", chat_id=int(key), user_id=int(self._me)))
            held = chats.rights(chat.type, member)
        except Rejected:
            held = None
        if held is None:
            del self._chats[key]
        else:
            self._chats[key] = chat._replace(rights=held)

    # --- in

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Yield updates since the last stored one; requesting the next offset makes Telegram drop the earlier ones.

        After a week without updates Telegram continues with a random id, maybe a lower one: so every update counts as
        new, except those received before in this pull.
        """
        from app.channels.http.parts import dicts  # noqa: PLC0415  the form needs no network
        from app.channels.http.shape import unreadable  # noqa: PLC0415  as above

        offset, seen, begun = _offset(cursor), set[int](), clock.now()
        known = dict(self._chats)
        self._posts = again.remembered(cursor.get("posts", ""), Post)
        self._topics = again.remembered(cursor.get("topics", ""), str)
        while updates := self._api.call(
            "getUpdates", offset=offset, limit=_PAGE_ROWS, timeout=0, allowed_updates=_KINDS
        ):
            rows = [
                row for row in dicts(updates) if _is_update_id(row.get("update_id")) and row["update_id"] not in seen
            ]
            if not rows:
                raise unreadable(SERVICE)
            seen.update(row["update_id"] for row in rows)
            offset = max(row["update_id"] for row in rows) + 1
            messages = tuple(filter(None, map(self._incoming, rows)))
            yield Page(messages, {"offset": str(offset), "offset_at": str(clock.now()), **self._remembered(cursor)})
        yield from self._after(cursor, begun, known)

    def _remembered(self, cursor: Mapping[str, str]) -> dict[str, str]:
        """The cursor entries for posts and topics, where these have changed."""
        told = {
            "posts": again.written(self._posts, _MAX_POSTS),
            "topics": again.written({key: [name] for key, name in self._topics.items()}, _MAX_TOPICS),
        }
        return {name: value for name, value in told.items() if value != cursor.get(name, "{}")}

    def _after(self, cursor: Mapping[str, str], now: int, known: Mapping[str, Chat]) -> Iterator[Page]:
        """Yield what is to be noted once all has been read: chats that are new, and whether messages may be missing."""
        with suppress(TryLater):
            for key in [key for key, chat in self._chats.items() if chat.rights is None][:_MAX_ASKED]:
                self._ask_about(key)
        told = chats.facts(self._chats) if self._chats != known else {}
        asked_at, gap = _number(cursor, "asked_at") or _number(cursor, "offset_at"), _number(cursor, "gap")
        noted = {} if now - _number(cursor, "asked_at") < _HOUR_SECONDS else {"asked_at": str(now)}
        if asked_at and now - asked_at > _DAY_SECONDS:
            gap, noted = now, {"asked_at": str(now), "gap": str(now)}
        trouble = tr(_GAP) if gap and now - gap < _DAY_SECONDS else ""
        if told or noted or trouble:
            yield Page((), noted, trouble=trouble, facts=told)

    def _incoming(self, update: Mapping[str, Any]) -> Incoming | None:
        """Convert an update's message; None if nobody said anything, or it is malformed, so that others come in."""
        from app.channels.http.shape import UNREADABLE  # noqa: PLC0415  the form needs no network

        message: Any = next((update[kind] for kind in update if kind.endswith(("message", "post"))), {})
        try:
            if update.get("my_chat_member"):
                self._note_rights(update["my_chat_member"])
            if message:
                self._note(message)
            text = reading.text_of(message)
            return self._convert(message, text) if text and _is_somebodys(message, text) else None
        except UNREADABLE:
            return None

    def _note_rights(self, told: Mapping[str, Any]) -> None:
        """Note that the bot came into a chat or left it, or what it may do there from now on."""
        chat, key = chats.met(told["chat"], None), str(int(told["chat"]["id"]))
        held = chats.rights(chat.type, told["new_chat_member"]) if chat else None
        if chat is None or held is None:
            self._chats.pop(key, None)
        else:
            self._keep_chat(key, chat._replace(rights=held))

    def _note(self, message: Mapping[str, Any]) -> None:
        """Note what a message tells besides its words: its chat, a topic's name, and the post that comments are on."""
        from app.channels.http.parts import as_dict  # noqa: PLC0415  the form needs no network

        key = str(int(message["chat"]["id"]))
        if message.get("migrate_to_chat_id"):
            self._chats.pop(key, None)
            return
        chat = chats.met(message["chat"], self._chats.get(key))
        if chat is not None:
            self._keep_chat(key, chat)
        for one in (as_dict(message.get("reply_to_message")), message):
            topic = as_dict(one.get("forum_topic_created")) or as_dict(one.get("forum_topic_edited"))
            if topic.get("name") and message.get("message_thread_id"):
                self._topics[f"{key}/{int(message['message_thread_id'])}"] = str(topic["name"])
            if one.get("is_automatic_forward"):
                self._posts.pop(f"{key}/{one['message_id']}", None)  # the latest stands last
                self._posts[f"{key}/{one['message_id']}"] = _post(one)

    def _keep_chat(self, key: str, chat: Chat) -> None:
        if key in self._chats or len(self._chats) < chats.MOST:
            self._chats[key] = chat

    def _convert(self, message: Mapping[str, Any], text: str) -> Incoming:
        chat, public = message["chat"], message["chat"]["type"] in reading.GROUPS
        place, number = str(chat["id"]), message["message_id"]
        who = message.get("sender_chat") or message.get("from") or {}
        refs, post, topic = self._above(message) if public else ((), None, "")
        title = str(chat.get("title", ""))
        item = Incoming(
            remote_id=f"{place}/{number}",
            at=int(message["date"]),
            text=text,
            author=reading.author(message),
            # an administrator who writes as the group speaks for us
            out=str(who.get("id", "")) in (self._me, place if public else ""),
            thread="" if public else place,
            refs=refs,
            parent=refs[-1] if refs else _parent(message) if not public else "",
            title="" if public else title,
            post_title=(post.title if post else f"{title}: {topic}" if topic else title) if public else "",
            post_url=(post.url if post else reading.page_of(chat)) if public else "",
            post_text=post.text if post else "",
            url=reading.page_of(chat, number) if public else "",
            public=public,
        )
        return by_program(item) if reading.is_program(message, text, self._handle) and not item.out else item

    def _above(self, message: Mapping[str, Any]) -> tuple[tuple[str, ...], Post | None, str]:
        """What a message in a group answers, nearest last; the post that it is a comment on; the name of its topic.

        In a topic of a forum, and under a post, Telegram names the topic's or the post's own message as answered where
        nobody else's is (`get_implicit_reply_to_message_id` in Client.cpp): nobody is answered then.
        """
        place, root = message["chat"]["id"], message.get("message_thread_id")
        first = f"{place}/{root}" if isinstance(root, int) else ""
        post, answered = self._posts.get(first), _parent(message)
        if message.get("is_topic_message") or post is not None or answered in self._posts:
            refs = (answered,) if answered not in ("", first) and answered not in self._posts else ()
            return refs, post or self._posts.get(answered), self._topics.get(first, "")
        return tuple(dict.fromkeys(filter(None, (first, answered)))), None, ""

    # --- out

    def send(self, reply: Reply) -> Sent:
        """Send to the chat, as an answer to the parent message; a post of ours to its venue."""
        chat, _, number = (reply.venue or reply.parent or reply.thread).partition("/")
        if not chat.removeprefix("-").isdecimal():
            msg = tr("Rapport doesn't know which Telegram chat this conversation is in. Reply in Telegram.")
            raise Refused(msg)
        answered: dict[str, object] = (
            {"reply_parameters": {"message_id": int(number), "allow_sending_without_reply": True}} if number else {}
        )
        try:
            sent = sending.send(self._api, int(chat), reply.text, reply.files, answered)
        except Rejected as why:
            if not why.moved_to:
                raise
            # the group has become a supergroup, where the numbers of its earlier messages mean nothing
            sent = sending.send(self._api, why.moved_to, reply.text, reply.files, {})
        return replace(sent, thread=sent.remote_id) if reply.venue else sent

    def find_sent(self, reply: Reply) -> Sent | None:
        """Raises UnknownOutcome: a bot cannot read its own messages."""
        del reply
        msg = tr("Telegram doesn't show a bot its own messages. Check the chat, then say whether it's there.")
        raise UnknownOutcome(msg)

    def correct(self, change: Change) -> None:
        """Give our message other words."""
        acting.correct(self._api, change)

    def withdraw(self, change: Change) -> None:
        """Delete our message, and the files that stand beside it."""
        for remote_id in (*change.also, change.remote_id):
            acting.delete(self._api, remote_id)

    def reads(self, change: Change) -> str | None:
        """The words before the change: a bot cannot read its messages, and a change does no harm a second time."""
        return change.before

    def react(self, reaction: Reaction) -> None:
        """Give a reaction, in place of an earlier one of ours."""
        acting.react(self._api, reaction)

    def unreact(self, reaction: Reaction) -> None:
        """Take our reaction back."""
        acting.unreact(self._api, reaction)

    def reacted(self, reaction: Reaction) -> bool:
        """Raises UnknownOutcome: a bot is told of no reactions of its own. Given again it changes nothing."""
        del reaction
        raise UnknownOutcome(tr(N_("Telegram doesn't show a bot its own reactions.")))

    def moderate(self, verb: str, on: Target) -> None:
        """Delete the message, or mute or ban who wrote it."""
        acting.moderate(self._api, verb, on)

    def close(self) -> None:
        """Close the connections."""
        self._api.close()


def _offset(cursor: Mapping[str, str]) -> int:
    """Return the offset to request; 0, the oldest pending update, if the ids may have restarted.

    With an old offset just above the new ids, Telegram would drop the updates below it unread.
    """
    fresh = clock.now() - int(cursor.get("offset_at", "0")) < _OFFSET_TTL_SECONDS
    return int(cursor.get("offset", "0")) if fresh else 0


def _number(cursor: Mapping[str, str], name: str) -> int:
    return int(cursor.get(name) or 0)


def _is_update_id(number: object) -> bool:
    """Whether it is a plausible update id; an invalid offset would make the next request return nothing."""
    return isinstance(number, int) and 0 < number < _UPDATE_ID_LIMIT


def _is_somebodys(message: Mapping[str, Any], text: str) -> bool:
    """Whether somebody who is to be answered may have said it.

    Not what a channel posts: that stands above its comments. Nor what Telegram sends when somebody opens a chat with a
    bot (https://core.telegram.org/bots/features#deep-linking).
    """
    if message.get("is_automatic_forward") or message["chat"]["type"] == reading.CHANNEL:
        return False
    return message["chat"]["type"] != "private" or text.partition(" ")[0] != "/start"


def _parent(message: Mapping[str, Any]) -> str:
    """The remote id of the message that it answers; "" if none."""
    answered = message.get("reply_to_message")
    return f"{message['chat']['id']}/{int(answered['message_id'])}" if answered else ""


def _post(message: Mapping[str, Any]) -> Post:
    """The post of a channel that was handed on to its discussion group."""
    origin = message.get("forward_origin") or {}
    channel = origin.get("chat") or message.get("forward_from_chat") or message["sender_chat"]
    number = origin.get("message_id") or message.get("forward_from_message_id") or ""
    text = reading.text_of({**message, "forward_origin": None})[:_MAX_POST_CHARS]
    return Post(str(channel.get("title") or ""), text, reading.page_of(channel, number))
