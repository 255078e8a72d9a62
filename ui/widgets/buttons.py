"""Painted buttons: ActionButton ("Done E"), IconButton, LinkButton, and CommandButton for a command of the table.

A click does not take the focus from the list or text that the person works in; Tab reaches every button.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.commands.table import by_id
from ui.commands.in_use import keymap
from ui.look import fonts, icons, text
from ui.look.theme import theme
from ui.widgets import paint

_KEYBOARD_REASONS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
}
_LEAST_HEIGHT = 26
_LEAST_LETTERS = 4
"""Of a chip's title, where there is no room for all of it."""
_LEAST_LINK_LETTERS = 16
"""Of a link's title; a shorter one is never cut."""
_LOOKS: dict[str, tuple[str, str, str, str]] = {
    # kind: background, border, text, background on hover
    "outline": ("surface", "edge", "text", "hover"),
    "plain": ("", "", "text", "hover"),
    "quiet": ("", "", "text2", "hover"),
    "primary": ("accent", "", "on_accent", "accent"),
    "delight": ("delight_bg", "", "delight", "delight_bg"),
    "danger": ("danger_bg", "", "danger", "danger_bg"),
    "chip": ("hover", "", "text2", "nav"),
}


class Runner(Protocol):
    """Runs commands by id; the window."""

    def run(self, command_id: str) -> bool:
        """Run it; False if it has no handler now."""
        ...


class PaintedButton(QAbstractButton):
    """The base of painted buttons: theme, hover, keyboard focus ring, click by Enter as well as Space."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is the accessible name."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.ring = False
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring if the focus came by keyboard."""
        self.ring = event.reason() in _KEYBOARD_REASONS
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        self.ring = False
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click on Enter, as on Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when enabled or disabled."""
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
        super().changeEvent(event)


class ActionButton(PaintedButton):
    """Icon, title and shortcut: `ActionButton("Gift", "gift", "G", kind="plain", tone="delight")`.

    kind: outline, plain, quiet, primary (at most one per page), delight, danger, chip. tone: another text colour.
    """

    def __init__(
        self,
        title: str,
        icon: str = "",
        key: str = "",
        *,
        kind: str = "outline",
        tone: str = "",
        height: int = 30,
        menu: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`height` in CSS pixels (26 small, 30, 32 primary); `menu` adds the small arrow of a drop-down."""
        super().__init__(title, parent)
        self._title, self._icon, self._key = title, icon, key
        self._kind, self._tone, self._height, self._menu = kind, tone, height, menu
        self._folded = False
        self._follows, self._painted = "", True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def follow(self, command_id: str, *, painted: bool = True) -> None:
        """Show the key that a command has, whatever the person makes it; not `painted`, in the tooltip alone."""
        self._follows, self._painted = command_id, painted
        keymap().changed.connect(self._rekey)
        self._rekey()

    def _rekey(self) -> None:
        if not self._painted:
            self.setToolTip(keymap().tip(self._follows))
            return
        key = keymap().cap(self._follows)
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self._restyle()

    def title(self) -> str:
        """The title."""
        return self._title

    def set_title(self, title: str, icon: str | None = None) -> None:
        """Change the title, and the icon if given."""
        if title == self._title and icon in (None, self._icon):
            return
        self._title = title
        if self._folded:
            self.setToolTip(text.isolate(title))
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(title)
        self._restyle()

    def set_folded(self, folded: bool) -> None:  # noqa: FBT001  what is set
        """Show the icon alone, with the title as a tooltip, where there is no room for more."""
        if folded != self._folded and self._icon:
            self._folded = folded
            self.setToolTip(text.isolate(self._title) if folded else "")
            self._restyle()

    def whole_width(self) -> int:
        """The width in pixels that it takes with its title."""
        return self._size_with(self._title).width()

    def folded_width(self) -> int:
        """The width in pixels that it takes as an icon."""
        return self._size_with("").width() if self._icon else self.whole_width()

    def _drawn_title(self) -> str:
        return "" if self._folded else self._title

    def sizeHint(self) -> QSize:
        """The width of icon, title and shortcut."""
        return self._size_with(self._drawn_title())

    def _size_with(self, title: str) -> QSize:
        wide = self._words_width(title) + self._icon_width(title) + self._key_width() + self._around()
        return QSize(wide, fonts.px(self._height))

    def minimumSizeHint(self) -> QSize:
        """Without room first the shortcut goes, then the icon; a chip's title ends in an ellipsis, no other's does."""
        title = self._drawn_title()
        wide = self._words_width(title)
        if self._kind == "chip":
            wide = min(wide, self._metrics().horizontalAdvance(title[:_LEAST_LETTERS] + "…"))
        high = min(self._height, max(_LEAST_HEIGHT, self._height - 6))  # in a low window with large letters
        return QSize((wide if title else self._icon_width(title)) + self._around(), fonts.px(high))

    def _around(self) -> int:
        return fonts.px(20) + (fonts.px(16) if self._menu else 0)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(fonts.font("row", self._weight()))

    def _words_width(self, title: str) -> int:
        return self._metrics().horizontalAdvance(title)

    def _icon_width(self, title: str) -> int:
        return fonts.px(24 if title else 16) if self._icon else 0

    def _key_width(self) -> int:
        return QFontMetrics(fonts.font("badge")).horizontalAdvance(self._key) + fonts.px(7) if self._key else 0

    def _weight(self) -> int:
        return 600 if self._kind == "primary" else 500

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw background, icon, title and shortcut."""
        painter = QPainter(self)
        ground, edge, letter, under = _LOOKS[self._kind]
        letter = self._tone or letter
        if not self.isEnabled():
            ground, letter = "subtle" if ground else "", "text3"
        elif self.isDown() or self.underMouse() or self.isChecked():
            ground = under
        radius = self.height() / 2 if self._kind == "chip" else 6.0
        paint.box(painter, self.rect(), fill=ground, edge=edge and theme().edge(), radius=radius)
        self._contents(painter, letter)
        if self.ring:
            ring = "surface" if self._kind == "primary" else ""
            paint.focus_ring(painter, self.rect(), radius)
            if ring:
                paint.box(painter, self.rect().adjusted(2, 2, -2, -2), edge=ring, radius=radius - 2)

    def _contents(self, painter: QPainter, letter: str) -> None:
        title = self._drawn_title()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room, words = self.width() - self._around(), self._words_width(title)
        keyed = bool(self._key) and words + self._icon_width(title) + self._key_width() <= room
        iconed = bool(self._icon) and (not title or words + self._icon_width(title) <= room)
        room -= (self._icon_width(title) if iconed else 0) + (self._key_width() if keyed else 0)
        words = min(words, room)
        x, size = fonts.px(10) + (room - words) // 2, fonts.px(16)
        hexed = theme().hex(letter)

        def from_left(left: int, width: int) -> int:
            return self.width() - left - width if mirrored else left

        if iconed:
            tint = theme().hex("text2") if letter == "text" and self._kind != "primary" else hexed
            icons.draw(painter, self._icon, tint, from_left(x, size), (self.height() - size) / 2, size)
            x += self._icon_width(title)
        painter.setFont(fonts.font("row", self._weight()))
        painter.setPen(theme().color(letter))
        text.draw(painter, QRect(from_left(x, words), 0, words + 1, self.height()), title)
        x += words + fonts.px(7)
        if keyed:
            painter.setFont(fonts.font("badge"))
            painter.setPen(theme().color(letter if self._kind in {"primary", "delight"} else "text2"))
            wide = painter.fontMetrics().horizontalAdvance(self._key)
            text.draw(painter, QRect(from_left(x, wide), 0, wide + 1, self.height()), self._key)
        if self._menu:
            small = fonts.px(12)
            left = from_left(self.width() - small - fonts.px(9), small)
            icons.draw(painter, "chevron-down", theme().hex("text3"), left, (self.height() - small) / 2, small)


class CommandButton(ActionButton):
    """A button for a command: title, icon and shortcut come from the command table, a click runs it."""

    def __init__(
        self,
        command_id: str,
        runner: Runner,
        *,
        title: str = "",
        kind: str = "outline",
        tone: str = "",
        height: int = 30,
        parent: QWidget | None = None,
    ) -> None:
        """`runner` is the page's frame; `title`, already looked up, replaces the table's title."""
        command = by_id(command_id)
        words = title or text.tr(command.title)
        super().__init__(words, command.icon, kind=kind, tone=tone, height=height, parent=parent)
        self._command_id, self._runner = command_id, runner
        self._help = text.tr(command.help or command.title)
        self.clicked.connect(self._run)
        self.follow(command_id)

    def _rekey(self) -> None:
        super()._rekey()
        self.setToolTip(keymap().tip(self._command_id, self._help))

    def _run(self) -> None:
        self._runner.run(self._command_id)


class IconButton(PaintedButton):
    """A button with only an icon, 30 px square (26 small); its name is the tooltip and accessible name."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        tone: str = "text2",
        size: int = 30,
        glyph: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        """`size` is the button's and `glyph` the icon's side, in CSS pixels."""
        super().__init__(name, parent)
        self._icon, self._tone, self._size, self._glyph = icon, tone, size, glyph
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        """Change the tooltip and accessible name."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def follow(self, command_id: str) -> None:
        """Show the key that a command has in the tooltip, whatever the person makes it."""
        self._follows, self._plain_name = command_id, self.accessibleName()
        keymap().changed.connect(self._rekey)
        self._rekey()

    def _rekey(self) -> None:
        self.set_name(keymap().tip(self._follows, self._plain_name))

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(fonts.px(self._size), fonts.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, with a background on hover or when checked."""
        painter = QPainter(self)
        if self.underMouse() or self.isDown() or self.isChecked():
            paint.box(painter, self.rect(), fill="hover")
        glyph = fonts.px(self._glyph)
        tint = theme().hex(self._tone if self.isEnabled() else "control")
        icons.draw(painter, self._icon, tint, (self.width() - glyph) / 2, (self.height() - glyph) / 2, glyph)
        if self.ring:
            paint.focus_ring(painter, self.rect())


LINK_INSET = 2
"""Pixels between a link's edge and its words: room for the focus ring."""


class LinkButton(PaintedButton):
    """A button that looks like a link, underlined on hover."""

    def __init__(
        self, title: str, *, role: str = "meta", weight: int = 500, tone: str = "accent", parent: QWidget | None = None
    ) -> None:
        """`role` and `weight` as in `ui.look.fonts`."""
        super().__init__(title, parent)
        self._title, self._role, self._weight, self._tone = title, role, weight, tone
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def title(self) -> str:
        """The title."""
        return self._title

    def set_title(self, title: str) -> None:
        """Change the title."""
        if title == self._title:
            return
        self._title = title
        self.setAccessibleName(title)
        self._restyle()

    def sizeHint(self) -> QSize:
        """The title with room for the focus ring, at least 26 px high as a click target."""
        return self._size_of(self._title)

    def minimumSizeHint(self) -> QSize:
        """A long title, which may be a name, ends in an ellipsis where there is no room for it."""
        long = len(self._title) > _LEAST_LINK_LETTERS
        return self._size_of(self._title[:_LEAST_LINK_LETTERS] + "…" if long else self._title)

    def _size_of(self, words: str) -> QSize:
        metrics = QFontMetrics(fonts.font(self._role, self._weight))
        return QSize(metrics.horizontalAdvance(words) + 5, max(fonts.px(26), metrics.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the title."""
        painter = QPainter(self)
        painter.setFont(fonts.font(self._role, self._weight, underline=self.underMouse()))
        painter.setPen(theme().color(self._tone if self.isEnabled() else "text3"))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        text.draw(painter, self.rect().adjusted(LINK_INSET, 0, -LINK_INSET, 0), self._title, right=mirrored)
        if self.ring:
            paint.focus_ring(painter, self.rect(), 4)
