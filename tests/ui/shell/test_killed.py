"""A window that is killed while one types in a form: the words are there when the form is opened again."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from tests.kill.killing import Killing
from tests.kill.typist import TYPED
from ui.shell.application import Application


@pytest.mark.slow
def test_what_was_typed_in_a_form_outlives_a_sudden_end(demo_profile: Profile, qt: QApplication) -> None:
    assert Killing().run(["tests.kill.typist", str(demo_profile.folder)], "typed", 0)[-1] == ["TYPED"]
    made = Application(demo_profile)
    made.start()
    window = made.window
    assert window is not None
    try:
        assert [kept.typed for kept in window.bench.kept_forms.every()] == [(("What was said", TYPED),)]
        window.go("members", window.bench.members.find("")[0])
        qt.processEvents()
        page: Any = window.page("members")
        window.run("note")
        assert page.profile.strip.words.toPlainText() == TYPED
        assert not page.profile.strip.unsaved.isHidden()
        page.profile.strip.act()
        assert window.bench.kept_forms.every() == []
    finally:
        made.close()
        qt.processEvents()
