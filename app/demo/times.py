"""Times in the demo's files, relative to the moment it is built, so that the demo always looks current."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from app.base import clock
from app.base.errors import BugError

_YESTERDAY, _NOON = -1, time(12)
_RELATIVE_TIME = re.compile(r"(?P<count>[+-]\d+)(?P<unit>[mhd])(?: (?P<hour>\d\d):(?P<minute>\d\d))?")


def moment(text: str, now: datetime) -> int:
    """Parse "-3h", "-48m", "-12d" or "-12d 14:05" (local time of day) to Unix seconds, relative to the aware `now`.

    A day longer ago than yesterday that names no time of day is meant at noon, so that as many days lie between two
    things whenever the demo is built. A past or present day whose time of day would be after `now` becomes an hour ago.
    Raises BugError.
    """
    parts = _RELATIVE_TIME.fullmatch(text)
    if parts is None:
        msg = f"not a demo time: {text!r}"
        raise BugError(msg)
    count, hour, minute = int(parts["count"]), parts["hour"], parts["minute"]
    if parts["unit"] != "d":
        unit = timedelta(minutes=1) if parts["unit"] == "m" else timedelta(hours=1)
        return int((now + count * unit).timestamp())
    day = datetime.combine(now.date() + timedelta(days=count), _NOON if count < _YESTERDAY else now.time())
    if hour:
        day = day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    at = clock.at_local(day)
    return min(at, int(now.timestamp()) - 3600) if count <= 0 else at


def day(text: str, now: datetime) -> str:
    """Return the local date of a demo time such as "+2d" or "-3d", as YYYY-MM-DD."""
    parts = _RELATIVE_TIME.fullmatch(text)
    if parts is None or parts["unit"] != "d":
        return clock.local(moment(text, now)).date().isoformat()
    return (now.date() + timedelta(days=int(parts["count"]))).isoformat()
