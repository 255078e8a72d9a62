"""The facts of a conversation so far, each as one sentence: for the window and the shell alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.base.words import N_, tr
from app.inbox import so_far as facts
from app.inbox.snooze import UNTIL_REPLY
from app.inbox.so_far import Fact

GROUPS = {
    "asked": N_("Asked"),
    "promised": N_("Promised"),
    "sent": N_("Sent"),
    "open": N_("Open"),
}
"""What each group of facts is called, in the order in which they are told."""
_REPLIES = {
    "later": N_("Reply scheduled for {when}: {words}"),
    "failed": N_("Reply not sent: {words}"),
    "undecided": N_("It isn't known whether this reply was sent: {words}"),
}
_ON_ITS_WAY = N_("Reply on its way: {words}")
_PROMISES = {
    "kept": N_("{words}, kept"),
    "dropped": N_("{words}, dropped"),
}
_GIFTS = {
    "idea": N_("{words}, an idea so far"),
    "approved": N_("{words}, approved"),
    "to_ship": N_("{words}, to ship"),
    "shipped": N_("{words}, shipped"),
    "thanked": N_("{words}, shipped, and they thanked us"),
    "asked": N_("{words}, address requested"),
    "address_in": N_("{words}, address received"),
    "arrived": N_("{words}, arrived"),
    "story": N_("{words}, and they told us about it"),
    "declined": N_("{words}, which they didn't want"),
    "charity": N_("{words}, given to charity instead"),
    "lapsed": N_("{words}, lapsed without an answer"),
    "lost": N_("{words}, lost on the way"),
    "returned": N_("{words}, came back to us"),
}
_HANDOFFS = {
    "to_send": N_("To {name}, to be sent: {words}"),
    "sent": N_("To {name}, sent: {words}"),
    "seen": N_("To {name}, seen: {words}"),
    "in_work": N_("To {name}, in progress: {words}"),
    "solved": N_("To {name}, solved: {words}"),
    "declined": N_("To {name}, declined: {words}"),
}


_OTHERS = {
    facts.MESSAGE: N_("{name}: {words} ({when})"),
    facts.FILE: N_("{words}, {when}"),
    facts.WAITS: N_("{name} has waited since {when}: {words}"),
    facts.ANSWERED: N_("We wrote last, {when}: {words}"),
    facts.SNOOZED: N_("Snoozed until {when}"),
    facts.OWED: N_("{name} answered, and the member hasn't been told: {words}"),
    facts.DRAFT: N_("Draft: {words}"),
}
_UNTIL_REPLY = N_("Snoozed until they reply")


class Shown(NamedTuple):
    """How a face of the product writes what it puts into a sentence.

    `when` writes a time (Unix seconds), `day` a local date (YYYY-MM-DD), `embed` words from outside.
    """

    when: Callable[[int], str]
    day: Callable[[str], str]
    embed: Callable[[str], str]


def in_words(fact: Fact, shown: Shown) -> str:
    """Return the fact as a sentence."""
    words, who, when = shown.embed(fact.words), shown.embed(fact.who or tr("Somebody")), ""
    if fact.at and fact.at != UNTIL_REPLY:
        when = shown.when(fact.at)
    day = shown.day(fact.due) if fact.due else ""
    return tr(_sentence(fact)).format(words=words, name=who, when=when, day=day)


def _sentence(fact: Fact) -> str:
    """The sentence of a fact, with its blanks."""
    words = N_("{words}")
    by_state = {
        facts.PROMISE: (_PROMISES, N_("{words}, due {day}") if fact.due else words),
        facts.GIFT: (_GIFTS, words),
        facts.HANDOFF: (_HANDOFFS if fact.who else {}, words),
        facts.REPLY: (_REPLIES, _ON_ITS_WAY),
    }
    if fact.kind in by_state:
        sentences, otherwise = by_state[fact.kind]
        return sentences.get(fact.state, otherwise)
    if fact.kind == facts.SNOOZED and fact.at == UNTIL_REPLY:
        return _UNTIL_REPLY
    return _OTHERS[fact.kind]
