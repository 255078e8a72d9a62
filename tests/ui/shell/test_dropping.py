"""A file dropped on a message that is written is attached, anywhere else imported; what can't be taken says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from app.inbox import Query
from tests.ui.parts import toast
from tests.ui.settling import settle, until
from ui.dialogs.bring_in import BringIn
from ui.pages.inbox.view_picker import NameDialog
from ui.shell.window import Window

_PEOPLE = "Name,Email\nEvžen Nový,evzen@example.org\n"
_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def mime(*paths: Path) -> QMimeData:
    """What a file manager drags."""
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return made


def drop(widget: QWidget, what: QMimeData) -> bool:
    """Drag over a widget and let go; whether anything took it. Qt hands it on to what is around the widget."""
    at = QPointF(widget.rect().center())
    enter = QDragEnterEvent(at.toPoint(), _COPY, what, _LEFT, _NONE)
    enter.ignore()
    target: QWidget | None = widget
    while target is not None:
        if target.acceptDrops():
            QApplication.sendEvent(target, enter)
            if enter.isAccepted():
                break
        target = target.parentWidget()
    if target is None:
        return False
    QApplication.sendEvent(target, QDropEvent(at, _COPY, what, _LEFT, _NONE, QEvent.Type.Drop))
    settle(seconds=0.05)
    return True


class Answers:
    """Answers each import dialog: accepts a preview that has no fault, and remembers what it showed."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def answer(self, dialog: BringIn) -> int:
        """What `exec` returns."""
        until(lambda: dialog.preview is not None or not dialog.wrong.isHidden())
        assert dialog.path is not None
        self.seen.append((dialog.path.name, dialog.wrong.text()))
        return int(QDialog.DialogCode.Accepted if dialog.go.isEnabled() else QDialog.DialogCode.Rejected)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Nobody is there to press Import."""
    made = Answers()

    def answer(dialog: BringIn) -> int:
        return made.answer(dialog)

    monkeypatch.setattr(BringIn, "exec", answer)
    return made


def test_files_are_imported_one_after_the_other(window: Window, tmp_path: Path, answers: Answers) -> None:
    (tmp_path / "people.csv").write_text(_PEOPLE, encoding="utf-8")
    (tmp_path / "more.csv").write_text(_PEOPLE.replace("Evžen", "Jitka").replace("evzen", "jitka"), encoding="utf-8")
    (tmp_path / "photo.bin").write_bytes(bytes(range(256)) * 9)
    assert drop(window, mime(tmp_path / "people.csv", tmp_path / "photo.bin", tmp_path / "more.csv"))
    until(lambda: window.bench.members.find("Jitka") != [])
    assert [name for name, _ in answers.seen] == ["people.csv", "photo.bin", "more.csv"]
    assert answers.seen[1][1]
    assert answers.seen[0][1] == answers.seen[2][1] == ""
    assert window.bench.members.find("Evžen") != []
    assert window.memory.folder("import") == tmp_path
    jitka = window.bench.members.find("Jitka")[0]
    until(lambda: window._toast is not None and getattr(toast(window)._undo, "_number", 0) == jitka)
    assert toast(window)._link.accessibleName() == "Show the first"
    toast(window)._link.click()
    page = window.page("members")
    assert page is not None
    assert page.member == jitka  # type: ignore[attr-defined]


def test_a_folder_is_imported(window: Window, tmp_path: Path, answers: Answers) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "a.eml").write_text("From: a@x.example\nTo: us@x.example\nSubject: Hi\n\nHello\n")
    assert drop(window, mime(tmp_path / "mail"))
    until(lambda: bool(answers.seen))
    assert answers.seen == [("mail", "")]
    until(lambda: sum(window.bench.inbox.counts().values()) == 1)


def test_a_message_that_is_written_takes_its_files_itself(demo: Window, tmp_path: Path, answers: Answers) -> None:
    (tmp_path / "people.csv").write_text(_PEOPLE, encoding="utf-8")
    number = demo.bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN account a ON a.id = c.account_id WHERE a.kind = 'email' LIMIT 1"
    ).fetchone()[0]
    demo.go("inbox", number)
    inbox = demo.page("inbox")
    assert inbox is not None
    assert drop(inbox.composer, mime(tmp_path / "people.csv"))  # type: ignore[attr-defined]
    assert [file.name for file in inbox.composer.files.files] == ["people.csv"]  # type: ignore[attr-defined]
    assert answers.seen == []
    (tmp_path / "empty").mkdir()
    assert drop(inbox.composer, mime(tmp_path / "empty"))  # type: ignore[attr-defined]
    assert "is a folder" in toast(demo).accessibleName()
    assert drop(inbox.talk.story.viewport(), mime(tmp_path / "people.csv"))  # type: ignore[attr-defined]
    until(lambda: bool(answers.seen))


def over(window: QWidget, field: QWidget, what: QMimeData, kind: type[QDropEvent] = QDropEvent) -> bool:
    """Drag files over a field, or let go there, as the desktop tells the native window; whether it is taken."""
    at = QPointF(field.mapTo(window, field.rect().center()))
    if kind is QDropEvent:
        event = QDropEvent(at, _COPY, what, _LEFT, _NONE, QEvent.Type.Drop)
    else:
        event = kind(at.toPoint(), _COPY, what, _LEFT, _NONE)
    event.ignore()
    QApplication.sendEvent(window.windowHandle(), event)
    return event.isAccepted()


@pytest.mark.parametrize("page", ["inbox", "members"])
def test_a_file_dropped_on_a_field_is_imported(demo: Window, tmp_path: Path, answers: Answers, page: str) -> None:
    (tmp_path / "people.csv").write_text(_PEOPLE, encoding="utf-8")
    demo.go(page)
    settle()
    found = demo.page(page)
    field = found.list.search.field if page == "inbox" else found.search  # type: ignore[union-attr]
    what = mime(tmp_path / "people.csv")
    assert over(demo, field, what, QDragEnterEvent)
    assert len(hints(demo)) == 1
    assert over(demo, field, what, QDragMoveEvent)
    assert over(demo, field, what)
    until(lambda: bool(answers.seen))
    assert answers.seen == [("people.csv", "")]
    assert field.text() == ""
    assert not hints(demo)


def test_a_file_on_a_field_of_a_message_is_attached(demo: Window, tmp_path: Path, answers: Answers) -> None:
    (tmp_path / "people.csv").write_text(_PEOPLE, encoding="utf-8")
    demo.run("new_message")
    settle()
    page = demo.page("letter")
    what = mime(tmp_path / "people.csv")
    rail = demo.rail
    assert over(demo, rail, what, QDragEnterEvent)
    assert len(hints(demo)) == 1
    field = page.subject if page.subject.isVisible() else page.field  # type: ignore[union-attr]
    assert over(demo, field, what, QDragMoveEvent)
    assert not hints(demo)
    assert over(demo, field, what)
    assert [file.name for file in page.files.files] == ["people.csv"]  # type: ignore[union-attr]
    assert page.subject.text() == page.field.toPlainText() == ""  # type: ignore[union-attr]
    assert answers.seen == []
    assert over(demo, field, what, QDragEnterEvent)
    assert over(demo, rail, what, QDragMoveEvent)
    assert len(hints(demo)) == 1


def test_a_field_of_a_dialog_refuses_files_and_takes_words(demo: Window, tmp_path: Path) -> None:
    form = NameDialog(demo, demo, "", Query(), "Parcels")
    form.show()
    settle()
    assert not over(form, form.name, mime(tmp_path / "people.csv"), QDragEnterEvent)
    assert not over(form, form.name, mime(tmp_path / "people.csv"))
    assert form.name.text() == "Parcels"
    words = QMimeData()
    words.setText(" late")
    assert over(form, form.name, words, QDragEnterEvent)
    assert over(form, form.name, words)
    assert "late" in form.name.text()
    form.reject()


def hints(window: Window) -> Sequence[QLabel]:
    """What is said over the window while files are dragged."""
    return [label for label in window.findChildren(QLabel) if label.isVisible() and label.text() == "Drop to import"]


def test_the_window_says_what_a_drop_will_do(window: Window, tmp_path: Path) -> None:
    what = mime(tmp_path / "x.csv")  # an event does not keep it
    enter = QDragEnterEvent(QPoint(9, 9), _COPY, what, _LEFT, _NONE)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    assert len(hints(window)) == 1
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not hints(window)


def test_text_and_links_are_not_taken_and_a_bare_picture_says_why(window: Window) -> None:
    words, link, picture = QMimeData(), QMimeData(), QMimeData()
    words.setText("hello")
    link.setUrls([QUrl("https://example.org/a.csv")])
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    picture.setImageData(image)
    assert not drop(window, words)
    assert not drop(window, link)
    assert drop(window, picture)
    assert "in no file" in toast(window).accessibleName()
