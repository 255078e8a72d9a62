"""A sheet on paper: laid out once in pages, drawn the same for the preview, a printer and a PDF.

It is laid out at 96 dots per inch with the fonts' own metrics, and scaled when it is drawn: a preview that broke its
lines elsewhere than the paper would be worth nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLocale, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from app.csvfile import in_place
from app.printing.page import STYLE
from ui.look import fonts, text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.printing import Sheet

DPI = 96
_DOTS_PER_METRE = round(DPI / 0.0254)
_MARGIN_MM, _FOOT = 16, 34
"""The margin at each side, and the pixels below the text that the foot takes."""
_INK, _FAINT = QColor("#1b1a18"), QColor("#57544d")
_BOLD, _POINTS = 600, 10


def usual_layout() -> QPageLayout:
    """A4 upright, or Letter where inches are in use."""
    inches = QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize.PageSizeId.Letter if inches else QPageSize.PageSizeId.A4
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


class Paper:
    """The pages of a sheet. Pixels are at DPI."""

    def __init__(self, sheet: Sheet, layout: QPageLayout) -> None:
        """Lay it out on paper of this layout."""
        self._title = text.plain(sheet.title)
        self.whole = QRectF(layout.fullRectPixels(DPI))
        self._inner = QRectF(layout.paintRectPixels(DPI))
        self._device = QImage(1, 1, QImage.Format.Format_RGB32)
        self._device.setDotsPerMeterX(_DOTS_PER_METRE)
        self._device.setDotsPerMeterY(_DOTS_PER_METRE)
        self._document = document = QTextDocument()
        document.documentLayout().setPaintDevice(self._device)
        document.setUseDesignMetrics(True)
        document.setDocumentMargin(0)
        document.setDefaultFont(_font(_POINTS))
        document.setDefaultStyleSheet(STYLE)
        document.setPageSize(QSizeF(self._inner.width(), self._inner.height() - _FOOT))
        document.setHtml(f"<body>{sheet.body}</body>")
        _embolden(document)

    @property
    def pages(self) -> int:
        """The number of pages."""
        return self._document.pageCount()

    def words(self) -> str:
        """What is on it, as plain text."""
        return self._document.toPlainText()

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw a page, the first is 0, with its foot; the painter's origin is the paper's upper left corner."""
        height = self._document.pageSize().height()
        painter.save()
        painter.translate(self._inner.topLeft() - QPointF(0, page * height))
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, page * height, self._inner.width(), height)
        context.palette = QPalette(_INK, Qt.GlobalColor.white)
        painter.setClipRect(context.clip)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        self._draw_foot(painter, page)

    def _draw_foot(self, painter: QPainter, page: int) -> None:
        foot = QRectF(self._inner.left(), self._inner.bottom() - _FOOT, self._inner.width(), _FOOT)
        number = tr("Page {count} of {total}").format(count=page + 1, total=self.pages)
        painter.save()
        font = _font(8.5)
        font.setPixelSize(round(8.5 * DPI / 72))  # whatever the device that is drawn on takes for a point
        painter.setFont(font)
        painter.setPen(_FAINT)
        below, fixed = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(foot, int(below | fixed | Qt.AlignmentFlag.AlignRight), number)
        room = foot.width() - painter.fontMetrics().horizontalAdvance(number) - _FOOT
        title = text.elide(self._title, painter.fontMetrics(), room)
        painter.drawText(foot, int(below | fixed | Qt.AlignmentFlag.AlignLeft), title)
        painter.restore()

    def print_on(self, device: QPagedPaintDevice, pages: range | None = None) -> bool:
        """Draw all pages, or these, on a printer or into a PDF; False if that takes no drawing."""
        painter = QPainter()
        if not painter.begin(device):
            return False
        scale = painter.device().logicalDpiX() / DPI
        for place, page in enumerate(pages if pages is not None else range(self.pages)):
            if place and not device.newPage():
                painter.end()
                return False
            painter.save()
            painter.scale(scale, scale)
            self.draw(painter, page)
            painter.restore()
        return painter.end()


def save_pdf(sheet: Sheet, path: Path) -> int:
    """Write a sheet as PDF, in place of a file of that name; returns the number of pages. Raises DiskError."""
    layout = usual_layout()
    paper, content = Paper(sheet, layout), QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(text.plain(sheet.title))
    writer.setCreator("Rapport")
    writer.setResolution(DPI * 3)
    writer.setPageLayout(without_margins(layout))
    paper.print_on(writer)
    del writer  # the file's end is written when it goes
    with in_place(path, replace=True) as temporary:
        temporary.write_bytes(bytes(content.data()))
    return paper.pages


def without_margins(layout: QPageLayout) -> QPageLayout:
    """The same paper with no margins: `Paper` keeps its own."""
    bare = QPageLayout(layout)
    bare.setMode(QPageLayout.Mode.FullPageMode)
    bare.setMargins(QMarginsF(0, 0, 0, 0))
    return bare


def _font(points: float, weight: int = 400) -> QFont:
    made = fonts.sized(points, weight)
    made.setPointSizeF(points)  # paper has its own size, whatever the text size on the screen
    return made


def _bold_runs(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """The bold runs of a block: where they begin, their length, and their format with the font's own bold.

    The property by which HTML makes headings larger goes: it would win over the size that the style names.
    """
    runs, step = [], block.begin()
    while not step.atEnd():
        fragment = step.fragment()
        style = QTextCharFormat(fragment.charFormat())
        if style.fontWeight() >= _BOLD:
            style.setFont(_font(style.fontPointSize() or _POINTS, _BOLD))
            style.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
            runs.append((fragment.position(), fragment.length(), style))
        step += 1
    return runs


def _embolden(document: QTextDocument) -> None:
    """Give what the style makes bold the font's own bold: a weight alone does not set that of a variable font."""
    cursor, block = QTextCursor(document), document.begin()
    cursor.beginEditBlock()  # else it is laid out anew for each
    while block.isValid():
        for start, length, style in _bold_runs(block):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(style)
        block = block.next()
    cursor.endEditBlock()
