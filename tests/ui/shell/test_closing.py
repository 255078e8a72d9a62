"""The window closes while work runs on other threads: it is waited for or told to stop, and nothing fails."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.base.errors import ClosedFileError
from tests.waiting import wait_until
from ui.frame import working
from ui.frame.working import Working
from ui.shell.application import Application

HOUSE = Path(__file__).parents[3]
_LONG = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


def test_work_that_looks_is_stopped_and_waited_for(application: Application, qt: QApplication) -> None:
    bench = application.bench
    assert bench is not None
    begun, told, ended = threading.Event(), list[object](), list[str]()

    def work(_progress: object, stop: threading.Event) -> str:
        while not stop.is_set():
            bench.store.read.execute("SELECT count(*) FROM member").fetchone()
            begun.set()
        bench.settings.put("community", "Citron")  # what it ends with is still written
        ended.append("whole")
        return "whole"

    running = Working(work, "test")
    running.finished.connect(told.append)
    running.failed.connect(told.append)
    running.start()
    assert begun.wait(10)
    application.close()
    assert ended == ["whole"]
    assert running not in working._running
    qt.processEvents()
    assert told == []  # the window is gone


@pytest.mark.slow
@pytest.mark.parametrize("rows", [True, False])
def test_work_that_does_not_look_is_not_waited_for_long(application: Application, *, rows: bool) -> None:
    """It fails because the file is closed, which is neither logged nor shown."""
    bench = application.bench
    assert bench is not None
    begun, failures = threading.Event(), list[Exception]()

    def work(_progress: object, _stop: threading.Event) -> None:
        try:
            while True:
                for number, _ in enumerate(bench.store.read.execute(_LONG)):
                    begun.set()
                    if number == 1000 and not rows:
                        break
        except Exception as why:
            failures.append(why)
            raise

    running = Working(work, "test")
    running.start()
    assert begun.wait(10)
    start = time.monotonic()
    application.close()
    assert time.monotonic() - start < 30
    assert running.wait(10)
    assert len(failures) == 1
    assert rows or isinstance(failures[0], ClosedFileError)
    working.leave_all()
    assert running not in working._running


def test_what_waits_for_something_else_is_halted() -> None:
    answer = threading.Event()
    running = Working(lambda _progress, _stop: answer.wait(60), "test", halt=answer.set)
    running.start()
    start = time.monotonic()
    working.leave_all()
    assert time.monotonic() - start < 30
    assert not running._thread.is_alive()


def test_a_dialog_that_goes_takes_nothing_from_its_work(qt: QApplication) -> None:
    dialog, go = QWidget(), threading.Event()
    running = Working(lambda progress, _stop: (go.wait(10), progress(1, 1)), "test")
    running.finished.connect(dialog.setFocus)
    running.start()
    dialog.deleteLater()
    qt.sendPostedEvents(dialog, QEvent.Type.DeferredDelete.value)
    go.set()
    wait_until(lambda: running not in working._running, meanwhile=qt.processEvents)


CLOSING = f"""
    import sys, threading, time
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from app.base.paths import Profile
    from ui.frame.working import Working
    from ui.shell.application import Application

    application = Application(Profile(Path(sys.argv[1])))

    def busy(progress, stop):
        number = 0
        while True:
            application.bench.store.read.execute("SELECT name FROM member").fetchall()
            progress(number := number + 1, 1)

    def asleep(progress, stop):
        application.bench.store.read.execute("SELECT 1").fetchone()
        time.sleep(60)

    def reading(progress, stop):
        for _ in application.bench.store.read.execute("{_LONG}"):
            pass

    def polite(progress, stop):
        stop.wait()
        application.bench.settings.put("community", "Citron")

    def begin():
        for work in (busy, asleep, reading, polite):
            for _ in range(3):
                Working(work, work.__name__).start()
        QTimer.singleShot(int(sys.argv[2]), application.window.close)

    QTimer.singleShot(0, begin)
    sys.exit(application.run())
"""


@pytest.mark.slow
@pytest.mark.parametrize("wait", [0, 100, 700])
def test_a_process_ends_in_silence_whatever_runs(application: Application, wait: int) -> None:
    application.close()
    folder = application.profile.folder
    command = [sys.executable, "-c", textwrap.dedent(CLOSING), str(folder), str(wait)]
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(command, cwd=HOUSE, env=settings, capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr in {"", "The workbench is open, without a screen.\n"}
    assert not application.profile.log.exists() or not application.profile.log.read_text(encoding="utf-8")
