"""The menu of a row is made from the command table, and acts on the row under the pointer, never on another one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QStyle, QWidget

from app.base.paths import Profile
from app.commands.key_names import shown_key
from app.commands.table import by_id
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import key, settle
from ui.look.theme import theme
from ui.palette.menus import MARKED, ROWS, community_menu
from ui.shell.application import Application
from ui.shell.window import Window
from ui.widgets.rowview import RowView

_LISTS = ("inbox", "members", "templates", "delight", "handoffs")


@pytest.fixture(scope="module")
def shared(planted: Path, tmp_path_factory: pytest.TempPathFactory, qt: QApplication) -> Iterator[Window]:
    """One window over the demo for the whole module."""
    made = Application(Profile(Path(shutil.copytree(planted, tmp_path_factory.mktemp("demo") / "profile"))))
    window = made.start()
    window.resize(1280, 800)
    window.activateWindow()
    qt.processEvents()
    yield window
    made.close()


def rows_of(window: Window) -> RowView:
    """The list of the page that is shown."""
    page = window.page(window.page_id)
    assert page is not None
    found = page.list  # type: ignore[attr-defined]  # of the pages that have one
    return found.rows if window.page_id == "inbox" else found  # type: ignore[no-any-return]


def open_menu(widget: QWidget, at: QPoint) -> QMenu:
    """Click the right button there, as the platform tells of it: a press, then the request for a menu."""
    QTest.mousePress(widget, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(widget, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def at_row(rows: RowView, place: int) -> QPoint:
    """The middle of a row, in the list's own pixels."""
    return rows.visualRect(rows.model().index(place, 0)).center()


def choose(menu: QMenu, command: str) -> None:
    """Choose a command of the menu."""
    action = next(action for action in menu.actions() if action.data() == command)
    action.trigger()
    menu.close()
    settle(seconds=0.05)


@pytest.mark.parametrize("page", _LISTS)
def test_each_list_has_a_menu_of_commands_with_their_keys(shared: Window, page: str) -> None:
    shared.go(page)
    rows = rows_of(shared)
    enabled = [
        place for place in range(rows.model().rowCount())
        if rows.model().flags(rows.model().index(place, 0)) & Qt.ItemFlag.ItemIsEnabled
    ]  # fmt: skip
    rows.scrollToTop()
    menu = open_menu(rows.viewport(), at_row(rows, enabled[1]))
    assert rows.place() == enabled[1]
    offered = [action.data() for action in menu.actions() if not action.isSeparator()]
    assert offered
    assert set(offered) <= {command for group in ROWS[page] for command in group}
    for action in menu.actions():
        if not action.isSeparator() and by_id(action.data()).keys:
            assert action.text().endswith(f"\t{shown_key(by_id(action.data()).keys[0])}")
    menu.close()


def test_a_heading_has_no_menu(shared: Window) -> None:
    shared.go("handoffs")
    rows = rows_of(shared)
    rows.scrollToTop()
    at = at_row(rows, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, rows.viewport().mapToGlobal(at))
    QApplication.sendEvent(rows.viewport(), event)
    assert QApplication.activePopupWidget() is None


def test_it_acts_on_the_row_under_the_pointer(shared: Window) -> None:
    shared.go("inbox")
    rows, inbox = rows_of(shared), shared.page("inbox")
    assert inbox is not None
    numbers = inbox.list.model.numbers()  # type: ignore[attr-defined]
    rows.choose(0)
    menu = open_menu(rows.viewport(), at_row(rows, 2))
    choose(menu, "hard")
    marked = {row.id for row in shared.bench.inbox.rows(numbers) if row.hard}
    assert numbers[2] in marked
    assert numbers[0] not in marked
    shared.run("undo")
    settle(seconds=0.05)


@pytest.mark.slow
def test_marked_rows_are_meant_only_where_one_of_them_is_clicked(shared: Window) -> None:
    shared.go("inbox")
    rows, inbox = rows_of(shared), shared.page("inbox")
    assert inbox is not None
    numbers = inbox.list.model.numbers()  # type: ignore[attr-defined]
    rows.choose(0)
    for letter in ("x", "j", "x"):
        key(shared, letter)
    assert inbox.marks.ids() == numbers[:2]  # type: ignore[attr-defined]
    menu = open_menu(rows.viewport(), at_row(rows, 1))
    assert {action.data() for action in menu.actions() if not action.isSeparator()} <= {
        command for group in MARKED for command in group
    }
    assert inbox.marks.ids() == numbers[:2]  # type: ignore[attr-defined]
    choose(menu, "unhappy")
    assert all(row.unhappy for row in shared.bench.inbox.rows(numbers[:2]))
    shared.run("undo")
    settle(seconds=0.05)
    before = {row.id for row in shared.bench.inbox.rows(numbers) if row.unhappy}
    menu = open_menu(rows.viewport(), at_row(rows, 3))
    assert inbox.marks.ids() == []  # type: ignore[attr-defined]
    choose(menu, "unhappy")
    after = {row.id for row in shared.bench.inbox.rows(numbers) if row.unhappy}
    assert before ^ after == {numbers[3]}
    shared.run("undo")
    settle(seconds=0.05)


def test_a_menu_that_was_opened_for_another_row_does_nothing(shared: Window) -> None:
    shared.go("inbox")
    rows, inbox = rows_of(shared), shared.page("inbox")
    assert inbox is not None
    numbers = inbox.list.model.numbers()  # type: ignore[attr-defined]
    menu = open_menu(rows.viewport(), at_row(rows, 1))
    inbox.open(numbers[3])
    before = shared.bench.store.last_action
    choose(menu, "done")
    assert shared.bench.store.last_action == before
    assert "Another row" in toast(shared).accessibleName()


def test_the_key_opens_it_for_the_current_row(shared: Window) -> None:
    shared.go("members")
    shared.activateWindow()  # a menu that was open before has taken the focus, which a platform would give back
    settle()
    rows = rows_of(shared)
    rows.choose(4)
    send(shared, press(Qt.Key.Key_F10, "", 0, Qt.KeyboardModifier.ShiftModifier))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "merge" in [action.data() for action in menu.actions()]
    assert rows.place() == 4
    menu.close()


def test_a_reply_in_the_outbox_has_one(shared: Window) -> None:
    shared.go("outbox")
    page = shared.page("outbox")
    assert page is not None
    panel = next(panel for panel in page._panels if panel.offered())  # type: ignore[attr-defined]
    menu = open_menu(panel, panel.rect().center())
    offered = [action.data() for action in menu.actions() if not action.isSeparator()]
    assert offered[0] == "open"
    assert "cancel_sending" in offered
    choose(menu, "cancel_sending")
    assert shared.bench.outbox.get(panel.entry.id).state == "discarded"
    shared.run("undo")
    settle(seconds=0.05)
    assert shared.bench.outbox.get(panel.entry.id).state != "discarded"


def test_a_message_has_one_by_key(shared: Window) -> None:
    shared.go("inbox")
    page = shared.page("inbox")
    assert page is not None
    asked: list[object] = []
    story = page.talk.story  # type: ignore[attr-defined]
    story.asked.disconnect()
    story.asked.connect(lambda line, _point: asked.append(line))
    at = story.rect().center()
    QApplication.sendEvent(story, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, story.mapToGlobal(at)))
    assert asked == [story.being_read()] != [None]
    story.asked.connect(page.acting.menu)  # type: ignore[attr-defined]


def test_the_icons_of_a_menu_grow_with_its_text(demo: Window) -> None:
    sizes = []
    for scale in (1.0, 2.0):
        theme().choose(scale=scale)
        QApplication.processEvents()
        menu = community_menu(demo, lambda _command: True, lambda _command: None)
        icon = next(action.icon() for action in menu.actions() if not action.icon().isNull())
        shown = menu.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, menu)
        assert icon.actualSize(QSize(64, 64)).width() >= shown
        sizes.append(shown)
        menu.deleteLater()
    assert sizes == [16, 32]
