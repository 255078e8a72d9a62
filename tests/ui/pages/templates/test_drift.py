"""The drift in a window: figures as the shell counts them, with their messages; counted off the window's thread."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.cli.voice_drift import drift
from app.voice import NOTE, Rule, Voice
from app.voice.drift import MONTHS, Drift
from tests.ui.settling import settle, until
from ui.look.theme import theme
from ui.pages.templates.drift import DriftView
from ui.shell.window import Window


@pytest.fixture
def view(demo: Window) -> DriftView:
    """The view, once it has counted what the demo's rules and two of many words find."""
    for word in ("you", "thank"):
        demo.bench.voice.add_rule(Rule(0, (word,), NOTE, "To count.", "en"))
    demo.run("drift")
    page: Any = demo.page("templates")
    found: DriftView = page.drift
    until(lambda: found.counted is not None)
    return found


def shown_figures(view: DriftView) -> dict[tuple[int, str], int]:
    model = view.figures
    return {
        (model.rules[row // 2].rule.id, model.months[column]): len(model.of(model.index(row, column)))
        for row in range(1, model.rowCount(), 2) for column in range(model.columnCount())
    }  # fmt: skip


def test_every_figure_is_what_the_shell_counts(demo: Window, view: DriftView) -> None:
    asked = Namespace(months=str(MONTHS), rule="", month="", limit=1_000)
    told: Any = drift(demo.bench, asked).data
    counts = {(rule["rule"], one["month"]): one["count"] for rule in told for one in rule["months"]}
    figures = shown_figures(view)
    assert figures == counts
    assert len({rule for rule, _ in counts}) >= 4  # two of the demo's own: see resources/demo
    assert not view.progress.isVisible()
    assert "sent messages read by today's rules" in view.state.text()


def test_a_figure_opens_its_messages_and_each_its_conversation(demo: Window, view: DriftView) -> None:
    page: Any = demo.page("templates")
    assert demo.focusWidget() is view.table
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    view.table.choose_first()
    behind = view.figures.of(view.table.currentIndex())
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert demo.focusWidget() is view.list
    assert sorted(view.messages.numbers()) == sorted(one.message_id for one in behind)
    assert view.messages.rows[0].words in demo.bench.store.read.execute(
        "SELECT text FROM message WHERE id = ?", (view.messages.rows[0].id,)
    ).fetchone()[0]  # fmt: skip
    page.back()
    assert demo.focusWidget() is view.table
    assert view.figures.of(view.table.currentIndex()) == behind
    demo.run("open")
    number = view.messages.rows[0].id
    demo.run("open")
    inbox: Any = demo.page("inbox")
    assert demo.page_id == "inbox"
    assert inbox.opened.row.id == demo.bench.inbox.conversation_of(number)
    counted = view.counted
    demo.run("drift")
    assert view.counted is counted  # kept while the page is there


def test_arrows_go_through_the_figures_and_nothing_opens_where_nothing_was_found(view: DriftView) -> None:
    table, model = view.table, view.figures
    row, column = next(
        (row, column) for row in range(1, model.rowCount(), 2) for column in range(model.columnCount())
        if not model.of(model.index(row, column))
    )  # fmt: skip
    table.setCurrentIndex(model.index(row, column))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert view.home() is table
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.currentIndex().column() == MONTHS - 1
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.currentIndex().column() == MONTHS - 2
    for _ in range(len(model.rules)):
        QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 3


class _Slow:
    """Counts as the desk does, but waits before the third message until it may go on."""

    def __init__(self, voice: Voice) -> None:
        self._drift, self.may_go, self.reached = voice.drift, threading.Event(), threading.Event()
        self.threads: set[str] = set()
        self.read = 0

    def __call__(self, shown: Sequence[str], go_on: Callable[[int, int], bool]) -> Drift | None:
        def told(done: int, of: int) -> bool:
            self.threads.add(threading.current_thread().name)
            self.read = done
            if done == 2:
                self.reached.set()
                self.may_go.wait(60)
            return go_on(done, of)

        return self._drift(shown, told)


def test_counting_is_off_the_windows_thread_and_stops_midway(
    demo: Window, view: DriftView, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, before = _Slow(demo.bench.voice), view.counted
    monkeypatch.setattr(demo.bench.voice, "drift", slow)
    view.again.click()
    until(slow.reached.is_set)
    settle()  # the window lives meanwhile
    assert view.again.accessibleName() == "Stop"
    view.again.click()
    slow.may_go.set()
    until(lambda: view.again.accessibleName() == "Count again")
    assert slow.threads == {"voice-drift"}
    assert slow.read == 2
    assert view.counted is before  # what was counted before stays


def test_before_anything_is_counted_the_view_says_what_will_be_seen_and_esc_stops(
    demo: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = _Slow(demo.bench.voice)
    monkeypatch.setattr(demo.bench.voice, "drift", slow)
    demo.run("drift")
    page: Any = demo.page("templates")
    until(slow.reached.is_set)
    assert page.drift.none.isVisible()
    assert demo.focusWidget() is page.drift.again
    page.back()
    slow.may_go.set()
    until(lambda: page.drift.again.accessibleName() == "Count")
    assert page.drift.counted is None
    assert page.drift.none.isVisible()


def test_changed_rules_are_said_and_what_names_somebody_forgotten_goes(demo: Window, view: DriftView) -> None:
    demo.bench.voice.drop_rule(view.figures.rules[-1].rule.id)
    settle(lambda: "changed" in view.state.text(), 20)
    assert view.state.text() == "The rules have changed since this was counted."
    view.open()
    member = demo.bench.members.find("Marcus Bell")[0]
    demo.bench.forgetting.forget(member)
    settle(lambda: view.counted is None, 20)
    assert (view.counted, view.messages.rows, view.figures.rules) == (None, [], ())
    assert view.none.isVisible()


def test_with_large_letters_every_view_keeps_its_name(demo: Window, view: DriftView) -> None:
    page: Any = demo.page("templates")
    demo.resize(900, 700)
    theme().choose(scale=2.0)
    settle()
    for segment in page.switch.findChildren(QAbstractButton):
        assert segment.width() > segment.minimumSizeHint().width() or segment.width() >= segment.sizeHint().width()
    assert view.table.horizontalHeader().length() <= view.table.viewport().width()
    theme().choose(scale=1.0)
    demo.resize(1280, 800)
    settle()
    assert page.header.title.isVisible()
