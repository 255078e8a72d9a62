"""What follows the words of a letter, shown greyed below them: the signature of the address that it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look import text
from ui.look.text import tr
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.outbox.composing import Way
    from app.workbench import Workbench
    from ui.shared.language_chip import LanguageChip

_MAX_LINES_SHOWN = 4


class Ending(Label):
    """Hidden while nothing follows the words."""

    def __init__(self, bench: Workbench, language: LanguageChip) -> None:
        """Signatures follow the language that the draft is written in."""
        super().__init__("", "meta", "text3", wrap=True)
        self._bench, self._language = bench, language
        self._way: Way | None = None
        self.hide()

    def set_way(self, goes: Way | None) -> None:
        """Show what follows a letter that goes this way."""
        self._way = goes
        self.refresh()

    def refresh(self) -> None:
        """Show it in the draft's language."""
        ending = self._bench.outbox.ending(self._way, self._language.code) if self._way is not None else ""
        lines = ending.splitlines()
        shown = lines[:_MAX_LINES_SHOWN] + (["…"] if len(lines) > _MAX_LINES_SHOWN else [])
        self.setText("\n".join(text.breakable(text.embed(line)) for line in shown))
        self.setAccessibleName(tr("Signature: {words}").format(words=text.plain(ending)) if ending else "")
        self.setToolTip("\n".join(map(text.tooltip, lines)) if len(lines) > _MAX_LINES_SHOWN else "")
        self.setVisible(bool(ending))
