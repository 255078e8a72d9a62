"""Another program stands still in the middle of a write: the window keeps what is typed, and saves it afterwards."""

from __future__ import annotations

import os
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.store import turns
from tests.kill.halted import AFTER, BEFORE
from tests.kill.halting import halted, names
from tests.ui.parts import toast
from tests.ui.settling import until
from tests.ui.talking import inbox
from ui.pages.inbox import draft_keeper
from ui.shell.application import Application

TYPED = "Þetta er komið í póst."
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals to other processes")]


def test_a_window_keeps_what_is_typed_and_saves_it_afterwards(
    demo_profile: Profile, qt: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_HURRIED_SECONDS", 0.1)
    monkeypatch.setattr(draft_keeper, "_AGAIN_MS", 50)
    made = Application(demo_profile)
    made.start()
    window: Any = made.window
    try:
        window.go("inbox")
        page = inbox(window)
        until(lambda: window.bench._started and window.bench.jobs.idle())
        with halted(demo_profile.file):
            page.list.rows.choose(2)
            until(lambda: page.opened is not None and page.opened.row.id == page.list.rows.current_id())
            number = page.opened.row.id
            page.talk.composer.field.setPlainText(TYPED)
            until(lambda: window._toast is not None and "Another program" in toast(window).accessibleName())
            assert window.strips.unwritable is None
        sql = "SELECT count(*) FROM draft WHERE conversation_id = ? AND text = ?"
        until(lambda: window.bench.store.read.execute(sql, (number, TYPED)).fetchone()[0] == 1)
        assert page.talk.composer.field.toPlainText() == TYPED
        assert names(window.bench.store) == [BEFORE, AFTER]
    finally:
        made.close()
        qt.processEvents()
