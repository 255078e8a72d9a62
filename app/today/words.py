"""What Today says: of a row's reason, of a group's row, and of how fresh it is. For the window and the shell alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.base import clock
from app.base.dates import WEEKDAYS
from app.base.words import N_, counted, tr
from app.involvement import rhythm
from app.today import fresh as standings
from app.today.fresh import Freshness, Told
from app.today.groups import GroupRow
from app.today.queue import CAME_BACK, CLOSING, LATE, PROMISED, UNHAPPY, WAITS, Queue, Thing

_DAY_SECONDS, _WEEK_DAYS = 86_400, 7


class Shown(NamedTuple):
    """How times are written where it is shown: how long ago, and when, both from Unix seconds; and foreign words."""

    age: Callable[[int, int], str]
    when: Callable[[int, int], str]
    words: Callable[[str], str]


_GIFTS = {"to_thank": N_("To thank"), "to_ship": N_("To ship"), "address": N_("Needs an address")}


def why(thing: Thing, now: int, shown: Shown) -> str:
    """Why a thing is in the queue, in a few words: "3 days late", "Hildur answered", "Waits 2 h"."""
    if thing.reason == LATE:
        return late(int(thing.detail or 0))
    if thing.reason == PROMISED:
        return tr("Promised by today")
    if thing.reason == CAME_BACK:
        return tr("{name} answered").format(name=shown.words(thing.detail)) if thing.detail else tr("Answered")
    if thing.reason == CLOSING:
        return tr("Closes {when}").format(when=shown.when(thing.due, now))
    if thing.reason in (UNHAPPY, WAITS):
        sentence = tr("Unhappy, waits {age}") if thing.reason == UNHAPPY else tr("Waits {age}")
        return sentence.format(age=shown.age(thing.since, now))
    return tr(_GIFTS.get(thing.detail, N_("Gift")))


def late(days: int) -> str:
    """By how many working days a promise is late; on the free days after its day it is just late."""
    return counted(days, "{count} working day late", "{count} working days late") if days else tr("Late")


def note(row: GroupRow, now: int, shown: Shown) -> str:
    """What is said below a group's row."""
    who, age = shown.words(row.who), shown.age(row.at, now)
    if row.note == "late":
        return tr("{name} · {when}").format(name=who, when=late(row.number))
    if row.note == "work_ends":
        return _ending(row.number, who)
    if row.note == "quiet":
        return silence(row.number, row.at, now)
    if row.note in ("second", "back", "due"):
        return _return_or_due(row, age)
    if row.note in _DAYS:
        return _day_ahead(row)
    sentences = {
        "today": tr("{name} · today"),
        "undated": tr("{name} · no date"),
        "waits": tr("Waits {age}"),
        "tell": tr("{teammate} answered. Tell {name}"),
        "answered": tr("{teammate} answered"),
        "make_good": tr("{name} · solved {age} ago: a gift?"),
        "reminded": tr("Remind {teammate}"),
        "passed_on": tr("Pass it on to {teammate}"),
        "member_told": tr("Tell {name} that you're still on it"),
        "to_thank": tr("{name} · to thank"),
        "to_ship": tr("{name} · to ship"),
        "address": tr("{name} · needs an address"),
        "closes": tr("Closes {when}"),
        "first": tr("First message {age} ago"),
        "heats": tr("{name} and {other}, {age} ago"),
        "meet": tr("And {other}: both said yes, introduce them"),
        "ask": tr("And {other}: not asked yet"),
        "await": tr("And {other}: no answer for {age}"),
        "outcome": tr("And {other}: what came of it?"),
        "due_never": tr("Not written to yet"),
        "draft": tr("Draft, {age} ago"),
        "told": tr("{name} · {other} has changed since"),
        "news": tr("{name} · waits for the news"),
        "look": tr("Does it still hold? {other} knows") if row.more else tr("Does it still hold?"),
        "work_answered": tr("{name} has written: may you use it?"),
    }
    when = shown.when(row.at, now) if row.note == "closes" else ""
    more = shown.words(row.more)
    return sentences[row.note].format(name=who, age=age, when=when, teammate=more, other=more)


def _ending(days: int, who: str) -> str:
    """In how many days somebody's permission ends; its last day still counts."""
    if not days:
        return tr("{name} · permission ends today").format(name=who)
    return counted(
        days, "{name} · permission ends in {count} day", "{name} · permission ends in {count} days", name=who
    )


def _return_or_due(row: GroupRow, age: str) -> str:
    if row.note == "second":
        return tr("Second visit {age} ago").format(age=age)
    if row.note == "due":
        return tr("Last contact {age} ago; {rhythm}").format(age=age, rhythm=rhythm.phrase(row.number))
    return counted(row.number, "Back after {count} week", "Back after {count} weeks")


_DAYS = {
    "birthday": (N_("Birthday today"), N_("Birthday tomorrow"), N_("Birthday on {weekday}")),
    "name_day": (N_("Name day today"), N_("Name day tomorrow"), N_("Name day on {weekday}")),
}
"""What is said of a member's day: today, tomorrow, and later in the week."""


def _day_ahead(row: GroupRow) -> str:
    sentence = _DAYS[row.note][min(row.number, 2)]
    return tr(sentence).format(weekday=tr(WEEKDAYS[clock.local(row.at).weekday()]))


def silence(every_days: int, last_at: int, now: int) -> str:
    """How often somebody used to write, and for how long they are silent: "Wrote weekly, silent 6 weeks"."""
    weeks = max(1, (now - last_at) // (_WEEK_DAYS * _DAY_SECONDS))
    if every_days <= 1:
        return counted(weeks, "Wrote daily, silent {count} week", "Wrote daily, silent {count} weeks")
    if every_days == _WEEK_DAYS:
        return counted(weeks, "Wrote weekly, silent {count} week", "Wrote weekly, silent {count} weeks")
    return counted(
        weeks, "Wrote every {days} days, silent {count} week", "Wrote every {days} days, silent {count} weeks",
        days=every_days,
    )  # fmt: skip


def fits(made: Queue, now: int, shown: Shown) -> str:
    """How much fits: "9 of 31 fit, 22 wait, the oldest promise is 18 h old"."""
    if not made.total:
        return ""
    values = {"fit": len(made.fits), "total": made.total, "waiting": made.waiting}
    if made.oldest is None:
        return tr("{fit} of {total} fit, {waiting} wait").format(**values)
    sentence = tr("{fit} of {total} fit, {waiting} wait, the oldest promise is {age} old")
    return sentence.format(**values, age=shown.age(made.oldest, now))


_TROUBLES = {
    standings.ENDED: N_("{account} not since {when}: {reason}"),
    standings.FAILING: N_("{account} not since {when}: {reason}"),
    standings.BEHIND: N_("{account} not since {when}."),
    standings.PAUSED: N_("{account} not since {when}: you paused it."),
}
_NEVER = {
    standings.ENDED: N_("{account} never yet: {reason}"),
    standings.FAILING: N_("{account} never yet: {reason}"),
    standings.PAUSED: N_("{account} never yet: you paused it."),
}
_LOGIN_ENDED = N_("its login ended.")


def freshness(told: Freshness, now: int, shown: Shown) -> list[str]:
    """How fresh it is, as whole sentences: when it was read, each account with trouble, and what may be missing."""
    lines = []
    if told.read_at is not None:
        lines.append(tr("Read {age} ago.").format(age=shown.age(told.read_at, now)))
    lines += [trouble(one, now, shown) for one in told.troubles]
    if told.troubles:
        lines.append(tr("Some conversations may be missing."))
    return lines


def trouble(one: Told, now: int, shown: Shown) -> str:
    """The sentence about an account that is not read, or not as it should be."""
    reason = shown.words(one.why) if one.why else tr(_LOGIN_ENDED)
    name = shown.words(one.name)
    if one.at is None:
        return tr(_NEVER.get(one.standing, N_("{account} never yet."))).format(account=name, reason=reason)
    return tr(_TROUBLES[one.standing]).format(account=name, when=shown.when(one.at, now), reason=reason)


def by_hand(told: Freshness, now: int, shown: Shown) -> str:
    """Of which accounts only that is here which is added by hand, or which e-mails tell; "" if there is none."""
    if not told.by_hand:
        return ""
    places = [
        tr("{account} {age} ago").format(account=shown.words(one.name), age=shown.age(one.at, now))
        if one.at is not None
        else tr("{account} never").format(account=shown.words(one.name))
        for one in told.by_hand
    ]
    return tr("Last message added by hand: {places}.").format(places=", ".join(places))
