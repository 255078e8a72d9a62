"""The pages' code is loaded piece by piece once the window is used, and a page loads only what it shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.demo import build
from app.store.store import Store
from ui.frame.registry import in_rail
from ui.shell.load_ahead import pieces

HOUSE = Path(__file__).parents[3]
OPENED = """
import json, os, sys, time
sys.path.insert(0, sys.argv[1])
import main
def before_qt(environ, system):
    from ui.shell import application
    class Watched(application.Application):
        def start(self):
            window = super().start()
            window.painted.connect(lambda: QTimer.singleShot(200, lambda: walk(window)))
            return window
    from PySide6.QtCore import QTimer
    application.Application = Watched
    return ""
def walk(window):
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication
    from tests.ui.presses import press, send
    def loaded():
        return [name for name in sys.argv[3:] if name in sys.modules]
    found = {"unused": loaded()}
    window.go("handoffs")
    QApplication.processEvents()
    found["handoffs"] = loaded()
    send(window, press(int(Qt.Key.Key_J), "j"))
    end = time.monotonic() + 30
    wanted = set(json.loads(os.environ["PIECES"]))
    while not wanted <= set(loaded()) and time.monotonic() < end:
        QApplication.processEvents()
    found["used"] = loaded()
    print(json.dumps(found), flush=True)
    os._exit(0)
main.no_screen = before_qt
main.main(["--profile", sys.argv[2]])
"""
BACK = ("app.returns", "app.private", "ui.pages.handoffs.returning", "ui.pages.handoffs.mates")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is loaded in a window before it is used, with Hand-offs opened, and after a key."""
    profile = Profile(tmp_path_factory.mktemp("ahead"))
    build(profile)
    store = Store(profile.file)
    with store.write() as conn:  # in a demo Hand-offs looks for the file that came back
        conn.execute("UPDATE account SET mode = 'file' WHERE mode = 'demo'")
    store.close()
    asked = [*pieces(), *BACK]
    run = [sys.executable, "-c", OPENED, str(HOUSE), str(profile.folder), *asked]
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PIECES": json.dumps(list(pieces()))}
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=120, env=settings)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_a_window_that_nobody_uses_loads_no_page_but_the_first(told: dict[str, list[str]]) -> None:
    assert "ui.pages.today.page" in told["unused"]  # the probe sees what is loaded
    assert not {f"ui.pages.{entry.id}.page" for entry in in_rail()[1:]} & set(told["unused"])


def test_hand_offs_loads_nothing_of_files_that_come_back_before_one_does(told: dict[str, list[str]]) -> None:
    assert "ui.pages.handoffs.page" in told["handoffs"]
    assert not set(BACK) & set(told["handoffs"])


def test_the_first_key_loads_every_page_piece_by_piece(told: dict[str, list[str]]) -> None:
    assert set(pieces()) <= set(told["used"])


def test_every_part_that_a_page_names_is_there() -> None:
    assert all(find_spec(name) is not None for name in pieces())
