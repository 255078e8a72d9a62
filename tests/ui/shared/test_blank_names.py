"""Blanks as they are shown while one writes: chips with readable words; the text keeps the braces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.voice import Finding
from ui.shared import draft_field
from ui.shared.draft_field import DraftField
from ui.shell.window import Window


@pytest.fixture
def field(qt: QApplication) -> Iterator[DraftField]:
    assert qt is not None
    made = DraftField()
    made.show()
    made.activateWindow()
    made.setFocus()
    QApplication.processEvents()
    yield made
    made.close()


def seen(field: Any) -> str:
    """The text as it is seen: the words of each chip in brackets."""
    shown, block = [], field.document().begin()
    while block.isValid():
        units, past, line = block.text().encode("utf-16-le"), 0, ""
        for chip in field._names.chips(block):
            line += units[past * 2 : chip.start * 2].decode("utf-16-le") + f"[{chip.words}]"
            past = chip.end
        shown.append(line + units[past * 2 :].decode("utf-16-le"))
        block = block.next()
    return "\n".join(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{greeting|Hello}}, it is {{what_broke}}.", "[greeting, or “Hello”], it is [what broke]."),
        ("🍋🍋 {{greeting|Καλησπέρα σας}}! 🍋", "🍋🍋 [greeting, or “Καλησπέρα σας”]! 🍋"),
        ("Hi {{first_name|}}!\n{{name:dative}}", "Hi [first name]!\n[dative of the name]"),
        (
            "{{first_name:vocative}} {{post}} {{gift}}",
            "[vocative of the first name] [the post's title] [the last gift]",
        ),
        ("{{fact:opening-hours}} {{voucher:V-9}}", "[fact: opening hours] [code of voucher V-9]"),
        ("{{half| {{}} {{name:x}}", "{{half| {{}} [name:x]"),
    ],
)
def test_a_blank_is_a_chip_with_readable_words_and_stays_as_it_is(field: DraftField, text: str, shown: str) -> None:
    field.setPlainText(text)
    field.move_to_end()
    assert seen(field) == shown
    assert field.toPlainText() == text
    field.selectAll()
    assert field.createMimeDataFromSelection().text() == text


def test_it_stands_as_written_while_the_caret_is_in_it_and_nothing_counts_as_typed(field: DraftField) -> None:
    field.setPlainText("{{greeting|Hello}}, you")
    changes: list[int] = []
    field.textChanged.connect(lambda: changes.append(1))
    field.setTextCursor(field.between(4, 4))
    assert seen(field) == "{{greeting|Hello}}, you"
    field.setTextCursor(field.between(0, 18))  # as Tab selects it
    assert seen(field) == "[greeting, or “Hello”], you"
    field.setTextCursor(field.between(12, 12))
    field.clearFocus()
    assert seen(field) == "[greeting, or “Hello”], you"
    assert changes == []
    assert not field.document().isUndoAvailable()


def places(field: DraftField) -> list[QRectF]:
    block = field.document().begin()
    found = []
    while block.isValid():
        found += [field._names._place(block, chip.start) for chip in field._names.chips(block)]
        block = block.next()
    return found


@pytest.mark.parametrize("text", ["Hi {{name}} and {{what_broke}} x", "שלום {{name}} עולם {{what_broke}} x"])
def test_each_chip_has_the_room_of_its_words_whichever_way_the_line_is_read(field: DraftField, text: str) -> None:
    field.resize(600, 200)
    field.setPlainText(text)
    field.move_to_end()
    QApplication.processEvents()
    first, second = places(field)
    metrics = QFontMetricsF(field.document().defaultFont())
    for rect, words in ((first, "name"), (second, "what broke")):
        assert rect.width() >= metrics.horizontalAdvance(words)
        assert 0 <= rect.left() < rect.right() <= field.viewport().width()
        assert rect.height() >= metrics.height()
    assert not first.intersects(second)
    assert (first.left() < second.left()) is text.startswith("Hi")
    field.setPlainText("{{our_name}}")  # a line of nothing else is as high
    field.move_to_end()
    assert field.document().begin().layout().lineAt(0).height() >= metrics.height() - 1


def test_a_click_chooses_the_blank_and_a_second_shows_it_as_written(field: DraftField) -> None:
    field.resize(600, 200)
    field.setPlainText("Hi {{name}}!")
    field.move_to_end()
    QApplication.processEvents()
    place = places(field)[0].center().toPoint()
    QTest.mouseClick(field.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field.textCursor().selectedText() == "{{name}}"
    QTest.keyClicks(field, "Tom")
    assert field.toPlainText() == "Hi Tom!"
    field.setPlainText("Hi {{name}}!")
    QTest.mouseDClick(field.viewport(), Qt.MouseButton.LeftButton, pos=places(field)[0].center().toPoint())
    assert seen(field) == "Hi {{name}}!"


def test_tab_goes_from_one_to_the_next_and_says_its_words(field: DraftField, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(draft_field, "speak", lambda _field, words: said.append(words))
    field.setPlainText("{{first_name:vocative}}, {{what_broke}} 🍋 {{when}}")
    field.setTextCursor(field.between(0, 0))
    for _ in range(4):
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert said == [
        "Fill in: vocative of the first name", "Fill in: what broke", "Fill in: when",
        "Fill in: vocative of the first name",
    ]  # fmt: skip


def test_one_that_stops_the_message_is_shown_so_once_sending_was_tried(field: DraftField) -> None:
    field.setPlainText("It is {{what_broke}} {{half")
    findings = [
        Finding(6, 20, "block", "blank", "why", "{{what_broke}}"),
        Finding(21, 27, "block", "blank", "why", "{{half"),
    ]
    field.mark(findings)
    assert (field._names.wrong, field.extraSelections()) == (False, [])
    field.mark(findings, tried=True)
    assert field._names.wrong
    assert [one.cursor.selectedText() for one in field.extraSelections()] == ["{{half"]


def test_the_editor_and_the_preview_of_a_template_show_them(demo: Window) -> None:
    demo.go("templates")
    page: Any = demo.page("templates")
    page.editor.field.setPlainText("{{greeting|Hello}}, what broke is {{what_broke}}.")
    page.editor._refresh_preview()
    assert seen(page.editor.field) == "[greeting, or “Hello”], what broke is [what broke]."
    assert [button.accessibleName() for button in page.editor.blanks._buttons] == ["greeting", "what broke"]
    assert page.editor.begins.text() == "{Hello}, what broke is {what_broke}."
    member = demo.bench.members.add("Limonaðifélagið 2026")  # nobody is called that
    page.editor.preview._choose(member)
    assert seen(page.editor.preview.read) == "Hello, what broke is [what broke]."


def test_facts_are_among_the_blanks_to_insert(demo: Window) -> None:
    demo.go("templates")
    page: Any = demo.page("templates")
    fact = demo.bench.facts.listed()[0]
    page.editor.field.setPlainText("It costs ")
    page.editor.field.move_to_end()
    page.editor.blanks.more.click()
    menu = page.editor.blanks.menu
    named = {action.data(): action for action in menu.actions()}
    assert named["name:dative"].text() == "dative of the name"
    assert named[f"fact:{fact.key}"].text().startswith(fact.name)
    named[f"fact:{fact.key}"].trigger()
    menu.close()
    assert page.editor.field.toPlainText() == f"It costs {{{{fact:{fact.key}}}}}"
    page.save()
    assert not page.editor.unsaved()  # a text with a fact in it can be kept
