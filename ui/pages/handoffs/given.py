"""The register of files that were given to teammates, on a card above the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import ids
from app.given import Given, standing
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Label
from ui.widgets.sheet import Sheet

_WIDE = 620
_MAX_IDS = 8


class GivenSheet(Sheet):
    """Each with whom it was for, when, how it went, and what was in it; those of a letter lead there."""

    letter = Signal(object)
    """A letter's draft (id), which is not sent yet."""
    talk = Signal(object)
    """The conversation (id) of a letter that was submitted."""

    def __init__(self, parent: QWidget, files: Sequence[Given], now: int) -> None:
        """`files` are the latest first; `now` is Unix UTC."""
        super().__init__(parent, tr("Files given"), tr("To whom, when, and with which hand-offs"), _WIDE)
        entries = [self._entry(one, now) for one in files]
        self.fill(entries or [Label(tr("No files have been sent out yet."), "body", "text2", wrap=True)])

    def _entry(self, one: Given, now: int) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(12)
        whom = one.teammate or (tr("Shipping") if one.kind == "gifts" else tr("Everybody"))
        row.addWidget(Avatar(whom, f"t{one.teammate_id}"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(Label(text.name(whom), "name"), 1)
        head.addWidget(Label(text.stamp(one.at, now), "meta", "text2"))
        column.addLayout(head)
        column.addWidget(Label(one.name or tr("standard output"), "body", wrap=True))
        column.addWidget(Label(" · ".join([standing(one), _shown(one)]), "meta", "text2", wrap=True))
        link = self._link(one)
        if link is not None:
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        entry.setAccessibleName(f"{whom}, {one.name}, {standing(one)}")
        return entry

    def _link(self, one: Given) -> LinkButton | None:
        if one.standing == "draft":
            link = LinkButton(tr("Open the letter"))
            link.clicked.connect(lambda: self._leave(self.letter.emit, one.letter_draft_id))
        elif one.conversation_id is not None:
            link = LinkButton(tr("Open the conversation"))
            link.clicked.connect(lambda: self._leave(self.talk.emit, one.conversation_id))
        else:
            return None
        return link

    def _leave(self, emit: Callable[[object], object], number: int | None) -> None:
        self.close()
        emit(number)


def _shown(one: Given) -> str:
    kind = ids.HANDOFF if one.kind == "handoffs" else ids.GIFT
    named = ", ".join(ids.display(kind, number) for number in one.rows[:_MAX_IDS])
    more = len(one.rows) - _MAX_IDS
    return tr("{ids} and {count} more").format(ids=named, count=more) if more > 0 else named
