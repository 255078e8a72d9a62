"""The strip that asks for the reason before unhappy or difficult conversations are closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.base.errors import UserError
from app.inbox import ConversationRow
from app.inbox.several import closing_question
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import about
from ui.widgets.buttons import LinkButton
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class ReasonStrip(Strip):
    """Asks how conversations were solved, of which some are unhappy or difficult, before all of them are closed."""

    def __init__(self, bench: Workbench, rows: Sequence[ConversationRow]) -> None:
        """Start with "Solved", which Enter accepts; with others among them, `rest` closes only those."""
        owed = bench.inbox.several.owed([row.id for row in rows])
        question = closing_question(rows, owed)
        icon = "frown" if any(row.unhappy for row in question.marked) else "circle-question-mark"
        action = text.counted(len(rows), "Done", "Done: all {count}")
        super().__init__(question.words, icon, action)
        self._bench, self._numbers, self._name = bench, [row.id for row in rows], about(rows)
        self.about = tuple(self._numbers)
        self.reason = QLineEdit("" if owed else tr("Solved"))
        if owed:  # a reason that nobody has thought of would close what nobody has told
            self.reason.setPlaceholderText(tr("They found the answer themselves"))
        self.field(tr("Reason") if owed else tr("How was it solved, or why close it?"), self.reason, 0, 0)
        self.rest = LinkButton(question.rest)
        self.rest.setVisible(bool(question.rest))
        if question.rest:
            self.form.addWidget(self.rest, 2, 0, Qt.AlignmentFlag.AlignLeft)
        self.aside.setText(text.counted(len(rows), "Esc keeps it open.", "Esc keeps all {count} open."))
        self.reason.selectAll()

    def do(self) -> str:
        """Mark all as done with the reason, as one action."""
        several = self._bench.inbox.several
        remarks = (several.draft_remark(self._numbers), several.promise_remark(self._numbers))
        self._bench.inbox.done(self._numbers, reason=self.reason.text().strip())
        words = text.counted(len(self._numbers), "Done: {name}.", "{count} done.", name=self._name)
        return " ".join(filter(None, (words, *remarks)))


class SolvedStrip(Strip):
    """Asks how an unhappy or difficult conversation was solved, before a reply is sent that closes it."""

    def __init__(self, row: ConversationRow) -> None:
        """Start with "Solved", which Enter accepts; `keep_open` sends without closing."""
        super().__init__(tr("Is it solved?"), "frown" if row.unhappy else "circle-question-mark", tr("Send & done"))
        self.about = row.id
        self.answer: tuple[bool, str] | None = None
        """Whether it is done, and how it was solved; None: the person closed the strip."""
        self.reason = QLineEdit(tr("Solved"))
        self.field(tr("How was it solved, or why close it?"), self.reason, 0, 0)
        self.keep_open = LinkButton(tr("Send, and keep it open"))
        self.keep_open.clicked.connect(self._keep_open)
        self.form.addWidget(self.keep_open, 2, 0, Qt.AlignmentFlag.AlignLeft)
        self.aside.setText(tr("Esc sends nothing and keeps your draft."))
        self.reason.selectAll()

    def do(self) -> str:
        """Take the reason as the answer. Raises UserError without one."""
        words = self.reason.text().strip()
        if not words:
            raise UserError(tr("Say how it was solved, or send it and keep the conversation open."))
        self.answer = (True, words)
        return ""

    def _keep_open(self) -> None:
        self.answer = (False, "")
        self.finished.emit("")
