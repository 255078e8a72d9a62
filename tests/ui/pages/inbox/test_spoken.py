"""A reply in another language than it is marked as: a note at its head, and one key that marks it as what it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

CZECH = "Děkujeme za zprávu, ta láhev je pořád v obchodě a čeká tam na vás do pátku."


@pytest.fixture
def page(demo: Window) -> Any:
    found = inbox(demo)
    open_talk(found, "Street party verdict")
    return found


def _type(page: Any, words: str) -> None:
    page.composer.field.setPlainText(words)
    page.composer.words.check()


def test_one_key_marks_it_and_the_note_goes(demo: Window, page: Any) -> None:
    words = page.composer.words
    _type(page, CZECH)
    until(lambda: not words.spoken.isHidden())
    assert "marked as English" in words.spoken.words.text()
    assert [button.title() for button in words.spoken.buttons.values()] == ["Change to Czech"]
    assert words.voice.strip.isHidden()  # the note is at the head, and nothing else is found
    demo.run("draft_language")
    assert words.language.code == "cs"
    until(words.spoken.isHidden)


def test_it_stops_nothing(demo: Window, page: Any) -> None:
    _type(page, CZECH)
    until(lambda: not page.composer.words.spoken.isHidden())
    demo.run("send_keep")
    until(lambda: page.composer.field.toPlainText() == "")
    assert page.composer.words.spoken.isHidden()
    assert demo.bench.store.read.execute("SELECT text FROM outbox ORDER BY id DESC").fetchone()["text"] == CZECH


def test_the_button_does_the_same_and_the_key_says_where_there_is_nothing_to_do(demo: Window, page: Any) -> None:
    words = page.composer.words
    _type(page, "Lemons for everybody who has been waiting in the queue.")
    demo.run("draft_language")
    assert words.language.code == "en"
    _type(page, CZECH)
    until(lambda: not words.spoken.isHidden())
    words.spoken.buttons["change"].click()
    assert words.language.code == "cs"
