"""The demo's times are told from the moment it is opened, so that it always looks like today."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from app.base import clock
from app.base.errors import BugError

_AGO = re.compile(r"([+-])(\d+)([mhd])(?: (\d\d):(\d\d))?")


def moment(text: str, now: datetime) -> int:
    """Unix seconds of "-3h", "-48m", "-12d" or "-12d 14:05" (local time of day), seen from the aware local `now`.

    A day that would lie in the future of `now` because of its hour is an hour ago instead.
    """
    parts = _AGO.fullmatch(text)
    if parts is None:
        msg = f"not a demo time: {text!r}"
        raise BugError(msg)
    count = int(parts[2]) * (1 if parts[1] == "+" else -1)
    if parts[3] != "d":
        unit = timedelta(minutes=1) if parts[3] == "m" else timedelta(hours=1)
        return int((now + count * unit).timestamp())
    day = datetime.combine(now.date() + timedelta(days=count), now.time())
    if parts[4]:
        day = day.replace(hour=int(parts[4]), minute=int(parts[5]), second=0, microsecond=0)
    at = int(day.astimezone().timestamp())
    return min(at, int(now.timestamp()) - 3600) if count <= 0 else at


def day(text: str, now: datetime) -> str:
    """The local date of a "+2d" or "-3d", as YYYY-MM-DD."""
    parts = _AGO.fullmatch(text)
    if parts is None or parts[3] != "d":
        return clock.local(moment(text, now)).date().isoformat()
    return (now.date() + timedelta(days=int(parts[2]) * (1 if parts[1] == "+" else -1))).isoformat()
