"""One QApplication for the run, and windows over a file of the test alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.paths import Profile
from ui import fonts
from ui.application import Application, qt_application
from ui.theme import theme
from ui.window import Window


@pytest.fixture(scope="session")
def qt() -> QApplication:
    """The application, with Fusion and Inter."""
    return qt_application(["rapport"])


@pytest.fixture(autouse=True)
def plain_theme(qt: QApplication) -> Iterator[None]:
    """Light at 100 % before each test, whatever the one before left."""
    theme().choose("light", 1.0)
    assert fonts.scale() == 1.0
    yield
    assert qt is QApplication.instance()


@pytest.fixture
def application(profile: Profile, qt: QApplication) -> Iterator[Application]:
    """The application on a file in which one member is known, so that it is no first run."""
    from app.workbench import Workbench  # noqa: PLC0415  only windows need it

    bench = Workbench(profile)
    bench.members.add("Ελένη Παπαδοπούλου", city="Θεσσαλονίκη")
    bench.members.add("Guðrún Ásta Þórðardóttir")
    bench.settings.put("community", "Sítróna")
    bench.close()
    made = Application(profile)
    made.start()
    qt.processEvents()
    yield made
    made.close()
    qt.processEvents()


@pytest.fixture
def window(application: Application) -> Window:
    """Its window, shown."""
    assert application.window is not None
    return application.window
