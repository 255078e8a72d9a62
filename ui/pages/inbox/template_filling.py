"""Putting a template into the draft: in the member's language, with the receiver's name in its blanks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import UserError
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton

if TYPE_CHECKING:
    from app.inbox import Opened, Receiver
    from app.templates import Pick
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.whom import Whom
    from ui.shared.draft_field import DraftField
    from ui.shared.language_chip import LanguageChip


class TemplateFilling(QObject):
    """Inserts templates, and remembers which the draft came from and whose name was filled in."""

    def __init__(self, bench: Workbench, frame: Frame, field: DraftField, language: LanguageChip, whom: Whom) -> None:
        """`whom` says whose name fills the blanks; `language` is set to the language of the inserted text."""
        super().__init__(field)
        self._bench, self._frame, self._field, self._language, self._whom = bench, frame, field, language, whom
        self._opened: Opened | None = None
        self._filled_for: Receiver | None = None
        self._filled_to: frozenset[str] = frozenset()  # the addresses that the letter was to when it was filled in
        self.used: tuple[int, str] | None = None
        """(id, variant) of the template inserted last in this conversation."""
        self.carry: Callable[[int], tuple[str, ...]] | None = None
        """Lets the files of a template (its id) go with the draft, and returns what is to be said of them."""
        self.chip = ActionButton(tr("Template"), "quote", kind="chip", height=24)
        self.chip.hide()
        whom.changed.connect(self._warn_of_name)
        field.textChanged.connect(self._drop_when_empty)

    def _drop_when_empty(self) -> None:
        """Forget the template once its text is gone: sent, or deleted. The next words do not come from it."""
        if self.used is not None and self._field.document().isEmpty():
            self.used = self._filled_for = None
            self.chip.hide()

    def show_conversation(self, opened: Opened) -> None:
        """Forget the template used in the previous conversation; show the one that the draft here began with."""
        self._opened = opened
        self.used = self._filled_for = None
        self.chip.hide()
        self._show_again()

    def refresh(self, opened: Opened) -> None:
        """Keep the template: this is the same conversation, re-read. One that an undo brings back is shown again."""
        self._opened = opened
        self._show_again()

    def _show_again(self) -> None:
        opened = self._opened
        number = self._bench.inbox.drafts.template(opened.row.id) if opened is not None and opened.draft else None
        if self.used is not None or number is None:
            return
        template = next((one for one in self._bench.templates.all() if one.id == number), None)
        if template is not None:
            self.used = number, ""
            self.chip.set_title(template.name)
            self.chip.show()

    def pick(self, number: int) -> Pick | None:
        """The words of a template for this draft: in the draft's language, filled in for whom it goes to.

        None if the language has to be asked for. Raises UserError where there are none.
        """
        opened, templates = self._opened, self._bench.templates
        if opened is None:
            return None
        language = templates.available(number, self._language.code)
        return templates.pick(number, opened.row.id, language, self._whom.answers)

    def spoken(self) -> list[str]:
        """The codes of the languages that this draft may be in: the chosen one, else its receiver's."""
        chosen, opened = self._language.code, self._opened
        if chosen or opened is None:
            return [chosen] if chosen else []
        return self._bench.templates.spoken(opened.row.id, self._whom.answers)

    def insert(self, number: int) -> bool:
        """Insert a template by its id, asking for the language if it is unknown; False if nothing was inserted."""
        opened = self._opened
        if opened is None:
            return False
        try:
            picked = self.pick(number)
        except UserError as why:
            self._frame.fail(str(why))
            return False
        if picked is None:
            return self._language.choose(self._bench.templates.get(number).languages) and self.insert(number)
        self._field.take_out_slash()
        self._field.textCursor().insertText(picked.filled.text)
        to = self._whom.choice.to
        self.used, self._filled_for = (picked.template.id, picked.text.variant), to
        self._filled_to = self._whom.to_addresses()
        self.chip.set_title(picked.template.name)
        self.chip.show()
        self._language.set_language(picked.text.language)
        self._field.setFocus()
        if picked.filled.stops:
            self._field.next_blank()
        files = self.carry(picked.template.id) if self.carry is not None else ()
        name = text.name(to.label if to else opened.row.member)
        had = [tr("{name} has already had this text.").format(name=name)] if picked.had_at is not None else []
        said = (*(*picked.lacks, *had)[:1], *files)
        if said:
            self._frame.toast(" ".join(said), undo=None)
        return True

    def _warn_of_name(self) -> None:
        """Warn that the template was filled in with the previous receiver's name; copies to others change nothing."""
        to = self._whom.choice.to
        if self._filled_for is None or to is None:
            return
        addresses = self._whom.to_addresses()
        if to.identity_id != self._filled_for.identity_id or addresses != self._filled_to:
            self._filled_to = addresses
            before = text.name(self._filled_for.label)
            self._frame.toast(tr("The template was filled in for {name}: check the greeting.").format(name=before))
