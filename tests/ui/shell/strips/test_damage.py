"""Damage that was noticed in idle time is said above every page, and leads to the ways back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.store.sqlite import connect
from tests.ui.parts import toast
from tests.ui.settling import until
from ui.shell.application import Application
from ui.shell.errands import answer
from ui.shell.recovery import Recovery


@pytest.fixture
def hurt(application: Application) -> Application:
    """A window on a file of which the disk has changed a letter, with a backup from before."""
    bench = application.bench
    assert bench is not None
    bench.members.add("Ragnheiður")
    bench.backups.make()
    bench.audit.look(clock.now())
    bench.store.empty_log()
    with closing(connect(bench.store.path, isolation_level=None)) as conn:
        conn.execute("UPDATE member SET name = 'Ragnheidur' WHERE name = 'Ragnheiður'")
    return application


def answering(act: Callable[[Recovery], bool]) -> None:
    """Ask `act` of the dialog, once it is there, until it says that it has done all."""

    def now() -> None:
        asked = QApplication.activeModalWidget()
        if not (isinstance(asked, Recovery) and act(asked)):
            QTimer.singleShot(50, now)

    QTimer.singleShot(50, now)


def strip(application: Application) -> object:
    assert application.window is not None
    return application.window.strips.damage


def test_a_check_that_finds_nothing_says_so(application: Application) -> None:
    assert application.window is not None
    answer(application, "check_file")
    until(lambda: application.window is not None and application.window._toast is not None)
    assert "The file is sound" in toast(application.window).accessibleName()
    assert strip(application) is None


def test_what_is_found_is_said_above_every_page_and_repaired_from_there(hurt: Application) -> None:
    answer(hurt, "check_file")
    until(lambda: strip(hurt) is not None)
    assert hurt.window is not None
    shown = hurt.window.strips.damage
    assert shown is not None
    assert "of the table member aren't as Rapport wrote them" in shown.line.text()

    seen: list[str] = []

    def repaired(asked: Recovery) -> bool:
        if asked.open_button.isVisible():
            asked.open_button.click()
            return True
        if asked.buttons["repair"].isEnabled():
            seen.extend((asked.title.text(), *asked.buttons))
            asked.buttons["repair"].click()
        return False

    answering(repaired)
    shown.go.click()
    assert seen == ["Something is wrong with your file", "repair", "restore"]
    assert hurt.bench is not None
    assert {row.name for row in hurt.bench.members.rows(hurt.bench.members.find())} >= {"Ragnheiður"}
    assert hurt.bench.standstill
    until(lambda: hurt.bench is not None and not hurt.bench.file_trouble())
    hurt.show_damage()
    assert strip(hurt) is None


def test_not_now_opens_the_file_as_it_is(hurt: Application) -> None:
    assert hurt.bench is not None
    hurt.bench.audit.look(clock.now())
    hurt.show_damage()

    def left(asked: Recovery) -> bool:
        asked.reject()
        return True

    answering(left)
    hurt.repair()
    assert hurt.bench is not None
    assert {row.name for row in hurt.bench.members.rows(hurt.bench.members.find())} >= {"Ragnheidur"}
    assert not hurt.bench.standstill
    until(lambda: hurt.bench is not None and bool(hurt.bench.file_trouble()))
