"""Text widgets: Label, ElidedLabel, Heading of a section, Figure with its caption; and Rule, a hairline."""

from __future__ import annotations

from typing import Self

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.look import fonts, text
from ui.look.theme import color, theme

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class Label(QLabel):
    """Plain text in a role of `fonts.SIZES` and a colour token; never markup.

    It reads in its own direction, and begins where the window begins: at the right where that is mirrored.
    """

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`wrap` allows several lines; `weight` (400 to 600) overrides the role's."""
        super().__init__(parent)
        self._role, self._tone, self._weight = role, tone, weight
        self._usual = self.alignment()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setMinimumWidth(1)
        self.setText(words)
        self._restyle()
        theme().changed.connect(self._restyle)

    def setText(self, words: str) -> None:
        """Set the text; it is laid out in the direction of its first strong character."""
        super().setText(words)
        self._align()

    def setAlignment(self, usual: Qt.AlignmentFlag) -> None:
        """Set the side as it is in a window that reads from left to right."""
        self._usual = usual
        self._align()

    def _align(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        right = bool(self._usual & Qt.AlignmentFlag.AlignRight)
        side = Qt.AlignmentFlag.AlignRight if right != mirrored else Qt.AlignmentFlag.AlignLeft
        if self._usual & Qt.AlignmentFlag.AlignHCenter or not (mirrored or text.is_rtl(self.text())):
            super().setAlignment(self._usual)
        elif mirrored:
            super().setAlignment(
                side | Qt.AlignmentFlag.AlignAbsolute | (self._usual & Qt.AlignmentFlag.AlignVertical_Mask)
            )
        else:
            super().setAlignment(_RIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Go to the other side with the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()

    def showEvent(self, event: QShowEvent) -> None:
        """Set the colour again: the stylesheet resets it when it polishes a surrounding scroll area (observed)."""
        super().showEvent(event)
        self._restyle()

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        if tone != self._tone:
            self._tone = tone
            self._restyle()

    def set_weight(self, weight: int) -> None:
        """Change the font weight (400 to 600)."""
        if weight != self._weight:
            self._weight = weight
            self._restyle()

    def _restyle(self) -> None:
        self.setFont(fonts.font(self._role, self._weight))
        own = self.palette()
        own.setColor(QPalette.ColorRole.WindowText, color(self._tone))
        self.setPalette(own)


class ElidedLabel(QWidget):
    """A single elided line; the whole text is the tooltip (if elided) and the accessible name."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        weight: int | None = None,
        right: bool = False,
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`right` aligns it to the right edge; a `whole` one is blank where there is no room for all of it."""
        super().__init__(parent)
        self._role, self._tone, self._weight, self._right = role, tone, weight, right
        self._text, self._whole = "", whole
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)
        self._restyle()
        theme().changed.connect(self._restyle)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, words: str) -> None:
        """Set the text; line breaks become spaces."""
        self._text = text.plain(words)
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str, weight: int | None = None) -> None:
        """Change the colour token, and the weight if given."""
        self._tone, self._weight = tone, weight or self._weight
        self._restyle()

    def sizeHint(self) -> QSize:
        """The size of the whole line; a layout may give less."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters and the ellipsis."""
        return QSize(24, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line, elided."""
        if self._whole and self.fontMetrics().horizontalAdvance(self._text) > self.width():
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(color(self._tone))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        used = text.draw(painter, self.rect(), self._text, right=self._right != mirrored)
        whole = self.fontMetrics().horizontalAdvance(self._text) <= max(used, self.width())
        self.setToolTip("" if whole else text.isolate(self._text).replace("<", "\u2039"))

    def _restyle(self) -> None:
        self.setFont(fonts.font(self._role, self._weight))
        self.updateGeometry()
        self.update()


class Rule(QFrame):
    """A hairline, horizontal or `vertical`."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        """Make it one pixel thick."""
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the border colour."""
        QPainter(self).fillRect(self.rect(), color("border"))


class Heading(QWidget):
    """A section's heading: title, a count beside it, and a text or link at the right."""

    activated = Signal()

    def __init__(
        self,
        title: str,
        *,
        count: str = "",
        aside: str = "",
        link: bool = False,
        tone: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        """`aside` is shown at the right; as a `link` it emits `activated` on a click."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.title = ElidedLabel(title, "heading", "text2")
        self.count = Label(count, "meta", tone, weight=500)
        row.addWidget(self.title)
        row.addWidget(self.count)
        row.addStretch(1)
        if link:
            from ui.widgets.buttons import LinkButton  # noqa: PLC0415  buttons use labels

            button = LinkButton(aside)
            button.clicked.connect(self.activated)
            row.addWidget(button)
        self.aside = ElidedLabel("" if link else aside, "meta", "text2")
        row.addWidget(self.aside)
        if link:
            self.aside.hide()  # never shown before it has a parent: it would be a window, and take the focus away


class Figure(QWidget):
    """A number with a caption below; the accessible name is "14 conversations"."""

    def __init__(
        self, value: str, caption: str, *, role: str = "section", tone: str = "text", parent: QWidget | None = None
    ) -> None:
        """`role` is the number's font: "section" in cards, "title" or "figure" if it is prominent."""
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.value, self.caption = Label(value, role, tone), Label(caption, "badge", "text2", weight=400)
        column.addWidget(self.value)
        column.addWidget(self.caption)
        self.setAccessibleName(f"{value} {caption}")

    def explained(self, words: str) -> Self:
        """Set a tooltip that says what exactly it counts; return self."""
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        return self

    def set(self, value: str, caption: str = "", tone: str = "") -> None:
        """Change the number, and caption and tone if given."""
        self.value.setText(value)
        if caption:
            self.caption.setText(caption)
        if tone:
            self.value.set_tone(tone)
        self.setAccessibleName(f"{value} {self.caption.text()}")
