"""Dates and times as people write them in tables: months by name, `kl.`, `v`, `μ.μ.`, `du.`, weekdays. Pure.

`standard` turns all of that into figures and `am` or `pm`; `with_month_name` reads what names its month. The words are
those of Rapport's five languages, and of German, Slovak, Polish, French, Spanish and Italian (CLDR's, and what
spreadsheets and web pages write).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from app.base.months import MONTHS
from app.base.text import fold

_AM = "am πμ fh de dop dopoledne délelőtt reggel ráno morgens vormittags předpoledne"
_PM = "pm μμ eh du odp odpoledne délután este večer nachmittags abends"
_HALVES = {fold(word): half for half, words in (("am", _AM), ("pm", _PM)) for word in words.split()}
_AROUND = """
kl klukkan klst at on of the o v ve dne den um uhr am´ στις στισ την τη το ώρα ώρες και à le a las los del de´ il
alle ore h hod hodin hodinách óra órakor monday tuesday wednesday thursday friday saturday sunday mon tue tues wed
thu thur thurs fri sat sun mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur sunnudagur
mánudaginn þriðjudaginn miðvikudaginn fimmtudaginn föstudaginn laugardaginn sunnudaginn mán þri mið fim fös lau
hétfő kedd szerda csütörtök péntek szombat vasárnap hét ked sze csü pén szo vas hétfőn kedden szerdán csütörtökön
pénteken szombaton pondělí úterý středa čtvrtek pátek sobota neděle středu sobotu neděli pon úte stř čtv pát sob ned
po út st čt pá so ne δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή δευ τρι τετ πεμ παρ σαβ κυρ δε τρ τε πε
πα σα κυ montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi
mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo pondelok utorok streda
štvrtok piatok nedeľa
"""
_IGNORED = frozenset(fold(word) for word in _AROUND.split() if "´" not in word)
_MAX_CHARS = 100
_HOURS_WITH_LETTER = re.compile(r"(?<![\d:.])(\d{1,2}) ?(?:h|hod|ora|uhr|óra)\.? ?(\d{2})?(?: ?(?:perc|min))?(?![\w])")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|η|ησ|-?(?:an|en|jen|i|a|e|je))(?![\w])")
_LETTER_THEN_FIGURE = re.compile(r"(?<=[^\W\d_])(\.?)(?=\d)")
_FIGURE_THEN_LETTER = re.compile(r"(?<=\d)(?=[^\W\d_])")
_BARE_HOUR = re.compile(r"(?<![\d:.])\d{1,2}$")
_TIME = re.compile(r"(?<![\d:])(\d{1,2})([:.])(\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?(?: ?(am|pm))?(?![\d:])")
_ZONE = re.compile(r"(?: ?(?:utc|gmt))? ?([+-]\d{2}):?(\d{2})(?: \([a-z]{2,5}\))?$| ?(?:utc|gmt|z)$")
_ZONE_WITHIN = re.compile(
    r"(\D{0,12}\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)?)"
    r"( ?(?:utc|gmt)(?: ?[+-]\d{2}:?\d{2})?| ?[+-]\d{2}:?\d{2}| ?z),?( .*)$"
)
_TIME_FIRST = re.compile(r"(\d{1,2}(?::\d{2}(?::\d{2})?|\.\d{2}(?:\.\d{2})?)?)(?: ?, ?| )(\S.*?)( (?:utc|gmt|z))?$")
_DAY = re.compile(r"\d{1,4}\D+\d{1,2}\D+\d{1,4}(?!\d)|(?=\D*\d)(?=[^a-z]*[^\W\d_]{3}).*?\d\D+\d")
_WORD = re.compile(r"[^\W\d_]+")
_FIGURES = re.compile(r"\d+")
_MARKS = frozenset(" .,-/'’")
_NOON, _YEAR_DIGITS = 12, 4


def standard(text: str) -> str:
    """Return the text folded, without weekdays and words around the time, and with `am` or `pm` at its end.

    `28.11.2026 kl. 21:05` becomes `28.11.2026 21:05`, and `2026.11.28. du. 9:05` becomes `2026.11.28. 9:05 pm`.
    """
    bare = _zone_last(fold(text[:_MAX_CHARS]).replace("\u2019", "'"))
    bare = _HOURS_WITH_LETTER.sub(lambda hit: f"{hit[1]}:{hit[2] or '00'}", bare)
    bare = _LETTER_THEN_FIGURE.sub(r"\1 ", _FIGURE_THEN_LETTER.sub(" ", _ORDINAL.sub("", bare)))
    kept, half, early = list[str](), "", False
    for piece in bare.split():
        word = piece.replace(".", "").strip(",;()")
        if word in _HALVES:
            half, early = half or _HALVES[word], early or (not half and len(kept) <= 1)
        elif word not in _IGNORED:
            kept.append(piece)
    plain = _time_last(" ".join(kept).strip(" ,;"), hour_alone=early)
    if half and not _TIME.search(plain) and _BARE_HOUR.search(plain):
        plain += ":00"
    return f"{plain} {half}" if half else plain


def _zone_last(folded: str) -> str:
    """The text with the zone behind a time at its beginning put to its end: `21:05 +0100 28 nov 2026`."""
    found = _ZONE_WITHIN.match(folded)
    return f"{found[1]}{found[3]}{found[2]}" if found else folded


def _time_last(plain: str, *, hour_alone: bool) -> str:
    """The text with a time at its beginning put to its end; `hour_alone`: a half of the day is named beside it."""
    found = _TIME_FIRST.match(plain)
    if found is None or not _DAY.match(found[2]) or _TIME.search(found[2].partition(" ")[2]):
        return plain
    hour, day = found[1], found[2].rstrip(" ,")
    if hour.isdecimal():
        return f"{day} {hour}:00" if hour_alone else plain
    return f"{day} {hour.replace('.', ':')}{found[3] or ''}"


def with_month_name(text: str) -> datetime | None:
    """Read a date that names its month, with or without a time of day; local if it names no zone. None if it is none.

    Raises ValueError for a day, hour or minute that there is not.
    """
    folded = _zone_last(fold(text[:_MAX_CHARS]))
    zone = _ZONE.search(folded)
    plain = standard(folded[: zone.start()] if zone else folded)
    named = [word for word in _WORD.findall(plain) if word not in ("am", "pm")]
    if len(named) != 1 or named[0] not in MONTHS:
        return None
    before, _, after = plain.partition(named[0])
    times = [hit for hit in _TIME.finditer(plain) if hit[2] == ":"] or [
        hit for hit in _TIME.finditer(plain) if hit.start() > len(before)
    ]
    if len(times) > 1:
        return None
    rest = f"{before}  {after}"
    if times:
        rest = rest.replace(times[0][0], " ", 1)
    figures = _FIGURES.findall(rest)
    if len(figures) != 2 or not set(_FIGURES.sub("", rest)) <= _MARKS:  # noqa: PLR2004  a day and a year
        return None
    day, year = sorted(figures, key=len) if len(figures[0]) != len(figures[1]) else figures
    if len(year) not in (2, _YEAR_DIGITS) or len(day) > 2:  # noqa: PLR2004  two digits each
        return None
    hour, minute, second = _clock(times[0]) if times else (0, 0, 0)
    whole = int(year) if len(year) == _YEAR_DIGITS else int(year) + (2000 if int(year) < 70 else 1900)  # noqa: PLR2004  as POSIX
    return datetime(whole, MONTHS[named[0]], int(day), hour, minute, second, tzinfo=_zone(zone))


def _clock(hit: re.Match[str]) -> tuple[int, int, int]:
    return hour_of(int(hit[1]), hit[5] or ""), int(hit[3]), int(hit[4] or 0)


def hour_of(hour: int, half: str) -> int:
    """Return the hour of 24; `half` is "am", "pm" or "". Raises ValueError for an hour that has no such half."""
    if not half:
        return hour
    if hour > _NOON and half == "am":
        msg = "no hour of the morning"
        raise ValueError(msg)
    return hour if hour > _NOON else hour % _NOON + (_NOON if half == "pm" else 0)


def _zone(hit: re.Match[str] | None) -> timezone | None:
    if hit is None:
        return None
    if not hit[1]:
        return UTC
    hours, minutes = int(hit[1]), int(hit[2])
    return timezone(timedelta(hours=hours, minutes=-minutes if hit[1].startswith("-") else minutes))
