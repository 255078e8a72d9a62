"""The channels and threads of the servers that a bot is in, what it may do there, and where its posts can go.

https://docs.discord.com/developers/resources/channel, .../topics/permissions, .../topics/threads: an archived thread is
in no list but that of its channel's archived ones, the last archived first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.base.words import N_, tr
from app.channels.base import Refused, UnknownOutcome
from app.channels.channel import BAN, DELETE, LOCK, MUTE, UNBAN, UNLOCK, UNMUTE
from app.channels.discord.reading import is_message, moment
from app.channels.discord.wire import SERVICE, Wire
from app.channels.http.parts import dicts
from app.channels.http.shape import unreadable

TEXT, VOICE, NEWS, STAGE, FORUM, MEDIA = 0, 2, 5, 13, 15, 16
HOLDERS = (FORUM, MEDIA)
"""Types of channels that only contain threads."""
_KINDS = (TEXT, VOICE, NEWS, STAGE, *HOLDERS)
_WITH_THREADS = (TEXT, NEWS, *HOLDERS)
PAGE_ROWS, _MAX_PAGES = 100, 5
_TOO_MANY = N_("So many posts were closed there since that Rapport can't tell. Check the forum on Discord.")
_ADMINISTRATOR, _BAN_MEMBERS, _MANAGE_MESSAGES = 1 << 3, 1 << 2, 1 << 13
_VIEW, _SEND, _HISTORY, _MANAGE_THREADS, _MODERATE_MEMBERS = 1 << 10, 1 << 11, 1 << 16, 1 << 34, 1 << 40
_VERBS = (
    (_MANAGE_MESSAGES, (DELETE,)),
    (_MANAGE_THREADS, (LOCK, UNLOCK)),
    (_MODERATE_MEMBERS, (MUTE, UNMUTE)),
    (_BAN_MEMBERS, (BAN, UNBAN)),
)
NEEDED = ((_VIEW, "View Channels"), (_HISTORY, "Read Message History"), (_SEND, "Send Messages"))
"""Permissions without which nothing can be read or answered, by Discord's names for them."""


class Place(NamedTuple):
    """A channel or thread that contains messages, and for a thread its channel."""

    channel: dict[str, Any]
    parent: dict[str, Any] | None


def channels(wire: Wire, guild: str, wanted: frozenset[str]) -> list[dict[str, Any]]:
    """A server's channels for messages and threads; only those of the `wanted` names, if there are some."""
    listed = (row for row in dicts(wire.ask("GET", f"guilds/{guild}/channels")) if row["type"] in _KINDS)
    return [row for row in listed if not wanted or str(row["name"]).casefold() in wanted]


def rows(wire: Wire, channel: str, since: str) -> list[dict[str, Any]]:
    """The next page of messages after that id, oldest first (Discord lists the newest first), with unreadable rows."""
    told = wire.ask("GET", f"channels/{channel}/messages", params={"after": since, "limit": PAGE_ROWS})
    if not isinstance(told, list):
        raise unreadable(SERVICE)
    return sorted(told, key=lambda row: int(row["id"]) if is_message(row) else 0)


def archived(wire: Wire, parent: Mapping[str, Any], since: int, *, whole: bool = False) -> Iterator[dict[str, Any]]:
    """The threads of a channel that were archived since then; none where the bot may not see that.

    `whole` raises UnknownOutcome there, and where there are too many to be read.
    """
    if parent["type"] not in _WITH_THREADS:
        return
    asked: dict[str, object] = {"limit": PAGE_ROWS}
    for _ in range(_MAX_PAGES):
        try:
            told = wire.ask("GET", f"channels/{parent['id']}/threads/archived/public", params=asked)
        except Refused as why:
            if whole:
                raise UnknownOutcome(str(why)) from None
            return
        listed = dicts(told.get("threads"), "id")
        young = [row for row in listed if moment(row["thread_metadata"]["archive_timestamp"]) >= since]
        yield from young
        if len(young) < len(listed) or not listed or not told.get("has_more"):
            return
        asked["before"] = listed[-1]["thread_metadata"]["archive_timestamp"]
    if whole:
        raise UnknownOutcome(tr(_TOO_MANY))


def may(guilds: Sequence[Mapping[str, Any]]) -> str:
    """The fact `may`: the verbs that the bot's roles allow somewhere; DELETE always, of what it wrote itself.

    "" where the servers do not say what it may do. A single channel may allow more, or less.
    """
    held = [_permissions(guild) for guild in guilds]
    if not held or None in held:
        return ""
    allowed = [verb for right, verbs in _VERBS for verb in verbs if any(_has(one or 0, right) for one in held)]
    return " ".join(dict.fromkeys((DELETE, *allowed)))


def missing(guild: Mapping[str, Any]) -> list[str]:
    """The names of the permissions that the bot needs in a server and does not have; [] if that is not said."""
    held = _permissions(guild)
    return [] if held is None else [name for right, name in NEEDED if not _has(held, right)]


def _permissions(guild: Mapping[str, Any]) -> int | None:
    written = str(guild.get("permissions", ""))
    return int(written) if written.isdecimal() else None


def _has(held: int, right: int) -> bool:
    return bool(held & (right | _ADMINISTRATOR))


def venues(listed: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[list[str]]:
    """Where posts can go: key and name of each channel and forum, of pairs of a server and a channel in it."""
    several = len({str(guild["id"]) for guild, _ in listed}) > 1
    return [
        [str(one["id"]), f"#{one['name']} ({guild['name']})" if several else f"#{one['name']}"]
        for guild, one in listed
        if one["type"] in _WITH_THREADS
    ]
