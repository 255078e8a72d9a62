"""Bringing in a file from the window: seen before anything is written, then brought in, then taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from tests.stories.hand import Hand
from ui.dialogs.bring_in import BringIn, Run
from ui.dialogs.history import WhatWasDone
from ui.shell.window import Window

_ROWS = "Datum;Autor;Text\n1.11.2026 10:00;Žofie;Dobrý den, kde koupím limonádu?\n2.11.2026 11:00;Petr;Moc děkuju\n"


def test_a_table_in_cp1250_is_previewed_and_its_columns_are_named(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "zprávy.csv"
    path.write_bytes(_ROWS.encode("cp1250"))
    asked = BringIn(window)
    asked.look(path)
    assert asked.preview is not None
    assert asked.preview.rows[0][1] == "Žofie"
    assert [choice.key() for choice in asked._choices] == ["at", "author", "text"]
    assert asked.go.isEnabled()


def test_a_column_that_is_missing_is_asked_for(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("aaa,bbb\n1,hello there\n", encoding="utf-8")
    asked = BringIn(window)
    asked.look(path)
    assert not asked.go.isEnabled() or asked.preview is None
    assert not asked.wrong.isHidden()


def test_a_picture_is_no_mailbox_and_one_sentence_says_so(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "holiday.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    asked = BringIn(window)
    asked.look(path)
    assert asked.preview is None
    assert "picture" in asked.wrong.text()
    assert not asked.go.isEnabled()
    asked.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    assert asked.result() == 0


def test_what_came_in_is_taken_back_whole_from_the_list_and_by_no_key(window: Window, tmp_path: Path) -> None:
    path, bench, hand = tmp_path / "zprávy.csv", window.bench, Hand(window)
    path.write_text(_ROWS, encoding="utf-8")
    before = bench.members.count()
    asked = BringIn(window)
    asked.look(path)
    Run(window, path, asked.options()).start()
    hand.until(lambda: bench.members.count() == before + 2)
    hand.rest(0.3)
    hand.keys("Z", "Ctrl+Z", "Z")
    assert bench.members.count() == before + 2
    listed = WhatWasDone(window)
    assert listed.rows[0].undo is not None
    listed.rows[0].undo.click()
    hand.until(lambda: bench.members.count() == before)
    hand.until(lambda: "Removed 2 messages, 2 conversations, 2 members." in listed.status.text())
    assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 0
