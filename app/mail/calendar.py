"""An invitation or event that comes with a letter, in words: what, when, where, who invites.

Rules: RFC 5545 (iCalendar), RFC 5546 (METHOD). Read with the library `icalendar`, which is loaded by the first letter
that has one. Times are the reader's, with the organiser's own beside them where they differ; a rule of repetition is
said in words and never worked out.

The words are made when the letter comes in, as they are searched, quoted and exported like its others. The line with
the time is made once more whenever it is shown (`times`, `at_our_clock`): by then the reader may be elsewhere. The file
itself stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, NamedTuple

from app.base.dates import MONTHS, WEEKDAYS, in_words
from app.base.filenames import safe
from app.base.words import N_, counted, forms, tr

if TYPE_CHECKING:
    from icalendar import Component

TYPES = frozenset(["text/calendar", "application/ics"])
BYTES_MAX = 1_000_000
EVENTS_MAX = 5
"""Events of one file that are put into words."""
_WORDS_MAX, _NOTES_MAX = 300, 4_000
_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_METHODS = {
    "REQUEST": N_("Invitation: {title}"),
    "CANCEL": N_("Cancelled: {title}"),
    "ADD": N_("Another date: {title}"),
    "COUNTER": N_("Another time is proposed: {title}"),
    "DECLINECOUNTER": N_("The proposed time was declined: {title}"),
    "REFRESH": N_("The latest version is asked for: {title}"),
}
_WHEN = N_("When: {when}")
_EVENT = N_("Event: {title}")
_BROKEN = N_("[A calendar file came with this letter, but it can't be read. It can be saved.]")
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError, OSError)
_REPLIES = {
    "ACCEPTED": N_("{name} accepted: {title}"),
    "DECLINED": N_("{name} declined: {title}"),
    "TENTATIVE": N_("{name} may come: {title}"),
    "DELEGATED": N_("{name} is sending somebody else: {title}"),
}
_ANSWERED = N_("{name} answered: {title}")
_EVERY = {
    "DAILY": forms("every day", "every {count} days"),
    "WEEKLY": forms("every week", "every {count} weeks"),
    "MONTHLY": forms("every month", "every {count} months"),
    "YEARLY": forms("every year", "every {count} years"),
    "HOURLY": forms("every hour", "every {count} hours"),
}
_ORDINALS = {
    1: N_("the first {day}"), 2: N_("the second {day}"), 3: N_("the third {day}"), 4: N_("the fourth {day}"),
    5: N_("the fifth {day}"), -1: N_("the last {day}"), -2: N_("the last {day} but one"),
}  # fmt: skip
_BY_RULE = N_("by a rule that's in the calendar file")
_PLAIN_RULES = frozenset(["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"])
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_WEEKDAY_COUNT = 7


class Shown(NamedTuple):
    """What is shown of a calendar file; `name` is for saving it. `text` is "" where it has no event to show."""

    text: str = ""
    name: str = ""


class Time(NamedTuple):
    """The time of an event, and the line that says it in a letter's stored text.

    `begin` and `end` are Unix seconds (None: no end), `zone` is the organiser's by the name in the file ("" for UTC and
    for none), `offset` and `last_offset` how many seconds it is ahead of UTC at the begin and at the end.
    """

    line: str
    begin: int
    end: int | None
    zone: str
    offset: int
    last_offset: int


def may_be(kind: str, name: str) -> bool:
    """Whether a part is worth a look, by its type and its file's name."""
    return kind in TYPES or name.lower().endswith(".ics")


def read(content: bytes, method: str = "") -> Shown:
    """The events of a calendar file in words, in the language in use; of one that is broken, that it is. Never raises.

    `method` is what the part says that it does, where the file does not say so itself (RFC 6047, 2.4).
    """
    if len(content) > BYTES_MAX or b"BEGIN:VCALENDAR" not in content.upper():
        return Shown(tr(_BROKEN))
    try:
        return _read(content, method)
    except _FAULTS:
        return Shown(tr(_BROKEN))


def _read(content: bytes, otherwise: str) -> Shown:
    from icalendar import Calendar  # noqa: PLC0415  130 ms, and few letters have one

    calendars = Calendar.from_ical(content.decode("utf-8", "replace"), multiple=True)
    said: list[str] = []
    title = ""
    count = 0
    for calendar in calendars:
        method = (_word(calendar, "METHOD") or otherwise).upper()
        for event in calendar.walk("VEVENT"):
            count += 1
            if count <= EVENTS_MAX:
                said.append("\n".join(_lines(event, method)))
                title = title or _word(event, "SUMMARY")
    if not count and b"BEGIN:VEVENT" in content.upper():
        return Shown(tr(_BROKEN))
    more = count - EVENTS_MAX
    if more > 0:
        said.append(
            counted(
                more,
                "[{count} more event is in the calendar file.]",
                "[{count} more events are in the calendar file.]",
            )
        )
    return Shown("\n\n".join(said), f"{safe(title) or 'invitation'}.ics" if said else "")


def times(content: bytes) -> list[Time]:
    """When the events of a calendar file are that are put into words, where that depends on the reader's clock."""
    if len(content) > BYTES_MAX or b"BEGIN:VCALENDAR" not in content.upper():
        return []
    try:
        from icalendar import Calendar  # noqa: PLC0415  as above

        calendars = Calendar.from_ical(content.decode("utf-8", "replace"), multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")][:EVENTS_MAX]
        return [time for event in events if (time := _time(event)) is not None]
    except _FAULTS:
        return []


def _time(event: Component) -> Time | None:
    try:
        begin, end = _ends(event)
        if not isinstance(begin, datetime) or begin.tzinfo is None:
            return None
        last = end if isinstance(end, datetime) and end.tzinfo is not None else None
        zone, offsets = _zone(event.get("DTSTART")), [_offset(moment) for moment in (begin, last or begin)]
        line = tr(_WHEN).format(when=_when(event))
        return Time(line, int(begin.timestamp()), None if last is None else int(last.timestamp()), zone, *offsets)
    except _FAULTS:
        return None


def _offset(moment: datetime) -> int:
    ahead = moment.utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds())


def at_our_clock(text: str, known: Iterable[Time]) -> str:
    """A letter's text, with the times of its events by the clock and in the language in use now."""
    lines = text.split("\n")
    for time in known:
        if time.line in lines:
            begin = datetime.fromtimestamp(time.begin, timezone(timedelta(seconds=time.offset)))
            last = timezone(timedelta(seconds=time.last_offset))
            end = None if time.end is None else datetime.fromtimestamp(time.end, last)
            lines[lines.index(time.line)] = tr(_WHEN).format(when=_span(begin, end, time.zone))
    return "\n".join(lines)


def _word(component: Component, name: str, most: int = _WORDS_MAX) -> str:
    """A property's text on one line; of several the first."""
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(str(value).split())[:most] if value else ""


def _lines(event: Component, method: str) -> Iterator[str]:
    title = _word(event, "SUMMARY") or tr("(no title)")
    yield _headline(event, method, title)
    if when := _or_nothing(_when, event):
        yield tr(_WHEN).format(when=when)
    if repeats := _or_nothing(_repeats, event):
        yield tr("Repeats: {rule}").format(rule=repeats)
    if place := _word(event, "LOCATION"):
        yield tr("Where: {place}").format(place=place)
    if organiser := _person(event.get("ORGANIZER")):
        yield tr("From: {name}").format(name=organiser)
    many = _count(event.get("ATTENDEE"))
    if many and method != "REPLY":
        yield counted(many, "Invited: {count} person", "Invited: {count} people")
    if address := _word(event, "URL"):
        yield address
    if notes := str(event.get("DESCRIPTION") or "").strip():
        yield ""
        yield notes.replace("\\n", "\n")[:_NOTES_MAX]


def _or_nothing(said: Callable[[Component], str], event: Component) -> str:
    """A line of an event; "" where its values are beyond sense: the others are shown all the same."""
    try:
        return said(event)
    except _FAULTS:
        return ""


def _headline(event: Component, method: str, title: str) -> str:
    if method == "REPLY":
        attendee = event.get("ATTENDEE")
        attendee = attendee[0] if isinstance(attendee, list) and attendee else attendee
        answer = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
        name = _person(attendee) or tr("Somebody")
        return tr(_REPLIES.get(answer, _ANSWERED)).format(name=name, title=title)
    if _word(event, "STATUS").upper() == "CANCELLED":
        method = "CANCEL"
    return tr(_METHODS.get(method, _EVENT)).format(title=title)


def _count(value: object) -> int:
    return len(value) if isinstance(value, list) else int(value is not None)


def _person(value: Any) -> str:  # noqa: ANN401  whatever the library made of it
    """`Anna <anna@example.org>` of an organiser or a guest."""
    value = value[0] if isinstance(value, list) and value else value
    if value is None:
        return ""
    address = _MAILTO.sub("", str(value), count=1).strip()[:_WORDS_MAX]
    name = " ".join(str(getattr(value, "params", {}).get("CN", "")).split()).strip("\"'")[:_WORDS_MAX]
    return f"{name} <{address}>" if name and address and name != address else name or address


# --- when


def _when(event: Component) -> str:
    begin, end = _ends(event)
    if begin is None:
        return ""
    if isinstance(begin, datetime):
        return _span(begin, end if isinstance(end, datetime) else None, _zone(event.get("DTSTART")))
    last = begin
    if end is not None and not isinstance(end, datetime) and end > begin:
        last = end - timedelta(days=1)  # the day after the last one is written (RFC 5545, 3.6.1)
    if last == begin:
        return tr("{day}, all day").format(day=_day(begin))
    return tr("{first} to {last}, all day").format(first=_day(begin), last=_day(last))


def _ends(event: Component) -> tuple[datetime | date | None, datetime | date | None]:
    """When an event begins, and when it ends, by what it says of that or how long it lasts."""
    begin, end = _moment(event.get("DTSTART")), _moment(event.get("DTEND"))
    lasts = getattr(event.get("DURATION"), "dt", None)
    if end is None and begin is not None and isinstance(lasts, timedelta):
        end = begin + lasts
    return begin, end


def _moment(value: object) -> datetime | date | None:
    moment = getattr(value, "dt", None)
    return moment if isinstance(moment, date) else None


def _zone(value: Any) -> str:  # noqa: ANN401  whatever the library made of it
    """The organiser's zone by the name that the file gives it; "" for UTC and for none."""
    name = str(getattr(value, "params", {}).get("TZID", "")).strip()[:80]
    return "" if name.upper() in ("UTC", "ETC/UTC", "GMT") else name


def _span(begin: datetime, end: datetime | None, zone: str) -> str:
    """A time that is known by a zone, as our clock shows it; one without is said to be the place's."""
    if begin.tzinfo is None:
        if zone:
            return tr("{time} (time zone “{zone}”, which isn't known here)").format(
                time=_between(begin, end), zone=zone
            )
        return tr("{time} (the place's own time)").format(time=_between(begin, end))
    here = _local(begin)
    ours = tr("{time} (your time, {zone})").format(
        time=_between(here, _local(end) if end is not None else None), zone=here.tzname()
    )
    if here.utcoffset() == begin.utcoffset() or not zone:
        return ours
    return tr("{time}; {their_time} in {zone}").format(time=ours, their_time=_between(begin, end), zone=zone)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(UTC).astimezone()


def _between(begin: datetime, end: datetime | None) -> str:
    if end is None or end <= begin:
        return tr("{day}, {time}").format(day=_day(begin), time=f"{begin:%H:%M}")
    if end.date() == begin.date():
        return tr("{day}, {begin} to {end}").format(day=_day(begin), begin=f"{begin:%H:%M}", end=f"{end:%H:%M}")
    return tr("{day}, {begin}, to {last_day}, {end}").format(
        day=_day(begin), begin=f"{begin:%H:%M}", last_day=_day(end), end=f"{end:%H:%M}"
    )


def _day(day: date) -> str:
    return in_words(day)


# --- how often


def _repeats(event: Component) -> str:
    rule = event.get("RRULE")
    rule = rule[0] if isinstance(rule, list) and rule else rule
    dates = _dates(event, "RDATE")
    if not rule and not dates:
        return ""
    parts = [_rule(rule)] if rule else []
    parts += [counted(dates, "and on {count} more date", "and on {count} more dates")] if dates else []
    without = _dates(event, "EXDATE")
    parts += [counted(without, "except {count} date", "except {count} dates")] if without else []
    return ", ".join(parts)


def _dates(event: Component, name: str) -> int:
    value = event.get(name)
    lists = value if isinstance(value, list) else [value] if value is not None else []
    return sum(len(getattr(one, "dts", ())) for one in lists)


def _rule(rule: Any) -> str:  # noqa: ANN401  a dictionary of the library's
    """How often an event is, in words; that a rule says it, where there are no words for that."""
    try:
        return _plain_rule(rule)
    except _FAULTS:
        return tr(_BY_RULE)


def _plain_rule(rule: Any) -> str:  # noqa: ANN401  as above
    given = {str(name).upper(): value if isinstance(value, list) else [value] for name, value in rule.items()}
    every = _EVERY.get(str(given.get("FREQ", [""])[0]).upper())
    if every is None or not given.keys() <= _PLAIN_RULES:
        return tr(_BY_RULE)
    interval = int(given.get("INTERVAL", [1])[0])
    words = [counted(max(1, interval), *every)]
    days = [_weekday(str(day)) for day in given.get("BYDAY", [])[: _WEEKDAY_COUNT * 2]]
    if days:
        words.append(tr("on {days}").format(days=_listed(days)))
    numbers = [int(number) for number in given.get("BYMONTHDAY", [])]
    if numbers == [-1]:
        words.append(tr("on the last day of the month"))
    elif numbers:
        if min(numbers) < 1:
            raise ValueError(numbers)
        words.append(tr("on day {days}").format(days=_listed(list(map(str, numbers)))))
    if months := [tr(MONTHS[int(month) - 1]) for month in given.get("BYMONTH", [])[:12]]:
        words.append(tr("in {months}").format(months=_listed(months)))
    return " ".join(words) + _until(given)


def _until(given: dict[str, list[Any]]) -> str:
    if count := given.get("COUNT"):
        return ", " + counted(int(count[0]), "{count} time in all", "{count} times in all")
    if until := given.get("UNTIL"):
        last = until[0]
        day = _local(last).date() if isinstance(last, datetime) and last.tzinfo else last
        return ", " + tr("until {day}").format(day=_day(day))
    return ""


def _weekday(day: str) -> str:
    match = _BYDAY.fullmatch(day.upper())
    if match is None:
        raise ValueError(day)
    name = tr(WEEKDAYS[_DAY_NAMES.index(match[2])])
    place = _ORDINALS.get(int(match[1])) if match[1] else None
    if match[1] and place is None:
        raise ValueError(day)
    return tr(place).format(day=name) if place else name


def _listed(words: list[str]) -> str:
    if len(words) < 2:  # noqa: PLR2004  one word is no list
        return words[0] if words else ""
    return tr("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])
