"""What a bot may do in each channel: what its roles allow in the server, and what the channel changes about that.

The order in which a channel's overwrites count is that of https://docs.discord.com/developers/topics/permissions
("Permission Overwrites"); threads take all but the right to write from their channel ("Inherited Permissions").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.base.words import N_, tr
from app.channels.base import Refused
from app.channels.channel import BAN, DELETE, LOCK, MUTE, UNBAN, UNLOCK, UNMUTE
from app.channels.discord.wire import Wire
from app.channels.http.parts import as_dict, dicts

TEXT, VOICE, NEWS, STAGE, FORUM, MEDIA = 0, 2, 5, 13, 15, 16
"""Types of channels."""
HOLDERS = (FORUM, MEDIA)
"""Types of channels that only contain threads."""
WITH_THREADS = (TEXT, NEWS, *HOLDERS)
VIEW, SEND, MANAGE_THREADS = 1 << 10, 1 << 11, 1 << 34
_BAN_MEMBERS, _ADMINISTRATOR, _MANAGE_MESSAGES = 1 << 2, 1 << 3, 1 << 13
_ATTACH_FILES, _HISTORY, _SEND_IN_THREADS, _MODERATE_MEMBERS = 1 << 15, 1 << 16, 1 << 38, 1 << 40
_NAMES = {
    VIEW: "View Channels",
    _HISTORY: "Read Message History",
    SEND: "Send Messages",
    _SEND_IN_THREADS: "Send Messages in Threads",
    _ATTACH_FILES: "Attach Files",
}
"""Permissions without which something cannot be read, answered or sent along, by Discord's names for them."""
_IN_CHANNELS = ((_MANAGE_MESSAGES, (DELETE,)), (MANAGE_THREADS, (LOCK, UNLOCK)))
_IN_SERVERS = ((_MODERATE_MEMBERS, (MUTE, UNMUTE)), (_BAN_MEMBERS, (BAN, UNBAN)))
_NOTHING = "none"
_MOST_NAMED = 5
_ROLE_LACKS = N_("Its role lacks permissions: {permissions}.")
_CHANNELS_LACK = N_("In {channels} it lacks the permission {permission}: change that in the channel's own settings.")


class Bot(NamedTuple):
    """A bot in one server: its id, the server's, its permissions there and its roles, None where these are not told."""

    me: str
    guild: str
    base: int | None
    roles: frozenset[str] | None = frozenset()

    def held(self, channel: Mapping[str, Any]) -> int | None:
        """Its permissions in a channel of that server; None if they are not known, 0 where it does not see it.

        Without its roles nobody knows what a channel's overwrites give back to it: then those of the server count.
        """
        if self.base is None or self.roles is None or self.base & _ADMINISTRATOR:
            return self.base
        of = {str(one["id"]): one for one in dicts(channel.get("permission_overwrites"), "id")}
        everybody = _changed(self.base, [of[self.guild]] if self.guild in of else [])
        by_roles = _changed(everybody, [of[role] for role in sorted(self.roles) if role in of])
        held = _changed(by_roles, [of[self.me]] if self.me in of else [])
        return held if held & VIEW else 0

    def has(self, right: int, channel: Mapping[str, Any]) -> bool:
        """Whether it has that permission in a channel, as far as is known."""
        held = self.held(channel)
        return held is None or _has(held, right)


Listed = Sequence[tuple[Bot, Mapping[str, Any]]]
"""Channels, each with the bot as it is in the channel's server."""


def bot(wire: Wire, guild: Mapping[str, Any], me: str) -> Bot:
    """The bot in a server, one of those that it is told to be in."""
    written, number = str(guild.get("permissions", "")), str(guild["id"])
    base = int(written) if written.isdecimal() else None
    try:
        roles = as_dict(wire.ask("GET", f"guilds/{number}/members/{me}")).get("roles")
    except Refused:
        roles = None
    return Bot(me, number, base, frozenset(map(str, roles)) if isinstance(roles, list) else None)


def may(bots: Sequence[Bot], listed: Listed) -> str:
    """The fact `may`: the verbs that the bot has the right to in some channel, or in some server.

    "" where the servers do not say what it may do. In another channel it may be less.
    """
    if not bots or any(one.base is None for one in bots):
        return ""
    allowed = [
        *(verb for right, verbs in _IN_CHANNELS for verb in verbs if any(one.has(right, at) for one, at in listed)),
        *(verb for right, verbs in _IN_SERVERS for verb in verbs if any(_has(_every(one), right) for one in bots)),
    ]
    return " ".join(allowed) or _NOTHING


def lacking(bots: Sequence[Bot], listed: Listed, wanted: frozenset[str]) -> Iterator[str]:
    """Sentences on the permissions that the bot needs and lacks: in a server, then in single channels.

    A channel that it does not see is named only if it is one of the `wanted`, by their folded names: others may well be
    none of its business.
    """
    everywhere = [name for right, name in _NAMES.items() if any(not _has(_every(one), right) for one in bots)]
    if everywhere:
        yield tr(_ROLE_LACKS).format(permissions=", ".join(everywhere))
    for right, name in _NAMES.items():
        if name not in everywhere:
            there = [f"#{at['name']}" for one, at in listed if right in _missing(one, at, wanted)]
            if there:
                named = ", ".join([*there[:_MOST_NAMED], *(["…"] if len(there) > _MOST_NAMED else [])])
                yield tr(_CHANNELS_LACK).format(channels=named, permission=name)


def _missing(one: Bot, at: Mapping[str, Any], wanted: frozenset[str]) -> list[int]:
    if not one.has(VIEW, at):
        return [VIEW] if str(at["name"]).casefold() in wanted else []
    write = _SEND_IN_THREADS if at["type"] in HOLDERS else SEND
    # who may not write there may attach nothing either ("Implicit Permissions"): that is said once
    needed = (_HISTORY, write, *([_ATTACH_FILES] if one.has(write, at) else []))
    return [right for right in needed if not one.has(right, at)]


def _every(one: Bot) -> int:
    """Its permissions in the server; all that matter where they are not told."""
    return _ADMINISTRATOR if one.base is None else one.base


def _changed(held: int, overwrites: Iterable[Mapping[str, Any]]) -> int:
    """Permissions after overwrites of one rank: what any of them allows outdoes what another denies."""
    allow = deny = 0
    for one in overwrites:
        allow |= int(one.get("allow") or 0)
        deny |= int(one.get("deny") or 0)
    return held & ~deny | allow


def _has(held: int, right: int) -> bool:
    return bool(held & (right | _ADMINISTRATOR))
