"""The view of a conversation: messages as plain text blocks, and thin lines for hand-offs, gifts and promises.

It is one read-only text document, so that selecting, copying and screen readers work across messages. It is built
block by block, never from markup: text from outside stays plain text. Only our own anchors are links.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.inbox import Line, Opened
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import color, theme
from ui.shared import whom
from ui.shared.act import Act
from ui.shared.attachments import FileLines
from ui.shared.formats import Formats
from ui.shared.standing import (
    Piece,
    Place,
    elsewhere,
    marks,
    mine,
    muted,
    places,
    sending,
    sending_stamp,
    standing,
    status_icon,
)
from ui.shared.thin_line import thin_words
from ui.widgets import paint

CHARACTERS_SHOWN = 50_000
"""Longer messages are cut until "Show all" is clicked: laying them out would freeze the window (reliability.md)."""
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?)\]}…]")
_MARGIN_WIDTH = 44
_MAX_RECEIVER_CHARS = 24  # of the name in "to ..." beside our own messages


class _Mark(NamedTuple):
    """An avatar (no `icon`) or icon in the margin beside the block at a document position."""

    position: int
    line: Line
    icon: str = ""
    tone: str = "text2"


class Story(QTextBrowser):
    """Shows an open conversation."""

    link = Signal(str)
    """An http, https or mailto link was clicked."""
    file = Signal(str)
    """An attachment was clicked; carries its id as text."""
    acted = Signal(object)
    """An action's link was clicked; carries its Act."""
    asked = Signal(object, object)
    """A context menu was requested; carries the Line or None, and the screen position."""

    def __init__(self) -> None:
        """Start empty, until `show_conversation`."""
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(tr("Conversation"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self._margin = _Margin(self)
        self.setViewportMargins(fonts.px(_MARGIN_WIDTH), 0, 0, 0)
        self.anchorClicked.connect(self._pressed)
        self._marks: list[_Mark] = []
        self._acts: list[Act] = []  # the acts of the "act:<index>" anchors
        self._opened: Opened | None = None
        self._now = 0
        self._show_all = self._pending = False
        self._unfolded: set[int] = set()  # ids of messages whose earlier versions are shown
        self._whom_shown: set[tuple[str, int]] = set()  # kind and id of the lines whose addresses are shown
        self._places: dict[int, Place] = {}
        self._written_at = 0
        self._words = Formats()
        self.files = FileLines(self, self._block)
        self._rewrite_timer = QTimer(self)
        self._rewrite_timer.setSingleShot(True)
        self._rewrite_timer.setInterval(0)
        self._rewrite_timer.timeout.connect(self._rewrite)
        theme().changed.connect(self._restyle)
        self.verticalScrollBar().valueChanged.connect(self._margin.follow)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: ANN401  Qt's signature
        """Load nothing, so that no text can make Qt fetch a resource."""
        return None

    def show_conversation(self, opened: Opened, now: int) -> None:
        """Show a conversation, scrolled to the first unread or else the last message; a reload keeps the position."""
        same = self._opened is not None and self._opened.row.id == opened.row.id
        self._opened, self._now = opened, now
        self._show_all = self._show_all and same
        self._unfolded = self._unfolded if same else set()
        if not same:
            self.files.forget()
        self._pending = not self.isVisible()  # before its geometry is final everything would be laid out twice: 4 ms
        if self._pending:
            return
        if same:
            self._rewrite()
        else:
            self._write_to_end()

    def showEvent(self, event: QShowEvent) -> None:
        """Write the conversation that was set while hidden."""
        super().showEvent(event)
        if self._pending:
            self._pending = False
            self._write_to_end()

    def _write_to_end(self) -> None:
        """Write, and scroll to the end, but not past the first unread message."""
        self._write()
        bar = self.verticalScrollBar()
        bar.setValue(min(bar.maximum(), self._unread_top()))

    def _unread_top(self) -> int:
        """The y position in pixels of the first unread message, or of the last message if all are read."""
        messages = [
            mark for mark in self._marks if mark.line.kind in ("said", "unreadable", "outbox") and not mark.icon
        ]
        if not messages or self._opened is None:
            return self.verticalScrollBar().maximum()
        theirs = [mark for mark in messages if not mark.line.out][-max(1, self._opened.row.unread) :]
        first = theirs[0] if self._opened.row.unread and theirs else messages[-1]
        document = self.document()
        return int(document.documentLayout().blockBoundingRect(document.findBlock(first.position)).top())

    def empty(self) -> None:
        """Clear the view."""
        self._opened = None
        self._pending = False
        self._marks, self._acts = [], []
        self.clear()

    def toggle_pictures(self, message: int) -> None:
        """Show the pictures of a message large, or no more."""
        self.files.toggle(message)
        self._rewrite()

    def _restyle(self) -> None:
        self.setViewportMargins(fonts.px(_MARGIN_WIDTH), 0, 0, 0)
        self._margin.fit()
        self._rewrite()

    def _rewrite(self) -> None:
        if self._opened is not None and not self._pending:
            bar = self.verticalScrollBar()
            at, at_end = bar.value(), bar.value() >= bar.maximum()
            self._write()
            bar.setValue(bar.maximum() if at_end else at)

    def _write(self) -> None:
        opened = self._opened
        if opened is None:
            return
        self.setUpdatesEnabled(False)
        document = self.document()
        document.clear()
        if document.defaultFont() != fonts.font("message"):  # setting even an equal font lays everything out again
            document.setDefaultFont(fonts.font("message"))
        self._written_at, self._words = self.width(), Formats()
        self._marks, self._acts = [], []
        self.files.begin_writing(self._line_width())
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._first = True
        if opened.earlier:
            self._insert_thin_line(
                cursor,
                tr("Earlier messages, kept but not shown: {count}").format(count=text.number(opened.earlier)),
                None,
            )
        self._places = places(opened.lines)
        for line in opened.lines:
            if line.kind in ("said", "offline", "unreadable", "outbox"):
                self._insert_message(cursor, line)
            else:
                self._insert_thin_line(cursor, thin_words(line, self._now), line)
        cursor.endEditBlock()
        self.setUpdatesEnabled(True)
        self._margin.update()

    def _block(self, cursor: QTextCursor, shape: QTextBlockFormat, letters: QTextCharFormat) -> None:
        if self._first:
            cursor.setBlockFormat(shape)
            cursor.setBlockCharFormat(letters)
            self._first = False
        else:
            cursor.insertBlock(shape, letters)

    def _insert_message(self, cursor: QTextCursor, line: Line) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(0 if self._first else fonts.px(18))
        stamp = self._stamp(line)
        line_width = self._line_width()
        shape.setLayoutDirection(self.layoutDirection())  # a right-to-left name would put the time on the next line
        shape.setTabPositions([QTextOption.Tab(max(80.0, line_width), QTextOption.TabType.RightTab)])
        name = self._words.of("name", "text")
        self._block(cursor, shape, name)
        self._marks.append(_Mark(cursor.position(), line))
        room = line_width - self._words.metrics("meta").horizontalAdvance(stamp) - fonts.px(70)
        author = text.elide(
            text.plain(line.author or (tr("You") if line.out else tr("Unknown"))), self._words.metrics("name"), room
        )
        cursor.insertText(text.isolate(author), name)
        if line.out:
            if line.author:  # else the name itself is "You"
                cursor.insertText("  " + tr("You"), self._words.of("meta", "accent", 500))
            several = self._opened is not None and len(self._opened.speakers) > 1
            if line.to and several and not whom.in_words(line, self._opened):
                name_there = text.embed(line.to, _MAX_RECEIVER_CHARS)
                cursor.insertText("  " + tr("to {name}").format(name=name_there), self._words.of("meta", "text2"))
        cursor.insertText(
            f"\t{stamp}", self._words.of("meta", "warn" if line.state in ("undecided", "failed") else "text2")
        )
        if line.subject:
            self._insert_subject(cursor, line.subject)
        self._insert_whom(cursor, line)
        self._body(cursor, line)

    def _insert_subject(self, cursor: QTextCursor, subject: str) -> None:
        """Insert the subject of a letter that has another than the conversation."""
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(2))
        shape.setLayoutDirection(self.layoutDirection())
        self._block(cursor, shape, self._words.of("row", "text2"))
        words = tr("Subject: {subject}").format(subject=text.embed(subject))
        cursor.insertText(words, self._words.of("row", "text2"))

    def _insert_whom(self, cursor: QTextCursor, line: Line) -> None:
        """Insert whom a letter names; pressed, it shows their addresses."""
        words = whom.in_words(line, self._opened)
        if not words:
            return
        link = self._words.anchor(f"whom:{line.kind}:{line.id}", "meta")
        link.setForeground(color("text2"))
        link.setToolTip(whom.tooltip(line.letter))
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(2))
        shape.setLayoutDirection(self.layoutDirection())
        self._block(cursor, shape, self._words.of("meta", "text2"))
        cursor.insertText(words, link)
        for title_and_boxes in whom.in_full(line.letter) if (line.kind, line.id) in self._whom_shown else ():
            self._block(cursor, shape, self._words.of("meta", "text2"))
            cursor.insertText(title_and_boxes, self._words.of("meta", "text2"))

    def _toggle_whom(self, kind: str, number: str) -> None:
        self._whom_shown ^= {(kind, int(number))}
        self._rewrite()

    def _line_width(self) -> float:
        """The width of a line in pixels, with room for the scroll bar whether it is shown or not."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - fonts.px(_MARGIN_WIDTH) - 1.0

    def _stamp(self, line: Line) -> str:
        if line.kind == "outbox":
            return sending_stamp(line, self._places.get(line.id), self._now, mine=mine(self._opened))
        return " · ".join([*marks(line, self._now), text.stamp(line.at, self._now)])

    def _body(self, cursor: QTextCursor, line: Line) -> None:
        body = line.text if self._show_all else line.text[:CHARACTERS_SHOWN]
        tone = "text3" if muted(line) else "text2" if line.kind == "unreadable" else "text"
        for paragraph in body.split("\n"):
            shape = QTextBlockFormat()
            shape.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            rtl = text.is_rtl(paragraph)
            shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
            if rtl:
                shape.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
                shape.setIndent(0)
                shape.setTextIndent(0)
            quoted = paragraph.startswith(">")
            self._block(cursor, shape, self._words.of("message", "text3" if quoted else tone))
            self._insert(cursor, text.plain(paragraph) if not paragraph.isspace() else "", "text3" if quoted else tone)
        if len(line.text) > len(body):
            self._insert_link_line(
                cursor,
                "all:",
                text.counted(len(line.text), "Show all ({count} character)", "Show all ({count} characters)"),
            )
        self._insert_versions(cursor, line)
        self.files.insert(cursor, line, self._words)
        if line.kind == "outbox":
            self._insert_status_line(cursor, line, sending(line, self._places.get(line.id), mine=mine(self._opened)))
        elif self._opened is not None:
            self._insert_status_line(cursor, line, standing(line, self._opened))
            self._insert_status_line(cursor, line, elsewhere(line, self._now), "mailbox")

    def _insert_versions(self, cursor: QTextCursor, line: Line) -> None:
        """Insert the link that unfolds how a message of ours read before, and those words if it is unfolded."""
        if not line.versions:
            return
        many, unfolded = len(line.versions), line.id in self._unfolded
        words = text.counted(many, "Show the old words", "Show the {count} earlier versions")
        self._insert_link_line(cursor, f"old:{line.id}", tr("Hide the old words") if unfolded else words)
        for body, until in line.versions if unfolded else ():
            self._block(cursor, QTextBlockFormat(), self._words.of("meta", "text2"))
            cursor.insertText(tr("Until {when}").format(when=text.stamp(until, self._now)))
            for paragraph in body[:CHARACTERS_SHOWN].split("\n"):
                shape = QTextBlockFormat()
                shape.setLeftMargin(fonts.px(12))
                rtl = text.is_rtl(paragraph)
                shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
                self._block(cursor, shape, self._words.of("message", "text3"))
                self._insert(cursor, text.plain(paragraph) if not paragraph.isspace() else "", "text3")

    def _insert(self, cursor: QTextCursor, body: str, tone: str) -> None:
        plain = self._words.of("message", tone)
        for piece, address in pieces(body):
            cursor.insertText(piece, self._words.anchor(address, "message") if address else plain)

    def _insert_link_line(self, cursor: QTextCursor, address: str, words: str) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(4))
        self._block(cursor, shape, self._words.of("body", "accent"))
        cursor.insertText(words, self._words.anchor(address, "row"))

    def _insert_status_line(self, cursor: QTextCursor, line: Line, pieces: Sequence[Piece], icon: str = "") -> None:
        """Insert a status line with its links; a line that begins with a state gets that icon in the margin."""
        if not pieces:
            return
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(5))
        shape.setLayoutDirection(self.layoutDirection())
        self._block(cursor, shape, self._words.of("row", "text2"))
        if pieces[0].act is None:
            self._marks.append(_Mark(cursor.position(), line, icon or status_icon(line), pieces[0].tone))
        for place, piece in enumerate(pieces):
            if place:
                cursor.insertText("  ·  ", self._words.of("row", "text3"))
            if piece.act is None:
                cursor.insertText(piece.words, self._words.of("row", piece.tone))
            else:
                cursor.insertText(piece.words, self._words.anchor(f"act:{len(self._acts)}", "row"))
                self._acts.append(piece.act)

    def _insert_thin_line(self, cursor: QTextCursor, words: str, line: Line | None) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(0 if self._first else fonts.px(18))
        self._block(cursor, shape, self._words.of("meta", "text2"))
        if line is not None:
            self._marks.append(_Mark(cursor.position(), line))
        cursor.insertText(words, self._words.of("meta", "text2"))

    def _pressed(self, address: QUrl) -> None:
        whole = address.toString()
        kind, _, rest = whole.partition(":")
        if kind == "all":
            self._show_all = True
            self._rewrite()
        elif kind == "old":
            self._unfolded ^= {int(rest)}
            self._rewrite()
        elif kind == "pictures":
            self.toggle_pictures(int(rest))
        elif kind == "file":
            self.file.emit(rest)
        elif kind == "whom":
            self._toggle_whom(*rest.split(":"))
        elif kind == "act":
            self.acted.emit(self._acts[int(rest)])
        elif kind in ("http", "https", "mailto"):
            self.link.emit(whole)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the context menu of the message under the pointer."""
        position = self.cursorForPosition(event.pos()).position()
        before = [mark.line for mark in self._marks if mark.position <= position]
        self.asked.emit(before[-1] if before else None, event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a link's real host as its tooltip."""
        super().mouseMoveEvent(event)
        address = self.anchorAt(event.position().toPoint())
        self.viewport().setToolTip(QUrl(address).host() if address.startswith("http") else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rewrite if the width changed: the times are aligned to the right edge."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        super().resizeEvent(event)
        self._margin.fit()
        if at_end:  # as when the composer grows: keep the last message visible
            bar.setValue(bar.maximum())
        # Showing or hiding the scroll bar changes nothing: see `_line_width`.
        if self.width() != self._written_at and not self._pending:
            self._rewrite_timer.start()  # deferred: rewriting the document during its layout crashes (observed)

    def draw_marks(self, painter: QPainter) -> None:
        """Draw the visible avatars and icons beside the text."""
        document, above = self.document(), self.verticalScrollBar().value()
        layout = document.documentLayout()

        def top(mark: _Mark) -> int:
            return int(layout.blockBoundingRect(document.findBlock(mark.position)).top()) - above

        first = bisect_left(self._marks, -fonts.px(40), key=top)  # computing all 200 positions takes 4 ms per paint
        for mark in self._marks[first:]:
            y = top(mark)
            if y >= self.height():
                break
            if mark.icon:
                icons.draw(painter, mark.icon, theme().hex(mark.tone), fonts.px(7), y + fonts.px(5), fonts.px(15))
            else:
                self._draw(painter, mark.line, y)

    @staticmethod
    def _draw(painter: QPainter, line: Line, y: int) -> None:
        if line.kind in ("said", "offline", "unreadable", "outbox"):
            size = fonts.px(28)
            paint.avatar(
                painter,
                QRect(0, y, size, size),
                line.author or (tr("You") if line.out else "?"),
                "us" if line.out else line.member_id or line.author,
            )
            return
        icon, tone = {"gift": ("gift", "delight"), "promise": ("circle-dot", "warn")}.get(
            line.kind, ("arrow-right-left", "text2")
        )
        icons.draw(painter, icon, theme().hex(tone), fonts.px(7), y, fonts.px(15))


class _Margin(QWidget):
    """The margin left of the text, with avatars and icons.

    It is a widget of its own rather than drawn on the viewport: getting a widget that Qt created makes PySide6 load
    every widget class, 7 ms before the first paint.
    """

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self._story = story

    def fit(self) -> None:
        """Fit to the margin's width and the story's height."""
        self.setGeometry(0, 0, fonts.px(_MARGIN_WIDTH), self._story.height())

    def follow(self, _value: int) -> None:
        """Repaint after scrolling."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the marks of the visible lines."""
        self._story.draw_marks(QPainter(self))


def pieces(body: str) -> Iterator[tuple[str, str]]:
    """Split text at its links into (text, address or "")."""
    at = 0
    for link in _LINK.finditer(body):
        yield body[at : link.start()], ""
        yield link.group(), link.group()
        at = link.end()
    yield body[at:], ""
