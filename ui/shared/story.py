"""The view of a conversation: messages as plain text blocks, and thin lines for hand-offs, gifts and promises.

It is one read-only text document, so that selecting, copying and screen readers work across messages. It is built
block by block, never from markup: text from outside stays plain text. Only our own anchors are links.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from app.inbox import Line, Opened
from app.inbox.left_out import LeftOut
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import color, theme
from ui.shared import whom
from ui.shared.act import Act
from ui.shared.attachments import RETURN, FileLines
from ui.shared.formats import Formats
from ui.shared.margin import FOLDED, MARGIN_WIDTH, OPEN, Margin, Mark
from ui.shared.passages import Folds, Passage, foldable, passages, spans
from ui.shared.pieces import Piece
from ui.shared.read_aloud import ReadAloud
from ui.shared.standing import (
    Place,
    elsewhere,
    marks,
    mine,
    muted,
    places,
    reacted,
    sending,
    sending_stamp,
    standing,
)
from ui.shared.thin_line import thin_words

CHARACTERS_SHOWN = 50_000
"""Longer messages are cut until "Show all" is clicked: laying them out would freeze the window (reliability.md)."""
_MAX_RECEIVER_CHARS = 24  # of the name in "to ..." beside our own messages


class Story(QTextBrowser):
    """Shows an open conversation."""

    link = Signal(str)
    """An http, https or mailto link was clicked."""
    file = Signal(str)
    returned = Signal(str)
    """An attachment was clicked, or is to be read back; both carry its id as text."""
    earlier = Signal()
    """The messages that are not shown, as there are many, are wanted."""
    acted = Signal(object)
    """An action's link was clicked; carries its Act."""
    asked = Signal(object, object)
    """A context menu was requested; carries the Line or None, and the screen position."""

    def __init__(self, left_out: Callable[[int], Sequence[LeftOut]] | None = None) -> None:
        """Start empty, until `show_conversation`; `left_out` reads what was left out of a message, by its id."""
        super().__init__()
        self._left_out = left_out
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(tr("Conversation"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setLineWrapMode(self.LineWrapMode.FixedPixelWidth)  # see `Margin.fit`
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.margin = Margin(self)
        self.read_aloud = ReadAloud(self, self.margin)
        self.anchorClicked.connect(self._pressed)
        self._acts: list[Act] = []  # the acts of the "act:<index>" anchors
        self._opened: Opened | None = None
        self._now = 0
        self._show_all = self._pending = False
        self._unfolded: set[int] = set()  # ids of messages whose earlier versions are shown
        self._whom_shown: set[tuple[str, int]] = set()  # kind and id of the lines whose addresses are shown
        self._folds = Folds()
        self._whole: set[int] = set()  # ids of messages of which is shown what was left out
        self._places: dict[int, Place] = {}
        self._written_at = 0
        self._words = Formats()
        self.files = FileLines(self, self._block)
        self._rewrite_timer = QTimer(self)
        self._rewrite_timer.setSingleShot(True)
        self._rewrite_timer.setInterval(0)
        self._rewrite_timer.timeout.connect(self._rewrite)
        theme().changed.connect(self._restyle)
        self.margin.turned.connect(self._restyle)
        self.verticalScrollBar().valueChanged.connect(self.margin.follow)
        self.document().documentLayout().documentSizeChanged.connect(self.margin.follow)  # as when a picture comes

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: ANN401  Qt's signature
        """Load nothing, so that no text can make Qt fetch a resource."""
        return None

    def show_conversation(self, opened: Opened, now: int) -> None:
        """Show a conversation, scrolled to the first unread or else the last message; a reload keeps the position."""
        same = self._opened is not None and self._opened.row.id == opened.row.id
        self._opened, self._now = opened, now
        self._show_all = self._show_all and same
        if not same:
            self._unfolded, self._folds, self._whole = set(), Folds(), set()
            self.files.forget()
            self.read_aloud.begin()
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
            mark for mark in self.margin.marks if mark.line.kind in ("said", "unreadable", "outbox") and not mark.icon
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
        self.margin.marks, self._acts = [], []
        self.clear()

    def toggle_pictures(self, message: int) -> None:
        """Show the pictures of a message large, the first in sight as soon as it is decoded, or no more."""
        self.files.toggle(message)
        self._rewrite_in_place()
        self.files.reveal(message)

    def _restyle(self) -> None:
        self.margin.fit()
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
        self.margin.marks, self._acts = [], []
        self.files.begin_writing(self._line_width())
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._first = True
        if opened.earlier:
            words = "Show {count} earlier message", "Show {count} earlier messages"
            self._insert_link_line(cursor, "earlier:", text.counted(opened.earlier, *words))
        self._places = places(opened.lines)
        for line in opened.lines:
            if line.kind in ("said", "offline", "unreadable", "outbox"):
                self._insert_message(cursor, line)
            else:
                self._insert_thin_line(cursor, thin_words(line, self._now), line)
        cursor.endEditBlock()
        self.setUpdatesEnabled(True)
        self.margin.update()

    def _block(self, cursor: QTextCursor, shape: QTextBlockFormat, letters: QTextCharFormat) -> None:
        if self._first:
            cursor.setBlockFormat(shape)
            cursor.setBlockCharFormat(letters)
            self._first = False
        else:
            cursor.insertBlock(shape, letters)

    def _shape(self, above: int) -> QTextBlockFormat:
        """A line of ours, which begins where the window begins, with so much room above, in CSS pixels."""
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(above))
        shape.setLayoutDirection(self.layoutDirection())
        return shape

    def _insert_message(self, cursor: QTextCursor, line: Line) -> None:
        shape = self._shape(0 if self._first else 18)  # a right-to-left name would put the time on the next line
        shape.setBottomMargin(fonts.px(3))
        stamp, line_width = self._stamp(line), self._line_width()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft  # Qt turns the tab over, but not its place
        side = QTextOption.TabType.LeftTab if mirrored else QTextOption.TabType.RightTab
        shape.setTabPositions([QTextOption.Tab(max(80.0, line_width), side)])
        name = self._words.of("name", "text")
        self._block(cursor, shape, name)
        self.margin.marks.append(Mark(cursor.position(), line))
        room = line_width - self._words.metrics("meta").horizontalAdvance(stamp) - fonts.px(70)
        author = text.plain(line.author or (tr("You") if line.out else tr("Unknown")))
        author = self._words.elided("name", author, room)
        cursor.insertText(text.isolate(author), name)
        if line.out:
            if line.author:  # else the name itself is "You"
                cursor.insertText("  " + tr("You"), self._words.of("meta", "accent", 500))
            several = self._opened is not None and len(self._opened.speakers) > 1
            if line.to and several and not whom.in_words(line, self._opened):
                name_there = text.embed(line.to, _MAX_RECEIVER_CHARS)
                cursor.insertText("  " + tr("to {name}").format(name=name_there), self._words.of("meta", "text2"))
        cursor.insertText(
            f"\t{text.isolate(stamp)}",
            self._words.of("meta", "warn" if line.state in ("undecided", "failed") else "text2"),
        )
        if line.subject:
            self._insert_subject(cursor, line.subject)
        self._insert_whom(cursor, line)
        self._body(cursor, line)

    def _insert_subject(self, cursor: QTextCursor, subject: str) -> None:
        """Insert the subject of a letter that has another than the conversation."""
        shape = self._shape(2)
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
        shape = self._shape(2)
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
        return self.width() - self.verticalScrollBar().sizeHint().width() - fonts.px(MARGIN_WIDTH) - 1.0

    def _stamp(self, line: Line) -> str:
        if line.kind == "outbox":
            return sending_stamp(line, self._places.get(line.id), self._now, mine=mine(self._opened))
        return " · ".join([*marks(line, self._now), text.stamp(line.at, self._now)])

    def _body(self, cursor: QTextCursor, line: Line) -> None:
        tone = "text3" if muted(line) else "text2" if line.kind == "unreadable" else "text"
        shown, left = passages(line, self._folds, None if self._show_all else CHARACTERS_SHOWN)
        for passage in shown:
            if passage.fold:
                self._insert_fold(cursor, line, passage)
            for paragraph in passage.paragraphs:
                quoted = bool(passage.fold) or paragraph.startswith(">")
                self._insert_paragraph(cursor, paragraph, "text3" if quoted else tone)
        if left:
            self._insert_link_line(
                cursor,
                "all:",
                text.counted(len(line.text), "Show all ({count} character)", "Show all ({count} characters)"),
            )
        self._insert_left_out(cursor, line)
        self._insert_versions(cursor, line)
        self.files.insert(cursor, line, self._words)
        if line.kind == "outbox":
            self._insert_status_line(cursor, line, sending(line, self._places.get(line.id), mine=mine(self._opened)))
        elif self._opened is not None:
            for status in standing(line, self._opened, self._now):
                self._insert_status_line(cursor, line, status.pieces, status.icon)
            self._insert_status_line(cursor, line, reacted(line), "thumbs-up")
            self._insert_status_line(cursor, line, elsewhere(line, self._now), "mailbox")

    def _insert_paragraph(self, cursor: QTextCursor, paragraph: str, tone: str) -> None:
        shape = QTextBlockFormat()
        shape.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        rtl = text.is_rtl(paragraph)
        shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        if rtl:
            shape.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
            shape.setIndent(0)
            shape.setTextIndent(0)
        self._block(cursor, shape, self._words.of("message", tone))
        self._insert(cursor, text.plain(paragraph) if not paragraph.isspace() else "", tone)

    def _insert_fold(self, cursor: QTextCursor, line: Line, passage: Passage) -> None:
        """Insert the quiet line that opens or folds a quotation."""
        shape = self._shape(5)
        shape.setBottomMargin(fonts.px(4))
        link = self._words.anchor(passage.fold, "row")
        link.setForeground(color("text2"))
        link.setFontUnderline(False)
        self._block(cursor, shape, link)
        icon = OPEN if passage.opened else FOLDED
        self.margin.marks.append(Mark(cursor.position(), line, icon, "text2", 1))
        cursor.insertText(passage.words, link)

    def _insert_left_out(self, cursor: QTextCursor, line: Line) -> None:
        """Insert the link that shows what was left out of a message, and that if it is shown."""
        if not line.left_out or self._left_out is None:
            return
        shown = line.id in self._whole
        words = tr("Hide what was left out") if shown else tr("Show what was left out")
        self._insert_link_line(cursor, f"left:{line.id}", words)
        for piece in self._left_out(line.id) if shown else ():
            self._block(cursor, self._shape(0), self._words.of("meta", "text2"))
            cursor.insertText(tr("{what}:").format(what=piece.title))
            for paragraph in piece.text[:CHARACTERS_SHOWN].split("\n"):
                self._insert_paragraph(cursor, paragraph, "text3")

    def turn_quotations(self) -> bool | None:
        """Open the quotations of the message that is read, or fold them if all are open; whether they are open now.

        That is the one with the selection, else the last in sight that quotes. None if no message quotes.
        """
        line = self._being_read([line for line in self._shown_lines() if foldable(line)])
        if line is None:
            return None
        opened = self._folds.turn_all(line)
        self._rewrite_in_place()
        top = self.margin.first_open(line) if opened else None
        if top is not None:  # what was at the lower end of the view would open below it
            bar = self.verticalScrollBar()
            bar.setValue(max(bar.value(), top - self.viewport().height() // 3))
        return opened

    def turn_left_out(self) -> bool | None:
        """Show what was left out of the message that is read, or hide it; whether it is shown. None if nothing was."""
        line = self._being_read([line for line in self._shown_lines() if line.left_out])
        if line is None:
            return None
        self._whole ^= {line.id}
        self._rewrite_in_place()
        return line.id in self._whole

    def being_read(self) -> Line | None:
        """The message with the selection, else the last in sight; None if there is none."""
        return self._being_read([line for line in self._shown_lines() if line.kind in ("said", "unreadable")])

    def _shown_lines(self) -> list[Line]:
        return [] if self._opened is None else list(self._opened.lines)

    def _being_read(self, lines: Sequence[Line]) -> Line | None:
        """Which of these is read: the one with the selection, else the last in sight, else the last; None of none."""
        selected = self.textCursor().selectionStart() if self.textCursor().hasSelection() else None
        low = self.cursorForPosition(self.viewport().rect().bottomLeft()).position()
        return self.margin.read(lines, selected, low)

    def _rewrite_in_place(self) -> None:
        """Write once more; what stands at the top stays there."""
        bar = self.verticalScrollBar()
        at = bar.value()
        self._write()
        bar.setValue(at)

    def _insert_versions(self, cursor: QTextCursor, line: Line) -> None:
        """Insert the link that unfolds how a message of ours read before, and those words if it is unfolded."""
        if not line.versions:
            return
        many, unfolded = len(line.versions), line.id in self._unfolded
        words = text.counted(many, "Show the old words", "Show the {count} earlier versions")
        self._insert_link_line(cursor, f"old:{line.id}", tr("Hide the old words") if unfolded else words)
        for body, until in line.versions if unfolded else ():
            self._block(cursor, self._shape(0), self._words.of("meta", "text2"))
            cursor.insertText(tr("Until {when}").format(when=text.stamp(until, self._now)))
            for paragraph in body[:CHARACTERS_SHOWN].split("\n"):
                shape = QTextBlockFormat()
                shape.setLeftMargin(fonts.px(12))
                rtl = text.is_rtl(paragraph)
                shape.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
                self._block(cursor, shape, self._words.of("message", "text3"))
                self._insert(cursor, text.plain(paragraph) if not paragraph.isspace() else "", "text3")

    def _insert(self, cursor: QTextCursor, body: str, tone: str) -> None:
        for span in spans(body):
            plain = self._words.struck("message", tone) if span.struck else self._words.of("message", tone)
            cursor.insertText(span.words, self._words.anchor(span.address, "message") if span.address else plain)

    def _insert_link_line(self, cursor: QTextCursor, address: str, words: str) -> None:
        self._block(cursor, self._shape(4), self._words.of("body", "accent"))
        cursor.insertText(words, self._words.anchor(address, "row"))

    def _insert_status_line(
        self, cursor: QTextCursor, line: Line, pieces: Sequence[Piece], icon: str = "shield"
    ) -> None:
        """Insert a status line with its links; a line that begins with a state gets that icon in the margin."""
        if not pieces:
            return
        self._block(cursor, self._shape(5), self._words.of("row", "text2"))
        if pieces[0].act is None:
            self.margin.marks.append(Mark(cursor.position(), line, icon, pieces[0].tone))
        for place, piece in enumerate(pieces):
            if place:
                cursor.insertText("  ·  ", self._words.of("row", "text3"))
            if piece.act is None:
                cursor.insertText(piece.words, self._words.of("row", piece.tone))
            else:
                cursor.insertText(piece.words, self._words.anchor(f"act:{len(self._acts)}", "row"))
                self._acts.append(piece.act)

    def _insert_thin_line(self, cursor: QTextCursor, words: str, line: Line) -> None:
        self._block(cursor, self._shape(0 if self._first else 18), self._words.of("meta", "text2"))
        self.margin.marks.append(Mark(cursor.position(), line))
        cursor.insertText(words, self._words.of("meta", "text2"))

    def _pressed(self, address: QUrl) -> None:
        whole = address.toString()
        kind, _, rest = whole.partition(":")
        if kind in ("all", "old"):
            self._show_all = self._show_all or kind == "all"
            self._unfolded ^= {int(rest)} if rest else set()
            self._rewrite()
        elif kind == "earlier":
            self.earlier.emit()
        elif kind == "fold":
            self._folds.turn(*map(int, rest.split(":")))
            self._rewrite_in_place()
        elif kind == "left":
            self._whole ^= {int(rest)}
            self._rewrite_in_place()
        elif kind == "pictures":
            self.toggle_pictures(int(rest))
        elif kind in ("file", RETURN):
            (self.file if kind == "file" else self.returned).emit(rest)
        elif kind == "whom":
            self._toggle_whom(*rest.split(":"))
        elif kind == "act":
            self.acted.emit(self._acts[int(rest)])
        elif kind in ("http", "https", "mailto"):
            self.link.emit(whole)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the context menu of the message under the pointer; by key, of the one that is read."""
        position = self.cursorForPosition(event.pos()).position()
        before: list[Line | None] = [mark.line for mark in self.margin.marks if mark.position <= position] or [None]
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.asked.emit(self.being_read() if by_key else before[-1], event.globalPos())

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
        self.margin.fit()
        if at_end:  # as when the composer grows: keep the last message visible
            bar.setValue(bar.maximum())
        # Showing or hiding the scroll bar changes nothing: see `_line_width`.
        if self.width() != self._written_at and not self._pending:
            self._rewrite_timer.start()  # deferred: rewriting the document during its layout crashes (observed)
