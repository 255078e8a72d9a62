"""A conversation for paper: who said what and when. What is only for us is left out unless it is asked for."""

from __future__ import annotations

from app import gifts, handoffs
from app.base import dates, ids, sizes
from app.base.words import N_, counted, tr
from app.inbox import Line, Opened
from app.mail.quotes import OWN, quoted_lines
from app.printing import page
from app.printing.page import Sheet
from app.works import STATE_NAMES as WORK_STATES

STATES = {
    "needs_me": N_("Needs reply"),
    "waiting": N_("Waiting"),
    "snoozed": N_("Snoozed"),
    "done": N_("Done"),
    "quiet": N_("Quiet"),
}
_SAID = ("said", "unreadable")
_OURS = {
    "offline": N_("In person: {text}"),
    "handoff": N_("Hand-off to {name} ({state}): {text}"),
    "gift": N_("Gift ({state}): {text}"),
    "promise": N_("Promise ({state}): {text}"),
    "work": N_("Work ({state}): {text}"),
}
"""Lines that only we know of."""
_TO_SEND = N_("To send")  # a hand-off that no file has gone out with yet
_PROMISE_STATES = {"open": N_("open"), "kept": N_("kept"), "dropped": N_("dropped")}


def sheet(opened: Opened, *, notes: bool) -> Sheet:
    """The conversation with all its messages; with `notes` also labels, gifts, hand-offs, promises and what we noted.

    Drafts, and replies that are not sent, are never on it.
    """
    row = opened.row
    title = row.title or ids.display(ids.CONVERSATION, row.id)
    seen = tr("{account}, public") if row.public else tr("{account}, private")
    about = [row.member, seen.format(account=row.account), ids.display(ids.CONVERSATION, row.id)]
    parts = [page.block(title, tag="h1"), page.block(" · ".join(filter(None, about)), "meta")]
    if opened.post_title and opened.post_title != row.title:
        parts.append(page.block(tr("Under: {title}").format(title=opened.post_title), "meta"))
    if notes:
        marks = [tr(STATES[row.state])] if row.state in STATES else []
        marks += [tr("Unhappy")] * row.unhappy + [tr("Difficult question")] * row.hard
        parts.append(page.block(" · ".join([*marks, *opened.labels]), "meta"))
    parts += [_line(line, notes=notes) for line in opened.lines]
    return Sheet(title, "".join(parts))


def _line(line: Line, *, notes: bool) -> str:
    if line.kind in _SAID:
        return _message(line)
    return _aside(line) if notes and line.kind in _OURS else ""


def _message(line: Line) -> str:
    author = line.author or (tr("We") if line.out else tr("Somebody"))
    when = dates.moment(line.at)
    aside = [
        tr("date guessed: {when}").format(when=when) if line.undated else when,
        tr("to {name}").format(name=line.to) if line.to else "",
        tr("withdrawn") if line.withdrawn else tr("no longer on the channel") if line.gone else "",
        tr("corrected") if line.versions or line.edited else "",
    ]
    subject = page.block(tr("Subject: {subject}").format(subject=line.subject), "meta") if line.subject else ""
    files = page.block("\n".join(_file(name, size) for name, size in _files(line)), "meta")
    return page.headed(author, ", ".join(filter(None, aside))) + subject + _words(line) + files


def _files(line: Line) -> list[tuple[str, int]]:
    return [(file.name, file.size) for file in line.files]


def _file(name: str, size: int) -> str:
    return tr("Attached: {name} ({size})").format(name=name, size=sizes.in_words(size))


def _words(line: Line) -> str:
    """What its writer said; a quotation is a line that says how long it is."""
    if not line.pieces:
        return page.block(line.text)
    lines = line.text.split("\n")
    made = ""
    for piece in line.pieces:
        if piece.kind == OWN or piece.open:
            made += page.block("\n".join(lines[piece.start : piece.end]))
        else:
            many = quoted_lines(lines, piece)
            made += page.block(counted(many, "[{count} quoted line]", "[{count} quoted lines]"), "meta")
    return made


def _aside(line: Line) -> str:
    sentence = tr(_OURS[line.kind]).format(name=line.author or tr("nobody yet"), state=_state(line), text=line.text)
    when = dates.moment(line.at)
    return page.block(f"{when} · {sentence}", "aside") + page.block(_extra(line), "meta")


def _extra(line: Line) -> str:
    """A gift's reason, or by when a hand-off or a promise is due."""
    if line.kind == "promise" and line.extra:
        return tr("Due {day}").format(day=dates.written(line.extra))
    if line.kind == "handoff" and line.extra:
        return tr("Needed by {day}").format(day=dates.written(line.extra))
    if line.kind == "work" and line.extra:
        return tr("Until {day}").format(day=dates.written(line.extra))
    return line.extra


def _state(line: Line) -> str:
    names = {
        "handoff": {"": _TO_SEND, **handoffs.STATE_NAMES},
        "gift": gifts.STATE_NAMES,
        "promise": _PROMISE_STATES,
        "work": WORK_STATES,
    }.get(line.kind, {})
    return tr(names.get(line.state, line.state)).lower()
