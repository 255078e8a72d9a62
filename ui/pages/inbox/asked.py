"""A question of ours that nobody answered and that came back: asking once more, or letting it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.inbox.pane import Pane


class AskedQuestions(QObject):
    """The two choices there are about such a question, each by one key."""

    def __init__(self, pane: Pane, targets: Callable[[], list[int]]) -> None:
        """Act on this page; `targets` are the ids of the selected conversations, or of the open one."""
        super().__init__()
        self._pane, self._targets = pane, targets

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers, by command id."""
        return {"ask_again": self.ask_again, "let_go": self.let_go}

    def ask_again(self) -> None:
        """Begin a reply that asks once more; a draft that is there already is left as it is."""
        pane, opened = self._pane, self._pane.opened
        question = pane.bench.inbox.questions.of(opened.row.id) if opened is not None else None
        if opened is None or question is None:
            pane.frame.toast(tr("No question of yours has come back here."))
            return
        pane.close_strip()
        if not pane.composer.field.toPlainText().strip():
            language = question.language or opened.row.language
            pane.composer.field.setPlainText(pane.bench.inbox.questions.again(language))
        pane.composer.write()

    def let_go(self) -> None:
        """Mark as done what nobody answered."""
        pane, numbers = self._pane, self._targets()
        with undoable(pane.frame, text.counted(len(numbers), "Let go: it's done.", "{count} let go: they're done.")):
            pane.bench.inbox.questions.let_go(numbers)
            pane.list.go_on()
