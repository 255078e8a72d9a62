"""Decides what can be done to a message, its conversation or its author, and what becomes of it then. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.accounts import channel
from app.base.words import N_, tr
from app.channels.channel import (
    BAN,
    DELETE,
    HIDE,
    LOCK,
    MUTE,
    REVERSED,
    SHOW,
    SOLVE,
    SPAM,
    UNBAN,
    UNLOCK,
    UNMUTE,
    UNSOLVE,
)

if TYPE_CHECKING:
    from app.inbox import Line, Opened

VERBS = (HIDE, SHOW, SPAM, DELETE, SOLVE, UNSOLVE, LOCK, UNLOCK, MUTE, UNMUTE, BAN, UNBAN)
UPSTREAM = {HIDE: "hidden", SHOW: "", SPAM: "spam", DELETE: "deleted"}
"""Verb -> the message's `upstream` state after it; the other verbs leave that as it is."""
ON_AUTHORS = (MUTE, UNMUTE, BAN, UNBAN)
NEED_NO_GUIDELINE = frozenset((SOLVE, UNSOLVE, LOCK, UNLOCK, UNMUTE, UNBAN))
"""Verbs that take no word from anybody, or give it back: the log needs no guideline for them."""
MUTED_SECONDS = 86_400
"""How long somebody is muted unless it is chosen otherwise: a day."""
_NOT_OFFERED = {
    HIDE: N_("“{account}” can't hide this message."),
    SHOW: N_("“{account}” can't approve this message."),
    SPAM: N_("“{account}” can't mark this message as spam."),
    DELETE: N_("“{account}” can't delete this message."),
    SOLVE: N_("“{account}” can't mark this message as the solution."),
    UNSOLVE: N_("This message isn't marked as the solution on “{account}”."),
    LOCK: N_("“{account}” can't close this conversation."),
    UNLOCK: N_("This conversation isn't closed on “{account}”."),
    MUTE: N_("“{account}” can't mute whoever wrote this message."),
    UNMUTE: N_("Whoever wrote this message isn't muted on “{account}”."),
    BAN: N_("“{account}” can't ban whoever wrote this message."),
    UNBAN: N_("Whoever wrote this message isn't banned on “{account}”."),
}


class Standing(NamedTuple):
    """How a message stands at its channel.

    `upstream`, `solution` and `locked` as in `app.base.message.Incoming`; `out`: it is ours; `barred` is the verb that
    its author is under there by our log, MUTE or BAN, "" if neither; `by_somebody`: the channel has a key of its
    author. `may` are the verbs that the account has the right to, None where that is not known.
    """

    upstream: str = ""
    out: bool = False
    solution: bool = False
    locked: bool = False
    barred: str = ""
    by_somebody: bool = True
    may: frozenset[str] | None = None


def offered(kind: str, mode: str, at: Standing) -> tuple[str, ...]:
    """The verbs available for such a message on an account of that kind and mode, in the channel's order."""
    if mode not in ("live", "demo") or at.upstream == UPSTREAM[DELETE]:
        return ()
    return tuple(
        verb for verb in channel(kind).can.moderate if (at.may is None or verb in at.may) and _applies(verb, at)
    )


def _applies(verb: str, at: Standing) -> bool:
    """Whether the verb would change anything."""
    if verb in UPSTREAM:
        return not at.out and UPSTREAM[verb] != at.upstream
    if verb in ON_AUTHORS:
        return not at.out and at.by_somebody and _applies_to_author(verb, at.barred)
    return {SOLVE: not at.solution, UNSOLVE: at.solution, LOCK: not at.locked, UNLOCK: at.locked}[verb]


def _applies_to_author(verb: str, barred: str) -> bool:
    if verb in (UNMUTE, UNBAN):
        return REVERSED.get(barred) == verb
    return barred not in (verb, BAN)


def standing_of(line: Line, opened: Opened) -> Standing:
    """How a message of an opened conversation stands at its channel."""
    return Standing(
        line.upstream, line.out, line.solution, opened.row.locked, line.bar.verb if line.bar else "",
        line.member_id is not None, opened.may,
    )  # fmt: skip


def undoable(kind: str, verb: str) -> bool:
    """Whether channels of this kind can reverse the verb once it is done."""
    return verb in channel(kind).can.undo


def not_offered(verb: str, account: str) -> str:
    """The sentence for a verb that is not available; `account` is the account's name."""
    return tr(_NOT_OFFERED[verb]).format(account=account)


def rights(facts: str) -> frozenset[str] | None:
    """The verbs that an account has the right to by the fact `may` of its last check; None where that is not known."""
    return frozenset(facts.split()) if facts else None
