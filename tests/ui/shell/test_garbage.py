"""Windows that went out of use are taken apart on the window's thread, whatever the workers do meanwhile."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from ui.shell.application import Application
from ui.shell.garbage import sweep

WORKERS = """
import sys, threading
from app.demo import build
from app.base.paths import profile
from ui.shell.application import Application, qt_application

class Knot:
    def __init__(self):
        self.self = self

def work():
    while True:
        [Knot() for _ in range(50)]

qt = qt_application(["rapport"])
place = profile(sys.argv[1])
build(place)
threading.Thread(target=work, daemon=True).start()
for _ in range(3):
    made = Application(place)
    window = made.start()
    for page in ("inbox", "members", "delight", "inbox"):
        window.go(page)
        qt.processEvents()
    made.close()
    del made, window
print("stands", flush=True)
"""


class Knot:
    """An object that only looking for garbage can take away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.mark.slow
def test_workers_that_make_much_garbage_take_no_window_apart(profile: Profile) -> None:
    run = [sys.executable, "-c", WORKERS, str(profile.folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout == "stands\n", done.stderr[-2_000:]


def test_with_a_window_nothing_is_looked_for_by_itself(application: Application) -> None:
    assert application.window is not None
    assert not gc.isenabled()


@pytest.mark.slow
def test_sweeping_finds_what_is_due(qt: QApplication) -> None:
    assert qt is not None
    gc.collect()
    lost = weakref.ref(Knot())
    kept: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 1)]
    assert lost() is not None
    sweep()
    assert lost() is None
    assert kept
