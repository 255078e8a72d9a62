"""What can't be saved is told once, and tried again until it can."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.base.errors import UserError
from tests.ui.settling import until
from ui.frame import saving


class _Frame:
    """Notes what is said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def fail(self, words: str) -> None:
        """Note it."""
        self.said.append(words)


def test_it_is_told_once_and_tried_until_it_works(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qt is not None
    monkeypatch.setattr(saving, "_AGAIN_MS", 5)
    frame, owner = _Frame(), QObject()
    tries: list[int] = []

    def save() -> None:
        tries.append(len(tries))
        if len(tries) < 4:
            msg = f"no. {len(tries)}"
            raise UserError(msg)

    timer = saving.saved_after(cast("Any", frame), 1, save, owner)
    timer.start()
    until(lambda: len(tries) == 4)
    assert frame.said == ["no. 1"]
    del tries[:]
    timer.start()
    until(lambda: len(tries) == 4)
    assert frame.said == ["no. 1", "no. 1"]
