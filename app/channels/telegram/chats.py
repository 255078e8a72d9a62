"""The groups and channels that a bot has met, and what it may do there: where posts can go, which verbs are offered.

A bot cannot list its chats. It is told when it comes into one or when its rights there change (`my_chat_member`), and
every message says where it is from; what a check then finds out by `getChatMember` is kept among the account's facts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from app.channels.channel import BAN, DELETE, MUTE, UNBAN, UNMUTE
from app.channels.telegram.reading import CHANNEL, GROUPS

MOST = 200
"""Chats that are remembered."""
WRITE, REMOVE, RESTRICT, ADMIN = "write", "remove", "restrict", "admin"
"""What a bot may do in a chat: write, delete others' messages, mute and ban; and whether it is an administrator."""
_ADMINISTRATOR, _OWNER, _MEMBER, _RESTRICTED = "administrator", "creator", "member", "restricted"


class Chat(NamedTuple):
    """A group or channel: its type and title, and the rights of the bot there, None where they are not known yet."""

    type: str
    title: str
    rights: tuple[str, ...] | None = None


def met(chat: Mapping[str, Any], before: Chat | None) -> Chat | None:
    """The group or channel that a message came from, with the rights known before; None if it is neither."""
    if chat["type"] not in (*GROUPS, CHANNEL):
        return None
    return Chat(str(chat["type"]), str(chat.get("title") or ""), before.rights if before else None)


def rights(of: str, member: Mapping[str, Any]) -> tuple[str, ...] | None:
    """What a chat member may do in a chat of that type; None if they are not in it (any more).

    By https://core.telegram.org/bots/api#chatmember. A basic group has no rights by name: there an administrator may
    delete.
    """
    status = member.get("status")
    if status == _OWNER:
        return (WRITE, REMOVE, RESTRICT, ADMIN)
    if status == _ADMINISTRATOR:
        held = {
            WRITE: of != CHANNEL or member.get("can_post_messages") is True,
            REMOVE: of == GROUPS[0] or member.get("can_delete_messages") is True,
            RESTRICT: of != CHANNEL and member.get("can_restrict_members") is True,
            ADMIN: True,
        }
        return tuple(right for right, holds in held.items() if holds)
    if status == _MEMBER:
        return () if of == CHANNEL else (WRITE,)
    if status == _RESTRICTED and member.get("is_member"):
        return (WRITE,) if member.get("can_send_messages") is True else ()
    return None


def facts(chats: Mapping[str, Chat]) -> dict[str, str]:
    """The account's facts: the chats, where posts can go, and the verbs that the bot has the right to somewhere.

    In private chats a bot may delete what it is sent, so that one is among them in any case.
    """
    told = {"chats": json.dumps({key: list(chat) for key, chat in chats.items()}, ensure_ascii=False)}
    told["venues"] = json.dumps(
        [[key, chat.title] for key, chat in chats.items() if WRITE in (chat.rights or ())], ensure_ascii=False
    )
    known = [chat for chat in chats.values() if chat.rights is not None]
    if known:
        may = any(RESTRICT in (chat.rights or ()) for chat in known)
        told["may"] = " ".join((DELETE, MUTE, UNMUTE, BAN, UNBAN) if may else (DELETE,))
    return told


def of_facts(told: str) -> dict[str, Chat]:
    """The chats that `facts` wrote down; {} if that cannot be read."""
    try:
        return {
            str(key): Chat(str(of), str(title), None if held is None else tuple(map(str, held)))
            for key, (of, title, held) in json.loads(told or "{}").items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def is_all_administered(chats: Iterable[Chat]) -> bool:
    """Whether the bot is an administrator in every group that it knows, and so sees all that is said there."""
    groups = [chat for chat in chats if chat.type in GROUPS]
    return bool(groups) and all(ADMIN in (chat.rights or ()) for chat in groups)
