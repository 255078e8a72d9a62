"""Keeping the draft: saved when typing pauses, brought back when a reply is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench
    from ui.pages.inbox.language_chip import LanguageChip
    from ui.pages.inbox.whom import Whom
    from ui.shared.draft_field import DraftField

_SAVE_DELAY_MS = 400


class DraftKeeper(QObject):
    """Saves the open conversation's draft with its language and receiver."""

    def __init__(self, bench: Workbench, field: DraftField, language: LanguageChip, whom: Whom) -> None:
        """Keep nothing until `show_conversation`."""
        super().__init__(field)
        self._bench, self._field, self._language, self._whom = bench, field, language, whom
        self._opened: Opened | None = None  # as last read, with the draft as last saved
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_DELAY_MS)
        self._timer.timeout.connect(self.save)
        whom.changed.connect(self.save)

    def show_conversation(self, opened: Opened) -> None:
        """Keep another conversation's draft from now on; the previous one's is to be saved before."""
        self._opened = opened

    def forget(self) -> None:
        """Let the conversation go without saving."""
        self._timer.stop()
        self._opened = None

    def save_soon(self) -> None:
        """Save when typing pauses."""
        self._timer.start()

    def save(self) -> None:
        """Save the draft, its language and its receiver, if they changed."""
        self._timer.stop()
        typed = self._field.toPlainText()
        if self._opened is None:
            return
        to = self._whom.choice.to if typed else None  # saved, since others may write before it is resumed
        if (typed, to) != (self._opened.draft, self._opened.answering):
            self._opened = self._opened._replace(draft=typed, answering=to)
            self._bench.inbox.keep_draft(self._opened.row.id, typed, self._language.code, to.message_id if to else None)

    def refresh(self, opened: Opened) -> None:
        """Update from the same conversation re-read: typed text stays; undoing a send restores its draft."""
        before, typed = self._opened.draft if self._opened is not None else "", self._field.toPlainText()
        self._opened = opened
        if opened.draft and not before and not typed:
            self._field.setPlainText(opened.draft)
            self._whom.show_conversation(opened)  # with its receiver
        elif before and not opened.draft and typed == before:  # redo has sent it again
            self._field.setPlainText("")
        elif typed.strip() and opened.draft not in ("", before, typed):
            self._join(opened.draft, before, typed)

    def _join(self, draft: str, before: str, typed: str) -> None:
        """Put a draft restored by undo before what was typed since, as `app.inbox` joins them."""
        restored = draft.removesuffix(f"\n\n{before}") if before else draft
        if restored != draft or not before:
            self._field.setPlainText(f"{restored}\n\n{typed}")
            self._field.move_to_end()
