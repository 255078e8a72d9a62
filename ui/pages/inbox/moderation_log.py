"""The read-only moderation log of a conversation: action, author, guideline, reason and time of each entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.base.words import N_
from app.moderation.words import heading
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.avatar import Avatar, Chip
from ui.widgets.labels import Label
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from app.moderation import Deed

_STATES = {
    "held": (N_("Waiting"), "", "clock"),
    "queued": (N_("Waiting"), "", "clock"),
    "doing": (N_("In progress"), "", "clock"),
    "done": (N_("Done"), "ok", "check"),
    "failed": (N_("Failed"), "danger", "circle-x"),
    "undone": (N_("Undone"), "", "undo-2"),
}
_DIALOG_WIDTH = 680


class ModerationLog(Sheet):
    """What was done there, the latest first."""

    def __init__(self, parent: QWidget, title: str, deeds: Sequence[Deed], now: int) -> None:
        """`title` is the conversation's; `deeds` are newest first; `now` is Unix UTC."""
        super().__init__(parent, tr("Moderation log"), title, _DIALOG_WIDTH)
        self.fill([_Entry(deed, now) for deed in deeds])


class _Entry(QWidget):
    """One log entry: action, outcome, time; the message and its author; guideline, reason, evidence."""

    def __init__(self, deed: Deed, now: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(8)
        title, (label, tone, icon) = title_of(deed), _STATES.get(deed.state, (deed.state, "", "clock"))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(title, "name"))
        if deed.state != "done":
            head.addWidget(Chip(tr(label), tone, icon))
        head.addStretch(1)
        head.addWidget(Label(text.stamp(deed.done_at or deed.at, now), "meta", "text2"))
        column.addLayout(head)
        column.addLayout(_quoted(deed, now))
        column.addLayout(_facts(deed))
        self.setAccessibleName(f"{title}, {tr(label)}, {deed.author}: {text.plain(deed.text)[:200]}")


def title_of(deed: Deed) -> str:
    """The action, done or pending, with the account: "Hidden on Blog", "Mark as spam on Blog"."""
    return heading(deed, text.embed(deed.account))


def _quoted(deed: Deed, now: int) -> QHBoxLayout:
    """The message as it was at the time of the action, with its author."""
    row = QHBoxLayout()
    row.setSpacing(10)
    author = deed.author or (tr("You") if deed.ours else tr("Unknown"))
    row.addWidget(Avatar(author, deed.member_id or author, 24), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(1)
    when = "" if deed.said_at is None else f" · {text.stamp(deed.said_at, now)}"
    words.addWidget(Label(text.sentence(f"{text.embed(author)}{when}"), "meta", "text2"))
    body = Label(deed.text, "body", wrap=True)
    body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.addWidget(body)
    row.addLayout(words, 1)
    return row


def _facts(deed: Deed) -> QGridLayout:
    """Guideline, reason, evidence, link and error; empty ones are left out."""
    grid = QGridLayout()
    grid.setContentsMargins(fonts.px(34), 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for name, fact, tone in (
        (tr("Guideline"), deed.guideline, "text"),
        (tr("Reason"), deed.why, "text"),
        (tr("Evidence"), deed.evidence, "text"),
        (tr("Link"), deed.url, "text2"),
        (tr("Error"), deed.error, "danger"),
    ):
        if fact:
            row = grid.rowCount()
            grid.addWidget(Label(name, "meta", "text2"), row, 0, Qt.AlignmentFlag.AlignTop)
            value = Label(fact, "meta", tone, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(value, row, 1)
    return grid
