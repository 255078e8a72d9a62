"""A gift's stage, age and next step as texts and icons."""

from __future__ import annotations

from app.base import clock
from app.deserving import PASS_DAYS
from app.gifts import OVER, Gift, awaits, has_address, is_answered, lacks_address, next_state, overdue, to_thank
from ui.look import text
from ui.look.text import tr
from ui.shared.gift_state import ICONS, title

_DAY_SECONDS = 86_400


def stage(gift: Gift, now: int) -> tuple[str, str, str]:
    """Return the stage's (icon, words, colour token); a shipped gift that has probably arrived is "To thank"."""
    if to_thank(gift, now):
        return ICONS[gift.state], tr("To thank"), "delight"
    return ICONS[gift.state], title(gift.state), "ok" if gift.state in ("thanked", "story") else "text2"


def age(gift: Gift, now: int) -> tuple[str, bool]:
    """Return (time in its stage, whether that is overdue); for a gift that is over the date."""
    if gift.state in OVER:
        return text.day(clock.local(gift.state_at).date(), clock.local(now).date()), False
    days = max(0, now - gift.state_at) // _DAY_SECONDS
    return tr("{days} d").format(days=days) if days else tr("today"), overdue(gift, now)


def lacks(gift: Gift, now: int, *, handed: bool = False) -> str:
    """What the gift needs next; once its address was erased, on which day, and whether files `handed` out have it."""
    if gift.address_erased_at is None:
        return _lacks(gift, now)
    day = text.day(clock.local(gift.address_erased_at).date(), clock.local(now).date())
    erased = tr("Address erased: {day}.").format(day=day)
    kept = tr("It's still in files you handed out.") if handed else ""
    return " ".join(filter(None, [_lacks(gift, now), erased, kept]))


def _lacks_address(gift: Gift) -> str:
    if is_answered(gift):
        return tr("They've written since you asked. See whether the address is there.")
    return tr("Address requested; there's no answer yet.") if gift.state == "asked" else tr("No address yet.")


def _lacks(gift: Gift, now: int) -> str:
    if lacks_address(gift):
        return _lacks_address(gift)
    if to_thank(gift, now):
        arrived = gift.state == "arrived"
        return tr("Arrived. Ask how they liked it.") if arrived else tr("Probably arrived. Ask how they liked it.")
    if gift.state == "shipped":
        sent = " ".join(part for part in (gift.carrier, gift.tracking) if part)
        if (
            not has_address(gift) and gift.address_erased_at is None
        ):  # handed over in person, or nobody entered where it went
            return tr("Given on {day}. {note}").format(day=gift.shipped_on, note=sent).strip()
        return tr("On its way since {day}. {note}").format(day=gift.shipped_on, note=sent).strip()
    return {
        "idea": tr("Still an idea; not counted in the budget."),
        "approved": tr("Approved; the money is set aside."),
        "address_in": tr("The address has come."),
        "to_ship": tr("Ready to ship to {place}.").format(
            place=", ".join(part for part in (gift.city, gift.country) if part)
        ),
    }.get(gift.state, gift.why)


def step(gift: Gift, now: int) -> str:
    """The title of the button to the next stage by `now` (Unix seconds); "" after the last."""
    if awaits(gift) == "ask":  # which has a button of its own
        return ""
    if awaits(gift) == "address":
        return tr("Enter the address")
    following = next_state(gift, now)
    return tr("Move to “{stage}”").format(stage=title(following)) if following else ""


def moved(gift: Gift, state: str) -> str:
    """The toast for a gift that was moved to a stage."""
    return tr("{item} for {name}: now “{stage}”.").format(
        item=text.plain(gift.item), name=text.plain(gift.member), stage=title(state)
    )


def spoken(gift: Gift, now: int, cost: str) -> str:
    """The row as a sentence for a screen reader."""
    waits = text.spoken_age(gift.state_at, now)
    return ", ".join((gift.member, gift.item, gift.why, stage(gift, now)[1], tr("for {age}").format(age=waits), cost))


def put_off(name: str) -> str:
    """The toast after somebody was put off."""
    return text.counted(
        PASS_DAYS, "{name}: not proposed for {count} day.", "{name}: not proposed for {count} days.",
        name=text.name(name),
    )  # fmt: skip
