"""A conversation as one quiet page of text: plain blocks with names, and thin lines for what was done about it.

One read-only text document, so that selecting, copying and reading aloud work across messages. It is put together block
by block, never from markup: text from outside stays text. Only our own anchors can be pressed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
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

from app.base.words import N_
from app.inbox import Line, Opened
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import color, theme
from ui.shared.act import Act
from ui.shared.standing import Piece, Place, marks, mine, muted, places, sending, sending_stamp, standing
from ui.widgets import paint

CHARACTERS_SHOWN = 50_000
"""Characters of one message that are shown at once; more would freeze the layout (reliability.md)."""
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?)\]}…]")
_INDENT = 44
_RECEIVER_LETTERS = 24  # letters of the name of whom words of ours answer
_MEGABYTE = 1_000_000
_HANDOFF = {
    "to_send": N_("to send"),
    "sent": N_("sent"),
    "seen": N_("seen"),
    "in_work": N_("in progress"),
    "solved": N_("solved"),
    "declined": N_("declined"),
}


class _Mark(NamedTuple):
    """What stands in the margin beside a block: an avatar or an icon."""

    position: int
    line: Line
    icon: str = ""
    tone: str = "text2"


class Story(QTextBrowser):
    """Shows an opened conversation."""

    link = Signal(str)
    """An http, https or mailto address was pressed."""
    file = Signal(str)
    """An attached file was pressed: its id."""
    acted = Signal(object)
    """Something that can be done about a line was pressed: its Act."""
    asked = Signal(object, object)
    """What can be done to a message is asked for by the mouse: its Line or None, and the place on the screen."""

    def __init__(self) -> None:
        """Empty until `show_conversation`."""
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
        self.setViewportMargins(fonts.px(_INDENT), 0, 0, 0)
        self.anchorClicked.connect(self._pressed)
        self._marks: list[_Mark] = []
        self._acts: list[Act] = []  # what the anchors that can be pressed stand for, by number
        self._opened: Opened | None = None
        self._now = 0
        self._all = self._waits = False
        self._places: dict[int, Place] = {}
        self._written_at = 0
        self._words = Letters()
        self._rewriting = QTimer(self)
        self._rewriting.setSingleShot(True)
        self._rewriting.setInterval(0)
        self._rewriting.timeout.connect(self._again)
        theme().changed.connect(self._restyle)
        self.verticalScrollBar().valueChanged.connect(self._margin.follow)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:  # noqa: ANN401  Qt's signature
        """Nothing is ever loaded for a text from outside."""
        return None

    def show_conversation(self, opened: Opened, now: int) -> None:
        """Write the conversation and show what was said last, from its beginning; the same one stays where it was."""
        same = self._opened is not None and self._opened.row.id == opened.row.id
        self._opened, self._now = opened, now
        self._all = self._all and same
        self._waits = not self.isVisible()  # before it has its place on the screen all would be laid out twice: 4 ms
        if self._waits:
            return
        if same:
            self._again()
        else:
            self._write_to_end()

    def showEvent(self, event: QShowEvent) -> None:
        """Write what came while nobody could see it."""
        super().showEvent(event)
        if self._waits:
            self._waits = False
            self._write_to_end()

    def _write_to_end(self) -> None:
        """At the end, but not past the beginning of what has not been read yet: one reads downwards."""
        self._write()
        bar = self.verticalScrollBar()
        bar.setValue(min(bar.maximum(), self._unread_top()))

    def _unread_top(self) -> int:
        """Where the first message begins that has not been read; the last one when all have."""
        said = [mark for mark in self._marks if mark.line.kind in ("said", "unreadable", "outbox") and not mark.icon]
        if not said or self._opened is None:
            return self.verticalScrollBar().maximum()
        theirs = [mark for mark in said if not mark.line.out][-max(1, self._opened.row.unread) :]
        first = theirs[0] if self._opened.row.unread and theirs else said[-1]
        document = self.document()
        return int(document.documentLayout().blockBoundingRect(document.findBlock(first.position)).top())

    def empty(self) -> None:
        """Show nothing."""
        self._opened = None
        self._waits = False
        self._marks, self._acts = [], []
        self.clear()

    def _restyle(self) -> None:
        self.setViewportMargins(fonts.px(_INDENT), 0, 0, 0)
        self._margin.fit()
        self._again()

    def _again(self) -> None:
        if self._opened is not None and not self._waits:
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
        if document.defaultFont() != fonts.font("message"):  # setting the same one lays out anew all the same
            document.setDefaultFont(fonts.font("message"))
        self._written_at, self._words = self.width(), Letters()
        self._marks, self._acts = [], []
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._first = True
        if opened.earlier:
            self._thin(
                cursor,
                tr("Earlier messages, kept but not shown: {count}").format(count=text.number(opened.earlier)),
                None,
            )
        self._places = places(opened.lines)
        for line in opened.lines:
            if line.kind in ("said", "offline", "unreadable", "outbox"):
                self._said(cursor, line)
            else:
                self._thin(cursor, thin_words(line, self._now), line)
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

    def _said(self, cursor: QTextCursor, line: Line) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(0 if self._first else fonts.px(18))
        stamp = self._stamp(line)
        line_width = self._line_width()
        shape.setLayoutDirection(self.layoutDirection())  # the name's own direction would put the time below it
        shape.setTabPositions([QTextOption.Tab(max(80.0, line_width), QTextOption.TabType.RightTab)])
        name = self._words.of("name", "text")
        self._block(cursor, shape, name)
        self._marks.append(_Mark(cursor.position(), line))
        room = line_width - self._words.metrics("meta").horizontalAdvance(stamp) - fonts.px(70)
        shown = text.elide(text.plain(line.author or tr("Unknown")), self._words.metrics("name"), room)
        cursor.insertText(text.isolate(shown), name)
        if line.out:
            cursor.insertText("  " + tr("You"), self._words.of("meta", "accent", 500))
            if line.to and self._opened is not None and len(self._opened.speakers) > 1:
                whom = text.embed(line.to, _RECEIVER_LETTERS)
                cursor.insertText("  " + tr("to {name}").format(name=whom), self._words.of("meta", "text2"))
        cursor.insertText(
            f"\t{stamp}", self._words.of("meta", "warn" if line.state in ("undecided", "failed") else "text2")
        )
        self._body(cursor, line)

    def _line_width(self) -> float:
        """The width of a line of text, the scroll bar's place left free whether it is shown or not."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - fonts.px(_INDENT) - 1.0

    def _stamp(self, line: Line) -> str:
        if line.kind == "outbox":
            return sending_stamp(line, self._places.get(line.id), self._now, mine=mine(self._opened))
        return " · ".join([*marks(line), text.stamp(line.at, self._now)])

    def _body(self, cursor: QTextCursor, line: Line) -> None:
        said = line.text if self._all else line.text[:CHARACTERS_SHOWN]
        tone = "text3" if muted(line) else "text2" if line.kind == "unreadable" else "text"
        for paragraph in said.split("\n"):
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
        if len(line.text) > len(said):
            self._anchor_line(
                cursor,
                "all:",
                text.counted(len(line.text), "Show all ({count} character)", "Show all ({count} characters)"),
            )
        for number, name, size in line.files:
            self._anchor_line(cursor, f"file:{number}", f"{text.embed(name)} · {size_words(size)}")
        if line.kind == "outbox":
            self._pieces(cursor, line, sending(line, self._places.get(line.id), mine=mine(self._opened)))
        elif self._opened is not None:
            self._pieces(cursor, line, standing(line, self._opened))

    def _insert(self, cursor: QTextCursor, said: str, tone: str) -> None:
        plain = self._words.of("message", tone)
        for piece, address in pieces(said):
            cursor.insertText(piece, self._words.anchor(address, "message") if address else plain)

    def _anchor_line(self, cursor: QTextCursor, address: str, words: str) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(4))
        self._block(cursor, shape, self._words.of("body", "accent"))
        cursor.insertText(words, self._words.anchor(address, "row"))

    def _pieces(self, cursor: QTextCursor, line: Line, found: list[Piece]) -> None:
        """A line of words, some of which can be pressed; where it begins with a state, a sign stands beside."""
        if not found:
            return
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(5))
        shape.setLayoutDirection(self.layoutDirection())
        self._block(cursor, shape, self._words.of("row", "text2"))
        if found[0].act is None:
            self._marks.append(_Mark(cursor.position(), line, "shield", found[0].tone))
        for place, piece in enumerate(found):
            if place:
                cursor.insertText("  ·  ", self._words.of("row", "text3"))
            if piece.act is None:
                cursor.insertText(piece.words, self._words.of("row", piece.tone))
            else:
                cursor.insertText(piece.words, self._words.anchor(f"act:{len(self._acts)}", "row"))
                self._acts.append(piece.act)

    def _thin(self, cursor: QTextCursor, words: str, line: Line | None) -> None:
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
            self._all = True
            self._again()
        elif kind == "file":
            self.file.emit(rest)
        elif kind == "act":
            self.acted.emit(self._acts[int(rest)])
        elif kind in ("http", "https", "mailto"):
            self.link.emit(whole)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done to the message under the pointer."""
        position = self.cursorForPosition(event.pos()).position()
        before = [mark.line for mark in self._marks if mark.position <= position]
        self.asked.emit(before[-1] if before else None, event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A link's tooltip is the host it truly leads to."""
        super().mouseMoveEvent(event)
        address = self.anchorAt(event.position().toPoint())
        self.viewport().setToolTip(QUrl(address).host() if address.startswith("http") else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The times stand at the new right edge."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        super().resizeEvent(event)
        self._margin.fit()
        if at_end:  # the composer grew: what was said last stays in sight
            bar.setValue(bar.maximum())
        # The scroll bar's coming and going moves nothing: see `_line_width`.
        if self.width() != self._written_at and not self._waits:
            self._rewriting.start()  # not now: the layout that is under way holds on to the document (seen: a crash)

    def draw_marks(self, painter: QPainter) -> None:
        """Avatars and icons of what is in sight, beside the text."""
        document, above = self.document(), self.verticalScrollBar().value()
        layout = document.documentLayout()

        def top(mark: _Mark) -> int:
            return int(layout.blockBoundingRect(document.findBlock(mark.position)).top()) - above

        first = bisect_left(self._marks, -fonts.px(40), key=top)  # asking for the place of all 200 takes 4 ms a paint
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
                line.author or "?",
                "us" if line.out else line.member_id or line.author,
            )
            return
        icon, tone = {"gift": ("gift", "delight"), "promise": ("circle-dot", "warn")}.get(
            line.kind, ("arrow-right-left", "text2")
        )
        icons.draw(painter, icon, theme().hex(tone), fonts.px(7), y, fonts.px(15))


class _Margin(QWidget):
    """The strip left of the text, with avatars and icons.

    It is a widget of its own and not drawn into the text's viewport: asking for one that Qt made makes PySide6 load
    every widget class there is, 7 ms before the first paint.
    """

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self._story = story

    def fit(self) -> None:
        """As wide as the text's indent, as high as the story."""
        self.setGeometry(0, 0, fonts.px(_INDENT), self._story.height())

    def follow(self, _value: int) -> None:
        """The text was scrolled."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what stands beside the lines in sight."""
        self._story.draw_marks(QPainter(self))


class Letters:
    """The formats that one writing of the story needs, each made once: 200 messages want some 1,000 of them, 10 ms."""

    def __init__(self) -> None:
        """Empty: text size and colours are taken when a format is first asked for."""
        self._made: dict[tuple[str, str, int | None], QTextCharFormat] = {}
        self._metrics: dict[str, QFontMetricsF] = {}

    def of(self, role: str, tone: str, weight: int | None = None) -> QTextCharFormat:
        """A role's font in a token's colour."""
        key = (role, tone, weight)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = QTextCharFormat()
            made.setFont(fonts.font(role, weight))
            made.setForeground(color(tone))
        return made

    def anchor(self, address: str, role: str) -> QTextCharFormat:
        """The format of something that can be pressed."""
        made = QTextCharFormat(self.of(role, "accent"))
        made.setAnchor(True)
        made.setAnchorHref(address)
        return made

    def metrics(self, role: str) -> QFontMetricsF:
        """How wide a role's letters are."""
        made = self._metrics.get(role)
        if made is None:
            made = self._metrics[role] = QFontMetricsF(fonts.font(role))
        return made


def pieces(said: str) -> Iterator[tuple[str, str]]:
    """The text cut at its links: (words, address or "")."""
    at = 0
    for found in _LINK.finditer(said):
        yield said[at : found.start()], ""
        yield found.group(), found.group()
        at = found.end()
    yield said[at:], ""


def size_words(size: int) -> str:
    """A file's size as people say it."""
    if size < _MEGABYTE:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / _MEGABYTE:.1f} MB"


def thin_words(line: Line, now: int) -> str:
    """A hand-off, gift or promise as one line of the story."""
    if line.kind == "handoff":
        state = tr(_HANDOFF.get(line.state, line.state))
        handed = tr("Handed to {name}")
        if line.extra:
            handed = tr("Handed to {name}, needed by {day}")
        to = handed.format(name=text.isolate(line.author), day=text.iso_day(line.extra) if line.extra else "")
        return f"{to} · {state} · {text.plain(line.text)}"
    if line.kind == "gift":
        why, when = text.plain(line.extra), text.stamp(line.at, now)
        return tr("Gift: {what} · {why} · {when}").format(what=text.embed(line.text), why=why, when=when)
    what = text.embed(line.text)
    if line.state == "kept":
        return tr("Promised: {what} · kept").format(what=what)
    if line.state == "dropped":
        return tr("Promised: {what} · dropped").format(what=what)
    if line.extra:
        return tr("Promised: {what}, due {day}").format(what=what, day=text.iso_day(line.extra))
    return tr("Promised: {what}").format(what=what)
