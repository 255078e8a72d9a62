"""Text for the screen: its direction, eliding, isolation, initials, colours of avatars, and ages in words.

Messages and names are in any script, whatever the language of the window. Each gets its own base direction from its
first strong letter (Unicode UAX #9, rule P2), and is elided at its logical end.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QRect, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter

from app.base.words import form
from app.base.words import tr as tr  # noqa: PLC0414  the screen asks for it here, beside the rest of its text

if TYPE_CHECKING:
    from pathlib import Path

_NAME_LENGTH = 60
"""Letters of a name that stands in a sentence."""
_OPEN, _CLOSE = "\u2068", "\u2069"
_RTL_OPEN = "\u2067"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MINUTE, _HOUR, _DAY, _WEEK = 60, 3600, 86_400, 7
_LONGEST_NAME = 200  # letters in which initials are looked for
_FITS_KEPT = 2_000
_LONGEST_LINE = 2_000  # letters; no screen shows more on one line, and each look at a line measures all of it
_fits: dict[tuple[str, str, int], tuple[str, int]] = {}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def is_rtl(text: str) -> bool:
    """Whether the first strong letter runs right to left; False for a text without any."""
    if text.isascii():
        return False
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return False
        if kind in {"R", "AL"}:
            return True
    return False


def direction(text: str) -> Qt.LayoutDirection:
    """The base direction to lay this text out with."""
    return Qt.LayoutDirection.RightToLeft if is_rtl(text) else Qt.LayoutDirection.LeftToRight


def isolate(text: str) -> str:
    """The text between U+2068 and U+2069, so that a handle or an amount does not reorder what stands around it."""
    return f"{_OPEN}{text}{_CLOSE}" if text else ""


def sentence(text: str) -> str:
    """A line of our own words around foreign ones: it runs as the window's language does, whatever it begins with."""
    return f"\u200f{text}" if QLocale().textDirection() == Qt.LayoutDirection.RightToLeft else f"\u200e{text}"


def plain(text: str) -> str:
    """One line for a row or label: no line breaks, no bidirectional controls that the writer may have left open."""
    return _CONTROLS.sub("", " ".join(text.split()))


def embed(text: str, most: int = 0) -> str:
    """Words from outside for a sentence of ours: on one line, isolated, of at most `most` letters."""
    return isolate(short(plain(text), most) if most else plain(text))


def name(text: str) -> str:
    """A name from outside for a sentence of ours: as `embed`, and cut where it is very long."""
    return embed(text, _NAME_LENGTH)


def tooltip(text: str) -> str:
    """Words from outside as a tooltip: Qt would take a `<` for markup."""
    return embed(text).replace("<", "\u2039")


def short(text: str, most: int = _NAME_LENGTH) -> str:
    """At most so many letters of a name that stands in a sentence, then an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"


def breakable(text: str, most: int = 36) -> str:
    """The text with places to break its words at that are longer than `most` letters, as some addresses are."""
    long = (word for word in text.split(" ") if len(word) > most)
    for word in dict.fromkeys(long):
        parts = "\u200b".join(word[place : place + most // 2] for place in range(0, len(word), most // 2))
        text = text.replace(word, parts)
    return text


def elide(text: str, metrics: QFontMetrics | QFontMetricsF, width: float) -> str:
    """The text, or as much of its beginning as fits in `width` pixels and an ellipsis; in its own reading order.

    Metrics of either kind do: `QFontMetricsF` answers with fractions, and letters are counted in whole numbers.
    """
    cut = len(text) > _LONGEST_LINE
    text = text[:_LONGEST_LINE]
    whole = metrics.horizontalAdvance(text)
    if whole <= max(width, 0) and not cut:  # a place squeezed away has less than none
        return text
    ellipsis = "\u2026"
    low, high = 0, len(text)
    # The first look is where letters of one width would end: it halves the looks.
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
    """Draw one line in the painter's font and pen, elided to `rect`; the width used comes back.

    The line keeps to the rect's left edge (or right, or centre) whatever its direction, so columns stay straight.
    """
    shown, wide = _fitted(text, painter, rect.width())
    flags = _LEFT
    if right:
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    elif centre:
        flags = Qt.AlignmentFlag.AlignCenter
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
    return wide


def _fitted(text: str, painter: QPainter, width: int) -> tuple[str, int]:
    """The text as it is drawn into `width` pixels, and the pixels it takes; kept, for measuring is half of drawing."""
    text = text[: _LONGEST_LINE + 1]
    key = (text, painter.font().key(), width)
    found = _fits.get(key)
    if found is None:
        metrics = painter.fontMetrics()
        shown = elide(text, metrics, width)
        if is_rtl(text):
            shown = f"{_RTL_OPEN}{shown}{_CLOSE}"
        if len(_fits) >= _FITS_KEPT:
            _fits.clear()
        found = _fits[key] = (shown, metrics.horizontalAdvance(shown))
    return found


def initials(name: str) -> str:
    """One or two capitals for an avatar: of the first and the last word, or a lone word's first two letters."""
    parts = [
        bare
        for part in name[:_LONGEST_NAME].replace("-", " ").split()
        if (bare := "".join(c for c in part if c.isalnum()))
    ]
    if not parts:
        return "?"
    letters = parts[0][:2] if len(parts) == 1 else parts[0][0] + parts[-1][0]
    return letters.upper()[:2]


def avatar_colour(key: str | int, colours: int = 6) -> int:
    """Which of the avatar colours a member has, 0 to `colours` - 1: the same in every run and on every laptop."""
    return zlib.crc32(str(key).encode()) % colours


def counted(many: int, one: str, several: str, **values: object) -> str:
    """The sentence for one or several, with the number as `{count}`: `counted(2, "{count} file", "{count} files")`.

    `values` are what else is put in, by name.
    """
    return form(many, one, several).format(count=number(many), **values)


def age(at: int, now: int) -> str:
    """How long ago, as short as a list wants it: "now", "48 m", "3 h", "Yesterday", "Fri", "12 Nov", "12 Nov 2024".

    Both are Unix seconds; a time ahead of `now` counts as now, for clocks may jump.
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
    """The same for a waiting time, in whole units only: "48 m", "3 h", "2 d"."""
    past = max(0, now - at)
    if past < _HOUR:
        return tr("{minutes} m").format(minutes=max(1, past // _MINUTE))
    if past < _DAY:
        return tr("{hours} h").format(hours=past // _HOUR)
    return tr("{days} d").format(days=past // _DAY)


def spoken_age(at: int, now: int) -> str:
    """The waiting time for a screen reader: "48 minutes", "3 hours", "2 days"."""
    past = max(0, now - at)
    if past < _HOUR:
        minutes = max(1, past // _MINUTE)
        return counted(minutes, "{count} minute", "{count} minutes")
    hours, days = past // _HOUR, past // _DAY
    return counted(days, "{count} day", "{count} days") if days else counted(hours, "{count} hour", "{count} hours")


def day(then: date, today: date) -> str:
    """A day as people say it: "Today", "Yesterday", "Fri" within a week, else day and month, and year when another."""
    apart = (today - then).days
    if apart == 0:
        return tr("Today")
    if apart == 1:
        return tr("Yesterday")
    locale, shown = QLocale(), QDate(then.year, then.month, then.day)
    if 0 < apart < _WEEK:
        return locale.toString(shown, "ddd")
    month_first = not locale.dateFormat(QLocale.FormatType.ShortFormat).lstrip("'").startswith("d")
    pattern = "MMM d" if month_first and locale.language() != QLocale.Language.C else "d MMM"
    if then.year != today.year:
        pattern = f"yyyy {pattern}" if pattern == "MMM d" else f"{pattern} yyyy"
    return locale.toString(shown, pattern)


def iso_day(written: str) -> str:
    """A stored local date (YYYY-MM-DD) as `day` says it; a day to come within the week by its weekday."""
    then, today = date.fromisoformat(written), date.today()  # noqa: DTZ011  the person's own day
    ahead = (then - today).days
    if ahead == 1:
        return tr("tomorrow")
    if 1 < ahead < _WEEK:
        return QLocale().toString(QDate(then.year, then.month, then.day), "ddd")
    return tr("today") if ahead == 0 else day(then, today)


def clock(at: int) -> str:
    """The local time of day, `21:40`, as the locale writes it."""
    moment = datetime.fromtimestamp(at)  # noqa: DTZ006  shown in the laptop's own zone
    return moment.strftime("%H:%M")


def ahead(at: int, now: int) -> str:
    """A moment to come: "17:00" today, "tomorrow 09:00", "Mon 09:00" within the week, else "29 Nov 09:00"."""
    then, today = datetime.fromtimestamp(at).date(), datetime.fromtimestamp(now).date()  # noqa: DTZ006  local days
    apart = (then - today).days
    if apart <= 0:
        return clock(at)
    if apart == 1:
        return tr("tomorrow {time}").format(time=clock(at))
    locale, shown = QLocale(), QDate(then.year, then.month, then.day)
    return f"{locale.toString(shown, 'ddd') if apart < _WEEK else day(then, today)} {clock(at)}"


def stamp(at: int, now: int) -> str:
    """Day and time of a message: "3 h ago" today, else "Thu 21:40", "12 Nov 09:15"."""
    then, today = datetime.fromtimestamp(at).date(), datetime.fromtimestamp(now).date()  # noqa: DTZ006  local days
    if then == today:
        short = age(at, now)
        return short if short == tr("now") else tr("{age} ago").format(age=short)
    return f"{day(then, today)} {clock(at)}"


def number(value: int) -> str:
    """A whole number with the locale's grouping: `1,284`."""
    return QLocale().toString(value) if QLocale().language() != QLocale.Language.C else f"{value:,}"


def file_name(proposed: str) -> str:
    """A name from outside as one that may be proposed for a file: no folders, no invisible or forbidden characters."""
    kept = "".join(letter for letter in plain(proposed) if letter.isprintable() and letter not in '/\\:*?"<>|')
    return kept.strip(" .")[-120:] or "file"


def our_mistake(log: Path | None = None) -> str:
    """What is said of a failure that the person cannot mend; with the path of the `log` where it is known."""
    if log is None:
        return tr("Something went wrong in Rapport itself; the log has the details.")
    return tr("Something went wrong in Rapport itself; your file is safe. Details are in the log: {log}").format(
        log=log
    )
