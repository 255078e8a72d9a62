"""What an entry of the history is called, and what is said below it: for window and shell alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.history.entry import Entry

_TITLES = {
    ("gift", "idea"): N_("Gift noted: {title}"), ("gift", "approved"): N_("Gift approved: {title}"),
    ("gift", "to_ship"): N_("Gift to ship: {title}"), ("gift", "shipped"): N_("Gift shipped: {title}"),
    ("gift", "thanked"): N_("Thanked for the gift: {title}"),
    ("gift", "asked"): N_("Address requested for: {title}"),
    ("gift", "address_in"): N_("Address received for: {title}"),
    ("gift", "arrived"): N_("Gift arrived: {title}"), ("gift", "story"): N_("Told us about the gift: {title}"),
    ("gift", "declined"): N_("Said no, thank you: {title}"), ("gift", "charity"): N_("Given to charity: {title}"),
    ("gift", "lapsed"): N_("Gift lapsed without an answer: {title}"), ("gift", "lost"): N_("Gift got lost: {title}"),
    ("gift", "returned"): N_("Gift came back: {title}"),
    ("promise", "made"): N_("Promised: {title}"), ("promise", "kept"): N_("Promise kept: {title}"),
    ("promise", "dropped"): N_("Promise dropped: {title}"),
    ("handoff", "given"): N_("Handed to {who}: {title}"), ("handoff", "answered"): N_("{who} answered: {title}"),
    ("handoff", "told"): N_("Told them the answer: {title}"), ("handoff", "closed"): N_("Hand-off closed: {title}"),
    ("handoff", "reminded"): N_("Reminded {who}: {title}"), ("handoff", "passed_on"): N_("Passed on to {who}: {title}"),
    ("handoff", "member_told"): N_("Told them it takes longer: {title}"),
    ("note", "noted"): N_("Note"),
    ("help", "gave"): N_("Helped {who}"), ("help", "got"): N_("Was helped by {who}"),
    ("introduction", "planned"): N_("To be introduced to {who}"),
    ("introduction", "introduced"): N_("Introduced to {who}"),
    ("introduction", "closed"): N_("What came of meeting {who}"),
    ("quarrel", "found"): N_("Quarrel with {who}"), ("quarrel", "settled"): N_("Quarrel with {who} settled"),
    ("work", "noted"): N_("Made: {title}"), ("work", "asked"): N_("Asked for permission: {title}"),
    ("work", "granted"): N_("Gave permission: {title}"), ("work", "refused"): N_("Refused permission: {title}"),
    ("work", "withdrawn"): N_("Took permission back: {title}"),
    ("merge", "merged"): N_("Merged with {who}"), ("merge", "parted"): N_("Parted from {who}"),
}  # fmt: skip
_VERBS = {
    "hide": N_("Hidden"), "show": N_("Approved"), "spam": N_("Marked as spam"), "delete": N_("Deleted"),
    "solve": N_("Marked as the solution"), "unsolve": N_("No longer the solution"), "lock": N_("Conversation closed"),
    "unlock": N_("Conversation reopened"), "mute": N_("Muted"), "unmute": N_("Unmuted"), "ban": N_("Banned"),
    "unban": N_("Ban lifted"),
}  # fmt: skip
_UNTITLED = {"message": N_("Message"), "reply": N_("Reply"), "met": N_("In person")}
_SAID = {"message": N_("they wrote"), "reply": N_("we wrote"), "met": N_("in person")}


def title(entry: Entry, foreign: Callable[[str], str] = str) -> str:
    """What the entry is called. `foreign` isolates words from outside within a sentence."""
    if entry.kind in _UNTITLED:
        return foreign(entry.title) if entry.title else tr(_UNTITLED[entry.kind])
    if entry.kind == "moderation":
        return tr(_VERBS.get(entry.stage, entry.stage))
    sentence = tr(_TITLES[entry.kind, entry.stage])
    who = entry.who or (tr("a teammate") if entry.kind == "handoff" else tr("somebody"))
    said = sentence.format(title=foreign(entry.title), who=foreign(who))
    return said[:1].upper() + said[1:]


def under(entry: Entry, foreign: Callable[[str], str] = str) -> str:
    """Where it was, and by whom: "Forum, they wrote"."""
    parts = [foreign(entry.account)] if entry.account else []
    parts += [tr(_SAID[entry.kind])] if entry.kind in ("message", "reply") else []
    if entry.kind == "met":
        parts = [tr("in person")]
    if entry.kind == "moderation" and entry.title:
        parts.append(foreign(entry.title))
    if entry.kind == "introduction" and entry.title:
        parts.append(foreign(entry.title))
    return ", ".join(parts)


def words(entry: Entry) -> str:
    """How it begins, or what was said of it; "" for nothing."""
    return "" if entry.kind == "work" else entry.words
