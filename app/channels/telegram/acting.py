"""What a bot does besides writing: changes and deletes its own messages, reacts, and moderates.

All of it may be asked for twice: Telegram says that nothing is to be done, or does it again without anybody noticing.
Methods: https://core.telegram.org/bots/api, editMessageText, editMessageCaption, deleteMessage, setMessageReaction,
restrictChatMember, banChatMember, banChatSenderChat; what they refuse: tdlib/telegram-bot-api 10.0, Client.cpp.
"""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.base.message import Change, Reaction, Target
from app.base.words import N_, tr
from app.channels.base import Refused
from app.channels.channel import BAN, DELETE, MUTE, UNBAN, UNMUTE
from app.channels.telegram.wire import BotApi, Rejected

_SELECTOR = "\ufe0f"
_MOST_MUTED_SECONDS, _LEAST_MUTED_SECONDS = 366 * 86_400, 30  # beyond these it would be for good
_PERMISSIONS = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews",
)  # fmt: skip
_MORE_PERMISSIONS = ("can_invite_users", "can_change_info", "can_pin_messages", "can_manage_topics")
_ELSEWHERE = N_("Rapport doesn't know where on Telegram this message is.")
_NOT_A_PERSON = N_("This was written as a channel, which can be banned there, but not muted.")
_PRIVATE = N_("This is a private chat with your bot: nobody can be muted or banned there.")


class Place(NamedTuple):
    """Where a message is: the ids of its chat and of itself."""

    chat_id: int
    message_id: int

    @property
    def asked(self) -> dict[str, object]:
        """The place as methods take it."""
        return {"chat_id": self.chat_id, "message_id": self.message_id}


def place_of(remote_id: str) -> Place:
    """The place that a remote id names. Raises Refused if it names none."""
    chat, _, number = remote_id.partition("/")
    if not (chat.removeprefix("-").isdecimal() and number.isdecimal()):
        raise Refused(tr(_ELSEWHERE))
    return Place(int(chat), int(number))


def correct(api: BotApi, change: Change) -> None:
    """Give our message other words; fine where it has them already. Those below a file are its caption."""
    asked = place_of(change.remote_id).asked
    try:
        try:
            api.call("editMessageText", writing=True, **asked, text=change.text)
        except Rejected as why:
            if "no text in the message" not in why.said:
                raise
            api.call("editMessageCaption", writing=True, **asked, caption=change.text)
    except Rejected as why:
        if "message is not modified" not in why.said:
            raise


def delete(api: BotApi, remote_id: str) -> None:
    """Delete a message; fine where it is deleted already."""
    try:
        api.call("deleteMessage", writing=True, **place_of(remote_id).asked)
    except Rejected as why:
        if "message to delete not found" not in why.said:
            raise


def react(api: BotApi, reaction: Reaction) -> None:
    """Give a reaction; a bot has one at each message, so it stands in place of an earlier one."""
    _set_reactions(api, reaction, [{"type": "emoji", "emoji": reaction.what.replace(_SELECTOR, "")}])


def unreact(api: BotApi, reaction: Reaction) -> None:
    """Take our reaction back; fine where there is none, or the message is gone."""
    try:
        _set_reactions(api, reaction, [])
    except Rejected as why:
        if "message to react not found" not in why.said:
            raise


def _set_reactions(api: BotApi, reaction: Reaction, given: list[dict[str, str]]) -> None:
    """Say which reactions of ours a message has: all of them each time, so that it may be said again."""
    api.call("setMessageReaction", writing=True, **place_of(reaction.remote_id).asked, reaction=given)


def moderate(api: BotApi, verb: str, on: Target) -> None:
    """Apply a verb. Raises Refused where Telegram knows no such thing, as in private chats."""
    if verb == DELETE:
        delete(api, on.message)
        return
    chat, who = place_of(on.message).chat_id, on.author.strip()
    if not who.removeprefix("-").isdecimal():
        raise Refused(tr(_ELSEWHERE))
    if chat > 0:
        raise Refused(tr(_PRIVATE))
    if who.startswith("-"):
        if verb in (MUTE, UNMUTE):
            raise Refused(tr(_NOT_A_PERSON))
        method = {BAN: "banChatSenderChat", UNBAN: "unbanChatSenderChat"}[verb]
        api.call(method, writing=True, chat_id=chat, sender_chat_id=int(who))
        return
    whom: dict[str, object] = {"chat_id": chat, "user_id": int(who)}
    if verb == MUTE:
        api.call("restrictChatMember", writing=True, **whom, **_muted(on.seconds))
    elif verb == UNMUTE:
        api.call("restrictChatMember", writing=True, **whom, permissions=_permissions(allowed=True))
    elif verb == BAN:
        api.call("banChatMember", writing=True, **whom)
    elif verb == UNBAN:
        api.call("unbanChatMember", writing=True, **whom, only_if_banned=True)


def _muted(seconds: int) -> dict[str, object]:
    """Nothing may be sent, for so long; 0 is for good."""
    wanted = min(max(seconds, _LEAST_MUTED_SECONDS + 5), _MOST_MUTED_SECONDS)
    until = {"until_date": clock.now() + wanted} if seconds else {}
    return {"permissions": _permissions(allowed=False), "use_independent_chat_permissions": True, **until}


def _permissions(*, allowed: bool) -> dict[str, bool]:
    """All that somebody can send; with `allowed`, what else members may do too: all of it lifts a restriction."""
    return dict.fromkeys((*_PERMISSIONS, *(_MORE_PERMISSIONS if allowed else ())), allowed)
