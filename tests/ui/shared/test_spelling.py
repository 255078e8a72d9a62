"""Spelling in a field: underlined in time, F7, the menus, and one line where there is no dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.saying import NOW, account, said
from tests.app.spelling.small import write
from tests.ui.settling import settle, until
from ui.shared.draft_field import DraftField
from ui.shared.spelling import SpellCheck

pytest.importorskip("hunspell", reason="chunspell is an extra")


class Room(NamedTuple):
    """A window with a field that is checked."""

    bench: Workbench
    window: QWidget
    field: DraftField
    check: SpellCheck
    language: list[str]

    def slips(self) -> list[str]:
        """The words that are underlined."""
        return [slip.selectedText() for slip in self.field.marks.slips()]

    def menu(self) -> QMenu:
        """The open menu, once its suggestions are there."""
        until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        until(lambda: "…" not in menu.actions()[0].text())
        return menu

    def choose(self, words: str) -> None:
        """Choose an action of the open menu."""
        menu = self.menu()
        action = next(action for action in menu.actions() if words in action.text())
        menu.close()
        action.trigger()


@pytest.fixture
def room(qt: QApplication, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """Small dictionaries of all languages but Icelandic."""
    write(tmp_path / "shelf", ("en_GB", "el_GR", "cs_CZ", "hu_HU"))
    monkeypatch.setenv("RAPPORT_DICTIONARIES", str(tmp_path / "shelf"))
    bench, window, field, language = Workbench(profile), QWidget(), DraftField(), ["en"]
    check = SpellCheck(bench, field, lambda: language[0])
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(check.line)
    window.show()
    window.activateWindow()
    qt.processEvents()
    yield Room(bench, window, field, check, language)
    for menu in window.findChildren(QMenu):
        menu.close()
    bench.close()
    window.close()
    settle()


@pytest.mark.slow
def test_slips_are_underlined_once_typing_pauses(room: Room) -> None:
    room.field.setFocus()
    QTest.keyClicks(room.field, "hello thier lemonade is wierd")
    until(lambda: room.slips() == ["thier"])  # not yet the one that is being typed
    QTest.keyClick(room.field, Qt.Key.Key_Space)
    until(lambda: room.slips() == ["thier", "wierd"])
    room.field.setPlainText("")
    assert room.slips() == []


@pytest.mark.slow
def test_another_language_is_checked_by_its_own_dictionary(room: Room) -> None:
    room.language[0] = "el"
    room.field.setPlainText("Καλημέρα, το όνομά μου ειναι λόγοσ. ΕΥΧΑΡΙΣΤΩ")
    until(lambda: room.slips() == ["ειναι", "λόγοσ"])


@pytest.mark.slow
def test_f7_goes_round_and_offers_what_may_be_meant(room: Room) -> None:
    room.field.setPlainText("🍋 thier lemonade, thier")
    room.field.moveCursor(QTextCursor.MoveOperation.Start)
    room.check.next()
    menu = room.menu()
    assert room.field.textCursor().selectedText() == "thier"
    assert "their" in menu.actions()[0].text()
    QTest.keyClick(menu, Qt.Key.Key_Return)
    until(lambda: room.field.toPlainText() == "🍋 their lemonade, thier")
    room.field.undo()
    assert room.field.toPlainText() == "🍋 thier lemonade, thier"
    room.field.redo()
    room.check.next()
    room.menu().close()
    assert room.field.textCursor().selectionStart() == 19
    room.check.next()
    room.menu().close()
    assert room.field.textCursor().selectionStart() == 19  # round, to the only one


@pytest.mark.slow
def test_a_word_is_added_or_ignored_from_the_menu(room: Room) -> None:
    room.field.setPlainText("blorb and quux Zorb")
    until(lambda: room.slips() == ["blorb", "quux", "Zorb"])
    room.field.move_to_end()
    room.field.moveCursor(QTextCursor.MoveOperation.PreviousWord)
    room.check.next()
    room.choose("Add")
    until(lambda: room.slips() == ["blorb", "quux"])
    room.field.moveCursor(QTextCursor.MoveOperation.Start)
    room.check.next()
    room.choose("Add")
    until(lambda: room.slips() == ["quux"])
    assert [(one.word, one.language) for one in room.bench.spelling.words()] == [
        ("blorb", "en"), ("Zorb", ""),
    ]  # fmt: skip
    room.check.next()
    room.choose("Ignore")
    until(lambda: room.slips() == [])
    room.check.next()
    until(lambda: not room.check.line.isHidden())
    assert room.check.line.words.text() == "No spelling mistakes found in English."
    room.check.forget()  # another draft
    until(lambda: room.slips() == ["quux"])


@pytest.mark.slow
def test_the_context_menu_of_a_slip_has_suggestions_above_the_usual(room: Room) -> None:
    room.field.setPlainText("thier lemonade")
    until(lambda: room.slips() == ["thier"])
    room.field.moveCursor(QTextCursor.MoveOperation.Start)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(room.field, asked)
    menu = room.menu()
    assert "their" in menu.actions()[0].text()
    assert any("Paste" in action.text() for action in menu.actions())
    menu.close()
    room.field.move_to_end()
    QApplication.sendEvent(room.field, asked)
    until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    usual = QApplication.activePopupWidget()
    assert usual is not None
    assert not any("my words" in action.text() for action in usual.actions())
    usual.close()


@pytest.mark.slow
def test_without_a_dictionary_one_line_says_so_once(room: Room) -> None:
    room.language[0] = "is"
    room.check.crowded = lambda: True
    room.field.setPlainText("takk")
    until(lambda: not room.check._asking and not room.check._timer.isActive())
    assert room.check.line.isHidden()  # it waits until there is room
    room.check.crowded = lambda: False
    room.field.setPlainText("takk fyrir")
    until(lambda: not room.check.line.isHidden())
    assert "Icelandic dictionary" in room.check.line.words.text()
    room.check.line.got_it.click()
    assert room.check.line.isHidden()
    room.check.forget()
    room.field.setPlainText("takk fyrir bréfið")
    until(lambda: not room.check._asking and not room.check._timer.isActive())
    settle()
    assert room.check.line.isHidden()
    room.check.next()  # whoever asks is told again
    until(lambda: not room.check.line.isHidden())
    assert room.slips() == []


def test_what_is_turned_off_is_not_checked(room: Room) -> None:
    room.bench.settings.put("spelling", value=False)
    room.field.setPlainText("thier")
    room.check.look()
    assert "spelling" not in room.bench.spelling._shelf._processes
    assert room.slips() == []
    room.check.next()
    assert "Settings" in room.check.line.words.text()


@pytest.mark.slow
def test_a_language_that_nobody_said_is_recognised_or_asked_for(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.language[0] = ""
    monkeypatch.setattr("app.base.language.of", lambda text: "en" if len(text) > 15 else "")
    room.field.setPlainText("thier")
    room.check.next()
    until(lambda: "language" in room.check.line.words.text())
    room.field.setPlainText("hello thier lemonade is wierd now")
    until(lambda: room.slips() == ["thier", "wierd", "now"])


@pytest.mark.slow
def test_a_draft_in_another_script_than_its_languages_is_recognised(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.language[0] = "el"
    monkeypatch.setattr("app.base.language.of", lambda text: "en" if len(text) > 15 else "")
    room.field.setPlainText("thier 1 OK")
    room.check.next()
    until(lambda: room.check.line.words.text() == "No spelling mistakes found.")
    room.field.setPlainText("hello thier lemonade is λόγος")
    until(lambda: room.slips() == [])
    room.field.setPlainText("hello thier lemonade is good")
    until(lambda: room.slips() == ["thier", "good"])


@pytest.mark.slow
def test_what_is_ignored_in_a_draft_is_ignored_after_a_restart_too(room: Room) -> None:
    taken = room.bench.intake.take(account(room.bench.store), [said("1", NOW, thread="t")])
    talk = next(iter(taken.conversation_ids))
    room.bench.inbox.keep_draft(talk, "quux lemonade", "en")
    room.check.forget(talk)
    room.field.setPlainText("quux lemonade")
    until(lambda: room.slips() == ["quux"])
    room.check.next()
    room.choose("Ignore")
    until(lambda: room.slips() == [])
    room.check.forget()  # another draft
    until(lambda: room.slips() == ["quux"])
    other = DraftField()  # as in another run: nothing is remembered but by the file
    other.setParent(room.window)
    check = SpellCheck(room.bench, other, lambda: "en")
    other.show()
    check.forget(talk)
    other.setPlainText("quux thier")
    until(lambda: [slip.selectedText() for slip in other.marks.slips()] == ["thier"])
    room.bench.inbox.keep_draft(talk, "", "en")  # sent, or given up
    other.setPlainText("")
    settle()
    other.setPlainText("quux thier")
    until(lambda: [slip.selectedText() for slip in other.marks.slips()] == ["quux", "thier"])
