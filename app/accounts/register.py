"""Queries on the register of our logins: what ends soon, and what has not been recorded yet. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo

from app.accounts.account import Account, Register

SOON = 30
"""Days before an end date from which a warning is shown."""


def days_left(register: Register, today: date) -> int | None:
    """Days until the recorded end date, negative once it has passed; None if there is none."""
    return (date.fromisoformat(register.ends_on) - today).days if register.ends_on else None


def ends_soon(register: Register, today: date) -> bool:
    """Whether it ends within SOON days, or has ended."""
    left = days_left(register, today)
    return left is not None and left <= SOON


def is_empty(register: Register) -> bool:
    """Whether nothing has been recorded."""
    return not any((register.owner, register.others, register.recovery, register.ends_on, register.ends_what))


def units_today(cursor: Mapping[str, str], now: datetime) -> int | None:
    """API quota units used today; None on channels that do not count them.

    The day starts at midnight Pacific time, as YouTube's quota does; `now` is aware.
    """
    units = cursor.get("units", "")
    if not units.isdecimal():
        return None
    return int(units) if cursor.get("units_day") == now.astimezone(_california()).date().isoformat() else 0


def _california() -> tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415  0.8 MB, of which few accounts need any

    try:
        return ZoneInfo("America/Los_Angeles")
    except ZoneInfoNotFoundError:  # no time zone database on this system: use standard time
        return timezone(timedelta(hours=-8))


def attention(account: Account, today: date) -> bool:
    """Whether an account needs the person: for its login, or because something ends soon."""
    return account.state == "needs_login" or ((account.live or account.assisted) and ends_soon(account.register, today))
