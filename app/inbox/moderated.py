"""What was done at their channels to messages, their conversations and their authors, as the moderation log says."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.base.words import N_
from app.channels.channel import BAN, IN_CHAT, LOCK, MUTE, SOLVE, UNBAN, UNLOCK, UNMUTE, UNSOLVE
from app.channels.registry import channel
from app.store.sqlite import Connection

MESSAGE, SOLUTION, CONVERSATION, AUTHOR = "message", "solution", "conversation", "author"
_ASPECTS = {
    SOLVE: SOLUTION, UNSOLVE: SOLUTION, LOCK: CONVERSATION, UNLOCK: CONVERSATION,
    MUTE: AUTHOR, UNMUTE: AUTHOR, BAN: AUTHOR, UNBAN: AUTHOR,
}  # fmt: skip
_BARS = """
SELECT d.account_id, o.identity_id, d.verb, d.done_at + d.seconds, d.id, a.name, a.kind, d.conversation_id
FROM {source} JOIN account a ON a.id = d.account_id
WHERE d.state = 'done' AND d.verb IN ('mute', 'unmute', 'ban', 'unban') AND o.identity_id IS NOT NULL
  AND (d.verb <> 'mute' OR d.done_at + d.seconds > ?1) ORDER BY d.done_at, d.id
"""
_WHOLE_LOG = _BARS.format(source="moderation d JOIN message o ON o.id = d.message_id")
_OF_SOME = _BARS.format(
    source="json_each(?2) j CROSS JOIN message o ON o.identity_id = j.value CROSS JOIN moderation d"
    " ON d.message_id = o.id"
)


CLOSED = N_("Closed on {account}: only moderators can write there")
"""What is said of a conversation that is closed at its channel; `{account}` is the account's name."""


class Deed(NamedTuple):
    """The latest moderation of a message: id of the log entry, verb, state, guideline, and error if it failed.

    `before` is how the message stood then, `tried` how often it was tried without a clear answer, and `undoes_id` the
    entry that it reverses.
    """

    id: int
    verb: str
    state: str
    guideline: str
    error: str
    before: str = ""
    tried: int = 0
    undoes_id: int | None = None


Whom = tuple[int, int, int]
"""Whom a bar is about: the ids of account and identity, and of the conversation where it holds in one chat; else 0."""


class Bar(NamedTuple):
    """What keeps an author from writing on an account: `verb` is MUTE or BAN, `until` Unix seconds, None for good.

    `deed` is the log entry by which it came about, `account` the account's name, `kind` its kind of channel.
    """

    verb: str
    until: int | None
    deed: int
    account: str
    kind: str


def aspect(verb: str) -> str:
    """What a verb changes: MESSAGE, SOLUTION, CONVERSATION or AUTHOR."""
    return _ASPECTS.get(verb, MESSAGE)


def deeds(conn: Connection, messages: Sequence[int]) -> dict[int, dict[str, Deed]]:
    """The latest entry of the log by message id and aspect; entries undone are ignored."""
    rows = conn.execute(
        "SELECT message_id, id, verb, state, guideline, error, before, tried, undoes_id FROM moderation"
        " WHERE message_id IN (SELECT value FROM json_each(?)) AND state <> 'undone' ORDER BY id",
        (json.dumps(list(messages)),),
    )
    found: dict[int, dict[str, Deed]] = {}
    for message, *columns in rows:
        deed = Deed(*columns)
        found.setdefault(message, {})[aspect(deed.verb)] = deed
    return found


def bar_of(found: Mapping[Whom, Bar], account: int, identity: int | None, conversation: int) -> Bar | None:
    """What of `bars` is about an identity in a conversation of an account; None if nothing."""
    if identity is None:
        return None
    return found.get((account, identity, 0)) or found.get((account, identity, conversation))


def bars(conn: Connection, now: int, identities: Sequence[int] | None = None) -> dict[Whom, Bar]:
    """Who cannot write at `now` (Unix seconds), as our log says; `bar_of` picks one.

    Where muting and banning are for one chat (a bot is in many), each is known in the conversation where it was done.

    With `identities`, only those of these, looked up by what they have said: the log is not read through. A mute is
    over when its time is; whoever is unmuted or let in again is not listed. Of a mute and a ban the ban is told; each
    ends by itself.
    """
    mutes: dict[Whom, Bar] = {}
    bans: dict[Whom, Bar] = {}
    if identities is None:
        rows = conn.execute(_WHOLE_LOG, (now,))
    else:
        rows = conn.execute(_OF_SOME, (now, json.dumps(list(identities))))
    for account, identity, verb, until, deed, name, kind, conversation in rows:
        found = mutes if verb in (MUTE, UNMUTE) else bans
        whom = account, identity, conversation if channel(kind).can.bars == IN_CHAT else 0
        if verb in (MUTE, BAN):
            found[whom] = Bar(verb, until if verb == MUTE else None, deed, name, kind)
        else:
            found.pop(whom, None)
    return mutes | bans
