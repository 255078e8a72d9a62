"""A gift's stage and age in words and signs."""

from __future__ import annotations

from app.base import clock
from app.gifts import Gift, lacks_address, next_state, overdue, to_thank
from ui.look import text
from ui.look.text import tr
from ui.shared.gift_state import ICONS, title

_DAY = 86_400


def stage(gift: Gift, now: int) -> tuple[str, str, str]:
    """The stage's icon, words and colour token; a shipped gift that is likely there is to be thanked."""
    if to_thank(gift, now):
        return ICONS["shipped"], tr("To thank"), "delight"
    return ICONS[gift.state], title(gift.state), "ok" if gift.state == "thanked" else "text2"


def age(gift: Gift, now: int) -> tuple[str, bool]:
    """How long it has stood in its stage, and whether that is too long; the day itself for a thanked one."""
    if gift.state == "thanked":
        return text.day(clock.local(gift.state_at).date(), clock.local(now).date()), False
    days = max(0, now - gift.state_at) // _DAY
    return tr("{days} d").format(days=days) if days else tr("today"), overdue(gift, now)


def lacks(gift: Gift, now: int) -> str:
    """What the gift wants next, in a sentence."""
    if lacks_address(gift):
        return tr("No address yet.")
    if to_thank(gift, now):
        return tr("Probably arrived. Ask how they liked it.")
    if gift.state == "shipped":
        sent = " ".join(part for part in (gift.carrier, gift.tracking) if part)
        return tr("On its way since {day}. {note}").format(day=gift.shipped_on, note=sent).strip()
    return {
        "idea": tr("Still an idea; not counted in the budget."),
        "approved": tr("Approved; the money is set aside."),
        "to_ship": tr("Ready to ship to {place}.").format(
            place=", ".join(part for part in (gift.city, gift.country) if part)
        ),
    }.get(gift.state, gift.why)


def step(gift: Gift) -> str:
    """The button that takes it to its next stage; "" after the last."""
    following = next_state(gift.state)
    return tr("Move to “{stage}”").format(stage=title(following)) if following else ""


def spoken(gift: Gift, now: int, cost: str) -> str:
    """The row as a sentence for a screen reader."""
    waits = text.spoken_age(gift.state_at, now)
    return ", ".join((gift.member, gift.item, gift.why, stage(gift, now)[1], tr("for {age}").format(age=waits), cost))
