"""What a conversation is about: its whole post on request, and what happened so far, each fact a way to its place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.presses import press, send
from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

LONG, COMMENT = "Třetí rozbitý balík!", "Το κουτί έφτασε σπασμένο"


def test_a_long_conversation_is_told_so_far_and_each_fact_leads_there(demo: Window) -> None:
    page = inbox(demo)
    demo.resize(1920, 1000)
    open_talk(page, LONG)
    lines = page.talk.so_far
    until(lines.isVisible)
    titles = [button.title() for button in lines.buttons]
    asked = next(place for place, title in enumerate(titles) if "mozaika" in title)
    assert any("kept" in title for title in titles)
    lines.buttons[asked].setFocus()
    QTest.keyClick(lines.buttons[asked], Qt.Key.Key_Return)
    story: Any = page.talk.story
    focused: Any = demo.focusWidget()
    assert focused is story
    assert story.textCursor().hasSelection()
    assert "Milan Vlček" in story.textCursor().selectedText()
    gift = next(button for button in lines.buttons if "Swag box" in button.title())
    gift.click()
    assert "Swag box" in story.textCursor().selectedText()
    open_talk(page, COMMENT)
    until(lambda: not lines.isVisible())


def test_a_fact_among_earlier_messages_brings_these_in(demo: Window, monkeypatch: Any) -> None:
    page = inbox(demo)
    monkeypatch.setattr("ui.pages.inbox.page.LATEST", 3)
    number = open_talk(page, LONG)
    assert page.talk.opened.earlier > 0
    assert "Show" in page.talk.story.toPlainText()
    until(page.talk.so_far.isVisible)
    first = page.bench.inbox.so_far(number).asked[0]
    page.leading.to(first)
    assert page.talk.opened.earlier == 0
    assert "Milan Vlček" in page.talk.story.textCursor().selectedText()


def test_the_whole_post_comes_when_it_is_asked_for_and_folds_again(demo: Window) -> None:
    page = inbox(demo)
    number = open_talk(page, COMMENT)
    whole = page.talk.post.whole
    assert whole.button.isVisible()
    assert not whole.words.isVisible()
    assert page.bench.context.here(number) is None
    send(demo, press(ord("O"), "", 0, Qt.KeyboardModifier.ControlModifier))
    until(lambda: whole.is_open)
    assert "as long as your thumb" in whole.words.text()
    assert not whole.picture.pixmap().isNull()
    assert whole.picture.isVisible()
    assert not page.talk.post.words.isVisible()  # the excerpt has given way
    until(lambda: page.talk.head.verticalScrollBar().maximum() > 0)
    whole.button.setFocus()
    QTest.keyClick(whole.button, Qt.Key.Key_PageDown)
    assert page.talk.head.verticalScrollBar().value() > 0
    whole.button.click()
    assert not whole.words.isVisible()
    assert page.talk.post.words.isVisible()
    open_talk(page, LONG)
    assert not whole.isVisible()
    said: list[str] = []
    whole.failed.connect(said.append)
    page.handlers()["whole_post"]()
    assert said == ["This conversation isn't about a post."]
