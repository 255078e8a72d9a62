"""The accounts page says how far an account's history has been read; Stop and Continue."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.accounts.records import keep_cursor
from app.base import clock
from tests.ui.pages.accounts.stands import Stand, stand
from tests.ui.settling import until
from ui.pages.accounts.page import AccountsPage
from ui.shell.window import Window

__all__ = ["stand"]


@pytest.fixture
def page(window: Window, stand: Stand) -> AccountsPage:
    """The page with one account whose history is being read."""
    assert stand.opened == []
    window.bench.settings.put("pull_minutes", 0)
    desk = window.bench.accounts
    number = desk.add("limonadi", "Torg", {"site": "s.example"}, {"key": "lemon"})[0].id
    desk.put_off(number, clock.now() + 3_000)
    read(window, number, 1200)
    window.go("accounts")
    QApplication.processEvents()
    found: Any = window.page("accounts")
    return found  # type: ignore[no-any-return]


def read(window: Window, number: int, count: int) -> None:
    """So many of 20,000 have been read; a message has come in with them."""
    with window.bench.store.write() as conn:
        keep_cursor(conn, number, {"history": f"{count}:20000"})


def words(page: AccountsPage) -> list[str]:
    return [label.text() for label in page.panels[0].findChildren(QLabel)]


def test_the_progress_follows_without_building_the_panel_anew(window: Window, page: AccountsPage) -> None:
    panel = page.panels[0]
    assert "1,200 of 20,000 letters read" in words(page)
    read(window, panel.account.id, 1400)
    assert page._is_progress_shown()
    assert page.panels[0] is panel
    assert "1,400 of 20,000 letters read" in words(page)
    read(window, panel.account.id, 20_000)
    assert not page._is_progress_shown()
    page._fill()
    assert not any("letters read" in label for label in words(page))
    assert "stop" not in page.panels[0].buttons


def test_stop_and_continue(window: Window, page: AccountsPage) -> None:
    number = page.panels[0].account.id
    page.panels[0].buttons["stop"].click()
    until(lambda: "continue" in page.panels[0].buttons)
    assert "1,200 of 20,000 letters read, stopped" in words(page)
    assert window.bench.accounts.cursor(number)["history stopped"] == "yes"
    page.panels[0].buttons["continue"].click()
    until(lambda: "stop" in page.panels[0].buttons and any("Read just now" in label for label in words(page)))
    assert window.bench.accounts.cursor(number)["history stopped"] == ""
