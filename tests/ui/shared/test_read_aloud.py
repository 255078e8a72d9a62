"""What a screen reader has of a conversation: each entry a sentence, gone through with the arrows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible

from tests.stories.hand import Hand
from tests.ui.talking import inbox, open_talk
from ui.shell.window import Window

_PARTY = "Street party verdict"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """As when a screen reader runs: what it is told."""
    heard = list[str]()
    monkeypatch.setattr("ui.shared.read_aloud.speak", lambda _widget, words, **_how: heard.append(words))
    QAccessible.setActive(True)
    yield heard
    QAccessible.setActive(False)


def test_each_entry_is_a_sentence(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, _PARTY)
    opened, entries = page.talk.opened, page.talk.story.read_aloud.entries()
    for line, entry in zip(opened.lines, entries, strict=True):
        assert line.kind == "gift" or entry.words.startswith(f"{line.author}, ")
        assert " ".join(line.text.split())[:40] in entry.words
        assert "\u2068" not in entry.words
        assert "\t" not in entry.words


def test_a_gift_and_a_hand_off_are_entries_too(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    entries = page.talk.story.read_aloud.entries()
    assert len(entries) == len(page.talk.opened.lines)
    assert {line.kind for line in page.talk.opened.lines} - {"said", "outbox"}
    assert all(entry.words.strip() for entry in entries)


def test_arrows_go_from_entry_to_entry_while_a_screen_reader_runs(demo: Window, said: list[str]) -> None:
    page = inbox(demo)
    open_talk(page, _PARTY)
    story, here = page.talk.story, page.talk.opened.row.id
    hand = Hand(demo)
    demo.run("next_pane")
    assert story.hasFocus()
    words = [entry.words for entry in story.read_aloud.entries()]
    hand.until(lambda: said[-1:] == words[-1:])
    hand.keys("Up")
    assert said[-1] == words[-2]
    hand.keys("Down", "Down")
    assert said[-2:] == [words[-1], words[-1]]
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


def test_another_conversation_has_other_entries(demo: Window) -> None:
    page = inbox(demo)
    open_talk(page, _PARTY)
    before = page.talk.story.read_aloud.entries()
    open_talk(page, "Το κουτί έφτασε σπασμένο")
    assert page.talk.story.read_aloud.entries() != before
    assert len(page.talk.story.read_aloud.entries()) == len(page.talk.opened.lines)
    page.talk.story.empty()
    assert page.talk.story.read_aloud.entries() == []
