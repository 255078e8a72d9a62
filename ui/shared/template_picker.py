"""Choosing a template while writing: the list opens at the text cursor, and the letters typed there filter it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Signal

from ui.look import fonts

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.shared.draft_field import DraftField
    from ui.shared.template_list import TemplateList


class TemplatePicker(QObject):
    """Shows the template list for a slash in the draft, steers it by the field's keys, and closes it."""

    taken = Signal(str)
    """A template was chosen; carries its id. The list is closed by then."""

    def __init__(self, bench: Workbench, field: DraftField) -> None:
        """Follow this field."""
        super().__init__(field)
        self._bench, self._field = bench, field
        self._list: TemplateList | None = None
        self._own_slash = False
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
        template = self._list.current() if self._list is not None and self._field.choosing else None
        return template.id if template is not None else None

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
        desk = self._bench.templates
        templates = [desk.get(number) for number in desk.find(letters)]
        caret = self._field.caret()
        self._field.choosing = True
        at = self._field.mapTo(window, QPoint(caret.left() - 12, caret.top()))
        self._list.show_items(templates, QRect(at, QSize(1, fonts.px(20))))

    def _take(self, number: str) -> None:
        self.hide()
        self.taken.emit(number)

    def _steer(self, way: str) -> None:
        if self._list is None:
            return
        if way != "take":
            self._list.step(-1 if way == "up" else 1)
            return
        template = self._list.current()
        if template is not None:
            self._take(str(template.id))
        else:
            self.hide()
