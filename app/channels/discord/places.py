"""The channels and threads of the servers that a bot is in, and where its posts can go.

https://docs.discord.com/developers/resources/channel, .../topics/threads: an archived thread is
in no list but that of its channel's archived ones, the last archived first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.base.words import N_, tr
from app.channels.base import Refused, UnknownOutcome
from app.channels.discord.reading import is_message, moment
from app.channels.discord.rights import (
    HOLDERS,
    MANAGE_THREADS,
    NEWS,
    SEND,
    STAGE,
    TEXT,
    VOICE,
    WITH_THREADS,
    Bot,
    Listed,
)
from app.channels.discord.wire import SERVICE, Wire
from app.channels.http.parts import dicts
from app.channels.http.shape import unreadable

_KINDS = (TEXT, VOICE, NEWS, STAGE, *HOLDERS)
_REQUIRE_TAG = 1 << 4  # of a forum's flags
PAGE_ROWS, _MAX_PAGES = 100, 5
_TOO_MANY = N_("So many posts were closed there since that Rapport can't tell. Check the forum on Discord.")


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
    if parent["type"] not in WITH_THREADS:
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


def closed_to_few(wire: Wire, parent: Mapping[str, Any], since: int, *, moderates: bool) -> Iterator[dict[str, Any]]:
    """The private threads of a channel that were archived since then: those that the bot is in.

    All of them where it `moderates`; none where it may not see that. Those that it is in come by their ids, the latest
    first (List Joined Private Archived Threads), so that all of them have to be looked through.
    """
    if parent["type"] != TEXT:
        return
    asked: dict[str, object] = {"limit": PAGE_ROWS}
    for _ in range(_MAX_PAGES):
        within = "threads/archived/private" if moderates else "users/@me/threads/archived/private"
        try:
            told = wire.ask("GET", f"channels/{parent['id']}/{within}", params=asked)
        except Refused:
            if moderates:
                yield from closed_to_few(wire, parent, since, moderates=False)
            return
        listed = dicts(told.get("threads"), "id")
        young = [row for row in listed if moment(row["thread_metadata"]["archive_timestamp"]) >= since]
        yield from young
        if not listed or not told.get("has_more") or (moderates and len(young) < len(listed)):
            return
        asked["before"] = listed[-1]["thread_metadata"]["archive_timestamp"] if moderates else listed[-1]["id"]


def venues(guilds: Sequence[Mapping[str, Any]], listed: Listed) -> list[list[str]]:
    """Where posts can go: key and name of each channel and forum in which the bot may write.

    A forum that asks for a tag on each post is one venue for each tag that the bot may give.
    """
    names = {str(guild["id"]): str(guild["name"]) for guild in guilds}
    found = list[list[str]]()
    for bot, one in listed:
        if one["type"] not in WITH_THREADS or not bot.has(SEND, one):
            continue
        within = f" ({names[bot.guild]})" if len({of.guild for of, _ in listed}) > 1 else ""
        if not int(one.get("flags") or 0) & _REQUIRE_TAG:
            found.append([str(one["id"]), f"#{one['name']}{within}"])
            continue
        tags = [tag for tag in dicts(one.get("available_tags"), "id") if _may_give(bot, one, tag)]
        found += [[f"{one['id']}/{tag['id']}", f"#{one['name']}: {tag['name']}{within}"] for tag in tags]
    return found


def _may_give(bot: Bot, forum: Mapping[str, Any], tag: Mapping[str, Any]) -> bool:
    """Whether the bot may tag posts so: some tags are for moderators."""
    return not tag.get("moderated") or bot.has(MANAGE_THREADS, forum)
