"""A window whose file another program replaces says so, keeps what was open, and opens what is there now."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.base.errors import DiskError
from app.base.paths import Profile
from app.store.connection import open_connection
from app.workbench import Workbench
from tests.ui.parts import toast
from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.shell.application import Application
from ui.shell.pulse import beat
from ui.shell.restoring import RestoreQuestion
from ui.shell.window import Window

TYPED = "Ég skal senda þér nýtt box á morgun."
TALK = "Street party verdict"


@pytest.fixture
def opened(demo_profile: Profile, qt: QApplication) -> Iterator[Application]:
    made = Application(demo_profile)
    made.start()
    qt.processEvents()
    window_of(made).go("inbox")
    qt.processEvents()
    yield made
    made.close()
    qt.processEvents()


@pytest.fixture
def theirs(demo_profile: Profile, tmp_path: Path, opened: Application) -> Path:  # noqa: ARG001  it is opened first
    """A copy of the file, as it was when it was opened, to which a member was added on another computer."""
    there = Profile(tmp_path / "there")
    there.folder.mkdir()
    shutil.copyfile(demo_profile.file, there.file)
    with closing(Workbench(there)) as other:
        other.members.add("Met elsewhere")
    return there.file


def window_of(application: Application) -> Window:
    assert application.window is not None
    return application.window


def bench_of(application: Application) -> Workbench:
    assert application.bench is not None
    return application.bench


def strip_of(application: Application) -> Any:
    return window_of(application).strips.unwritable


def replace(application: Application, theirs: Path) -> None:
    """Put the other file in place, and wait until what was open is kept."""
    theirs.replace(application.profile.file)
    beat(bench_of(application), window_of(application), 1)
    until(lambda: bench_of(application).replaced.kept is not None)
    beat(bench_of(application), window_of(application), 1)


def answer(seen: list[str], which: str) -> None:
    def now() -> None:
        asked = QApplication.activeModalWidget()
        if not isinstance(asked, RestoreQuestion) or (which == "add" and asked.add.isHidden()):
            QTimer.singleShot(50, now)
            return
        seen.append(asked.lost.text())
        getattr(asked, which).click()

    QTimer.singleShot(50, now)


def names(application: Application) -> set[str]:
    bench = bench_of(application)
    return {row.name for row in bench.members.rows(bench.members.find()) if row.name.startswith("Met")}


def drafts(application: Application) -> list[str]:
    rows = bench_of(application).store.read.execute("SELECT text FROM draft WHERE text = ?", (TYPED,))
    return [row["text"] for row in rows]


def test_it_is_said_above_the_pages_and_reading_goes_on(opened: Application, theirs: Path) -> None:
    replace(opened, theirs)
    strip = strip_of(opened)
    kept = bench_of(opened).replaced.kept
    assert kept is not None
    assert strip.title.text() == "Another program replaced your file"
    assert f"It is kept as the backup {kept.name}." in strip.line.text()
    assert strip.again.accessibleName() == "Open the file again"
    page = inbox(window_of(opened))
    open_talk(page, TALK)
    assert page.talk.composer.isVisible()
    with pytest.raises(DiskError):
        bench_of(opened).members.add("Met too late")


def test_what_was_typed_and_what_only_the_old_file_has_comes_into_the_new_one(
    opened: Application, theirs: Path
) -> None:
    bench_of(opened).members.add("Met here")
    replace(opened, theirs)
    page = inbox(window_of(opened))
    open_talk(page, TALK)
    page.talk.composer.field.setPlainText(TYPED)
    asked: list[str] = []
    answer(asked, "add")
    strip_of(opened).again.click()
    until(lambda: bool(asked))
    assert bench_of(opened).standstill
    until(lambda: names(opened) == {"Met elsewhere", "Met here"})
    until(lambda: drafts(opened) == [TYPED])
    assert strip_of(opened) is None
    assert window_of(opened).strips.standstill is not None


def test_where_nothing_is_missing_nothing_is_asked(opened: Application, theirs: Path) -> None:
    replace(opened, theirs)
    strip_of(opened).again.click()
    until(lambda: strip_of(opened) is None)
    until(lambda: window_of(opened)._toast is not None and "every message" in toast(window_of(opened)).accessibleName())
    assert names(opened) == {"Met elsewhere"}


def test_a_file_that_was_deleted_is_put_back(opened: Application) -> None:
    bench_of(opened).members.add("Met here")
    opened.profile.file.unlink()
    beat(bench_of(opened), window_of(opened), 1)
    until(lambda: bench_of(opened).replaced.kept is not None)
    assert strip_of(opened).title.text() == "Your file was moved or deleted"
    asked: list[str] = []
    answer(asked, "go")
    strip_of(opened).again.click()
    until(lambda: bool(asked))
    until(lambda: strip_of(opened) is None)
    assert names(opened) == {"Met here"}
    assert bench_of(opened).standstill


def test_closing_the_window_keeps_what_is_typed(opened: Application, theirs: Path) -> None:
    replace(opened, theirs)
    page = inbox(window_of(opened))
    open_talk(page, TALK)
    page.talk.composer.field.setPlainText(TYPED)
    profile = opened.profile
    assert window_of(opened).is_saved()
    opened.close()
    (kept,) = profile.replaced
    with closing(open_connection(kept)) as conn:
        assert conn.execute("SELECT count(*) FROM draft WHERE text = ?", (TYPED,)).fetchone()[0] == 1


def test_where_nothing_can_be_kept_closing_says_so(opened: Application, theirs: Path) -> None:
    opened.profile.backups.write_text("in the way")
    theirs.replace(opened.profile.file)
    page = inbox(window_of(opened))
    open_talk(page, TALK)
    page.talk.composer.field.setPlainText(TYPED)
    assert not window_of(opened).is_saved()
    assert "couldn't be kept as a backup" in toast(window_of(opened)).accessibleName()
    beat(bench_of(opened), window_of(opened), 1)
    assert "Copy what you are typing" in strip_of(opened).line.text()
    opened.profile.backups.unlink()


def test_the_command_is_there_only_then(opened: Application, theirs: Path) -> None:
    assert not window_of(opened).possible("open_again")
    replace(opened, theirs)
    assert window_of(opened).possible("open_again")
