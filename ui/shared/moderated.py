"""The status lines under a message for what was done at its channel: to it, its conversation, its author, its mark."""

from __future__ import annotations

from app.inbox import Deed, Line, Opened
from app.inbox.moderated import AUTHOR, CONVERSATION, SOLUTION, aspect
from app.moderation.verbs import UPSTREAM, offered, reverse_of, standing_of, undoable
from app.moderation.words import SOLUTION as IS_SOLUTION
from app.moderation.words import barred, title, upstream_in_words, words
from ui.look import text
from ui.look.text import tr
from ui.shared.act import Act, What
from ui.shared.pieces import Piece, Status, action

ICONS = {
    "show": "shield-check",
    "hide": "eye-off",
    "spam": "shield-ban",
    "delete": "trash-2",
    "solve": "circle-check",
    "unsolve": "undo-2",
    "lock": "lock",
    "unlock": "lock-open",
    "mute": "volume-x",
    "unmute": "volume-2",
    "ban": "ban",
    "unban": "user-check",
}
"""Of each verb, where it is offered."""
_ASPECTS = {SOLUTION: "circle-check", CONVERSATION: "lock", AUTHOR: "user-round"}
_TONES = {"deleted": "danger"}
_UNDER_WAY = ("held", "queued", "doing")
_DECIDE = {"held": ("show", "spam"), "reported": ("show", "hide", "delete")}
"""What is offered right under a message that somebody must decide about; for all others it can be shown again."""


def of_message(line: Line, opened: Opened) -> list[Piece]:
    """The status line of what was done to a message itself; [] if it is simply visible, or ours."""
    if line.out:
        return []
    if line.deed is not None and line.deed.state not in ("done", "undone"):
        return _under_way(line.deed, line, opened)
    return _there(line, opened) if upstream_in_words(line.upstream) else []


def beside(line: Line, opened: Opened, now: int) -> list[Status]:
    """The status lines of what else was done with a message, which ours can have too. `now` is Unix UTC."""
    lines = [Status(_ASPECTS[aspect(deed.verb)], _under_way(deed, line, opened)) for deed in line.deeds]
    if line.solution:
        lines.append(Status(_ASPECTS[SOLUTION], _solution(line, opened)))
    if line.bar is not None and _is_last_of_author(line, opened):
        when = text.ahead(line.bar.until, now) if line.bar.until is not None else ""
        pieces = [Piece(barred(line.bar, when), "warn")]
        if reverse_of(line.bar.kind, line.bar.verb):
            pieces.append(_undo(line.bar.deed))
        lines.append(Status(_ASPECTS[AUTHOR], pieces))
    return lines


def _under_way(deed: Deed, line: Line, opened: Opened) -> list[Piece]:
    """What is being done or has failed, with what can be done about it; [] once it is done."""
    of = words(deed.verb, line.upstream, opened.row.kind)
    if deed.state in _UNDER_WAY:
        sentence = of.doing if deed.state == "doing" else of.waiting
        undo = [_undo(deed.id)] if undoable(opened.row.kind, deed) else []
        return [Piece(tr(sentence), "warn"), *_because(deed.guideline), *undo]
    if deed.state == "failed":
        pieces = [
            Piece(f"{tr(of.failed)}: {text.embed(deed.error)}", "danger"),
            action(tr("Try again"), Act(What.RETRY_MODERATION, deed=deed.id)),
        ]
        if not undoable(opened.row.kind, deed):
            return pieces
        leave = tr("Leave it") if deed.tried == 0 else tr("Undo")  # it may have happened
        return [*pieces, action(leave, Act(What.UNDO_MODERATION, deed=deed.id))]
    return []


def _there(line: Line, opened: Opened) -> list[Piece]:
    """The status line of a message that is held, reported, hidden, spam or deleted on the channel."""
    pieces, deed = [Piece(upstream_in_words(line.upstream), _TONES.get(line.upstream, "warn"))], line.deed
    if deed is not None and UPSTREAM.get(deed.verb) == line.upstream:  # ours
        pieces += _because(deed.guideline)
        if undoable(opened.row.kind, deed):
            return [*pieces, _undo(deed.id)]
    return pieces + _offers(_DECIDE.get(line.upstream, ("show",)), line, opened)


def _solution(line: Line, opened: Opened) -> list[Piece]:
    pieces = [Piece(tr(IS_SOLUTION), "ok")]
    deed = next((deed for deed in line.deeds if aspect(deed.verb) == SOLUTION), None)
    if deed is not None and deed.state != "done":
        return pieces  # the line above says what is under way
    if deed is not None and undoable(opened.row.kind, deed):
        return [*pieces, _undo(deed.id)]
    return pieces + _offers(("unsolve",), line, opened)


def _is_last_of_author(line: Line, opened: Opened) -> bool:
    """Whether nobody who is barred by the same entry has said anything below: it is said once in a conversation."""
    last = next((other for other in reversed(opened.lines) if other.bar == line.bar), line)
    return last.id == line.id


def _offers(verbs: tuple[str, ...], line: Line, opened: Opened) -> list[Piece]:
    """The links that do these verbs, or first ask for the guideline; none while another is under way."""
    if any(deed.state in _UNDER_WAY for deed in line.deeds):
        return []
    able = offered(opened.row.kind, opened.account_mode, standing_of(line, opened))
    return [
        action(title(verb, line.upstream, opened.row.kind), Act(What.MODERATE, message=line.id, verb=verb))
        for verb in verbs
        if verb in able
    ]


def _undo(deed: int) -> Piece:
    return action(tr("Undo"), Act(What.UNDO_MODERATION, deed=deed))


def _because(guideline: str) -> list[Piece]:
    return [Piece(text.embed(guideline))] if guideline else []
