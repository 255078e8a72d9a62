"""Decides what can be done to a message, its conversation or its author, and what becomes of it then. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

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
from app.channels.registry import channel

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
SILENTLY = ""
"""Instead of a verb: an entry that the channel has never heard of is cancelled here."""
STOP = "stop"
"""Instead of a verb: an entry that may have happened, and that nothing undoes there, is not asked for any more."""
_UNSEEN_BY = {"held": "", "hidden": HIDE, "spam": SPAM}
"""How a message stood while nobody saw it -> the verb that puts it back so; none makes it wait for approval."""
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


class Entry(Protocol):
    """What undoing an entry of the log goes by: see `app.moderation.desk.Deed`."""

    @property
    def verb(self) -> str: ...  # noqa: D102  as in `Deed`
    @property
    def state(self) -> str: ...  # noqa: D102  as in `Deed`
    @property
    def before(self) -> str: ...  # noqa: D102  as in `Deed`
    @property
    def tried(self) -> int: ...  # noqa: D102  as in `Deed`
    @property
    def undoes_id(self) -> int | None: ...  # noqa: D102  as in `Deed`


def undo_of(kind: str, entry: Entry) -> str | None:
    """What undoes an entry of the log on a channel of this kind: a verb, SILENTLY or STOP; None if nothing does.

    What was tried and did not clearly fail may have happened: it is undone like what was done.
    """
    if entry.state in ("held", "queued", "failed") and entry.tried == 0:
        return SILENTLY
    if entry.state not in ("queued", "failed", "done") or entry.undoes_id is not None:
        return None
    return reverse_of(kind, entry.verb, entry.before) or (STOP if entry.state == "queued" else None)


def undoable(kind: str, entry: Entry) -> bool:
    """Whether Undo is offered for an entry of the log on a channel of this kind."""
    return undo_of(kind, entry) is not None


def reverse_of(kind: str, verb: str, before: str = "") -> str:
    """The verb that puts a message back as it stood `before` (its `upstream`) on such a channel; "" if none does.

    What could not be seen before is never shown by it: it is hidden or marked as spam again, where the channel can.
    """
    able = channel(kind).can
    if verb not in able.undo:
        return ""
    if not publishes(verb, before):
        return REVERSED[verb]
    back = _UNSEEN_BY[before]
    return back if back in able.moderate else ""


def publishes(verb: str, before: str) -> bool:
    """Whether the plain reverse of the verb would make a message public that was not while it stood so `before`."""
    return REVERSED.get(verb) == SHOW and before in _UNSEEN_BY


def not_offered(verb: str, account: str) -> str:
    """The sentence for a verb that is not available; `account` is the account's name."""
    return tr(_NOT_OFFERED[verb]).format(account=account)


def rights(facts: str) -> frozenset[str] | None:
    """The verbs that an account has the right to by the fact `may` of its last check; None where that is not known."""
    return frozenset(facts.split()) if facts else None
