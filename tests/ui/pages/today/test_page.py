"""The page of today in a real window."""

from __future__ import annotations

import re
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.base import clock
from app.today import Day
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.settling import key, settle, until
from tests.ui.talking import inbox
from ui.look import text
from ui.look.theme import theme
from ui.pages.inbox.later import DateStrip
from ui.pages.today import ENTRY
from ui.pages.today.body import Body
from ui.pages.today.page import TodayPage
from ui.pages.today.shelf import Shelf
from ui.pages.today.side import GroupLine
from ui.pages.today.table import Head, QueueRow
from ui.shell.window import Window
from ui.widgets.lettermenu import LetterMenu

CHORD = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(demo: Window) -> TodayPage:
    demo.go("today")
    found = demo.page("today")
    assert isinstance(found, TodayPage)
    until(lambda: found.day is not None)
    found.activate()
    return found


@pytest.fixture
def body(page: TodayPage) -> Body:
    assert page.body is not None
    return page.body


def fitting(body: Body) -> list[QueueRow]:
    return [row for row in body.model.rows if isinstance(row, QueueRow) and row.starts is not None]


def choose(body: Body, noun: str, *, angry: bool = False) -> QueueRow:
    """Choose the first row of that noun with all the time of the world."""
    body.chooser.choose(4)
    place = next(
        at for at, row in enumerate(body.model.rows)
        if isinstance(row, QueueRow) and row.to_do.noun == noun and row.to_do.angry == angry
    )  # fmt: skip
    body.list.choose(place)
    row = body.model.row_at(place)
    assert row is not None
    return row


def test_it_is_the_first_page_and_its_key_is_the_first(page: TodayPage, demo: Window) -> None:
    assert demo.first_page() == "today"
    demo.go("members")
    send(demo, press(ord("1"), "", 0, CHORD))
    assert demo.page_id == "today"
    assert page.isVisible()


def test_the_rail_counts_what_is_due_today(page: TodayPage) -> None:
    assert ENTRY.counter is not None
    assert ENTRY.counter(page.bench) == page.bench.today.count() > 0


def test_what_fits_and_what_waits_is_listed_and_said(body: Body) -> None:
    day = body.page.day
    assert day is not None
    assert [row.to_do for row in fitting(body)] == [one.thing for one in day.queue.fits]
    assert sum(isinstance(row, Head) for row in body.model.rows) == 1
    assert body.bar.line.text() == f"{len(day.queue.fits)} things in {day.queue.used} minutes"
    assert body.bar.more.text().startswith(f"{len(day.queue.fits)} of {day.queue.total} fit, {day.queue.waiting} wait")
    assert re.match(r"Read \d+ minutes ago\.", body.fresh.words.text())  # the demo is as old as the run
    starts = [row.starts for row in fitting(body) if row.starts is not None]
    assert starts == sorted(starts)
    first = body.model.index(0, 0)
    spoken = str(body.model.data(first, Qt.ItemDataRole.AccessibleTextRole))
    assert "Petr Hanák" in spoken
    assert re.search(r"\d working days? late|, Late,", spoken)


def test_digits_choose_the_minutes(body: Body, demo: Window) -> None:
    few = len(fitting(body))
    key(demo, "4")
    assert body.chooser.minutes() == 60
    assert len(fitting(body)) > few
    key(demo, "1")
    assert body.chooser.minutes() == 10
    assert len(fitting(body)) < few


def test_what_is_left_of_the_block_can_be_chosen_while_it_lasts(body: Body) -> None:
    day = body.page.day
    assert day is not None
    bench = body.page.bench
    block = bench.blocks.working(day.now).next_block(day.now)
    under_way = day._replace(current=block, now=block.ends - 17 * 60)
    body.chooser.show_block(under_way)
    body.chooser.switch.set_current("block")
    assert body.chooser.minutes() == 17
    assert body.chooser.show_block(under_way._replace(current=None))
    assert body.chooser.minutes() == 25


@pytest.mark.slow
def test_e_is_done_and_z_takes_it_back(body: Body, demo: Window) -> None:
    row = choose(body, "conversation")
    key(demo, "E")
    assert body.page.bench.inbox.row(row.to_do.id).state == "done"
    assert row.id not in body.model.numbers()
    key(demo, "Z")
    settle()
    assert body.page.bench.inbox.row(row.to_do.id).state == "needs_me"
    until(lambda: row.id in body.model.numbers())


def test_e_on_an_unhappy_one_asks_how_it_was_solved(body: Body, demo: Window) -> None:
    row = choose(body, "conversation", angry=True)
    key(demo, "E")
    assert demo.page_id == "inbox"
    assert body.page.bench.inbox.row(row.to_do.id).state == "needs_me"


def test_e_keeps_a_promise(body: Body, demo: Window) -> None:
    row = choose(body, "promise")
    key(demo, "E")
    assert row.to_do.id not in [one.id for one in body.page.bench.promises.open()]
    assert "Say if we come to Brno" in toast(demo).accessibleName()


@pytest.mark.parametrize("noun", ["promise", "handoff", "gift", "conversation"])
def test_delete_takes_a_row_out_of_today_alone(body: Body, demo: Window, noun: str) -> None:
    row = choose(body, noun)
    send(demo, press(Qt.Key.Key_Delete.value, "", 0))
    assert row.id not in body.model.numbers()
    assert text.plain(row.to_do.who) in text.plain(toast(demo).accessibleName()).replace("\u2068", "").replace(
        "\u2069", ""
    )
    key(demo, "Z")
    until(lambda: row.id in body.model.numbers())


def test_s_snoozes(body: Body, demo: Window) -> None:
    row = choose(body, "conversation")
    body.deeds._snoozed(row.to_do, "T")
    assert body.page.bench.inbox.row(row.to_do.id).state == "snoozed"
    assert row.id not in body.model.numbers()
    assert f"{row.to_do.who}: snoozed until tomorrow" in toast(demo).accessibleName()


def test_the_menu_of_snooze_stands_beside_the_row_that_it_is_about(wide: Body, demo: Window) -> None:
    choose(wide, "conversation")
    settle()
    for place in (wide.list.place(), wide.model.rowCount() - 1):
        wide.list.choose(place)
        wide.list.scrollTo(wide.list.currentIndex())
        demo.run("snooze")
        menu = demo.findChild(LetterMenu)
        assert menu is not None
        row = wide.list.visualRect(wide.list.currentIndex())
        top, bottom = (wide.list.viewport().mapToGlobal(end).y() for end in (row.topLeft(), row.bottomLeft()))
        at = menu.geometry()
        assert 0 <= at.top() - bottom < 12 or 0 <= top - at.bottom() < 12
        menu.close()
        settle()


def test_the_letters_of_snooze_are_those_of_the_inbox_and_mean_the_same(body: Body, demo: Window) -> None:
    row = choose(body, "conversation")
    body.deeds.snooze(row.to_do, body.list)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, LetterMenu)
    here = [(one.letter, one._title, one._note) for one in menu._rows]
    menu.close()
    page = inbox(demo)
    page.open(row.to_do.id)
    page.deciding.snooze()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, LetterMenu)
    assert [(one.letter, one._title, one._note) for one in menu._rows] == here
    menu.close()
    body.deeds._snoozed(row.to_do, "B")
    now = clock.now()
    assert body.page.bench.inbox.row(row.to_do.id).snoozed_until == demo.bench.blocks.working(now).next_start(now)


def test_another_date_is_asked_for_in_the_conversation(body: Body, demo: Window) -> None:
    row = choose(body, "conversation")
    body.deeds._snoozed(row.to_do, "D")
    page = inbox(demo)
    until(lambda: isinstance(page.talk.strip, DateStrip))
    assert page.opened.row.id == row.to_do.id
    page.talk.strip.when.setText("in 3 days")
    page.talk.strip.act()
    assert demo.bench.inbox.row(row.to_do.id).state == "snoozed"


@pytest.mark.parametrize(("noun", "where"), [("conversation", "inbox"), ("gift", "delight"), ("promise", "inbox")])
def test_enter_opens_where_it_is_done(body: Body, demo: Window, noun: str, where: str) -> None:
    choose(body, noun)
    body.list.setFocus()
    send(demo, press(Qt.Key.Key_Return.value, "\r", 0))
    assert demo.page_id == where


def test_a_group_shows_its_first_rows_and_the_way_to_all(body: Body, demo: Window) -> None:
    day = body.page.day
    assert day is not None
    shown = [line.row for line in body.side.lines]
    assert shown == [row for group in day.groups for row in group.rows]
    assert all(line.accessibleName() for line in body.side.lines)
    quiet = next(line for line in body.side.lines if line.row.noun == "member")
    quiet.click()
    assert demo.page_id == "members"


@pytest.fixture
def wide(body: Body, demo: Window) -> Body:
    """The groups are in sight."""
    demo.resize(1280, 800)
    until(lambda: body.side.isVisible() and body.side.groups.verticalScrollBar().maximum() > 0)
    return body


def group_line(body: Body, of: str, place: int = 0) -> GroupLine:
    return [line for line in body.side.lines if line.of == of][place]


def in_sight(line: GroupLine) -> bool:
    return line.visibleRegion().boundingRect().height() > line.height() // 2


def test_the_next_of_a_group_has_the_focus_once_one_is_let_be(wide: Body, demo: Window) -> None:
    first, second = group_line(wide, "quiet"), group_line(wide, "quiet", 1)
    about, then = first.row, second.row
    first.setFocus()
    wide.side.groups.ensureWidgetVisible(first)
    scrolled = wide.side.groups.verticalScrollBar().value()
    assert scrolled
    assert demo.run("let_be")
    settle()
    now = demo.focusWidget()
    assert isinstance(now, GroupLine)
    assert (now.row, now.of) == (then, "quiet")
    until(lambda: in_sight(now))  # a toast makes less room
    assert wide.side.groups.verticalScrollBar().value() >= scrolled
    assert demo.run("undo")
    until(lambda: any(line.row == about for line in wide.side.lines))


def test_a_minute_later_the_groups_are_where_they_were(wide: Body) -> None:
    line = group_line(wide, "quiet", 1)
    line.setFocus()
    wide.side.groups.ensureWidgetVisible(line)
    scrolled = wide.side.groups.verticalScrollBar().value()
    wide.page.read()
    settle()
    assert wide.side.groups.verticalScrollBar().value() == scrolled > 0
    assert group_line(wide, "quiet", 1).hasFocus()


def test_the_last_of_all_leaves_the_focus_in_the_groups(wide: Body, demo: Window) -> None:
    line = group_line(wide, "in_touch")
    line.setFocus()
    assert demo.run("put_off")
    settle()
    assert isinstance(demo.focusWidget(), GroupLine)


def test_keys_on_a_row_beside_the_queue_do_nothing_to_the_queue(wide: Body, demo: Window) -> None:
    choose(wide, "conversation")
    settle()
    assert {"done", "snooze", "put_off", "promise"} <= set(wide.handlers())
    group_line(wide, "gifts").setFocus()
    assert not {"done", "snooze", "put_off", "promise", "reply"} & set(wide.handlers())
    group_line(wide, "quiet").setFocus()
    assert {"reply", "put_off", "let_be"} <= set(wide.handlers())
    assert not {"done", "snooze", "promise"} & set(wide.handlers())
    group_line(wide, "gifts").setFocus()
    assert demo.run("open")
    assert demo.page_id == "delight"


def test_what_another_writes_is_shown_soon(body: Body) -> None:
    row = choose(body, "promise")
    body.page.bench.promises.keep(row.to_do.id)
    until(lambda: row.id not in body.model.numbers())


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height", "percent"), [(900, 700, 100), (1280, 800, 200), (700, 600, 130)])
def test_without_room_the_groups_are_one_step_away(
    body: Body, demo: Window, width: int, height: int, percent: int
) -> None:
    theme().choose("light", percent / 100, "system")
    demo.resize(width, height)
    settle()
    page = demo.page("today")
    assert page is not None
    assert page.minimumSizeHint().width() <= page.width()
    if body.split.one_pane:
        assert body.aside.isVisible()
        body.aside.click()
        assert body.side.isVisible()
        assert body.side.lines[0].hasFocus()
        key_escape(demo)
        assert body.list.isVisible()
    else:
        assert body.side.isVisible()
        assert not body.aside.isVisible()


def key_escape(window: Window) -> None:
    send(window, press(Qt.Key.Key_Escape.value, "\x1b", 0))


def test_the_shelf_is_read_and_leads_to_where_it_was_said(body: Body, demo: Window) -> None:
    kept = body.page.bench.kind_words.every()
    assert kept
    assert body.side.card is not None
    assert demo.run("kind_words")
    shelf = demo.findChild(Shelf)
    assert shelf is not None
    assert kept[0].words in [label.text() for label in shelf.findChildren(QLabel)]
    key_escape(demo)
    body.side.card.opened.emit(kept[0].conversation_id)
    assert demo.page_id == "inbox"


def test_with_nothing_due_one_kind_thing_is_offered(body: Body) -> None:
    bench = body.page.bench
    with bench.store.write() as conn:
        conn.execute("UPDATE handoff SET closed_at = 1")  # first: an answer that is owed keeps its conversation open
        conn.execute("UPDATE conversation SET closed = 1, done_at = ? WHERE state = 'needs_me'", (clock.now(),))
        conn.execute("UPDATE promise SET kept_at = 1")
        conn.execute("DELETE FROM gift")
    body.read()
    assert body.middle.currentIndex() == 1
    said = [label.text() for label in body.nothing.findChildren(QLabel) if label.text()]
    assert said == ["Nothing needs you. 25 minutes are yours."]
    assert [button.title().startswith("Say hello to") for button in body.nothing.buttons] == [True]


def test_an_empty_file_says_where_to_begin(window: Window) -> None:
    with window.bench.store.write() as conn:
        conn.execute("DELETE FROM member_index")
        conn.execute("DELETE FROM member")
    window.go("today")
    page = window.page("today")
    assert isinstance(page, TodayPage)
    body = page.finish()
    assert body.middle.currentIndex() == 1
    assert [button.title() for button in body.nothing.buttons] == ["Connect an account", "Import a file"]
    assert page.panes()


def test_what_changes_by_itself_is_read_aside_and_what_is_asked_for_at_once(
    page: TodayPage, body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_windows_thread = list[bool]()
    day = page.bench.today.day

    def noted(minutes: int) -> Day:
        on_the_windows_thread.append(threading.current_thread() is threading.main_thread())
        return day(minutes)

    settle()
    monkeypatch.setattr(page.bench.today, "day", noted)
    shown = page.day
    page.bench.promises.add(page.bench.members.add("Zoe"), "A recipe", due_on=page.bench.promises.open()[0].due_on)
    until(lambda: page.day is not shown)
    assert not any(on_the_windows_thread)
    page.read_aside()
    body.read()  # asked for meanwhile: what was read aside is not shown over it
    asked_for = page.day
    settle()
    assert page.day is asked_for
    assert on_the_windows_thread[-1]
