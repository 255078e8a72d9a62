"""A hand-off, gift, promise or work as one thin line of the story."""

from __future__ import annotations

from app.base.words import N_
from app.inbox import Line
from ui.look import text
from ui.look.text import tr

_HANDOFF_STATES = {
    "to_send": N_("to send"),
    "sent": N_("sent"),
    "seen": N_("seen"),
    "in_work": N_("in progress"),
    "solved": N_("solved"),
    "declined": N_("declined"),
}


def thin_words(line: Line, now: int) -> str:
    """A hand-off, gift, promise or work as one line of text."""
    if line.kind == "work":
        return _work(line)
    if line.kind == "handoff":
        state = tr(_HANDOFF_STATES.get(line.state, line.state))
        handed = tr("Handed to {name}")
        if line.extra:
            handed = tr("Handed to {name}, needed by {day}")
        to = handed.format(name=text.isolate(line.author), day=text.iso_day(line.extra) if line.extra else "")
        return f"{to} · {state} · {text.embed(line.text)}"
    if line.kind == "gift":
        why, when = text.embed(line.extra), text.isolate(text.stamp(line.at, now))
        return tr("Gift: {what} · {why} · {when}").format(what=text.embed(line.text), why=why, when=when)
    return _promise(line)


def _promise(line: Line) -> str:
    subject = text.embed(line.text)
    if line.state == "kept":
        return tr("Promised: {what} · kept").format(what=subject)
    if line.state == "dropped":
        return tr("Promised: {what} · dropped").format(what=subject)
    if line.extra:
        return tr("Promised: {what}, due {day}").format(what=subject, day=text.iso_day(line.extra))
    return tr("Promised: {what}").format(what=subject)


def _work(line: Line) -> str:
    from app.works import KIND_NAMES, STATE_NAMES  # noqa: PLC0415  few conversations have one

    kind, title = tr(KIND_NAMES[line.author]), text.embed(line.text)
    state = tr(STATE_NAMES[line.state])
    if line.extra:
        ends = tr("permission ended on {day}") if line.state == "expired" else tr("permission until {day}")
        state = ends.format(day=text.iso_day(line.extra))
    return tr("{kind}: {title} · {state}").format(kind=kind, title=title, state=state)
