"""Language tabs; a dashed ring marks a language that has nothing yet."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.look import fonts, icons, text
from ui.look.languages import HOUSE, own_name
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.buttons import PaintedButton


class _Tab(PaintedButton):
    """The tab of one language."""

    def __init__(self, code: str, parent: QWidget) -> None:
        super().__init__(own_name(code), parent)
        self.code, self.lacks = code, False
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one of several, to a screen reader too
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_lacks(self, lacks: bool) -> None:  # noqa: FBT001  one switch
        self.lacks = lacks
        self.setAccessibleName(
            tr("{language}, nothing yet").format(language=own_name(self.code)) if lacks else own_name(self.code)
        )
        self._restyle()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(fonts.font("heading")).horizontalAdvance(own_name(self.code))
        return QSize(words + fonts.px(20) + (fonts.px(18) if self.lacks else 0), fonts.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, chosen = QPainter(self), self.isChecked()
        if chosen or self.underMouse():
            paint.box(painter, self.rect(), fill="nav" if chosen else "hover")
        painter.setFont(fonts.font("heading", 600 if chosen else 500))
        painter.setPen(theme().color("text" if chosen else "text2"))
        x = fonts.px(10)
        x += text.draw(painter, QRect(x, 0, self.width() - x, self.height()), own_name(self.code)) + fonts.px(5)
        if self.lacks:
            size = fonts.px(13)
            icons.draw(painter, "circle-dashed", theme().hex("warn"), x, (self.height() - size) / 2, size)
        if self.ring:
            paint.focus_ring(painter, self.rect())


class LanguageTabs(QWidget):
    """`chosen` carries the language code; Left and Right move between tabs."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        """`name` is for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _Tab] = {}
        self._row.addStretch(1)
        self.show_languages(HOUSE)
        self.set_current(HOUSE[0])
        self._group.buttonClicked.connect(self._clicked)

    def show_languages(self, codes: Collection[str], lacking: Collection[str] = ()) -> None:
        """Show our languages, then these others; mark the `lacking` ones."""
        for code in (*HOUSE, *codes):
            if code not in self._tabs:
                tab = self._tabs[code] = _Tab(code, self)
                self._group.addButton(tab)
                self._row.insertWidget(self._row.count() - 1, tab)
        for code, tab in self._tabs.items():
            tab.setVisible(code in HOUSE or code in codes)
            tab.set_lacks(code in lacking)

    def codes(self) -> tuple[str, ...]:
        """The codes of all tabs."""
        return tuple(self._tabs)

    def current(self) -> str:
        """The code of the current tab."""
        return next((code for code, tab in self._tabs.items() if tab.isChecked()), HOUSE[0])

    def chosen_button(self) -> QAbstractButton | None:
        """The one at which Tab stops."""
        return self._tabs.get(self.current())

    def set_current(self, code: str) -> None:
        """Select a tab without emitting `chosen`; an unknown code is ignored."""
        if code in self._tabs:
            self._tabs[code].setChecked(True)
            self.setFocusProxy(self._tabs[code])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right select the neighbouring tab, wrapping around."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        codes = [code for code, tab in self._tabs.items() if tab.isVisible()]
        if not step or not codes:
            super().keyPressEvent(event)
            return
        tab = self._tabs[codes[(codes.index(self.current()) + step) % len(codes)]]
        tab.setFocus(Qt.FocusReason.TabFocusReason)
        tab.click()

    def _clicked(self, tab: _Tab) -> None:
        self.setFocusProxy(tab)
        self.chosen.emit(tab.code)
