"""A member asks to see what is held, and to be forgotten: both from the window, said truly, done on a thread."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.forgetting import telling
from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.dialogs import forgetting
from ui.dialogs.forgetting import ForgetMember, Receipts
from ui.frame.files import READY
from ui.look.text import plain
from ui.shell.window import Window

NAME, WORDS = "Ελένη Παπαδοπούλου", "κομμένα φύλλα"


@pytest.fixture
def eleni(demo: Window) -> int:
    """Ελένη's number; her profile is open on the members' page, with a note of these words."""
    number = next(one for one in demo.bench.members.find("Ελένη") if demo.bench.members.get(one).name == NAME)
    demo.bench.members.edit(number, {"note": WORDS})
    demo.go("members")
    demo.page("members").open(number)  # type: ignore[union-attr]
    settle()
    return number


def _lines(asked: ForgetMember | Receipts) -> list[str]:
    return [label.text() for label in asked.said.labels]


def _asked(demo: Window, number: int) -> ForgetMember:
    asked = ForgetMember(demo, number)
    asked.show()
    settle(asked.go.isEnabled, 20)
    return asked


def _drafts(demo: Window) -> int:
    """How many drafts have the words."""
    asked = "SELECT count(*) FROM draft WHERE text LIKE ?"
    return int(demo.bench.store.read.execute(asked, (f"%{WORDS}%",)).fetchone()[0])


def _save_to(path: Path | None) -> None:
    QApplication.instance().setProperty(READY, None if path is None else str(path))  # type: ignore[union-attr]


def test_everything_held_is_saved_by_the_command(demo: Window, eleni: int, tmp_path: Path) -> None:
    _save_to(tmp_path / "eleni.zip")
    assert demo.run("show_held")
    settle(lambda: demo._toast is not None and demo._toast.isVisible(), 20)
    _save_to(None)
    rows = json.loads(zipfile.ZipFile(tmp_path / "eleni.zip").read("everything.json"))
    assert rows["member"][0]["note"] == WORDS
    told = sum(len(found) for found in rows.values())
    assert plain(toast(demo).accessibleName()).startswith(f"Everything held about them is in eleni.zip: {told} rows, ")
    assert demo.bench.members.get(eleni).note == WORDS


def test_what_it_does_is_said_before_and_nothing_is_done_without_the_button(demo: Window, eleni: int) -> None:
    asked = _asked(demo, eleni)
    assert plain(asked.title.text()) == "Forget Ελένη Παπαδοπούλου?"
    assert _lines(asked) == [plain(line) for line in telling.before(demo.bench.forgetting.plan(eleni))]
    assert "This can't be undone." in _lines(asked)[0]
    assert asked.focusWidget() is asked.cancel
    asked.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert not asked.isVisible()
    assert demo.bench.members.get(eleni).note == WORDS
    assert demo.bench.forgetting.receipts() == []


def test_who_is_forgotten_is_gone_from_the_window_and_the_receipt_can_be_saved(
    demo: Window, eleni: int, tmp_path: Path
) -> None:
    asked = _asked(demo, eleni)
    asked.go.click()
    assert not asked.cancel.isEnabled()
    asked.reject()
    assert asked.isVisible()  # it stays while it is being done
    settle(lambda: asked.receipt is not None, 30)
    (receipt,) = demo.bench.forgetting.receipts()
    assert asked.receipt == receipt
    assert _lines(asked) == [plain(line) for line in telling.after(receipt)]
    assert not any("Ελένη" in line for line in _lines(asked))
    _save_to(tmp_path / "receipt.txt")
    asked.save.click()
    _save_to(None)
    assert (tmp_path / "receipt.txt").read_text("utf-8").splitlines() == telling.after(receipt)
    assert asked.cancel.isEnabled()
    asked.reject()
    assert not asked.isVisible()
    assert demo.bench.members.find("Παπαδοπούλου") == []
    settle()
    assert demo.page("members").profile.card.member.name == "Forgotten member"  # type: ignore[union-attr]
    assert not any(WORDS.encode() in path.read_bytes() for path in demo.bench.profile.folder.rglob("*.rapport*"))


def test_a_draft_that_is_being_written_to_them_does_not_come_back(demo: Window, eleni: int) -> None:
    talk = demo.bench.store.read.execute(
        "SELECT c.id FROM conversation c JOIN identity i ON i.id = c.identity_id WHERE i.member_id = ? AND NOT c.closed"
        " ORDER BY c.last_at DESC LIMIT 1",
        (eleni,),
    ).fetchone()[0]
    demo.go("inbox")
    inbox = demo.page("inbox")
    inbox.open(talk)  # type: ignore[union-attr]
    settle()
    inbox.composer.field.insertPlainText(WORDS)  # type: ignore[union-attr]
    settle(lambda: _drafts(demo) == 1, 5)  # it is saved when typing pauses
    asked = _asked(demo, eleni)
    asked.go.click()
    settle(lambda: asked.receipt is not None, 30)
    asked.reject()
    demo.go("inbox")
    inbox.composer.keep()  # type: ignore[union-attr]
    settle()
    assert _drafts(demo) == 0
    assert WORDS not in inbox.composer.field.toPlainText()  # type: ignore[union-attr]


def test_the_commands_are_on_the_members_page(demo: Window, eleni: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    for kind in (ForgetMember, Receipts):
        monkeypatch.setattr(kind, "exec", lambda dialog: shown.append(dialog))  # noqa: PLW0108  as a method
        monkeypatch.setattr(kind, "deleteLater", lambda _dialog: None)
    assert demo.run("forget_member")
    assert demo.run("forgotten")
    asked, receipts = shown
    assert isinstance(asked, ForgetMember)
    assert asked._member == eleni
    assert isinstance(receipts, Receipts)
    assert _lines(receipts) == ["Nobody has been forgotten."]
    settle(asked.go.isEnabled, 20)


def test_a_receipt_that_cannot_be_written_is_said(demo: Window, tmp_path: Path) -> None:
    _save_to(tmp_path / "nowhere" / "receipt.txt")
    said: list[str] = []
    demo.fail = said.append  # type: ignore[method-assign, assignment]
    forgetting.save_receipts(demo, demo, [])
    _save_to(None)
    assert said[0].endswith("can't be written: No such file or directory")


def test_it_can_be_closed_while_it_still_looks(demo: Window, eleni: int) -> None:
    asked = ForgetMember(demo, eleni)
    asked.show()
    asked.reject()
    assert not asked.isVisible()
    asked.deleteLater()
    settle()
    assert demo.bench.forgetting.receipts() == []
