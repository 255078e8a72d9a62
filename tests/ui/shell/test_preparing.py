"""The pages' code is loaded ahead, a module at a time."""

from __future__ import annotations

from importlib import import_module

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.ui.settling import until
from ui.frame.registry import Entry, in_rail, modules, page_class
from ui.shell import preparing


@pytest.mark.slow
def test_every_page_of_the_rail_is_loaded_with_its_parts_first(
    qt: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qt is not None
    loaded: list[str] = []
    monkeypatch.setattr(preparing, "import_module", loaded.append)
    monkeypatch.setattr(preparing, "_PAUSE_MS", 0)
    owner = QObject()
    preparing.Preparing(owner).start()
    assert loaded == []  # the window comes first
    until(lambda: len(loaded) == sum(len(modules(entry)) for entry in in_rail()))
    assert loaded == [name for entry in in_rail() for name in modules(entry)]


@pytest.mark.parametrize("entry", in_rail(), ids=lambda entry: entry.id)
def test_what_is_loaded_ahead_is_there_and_ends_with_the_page(entry: Entry) -> None:
    *parts, page = modules(entry)
    assert page == page_class(entry).__module__
    for part in parts:
        import_module(part)
