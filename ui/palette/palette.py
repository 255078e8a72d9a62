"""The command palette, "Find or do" (Ctrl+K): members, commands and conversations in one list."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QHBoxLayout, QLineEdit, QListView, QWidget

from app.base.words import N_
from app.commands.command import Command
from app.commands.key_names import shown_key
from app.commands.table import on_page
from ui.commands.in_use import keymap
from ui.look import fonts, text
from ui.palette.found import Found, Provider, commands_for, in_order, marked
from ui.palette.found_delegate import HEAD, ROW, FoundDelegate
from ui.palette.found_model import Rows
from ui.widgets.avatar import Icon, KeyCap
from ui.widgets.labels import Label, Rule
from ui.widgets.overlay import dim
from ui.widgets.panels import Panel
from ui.widgets.toast import speak

WIDE, TOP, QUESTION, FOOT = 640, 96, 56, 38
ROWS_IN_GROUP = 5


class Palette(QWidget):
    """The palette overlay. `ran` carries the chosen Found; it then closes and restores the focus."""

    ran = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Cover `parent` while open."""
        super().__init__(parent)
        self._over = parent
        self._providers: list[Provider] = []
        self._commands: list[Command] = []
        self._only_commands = False
        self._before: QWidget | None = None
        self._build()
        self.hide()
        parent.installEventFilter(self)

    def ask(
        self, page_id: str, providers: Sequence[Provider], possible: Callable[[str], bool], typed: str = ""
    ) -> None:
        """Open with `typed` in the field; `possible` tells whether a command is available now."""
        self._before = self.window().focusWidget()
        self._providers = list(providers)
        self._commands = [c for c in on_page(page_id) if possible(c.id)]
        self._only_commands = False
        self._field.setText(typed)
        self._answer()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def again(self) -> None:
        """Toggle between commands only and everything, on another Ctrl+K."""
        self._only_commands = not self._only_commands
        self._answer()

    def dismiss(self) -> None:
        """Close, and restore the focus."""
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.setAccessibleName(text.tr("Find or do"))
        self._card = Panel(margin=0, parent=self)
        shadow = QGraphicsDropShadowEffect(self._card)
        shadow.setBlurRadius(48)
        shadow.setOffset(0, 16)
        shadow.setColor(QColor(0, 0, 0, 110))
        self._card.setGraphicsEffect(shadow)
        column = self._card.column
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(self._question())
        column.addWidget(Rule())
        self._rows = Rows(self)
        self._list = QListView()
        self._list.setAccessibleName(text.tr("Results"))
        self._list.setModel(self._rows)
        self._list.setItemDelegate(FoundDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._clicked)
        column.addWidget(self._list)
        column.addWidget(Rule())
        column.addLayout(self._foot())

    def _question(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(19, 0, 18, 0)
        row.addStrut(fonts.px(QUESTION))
        row.setSpacing(9)
        row.addWidget(Icon("search", "text2", 18))
        self._field = QLineEdit()
        self._field.setProperty("bare", True)
        self._field.setFont(fonts.font("question", 400))
        self._field.setPlaceholderText(text.tr("Find or do"))
        self._field.setAccessibleName(text.tr("Find or do"))
        self._field.textEdited.connect(self._typed)
        self._field.installEventFilter(self)
        row.addWidget(self._field, 1)
        row.addWidget(Label(text.tr("no accents needed"), "meta", "text2"))
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(17, 0, 17, 0)
        row.addStrut(fonts.px(FOOT))
        row.setSpacing(7)
        for key, words in (
            ("↑ ↓", N_("move")),
            (shown_key("Enter"), N_("open")),
            (keymap().cap("palette"), N_("commands only")),
            (shown_key("Escape"), N_("close")),
        ):
            row.addWidget(KeyCap(key))
            row.addWidget(Label(text.tr(words), "meta", "text2"))
            row.addSpacing(8)
        row.addStretch(1)
        self._count = Label("", "meta", "text2")
        row.addWidget(self._count)
        return row

    def _typed(self, _question: str) -> None:
        self._answer()

    def _answer(self) -> None:
        began, question = time.perf_counter(), self._field.text().strip()
        do = commands_for(question, self._commands)
        rows: list[Found] = []
        total = len(do)
        if question and not self._only_commands:
            for provider in self._providers:
                matches = [marked(row, question) for row in provider(question)]
                total += len(matches)
                rows += matches[:ROWS_IN_GROUP]
            rows = in_order(rows, do[:ROWS_IN_GROUP])
        else:
            rows = do if self._only_commands or question else do[:9]
        count = len(rows)
        if question:
            rows.append(
                Found(
                    text.tr("Search all text for “{typed}”").format(typed=text.isolate(question)),
                    text.tr("Search") if rows else text.tr("Do"),
                    icon="search",
                    page="inbox",
                    target=("search", question),
                )
            )
        self._rows.show(rows)
        took = max(1, round((time.perf_counter() - began) * 1000))
        self._count.setText(
            text.tr("{count} of {total}, in {milliseconds} ms").format(
                count=count, total=max(total, count), milliseconds=took
            )
        )
        self._choose(self._next_row(-1, 1))
        self._fit()

    def _fit(self) -> None:
        wide = min(fonts.px(WIDE), self._over.width() - 40)
        most = self._over.height() - TOP - fonts.px(QUESTION + FOOT) - 60
        tall = sum(fonts.px(HEAD if isinstance(row, str) else ROW) for row in self._rows.rows) + fonts.px(10)
        self._list.setFixedHeight(max(fonts.px(ROW), min(tall, most)))
        self._card.resize(wide, self._list.height() + fonts.px(QUESTION + FOOT) + 2)
        self._card.move((self._over.width() - wide) // 2, min(TOP, self._over.height() // 8))

    def _next_row(self, start: int, step: int) -> int:
        at = start + step
        while 0 <= at < len(self._rows.rows) and isinstance(self._rows.rows[at], str):
            at += step
        return at if 0 <= at < len(self._rows.rows) else start

    def _choose(self, row: int) -> None:
        index = self._rows.index(max(0, row), 0)
        self._list.setCurrentIndex(index)
        if row <= 1:
            self._list.scrollToTop()

    def _clicked(self, index: QModelIndex) -> None:
        self._accept(index.row())

    def _accept(self, row: int) -> None:
        if 0 <= row < len(self._rows.rows) and isinstance(entry := self._rows.rows[row], Found):
            self.dismiss()
            self.ran.emit(entry)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the field's Up, Down, Enter and Esc for the list, and follow the size of the window."""
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
            self._fit()
        if watched is self._field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        at, step = self._list.currentIndex().row(), {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._choose(self._next_row(at, step))
            speak(self._field, str(self._list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._accept(at)
        elif event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click outside the card."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim the window below."""
        dim(QPainter(self), self)
