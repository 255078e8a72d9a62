"""Choosing a template while writing: the list opens at the text cursor, and the letters typed there filter it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QTimer, Signal

from app.base.errors import UserError
from ui.look import fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtWidgets import QWidget

    from app.templates import Pick
    from app.workbench import Workbench
    from ui.shared.draft_field import DraftField
    from ui.shared.template_list import Offered, TemplateList

    Picking = Callable[[int], Pick | None]
    """Chooses a template's text for this draft, by the template's id; None: the language has to be asked for."""

    Speaking = Callable[[], Collection[str]]
    """The codes of the languages that the draft may be in."""


class TemplatePicker(QObject):
    """Shows the template list for a slash in the draft, steers it by the field's keys, and closes it."""

    taken = Signal(str)
    """A template was chosen; carries its id. The list is closed by then."""

    def __init__(self, bench: Workbench, field: DraftField, pick: Picking, spoken: Speaking) -> None:
        """Follow this field; `pick` chooses what is inserted, so that the list shows the very words.

        Templates in a language that is `spoken` come first.
        """
        super().__init__(field)
        self._bench, self._field, self._pick, self._spoken = bench, field, pick, spoken
        self.keep: QWidget | None = None
        """What the list leaves in sight, above the field: what is answered."""
        self._list: TemplateList | None = None
        self._own_slash = False
        self._offered: list[Offered] = []
        self._places: tuple[QRect, QRect | None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._place)
        field.asked.connect(self._show)
        field.dropped.connect(self.hide)
        field.steered.connect(self._steer)

    def ask(self) -> None:
        """Open the list at the cursor as if "/" had been typed; letters typed next filter it."""
        self._field.setFocus()
        if self._field.slash() is None:
            self._own_slash = True
            self._field.type_slash()
        else:
            self._show("")

    def current(self) -> int | None:
        """The id of the template that Enter would insert; None while no list is open or none matches."""
        offered = self._list.current() if self._list is not None and self._field.choosing else None
        return offered.template.id if offered is not None else None

    def hide(self) -> None:
        """Close the list, and take out the slash that `ask` typed if nothing was typed after it."""
        self._field.choosing = False
        if self._own_slash and self._field.slash() == (self._field.textCursor().positionInBlock() - 1, ""):
            self._field.take_out_slash()
        self._own_slash = False
        if self._list is not None:
            self._list.hide()

    def _show(self, letters: str) -> None:
        window = self._field.window()
        if self._list is None:
            from ui.shared.template_list import TemplateList  # noqa: PLC0415  loaded at first use

            self._list = TemplateList(window)
            self._list.taken.connect(self._take)
        self._offered = [self._offer(number) for number in self._bench.templates.find(letters, spoken=self._spoken())]
        self._field.choosing = True
        self._places = None
        self._place()
        self._timer.start()

    def _place(self) -> None:
        """Show the list at the cursor; again once a window that shows only one pane has laid out the field's."""
        if self._list is None or not self._field.choosing:
            return
        window, keep = self._field.window(), self.keep
        caret = self._field.caret()
        at = self._field.mapTo(window, QPoint(caret.left() - 12, caret.top()))
        seen = QRect(keep.mapTo(window, QPoint(0, 0)), keep.size()) if keep is not None and keep.isVisible() else None
        places = QRect(at, QSize(1, max(caret.height(), fonts.px(20)))), seen
        if places != self._places:
            self._places = places
            self._list.show_items(self._offered, *places)

    def _offer(self, number: int) -> Offered:
        """A template with the words that it would insert."""
        from ui.shared.template_list import Offered  # noqa: PLC0415  loaded at first use

        try:
            picked = self._pick(number)
        except UserError:  # it has no text in the language that is wanted, which is said when it is taken
            picked = None
        if picked is None:
            return Offered(self._bench.templates.get(number))
        return Offered(picked.template, picked.in_line, picked.text.language)

    def _take(self, number: str) -> None:
        self.hide()
        self.taken.emit(number)

    def _steer(self, way: str) -> None:
        if self._list is None:
            return
        if way != "take":
            self._list.step(-1 if way == "up" else 1)
            return
        offered = self._list.current()
        if offered is not None:
            self._take(str(offered.template.id))
        else:
            self.hide()
