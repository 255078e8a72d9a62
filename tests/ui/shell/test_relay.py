"""The bridge from threads: many notices, one signal, on the window's thread."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from PySide6.QtTest import QTest

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
