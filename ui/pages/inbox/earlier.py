"""What we replied before, at hand while writing: to this member, and to others who asked much the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.base import clock
from app.base.text import preview
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.templates.noticing import Answer
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.whom import Whom

_LINE_CHARS = 70


class EarlierReplies(IconButton):
    """A menu with the last replies to the member, and the last ones to the same question in any channel and language.

    One that is chosen is shown in its conversation; the draft stays as it is.
    """

    def __init__(self, bench: Workbench, frame: Frame, whom: Whom) -> None:
        """`whom` says who gets the draft."""
        super().__init__("history", tr("Earlier replies"))
        self._bench, self._frame, self._whom = bench, frame, whom
        self._opened: Opened | None = None
        self.menu: QMenu | None = None
        self.clicked.connect(self.offer)

    def show_conversation(self, opened: Opened) -> None:
        """Offer what concerns this conversation."""
        self._opened = opened

    def replies(self) -> list[Answer]:
        """What is offered, in the order of the menu."""
        if self._opened is None:
            return []
        to = self._whom.choice.to
        member = to.member_id if to is not None else self._opened.row.member_id
        return self._bench.templates.noticing.earlier(self._opened.row.id, member)

    def offer(self) -> None:
        """Open the menu; it says so where there is nothing to offer."""
        self.menu = menu = QMenu(self)
        menu.setToolTipsVisible(True)
        found = self.replies()
        for one in found:
            when = text.stamp(one.at, clock.now())
            words = preview(one.text, _LINE_CHARS)
            title = tr("{when}, to {name}: {text}") if one.name else tr("{when}: {text}")
            action = QAction(title.format(when=when, name=text.name(one.name), text=text.plain(words)), menu)
            action.setToolTip(text.tooltip(one.text))
            action.setData(one.conversation_id)
            menu.addAction(action)
        if not found:
            menu.addAction(tr("No earlier replies to them or to this question")).setEnabled(False)
        menu.triggered.connect(self._show)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _show(self, action: QAction) -> None:
        self._frame.go("inbox", int(action.data()))
