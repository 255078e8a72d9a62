"""What a bot does besides writing: reacts, deletes, closes threads, mutes and bans.

All of it may be asked for twice. https://docs.discord.com/developers/resources/message (reactions), .../channel (Modify
Channel: a thread), .../guild (Modify Guild Member, Create Guild Ban).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from app.base import clock
from app.base.message import Reaction, Target
from app.base.words import N_, tr
from app.channels.base import Refused
from app.channels.channel import BAN, DELETE, LOCK, MUTE, UNBAN, UNLOCK, UNMUTE
from app.channels.discord.reading import ours
from app.channels.discord.wire import UNKNOWN_BAN, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, Rejected, Wire

_MOST_MUTED_SECONDS = 28 * 86_400  # the longest that Discord takes
_THREADS = (10, 11, 12)
_SELECTOR = "\ufe0f"
_GONE = (UNKNOWN_MESSAGE, UNKNOWN_CHANNEL)
_NOT_A_PERSON = N_("This wasn't written by a member: a program posts it here, or the account no longer exists.")
_NOT_A_THREAD = N_("Only threads and forum posts can be closed on Discord, not whole channels.")


def path_of(remote_id: str) -> str:
    """The path of a message. Raises Refused if the id names none."""
    channel, _, number = remote_id.partition("/")
    if not (channel.isdecimal() and number.isdecimal()):
        raise Refused(tr(N_("Rapport doesn't know where on Discord this message is.")))
    return f"channels/{channel}/messages/{number}"


def message(wire: Wire, remote_id: str) -> dict[str, Any] | None:
    """A message as it is now; None if it was deleted. Raises Refused if it may not be read."""
    try:
        row: dict[str, Any] = wire.ask("GET", path_of(remote_id))
    except Rejected as why:
        if why.code in _GONE:
            return None
        raise
    return row


def delete(wire: Wire, remote_id: str) -> None:
    """Delete a message; fine where it is deleted already."""
    _unless(_GONE, wire, "DELETE", path_of(remote_id))


def react(wire: Wire, reaction: Reaction) -> None:
    """Give a reaction; one of ours that is there stays."""
    wire.ask("PUT", _own(reaction), writing=True)


def unreact(wire: Wire, reaction: Reaction) -> None:
    """Take our reaction back; fine where there is none, or the message is gone."""
    _unless((*_GONE, 10014), wire, "DELETE", _own(reaction))


def reacted(wire: Wire, reaction: Reaction) -> bool:
    """Whether our reaction is there now."""
    row = message(wire, reaction.remote_id)
    return row is not None and _bare(reaction.what) in map(_bare, ours(row))


def _bare(what: str) -> str:
    return what.replace(_SELECTOR, "")


def _own(reaction: Reaction) -> str:
    return f"{path_of(reaction.remote_id)}/reactions/{quote(reaction.what, safe='')}/@me"


def _unless(done: tuple[int, ...], wire: Wire, method: str, path: str, **more: Any) -> None:  # noqa: ANN401  as `ask` takes them
    """Ask for something that is done already where Discord says one of these codes."""
    try:
        wire.ask(method, path, writing=True, **more)
    except Rejected as why:
        if why.code not in done:
            raise


def moderate(wire: Wire, verb: str, on: Target) -> None:
    """Apply a verb. Raises Refused where there is nobody, or nothing, to apply it to."""
    if verb == DELETE:
        delete(wire, on.message)
        return
    path_of(on.message)
    place = on.message.partition("/")[0]
    channel = wire.ask("GET", f"channels/{place}")
    if verb in (LOCK, UNLOCK):
        if channel.get("type") not in _THREADS:
            raise Refused(tr(_NOT_A_THREAD))
        closed = verb == LOCK
        # one that is archived has to be opened before anything else about it is changed
        wire.ask("PATCH", f"channels/{place}", writing=True, json={"archived": closed, "locked": closed})
        return
    if not on.author.isdecimal():
        raise Refused(tr(_NOT_A_PERSON))
    _bar(wire, verb, str(channel["guild_id"]), on)


def _bar(wire: Wire, verb: str, guild: str, on: Target) -> None:
    if verb in (MUTE, UNMUTE):
        until = clock.iso(clock.now() + min(on.seconds or _MOST_MUTED_SECONDS, _MOST_MUTED_SECONDS))
        asked: Mapping[str, object] = {"communication_disabled_until": until if verb == MUTE else None}
        wire.ask("PATCH", f"guilds/{guild}/members/{on.author}", writing=True, json=asked)
    elif verb == BAN:
        wire.ask("PUT", f"guilds/{guild}/bans/{on.author}", writing=True, json={"delete_message_seconds": 0})
    elif verb == UNBAN:
        _unless((UNKNOWN_BAN,), wire, "DELETE", f"guilds/{guild}/bans/{on.author}")
