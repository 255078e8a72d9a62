"""Where the window reads from right to left, rows of lists are painted in a mirror, and their letters are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.talking import inbox, open_talk
from ui.look import fonts, text
from ui.look.mirror import turn
from ui.look.theme import theme
from ui.shell.window import Window
from ui.widgets import paint
from ui.widgets.columns import TableHead
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.rowview import RowView

RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
WIDE, HIGH = 240, 30
LONG = "A very long line that has to be cut somewhere before its end"
HEBREW = "שורה ארוכה מאוד שחייבים לקצר אותה איפשהו לפני הסוף שלה"


def _paint(draw: Callable[[QPainter], object]) -> QImage:
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def _ink(image: QImage, rows: range) -> list[int]:
    """The columns in which something is drawn."""
    ground = image.pixel(0, 0)
    return [x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in rows)]


def _line(
    words: str, room: QRect, direction: Qt.LayoutDirection, *, turned: bool = False, right: bool = False
) -> QImage:
    def draw(painter: QPainter) -> None:
        painter.setLayoutDirection(direction)
        painter.setFont(fonts.font("row"))
        if turned:
            turn(painter, QRect(0, 0, WIDE, HIGH))
        text.draw(painter, room, words, right=right)

    return _paint(draw)


@pytest.mark.usefixtures("qt")
@pytest.mark.parametrize("words", [LONG, HEBREW, "Ends with a stop.", "4 d", "€12", "Mei, yes"])
def test_a_line_is_cut_and_reads_the_same_in_either_window(words: str) -> None:
    """Its base direction is its own: neither an ellipsis nor a full stop lands at its beginning."""
    room = QRect(0, 0, WIDE, HIGH)
    assert _line(words, room, RTL) == _line(words, room, LTR)


@pytest.mark.usefixtures("qt")
def test_a_line_stands_at_the_mirrored_place_and_can_be_read() -> None:
    room, mirrored = QRect(10, 0, 100, HIGH), QRect(WIDE - 110, 0, 100, HIGH)
    turned = _line(LONG, room, RTL, turned=True)
    ink = _ink(turned, range(HIGH))
    assert mirrored.left() <= ink[0] <= ink[-1] <= mirrored.right()
    assert ink[-1] >= mirrored.right() - 3  # it begins where the row begins: at the right
    assert turned == _line(LONG, mirrored, LTR, right=True)


@pytest.mark.usefixtures("qt")
def test_an_avatar_keeps_its_letters_in_the_mirror() -> None:
    place, mirrored = QRect(10, 0, 30, 30), QRect(WIDE - 40, 0, 30, 30)

    def draw(painter: QPainter) -> None:
        turn(painter, QRect(0, 0, WIDE, HIGH))
        paint.avatar(painter, place, "Petra Řeháková", 1)

    plain = _paint(lambda painter: paint.avatar(painter, place, "Petra Řeháková", 1))
    assert _paint(draw).copy(mirrored.adjusted(9, 9, -9, -9)) == plain.copy(place.adjusted(9, 9, -9, -9))


def _avatar(view: RowView, place: int) -> int:
    """Where the middle of a row's avatar is, by its colour."""
    row = view.visualRect(view.model().index(place, 0))
    shown = view.viewport().grab(row).toImage()
    grounds = {QColor(ground).rgb() for ground, _ in theme().tokens.avatars}
    columns = [x for x in range(shown.width()) if any(shown.pixel(x, y) in grounds for y in range(shown.height()))]
    assert columns
    return (columns[0] + columns[-1]) // 2


def _turned(window: Window, direction: Qt.LayoutDirection) -> None:
    window.setLayoutDirection(direction)
    for _ in range(3):
        QApplication.processEvents()


def _with_avatar(view: RowView) -> int:
    """The first row that has one: in the list of hand-offs, the heading of a teammate."""
    return 0 if view.accessibleName() == "Hand-offs" else 1


@pytest.mark.parametrize("page_id", ["inbox", "members", "handoffs", "delight"])
def test_a_row_has_its_avatar_at_the_side_where_it_begins(demo: Window, page_id: str) -> None:
    demo.go(page_id)
    page: Any = demo.page(page_id)
    found = page.list
    view: RowView = found if isinstance(found, RowView) else found.rows
    _turned(demo, LTR)
    left, wide = _avatar(view, _with_avatar(view)), view.viewport().width()
    assert left < wide / 4
    _turned(demo, RTL)
    assert view.viewport().width() == wide
    assert abs(_avatar(view, _with_avatar(view)) - (wide - 1 - left)) <= 1


def test_the_time_stands_at_the_end_of_a_row_of_the_inbox(demo: Window) -> None:
    for block in demo.bench.blocks.all():
        demo.bench.blocks.remove(block.id)
    demo.bench.blocks.add("Mon 0-24, Tue 0-24, Wed 0-24, Thu 0-24, Fri 0-24, Sat 0-24, Sun 0-24")
    for account in demo.bench.accounts.all():
        demo.bench.accounts.notes.put_reply_target(account.id, 1, account.name)
    view = inbox(demo).list.rows
    amber = theme().color("warn").rgb()

    def hits(place: int) -> tuple[list[int], int]:
        """Where along a row its upper half is amber, and how wide the row is."""
        row = view.visualRect(view.model().index(place, 0))
        shown = view.viewport().grab(row).toImage()
        high = range(row.height() // 2)
        return [x for x in range(shown.width()) if any(shown.pixel(x, y) == amber for y in high)], shown.width()

    place = next(place for place in range(view.model().rowCount()) if hits(place)[0])  # somebody waits too long
    ends = []
    for direction in (LTR, RTL):
        _turned(demo, direction)
        found, wide = hits(place)
        ends.append((found[0], found[-1], wide))
    (first, last, wide), (mirrored_first, mirrored_last, _) = ends
    assert first > wide * 3 / 4
    assert mirrored_last < wide / 4
    assert abs(mirrored_first - (wide - 1 - last)) <= 3  # letters are not mirrored: their own edges differ


def test_a_title_over_a_column_is_found_where_it_is_shown(demo: Window) -> None:
    demo.go("members")
    page: Any = demo.page("members")
    head: TableHead = page.head
    _turned(demo, RTL)
    sorted_by: list[str] = []
    head.sorted.connect(sorted_by.append)
    QTest.mouseClick(head, Qt.MouseButton.LeftButton, pos=QPoint(30, head.height() // 2))
    QTest.mouseClick(head, Qt.MouseButton.LeftButton, pos=QPoint(head.width() - 40, head.height() // 2))
    assert sorted_by == ["last", "name"]


def test_an_elided_label_begins_where_the_window_begins(demo: Window) -> None:
    holder = QWidget(demo)
    label = ElidedLabel("Lemon tote", "row")
    label.setParent(holder)
    label.resize(WIDE, HIGH)
    for direction in (LTR, RTL):
        holder.setLayoutDirection(direction)
        ink = _ink(label.grab().toImage(), range(HIGH))
        assert (ink[0] < 5) is (direction == LTR)
        assert (ink[-1] > WIDE - 5) is (direction == RTL)


def test_a_label_begins_where_the_window_begins_and_a_trailing_one_ends_there(demo: Window) -> None:
    holder = QWidget(demo)
    leading, trailing, middle = Label("Lemon tote"), Label("Lemon tote"), Label("Lemon tote")
    trailing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    middle.setAlignment(Qt.AlignmentFlag.AlignCenter)
    for label in (leading, trailing, middle):
        label.setParent(holder)
        label.resize(WIDE, HIGH)
    for direction in (LTR, RTL, LTR):
        holder.setLayoutDirection(direction)
        first, last = (_ink(label.grab().toImage(), range(HIGH)) for label in (leading, trailing))
        assert (first[0] < 5) is (last[-1] > WIDE - 5) is (direction == LTR)
        assert (first[-1] > WIDE - 5) is (last[0] < 5) is (direction == RTL)
        ink = _ink(middle.grab().toImage(), range(HIGH))
        assert abs(ink[0] - (WIDE - ink[-1])) < 5


def _of_story(window: Window, direction: Qt.LayoutDirection) -> tuple[int, int, int, int]:
    """Of the first message: the middle of its avatar in the story, and where its name begins and its time ends."""
    page = inbox(window)
    open_talk(page, "Street party verdict")
    _turned(window, direction)
    story = page.talk.story
    story.verticalScrollBar().setValue(0)
    QApplication.processEvents()
    shown = story.margin.grab().toImage()
    grounds = {QColor(ground).rgb() for ground, _ in theme().tokens.avatars}
    columns = [x for x in range(shown.width()) if any(shown.pixel(x, y) in grounds for y in range(28))]
    assert columns
    block = story.document().findBlock(story.margin.marks[0].position)
    line = block.layout().lineAt(0)
    assert block.layout().lineCount() == 1  # the time is beside the name
    begin, end = line.cursorToX(0)[0], line.cursorToX(block.length() - 1)[0]
    left = story.viewport().x()
    return story.margin.x() + (columns[0] + columns[-1]) // 2, int(left + begin), int(left + end), story.width()


def test_the_messages_of_a_conversation_begin_at_the_windows_side(demo: Window) -> None:
    avatar, name, time, wide = _of_story(demo, LTR)
    assert avatar < name < wide / 4
    assert time > wide * 3 / 4
    turned, mirrored_name, mirrored_time, same = _of_story(demo, RTL)
    assert same == wide
    assert abs(turned - (wide - 1 - avatar)) <= 2
    assert wide * 3 / 4 < mirrored_name < turned
    assert mirrored_time < wide / 4
    assert _of_story(demo, LTR) == (avatar, name, time, wide)
