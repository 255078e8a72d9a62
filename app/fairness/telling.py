"""Shares of gifts, and what came of them, in words; for every face alike."""

from __future__ import annotations

from app.base import clock
from app.base.words import counted, tr
from app.fairness.effect import DAYS, LEAST, Effect, Side
from app.fairness.shares import Share


def share(one: Share, name: str) -> str:
    """A group's share with its numbers, as a screen reader says it."""
    words = tr("{name}: {gifts} of {all_gifts} gifts, {active} of {all_active} active members").format(
        name=name, gifts=one.gifts, all_gifts=one.all_gifts, active=one.active, all_active=one.all_active
    )
    return tr("{words}; far below their share").format(words=words) if one.far_below else words


def period(found: Effect) -> str:
    """From which day to which the gifts were given, whose effect is told."""
    return tr("Gifts from {begin} to {end}").format(
        begin=clock.local(found.begin).date(), end=clock.local(found.end - 1).date()
    )


def verdict(found: Effect) -> list[str]:
    """What came of the gifts: the numbers of both sides, or that they are too few to say."""
    if not found.says:
        return [
            tr("Too few to say: {given} with a gift and {similar} similar without; {least} of each are needed.").format(
                given=found.given.members, similar=found.similar.members, least=LEAST
            )
        ]
    given = counted(
        found.given.members,
        "{count} member with a gift: {before} messages in the {days} days before, {after} after ({change}).",
        "{count} members with a gift: {before} messages in the {days} days before, {after} after ({change}).",
        **_numbers(found.given),
    )
    similar = counted(
        found.similar.members,
        "{count} similar member without: {before} before, {after} after ({change}).",
        "{count} similar members without: {before} before, {after} after ({change}).",
        **_numbers(found.similar),
    )
    return [given, similar, tr("These are medians. They don't say that the gift was the reason.")]


def _numbers(side: Side) -> dict[str, object]:
    return {
        "before": number(side.before), "after": number(side.after), "change": signed(side.change), "days": DAYS,
    }  # fmt: skip


def number(value: float) -> str:
    """A median: whole, or with its half."""
    return f"{value:g}"


def signed(value: float) -> str:
    """A difference with its sign; 0 without."""
    return f"{value:+g}".replace("-", "−") if value else "0"
