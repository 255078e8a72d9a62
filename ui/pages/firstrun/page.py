"""The welcome screen: three ways to start (demo, connect, import)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base.words import N_
from ui.commands import keys
from ui.commands.in_use import keymap
from ui.look import fonts, icons, text
from ui.look.theme import SCHEMES, color, theme
from ui.widgets import paint
from ui.widgets.avatar import Icon, KeyCap
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.labels import Label
from ui.widgets.panels import Panel

CARD_WIDE, CARD_TALL, DRAWING = 320, 360, 132


@dataclass(frozen=True, slots=True)
class Way:
    """The texts of one card. `id` is what `FirstRun.chosen` carries."""

    id: str
    key: str
    title: str
    words: str
    assurances: tuple[str, str]
    action: str


WAYS = (
    Way(
        "demo",
        "1",
        N_("Look around a demo community"),
        N_("Conversations, members, gifts and hand-offs, all made up, all yours to try."),
        (N_("Nothing is sent anywhere"), N_("Leave it whenever you like")),
        N_("Open the demo"),
    ),
    Way(
        "connect",
        "2",
        N_("Connect an account"),
        N_("Bring your conversations together, channel by channel."),
        (N_("Passwords stay in your system keyring"), N_("Reads first, sends only when you say so")),
        N_("Choose a channel"),
    ),
    Way(
        "bring_in",
        "3",
        N_("Import a file"),
        N_("Members, comments and gifts from a table, mail from a mailbox, or chats."),
        (N_("Tables, mailboxes, contacts, WhatsApp and more"), N_("A preview before anything is saved")),
        N_("Choose a file"),
    ),
)
_BY_KEY = ("bring_in", "open_file")
"""The commands whose keys mean the same here as on every page."""
_SCHEME_WORDS = {"system": N_("Match system"), "light": N_("Light"), "dark": N_("Dark")}


class FirstRun(QWidget):
    """Covers the window. `chosen` carries "demo", "connect", "bring_in", "open_file", "restore" or "change_place"."""

    chosen = Signal(str)
    themed = Signal(str)

    def __init__(self, file: str, parent: QWidget) -> None:
        """`file` is the path where the community's file will be created."""
        super().__init__(parent)
        self.setAccessibleName(text.tr("Welcome"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 16)
        column.setSpacing(0)
        column.addLayout(self._top())
        column.addStretch(2)
        self._head(column)
        column.addSpacing(26)
        column.addLayout(self._cards())
        column.addSpacing(18)
        column.addLayout(self._file_row(file))
        column.addStretch(3)
        column.addLayout(self._foot())
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 choose a card, Enter the demo; keys of commands that need no file of yours mean the same here."""
        digit = keys.letter(event, "123")
        if digit:
            self.chosen.emit(WAYS[int(digit) - 1].id)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit("demo")
        elif asked := [one.id for one in keymap().current.commands(keys.spellings(event), "") if one.id in _BY_KEY]:
            self.chosen.emit(asked[0])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the background."""
        QPainter(self).fillRect(self.rect(), color("surface"))

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self._scheme = ActionButton(text.tr(_SCHEME_WORDS[theme().scheme]), "sun-moon", kind="quiet", menu=True)
        self._scheme.setToolTip(text.tr("Light or dark"))
        self._scheme.clicked.connect(self._next_scheme)
        row.addWidget(self._scheme)
        return row

    def _next_scheme(self) -> None:
        scheme = SCHEMES[(SCHEMES.index(theme().scheme) + 1) % len(SCHEMES)]
        theme().choose(scheme)
        self._scheme.set_title(text.tr(_SCHEME_WORDS[scheme]))
        self.themed.emit(scheme)

    def _head(self, column: QVBoxLayout) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Mark(48), 0, middle)
        column.addSpacing(9)
        column.addWidget(Label("Rapport", "strong", "text2"), 0, middle)
        column.addSpacing(9)
        column.addWidget(Label(text.tr("Good to have you here"), "welcome"), 0, middle)
        column.addSpacing(4)
        column.addWidget(
            Label(text.tr("Three ways to start. You can add accounts and files at any time."), "message", "text2"),
            0,
            middle,
        )

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        for way in WAYS:
            card = _Card(way, self)
            card.chosen.connect(self.chosen)
            row.addWidget(card, 8)
        row.addStretch(1)
        return row

    def _file_row(self, file: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(Icon("hard-drive"))
        row.addWidget(Label(text.tr("Everything is kept in one file on this computer:"), "meta", "text2"))
        path = file.replace(str(Path.home()), "~", 1)
        label = Label(path, "meta", "text", weight=500)
        label.setMinimumWidth(60)
        row.addWidget(label)
        row.addWidget(self._link(N_("Change"), "change_place"))
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._link(N_("Open an existing file"), "open_file"))
        row.addSpacing(16)
        row.addWidget(self._link(N_("Restore a backup"), "restore"))
        row.addStretch(1)
        return row

    def _link(self, words: str, what: str) -> LinkButton:
        link = LinkButton(text.tr(words))
        link.setProperty("what", what)
        link.clicked.connect(self._linked)
        return link

    def _linked(self) -> None:
        self.chosen.emit(str(self.sender().property("what")))


class _Mark(QWidget):
    """The logo on its green square."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.setFixedSize(fonts.px(side), fonts.px(side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the logo."""
        draw_mark(QPainter(self), self.rect())


def draw_mark(painter: QPainter, rect: QRect) -> None:
    """Draw the logo into `rect`."""
    paint.box(painter, rect, fill="accent", radius=rect.width() / 4)
    inner = round(rect.width() * 0.58)
    off = (rect.width() - inner) / 2
    icons.draw(painter, "rapport", theme().hex("on_accent"), rect.x() + off, rect.y() + off, inner)


class _Card(Panel):
    """One way to start; the whole card is clickable, its button is reached by Tab."""

    chosen = Signal(str)

    def __init__(self, way: Way, parent: QWidget) -> None:
        first = way.id == "demo"
        super().__init__(edge="accent" if first else "border", margin=13, parent=parent)
        self._way = way
        self.setAccessibleName(text.tr(way.title))
        self.setMinimumSize(fonts.px(228), fonts.px(CARD_TALL))
        self.setMaximumWidth(fonts.px(CARD_WIDE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.column.addWidget(_Drawing(way.id))
        self.column.addSpacing(8)
        head = QHBoxLayout()
        title = Label(text.tr(way.title), "section", wrap=True)
        head.addWidget(title, 1)
        head.addWidget(KeyCap(way.key), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(Label(text.tr(way.words), "body", "text2", wrap=True))
        self.column.addSpacing(4)
        for words in way.assurances:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Icon("check", "ok", 14), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(text.tr(words), "meta", "text2", wrap=True), 1)
            self.column.addLayout(row)
        self.column.addStretch(1)
        self.button = ActionButton(
            text.tr(way.action), key="Enter" if first else "", kind="primary" if first else "outline", height=34
        )
        self.button.clicked.connect(self._choose)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose this card on a click anywhere on it."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._choose()

    def _choose(self) -> None:
        self.chosen.emit(self._way.id)


class _Drawing(QWidget):
    """The picture at the top of a card, painted with colour tokens so that it follows the theme."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self.setFixedHeight(fonts.px(DRAWING))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a page in miniature."""
        painter = QPainter(self)
        paint.box(painter, self.rect(), fill="subtle")
        painter.setClipRect(self.rect())
        {"demo": self._inbox, "connect": self._channels}.get(self._what, self._table)(painter)

    def _sheet(self, painter: QPainter, wide: int) -> QRect:
        rect = QRect((self.width() - wide) // 2, 19, wide, 200)
        paint.box(painter, rect, fill="surface", edge="border", radius=8)
        return rect

    def _inbox(self, painter: QPainter) -> None:
        sheet = self._sheet(painter, 226)
        people = (
            ("Ελένη Π", "clock", "warn", 72, 96),
            ("Guðrún Þ", "gift", "delight", 88, 78),
            ("Žofie D", "messages-square", "text2", 64, 92),
        )
        for place, (name, icon, tone, first, second) in enumerate(people):
            top = sheet.top() + 5 + place * 36
            if place == 0:
                paint.box(painter, QRect(sheet.left() + 6, top, sheet.width() - 12, 34), fill="selected", radius=5)
            paint.avatar(painter, QRect(sheet.left() + 14, top + 5, 24, 24), name)
            _bar(painter, sheet.left() + 48, top + 8, first, "accent" if place == 0 else "control")
            _bar(painter, sheet.left() + 48, top + 20, second, "nav")
            icons.draw(painter, icon, theme().hex(tone), sheet.right() - 30, top + 9, 16)

    def _channels(self, painter: QPainter) -> None:
        middle = self.rect().center()
        spots = (
            (-108, -32, "mail"),
            (-108, 32, "messages-square"),
            (-66, 0, "rss"),
            (108, -32, "at-sign"),
            (66, 0, "message-square"),
            (108, 32, "message-circle"),
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(color("nav")), 1.2))
        for x, y, _icon in spots:
            painter.drawLine(middle.x() + x, middle.y() + y, middle.x(), middle.y())
        for x, y, icon in spots:
            circle = QRectF(middle.x() + x - 17, middle.y() + y - 17, 34, 34)
            paint.box(painter, circle, fill="surface", edge="border", radius=17)
            icons.draw(painter, icon, theme().hex("text2"), circle.x() + 9, circle.y() + 9, 16)
        draw_mark(painter, QRect(middle.x() - 20, middle.y() - 20, 40, 40))

    def _table(self, painter: QPainter) -> None:
        sheet = self._sheet(painter, 208)
        icons.draw(painter, "file-spreadsheet", theme().hex("ok"), sheet.left() + 14, sheet.top() + 12, 18)
        painter.setFont(fonts.font("meta", 500))
        painter.setPen(color("text"))
        text.draw(painter, QRect(sheet.left() + 40, sheet.top() + 11, 150, 20), "members.csv")
        for place, widths in enumerate(((56, 44, 34), (46, 54, 26), (60, 38, 32))):
            top = sheet.top() + 44 + place * 24
            painter.fillRect(QRect(sheet.left() + 14, top - 9, sheet.width() - 28, 1), color("border"))
            for start, width, token in zip((14, 86, 158), widths, ("control", "nav", "nav"), strict=True):
                _bar(painter, sheet.left() + start, top, width, token)


def _bar(painter: QPainter, x: int, y: int, width: int, token: str) -> None:
    paint.box(painter, QRect(x, y, width, 6), fill=token, radius=3)
