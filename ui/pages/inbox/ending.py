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

_MAX_LINES_SHOWN, _LINES_IN_LOW_PANE = 5, 2
"""With the line "-- " above a signature."""


class Ending(Label):
    """Hidden while nothing follows the words."""

    def __init__(self, bench: Workbench, language: LanguageChip) -> None:
        """Signatures follow the language that the draft is written in."""
        super().__init__("", "meta", "text3", wrap=True)
        self._bench, self._language = bench, language
        self._way: Way | None = None
        self._aside, self._most = False, _MAX_LINES_SHOWN
        self.hide()

    def set_way(self, goes: Way | None) -> None:
        """Show what follows a letter that goes this way."""
        self._way = goes
        self.refresh()

    def set_low(self, *, low: bool) -> None:
        """Show the first line of a signature in a low pane."""
        if low != (self._most == _LINES_IN_LOW_PANE):
            self._most = _LINES_IN_LOW_PANE if low else _MAX_LINES_SHOWN
            self.refresh()

    def set_aside(self, *, aside: bool) -> None:
        """Hide it while something else needs the room."""
        self._aside = aside
        self.setVisible(bool(self.text()) and not aside)

    def refresh(self) -> None:
        """Show it in the draft's language."""
        ending = self._bench.outbox.ending(self._way, self._language.code) if self._way is not None else ""
        lines = ending.splitlines()
        shown = "\n".join(text.breakable(text.embed(line)) for line in lines[: self._most])
        self.setText(f"{shown} …" if len(lines) > self._most else shown)
        self.setAccessibleName(tr("Signature: {words}").format(words=text.plain(ending)) if ending else "")
        self.setToolTip("\n".join(map(text.tooltip, lines)) if len(lines) > self._most else "")
        self.setVisible(bool(ending) and not self._aside)
