"""The preview of a template for a real member: known blanks are filled in, the others marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.templates import fill
from app.templates.values import values
from ui.look import text
from ui.look.text import tr
from ui.shared.draft_field import DraftField
from ui.shared.member_chooser import MemberChooser
from ui.widgets.buttons import LinkButton
from ui.widgets.emptying import Grown
from ui.widgets.labels import Heading
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.workbench import Workbench

_MAX_MEMBERS_TRIED = 200


class Preview(QWidget):
    """Shows a text as a member would get it; another member can be chosen."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        """Start with the latest member who writes in the language."""
        super().__init__()
        self._bench = bench
        self._chosen: int | None = None
        self._body, self._language = "", ""
        self.head = Heading(tr("Preview for a member"))
        self.other = LinkButton(tr("Another member"))
        self.other.clicked.connect(self._ask)
        self.chooser = MemberChooser(bench, tr("Preview for whom?"))
        self.chooser.chosen.connect(self._choose)
        self.chooser.left.connect(self._leave)
        self.chooser.hide()
        self.read = DraftField()
        self.read.setReadOnly(True)
        Grown(self.read, 2, 9)
        self.read.setPlaceholderText("")
        self.read.setAccessibleName(tr("Preview for a member"))
        self.read.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        panel = Panel(fill="subtle", edge="", margin=14)
        panel.column.addWidget(self.read)
        row = QHBoxLayout()
        row.addWidget(self.head, 1)
        row.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.chooser)
        column.addWidget(panel)

    def show_body(self, body: str, language: str) -> None:
        """Show a template's text filled in for the member."""
        self._body, self._language = body, language
        member = self._member()
        talk = self._talk(member)
        known = values(self._bench.store.read, talk, language, member) if talk is not None else {}
        self.read.setPlainText(fill(body, known).text)
        self.read.mark(())
        rows = self._bench.members.rows([member]) if member is not None else []
        name = text.embed(rows[0].name) if rows else tr("a member")
        self.head.title.setText(text.sentence(tr("Preview for {name}").format(name=name)))
        self.other.setVisible(bool(rows))

    def _member(self) -> int | None:
        """The id of the chosen member, else of the latest who writes in this language, else of the latest; or None."""
        if self._chosen is not None:
            return self._chosen
        rows = self._bench.members.rows(self._bench.members.find("", _MAX_MEMBERS_TRIED))
        fitting = [row for row in rows if row.language == self._language and row.conversations]
        return next((row.id for row in (*fitting, *rows)), None)

    def _talk(self, member: int | None) -> int | None:
        history = self._bench.card(member).history if member is not None else ()
        return history[0].conversation_id if history else None

    def _ask(self) -> None:
        self.chooser.reset()
        self.chooser.show()
        self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.chooser.hide()
        self.read.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, member: int | None) -> None:
        if member is not None:
            self._chosen = member
            self.chooser.hide()
            self.show_body(self._body, self._language)
            self.changed.emit()
