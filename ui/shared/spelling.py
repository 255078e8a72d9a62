"""Spelling while one writes: slips are underlined, F7 goes to the next and offers what may have been meant.

Nothing here waits: what is not known yet is asked on a worker, and the marks follow when the answer is there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from app.base.errors import ClosedFileError, UserError
from ui.frame.working import Working
from ui.look import languages, text
from ui.look.text import tr
from ui.shared.draft_field import units_of
from ui.shared.spelling_line import SpellingLine
from ui.shared.spelling_menu import fill

if TYPE_CHECKING:
    from app.spelling import Slip
    from app.workbench import Workbench
    from ui.shared.draft_field import DraftField

_DELAY_MS = 300
"""After the last key. It also keeps all of this behind the first paint: nothing is loaded before."""


class SpellCheck(QObject):
    """Marks slips in one field. `line` says why nothing is checked, once, or that there are no slips."""

    changed = Signal()
    """The line appeared or went."""

    def __init__(self, bench: Workbench, field: DraftField, language: Callable[[], str]) -> None:
        """`language` returns the code of the draft's language by now; "" lets it be recognised from the words."""
        super().__init__(field)
        self._bench, self._field, self._language = bench, field, language
        self.line = SpellingLine()
        self.crowded: Callable[[], bool] = lambda: False
        """Whether there is no room for the line by now; advice that nobody asked for then waits."""
        self._draft = 0  # the conversation whose draft it is; 0: of no conversation
        self._ignored: set[str] | None = None  # read with the first look at a draft
        self._typed_at = -1  # where the text cursor was left by typing
        self._recognised = ""  # the language that the words were taken for
        self._asking = self._again = self._stepping = self._prepared = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self.look)
        field.textChanged.connect(self._typed)
        field.cursorPositionChanged.connect(self._timer.start)
        field.menu_made.connect(self._add_to_menu)
        self.line.told.connect(self._got_it)

    def forget(self, draft: int = 0) -> None:
        """Another draft follows, of a conversation if its id is given: what was ignored counts in this one alone."""
        self._draft, self._ignored = draft, None
        self._recognised, self._typed_at = "", -1
        self._stepping = False
        self.line.hide()
        self._field.marks.show_slips(())
        self._timer.start()

    @property
    def draft(self) -> int:
        """The id of the conversation whose draft it is; 0 for none."""
        return self._draft

    def _typed(self) -> None:
        self._timer.start()
        self._typed_at = self._field.textCursor().position() if self._field.hasFocus() else -1
        if self._field.document().isEmpty():
            self._ignored = None  # what comes next is another draft, or this one again by an undo
            self._field.marks.show_slips(())

    def _code(self, content: str) -> str:
        """The language to check in: the draft's, unless the draft is in another script; "" if it is unknown."""
        chosen = self._language()
        return chosen if chosen and self._bench.spelling.has_words(content, chosen) else self._recognised

    def look(self) -> None:
        """Mark the slips that are known of, and ask about words that are not."""
        self._timer.stop()
        try:
            self._look()
        except ClosedFileError:  # the window goes while the timer was set
            return

    def _look(self) -> None:
        content = self._field.toPlainText()
        if content.strip() and not self._prepared:
            self._prepare()
            return
        if not content.strip() or not self._bench.spelling.on or not self._field.isVisible():
            self._field.marks.show_slips(())
            self._stepping = False
            return
        code = self._code(content)
        seen = self._bench.spelling.look(content, code)
        self._mark(content, seen.slips)
        if seen.lacking or not code:
            self._ask(content, code, seen.lacking)
        elif self._stepping:
            self._step(code)

    def _prepare(self) -> None:
        """Load the desk on a worker: its modules and the names take longer than a frame."""
        if self._asking:
            return
        self._asking = True
        working = Working(lambda _progress, _stop: self._bench.spelling.prepare(), "spelling")
        working.finished.connect(self._made_ready)
        working.failed.connect(self._failed)
        working.start()

    def _made_ready(self) -> None:
        self._asking, self._prepared = False, True
        self.look()

    def _mark(self, content: str, slips: tuple[Slip, ...]) -> None:
        """Underline slips, but not the word that is being typed, nor one that is ignored here."""
        at = self._field.textCursor().position() if self._field.hasFocus() and not self._stepping else -1
        if at != self._typed_at:
            at = self._typed_at = -1
        if self._ignored is None:
            self._ignored = set(self._bench.spelling.ignored(self._draft) if self._draft else ())
        shown, units = [], units_of(content)
        for slip in slips:
            start, end = units(slip.start), units(slip.end)
            if slip.word.casefold() not in self._ignored and not start < at <= end:
                shown.append(self._field.between(start, end))
        self._field.marks.show_slips(shown)

    # --- asking

    def _ask(self, content: str, language: str, words: tuple[str, ...]) -> None:
        """Ask on a worker; while an answer is awaited, remember that there is more to ask."""
        if self._asking:
            self._again = True
            return
        spelling, stepping = self._bench.spelling, self._stepping
        self._asking = True

        def ask(_progress: object, _stop: object) -> tuple[str, str]:
            code = language or spelling.language_of(content, "")
            if code:
                spelling.fetch(words, code)
            told = not code or spelling.has_told(code)
            return code, "" if told and not stepping else spelling.problem(code)

        working = Working(ask, "spelling")
        working.finished.connect(self._answered)
        working.failed.connect(self._failed)
        working.start()

    def _answered(self, outcome: object) -> None:
        code, problem = outcome if isinstance(outcome, tuple) else ("", "")
        self._asking, again = False, self._again
        self._again = False
        if code and code != self._language():
            self._recognised = code
        if problem and (self._stepping or not self.crowded()):
            self._stepping = False
            self._say(problem, advice=True)
            with suppress(UserError):  # nothing can be written: it will be said again
                self._bench.spelling.tell_no_more(code)
        if code or again:
            self.look()
        elif self._stepping:
            self._stepping = False
            unknown = tr("Choose the draft's language first: it couldn't be recognised.")
            self._say(tr("No spelling mistakes found.") if self._language() else unknown)

    def _failed(self, _why: object) -> None:
        """The file was closed meanwhile, or a bug, which is logged."""
        self._asking = self._again = self._stepping = False

    # --- the next slip

    def next(self) -> None:
        """Go to the next slip after the text cursor, from the end to the first, and offer what may be meant."""
        self._stepping = True
        self.line.hide()
        if not self._bench.spelling.on:
            self._stepping = False
            self._say(tr("Spelling isn't checked. You can turn it on in Settings."))
        elif self._field.document().isEmpty():
            self._stepping = False
        else:
            self.look()

    def _step(self, code: str) -> None:
        self._stepping = False
        slips = self._field.marks.slips()
        if not slips:
            self._say(tr("No spelling mistakes found in {language}.").format(language=languages.name(code)))
            return
        at = self._field.textCursor().selectionEnd()
        following = next((slip for slip in slips if slip.selectionStart() >= at), slips[0])
        self._field.setFocus()
        self._field.setTextCursor(QTextCursor(following))
        self._field.ensureCursorVisible()
        menu = QMenu(self._field)
        menu.setAccessibleName(tr("Spelling: {word}").format(word=text.embed(following.selectedText())))
        self._fill(menu, following)
        menu.popup(self._field.mapToGlobal(self._field.caret().bottomLeft()))

    def _add_to_menu(self, menu: object, position: int) -> None:
        slip = self._field.marks.slip_at(position)
        if slip is not None and isinstance(menu, QMenu):
            self._fill(menu, slip)

    def _fill(self, menu: QMenu, slip: QTextCursor) -> None:
        word, spelling, code = slip.selectedText(), self._bench.spelling, self._code(self._field.toPlainText())

        def replace(better: str) -> None:
            if slip.selectedText() == word:  # else it was changed behind the menu
                slip.insertText(better)
                self.look()

        def keep() -> None:
            spelling.add(word, "" if word[:1].isupper() else code)  # a name is one in every language
            self.look()

        def ignore() -> None:
            self._ignored = (self._ignored or set()) | {word.casefold()}
            if self._draft:
                spelling.ignore(word, self._draft)
            self.look()

        fill(menu, word, lambda: spelling.suggest(word, code), (replace, keep, ignore))

    # --- the line

    def _say(self, sentence: str, *, advice: bool = False) -> None:
        self.line.say(sentence, advice=advice)
        self.changed.emit()

    def _got_it(self) -> None:
        self.line.hide()
        self.changed.emit()
        self._field.setFocus()
