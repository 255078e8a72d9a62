"""Everything held about a member, saved as a file; and forgetting them: what that does, asked once, the receipt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.base.filenames import safe
from ui.frame.files import save_path, show_in_folder
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import enter
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.about import About
    from app.forgetting import Plan, Receipt
    from ui.frame.page import Frame

_PURPOSE = "export"
_NAME_CHARS = 60


def save_all_about(frame: Frame, member: int) -> None:
    """Ask where to, and write everything that is held about a member there, on a thread of its own."""
    from app.about import write  # noqa: PLC0415  few sessions need it

    bench, memory = frame.bench, frame.memory
    called = safe(text.plain(bench.members.get(member).name))[:_NAME_CHARS].strip() or tr("member")
    name = f"{called}-{clock.local(clock.now()).date().isoformat()}.zip"
    title = tr("Save everything held about this member")
    path = save_path(frame.window(), title, name, "Zip (*.zip)", memory.folder(_PURPOSE))
    if path is None:
        return
    memory.keep_folder(_PURPOSE, path.parent)
    _ = bench.printing, bench.attachments  # made here: the thread only reads

    def work(_progress: Callable[[int, int], object], _stop: threading.Event) -> object:
        return write(bench, member, path, replace=True)  # the dialog has asked

    working = Working(work, "everything about a member")
    working.finished.connect(partial(_saved, frame))
    working.failed.connect(partial(_failed, frame))
    working.start()


def _saved(frame: Frame, made: About) -> None:
    rows = text.counted(sum(made.rows.values()), "{count} row", "{count} rows")
    files = text.counted(made.files, "{count} file", "{count} files")
    file = text.embed(made.path.name)
    words = tr("Everything held about them is in {file}: {rows}, {files}.").format(file=file, rows=rows, files=files)
    if made.missing:
        words = tr("{words} Never fetched, so not in it: {names}.").format(
            words=words, names=", ".join(map(text.plain, made.missing[:3]))
        )
    frame.toast(words, partial(show_in_folder, made.path), link=tr("Show in folder"))


def _failed(frame: Frame, why: UserError | None) -> None:
    if why is not None:  # a bug is reported by the application's exception hook
        frame.fail(str(why))


class ForgetMember(InReadingOrder, QDialog):
    """Shows what forgetting a member does and what it cannot reach, asks once, does it, and shows the receipt.

    Nothing is erased until the button is pressed; while it is being done the dialog stays.
    """

    def __init__(self, frame: Frame, member: int) -> None:
        """Begin to look what there is, on a thread of its own: in a large file that takes a moment."""
        super().__init__(frame.window())
        self._frame, self._member = frame, member
        self._desk = frame.bench.forgetting
        self._busy = False
        self._working: Working | None = None
        self.receipt: Receipt | None = None
        self.setWindowTitle(tr("Forget a member"))
        _fit(self, frame.window())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        self.title = Label(_title(frame, member), "title", wrap=True)
        column.addWidget(self.title)
        self.said = Lines()
        column.addWidget(self.said, 1)
        column.addLayout(self._foot())
        self.said.show_lines([tr("Looking for everything that is held…")])
        self._run(lambda: self._desk.plan(member), self._planned)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.keep = ActionButton(tr("Save what is held first…"), "file-down", kind="plain", height=32)
        self.keep.clicked.connect(lambda: save_all_about(self._frame, self._member))
        self.save = ActionButton(tr("Save the receipt…"), "file-down", kind="plain", height=32)
        self.save.clicked.connect(self._save_receipt)
        self.save.hide()
        self.cancel = ActionButton(tr("Cancel"), key="Esc", height=32)
        self.cancel.clicked.connect(self.reject)
        self.go = ActionButton(tr("Forget for good"), "trash-2", kind="danger", height=32)
        self.go.setEnabled(False)
        self.go.clicked.connect(self._forget)
        row.addWidget(self.keep)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _run(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._busy = True
        self._working = Working(lambda _progress, _stop: work(), "forgetting")
        self._working.finished.connect(done)
        self._working.failed.connect(self._stopped)
        self._working.start()

    def _planned(self, plan: Plan) -> None:
        from app.forgetting import telling  # noqa: PLC0415  loaded at first use

        self._busy = False
        self.said.show_lines(telling.before(plan))
        self.go.setEnabled(True)

    def _forget(self) -> None:
        for button in (self.go, self.keep, self.cancel):
            button.setEnabled(False)
        self.said.show_lines([tr("Erasing. This window stays open until it is done.")])
        self._run(lambda: self._desk.forget(self._member), self._forgotten)

    def _forgotten(self, receipt: Receipt) -> None:
        self._busy, self.receipt = False, receipt
        self.title.setText(tr("Forgotten"))
        self.said.show_lines(lines_of([receipt]))
        self.go.hide()
        self.keep.hide()
        self.save.show()
        self.cancel.set_title(tr("Close"))
        self.cancel.setEnabled(True)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stopped(self, why: UserError | None) -> None:
        """It could not be done, or not wholly: done again, it goes on where it was cut off."""
        self._busy = False
        for button in (self.go, self.keep, self.cancel):
            button.setEnabled(True)
        self.said.show_lines([text.plain(str(why)) if why is not None else tr("It couldn't be done. Try again.")])

    def _save_receipt(self) -> None:
        if self.receipt is not None:
            save_receipts(self._frame, self, [self.receipt])

    def reject(self) -> None:
        """Close, but not while something is being erased."""
        if not self._busy or self.go.isEnabled() or self.cancel.isEnabled():
            super().reject()

    def done(self, outcome: int) -> None:
        """Nobody waits for what is still looked for."""
        if self._working is not None and self.receipt is None:
            self._working.leave()
        super().done(outcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses no button but the one in focus."""
        if not enter.pressed(self, event):
            super().keyPressEvent(event)


class Receipts(InReadingOrder, QDialog):
    """The receipts of all who were forgotten, the latest first; none names anybody."""

    def __init__(self, frame: Frame) -> None:
        """Show them; nothing here changes anything."""
        super().__init__(frame.window())
        self._frame, self._receipts = frame, frame.bench.forgetting.receipts()
        self.setWindowTitle(tr("Forgotten members"))
        _fit(self, frame.window())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(tr("Forgotten members"), "title"))
        self.said = Lines()
        self.said.show_lines(lines_of(self._receipts) or [tr("Nobody has been forgotten.")])
        column.addWidget(self.said, 1)
        row = QHBoxLayout()
        self.save = ActionButton(tr("Save the receipts…"), "file-down", kind="plain", height=32)
        self.save.setVisible(bool(self._receipts))
        self.save.clicked.connect(lambda: save_receipts(self._frame, self, self._receipts))
        close = ActionButton(tr("Close"), key="Esc", height=32)
        close.clicked.connect(self.reject)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        close.setFocus(Qt.FocusReason.OtherFocusReason)


class Lines(Scroll):
    """Sentences, one below the other."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__((0, 0, 8, 0), 10)
        self.labels: list[Label] = []
        self.column.addStretch(1)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these instead."""
        for label in self.labels:
            label.hide()
            label.deleteLater()
        self.labels = [Label(text.plain(line), "body", "text" if place == 0 else "text2", wrap=True)
                       for place, line in enumerate(lines)]  # fmt: skip
        for place, label in enumerate(self.labels):
            self.column.insertWidget(place, label)
        self.verticalScrollBar().setValue(0)


def lines_of(receipts: Sequence[Receipt]) -> list[str]:
    """The sentences of receipts, in order."""
    from app.forgetting import telling  # noqa: PLC0415  loaded at first use

    return [line for receipt in receipts for line in telling.after(receipt)]


def save_receipts(frame: Frame, parent: QWidget, receipts: Sequence[Receipt]) -> None:
    """Ask where to, and save them as a text."""
    path = save_path(parent, tr("Save the receipt"), "receipt.txt", "Text (*.txt)", frame.memory.folder(_PURPOSE))
    if path is None:
        return
    try:
        path.write_text("\n".join(lines_of(receipts)) + "\n", "utf-8")
    except OSError as why:
        frame.fail(tr("{file} can't be written: {why}").format(file=path, why=why.strerror))
        return
    frame.toast(tr("Saved as {file}.").format(file=text.isolate(path.name)), partial(show_in_folder, path),
                link=tr("Show in folder"))  # fmt: skip


def _title(frame: Frame, member: int) -> str:
    return tr("Forget {name}?").format(name=text.embed(frame.bench.members.get(member).name))


def _fit(dialog: QDialog, parent: QWidget) -> None:
    room = parent.size()
    dialog.setMinimumWidth(min(fonts.px(520), room.width() - 40))
    dialog.resize(min(fonts.px(620), room.width() - 40), min(fonts.px(520), room.height() - 60))
