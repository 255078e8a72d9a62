"""Lending the desk in the window: it goes out, is handed back, and comes back after one has seen with what."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.lending.conftest import a_week, waiting_talks
from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.settling import until
from ui.dialogs.lending import HandBack, Lend, TakeBack, _Dialog
from ui.frame.files import READY
from ui.shell.pulse import look_at_pen
from ui.shell.window import Window


def lines(dialog: _Dialog) -> list[str]:
    return [label.text() for label in dialog.lines.labels]


def shown(dialog: _Dialog) -> _Dialog:
    dialog.show()
    QApplication.processEvents()
    return dialog


def lent(window: Window, folder: Path) -> Workbench:
    """The desk is lent; returns the copy's, open."""
    window.bench.lending.lend(folder, "Κατερίνα")
    look_at_pen(window.bench, window)
    return Workbench(Profile(folder))


def taking_back(window: Window) -> TakeBack:
    loan = window.bench.lending.lent()
    assert loan is not None
    dialog = TakeBack(window, loan)
    shown(dialog)
    return dialog


def chosen(window: Window, qt: QApplication, file: Path) -> TakeBack:
    """The question once a copy has been chosen and looked at."""
    dialog = taking_back(window)
    qt.setProperty(READY, str(file))
    dialog.go.click()
    until(lambda: not dialog.is_busy)
    return dialog


def test_it_is_lent_to_a_folder_after_a_name_is_typed(demo: Window, qt: QApplication, tmp_path: Path) -> None:
    dialog = Lend(demo)
    shown(dialog)
    assert dialog.to.hasFocus()
    Hand(dialog).keys("Enter")
    assert lines(dialog) == ["To whom is the desk lent? Type a name, or which computer it is for."]
    folder = tmp_path / "stick"
    folder.mkdir()
    qt.setProperty(READY, str(folder))
    Hand(dialog).types("Κατερίνα")
    Hand(dialog).keys("Enter")
    until(lambda: not dialog.isVisible())
    assert (folder / "community.rapport").is_file()
    look_at_pen(demo.bench, demo)
    strip = demo.strips.unwritable
    assert strip is not None
    assert strip.title.text() == "The desk is lent"
    assert "lent to Κατερίνα" in strip.line.text()
    assert toast(demo).accessibleName().startswith("The desk is lent to")


def test_a_folder_that_is_in_use_is_refused_in_the_dialog(demo: Window, qt: QApplication) -> None:
    dialog = Lend(demo)
    shown(dialog)
    qt.setProperty(READY, str(demo.bench.profile.folder))
    dialog.to.setText("Jana")
    dialog.go.click()
    until(lambda: not dialog.is_busy)
    assert dialog.isVisible()
    assert "is in use by a community" in lines(dialog)[0]
    assert demo.bench.lending.lent() is None
    dialog.reject()


def test_what_comes_back_is_seen_before_it_is_taken_in(demo: Window, qt: QApplication, tmp_path: Path) -> None:
    copy = lent(demo, tmp_path / "stick")
    where = a_week(copy)
    copy.lending.hand_back()
    copy.close()
    dialog = chosen(demo, qt, tmp_path / "stick" / "community.rapport")
    assert lines(dialog)[0] == "2 messages came in there, 1 was sent."
    assert where["done"] in waiting_talks(demo.bench)
    dialog.go.click()
    until(lambda: not dialog.isVisible())
    assert where["done"] not in waiting_talks(demo.bench)
    look_at_pen(demo.bench, demo)
    assert demo.strips.unwritable is None


def test_a_copy_that_was_not_handed_back_is_refused(demo: Window, qt: QApplication, tmp_path: Path) -> None:
    lent(demo, tmp_path / "stick").close()
    dialog = chosen(demo, qt, tmp_path / "stick" / "community.rapport")
    assert "hasn't been handed back yet" in lines(dialog)[0]
    assert dialog.go.title() == "Choose the copy…"
    dialog.reject()


def test_without_its_work_is_asked_twice(demo: Window, tmp_path: Path) -> None:
    lent(demo, tmp_path / "stick").close()
    dialog = taking_back(demo)
    dialog.alone.click()
    assert demo.bench.lending.lent() is not None
    assert dialog.cancel.hasFocus()
    dialog.alone.click()
    until(lambda: not dialog.isVisible())
    assert demo.bench.lending.lent() is None


def test_in_the_copy_a_strip_hands_it_back(demo: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TakeBack, "exec", lambda _dialog: 0)
    with_pen = lent(demo, tmp_path / "stick")
    loan = with_pen.lending.on_loan()
    with_pen.close()
    demo.strips.show_loan(loan)
    strip = demo.strips.on_loan
    assert strip is not None
    asked: list[str] = []
    demo.asked.connect(asked.append)
    strip.back.click()
    assert asked == ["lend"]
    demo.strips.show_loan(None)
    assert demo.strips.on_loan is None
    assert loan is not None
    demo.bench.lending.take_back_alone()
    dialog = HandBack(demo, loan)
    shown(dialog)
    assert dialog.cancel.hasFocus()
    dialog.go.click()
    until(lambda: not dialog.is_busy)
    assert lines(dialog) == ["This file wasn't lent by another one, so there's nothing to hand back."]
    dialog.reject()
