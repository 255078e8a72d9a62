"""Blanks as they are shown while one writes: by their names, or by the words of their fallback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

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
    """The letters of the field that are not hidden."""
    shown, block = [], field.document().begin()
    while block.isValid():
        units = block.text().encode("utf-16-le")
        hidden = {
            place
            for part in block.layout().formats()
            if part.format.fontPointSize() == 0.1
            for place in range(part.start, part.start + part.length)
        }
        kept = [units[at * 2 : at * 2 + 2] for at in range(len(units) // 2) if at not in hidden]
        shown.append(b"".join(kept).decode("utf-16-le"))
        block = block.next()
    return "\n".join(shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{greeting|Hello}}, it is {{what_broke}}.", "{Hello}, it is {what_broke}."),
        ("🍋🍋 {{greeting|Καλησπέρα σας}}! 🍋", "🍋🍋 {Καλησπέρα σας}! 🍋"),
        ("Hi {{first_name|}}!\n{{ name | you }}", "Hi {first_name}!\n{ you }"),
        ("{{half|", "{{half|"),
    ],
)
def test_a_fallback_is_shown_in_place_of_its_name(field: DraftField, text: str, shown: str) -> None:
    field.setPlainText(text)
    field.move_to_end()
    assert seen(field) == shown
    assert field.toPlainText() == text


def test_the_name_is_shown_while_the_caret_is_in_it_and_nothing_counts_as_typed(field: DraftField) -> None:
    field.setPlainText("{{greeting|Hello}}, you")
    changes: list[int] = []
    field.textChanged.connect(lambda: changes.append(1))
    field.setTextCursor(field.between(4, 4))
    assert seen(field) == "{greeting|Hello}, you"
    field.setTextCursor(field.between(0, 18))  # as Tab selects it
    assert seen(field) == "{Hello}, you"
    field.setTextCursor(field.between(12, 12))
    field.clearFocus()
    assert seen(field) == "{Hello}, you"
    assert changes == []


def test_the_editor_and_the_preview_of_a_template_say_the_fallback(demo: Window) -> None:
    demo.go("templates")
    page: Any = demo.page("templates")
    page.editor.field.setPlainText("{{greeting|Hello}}, what broke is {{what_broke}}.")
    page.editor._refresh_preview()
    assert seen(page.editor.field) == "{Hello}, what broke is {what_broke}."
    assert page.editor.begins.text() == "{Hello}, what broke is {what_broke}."
    member = demo.bench.members.add("Limonaðifélagið 2026")  # nobody is called that
    page.editor.preview._choose(member)
    assert seen(page.editor.preview.read) == "Hello, what broke is {what_broke}."
