"""Bringing in a file from the window: seen before anything is written, then brought in, then taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from tests.stories.hand import Hand
from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.dialogs.bring_in import BringIn
from ui.dialogs.history import WhatWasDone
from ui.dialogs.importing import Run
from ui.shell.window import Window
from ui.widgets.fitted import Fitted
from ui.widgets.labels import ElidedLabel

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


@pytest.mark.parametrize(("page", "title"), [("members", "Import members"), ("inbox", "Import a file")])
def test_from_the_members_page_it_speaks_of_members(demo: Window, page: str, title: str) -> None:
    demo.go(page)
    asked = BringIn(demo)
    words = [label.text() for label in asked.findChildren(QLabel)]
    assert asked.windowTitle() == title in words
    assert any("Google Contacts" in one for one in words) is (page == "members")
    asked.reject()


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
def test_it_stays_on_the_screen_and_its_fields_scroll_above_import(demo: Window, tmp_path: Path, percent: int) -> None:
    demo.appearance._set_text_size(percent)
    path = tmp_path / "zprávy.csv"
    path.write_bytes(_ROWS.encode("cp1250"))
    asked = BringIn(demo)
    asked.show()
    asked.look(path)
    settle()
    screen = asked.screen().availableGeometry()
    assert asked.width() <= screen.width()
    assert asked.height() <= screen.height()
    assert asked.go.visibleRegion().boundingRect().height() == asked.go.height()
    asked.activateWindow()
    settle()
    for field in (asked.channel, asked.own, asked.encoding):
        field.setFocus()
        settle(seconds=0.05)
        assert field.visibleRegion().boundingRect().height() == field.height()
        assert field.width() >= field.minimumSizeHint().width()
    asked.reject()


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


@pytest.mark.slow
def test_the_dialog_has_its_size_from_the_start_and_its_table_four_edges(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    lines = "".join(f"Evžen {number},e{number}@example.org,Brno,777,Hello there,cs\n" for number in range(9))
    path.write_text(f"Name,Email,City,Phone,Note,Language\n{lines}", encoding="utf-8")
    asked = BringIn(window)
    asked.show()
    settle()
    before = asked.size()
    asked.look(path)
    settle()
    assert asked.size() == before
    table = next(area for area in asked.findChildren(QScrollArea) if not isinstance(area, Fitted))
    box = table.parentWidget()
    assert box is not None
    shown = box.visibleRegion().boundingRect()
    assert shown == box.rect()  # what scrolls is within the box, whose edges stay
    assert table.horizontalScrollBar().maximum() > 0
    asked.reject()


def test_after_an_import_the_focus_is_on_what_leads_there(window: Window, tmp_path: Path) -> None:
    path, hand = tmp_path / "people.csv", Hand(window)
    path.write_text("Name,Email\nEvžen Nový,evzen@example.org\n", encoding="utf-8")
    asked = BringIn(window)
    asked.look(path)
    rows = window.page("inbox").list.rows  # type: ignore[union-attr]
    rows.setFocus()
    Run(window, path, asked.options()).start()
    hand.until(lambda: window._toast is not None and window._toast.isVisible())
    assert toast(window)._link.hasFocus()
    hand.keys("Enter")
    assert window.page_id == "members"
    assert window.bench.members.get(window.page("members").member).name == "Evžen Nový"  # type: ignore[union-attr]


def test_an_import_takes_the_focus_from_no_field(window: Window, tmp_path: Path) -> None:
    path, hand = tmp_path / "people.csv", Hand(window)
    path.write_text("Name,Email\nEvžen Nový,evzen@example.org\n", encoding="utf-8")
    asked = BringIn(window)
    asked.look(path)
    field = window.page("inbox").list.search.field  # type: ignore[union-attr]
    field.setFocus()
    Run(window, path, asked.options()).start()
    hand.until(lambda: window._toast is not None and window._toast.isVisible())
    assert field.hasFocus()


@pytest.mark.slow
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


def test_what_was_left_out_is_read_again_in_the_list(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    path.write_bytes(
        b"".join(
            b"From - Sat Nov 28 10:00:00 2026\nX-Gmail-Labels: %b\nFrom: anna@example.org\nMessage-ID: <%b@x>\n\nHi\n\n"
            % (label, label)
            for label in (b"Inbox", b"Spam", b"Trash", b"Press")
        )
    )
    asked = BringIn(window)
    asked.look(path)
    assert asked.preview is not None
    assert "Labels in the mailbox become labels here: Press." in asked.preview.sentence
    window.bench.imports.run(path, asked.options())
    shown = {label.text() for label in WhatWasDone(window).findChildren(QLabel)}
    assert "2 new, 0 already known. Left out: 1 in the trash, 1 in spam." in shown


def test_what_changes_in_members_is_shown_before_and_reads_as_a_sentence(window: Window, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("name,email,city\nÉva Kovács,eva@example.org,Pécs\n", encoding="utf-8")
    second.write_text("name,email,city,company\nEVA KOVACS,eva@example.org,Brno,Kert\n", encoding="utf-8")
    window.bench.imports.run(first)
    before = window.bench.members.count()
    asked = BringIn(window)
    asked.look(second)
    spoken = {label.accessibleName() for label in asked.findChildren(ElidedLabel)}
    assert {"Éva Kovács, City: Pécs becomes Brno", "Éva Kovács, Company: Kert is added"} <= spoken
    assert window.bench.members.count() == before


def test_who_is_us_in_a_chat_is_chosen_and_told_to_the_import(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Garden club.txt"
    path.write_text("28/11/2026, 21:05 - Anna Jónsdóttir: Open?\n28/11/2026, 21:06 - Garden Desk: At nine\n", "utf-8")
    hand = Hand(window)
    asked = BringIn(window)
    asked.look(path)
    assert asked.preview is not None
    assert "Which of these is you: Anna Jónsdóttir, Garden Desk?" in asked.preview.sentence
    assert "--own" not in asked.preview.sentence
    asked.who.set_key("Garden Desk")
    asked.who.picked.emit("Garden Desk")
    hand.until(lambda: asked.preview is not None and not asked.preview.names)
    assert asked.go.isEnabled()
    assert asked.own.text() == "Garden Desk"
    assert asked.options().own == ("Garden Desk",)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("a@x.example b@x.example", ("a@x.example", "b@x.example")),
        ("a@x.example, b@x.example", ("a@x.example", "b@x.example")),
        ("Garden Desk", ("Garden Desk",)),
        ("Garden Desk; desk@x.example", ("Garden Desk", "desk@x.example")),
        ("", ()),
    ],
)
def test_names_of_ours_have_commas_between_them(
    window: Window, tmp_path: Path, typed: str, names: tuple[str, ...]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(_ROWS, encoding="utf-8")
    asked = BringIn(window)
    asked.look(path)
    asked.own.setText(typed)
    assert asked.options().own == names


def test_a_file_that_was_chosen_is_read_while_the_window_stays_alive(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(_ROWS, encoding="utf-8")
    asked = BringIn(window)
    asked.preview_file(path)
    assert "Reading" in asked.name.text()
    assert not asked.go.isEnabled()
    Hand(window).until(asked.go.isEnabled)
    assert asked.name.text() == "a.csv"
    asked.preview_file(tmp_path / "none.csv")
    Hand(window).until(lambda: "There's no file" in asked.wrong.text())
    assert not asked.go.isEnabled()


@pytest.mark.slow
def test_a_dialog_that_is_closed_while_it_reads_leaves_nothing_behind(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,email\n" + "".join(f"M{number},m{number}@x.example\n" for number in range(3_000)), "utf-8")
    asked = BringIn(window)
    asked.preview_file(path)
    reading = asked._reading
    assert reading is not None
    asked.deleteLater()
    Hand(window).rest(0.1)
    Hand(window).until(lambda: not reading._thread.is_alive())
    Hand(window).rest(0.1)


def test_what_is_typed_while_it_reads_is_kept(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(_ROWS, encoding="utf-8")
    asked = BringIn(window)
    asked.look(path)
    asked._refresh_preview()
    asked.channel.setText("Shop")
    Hand(window).until(lambda: asked.name.text() == "a.csv")
    assert asked.options().channel == "Shop"
