"""Where the file can't be opened, what is known and the ways back are shown; a repair says what it did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.base.errors import DiskError, UserError
from app.base.paths import Profile
from app.safety import backup
from app.workbench import Workbench
from tests.ui.settling import until
from ui.frame.files import READY
from ui.look.theme import theme
from ui.shell.application import Application
from ui.shell.recovery import Recovery, recover
from ui.shell.restoring import RestoreQuestion
from ui.widgets.labels import Label

pytestmark = pytest.mark.usefixtures("qt")


@pytest.fixture
def broken(profile: Profile) -> tuple[Profile, UserError]:
    """A community with a backup, whose first page is gone."""
    bench = Workbench(profile)
    bench.members.add("Ragnheiður")
    backup.make(bench.store, profile)
    bench.members.add("Newer than the backup")
    bench.store.empty_log()
    bench.close()
    content = profile.file.read_bytes()
    profile.file.write_bytes(bytes(40) + content[40:])
    with pytest.raises(UserError) as why:
        Workbench(profile)
    return profile, why.value


def names(profile: Profile) -> set[str]:
    bench = Workbench(profile)
    try:
        return {row.name for row in bench.members.rows(bench.members.find())}
    finally:
        bench.close()


def test_it_repairs_by_itself_and_says_what_it_did(broken: tuple[Profile, UserError]) -> None:
    profile, why = broken
    dialog = Recovery(profile, why)
    dialog.show()
    assert list(dialog.buttons) == ["repair", "restore", "other"]
    assert "restore" not in dialog.why.text()
    assert "Its newest sound backup is of" in dialog.known.text()
    dialog.buttons["repair"].click()
    assert not dialog.buttons["repair"].isEnabled()
    dialog.reject()
    assert dialog.isVisible()  # not before it has ended
    until(dialog.open_button.isVisible)
    assert "can be opened again" in dialog.title.text()
    assert "The damaged file is kept as" in dialog.state.text()
    assert "Nothing is sent or fetched until you say so." in dialog.state.text()
    assert not dialog.buttons["repair"].isVisible()
    dialog.open_button.click()
    assert dialog.result() == Recovery.DialogCode.Accepted
    dialog.deleteLater()
    assert {"Ragnheiður", "Newer than the backup"} <= names(profile)


def test_what_cannot_be_repaired_is_said_and_nothing_is_changed(broken: tuple[Profile, UserError]) -> None:
    profile, why = broken
    for file in profile.backups.iterdir():
        file.unlink()
    profile.file.write_bytes(bytes(20_000))
    before = profile.file.read_bytes()
    dialog = Recovery(profile, why)
    dialog.show()
    assert list(dialog.buttons) == ["repair", "other"]
    assert "no sound backup" in dialog.known.text()
    dialog.buttons["repair"].click()
    until(dialog.buttons["repair"].isEnabled)
    assert "Nothing was changed" in dialog.state.text()
    assert profile.file.read_bytes() == before
    dialog.reject()
    assert not dialog.isVisible()
    dialog.deleteLater()


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_every_word_is_in_sight(broken: tuple[Profile, UserError], size: float) -> None:
    theme().choose("light", size)
    try:
        dialog = Recovery(*broken)
        dialog.show()
        QApplication.processEvents()
        for label in dialog.findChildren(Label):
            if label.isVisible():
                assert label.height() >= label.heightForWidth(label.width()), label.text()
                assert label.geometry().bottom() < dialog.height()
        dialog.deleteLater()
    finally:
        theme().choose("light", 1.0)


def test_a_full_disk_can_be_tried_again(profile: Profile) -> None:
    dialog = Recovery(profile, DiskError("The disk is full."))
    assert list(dialog.buttons) == ["again", "other"]
    dialog.deleteLater()


def press(*steps: Callable[[Recovery | RestoreQuestion], object]) -> None:
    """Answer one dialog after the other."""
    left = list(steps)

    def now() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, Recovery | RestoreQuestion) and left:
            left.pop(0)(asked)
        if left:
            QTimer.singleShot(50, now)

    QTimer.singleShot(50, now)


def repaired_and_opened(asked: Recovery | RestoreQuestion) -> None:
    assert isinstance(asked, Recovery)
    asked.buttons["repair"].click()

    def look() -> None:
        if asked.open_button.isVisible():
            asked.open_button.click()
        else:
            QTimer.singleShot(50, look)

    QTimer.singleShot(50, look)


def chosen(key: str) -> Callable[[Recovery | RestoreQuestion], object]:
    return lambda asked: asked.buttons[key].click() if isinstance(asked, Recovery) else None


def go_on(asked: Recovery | RestoreQuestion) -> None:
    assert isinstance(asked, RestoreQuestion)
    asked.go.click()


def opened(application: Application) -> set[str]:
    assert application.bench is not None
    return {row.name for row in application.bench.members.rows(application.bench.members.find())}


@pytest.fixture
def fresh(broken: tuple[Profile, UserError], qt: QApplication) -> object:
    made = Application(broken[0])
    yield made
    made.close()
    qt.setProperty(READY, None)


def test_after_a_repair_the_window_is_open_and_sends_nothing(
    fresh: Application, broken: tuple[Profile, UserError]
) -> None:
    press(repaired_and_opened)
    assert recover(fresh, broken[1])
    assert {"Ragnheiður", "Newer than the backup"} <= opened(fresh)
    assert fresh.bench is not None
    assert fresh.bench.standstill


def test_the_backup_can_be_restored_instead(fresh: Application, broken: tuple[Profile, UserError]) -> None:
    press(chosen("restore"), go_on)
    assert recover(fresh, broken[1])
    assert opened(fresh) == {"Ragnheiður"}


def test_another_community_can_be_chosen(
    fresh: Application, broken: tuple[Profile, UserError], tmp_path: Path, qt: QApplication
) -> None:
    other = Workbench(Profile(tmp_path / "other"))
    other.members.add("Of another community")
    other.close()
    qt.setProperty(READY, str(tmp_path / "other" / "community.rapport"))
    press(chosen("other"))
    assert recover(fresh, broken[1])
    assert opened(fresh) == {"Of another community"}


def test_closing_it_leaves_the_file_as_it_is(fresh: Application, broken: tuple[Profile, UserError]) -> None:
    before = broken[0].file.read_bytes()
    press(lambda asked: asked.reject())
    assert not recover(fresh, broken[1])
    assert broken[0].file.read_bytes() == before
