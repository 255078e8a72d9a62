"""What is typed in a form is in the file: it outlives the program, and no secret is among it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.base.paths import Profile
from tests.stories.hand import Hand
from tests.ui.frame.strips import STRIPS
from tests.ui.frame.test_unsaved import WORDS, filled_in, type_in
from ui.shell.application import Application
from ui.shell.window import Window


def _kept(window: Window) -> list[Any]:
    return [dict(one.typed) for one in window.bench.kept_forms.every()]


@pytest.mark.slow
def test_what_is_typed_is_in_the_file_at_the_next_pause(demo: Window) -> None:
    strip = STRIPS["NoteStrip"](demo)
    assert _kept(demo) == []
    type_in(strip)
    Hand.until(lambda: any(WORDS in one.values() for one in _kept(demo)))
    strip.unsaved.over.click()
    assert _kept(demo) == []
    type_in(strip)
    Hand.until(lambda: _kept(demo))
    strip.act()
    assert _kept(demo) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["HandoffStrip", "LogStrip", "TraitStrip", "DateStrip"])
def test_a_form_that_is_open_when_the_window_closes_is_there_at_the_next_start(
    demo: Window, demo_profile: Profile, qt: QApplication, name: str
) -> None:
    strip = STRIPS[name](demo)
    type_in(strip)
    typed = filled_in(strip)
    demo.close()  # at once, before the pause
    qt.processEvents()
    made = Application(demo_profile)
    made.start()
    qt.processEvents()
    window = made.window
    assert window is not None
    window.go("inbox")
    window.resize(1280, 800)
    window.activateWindow()
    qt.processEvents()
    again = STRIPS[name](window)
    assert filled_in(again) == typed
    assert again.unsaved.isVisible()
    made.close()
    qt.processEvents()


@pytest.mark.slow
def test_no_secret_is_ever_in_the_file(demo: Window) -> None:
    demo.go("accounts")
    page: Any = demo.page("accounts")
    page.connect_account()
    form = page._form
    for kind in form._channels:
        form.choose(kind)
        for secret in [form._inputs[one.key] for one in form.channel.fields if one.secret]:
            assert isinstance(secret, QLineEdit)
            secret.setEchoMode(QLineEdit.EchoMode.Normal)
            secret.setText("hush-hush")
        form._box.unsaved.keep_now()
    form.reject()
    stored = demo.bench.store.read.execute("SELECT fields FROM kept_form").fetchall()
    assert not [row for (row,) in stored if "hush" in row]
