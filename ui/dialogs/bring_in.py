"""The import dialog: choose a file, or drop it here, preview it and map its columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.base.errors import UserError
from app.base.words import N_
from ui.dialogs.changes import Changes
from ui.frame.files import choose_folder, open_path
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.shared.bringing import Brought, DropTarget
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import Choice
from ui.widgets.fitted import Fitted
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import Panel
from ui.widgets.reading_order import InReadingOrder
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.imports import Options, Preview
    from ui.frame.page import Frame

_MAX_PREVIEW_ROWS = 5
_WIDTH, _MIN_SHEET_HEIGHT, _BODY_HEIGHT = 640, 120, 330
_MOST = 16_777_215  # Qt's largest height
_PURPOSE = "import"
"""What the folder is remembered for."""
_FRAME = 40
"""Pixels that a window manager's frame takes, at most."""


_ANY = (
    N_("Import a file"),
    N_(
        "Mail (mbox, .eml, .emlx, Maildir), a table of messages, members or gifts (CSV), vCards, or an "
        "export from WhatsApp, Telegram, Facebook, Instagram or Mastodon; as a file, folder or archive. "
        "Drop it here, or choose it. "
        "Nothing is saved until you confirm, and you can undo all of it from “What was done”."
    ),
)
_MEMBERS = (
    N_("Import members"),
    N_(
        "vCards (.vcf) of a phone or a mail program, or a table (CSV, .xlsx) from Google Contacts, Outlook, HubSpot "
        "or any other program; any other file that can be imported is taken too. Drop it here, or choose it. "
        "Nothing is saved until you confirm, and you can undo all of it from “What was done”."
    ),
)
"""Title and words of the dialog: of any page, and of the members'."""


class BringIn(InReadingOrder, QDialog):
    """Previews a file and asks for the options, before anything is saved."""

    def __init__(self, frame: Frame, more: int = 0) -> None:
        """Start without a file; `more` files are to be asked about after this one."""
        super().__init__(frame.window())
        self._bench, self._memory = frame.bench, frame.memory
        self.path: Path | None = None
        self.preview: Preview | None = None
        self._choices: list[Choice] = []
        self._own: tuple[str, ...] = ()
        self._order, self._asked_order = "", ""
        self._over: frozenset[str] = frozenset()
        self._changes: Changes | None = None
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self._reading: Working | None = None
        self._typed_before: tuple[str, str] | None = None
        title, words = _MEMBERS if frame.page_id == "members" and not more else _ANY
        self.setWindowTitle(tr(title))
        self.setMinimumWidth(self._width())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(tr(title), "title"))
        if more:
            after = text.counted(more, "{count} more file after this one.", "{count} more files after this one.")
            column.addWidget(Label(after, "meta", "text2"))
        column.addWidget(Label(tr(words), "body", "text2", wrap=True))
        column.addLayout(self._choosing())
        self.wrong = Label("", "body", "danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._nothing = Panel(fill="subtle", edge="border")
        self._nothing.column.addWidget(
            Label(tr("The first rows appear here, before anything is imported."), "meta", "text2"),
            0,
            Qt.AlignmentFlag.AlignCenter,
        )
        scaled(self._nothing, min_height=_BODY_HEIGHT)  # so that the dialog has its size before a file is chosen
        self.body.addWidget(self._nothing)
        self._holder: QWidget | None = None
        self._sheet = Fitted(inner)  # scrolls where the screen is too low for all of it
        column.addWidget(self._sheet)
        column.addStretch(1)
        column.addLayout(self._foot())
        self._drop = DropTarget(self, self._dropped)

    def _width(self) -> int:
        """The width in pixels, at most the screen's."""
        return min(fonts.px(_WIDTH), self.screen().availableGeometry().width() - _FRAME)

    def _choosing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.file = ActionButton(tr("Choose a file"), "file-down")
        self.folder = ActionButton(tr("Choose a folder"), "folder-open", kind="plain")
        self.name = ElidedLabel("", "strong")
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        row.addWidget(self.file)
        row.addWidget(self.folder)
        row.addWidget(self.name, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = ActionButton(tr("Cancel"), kind="plain", height=32)
        cancel.clicked.connect(self.reject)
        self.go = ActionButton(tr("Import"), "check", "Ctrl ↵", kind="primary", height=32)
        self.go.setEnabled(False)
        self.go.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def _choose_file(self) -> None:
        self.preview_file(open_path(self, tr("Which file?"), start=self._memory.folder(_PURPOSE)))

    def _choose_folder(self) -> None:
        self.preview_file(choose_folder(self, tr("Which folder?"), self._memory.folder(_PURPOSE)))

    def preview_file(self, path: Path | None) -> None:
        """Preview this file or folder on a worker, and remember where it lies; a no-op for None."""
        if path is not None:
            self._memory.keep_folder(_PURPOSE, path.parent)
            self._own = ()
            self._order, self._asked_order, self._over = "", "", frozenset()
            self._begin(path, None)

    def _dropped(self, files: Sequence[Brought]) -> None:
        """Preview the first of the files that were dropped here."""
        paths = [file for file in files if isinstance(file, Path)]
        if paths:
            self.preview_file(paths[0])
        else:
            self._say(tr("This picture is in no file. Save it first, then drop the file here."))

    def _begin(self, path: Path, options: Options | None) -> None:
        """Preview on a worker, as a large file takes seconds; Import waits for a new one."""
        self.path = path
        self.name.setText(tr("Reading {file}").format(file=text.isolate(path.name)))
        if options is None:  # else what is shown can be imported as it stands; a click on Import must not be lost
            self.go.setEnabled(False)
        self._typed_before = self._typed()
        self._reading = reading = Working(lambda _progress, _stop: self._read(path, options), "preview")
        reading.finished.connect(self._was_read)
        reading.failed.connect(self._was_not_read)
        reading.start()

    def _typed(self) -> tuple[str, str] | None:
        return None if self._holder is None else (self.channel.text(), self.own.text())

    def _was_read(self, preview: Preview) -> None:
        if self.path is None or self.sender() is not self._reading:
            return  # another file was chosen meanwhile
        named, typed = self._focused(), self._typed()
        self._show_outcome(self.path, preview, None)
        if typed is not None and typed != self._typed_before:  # somebody typed on while it was read
            self.channel.setText(typed[0])
            self.own.setText(typed[1])
        self._focus(named)

    def _was_not_read(self, why: UserError | None) -> None:
        if self.path is not None and self.sender() is self._reading:
            self._show_outcome(self.path, None, why)

    def look(self, path: Path, options: Options | None = None) -> None:
        """Preview a file with these options at once; a UserError is shown in the dialog."""
        self.path = path
        try:
            self._show_outcome(path, self._read(path, options), None)
        except UserError as why:
            self._show_outcome(path, None, why)

    def _read(self, path: Path, options: Options | None) -> Preview:
        from app.imports import Options  # noqa: PLC0415  loaded with the first file

        return self._bench.imports.preview(path, options or Options())

    def _show_outcome(self, path: Path, preview: Preview | None, why: UserError | None) -> None:
        self.name.setText(path.name)
        self.preview = preview
        if preview is None:
            self._say("" if why is None else str(why))
            self._clear()
            self.go.setEnabled(False)
            return
        self._show(preview)

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _clear(self) -> None:
        if self._holder is not None:
            self.body.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
            self._holder = None
        self._nothing.show()
        self._choices = []

    def _show(self, preview: Preview) -> None:
        self._clear()
        self._holder = holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(preview.sentence, "strong", wrap=True))
        column.addLayout(self._fields(preview))
        column.addWidget(self._table(preview), 1)
        self._changes = Changes(preview, self._over) if preview.changes or preview.refused else None
        if self._changes is not None:
            column.addWidget(self._changes)
        scaled(holder, min_height=_BODY_HEIGHT)
        self.body.addWidget(holder)
        self._nothing.hide()
        self._say(_asks(preview))
        self.go.setEnabled(not preview.missing and not preview.asks_order)
        if self.isVisible():
            holder.show()  # else it is shown with the next event, and the layout takes it for nothing until then
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit what is shown already."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Grow to what is shown, and move up where the screen ends."""
        column, room = self.layout(), self.screen().availableGeometry()
        if column is None:
            return
        self._sheet.set_most(_MOST)
        column.activate()
        rest = column.totalHeightForWidth(self.width()) - self._sheet.height()
        self._sheet.set_most(max(fonts.px(_MIN_SHEET_HEIGHT), room.height() - _FRAME - rest))
        column.activate()
        needed = max(column.totalMinimumSize().height(), column.totalHeightForWidth(self.width()))
        self.resize(self.width(), min(max(self.height(), needed), room.height() - _FRAME))
        if self.frameGeometry().bottom() > room.bottom():
            self.move(self.x(), max(room.top(), room.bottom() - self.height() - _FRAME))

    def _fields(self, preview: Preview) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        self.channel, self.own = QLineEdit(preview.channel), QLineEdit(", ".join(self._own) or preview.own)
        self._shown = (preview.channel, self._typed_names())
        self.encoding = Choice(
            [(code, f"{code}  {text.plain(line)[:40]}") for code, line in preview.encodings], preview.encoding
        )
        parts: list[tuple[str, QWidget]] = []
        if preview.holds == "messages":
            parts += [(tr("Shown in the inbox as"), self.channel), (tr("Your own addresses or names"), self.own)]
            self.channel.editingFinished.connect(self._edited)
            self.own.editingFinished.connect(self._edited)
        if preview.names:
            self.who = Choice([("", tr("None of them")), *((name, name) for name in preview.names)])
            parts.append((tr("Which of these is you?"), self.who))
            self.who.picked.connect(self._is_me)
        self._asked_order = preview.asks_order or self._asked_order
        if self._asked_order:
            parts.append((tr("In birthdays such as {example}").format(example=self._asked_order), self._orders()))
        if preview.encodings:
            parts.append((tr("Which line looks right?"), self.encoding))
            self.encoding.picked.connect(self._refresh_preview)
        beside = self._width() >= fonts.px(_WIDTH)
        for place, (words, widget) in enumerate(parts):
            line, column = (0, place) if beside else (2 * place, 0)
            label = Label(words, "meta", "text2")
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            grid.addWidget(label, line, column)
            grid.addWidget(widget, line + 1, column)
        return grid

    def _orders(self) -> Choice:
        """The choice of what comes first in birthdays."""
        from app.contacts.birthdays import ORDERS  # noqa: PLC0415  as in `look`

        orders = [(key, tr(words)) for key, words in ORDERS.items()]
        self.order = Choice([("", tr("Choose")), *orders], self._order)
        self.order.picked.connect(self._order_picked)
        return self.order

    def _order_picked(self, order: str) -> None:
        self._order = order
        self._refresh_preview()

    def _table(self, preview: Preview) -> QWidget:
        """The first rows of the table, with a choice of field above each column."""
        box = Panel(fill="subtle", edge="border", margin=1)  # around what scrolls: its edges are always in sight
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(fonts.px(150 if preview.changes or preview.refused else 230))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 10, 10, 10)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        column.addLayout(grid)
        column.addStretch(1)
        for place, header in enumerate(preview.header):
            grid.addWidget(ElidedLabel(header, "heading", "text2"), 0, place)
            grid.setColumnMinimumWidth(place, fonts.px(120))
        for place, named in enumerate(preview.columns):
            choice = Choice(
                [(key, tr(words)) for key, words in self._offered(named.field, preview.holds).items()],
                named.field,
                tr("Column {header} is").format(header=named.header),
            )
            choice.picked.connect(self._refresh_preview)
            self._choices.append(choice)
            grid.addWidget(choice, 1, place)
        for line, row in enumerate(preview.rows[:_MAX_PREVIEW_ROWS]):
            for place, cell in enumerate(row):
                grid.addWidget(ElidedLabel(text.plain(cell)[:200], "meta"), line + 2, place)
        scroll.setWidget(inner)
        for part in (inner, scroll.viewport()):
            part.setAutoFillBackground(False)
        box.column.addWidget(scroll)
        return box

    @staticmethod
    def _offered(field: str, holds: str) -> dict[str, str]:
        """The fields that a column may be, by key: those of what the table holds come first."""
        from app.imports.mapping import FIELD_NAMES, GIFT, MEMBER, MESSAGE  # noqa: PLC0415  as in `look`

        likely = {"members": MEMBER, "gifts": GIFT}.get(holds, MESSAGE)
        ordered = dict.fromkeys((*likely, *FIELD_NAMES))
        offered = {"": N_("Ignore"), **{key: FIELD_NAMES[key] for key in ordered}}
        return offered if field in offered else offered | {field: field.removeprefix("on:").capitalize()}

    def _refresh_preview(self, _key: str = "") -> None:
        if self.path is not None and self.preview is not None:
            options = self.options()
            self._over = options.over
            self._begin(self.path, options)

    def _edited(self) -> None:
        """Read again with a name that was typed."""
        if self.preview is not None and (self.channel.text().strip(), self._typed_names()) != self._shown:
            self._own = self._typed_names()
            self._refresh_preview()

    def _is_me(self, name: str) -> None:
        if name:
            self.own.setText(name)
            self._edited()

    def _typed_names(self) -> tuple[str, ...]:
        """Our own addresses and names: between commas, as names have spaces in them; addresses need none."""
        typed = self.own.text().replace(";", ",")
        parts = typed.split() if all("@" in word for word in typed.replace(",", " ").split()) else [typed]
        return tuple(name.strip() for part in parts for name in part.split(",") if name.strip())

    def _focused(self) -> str:
        before = self.focusWidget()
        return before.accessibleName() if isinstance(before, Choice | QLineEdit) else ""

    def _focus(self, named: str) -> None:
        """Give the focus back to a field that was built anew, for choosing by keyboard."""
        fields = [*self._choices, *self.findChildren(QLineEdit), *self.findChildren(Choice)]
        found = [field for field in fields if not field.isHidden() and field.accessibleName() == named != ""]
        if found:
            found[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def options(self) -> Options:
        """The options chosen so far."""
        from app.imports import Options  # noqa: PLC0415  as in `look`

        preview = self.preview
        if preview is None:
            return Options()
        chosen = {column.header: choice.key() for column, choice in zip(preview.columns, self._choices, strict=False)}
        changed = {name: chosen[name] for name in chosen if chosen[name] != self._field_of(name)}
        return Options(
            kind=preview.kind,
            channel=self.channel.text().strip(),
            own=self._typed_names(),
            mapping=chosen if changed else {},
            encoding=self.encoding.key() if preview.encodings else "",
            dates=self._order,
            over=self._over if self._changes is None else self._changes.over(),
        )

    def _field_of(self, header: str) -> str:
        return (
            next((column.field for column in self.preview.columns if column.header == header), "")
            if self.preview
            else ""
        )

    def keyPressEvent(self, event: Any) -> None:  # noqa: ANN401  QKeyEvent
        """Ctrl+Enter imports; plain Enter is swallowed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.go.isEnabled():
                self.accept()
            return
        super().keyPressEvent(event)


def _asks(preview: Preview) -> str:
    """What is still to be chosen before the file can be imported; "" for nothing."""
    if preview.missing:
        return tr("Choose the column for: {fields}.").format(fields=preview.lacks)
    if preview.asks_order:
        return tr("{example} could be two days. Choose which comes first, day or month.").format(
            example=preview.asks_order
        )
    return ""
