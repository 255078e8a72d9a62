"""A hand-off, gift or promise as one thin line of the story."""

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
    """A hand-off, gift or promise as one line of text."""
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
    subject = text.embed(line.text)
    if line.state == "kept":
        return tr("Promised: {what} · kept").format(what=subject)
    if line.state == "dropped":
        return tr("Promised: {what} · dropped").format(what=subject)
    if line.extra:
        return tr("Promised: {what}, due {day}").format(what=subject, day=text.iso_day(line.extra))
    return tr("Promised: {what}").format(what=subject)
