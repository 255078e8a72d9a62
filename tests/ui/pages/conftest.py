"""A window over a copy of the demo community, made once for the run."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.demo import build
from app.paths import Profile
from tests.ui.presses import press, send
from ui import files
from ui.application import Application
from ui.window import Window


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo community, as one folder to copy from."""
    folder = tmp_path_factory.mktemp("planted")
    build(Profile(folder))
    return folder


@pytest.fixture
def demo(planted: Path, tmp_path: Path, qt: QApplication) -> Iterator[Window]:
    """A window over a fresh copy."""
    folder = tmp_path / "demo"
    shutil.copytree(planted, folder)
    made = Application(Profile(folder))
    made.start()
    qt.processEvents()
    assert made.window is not None
    made.window.resize(1280, 800)
    made.window.activateWindow()
    qt.processEvents()
    yield made.window
    qt.setProperty(files.READY, None)
    made.close()
    qt.processEvents()


def settle(done: Callable[[], Any] = lambda: False, seconds: float = 0.15) -> None:
    """Let the window hear of changes: until `done`, at least for what notices take."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not done():
        QApplication.processEvents()


def key(window: Window, letter: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one letter's key on a US keyboard."""
    send(window, press(ord(letter.upper()), "" if held else letter.lower(), 0, held))


@pytest.fixture
def pressed(demo: Window) -> Callable[..., None]:
    """Presses a key in the window."""

    def do(letter: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        key(demo, letter, held)

    return do
