"""The words of moderation: what each verb is called, while it waits, is done and fails, and what a message is then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.base.words import N_, counted, forms, tr
from app.channels.channel import (
    BAN,
    DELETE,
    HIDE,
    IN_CHAT,
    IN_VIEW,
    LOCK,
    MUTE,
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
    from collections.abc import Iterable, Sequence

    from app.channels.channel import Can
    from app.inbox import Bar
    from app.moderation.deed import Deed

REPORTED = "reported"
_KEEP, _AGAIN, _NOT_SPAM = "keep", "again", "not spam"
"""Other names of SHOW: what it does to a message that was reported, hidden, or taken for spam."""


class Words(NamedTuple):
    """The words of one verb: its `title`, its states, and the log's headings, with `{account}` for the account's name.

    `soon` are both plural forms for what will happen in so many seconds, `means` is what follows from it there.
    """

    title: str
    waiting: str
    doing: str
    failed: str
    to_do: str
    done: str
    soon: tuple[str, str]
    means: str = ""


_SHOWN = Words(
    N_("Approve"),
    N_("Waiting to be shown"),
    N_("Being shown"),
    N_("Could not be shown"),
    N_("Approve on {account}"),
    N_("Approved on {account}"),
    forms("Will be shown on the channel in {count} second.", "Will be shown on the channel in {count} seconds."),
)
_WORDS = {
    SHOW: _SHOWN,
    _AGAIN: _SHOWN._replace(
        title=N_("Show again"), to_do=N_("Show again on {account}"), done=N_("Shown again on {account}")
    ),
    _NOT_SPAM: _SHOWN._replace(title=N_("Not spam")),
    _KEEP: Words(
        N_("Keep it"),
        N_("Waiting to be kept"),
        N_("Being kept"),
        N_("Its report could not be closed"),
        N_("Close the report on {account}"),
        N_("Kept on {account}: the report is closed"),
        forms(
            "Will be kept, and its report closed, in {count} second.",
            "Will be kept, and its report closed, in {count} seconds.",
        ),
        N_("The report is closed on {account}, and nothing is taken away."),
    ),
    HIDE: Words(
        N_("Hide"),
        N_("Waiting to be hidden"),
        N_("Being hidden"),
        N_("Could not be hidden"),
        N_("Hide on {account}"),
        N_("Hidden on {account}"),
        forms("Will be hidden on the channel in {count} second.", "Will be hidden on the channel in {count} seconds."),
    ),
    SPAM: Words(
        N_("Mark as spam"),
        N_("Waiting to be marked as spam"),
        N_("Being marked as spam"),
        N_("Could not be marked as spam"),
        N_("Mark as spam on {account}"),
        N_("Marked as spam on {account}"),
        forms(
            "Will be marked as spam on the channel in {count} second.",
            "Will be marked as spam on the channel in {count} seconds.",
        ),
    ),
    DELETE: Words(
        N_("Delete there"),
        N_("Waiting to be deleted"),
        N_("Being deleted"),
        N_("Could not be deleted"),
        N_("Delete on {account}"),
        N_("Deleted on {account}"),
        forms(
            "Will be deleted on the channel in {count} second.", "Will be deleted on the channel in {count} seconds."
        ),
    ),
    SOLVE: Words(
        N_("Mark as the solution"),
        N_("Waiting to be marked as the solution"),
        N_("Being marked as the solution"),
        N_("Could not be marked as the solution"),
        N_("Mark as the solution on {account}"),
        N_("Marked as the solution on {account}"),
        forms(
            "Will be marked as the solution in {count} second.", "Will be marked as the solution in {count} seconds."
        ),
        N_("Everybody who reads the conversation on {account} sees that this answers the question."),
    ),
    UNSOLVE: Words(
        N_("Not the solution"),
        N_("Its mark as the solution is waiting to be removed"),
        N_("Its mark as the solution is being removed"),
        N_("Its mark as the solution could not be removed"),
        N_("Remove the mark as the solution on {account}"),
        N_("No longer the solution on {account}"),
        forms(
            "Will no longer be marked as the solution in {count} second.",
            "Will no longer be marked as the solution in {count} seconds.",
        ),
        N_("On {account}, the question counts as unanswered again."),
    ),
    LOCK: Words(
        N_("Close the conversation there"),
        N_("The conversation is waiting to be closed there"),
        N_("The conversation is being closed there"),
        N_("The conversation could not be closed there"),
        N_("Close the conversation on {account}"),
        N_("Conversation closed on {account}"),
        forms(
            "The conversation will be closed on the channel in {count} second.",
            "The conversation will be closed on the channel in {count} seconds.",
        ),
        N_("Only moderators can write in this conversation on {account} now. Whoever could read it still can."),
    ),
    UNLOCK: Words(
        N_("Reopen the conversation there"),
        N_("The conversation is waiting to be reopened there"),
        N_("The conversation is being reopened there"),
        N_("The conversation could not be reopened there"),
        N_("Reopen the conversation on {account}"),
        N_("Conversation reopened on {account}"),
        forms(
            "The conversation will be reopened on the channel in {count} second.",
            "The conversation will be reopened on the channel in {count} seconds.",
        ),
        N_("People can write in this conversation on {account} again."),
    ),
    MUTE: Words(
        N_("Mute the author"),
        N_("Its author is waiting to be muted"),
        N_("Its author is being muted"),
        N_("Its author could not be muted"),
        N_("Mute the author on {account}"),
        N_("Author muted on {account}"),
        forms("Its author will be muted in {count} second.", "Its author will be muted in {count} seconds."),
        N_("Until then the author can't write anything on {account}. What they have written stays."),
    ),
    UNMUTE: Words(
        N_("Unmute the author"),
        N_("Its author is waiting to be unmuted"),
        N_("Its author is being unmuted"),
        N_("Its author could not be unmuted"),
        N_("Unmute the author on {account}"),
        N_("Author unmuted on {account}"),
        forms("Its author will be unmuted in {count} second.", "Its author will be unmuted in {count} seconds."),
        N_("The author can write on {account} again."),
    ),
    BAN: Words(
        N_("Ban the author"),
        N_("Its author is waiting to be banned"),
        N_("Its author is being banned"),
        N_("Its author could not be banned"),
        N_("Ban the author from {account}"),
        N_("Author banned from {account}"),
        forms("Its author will be banned in {count} second.", "Its author will be banned in {count} seconds."),
        N_("The author can never write on {account} again, unless you lift the ban."),
    ),
    UNBAN: Words(
        N_("Lift the author's ban"),
        N_("Its author's ban is waiting to be lifted"),
        N_("Its author's ban is being lifted"),
        N_("Its author's ban could not be lifted"),
        N_("Lift the author's ban from {account}"),
        N_("Ban lifted on {account}"),
        forms(
            "Its author's ban will be lifted in {count} second.", "Its author's ban will be lifted in {count} seconds."
        ),
        N_("The author can come back to {account}; they may have to join again."),
    ),
}
_ELSE = {
    (MUTE, IN_CHAT): _WORDS[MUTE]._replace(
        means=N_("Until then the author can't write in the chat or server that this message is in. Their words stay.")
    ),
    (UNMUTE, IN_CHAT): _WORDS[UNMUTE]._replace(
        means=N_("The author can write in the chat or server that this message is in again.")
    ),
    (BAN, IN_CHAT): _WORDS[BAN]._replace(
        means=N_("The author is removed from the chat or server that this message is in, until you lift the ban.")
    ),
    (MUTE, IN_VIEW): _WORDS[MUTE]._replace(
        means=N_("Until then nothing that the author writes reaches {account}. Everyone else still sees it.")
    ),
    (UNMUTE, IN_VIEW): _WORDS[UNMUTE]._replace(means=N_("What the author writes to {account} comes in again.")),
    (BAN, IN_VIEW): Words(
        N_("Block the author"),
        N_("Its author is waiting to be blocked"),
        N_("Its author is being blocked"),
        N_("Its author could not be blocked"),
        N_("Block the author on {account}"),
        N_("Author blocked on {account}"),
        forms("Its author will be blocked in {count} second.", "Its author will be blocked in {count} seconds."),
        N_("The author can neither follow nor reach {account} any more. Everyone else still sees what they write."),
    ),
    (UNBAN, IN_VIEW): Words(
        N_("Unblock the author"),
        N_("Its author is waiting to be unblocked"),
        N_("Its author is being unblocked"),
        N_("Its author could not be unblocked"),
        N_("Unblock the author on {account}"),
        N_("Author unblocked on {account}"),
        forms("Its author will be unblocked in {count} second.", "Its author will be unblocked in {count} seconds."),
        N_("The author can follow and reach {account} again."),
    ),
}
"""Verb and how far it goes -> the words where that is not everywhere."""
_UPSTREAM = {
    "held": N_("Held for approval"),
    "hidden": N_("Hidden on the channel"),
    "spam": N_("Marked as spam on the channel"),
    "deleted": N_("Deleted on the channel"),
    REPORTED: N_("Reported to the moderators"),
}
SOLUTION = N_("Marked as the solution")
MUTES = ((3_600, N_("1 hour")), (86_400, N_("1 day")), (604_800, N_("1 week")))
"""For how long somebody can be muted from the window: seconds, and what that is called."""
_SPANS = ((86_400, forms("{count} day", "{count} days")), (3_600, forms("{count} hour", "{count} hours")))
_RIGHTS = (
    ((HIDE, SHOW), N_("hide and approve")),
    ((SPAM,), N_("mark as spam")),
    ((DELETE,), N_("delete")),
    ((SOLVE, UNSOLVE), N_("mark the solution")),
    ((LOCK, UNLOCK), N_("close conversations")),
    ((MUTE, UNMUTE), N_("mute")),
    ((BAN, UNBAN), N_("ban")),
)


def words(verb: str, upstream: str = "", kind: str = "") -> Words:
    """The words of a verb for a message in this state at its channel, of this kind; not yet translated."""
    if verb != SHOW:
        return _ELSE.get((verb, channel(kind).can.bars), _WORDS[verb])
    return _WORDS[{"hidden": _AGAIN, "deleted": _AGAIN, "spam": _NOT_SPAM, REPORTED: _KEEP}.get(upstream, SHOW)]


def title(verb: str, upstream: str, kind: str) -> str:
    """What a verb is called where it is offered."""
    return tr(words(verb, upstream, kind).title)


def soon(verb: str, upstream: str, kind: str, seconds: int) -> str:
    """What will happen in so many seconds."""
    return counted(seconds, *words(verb, upstream, kind).soon)


def means(verb: str, upstream: str, kind: str, account: str) -> str:
    """What follows from a verb on an account of this kind and name; "" where its title says that."""
    return tr(words(verb, upstream, kind).means).format(account=account)


def heading(deed: Deed, account: str) -> str:
    """An entry of the log in words, with the account's name as it is to be shown: "Hidden on Blog"."""
    of = words(deed.verb, deed.before, deed.kind)
    if deed.verb == SHOW and deed.undoes_id is not None:
        of = _WORDS[_AGAIN]
    whole = tr(of.done if deed.state == "done" else of.to_do).format(account=account)
    if deed.verb != MUTE:
        return whole
    return tr("{heading}, for {time}").format(heading=whole, time=span(deed.seconds))


def upstream_in_words(upstream: str) -> str:
    """The state of a message at its channel; "" where it is simply to be seen."""
    return tr(_UPSTREAM.get(upstream, ""))


def _called(verbs: Sequence[str], what: str, can: Can) -> str:
    """What such verbs are called on a channel: where nothing can be hidden or deleted, SHOW only closes reports."""
    if SHOW in verbs and HIDE not in can.moderate:
        return tr("approve") if DELETE in can.moderate else tr("close reports")
    return tr("block") if BAN in verbs and can.bars == IN_VIEW else tr(what)


def barred(bar: Bar, when: str) -> str:
    """Whether an author is muted or banned; `when` is the time when the mute ends, as it is to be shown."""
    if bar.verb == BAN:
        return tr("Author blocked") if channel(bar.kind).can.bars == IN_VIEW else tr("Author banned")
    return tr("Author muted until {when}").format(when=when)


def barred_there(bar: Bar, account: str, when: str) -> str:
    """Where somebody is muted or banned, for what is about them; the account's name and the time as they are shown."""
    sentence = tr("Banned from {account}") if bar.verb == BAN else tr("Muted on {account} until {when}")
    reach = channel(bar.kind).can.bars
    if reach == IN_CHAT:  # a bot is in several
        sentence = tr("Banned from a chat of {account}")
        if bar.verb == MUTE:
            sentence = tr("Muted in a chat of {account} until {when}")
    elif reach == IN_VIEW and bar.verb == BAN:
        sentence = tr("Blocked on {account}")
    return sentence.format(account=account, when=when)


def span(seconds: int) -> str:
    """A length of time in whole days, else hours, else minutes: "1 day", "36 hours"."""
    for unit, forms_of in _SPANS:
        many, rest = divmod(seconds, unit)
        if not rest:
            return counted(many, *forms_of)
    minutes = -(-seconds // 60)
    return counted(minutes, "{count} minute", "{count} minutes")


def rights_in_words(may: Iterable[str] | None, can: Can) -> str:
    """What an account has the right to do there, and what of all that its channel can it has not.

    "" where that is not known, or nothing can be moderated there.
    """
    offers = frozenset(can.moderate)
    if may is None or not offers:
        return ""
    has = offers.intersection(may)
    named = [(frozenset(verbs), _called(verbs, what, can)) for verbs, what in _RIGHTS]
    given = ", ".join(what for verbs, what in named if has & verbs)
    missing = ", ".join(what for verbs, what in named if offers & verbs and not has & verbs)
    if not given:
        return tr("Rights there: none to moderate.")
    sentence = tr("Rights there: {rights}.").format(rights=given)
    lacking = tr("Missing: {rights}.").format(rights=missing) if missing else ""
    return f"{sentence} {lacking}".strip()
