"""What a screen reader has of a conversation: a list, each entry a sentence, gone through with the arrows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QTextBrowser

from tests.stories.hand import Hand
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

_PARTY = "Street party verdict"


@pytest.fixture
def reader() -> Iterator[None]:
    """As when a screen reader runs."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def _face(story: QTextBrowser) -> Any:
    return QAccessible.queryAccessibleInterface(story)


def _sentences(story: QTextBrowser) -> list[str]:
    face = _face(story)
    return [face.child(at).text(QAccessible.Text.Name) for at in range(face.childCount())]


def test_a_conversation_is_a_list_of_sentences(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, _PARTY)
    story, opened = page.talk.story, page.talk.opened
    face = _face(story)
    assert face.role() == QAccessible.Role.List
    assert face.text(QAccessible.Text.Name) == "Conversation"
    assert face.childCount() == len(opened.lines)
    for line, sentence in zip(opened.lines, _sentences(story), strict=True):
        assert line.kind == "gift" or sentence.startswith(f"{line.author}, ")
        assert " ".join(line.text.split())[:40] in sentence
        assert "\u2068" not in sentence
        assert "\t" not in sentence
    child = face.child(0)
    assert child.role() == QAccessible.Role.ListItem
    assert (child.childCount(), child.parent().role()) == (0, QAccessible.Role.List)
    assert face.indexOfChild(face.child(1)) == 1


def test_a_gift_and_a_hand_off_are_entries_too(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    kinds = {line.kind for line in page.talk.opened.lines}
    assert len(_sentences(page.talk.story)) == len(page.talk.opened.lines)
    assert kinds - {"said", "outbox"}
    assert all(sentence.strip() for sentence in _sentences(page.talk.story))


def test_arrows_go_from_entry_to_entry_while_a_screen_reader_runs(demo: Window, reader: None) -> None:
    assert reader is None
    page = inbox(demo)
    open_talk(page, _PARTY)
    story, here = page.talk.story, page.talk.opened.row.id
    hand = Hand(demo)
    demo.run("next_pane")
    assert story.hasFocus()
    last = len(page.talk.opened.lines) - 1
    hand.rest(0.02)
    assert story.read_aloud.at == last
    assert _face(story).focusChild().text(QAccessible.Text.Name) == _sentences(story)[last]
    hand.keys("Up")
    assert story.read_aloud.at == last - 1
    assert _face(story).child(last - 1).state().focused
    assert not _face(story).child(last).state().focused
    hand.keys("Down", "Down")
    assert story.read_aloud.at == last
    assert page.talk.opened.row.id == here  # not the next conversation
    hand.keys("J")
    assert page.talk.opened.row.id != here
    assert story.read_aloud.at == -1


def test_without_one_the_arrows_are_the_lists(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, _PARTY)
    here = page.talk.opened.row.id
    demo.run("next_pane")
    Hand(demo).keys("Down")
    assert page.talk.opened.row.id != here


def test_entries_lie_where_they_are_drawn(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, _PARTY)
    story = page.talk.story
    story.verticalScrollBar().setValue(0)
    face = _face(story)
    first, second = face.child(0).rect(), face.child(1).rect()
    assert first.top() < second.top()
    assert first.bottom() <= second.top() + 2
    found = face.childAt(first.center().x(), first.center().y())
    assert found.text(QAccessible.Text.Name) == _sentences(story)[0]
    assert not face.child(0).state().offscreen


def test_another_conversation_has_other_entries_and_none_is_left_behind(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, _PARTY)
    before, face = _sentences(page.talk.story), _face(page.talk.story)
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    assert _sentences(page.talk.story) != before
    assert face.childCount() == len(page.talk.opened.lines)
    assert face.child(face.childCount()) is None
    page.talk.story.empty()
    QApplication.processEvents()
    gc.collect()
    assert face.childCount() == 0
