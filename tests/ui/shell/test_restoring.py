"""A backup chosen in the window is recognised, asked about and restored; a damaged file is no dead end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.base.errors import DamagedFileError
from app.base.paths import Profile
from app.safety import backup
from app.workbench import Workbench
from tests.app.store.test_store import content
from tests.ui.parts import toast
from ui.dialogs.backups import Backups
from ui.frame.files import READY
from ui.pages.firstrun.page import FirstRun
from ui.shell.application import Application
from ui.shell.errands import answer
from ui.shell.restoring import RestoreQuestion, rescue
from ui.shell.window import Window
from ui.widgets.labels import Label


@pytest.fixture
def made(window: Window, qt: QApplication) -> Path:
    """A backup of the open community, which has changed since."""
    file = backup.make(window.bench.store, window.bench.profile).file
    window.bench.members.add("Newer than the backup")
    qt.setProperty(READY, str(file))
    return file


@pytest.fixture(autouse=True)
def no_answer_laid(qt: QApplication) -> Iterator[None]:
    yield
    qt.setProperty(READY, None)


def press(what: str, seen: list[str]) -> None:
    """Answer the question when it is there."""

    def now() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, Backups):
            seen.append(asked.windowTitle())
            asked.rows[0].restore.click()
            QTimer.singleShot(50, now)
            return
        assert isinstance(asked, RestoreQuestion)
        seen.extend(label.text() for label in asked.findChildren(Label))
        (asked.go if what == "go" else asked.cancel).click()

    QTimer.singleShot(50, now)


def names(application: Application) -> set[str]:
    assert application.bench is not None
    return {row.name for row in application.bench.members.rows(application.bench.members.find())}


@pytest.mark.parametrize("way", ["open_file", "restore"])
def test_a_backup_that_is_chosen_is_restored_into_its_community(application: Application, made: Path, way: str) -> None:
    seen: list[str] = []
    press("go", seen)
    answer(application, way)
    assert "Newer than the backup" not in names(application)
    assert any("kept in the same folder" in line for line in seen)
    assert any(made.name in line for line in seen)
    assert application.bench is not None
    assert application.bench.profile.folder == made.parent.parent
    assert application.bench.standstill
    assert not (made.parent / "community.rapport").exists()
    assert len(list(made.parent.parent.glob("community-replaced-*.rapport"))) == 1


def test_thought_better_of_it_nothing_changes(application: Application, made: Path) -> None:
    before = content(made.parent)
    press("cancel", [])
    answer(application, "open_file")
    assert "Newer than the backup" in names(application)
    assert content(made.parent) == before
    assert list(made.parent.parent.glob("community-replaced-*.rapport")) == []


def test_what_is_no_sound_backup_is_a_sentence(application: Application, made: Path) -> None:
    made.write_bytes(made.read_bytes()[:-8192])
    answer(application, "open_file")
    assert application.window is not None
    assert "checksum differs" in toast(application.window).accessibleName()
    assert "Newer than the backup" in names(application)


@pytest.mark.usefixtures("made")
def test_another_community_is_opened_as_before(application: Application, tmp_path: Path) -> None:
    other = Workbench(Profile(tmp_path / "other"))
    other.members.add("Another member")
    other.close()
    QApplication.instance().setProperty(READY, str(tmp_path / "other" / "community.rapport"))  # type: ignore[union-attr]
    answer(application, "open_file")
    assert names(application) == {"Another member"}


@pytest.mark.usefixtures("made")
def test_a_file_of_another_program_leaves_this_one_open(application: Application, tmp_path: Path) -> None:
    other = tmp_path / "other" / "community.rapport"
    other.parent.mkdir()
    other.write_bytes(b"")
    QApplication.instance().setProperty(READY, str(other))  # type: ignore[union-attr]
    answer(application, "open_file")
    assert application.window is not None
    assert "is empty" in toast(application.window).accessibleName()
    assert "Newer than the backup" in names(application)
    assert list(other.parent.iterdir()) == [other]


def test_a_missing_file_is_no_first_run_and_its_backup_is_offered(
    application: Application, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = application.profile
    application.close()
    profile.file.unlink()
    fresh = Application(profile)
    assert fresh.run() == 1
    said = capsys.readouterr().err
    assert f"`restore {made}`" in said
    assert not profile.file.exists()
    seen: list[str] = []
    press("go", seen)
    assert rescue(fresh, DamagedFileError(said))
    assert "Newer than the backup" not in names(fresh)
    assert said.strip() in [line.strip() for line in seen]
    fresh.close()


@pytest.mark.slow
@pytest.mark.usefixtures("demo_profile")
@pytest.mark.parametrize("table", ["setting", "conversation", "account"])
def test_damage_that_the_first_page_meets_is_a_sentence(
    profile: Profile, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    bench = Workbench(profile)
    file = backup.make(bench.store, profile).file
    row = bench.store.read.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    bench.close()
    content = bytearray(profile.file.read_bytes())
    at = (row[0] - 1) * 8192
    content[at : at + 8192] = bytes([0xA5]) * 8192
    profile.file.write_bytes(bytes(content))
    application = Application(profile)
    assert application.run() == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert f"`restore {file}`" in said
    press("go", [])
    assert rescue(application, DamagedFileError(said.strip()))
    assert len(names(application)) > 10
    application.close()


def test_the_first_run_answers_to_restore(profile: Profile, qt: QApplication, tmp_path: Path) -> None:
    bench = Workbench(profile)
    bench.members.add("Anna")
    file = backup.make(bench.store, profile).file
    bench.close()
    qt.setProperty(READY, str(file))
    other = Application(Profile(tmp_path / "empty"))
    window = other.start()
    first = window.overlays.first_run
    assert isinstance(first, FirstRun)
    press("go", [])
    first.chosen.emit("restore")
    assert names(other) == {"Anna"}
    assert other.bench is not None
    assert other.bench.profile == profile
    other.close()
