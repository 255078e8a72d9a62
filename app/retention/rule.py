"""What a rule of keeping asks for, and what it may ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import N_, counted, tr

WORDS, FILES = "words", "files"
"""What a rule erases: all that was said, or the contents of large files."""
ALL, LABEL = "all", "label"
MEMBERS = {
    ALL: N_("everybody"),
    "no_note": N_("members without a note"),
    "no_gift": N_("members without a gift"),
    "no_label": N_("members without a label"),
    "nothing": N_("members without a note, a gift or a label"),
    LABEL: N_("members with the label “{label}”"),
}
"""Whose conversations: of several who speak in one, each has to be of that kind."""
MOST_MONTHS, MOST_MEGABYTES = 240, 10_000
_YEAR = 12


class Rule(NamedTuple):
    """A rule: `months` since a conversation was done, `bigger` in MB for files, 0 for words.

    `channel` is a kind of channel, `account_id` one account; with neither it is about all. `label_id` with members of
    the kind LABEL. An `id` of 0 is a rule that isn't kept yet.
    """

    id: int = 0
    what: str = WORDS
    months: int = 12
    bigger: int = 0
    channel: str = ""
    account_id: int | None = None
    members: str = ALL
    label_id: int | None = None

    @property
    def asked(self) -> tuple[object, ...]:
        """What two rules have alike that ask for the same, but for how long."""
        return (self.what, self.channel, self.account_id, self.members, self.label_id)


class Names(NamedTuple):
    """What the place and the label of a rule are called; "" for none."""

    place: str
    label: str


def checked(rule: Rule, others: Iterable[Rule]) -> Rule:
    """The rule, if it can be kept beside the others. Raises UserError with one sentence that says why not."""
    if not 1 <= rule.months <= MOST_MONTHS:
        msg = tr("{months} months can't be kept to: choose from 1 to {most} months.")
        raise UserError(msg.format(months=rule.months, most=MOST_MONTHS))
    if rule.what == FILES and not 1 <= rule.bigger <= MOST_MEGABYTES:
        small = tr("{size} MB can't be a limit for files: choose from 1 to {most} MB.")
        raise UserError(small.format(size=rule.bigger, most=MOST_MEGABYTES))
    for other in others:
        if other.id != rule.id and other.asked == rule.asked:
            clash = tr("There's already a rule for the same conversations, with {months}. Remove that one first.")
            raise UserError(clash.format(months=months_words(other.months)))
    return rule


def before(months: int, today: date) -> date:
    """The day that many months ago; the last one of its month where that is shorter."""
    whole = today.year * _YEAR + today.month - 1 - months
    year, month = divmod(whole, _YEAR)
    for day in range(today.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError  # every month has a first day


def months_words(months: int) -> str:
    """So many months, in words."""
    return counted(months, "{count} month", "{count} months")


def members_words(kind: str, label: str = "") -> str:
    """Members of a kind of MEMBERS, in words; `label` is the name of the label for LABEL."""
    return tr(MEMBERS[kind]).format(label=label)


def in_words(rule: Rule, names: Names) -> str:
    """What a rule does, in one sentence."""
    place = names.place or tr("all places")
    members = members_words(rule.members, names.label)
    if rule.what == FILES:
        files = tr("Remove files above {size} MB in conversations done at least {months} ago: {place}, {members}.")
        return files.format(size=rule.bigger, months=months_words(rule.months), place=place, members=members)
    words = tr("Erase what was said in conversations done at least {months} ago: {place}, {members}.")
    return words.format(months=months_words(rule.months), place=place, members=members)
