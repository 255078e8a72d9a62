"""The register of our logins, looked at: what of it ends soon, and what nobody has noted yet. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.accounts.desk import Account, Register

SOON = 30
"""Days before an end from which on it is warned of."""


def days_left(register: Register, today: date) -> int | None:
    """Days until what is noted ends, negative after it; None where no end is noted."""
    return (date.fromisoformat(register.ends_on) - today).days if register.ends_on else None


def ends_soon(register: Register, today: date) -> bool:
    """Whether it ends within SOON days, or has ended."""
    left = days_left(register, today)
    return left is not None and left <= SOON


def is_empty(register: Register) -> bool:
    """Whether nothing has been noted yet."""
    return not any((register.owner, register.others, register.recovery, register.ends_on, register.ends_what))


def units_today(cursor: Mapping[str, str], now: datetime) -> int | None:
    """Units that reading and answering have cost today, of channels that count them; None for the others.

    `units_day` is a date where the day of the channel begins in California, as YouTube's does; `now` is aware.
    """
    units = cursor.get("units", "")
    if not units.isdecimal():
        return None
    return int(units) if cursor.get("units_day") == now.astimezone(_california()).date().isoformat() else 0


def _california() -> tzinfo:
    try:
        return ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:  # a system without a table of zones: its winter's time
        return timezone(timedelta(hours=-8))


def attention(account: Account, today: date) -> bool:
    """Whether a login wants the person: its password, or a look at what ends."""
    return account.state == "needs_login" or ((account.live or account.assisted) and ends_soon(account.register, today))
