"""Trying a draft: no language is loaded on the window's thread."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from app.voice import Finding
from tests.ui.settling import until
from ui.pages.templates.try_out import TryPanel
from ui.shell.window import Window


@pytest.fixture
def panel(demo: Window) -> TryPanel:
    demo.go("templates")
    page: Any = demo.page("templates")
    found: TryPanel = page.side
    return found


def test_a_language_is_loaded_on_a_thread_of_its_own(
    demo: Window, panel: TryPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice, on = demo.bench.voice, list[str]()
    check = voice.check

    def noted(text: str, language: str = "") -> tuple[Finding, ...]:
        on.append(threading.current_thread().name)
        return check(text, language)

    monkeypatch.setattr(voice, "check", noted)
    monkeypatch.setattr(voice, "is_ready", lambda _text, _language: False)
    panel.language.set_key("en")
    panel.field.setPlainText("That is a cure for colds.")
    panel.check()
    until(lambda: [one.words for one in panel.findings] == ["a cure"])
    monkeypatch.setattr(voice, "is_ready", lambda _text, _language: True)
    panel.field.setPlainText("Lemons for everybody.")
    panel.check()
    assert panel.findings == ()
    assert set(on[:-1]) == {"try-draft"}  # on a slow machine the pause after typing has it checked once more
    assert on[-1] == "MainThread"
