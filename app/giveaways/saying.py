"""What is said of a give-away that can't be changed or drawn, or that has more prizes than entrants. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.base import clock
from app.base.words import counted, tr
from app.giveaways.rows import Entry, Giveaway


def few(giveaway: Giveaway, entries: int) -> str:
    """What is said if there are fewer entrants than prizes; "" for nothing."""
    if entries >= giveaway.prizes:
        return ""
    prizes = counted(giveaway.prizes, "{count} prize", "{count} prizes")
    return tr("There are {prizes} and {entries} taking part: everybody wins.").format(prizes=prizes, entries=entries)


def early(giveaway: Giveaway, now: int) -> str:
    """What is said of one that is closed before its time; "" for nothing. `now` is in Unix seconds."""
    if giveaway.closes_at is None or now >= giveaway.closes_at:
        return ""
    day = clock.local(giveaway.closes_at).date()
    return tr("That's before {day}, the end that you set: who comes after it was closed isn't in.").format(day=day)


def twice(winners: Iterable[Entry]) -> str:
    """What is said of people who turned out to have won twice, as members merged since the draw; "" for nobody."""
    every = [one for one in winners if not one.struck and one.member_id is not None]
    often = Counter(one.member_id for one in every)
    names = {one.member_id: one.name for one in every if often[one.member_id] > 1}
    if not names:
        return ""
    msg = tr("Won twice under two names: {names}. They get one prize; pass the other on.")
    return msg.format(names=", ".join(names.values()))


def is_closed(giveaway: Giveaway) -> str:
    """Why nothing of a closed one is changed."""
    if giveaway.drawn_at is not None:
        return is_drawn(giveaway)
    msg = tr("“{name}” is closed, and its list stays as its hash says. Reopen it first; it then gets a new hash.")
    return msg.format(name=giveaway.name)


def is_drawn(giveaway: Giveaway) -> str:
    """Why nothing of a drawn one is changed, nor is it drawn again."""
    msg = tr("“{name}” was drawn with the seed “{seed}”: its list and its winners stay as they are.")
    return msg.format(name=giveaway.name, seed=giveaway.seed)


def not_closed(giveaway: Giveaway) -> str:
    """Why an open one has no list, and is not drawn."""
    msg = tr("“{name}” isn't closed yet: close it and publish its hash before the seed is known.")
    return msg.format(name=giveaway.name)


def no_seed(giveaway: Giveaway) -> str:
    """What is asked for in place of a blank seed."""
    if giveaway.seed_promise:
        msg = tr("Enter the seed you promised: {promise}. If it never comes, reopen the give-away and promise another.")
        return msg.format(promise=giveaway.seed_promise)
    return tr("Enter the seed: a public value that nobody could know when the hash was published.")


def is_called_off(giveaway: Giveaway) -> str:
    """Why nothing goes on with one that was called off."""
    msg = tr("“{name}” was called off. Reopen it first if it's to go on.")
    return msg.format(name=giveaway.name)


def changed_meanwhile(giveaway: Giveaway) -> str:
    """Why it was not closed while its entries changed."""
    msg = tr("The entries of “{name}” changed while it was being closed, so it's still open. Close it again.")
    return msg.format(name=giveaway.name)


def promised(typed: str, fallback: str = "") -> str:
    """Where the seed comes from, as it stands in the list: with what is taken if that never comes."""
    promise, instead = (" ".join(words.split()) for words in (typed, fallback))
    if not promise or not instead:
        return promise or instead
    return tr("{promise}; if that never comes: {fallback}").format(promise=promise, fallback=instead)


def parted(promise: str) -> tuple[str, str]:
    """The two that `promised` put together: where the seed comes from, and what is taken if that never comes."""
    between = tr("{promise}; if that never comes: {fallback}").format(promise="", fallback="").rstrip()
    first, _, instead = promise.partition(between)
    return first.strip(), instead.strip()
