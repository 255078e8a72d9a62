"""The sheet with both sides of a quarrel beside each other: what each said, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.quarrels.telling import about, head
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import Avatar
from ui.widgets.labels import Label
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from app.quarrels import Quarrel
    from app.quarrels.rows import Past

_WIDTH = 760


class BothSides(Sheet):
    """Both sides, each in a column of its own."""

    def __init__(self, parent: QWidget, case: Quarrel, pasts: Sequence[Past]) -> None:
        """Show the case as it is now."""
        super().__init__(parent, head(case, text.name), case.title, _WIDTH)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(24)
        for past in pasts:
            row.addWidget(_Side(past), 1, Qt.AlignmentFlag.AlignTop)
        self.fill([whole])


class _Side(QWidget):
    """One side: who, their figures, and their sharp messages."""

    def __init__(self, past: Past) -> None:
        super().__init__()
        now, column = clock.now(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        name = QHBoxLayout()
        name.setSpacing(10)
        name.addWidget(Avatar(past.party.name, past.party.member_id, 32), 0, Qt.AlignmentFlag.AlignTop)
        name.addWidget(Label(past.party.name, "name", wrap=True), 1)
        column.addLayout(name)
        since = tr("since {day}").format(day=_day(past.first_at, now)) if past.first_at else ""
        facts = text.sentence(" · ".join(part for part in (since, *about(past)) if part))
        column.addWidget(Label(facts, "meta", "text2", wrap=True))
        for _, at, words in past.said:
            column.addWidget(Label(text.stamp(at, now), "meta", "text2"))
            body = Label(words, "body", wrap=True)
            body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(body)
        self.setAccessibleName(f"{past.party.name}: {facts}")


def _day(at: int, now: int) -> str:
    return text.day(clock.local(at).date(), clock.local(now).date())
