"""The line that parts the letters of an mbox: `From anna@example.org Sat Mar  2 11:22:33 2024`. Pure.

Its form, as mutt, Dovecot and Python read it: a sender, then a date as asctime writes it (weekday, month, day, time,
year), maybe with a zone before or after the year, and nothing more. Qmail and UUCP wrote nothing else (RFC 4155,
qmail's mbox(5)). Programs that are known to write something else:

- Thunderbird: `From - ` and the date, and in newer versions nothing at all behind `From `
- Google's Takeout: `From 1792387@xxx Sat Mar 02 11:22:33 +0000 2024`
- Mailman's archives: `From anna at example.org  Sat Mar  2 11:22:33 2024`
- several converters: an address, and the date as in the header `Date`

`From Monday Nov 2 9:15:00 2026 on` is what somebody wrote: no line of a program goes on behind its date.
"""

from __future__ import annotations

import re

_MAX_CHARS = 400
"""No such line is longer: an address has at most 254 characters."""
_BARE = re.compile(rb"From[ \t]+(?:-[ \t]*)?\r?\n?")
_ZONE = rb"(?:[ \t]+(?:[+-]\d{4}|[A-Z][A-Z0-9]{0,9}))"
_ASCTIME = re.compile(
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t]+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ \t]+\d{1,2}[ \t]+"
    rb"\d{1,2}:\d\d(?::\d\d)?" + _ZONE + rb"?[ \t]+(?:19|20)\d\d" + _ZONE + rb"?(?:[ \t]+remote from [^\s]{1,200})?$"
)
_DAY = re.compile(rb"[ \t](?=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ \t])")
_ADDRESSED = re.compile(rb'(?:<?[^\s@"<>]+@[^\s@<>]*>?|"[^"]*"@[^\s@]*|-)[ \t]+')
_TIME, _YEAR = re.compile(rb"(?<!\d)\d{1,2}:\d\d"), re.compile(rb"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST = re.compile(rb"(?:\d|[ \t][A-Z]{1,5}|\([A-Z]{1,5}\))$")
_MONTH = re.compile(rb"[^\W\d_]{3}", re.ASCII)
_AT = re.compile(rb"[^ \t]+ at [^ \t]+")


def is_bare(line: bytes) -> bool:
    """Whether it is Thunderbird's line without a date; what follows must show that a letter begins."""
    return _BARE.fullmatch(line) is not None


def is_dated(line: bytes) -> bool:
    """Whether a line that begins with `From ` has a sender and a date behind it, and nothing else."""
    rest = line[5 : _MAX_CHARS + 1].strip()
    if len(line) > _MAX_CHARS or not rest:
        return False
    addressed = _ADDRESSED.match(rest)
    if addressed and _is_any_date(rest[addressed.end() :]):
        return True
    day = _DAY.search(b" " + rest)
    while day is not None:
        sender, date = rest[: max(day.start() - 1, 0)].strip(), rest[day.start() :].strip()
        if _ASCTIME.match(date) and _is_sender(sender):
            return True
        day = _DAY.search(b" " + rest, day.end())
    return False


def _is_sender(text: bytes) -> bool:
    """Whether it is one word (an address, `MAILER-DAEMON`, `-`), nothing, or an address as Mailman hides it."""
    return len(text.split()) <= 1 or _AT.fullmatch(text) is not None or _ADDRESSED.fullmatch(text + b" ") is not None


def _is_any_date(text: bytes) -> bool:
    """Whether, behind an address, it is a date in whatever order and language, with time and year, and ends there."""
    date = text.strip()
    return bool(_TIME.search(date) and _YEAR.search(date) and _LAST.search(date)) and (
        _MONTH.search(date) is not None or date[:4].isdigit()
    )
