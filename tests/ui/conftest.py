"""One QApplication for the run, and windows over a file of the test alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.ui.settling import key
from ui.frame import files
from ui.look import fonts
from ui.look.theme import theme
from ui.shell.application import Application, qt_application
from ui.shell.window import Window


@pytest.fixture(scope="session")
def qt() -> QApplication:
    """The application, with Fusion and Inter."""
    return qt_application(["rapport"])


@pytest.fixture(autouse=True)
def plain_theme(qt: QApplication) -> Iterator[None]:
    """Light at 100 % and in the usual contrast before each test, whatever the one before left."""
    theme().choose("light", 1.0, "system")
    assert fonts.scale() == 1.0
    yield
    assert qt is QApplication.instance()


@pytest.fixture
def application(profile: Profile, qt: QApplication) -> Iterator[Application]:
    """The application on a file in which one member is known, so that it is no first run; it shows the inbox."""
    from app.workbench import Workbench  # noqa: PLC0415  only windows need it

    bench = Workbench(profile)
    bench.members.add("Ελένη Παπαδοπούλου", city="Θεσσαλονίκη")
    bench.members.add("Guðrún Ásta Þórðardóttir")
    bench.settings.put("community", "Sítróna")
    bench.close()
    made = Application(profile)
    made.start()
    assert made.window is not None
    made.window.go("inbox")
    qt.processEvents()
    yield made
    made.close()
    qt.processEvents()


@pytest.fixture
def window(application: Application) -> Window:
    """Its window, shown."""
    assert application.window is not None
    return application.window


@pytest.fixture
def demo(demo_profile: Profile, qt: QApplication) -> Iterator[Window]:
    """A window over a fresh copy, on the inbox."""
    made = Application(demo_profile)
    made.start()
    qt.processEvents()
    assert made.window is not None
    made.window.go("inbox")
    made.window.resize(1280, 800)
    made.window.activateWindow()
    qt.processEvents()
    yield made.window
    qt.setProperty(files.READY, None)
    made.close()
    qt.processEvents()


@pytest.fixture
def pressed(demo: Window) -> Callable[..., None]:
    """Presses a key in the window."""

    def do(letter: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        key(demo, letter, held)

    return do
