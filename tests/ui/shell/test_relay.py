"""The bridge from threads: many notices, one signal, on the window's thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.store.changes import Changes
from tests.ui.settling import until
from ui.shell.relay import Relay


def test_notices_of_many_threads_come_as_one() -> None:
    relay, heard = Relay(), []
    relay.changed.connect(lambda changes: heard.append((changes, QThread.currentThread())))
    threads = [
        threading.Thread(target=relay.hear, args=(Changes({"message": frozenset({n, 2**40 + n})}),)) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    until(lambda: bool(heard))
    QTest.qWait(50)
    assert len(heard) == 1
    changes, thread_of = heard[0]
    assert len(changes.within("message")) == 40
    assert thread_of is relay.thread()


def test_work_is_called_on_the_windows_thread() -> None:
    relay, done = Relay(), []
    other = threading.Thread(target=relay.call, args=(lambda: done.append(threading.current_thread()),))
    other.start()
    other.join()
    until(lambda: bool(done))
    assert done == [threading.current_thread()]


class Box(QWidget):
    """Notes, at each painting, how wide its label is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.label, self.painted = QLabel("short"), list[int]()
        row = QHBoxLayout(self)
        row.addWidget(self.label)
        row.addStretch(1)
        self.resize(600, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's name
        """Note it."""
        self.painted.append(self.label.width())


def test_what_the_window_changed_itself_is_shown_and_laid_out_with_the_next_painting() -> None:
    relay, box = Relay(), Box()
    box.show()
    until(lambda: bool(box.painted))
    narrow = box.label.width()
    box.painted.clear()
    relay.changed.connect(lambda _changes: box.label.setText("much longer than it was before"))
    box.update()
    relay.hear(Changes({"message": frozenset({1})}))
    box.update()
    until(lambda: bool(box.painted))
    assert box.painted[0] > narrow


def test_changes_of_the_window_take_those_of_workers_along_and_are_told_once() -> None:
    relay, heard = Relay(), list[Changes]()
    relay.changed.connect(heard.append)
    worker = threading.Thread(target=relay.hear, args=(Changes({"message": frozenset({1})}),))
    worker.start()
    worker.join()
    relay.hear(Changes({"message": frozenset({2})}))
    until(lambda: bool(heard))
    QTest.qWait(80)
    assert [changes.within("message") for changes in heard] == [frozenset({1, 2})]
