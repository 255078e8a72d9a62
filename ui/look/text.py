"""Text for the screen: direction, eliding, isolation, initials, avatar colours, and times in words.

Messages and names may be in any script, whatever the window's language. Each gets its own base direction from its first
strong character (Unicode UAX #9, rule P2), and is elided at its logical end.
"""

from __future__ import annotations

import re
import zlib
from datetime import date, datetime
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale, QRect, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter

from app.base.text import is_rtl as is_rtl  # noqa: PLC0414  asked for here, beside the rest of the screen's text
from app.base.words import form
from app.base.words import tr as tr  # noqa: PLC0414  the screen asks for it here, beside the rest of its text
from ui.look.mirror import upright

_MAX_NAME_CHARS = 60
"""At most so many characters of a name are shown in a sentence."""
_FSI, _PDI = "\u2068", "\u2069"
_RLI = "\u2067"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400  # seconds
_WEEK_DAYS = 7
_MAX_INITIALS_CHARS = 200  # initials are looked for in so many characters
_MAX_CACHED_FITS = 2_000
_MAX_LINE_CHARS = 2_000  # no screen shows more in a line, and each measurement reads all of it
_fit_cache: dict[tuple[str, str, int], tuple[str, int]] = {}
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_LINE = int(Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextForceLeftToRight)
"""A line has its own base direction (`_fitted`), not the window's, which would put an ellipsis at its beginning."""


def direction(text: str) -> Qt.LayoutDirection:
    """The base direction of this text."""
    return Qt.LayoutDirection.RightToLeft if is_rtl(text) else Qt.LayoutDirection.LeftToRight


def isolate(text: str) -> str:
    """Isolate the text (U+2068 ... U+2069), so that a handle or amount does not reorder the text around it."""
    return f"{_FSI}{text}{_PDI}" if text else ""


def sentence(text: str) -> str:
    """Prefix a line with the window's direction mark, so that it does not depend on what the line begins with."""
    return f"\u200f{text}" if QLocale().textDirection() == Qt.LayoutDirection.RightToLeft else f"\u200e{text}"


def plain(text: str) -> str:
    """Text on one line, without bidirectional controls, which the writer may have left open."""
    return _CONTROLS.sub("", " ".join(text.split()))


def embed(text: str, most: int = 0) -> str:
    """Text from outside for use in our sentence: on one line, isolated, cut to `most` characters if given."""
    return isolate(short(plain(text), most) if most else plain(text))


def name(text: str) -> str:
    """A name from outside for use in our sentence: like `embed`, cut if it is very long."""
    return embed(text, _MAX_NAME_CHARS)


def tooltip(text: str) -> str:
    """Text from outside for a tooltip, with `<` replaced, which Qt would take for markup."""
    return embed(text).replace("<", "\u2039")


def short(text: str, most: int = _MAX_NAME_CHARS) -> str:
    """Cut a text to at most so many characters, with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"


def breakable(text: str, most: int = 36) -> str:
    """Insert break opportunities (U+200B) into words longer than `most` characters, as some addresses are."""
    long = (word for word in text.split(" ") if len(word) > most)
    for word in dict.fromkeys(long):
        parts = "\u200b".join(word[place : place + most // 2] for place in range(0, len(word), most // 2))
        text = text.replace(word, parts)
    return text


def elide(text: str, metrics: QFontMetrics | QFontMetricsF, width: float) -> str:
    """Elide a text at its logical end to fit in `width` pixels.

    Takes either kind of metrics; `QFontMetricsF` returns fractions.
    """
    cut = len(text) > _MAX_LINE_CHARS
    text = text[:_MAX_LINE_CHARS]
    whole = metrics.horizontalAdvance(text)
    if whole <= max(width, 0) and not cut:  # a collapsed widget's width may be negative
        return text
    ellipsis = "\u2026"
    low, high = 0, len(text)
    # Starting the search where letters of equal width would end halves the measurements.
    middle = int(len(text) * width / whole) if whole else high
    step = 3
    while low < high:
        middle = min(high, max(low + 1, middle))
        if metrics.horizontalAdvance(text[:middle].rstrip() + ellipsis) <= width:
            low, middle = middle, middle + step
        else:
            high, middle = middle - 1, middle - step
        step *= 2
        if step > high - low:
            middle = (low + high + 1) // 2
    return text[:low].rstrip() + ellipsis


def draw(painter: QPainter, rect: QRect, text: str, *, right: bool = False, centre: bool = False) -> int:
    """Draw one line in the painter's font and pen, elided to `rect`; return the width used in pixels.

    It is aligned to the left (or right, or centre) whatever its direction, so that columns stay straight; in a painter
    that is turned over (`ui.look.mirror`) it stands at the other side.
    """
    elided, wide = _fitted(text, painter, rect.width())
    with upright(painter, rect) as turned:
        flags = _ALIGN_RIGHT if right != turned else _ALIGN_LEFT
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter if centre else flags) | _LINE, elided)
    return wide


def _fitted(text: str, painter: QPainter, width: int) -> tuple[str, int]:
    """Return (elided text, its width in pixels); cached, since measuring is half the cost of drawing."""
    text = text[: _MAX_LINE_CHARS + 1]
    key = (text, painter.font().key(), width)
    fitted = _fit_cache.get(key)
    if fitted is None:
        metrics = painter.fontMetrics()
        elided = elide(text, metrics, width)
        if is_rtl(text):
            elided = f"{_RLI}{elided}{_PDI}"
        if len(_fit_cache) >= _MAX_CACHED_FITS:
            _fit_cache.clear()
        fitted = _fit_cache[key] = (elided, metrics.horizontalAdvance(elided))
    return fitted


@lru_cache(maxsize=1_000)
def initials(name: str) -> str:
    """One or two capitals for an avatar: of the first and last word, or the first two letters of a single word."""
    parts = [
        bare
        for part in name[:_MAX_INITIALS_CHARS].replace("-", " ").split()
        if (bare := "".join(c for c in part if c.isalnum()))
    ]
    if not parts:
        return "?"
    letters = parts[0][:2] if len(parts) == 1 else parts[0][0] + parts[-1][0]
    return letters.upper()[:2]


def avatar_colour(key: str | int, colours: int = 6) -> int:
    """The index of a member's avatar colour, 0 to `colours` - 1: a hash of `key`, the same on every machine."""
    return zlib.crc32(str(key).encode()) % colours


def counted(many: int, singular: str, plural: str, **values: object) -> str:
    """The singular or plural sentence with with the number as `{count}`: `counted(2, "{count} file", "{count} files")`.

    `values` fill the named placeholders.
    """
    return form(many, singular, plural).format(count=number(many), **values)


def age(at: int, now: int) -> str:
    """How long ago, as shown in lists: "now", "48 m", "3 h", "Yesterday", "Fri", "12 Nov", "12 Nov 2024".

    Both are Unix UTC seconds; a time after `now` counts as now, since clocks may jump.
    """
    past = max(0, now - at)
    then, today = datetime.fromtimestamp(at).date(), datetime.fromtimestamp(now).date()  # noqa: DTZ006  local days
    if past < _MINUTE:
        return tr("now")
    if past < _HOUR:
        return tr("{minutes} m").format(minutes=past // _MINUTE)
    if then == today or past < 6 * _HOUR:
        return tr("{hours} h").format(hours=past // _HOUR)
    return day(then, today)


def waits(at: int, now: int) -> str:
    """A waiting time in whole units: "48 m", "3 h", "2 d"."""
    past = max(0, now - at)
    if past < _HOUR:
        return tr("{minutes} m").format(minutes=max(1, past // _MINUTE))
    if past < _DAY:
        return tr("{hours} h").format(hours=past // _HOUR)
    return tr("{days} d").format(days=past // _DAY)


def spoken_age(at: int, now: int) -> str:
    """A waiting time for screen readers: "48 minutes", "3 hours", "2 days"."""
    past = max(0, now - at)
    if past < _HOUR:
        minutes = max(1, past // _MINUTE)
        return counted(minutes, "{count} minute", "{count} minutes")
    hours, days = past // _HOUR, past // _DAY
    return counted(days, "{count} day", "{count} days") if days else counted(hours, "{count} hour", "{count} hours")


def day(then: date, today: date) -> str:
    """A date as "Today", "Yesterday", "Fri" within the past week, else day and month, and the year if it is another."""
    apart = (today - then).days
    if apart == 0:
        return tr("Today")
    if apart == 1:
        return tr("Yesterday")
    locale, qdate = QLocale(), QDate(then.year, then.month, then.day)
    if 0 < apart < _WEEK_DAYS:
        return locale.toString(qdate, "ddd")
    month_first = not locale.dateFormat(QLocale.FormatType.ShortFormat).lstrip("'").startswith("d")
    pattern = "MMM d" if month_first and locale.language() != QLocale.Language.C else "d MMM"
    if then.year != today.year:
        pattern = f"yyyy {pattern}" if pattern == "MMM d" else f"{pattern} yyyy"
    return locale.toString(qdate, pattern)


def iso_day(written: str) -> str:
    """A stored local date (YYYY-MM-DD) as `day` formats it, but "tomorrow" or "Fri" within the coming week."""
    then, today = date.fromisoformat(written), date.today()  # noqa: DTZ011  the person's own day
    ahead = (then - today).days
    if ahead == 1:
        return tr("tomorrow")
    if 1 < ahead < _WEEK_DAYS:
        return QLocale().toString(QDate(then.year, then.month, then.day), "ddd")
    return tr("today") if ahead == 0 else day(then, today)


def clock(at: int) -> str:
    """The local time of day as `21:40`."""
    moment = datetime.fromtimestamp(at)  # noqa: DTZ006  shown in the laptop's own zone
    return moment.strftime("%H:%M")


def ahead(at: int, now: int) -> str:
    """A future time: "17:00" today, "tomorrow 09:00", "Mon 09:00" within the week, else "29 Nov 09:00"."""
    then, today = datetime.fromtimestamp(at).date(), datetime.fromtimestamp(now).date()  # noqa: DTZ006  local days
    apart = (then - today).days
    if apart <= 0:
        return clock(at)
    if apart == 1:
        return tr("tomorrow {time}").format(time=clock(at))
    locale, qdate = QLocale(), QDate(then.year, then.month, then.day)
    return f"{locale.toString(qdate, 'ddd') if apart < _WEEK_DAYS else day(then, today)} {clock(at)}"


def day_and_time(at: int, now: int) -> str:
    """A future time beside a name such as "Tomorrow": "17:00" today, else its weekday and time, "Wed 09:00"."""
    then, today = datetime.fromtimestamp(at).date(), datetime.fromtimestamp(now).date()  # noqa: DTZ006  local days
    if then == today:
        return clock(at)
    return f"{QLocale().toString(QDate(then.year, then.month, then.day), 'ddd')} {clock(at)}"


def stamp(at: int, now: int) -> str:
    """The day and time of a message: "3 h ago" today, else "Thu 21:40", "12 Nov 09:15"."""
    then, today = datetime.fromtimestamp(at).date(), datetime.fromtimestamp(now).date()  # noqa: DTZ006  local days
    if then == today:
        short = age(at, now)
        return short if short == tr("now") else tr("{age} ago").format(age=short)
    return f"{day(then, today)} {clock(at)}"


def number(value: int) -> str:
    """A whole number with the locale's grouping: `1,284`."""
    return QLocale().toString(value) if QLocale().language() != QLocale.Language.C else f"{value:,}"
