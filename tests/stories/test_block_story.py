"""A block of 25 minutes over the demo, with real keys of a Greek layout: from Today through the inbox and back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.ui.settling import until
from ui.pages.inbox.page import InboxPage
from ui.pages.today.body import Body
from ui.pages.today.page import TodayPage
from ui.shell.application import Application, qt_application
from ui.shell.window import Window


@pytest.fixture
def window(demo_profile: Profile):  # type: ignore[no-untyped-def]  # noqa: ANN201  a generator of a window
    qt = qt_application(["rapport"])
    made = Application(demo_profile)
    made.start()
    qt.processEvents()
    assert made.window is not None
    made.window.resize(1280, 800)
    made.window.activateWindow()
    qt.processEvents()
    yield made.window
    made.close()
    QApplication.processEvents()


def _today(window: Window) -> Body:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    until(lambda: page.body is not None and page.day is not None)
    assert page.body is not None
    return page.body


def _inbox(window: Window) -> InboxPage:
    page = window.page("inbox")
    assert isinstance(page, InboxPage)
    return page
