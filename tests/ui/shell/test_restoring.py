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
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.store.test_store import content
from tests.ui.gallery import settle
from tests.ui.parts import toast
from tests.ui.settling import until
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
        {"go": asked.go, "by itself": asked.by_itself, "cancel": asked.cancel}[what].click()

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


def chosen_by_itself(application: Application, qt: QApplication, made: Path, folder: Path) -> None:
    """Choose the backup, answer "Open it by itself…", and choose the folder."""

    def press_it() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, RestoreQuestion)
        qt.setProperty(READY, str(folder))  # the folder is asked for right after it
        asked.by_itself.click()

    qt.setProperty(READY, str(made))
    QTimer.singleShot(50, press_it)
    answer(application, "open_file")


def test_a_backup_is_opened_by_itself_and_the_file_stays_as_it_is(
    application: Application, qt: QApplication, made: Path, tmp_path: Path
) -> None:
    before, folder = made.parent.parent, tmp_path / "a look"
    folder.mkdir()
    chosen_by_itself(application, qt, made, folder)
    assert application.bench is not None
    assert application.bench.profile.folder == folder
    assert application.bench.standstill
    assert "Newer than the backup" not in names(application)
    bench = Workbench(Profile(before))
    assert "Newer than the backup" in {row.name for row in bench.members.rows(bench.members.find())}
    assert not bench.standstill
    bench.close()
    assert list(before.glob("community-replaced-*.rapport")) == []


def test_a_folder_in_use_is_refused_for_it(application: Application, qt: QApplication, made: Path) -> None:
    folder = made.parent.parent
    chosen_by_itself(application, qt, made, folder)
    assert application.window is not None
    assert "is in use by a community" in toast(application.window).accessibleName()
    assert "Newer than the backup" in names(application)


def test_a_conflict_copy_is_named_as_such(window: Window, made: Path) -> None:
    copy = made.parent.parent / "community.sync-conflict-20261203-061500-ABCDEF7.rapport"
    copy.write_bytes(made.read_bytes())
    question = asked_about(window, copy)
    assert any("Syncthing made it" in label.text() for label in question.findChildren(Label))
    question.reject()
    listed = Backups(window.bench, window)
    assert any("Another copy of the file lies beside it" in label.text() for label in listed.findChildren(Label))
    listed.reject()


def asked_about(window: Window, made: Path) -> RestoreQuestion:
    """The question, once the comparison is there."""
    question = RestoreQuestion(backup.preview_restore(window.bench.profile, made), window)
    question.show()
    until(lambda: question._working is None)
    return question


def test_it_says_what_would_be_lost_and_to_whom_one_wrote_since(demo: Window) -> None:
    window = demo
    made = backup.make(window.bench.store, window.bench.profile).file
    rows = window.bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id WHERE a.mode = 'demo' AND"
        " c.state = 'needs_me' AND NOT c.public ORDER BY c.id LIMIT 6"
    ).fetchall()
    whom = []
    for number, row in enumerate(rows):
        sent = window.bench.outbox.submit(clear(Draft(f"Answer {number}", "en"), ()), row["id"], hold_seconds=0)
        window.bench.sync.run()
        whom.append(window.bench.outbox.get(sent).to_whom)
    question = asked_about(window, made)
    lost = question.lost.text()
    assert "not in the backup: 6 messages that you sent." in lost
    assert question.back.isHidden()
    first, *lines = question.sent.text().splitlines()
    assert first == "Sent last since:"
    assert sorted(line.split(", ")[0] for line in lines) == sorted(whom[1:])
    labels = [label for label in question.findChildren(Label) if label.isVisible()]
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels if label.wordWrap())
    question.reject()


def test_what_was_deleted_since_is_said_to_come_back(demo: Window) -> None:
    window = demo
    made = backup.make(window.bench.store, window.bench.profile).file
    drafts = window.bench.store.read.execute("SELECT count(*) FROM draft").fetchone()[0]
    with window.bench.store.write() as conn:
        conn.execute("DELETE FROM draft")
    question = asked_about(window, made)
    assert question.back.text().endswith(f"so it comes back: {drafts} drafts.")
    assert question.sent.isHidden()
    question.reject()


def test_at_twice_the_size_nothing_is_cut_off(window: Window, made: Path) -> None:
    window.appearance._set_text_size(200)
    try:
        question = asked_about(window, made)
        settle(0.3)
        assert question.height() <= question.screen().availableGeometry().height()
        assert question.go.geometry().bottom() <= question.height()
        labels = [label for label in question.findChildren(Label) if label.isVisible() and label.wordWrap()]
        assert labels
        assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
        question.reject()
    finally:
        window.appearance._set_text_size(100)


def test_an_answer_at_once_stops_the_comparison_and_lets_the_files_go(window: Window, made: Path) -> None:
    question = RestoreQuestion(backup.preview_restore(window.bench.profile, made), window)
    working = question._working
    assert working is not None
    question.show()
    question.go.click()
    assert working.wait(0)


def test_a_present_file_that_cannot_be_read_is_said(window: Window, made: Path, tmp_path: Path) -> None:
    broken = Profile(tmp_path / "broken")
    broken.folder.mkdir()
    broken.file.write_bytes(b"junk" * 5000)
    question = RestoreQuestion(backup.preview_restore(broken, made), window)
    until(lambda: question._working is None)
    assert question.lost.text() == "The present file can't be read, so Rapport can't say what would be lost."
    question.reject()


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


def of_a_laptop(made: Path, tmp_path: Path) -> Path:
    """The file of another computer, on which the community went on."""
    profile = Profile(tmp_path / "laptop")
    backup.bring_back(profile, made)
    copy = Workbench(profile)
    copy.standstill.release()
    copy.members.add("Only on the laptop")
    copy.close()
    return profile.file


@pytest.mark.parametrize("name", ["community.rapport", "conflicted copy.rapport"])
def test_what_only_a_copy_has_is_added_and_the_file_stays(
    application: Application, window: Window, qt: QApplication, made: Path, tmp_path: Path, name: str
) -> None:
    file = of_a_laptop(made, tmp_path)
    file = file.rename(tmp_path / name)
    qt.setProperty(READY, str(file))
    for path in (made, made.with_name(f"{made.name}.sha256")):
        path.unlink()  # there is no list to choose from

    def press_it() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, RestoreQuestion) and asked.lost.text().startswith("Comparing"):
            QTimer.singleShot(50, press_it)
        elif isinstance(asked, RestoreQuestion):
            (asked.add if asked.add.isVisible() else asked.cancel).click()

    QTimer.singleShot(50, press_it)
    answer(application, "restore")
    until(lambda: "Only on the laptop" in names(application))
    assert "Newer than the backup" in names(application)
    until(lambda: window._toast is not None and "Added: 1 member" in toast(window).accessibleName())
    assert not window.bench.standstill


def test_there_is_nothing_to_add_of_an_older_backup(window: Window, made: Path) -> None:
    question = asked_about(window, made)
    question.adds = True
    until(lambda: question.lost.text() != "Comparing it with the present file…")
    assert not question.add.isVisible()
    question.reject()
