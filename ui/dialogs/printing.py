"""The print dialog: what will be on paper, page by page; print it, or save it as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QHBoxLayout, QVBoxLayout

from app.base.filenames import safe
from ui.frame.doing import show_errors
from ui.frame.files import save_path, show_in_folder
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import color
from ui.shared.paper import Paper, save_pdf, usual_layout, without_margins
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import CheckBox
from ui.widgets.labels import ElidedLabel, Label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.printing import Sheet
    from ui.frame.page import Frame

Make = Callable[[bool], "Sheet"]
"""Makes the sheet; with True it has what only the person knows as well."""
_WIDTH, _HEIGHT, _GAP, _MARGIN = 760, 860, 12, 24


class Preview(QAbstractScrollArea):
    """The pages one below the other, as wide as there is room; only those in sight are drawn."""

    def __init__(self) -> None:
        """Start empty, until `show_paper`."""
        super().__init__()
        self._paper: Paper | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_paper(self, paper: Paper) -> None:
        """Show these pages, from the place that was in sight."""
        self._paper = paper
        words = text.counted(paper.pages, "Preview, {count} page", "Preview, {count} pages")
        self.setAccessibleName(words)
        self.setAccessibleDescription(paper.words()[:2_000])
        self._fit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._fit()

    def _scale(self) -> float:
        assert self._paper is not None  # noqa: S101  asked for once there is one
        return max(0.1, (self.viewport().width() - 2 * _GAP) / self._paper.whole.width())

    def _step(self) -> float:
        assert self._paper is not None  # noqa: S101  as above
        return self._paper.whole.height() * self._scale() + _GAP

    def _fit(self) -> None:
        if self._paper is None:
            return
        height = round(self._step() * self._paper.pages + _GAP)
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(fonts.px(40))
        bar.setRange(0, max(0, height - self.viewport().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight: paper is white in the dark as well."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), color("hover"))
        if self._paper is None:
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        scale, step, top = self._scale(), self._step(), self.verticalScrollBar().value()
        first = max(0, int((top - _GAP) // step))
        last = min(self._paper.pages - 1, int((top + self.viewport().height()) // step))
        for page in range(first, last + 1):
            painter.save()
            painter.translate(_GAP, _GAP + page * step - top)
            painter.scale(scale, scale)
            painter.fillRect(QRectF(0, 0, self._paper.whole.width(), self._paper.whole.height()), Qt.GlobalColor.white)
            self._paper.draw(painter, page)
            painter.restore()


class PrintDialog(QDialog):
    """Shows a sheet, with the tick for what only the person knows where it `has_notes`."""

    def __init__(self, frame: Frame, make: Make, *, has_notes: bool) -> None:
        """Show it without notes."""
        window = frame.window()
        super().__init__(window)
        self._frame, self._make = frame, make
        self.sheet = make(False)
        self.setWindowTitle(tr("Print"))
        room = self.screen().availableGeometry()
        self.resize(min(fonts.px(_WIDTH), room.width() - 2 * _MARGIN), min(_HEIGHT, room.height() - 3 * _MARGIN))
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 20, _MARGIN, 20)
        column.setSpacing(10)
        column.addWidget(ElidedLabel(text.plain(self.sheet.title), "title"))
        self.notes = CheckBox(tr("Include what only you know: notes, labels, hand-offs, gifts, promises"))
        self.notes.setVisible(has_notes)
        self.notes.toggled.connect(self._show)
        column.addWidget(self.notes)
        self.preview = Preview()
        column.addWidget(self.preview, 1)
        column.addLayout(self._foot())
        self._show()
        self.preview.setFocus()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        printers = _has_printer()
        self.count = Label("", "meta", "text2")
        none = ElidedLabel("" if printers else tr("No printer is set up on this computer."), "meta", "text2")
        close = ActionButton(tr("Cancel"), kind="plain", height=32)
        close.clicked.connect(self.reject)
        self.save = ActionButton(
            tr("Save as PDF"), "file-down", "" if printers else "Ctrl ↵", kind="" if printers else "primary", height=32
        )
        self.save.clicked.connect(self._save)
        self.print_out = ActionButton(tr("Print…"), "printer", "Ctrl ↵", kind="primary", height=32)
        self.print_out.setVisible(printers)
        self.print_out.clicked.connect(self._print)
        row.addWidget(self.count)
        row.addWidget(none, 1)
        for button in (close, self.save, self.print_out):
            row.addWidget(button)
        return row

    def _show(self, *_: object) -> None:
        self.sheet = self._make(self.notes.isChecked())
        self._paper = Paper(self.sheet, usual_layout())
        self.preview.show_paper(self._paper)
        self.count.setText(text.counted(self._paper.pages, "{count} page", "{count} pages"))

    def _save(self) -> None:
        name = f"{safe(text.plain(self.sheet.title))[:80].strip() or 'Rapport'}.pdf"
        path = save_path(self, tr("Save as PDF"), name, "PDF (*.pdf)")
        if path is None:
            return
        with show_errors(self._frame):
            pages = save_pdf(self.sheet, path)
            words = text.counted(
                pages, "Saved as {file}, {count} page.", "Saved as {file}, {count} pages.", file=text.embed(path.name)
            )
            self._frame.toast(words, _Show(path), link=tr("Show in folder"))
        self.accept()

    def _print(self) -> None:
        """Ask for printer and pages in the desktop's own dialog, and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415  few sessions print

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(text.plain(self.sheet.title))
        printer.setPageLayout(usual_layout())
        chooser = QPrintDialog(printer, self)
        chooser.setMinMax(1, self._paper.pages)
        if chooser.exec() == QDialog.DialogCode.Accepted and print_sheet(self.sheet, printer):
            self._frame.toast(tr("Sent to the printer {name}.").format(name=text.embed(printer.printerName())))
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter prints, or saves where there is no printer; the keys of a list move the preview."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                (self.save if self.print_out.isHidden() else self.print_out).click()
            return
        super().keyPressEvent(event)


class _Show:
    """Shows a saved file in its folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> None:
        show_in_folder(self._path)


def print_sheet(sheet: Sheet, printer: QPrinter) -> bool:
    """Print a sheet on the paper of a printer, the pages that were chosen there; False if it takes nothing."""
    layout = printer.pageLayout()
    layout.setUnits(usual_layout().units())
    layout.setMargins(usual_layout().margins())
    paper = Paper(sheet, layout)
    printer.setPageLayout(without_margins(layout))
    first, last = printer.fromPage() or 1, printer.toPage() or paper.pages
    return paper.print_on(printer, range(first - 1, min(last, paper.pages)))


def _has_printer() -> bool:
    try:
        from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415  few sessions print
    except ImportError:  # the system lacks a library of it
        return False
    return bool(QPrinterInfo.availablePrinterNames())
