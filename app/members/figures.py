"""The line of figures: "3 years · 41 messages · helped 7 others · 1 mug (2025) · 1 open promise · last 12 days ago"."""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.base.words import counted, tr
from app.store.sqlite import Connection, scalar

_DAY_SECONDS, _MONTH_DAYS, _YEAR_DAYS = 86_400, 30, 365
_GIVEN = (
    "SELECT item, qty, created_at FROM gift"
    " WHERE member_id = ? AND state IN ('shipped', 'arrived', 'thanked', 'story') ORDER BY id"
)


class Figures(NamedTuple):
    """What the line says. `first_at` and `last_at` are their first and last message (Unix seconds), None without one.

    `messages` counts theirs, `helped` the members whom they helped, `promises` those that are open. `gifts` are those
    that were sent: item, how many, and the year in which it was noted.
    """

    first_at: int | None = None
    messages: int = 0
    helped: int = 0
    gifts: tuple[tuple[str, int, int], ...] = ()
    promises: int = 0
    last_at: int | None = None


def figures(conn: Connection, member_id: int, messages: int) -> Figures:
    """The figures of a member who has written so many messages; all nought for somebody who has never written."""
    helped = scalar(
        conn,
        "SELECT count(DISTINCT o.member_id) FROM identity i JOIN help h ON h.identity_id = i.id"
        " JOIN identity o ON o.id = h.helped_identity_id WHERE i.member_id = ? AND o.member_id <> i.member_id",
        (member_id,),
    )
    promises = scalar(
        conn,
        "SELECT count(*) FROM promise WHERE member_id = ? AND kept_at IS NULL AND dropped_why = ''",
        (member_id,),
    )
    gifts = tuple((item, qty, clock.local(at).year) for item, qty, at in conn.execute(_GIVEN, (member_id,)))
    row = conn.execute("SELECT first_at, last_at FROM member WHERE id = ?", (member_id,)).fetchone()
    first, last = (None, None) if row is None else (row["first_at"], row["last_at"])
    return Figures(first, messages, int(helped), gifts, int(promises), last)


def line(told: Figures, now: int) -> str:
    """The figures in one line; what is nought is left out. `now` in Unix seconds."""
    if told.first_at is None:
        parts = [tr("has not written yet")]
    else:
        known = _span(now - told.first_at)
        parts = [known, counted(told.messages, "{count} message", "{count} messages")]
    parts += [counted(told.helped, "helped {count} other", "helped {count} others")] if told.helped else []
    parts += [_gifts(told.gifts)] if told.gifts else []
    parts += [counted(told.promises, "{count} open promise", "{count} open promises")] if told.promises else []
    parts += [_last(max(0, now - told.last_at) // _DAY_SECONDS)] if told.last_at is not None else []
    return " · ".join(parts)


def _span(seconds: int) -> str:
    """How long somebody has been known, in years, else months, else days."""
    days = max(0, seconds) // _DAY_SECONDS
    years, months = days // _YEAR_DAYS, days // _MONTH_DAYS
    if years:
        return counted(years, "{count} yr", "{count} yrs")
    if months:
        return counted(months, "{count} month", "{count} months")
    return counted(days, "{count} day", "{count} days") if days else tr("new today")


def _gifts(given: tuple[tuple[str, int, int], ...]) -> str:
    """One kind of thing by its name, several as gifts, with the years."""
    first, last = min(year for _, _, year in given), max(year for _, _, year in given)
    years = str(first) if first == last else f"{first}–{last}"
    many = sum(qty for _, qty, _ in given)
    items = {item for item, _, _ in given}
    if len(items) == 1 and many == 1:
        return tr("1 {item} ({year})").format(item=next(iter(items)), year=years)
    return counted(many, "{count} gift ({year})", "{count} gifts ({year})", year=years)


def _last(days: int) -> str:
    if not days:
        return tr("last today")
    return counted(days, "last {count} day ago", "last {count} days ago")
