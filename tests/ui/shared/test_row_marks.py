"""Several conversations chosen by keys, and what is done to all of them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.base.message import Author, Incoming
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.presses import press, send
from tests.ui.talking import inbox
from ui.shell.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    found = inbox(demo)
    found.list.focus_rows()
    return found


def _ids(page: Any, *places: int) -> list[int]:
    return [page.list.model.id_at(place) for place in places]


def _plain(page: Any) -> list[int]:
    """Three places of the list with nothing that asks for a reason."""
    rows = [page.list.model.row_at(place) for place in range(page.list.model.rowCount())]
    return [place for place, row in enumerate(rows) if not (row.unhappy or row.hard)][:3]


def _mark(demo: Window, page: Any, places: list[int]) -> list[int]:
    """Mark these rows by keys, from the first row on."""
    hand = Hand(demo)
    page.list.opening.select_place(0)
    for place in places:
        while page.list.opening.place() < place:
            hand.keys("J")
        hand.keys("X")
    return _ids(page, *places)


@pytest.mark.slow
def test_n_walks_all_that_need_me_and_goes_round(demo: Window, page: Any) -> None:
    waits = {row.id for row in page.bench.inbox.rows(page.list.model.numbers()) if not (row.due or row.to_post)}
    order = [number for number in page.list.model.numbers() if number in waits]  # no reply of ours is scheduled there
    seen = [page.talk.opened.row.id]
    for _ in range(len(order)):
        Hand(demo).keys("N")
        seen.append(page.talk.opened.row.id)
    assert seen == [*order, order[0]]


def test_n_goes_on_after_an_answer_that_keeps_it_open(demo: Window, page: Any) -> None:
    hand, order = Hand(demo), _ids(page, *range(4))
    hand.keys("N")
    assert page.talk.opened.row.id == order[1]
    page.talk.composer.field.setPlainText("We look into it and write again.")
    page.talk.composer.write()
    hand.keys("Ctrl+Shift+Enter")
    hand.until(lambda: demo.bench.inbox.row(order[1]).state != "needs_me")
    page.list.focus_rows()
    hand.keys("N")
    assert page.talk.opened.row.id == order[2]


def test_n_ends_a_search_that_hides_who_is_next(demo: Window, page: Any) -> None:
    hand, order = Hand(demo), _ids(page, 0, 1)
    hand.keys("/")
    hand.types("xyzzyq")
    hand.until(lambda: page.list.model.rowCount() == 0)
    page.list.rows.setFocus()
    page.moving.next_waiting()
    hand.until(lambda: page.talk.opened is not None)
    hand.rest()
    assert page.list.search.words() == ""
    assert page.talk.opened.row.id in order


def test_n_finds_who_stands_far_below(demo: Window, page: Any) -> None:
    many = [
        Incoming(f"far-{n}", 1_600_000_000 + n, "Hello?", Author(f"far-{n}", f"far-{n}"), thread=f"far-{n}")
        for n in range(230)
    ]
    account = page.talk.opened.account_id
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE setting SET value = '36500' WHERE key = 'quiet_days'")
        conn.execute("INSERT OR REPLACE INTO setting (key, value) VALUES ('quiet_days', '36500')")
    demo.bench.intake.take(account, many)
    page.list.reload()
    order = [ref.id for ref in demo.bench.inbox.refs(page.list.filter.query, 1_000)]
    page.open(order[180])
    Hand(demo).keys("N")
    assert page.talk.opened.row.id == order[181]
    assert page.list.current_id() == order[181]


@pytest.mark.slow
def test_x_marks_j_keeps_the_marks_and_e_is_for_the_marked_ones(demo: Window, page: Any) -> None:
    hand, places = Hand(demo), _plain(page)
    places = [places[0], places[2]]  # not neighbours
    marked = _mark(demo, page, places)
    hand.keys("J")
    here = page.talk.opened.row.id
    assert here not in marked
    assert page.list.marks.ids() == marked
    assert page.list.head.title.text() == "2 selected"
    assert not page.list.head.unmark.isHidden()
    before = demo.bench.inbox.counts()["done"]
    hand.keys("E")
    hand.until(lambda: demo.bench.inbox.counts()["done"] == before + 2)
    assert toast(demo).accessibleName() == "2 done."
    assert [demo.bench.inbox.row(one).state for one in marked] == ["done", "done"]
    assert demo.bench.inbox.row(here).state == "needs_me"
    hand.until(lambda: page.list.head.title.text() == "Inbox")
    hand.keys("Z")
    hand.until(lambda: demo.bench.inbox.counts()["done"] == before)


@pytest.mark.slow
def test_x_once_more_takes_the_mark_away_and_escape_all_of_them(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("X")
    assert page.list.head.title.text() == "1 selected"
    assert page.list.rows.selectionModel().isSelected(page.list.rows.currentIndex())
    hand.keys("X")
    assert page.list.head.title.text() == "Inbox"
    assert page.list.rows.selectionModel().isSelected(page.list.rows.currentIndex())
    hand.keys("X", "J", "J", "X")
    assert page.list.marks.ids() == _ids(page, 0, 2)
    hand.keys("Escape")
    assert page.list.marks.ids() == []
    assert page.list.opening.place() == 2
    assert page.list.head.title.text() == "Inbox"
    hand.keys("J")
    assert page.list.rows.selectionModel().selectedRows()[0].row() == 3
    assert page.list.head.title.text() == "Inbox"


@pytest.mark.slow
@pytest.mark.parametrize("keys", [("J", "K"), ("Down", "Up"), ("N", "K")])
def test_every_key_that_moves_keeps_the_marks(demo: Window, page: Any, keys: tuple[str, str]) -> None:
    hand = Hand(demo)
    hand.keys("X")
    for key in keys:
        for _ in range(2):
            if key in ("Up", "Down"):
                send(demo, press(Qt.Key.Key_Up if key == "Up" else Qt.Key.Key_Down))
            else:
                hand.keys(key)
        assert page.list.marks.ids() == _ids(page, 0), key
    assert page.list.opening.place() == 0


def test_shift_and_j_extends_and_leaves_other_marks(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("X", "J", "J", "J")
    hand.keys("Shift+J", "Shift+J")
    assert page.list.marks.ids() == _ids(page, 0, 3, 4, 5)
    assert page.list.opening.place() == 5


def test_a_click_is_for_one_and_with_ctrl_for_several(page: Any) -> None:
    rows = page.list.rows

    def click(place: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = rows.visualRect(rows.model().index(place, 0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, held, QPoint(at))

    click(1)
    assert page.list.marks.ids() == []
    click(3, Qt.KeyboardModifier.ControlModifier)
    assert page.list.marks.ids() == _ids(page, 1, 3)
    click(3, Qt.KeyboardModifier.ControlModifier)
    assert page.list.marks.ids() == _ids(page, 1)
    click(2)
    assert page.list.marks.ids() == []
    assert page.list.head.title.text() == "Inbox"
    assert page.talk.opened.row.id == _ids(page, 2)[0]


@pytest.mark.slow
def test_marks_stay_when_the_list_is_read_again(demo: Window, page: Any) -> None:
    marked = _mark(demo, page, [1, 3])
    Hand(demo).keys("J")
    here = page.talk.opened.row.id
    new = Incoming("later-1", 1_700_000_000, "Is anybody there?", Author("late", "late"), thread="later-1")
    demo.bench.intake.take(page.talk.opened.account_id, [new])
    demo.bench.inbox.done([_ids(page, 0)[0]] if not demo.bench.inbox.row(_ids(page, 0)[0]).unhappy else [], reason="")
    Hand.rest(0.5)
    assert sorted(page.list.marks.ids()) == sorted(marked)
    assert page.talk.opened.row.id == here
    assert page.list.head.title.text() == "2 selected"


def test_a_mark_far_below_stays_when_new_messages_push_it_out_of_what_is_fetched(demo: Window, page: Any) -> None:
    account = page.talk.opened.account_id
    with demo.bench.store.write() as conn:
        conn.execute("INSERT OR REPLACE INTO setting (key, value) VALUES ('quiet_days', '36500')")

    def come(first: int, count: int, at: int) -> None:
        demo.bench.intake.take(account, [
            Incoming(f"low-{n}", at + n, "Hello?", Author(f"low-{n}", f"low-{n}"), thread=f"low-{n}")
            for n in range(first, first + count)
        ])  # fmt: skip

    come(0, 120, 1_600_000_000)
    page.list.reload()
    while page.list.model.canFetchMore(QModelIndex()):
        page.list.model.fetchMore(QModelIndex())
    last = page.list.model.id_at(page.list.model.rowCount() - 1)
    page.list.select_id(last)
    Hand(demo).keys("X")
    come(200, 5, 1_500_000_000)  # which have waited longer
    Hand.until(lambda: page.list.model.row_at(0).waiting_since < 1_600_000_000)
    assert page.list.marks.ids() == [last]


def test_another_list_has_no_marks(page: Any) -> None:
    for other in (lambda: page.list.filter.show_state("all"), lambda: page.list.filter.show_state("snoozed"),
                  page.list.filter.clear):  # fmt: skip
        page.list.marks.toggle()
        other()
        assert page.list.marks.ids() == []
        assert page.list.head.title.text() == "Inbox"


@pytest.mark.slow
@pytest.mark.parametrize(("key", "mark", "words"), [("U", "unhappy", "3 marked as unhappy."),
                                                    ("Q", "hard", "3 marked as difficult.")])  # fmt: skip
def test_u_and_q_mark_all_that_are_selected(demo: Window, page: Any, key: str, mark: str, words: str) -> None:
    hand, marked = Hand(demo), _mark(demo, page, _plain(page))
    demo.bench.inbox.mark(marked[1], mark, on=True)
    before = demo.bench.store.last_action or 0
    hand.keys(key)
    assert [getattr(demo.bench.inbox.row(one), mark) for one in marked] == [True, True, True]
    assert toast(demo).accessibleName() == words
    assert demo.bench.store.last_action == before + 1
    hand.keys("Z")
    assert [getattr(demo.bench.inbox.row(one), mark) for one in marked] == [False, True, False]
    hand.keys(key, key)
    assert [getattr(demo.bench.inbox.row(one), mark) for one in marked] == [False, False, False]


@pytest.mark.slow
def test_s_puts_all_off_and_e_opens_all_of_them_again(demo: Window, page: Any) -> None:
    hand, marked = Hand(demo), _mark(demo, page, _plain(page))
    hand.keys("S")
    hand.until(QApplication.activePopupWidget)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    send(menu, press(Qt.Key.Key_M, "m"))
    assert [demo.bench.inbox.row(one).state for one in marked] == ["snoozed"] * 3
    assert toast(demo).accessibleName().startswith("3 snoozed until ")
    page.list.filter.show_state("snoozed")
    page.list.select_id(marked[0])
    hand.keys("X")
    for one in marked[1:]:
        page.list.select_id(one, keep=True)
        hand.keys("X")
    hand.keys("E")
    assert [demo.bench.inbox.row(one).state for one in marked] == ["needs_me"] * 3
    assert toast(demo).accessibleName() == "3 reopened."


@pytest.mark.slow
@pytest.mark.parametrize("key", ["R", "T", "A", "G", "L", "V", "Enter", "O"])
def test_what_is_for_one_says_so_while_several_are_selected(demo: Window, page: Any, key: str) -> None:
    hand, marked = Hand(demo), _mark(demo, page, _plain(page))
    hand.keys(key)
    assert toast(demo).accessibleName().startswith("3 conversations are selected, but this works on one at a time.")
    assert page.talk.strip is None
    assert not page.talk.composer.field.hasFocus()
    assert page.list.marks.ids() == marked
    if toast(demo).hasFocus():  # it takes the letters that were meant for a reply
        hand.keys("Escape")
    hand.keys("Escape", "G")
    assert page.talk.strip is not None


def test_one_marked_beside_the_open_one_is_not_answered_by_mistake(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("X", "J", "R")
    assert not page.talk.composer.field.hasFocus()
    assert toast(demo).accessibleName().startswith("Another conversation is selected.")
    hand.keys("Escape", "K", "R")  # back on it: the one that is open is the one that is marked
    assert demo.focusWidget() is page.talk.composer.field


def test_the_rest_are_those_that_were_asked_about_whatever_is_marked_by_then(demo: Window, page: Any) -> None:
    first, second = _plain(page)[:2]
    hard, plain = _mark(demo, page, [first, second])
    demo.bench.inbox.mark([hard], "hard", on=True)
    Hand(demo).keys("J")
    other = page.opened.row.id
    assert other not in (hard, plain)
    Hand(demo).keys("E")
    page.list.head.unmark.click()
    page.talk.strip.rest.click()
    assert {number: demo.bench.inbox.row(number).state for number in (hard, plain, other)} == {
        hard: "needs_me", plain: "done", other: "needs_me"
    }  # fmt: skip
