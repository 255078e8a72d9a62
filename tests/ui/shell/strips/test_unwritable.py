"""A window over a file that can't be written to: it reads, says why above every page, and writes again when it can."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.store import networks
from tests.disks import Disk
from tests.ui.parts import toast
from tests.ui.settling import until
from tests.ui.talking import inbox
from ui.pages.inbox import draft_keeper
from ui.shell.application import Application
from ui.shell.pulse import beat
from ui.shell.window import Window

TYPED = "Ég skal senda þér nýtt box á morgun."


@pytest.fixture
def moved(disk: Disk, demo_profile: Profile) -> Profile:
    """The demo community on a small disk."""
    folder = disk.path / "p"
    shutil.copytree(demo_profile.folder, folder)
    return Profile(folder)


@contextmanager
def opened(profile: Profile, qt: QApplication) -> Iterator[Application]:
    made = Application(profile)
    made.start()
    qt.processEvents()
    assert made.window is not None
    made.window.go("inbox")
    qt.processEvents()
    try:
        yield made
    finally:
        made.close()
        qt.processEvents()


def window_of(application: Application) -> Window:
    assert application.window is not None
    return application.window


def strip_of(application: Application) -> Any:
    return window_of(application).strips.unwritable


def saved(window: Window) -> list[str]:
    return [row["text"] for row in window.bench.store.read.execute("SELECT text FROM draft WHERE text = ?", (TYPED,))]


def choose(page: Any, place: int, qt: QApplication) -> None:
    page.list.rows.choose(place)
    until(lambda: page.opened is not None and page.opened.row.id == page.list.rows.current_id())
    qt.processEvents()


def _fill(disk: Disk) -> None:
    disk.fill()


def _seal(disk: Disk) -> None:
    disk.make_read_only()


@pytest.mark.parametrize(("hinder", "title"), [(_fill, "The disk is full"), (_seal, "This folder can only be read")])
def test_it_reads_and_says_why_nothing_is_kept(
    disk: Disk, moved: Profile, qt: QApplication, hinder: Callable[[Disk], None], title: str
) -> None:
    hinder(disk)
    with opened(moved, qt) as application:
        window = window_of(application)
        until(lambda: strip_of(application) is not None)
        strip = strip_of(application)
        assert (strip.title.text(), strip.accessibleName()) == (title, title)
        assert str(moved.folder) in strip.line.text()
        page = inbox(window)
        assert page.list.model.rowCount() > 10
        choose(page, 1, qt)
        assert page.opened is not None
        window.run("done")
        assert str(moved.folder) in toast(window).accessibleName()
        window.run("sync")
        assert str(moved.folder) in toast(window).accessibleName()
        assert not window.bench._started


def test_once_there_is_room_it_writes_again_without_a_restart(disk: Disk, moved: Profile, qt: QApplication) -> None:
    disk.fill()
    with opened(moved, qt) as application:
        window = window_of(application)
        until(lambda: strip_of(application) is not None)
        page = inbox(window)
        choose(page, 1, qt)
        page.talk.composer.field.setPlainText(TYPED)
        until(lambda: window._toast is not None and "is full" in toast(window).accessibleName())
        disk.make_room()
        beat(window.bench, window, 1)
        assert strip_of(application) is None
        until(lambda: saved(window) == [TYPED])
        assert page.talk.composer.field.toPlainText() == TYPED
        until(lambda: window.bench._started)


def test_a_disk_that_fills_up_meanwhile_is_said_too(disk: Disk, moved: Profile, qt: QApplication) -> None:
    with opened(moved, qt) as application:
        window = window_of(application)
        until(lambda: window.bench._started and window.bench.jobs.idle())
        assert strip_of(application) is None
        disk.fill()
        beat(window.bench, window, 1)
        assert strip_of(application).title.text() == "The disk is full"
        disk.make_room()
        beat(window.bench, window, 2)
        assert strip_of(application) is None


def test_words_that_cannot_be_saved_are_back_in_their_conversation(
    disk: Disk, moved: Profile, qt: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_keeper, "_AGAIN_MS", 50)
    disk.fill()
    with opened(moved, qt) as application:
        window = window_of(application)
        page = inbox(window)
        choose(page, 1, qt)
        number = page.opened.row.id
        page.talk.composer.field.setPlainText(TYPED)
        choose(page, 3, qt)
        assert page.talk.composer.field.toPlainText() != TYPED
        choose(page, 1, qt)
        assert page.opened.row.id == number
        assert page.talk.composer.field.toPlainText() == TYPED
        choose(page, 3, qt)
        disk.make_room()
        until(lambda: saved(window) == [TYPED])
        choose(page, 1, qt)
        assert page.talk.composer.field.toPlainText() == TYPED


def test_closing_says_first_that_words_are_not_saved(disk: Disk, moved: Profile, qt: QApplication) -> None:
    disk.fill()
    with opened(moved, qt) as application:
        window = window_of(application)
        choose(inbox(window), 1, qt)
        inbox(window).talk.composer.field.setPlainText(TYPED)
        window.close()
        assert window.isVisible()
        assert "close the window again" in toast(window).accessibleName()
        window.close()
        assert not window.isVisible()


def test_a_network_drive_is_said_by_its_kind(
    demo_profile: Profile, qt: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"40 22 0:45 / {demo_profile.folder} rw - cifs //nas/x rw\n", encoding="utf-8")
    monkeypatch.setattr(networks.network_of, "__defaults__", (mounts,))
    with opened(demo_profile, qt) as application:
        until(lambda: strip_of(application) is not None)
        assert strip_of(application).title.text() == "Your file is on a network drive"
        assert "network drive (SMB)" in strip_of(application).line.text()


def test_a_note_that_cannot_be_saved_is_shown_again_and_saved_once_it_can_be(
    disk: Disk, moved: Profile, qt: QApplication
) -> None:
    disk.fill()
    with opened(moved, qt) as application:
        window = window_of(application)
        page = inbox(window)
        choose(page, 1, qt)
        member = page.opened.row.member_id
        until(lambda: page.card._note is not None)
        page.card._note.setPlainText("Likes quince")
        page.card.keep_note()
        assert page.card.unsaved == {member: "Likes quince"}
        choose(page, 2, qt)
        choose(page, 1, qt)
        until(lambda: page.card._note is not None and page.card._note.toPlainText() == "Likes quince")
        disk.make_room()
        page.keep()
        assert window.bench.members.get(member).note == "Likes quince"
        assert page.card.unsaved == {}


def test_an_answer_that_cannot_be_saved_stays_and_is_saved_once_it_can_be(
    disk: Disk, moved: Profile, qt: QApplication
) -> None:
    disk.fill()
    with opened(moved, qt) as application:
        window = window_of(application)
        window.go("handoffs")
        qt.processEvents()
        page: Any = window.page("handoffs")
        until(lambda: page.case.current is not None)
        number = page.case.current.id
        page.case.answer.setPlainText("Two crates")
        page.case.keep_answer()
        assert page.case.unsaved == {number: "Two crates"}
        disk.make_room()
        page.keep()
        assert window.bench.handoffs.get(number).answer == "Two crates"
        assert page.case.unsaved == {}
