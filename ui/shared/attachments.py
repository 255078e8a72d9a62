"""The files under a message in the story: names to save them by, small pictures, and large ones when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QPixmap, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextImageFormat
from PySide6.QtWidgets import QTextEdit

from app.base import clock
from app.base.sizes import in_words
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import color

if TYPE_CHECKING:
    from app.inbox import AttachedFile, Line
    from ui.shared.formats import Formats
    from ui.shared.pictures import Decoded, Pictures

THUMBNAIL, LARGE = 40, 800
"""Pixels of the square that a thumbnail fits in, and of the one that a picture fits in."""
_MARGIN = 4
RETURN = "return"
"""Of the link that reads a file back, before its id."""
Begin = Callable[[QTextCursor, QTextBlockFormat, QTextCharFormat], None]
"""Begins a block of the story."""


def _where(file: AttachedFile) -> str:
    """Where a file's content is that isn't here, or what became of it."""
    if file.removed_at is not None:
        day = text.day(clock.local(file.removed_at).date(), clock.local(clock.now()).date())
        return tr("removed by a rule, {day}").format(day=day)
    return tr("in the mailbox, fetched when you save it") if file.at_server else tr("too large to be kept")


class _Awaited(NamedTuple):
    """Where a picture comes once it is decoded: the words that stand there until then are between two cursors."""

    begin: QTextCursor
    end: QTextCursor


class FileLines:
    """Writes the files of messages into the story, and puts their pictures in as they are decoded."""

    def __init__(self, view: QTextEdit, begin: Begin) -> None:
        """Write into this view's document; `begin` begins a block."""
        self._view, self._begin = view, begin
        self._pictures: Pictures | None = None
        self._make: Callable[[], Pictures] | None = None
        self._shown: set[int] = set()  # ids of messages whose pictures are shown large
        self._thumbnails: set[int] = set()  # ids of files that have a place for one, which is not decoded yet
        self._awaited: dict[int, _Awaited] = {}
        self._firsts: dict[int, tuple[int, QTextCursor]] = {}  # by message: its first large picture, and where
        self._sought = 0  # id of the picture to be brought in sight once it is decoded; 0: none
        self._resources: dict[str, QPixmap] = {}
        self._came_back: Callable[[AttachedFile], bool] = _never
        self._width = float(LARGE)

    def show_pictures_of(self, make: Callable[[], Pictures]) -> None:
        """Show pictures that `make`, called once there are any, decodes; without it files are named only."""
        self._make = make

    def offer_reading_back(self, came_back: Callable[[AttachedFile], bool]) -> None:
        """Offer to read those files back of which `came_back` says that a teammate edited them."""
        self._came_back = came_back

    def _of(self, files: Sequence[AttachedFile]) -> list[AttachedFile]:
        """Those that may be pictures."""
        found = [file for file in files if file.may_be_picture] if self._make is not None else []
        if found and self._pictures is None and self._make is not None:
            self._pictures = self._make()
            self._pictures.ready.connect(self._arrived)
        return found

    def forget(self) -> None:
        """Another conversation is shown: its pictures are asked for anew."""
        self._shown.clear()
        self._resources.clear()
        if self._pictures is not None:
            self._pictures.forget_wanted()

    def begin_writing(self, width: float) -> None:
        """The document is written anew, with lines of that many pixels."""
        self._thumbnails.clear()
        self._awaited.clear()
        self._firsts.clear()
        self._width = width

    def pending(self) -> int:
        """How many pictures are asked for and not there yet."""
        return len(self._awaited) + len(self._thumbnails)

    def toggle(self, message: int) -> None:
        """Show the pictures of a message large, or no more."""
        self._shown ^= {message}

    def reveal(self, message: int) -> None:
        """Bring the first picture of a message in sight, now or once it is decoded; nothing if they are not shown."""
        first, where = self._firsts.get(message, (0, None))
        self._sought = first if first in self._awaited else 0
        if where is None or self._sought:
            return
        document, bar = self._view.document(), self._view.verticalScrollBar()
        top = document.documentLayout().blockBoundingRect(where.block()).top()
        # A third of the view above it stays: the words that lead to it.
        bar.setValue(max(bar.value(), int(top) - self._view.viewport().height() // 3))

    def are_shown(self, message: int) -> bool:
        """Whether the pictures of a message are shown large."""
        return message in self._shown

    def insert(self, cursor: QTextCursor, line: Line, words: Formats) -> None:
        """Insert the files of a message: pictures among its words when asked for, and a line for each other file."""
        if not line.files:
            return
        pictures = self._of(line.files)
        large = line.kind != "outbox" and line.id in self._shown
        if pictures and line.kind != "outbox":
            if large:
                for file in pictures:
                    begin = self._insert_picture(cursor, file, words)
                    self._firsts.setdefault(line.id, (file.id, self._at(begin)))
            self._insert_link(cursor, f"pictures:{line.id}", _toggle_words(pictures, large=large), words)
        for file in line.files:
            if not (large and file in pictures) and not (file.in_words and file in pictures):
                self._insert_file(cursor, file, words, thumbnail=file in pictures)

    def _insert_link(self, cursor: QTextCursor, address: str, said: str, words: Formats) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(_MARGIN))
        self._begin(cursor, shape, words.of("body", "accent"))
        cursor.insertText(said, words.anchor(address, "row"))

    def _insert_file(self, cursor: QTextCursor, file: AttachedFile, words: Formats, *, thumbnail: bool) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(_MARGIN))
        self._begin(cursor, shape, words.of("body", "accent"))
        if thumbnail:
            self._insert_thumbnail(cursor, file.id)
        cursor.insertText(f"{text.embed(file.name)} · {in_words(file.size)}", self._middle(words, f"file:{file.id}"))
        if not file.is_here:
            cursor.insertText(f" · {_where(file)}", words.of("row", "text2"))
        elif self._came_back(file):
            cursor.insertText(" · ", words.of("row", "text2"))
            cursor.insertText(tr("Read it back"), self._middle(words, f"{RETURN}:{file.id}"))

    @staticmethod
    def _middle(words: Formats, address: str) -> QTextCharFormat:
        made = words.anchor(address, "row")
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        return made

    def _insert_thumbnail(self, cursor: QTextCursor, number: int) -> None:
        """Insert a place of a fixed size, so that nothing moves when the picture comes."""
        name, side = f"thumbnail:{number}", fonts.px(THUMBNAIL)
        self._thumbnails.add(number)
        if name not in self._resources:
            self._resources[name] = _blank(side, self._view.devicePixelRatioF())
        self._add_resource(name)
        shape = QTextImageFormat()
        shape.setName(name)
        shape.setWidth(side)
        shape.setHeight(side)
        shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        shape.setAnchor(True)
        shape.setAnchorHref(f"file:{number}")
        cursor.insertImage(shape)
        cursor.insertText("  ")
        self._ask(number, self._thumbnail_side())

    def _insert_picture(self, cursor: QTextCursor, file: AttachedFile, words: Formats) -> int:
        """Insert a picture with its name below it; until it is decoded, or if it cannot be, words in its place.

        Returns the position where it begins.
        """
        shape = QTextBlockFormat()
        shape.setTopMargin(fonts.px(_MARGIN * 2))
        self._begin(cursor, shape, words.of("row", "text2"))
        begin = cursor.position()
        cursor.insertText(tr("The picture is being opened…"), words.of("meta", "text2"))
        end = cursor.position()
        self._insert_file(cursor, file, words, thumbnail=False)
        self._awaited[file.id] = _Awaited(self._at(begin), self._at(end))
        self._ask(file.id, LARGE)
        return begin

    def _at(self, position: int) -> QTextCursor:
        """A cursor there, which moves as the words before it grow."""
        made = QTextCursor(self._view.document())
        made.setPosition(position)
        return made

    def _ask(self, number: int, side: int) -> None:
        if self._pictures is not None and (made := self._pictures.get(number, side)) is not None:
            self._put(number, side, made)

    def _thumbnail_side(self) -> int:
        return round(fonts.px(THUMBNAIL) * self._view.devicePixelRatioF())

    def _arrived(self, number: int, side: int) -> None:
        """A picture was decoded: put it in, if its place is still there."""
        if number in (self._awaited if side == LARGE else self._thumbnails):
            self._ask(number, side)
            if side == LARGE and number == self._sought:
                for message, (first, _) in self._firsts.items():
                    if first == number:
                        self.reveal(message)

    def _put(self, number: int, side: int, made: Decoded) -> None:
        if side == LARGE:
            self._put_picture(number, made)
        elif number in self._thumbnails:
            self._thumbnails.discard(number)
            if made.image is None:
                return
            name = f"thumbnail:{number}"
            pixmap = QPixmap.fromImage(made.image)
            self._resources[name] = _centred(pixmap, fonts.px(THUMBNAIL), self._view.devicePixelRatioF())
            self._add_resource(name)
            self._view.viewport().update()

    def _put_picture(self, number: int, made: Decoded) -> None:
        place = self._awaited.pop(number, None)
        if place is None:
            return
        cursor = self._at(place.begin.position())
        cursor.setPosition(place.end.position(), QTextCursor.MoveMode.KeepAnchor)
        if made.image is None:
            shape = cursor.charFormat()
            shape.setForeground(color("text2"))
            cursor.insertText(made.sentence, shape)
            return
        name = f"picture:{number}"
        self._resources[name] = QPixmap.fromImage(made.image)
        self._add_resource(name)
        shape = QTextImageFormat()
        shape.setName(name)
        width, height = made.image.width(), made.image.height()
        share = min(1.0, self._width / max(1, width))
        shape.setWidth(width * share)
        shape.setHeight(height * share)
        cursor.insertImage(shape)

    def _add_resource(self, name: str) -> None:
        kind = int(QTextDocument.ResourceType.ImageResource.value)
        self._view.document().addResource(kind, QUrl(name), self._resources[name])


def _never(_file: AttachedFile) -> bool:
    return False


def _toggle_words(pictures: list[AttachedFile], *, large: bool) -> str:
    many = len(pictures)
    if large:
        return tr("Hide the picture") if many == 1 else tr("Hide the pictures")
    size = in_words(sum(file.size for file in pictures))
    return text.counted(many, "Show the picture · {size}", "Show {count} pictures · {size}", size=size)


def _blank(side: int, ratio: float) -> QPixmap:
    """The place of a thumbnail that is not decoded yet."""
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(color("hover"))
    return made


def _centred(picture: QPixmap, side: int, ratio: float) -> QPixmap:
    """A thumbnail in the middle of its place."""
    from PySide6.QtGui import QPainter  # noqa: PLC0415  only with pictures

    made = _blank(side, ratio)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    at = (side - picture.width() / ratio) / 2, (side - picture.height() / ratio) / 2
    painter.drawPixmap(round(at[0]), round(at[1]), picture)
    painter.end()
    return made
