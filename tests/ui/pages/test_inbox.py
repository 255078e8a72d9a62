"""The inbox page in a real window over the demo, by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.inbox import ConversationRow
from app.text import fold
from tests.stories.hand import Hand
from ui.inbox.strips import GiftStrip, HandoffStrip, LabelStrip, NoteStrip, ReasonStrip
from ui.models.conversations import FoundRole, spoken
from ui.window import Window


@pytest.fixture
def page(demo: Window) -> Any:
    demo.go("inbox")
    demo.activateWindow()
    found: Any = demo.page("inbox")
    Hand.until(lambda: found.talk.opened is not None)
    return found


def _open(page: Any, title: str) -> int:
    number = page.bench.store.read.execute("SELECT id FROM conversation WHERE title = ?", (title,)).fetchone()[0]
    page.open(number)
    QApplication.processEvents()
    return int(number)


def test_done_goes_on_to_the_next_and_z_brings_it_back(demo: Window, page: Any) -> None:
    hand, before = Hand(demo), demo.bench.inbox.counts()
    first = page.talk.opened.row.id
    hand.keys("E")
    hand.until(lambda: page.talk.opened.row.id != first)
    assert demo.bench.inbox.counts()["done"] == before["done"] + 1
    hand.keys("Z")
    hand.until(lambda: demo.bench.inbox.counts() == before)


def test_an_unhappy_one_is_done_only_with_a_reason(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = _open(page, "Το κουτί έφτασε σπασμένο")
    page.list.focus_rows()
    hand.keys("E")
    hand.until(lambda: isinstance(page.talk.below.currentWidget(), ReasonStrip))
    hand.keys("Escape")
    hand.rest()
    assert demo.bench.inbox.row(number).state == "needs_me"
    hand.keys("E")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: demo.bench.inbox.row(number).state == "done")


def test_snooze_takes_a_letter(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = page.talk.opened.row.id
    hand.keys("S")
    hand.until(QApplication.activePopupWidget)
    page._snoozed("M")
    assert demo.bench.inbox.row(number).state == "snoozed"
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_search_finds_without_accents_and_escape_ends_it(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    rows = page.list.model.rowCount()
    hand.keys("/")
    hand.types("λεμοναδα")
    hand.until(lambda: page.list.model.rowCount() != rows)
    assert page.list.model.rowCount() > 3
    found = [page.list.model.data(page.list.model.index(place, 0), FoundRole) for place in range(4)]
    assert any("λεμοναδα" in fold(words) for words in found)
    hand.keys("Escape")
    hand.until(lambda: page.list.model.rowCount() == rows)


def test_words_that_nobody_said_give_an_empty_page_with_a_way_out(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("/")
    hand.types("xyzzyq")
    hand.until(lambda: page.list.model.rowCount() == 0)
    assert page.talk.opened is None
    hand.keys("Escape")
    hand.until(lambda: page.talk.opened is not None)


def test_a_gift_wants_a_why(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = page.talk.opened.row.id
    hand.keys("G")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, GiftStrip)
    before = len(demo.bench.gifts.of_conversation(number))
    strip.why.clear()
    hand.keys("Ctrl+Enter")
    assert not strip.wrong.isHidden()
    strip.why.setText("Her idea of the month")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: len(demo.bench.gifts.of_conversation(number)) == before + 1)


def test_a_hand_off_offers_somebody_and_stands_in_the_story(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("H")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, HandoffStrip)
    assert strip.whom.key()
    strip.ask.setText("Find out when the bottles are back")
    strip.ask.setFocus()
    hand.keys("Ctrl+Enter")
    hand.until(lambda: any(line.kind == "handoff" for line in page.talk.opened.lines))


def test_labels_are_words_with_commas(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    number = page.talk.opened.row.id
    hand.keys("M")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, LabelStrip)
    strip.names.setText("glass, όμορφο")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: demo.bench.inbox.labels(number) == ("glass", "όμορφο"))


def test_a_talk_in_person_is_written_down(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    member = page.talk.opened.row.member_id
    before = demo.bench.card(member).conversations
    hand.keys("L")
    strip = page.talk.below.currentWidget()
    assert isinstance(strip, NoteStrip)
    strip.words.setPlainText("Told me at the tasting that the ginger one is too sharp.")
    hand.keys("Ctrl+Enter")
    hand.until(lambda: demo.bench.card(member).conversations == before + 1)


def test_what_blocks_cannot_be_sent_and_says_why(demo: Window, page: Any) -> None:
    hand = Hand(demo)
    hand.keys("R")
    field = page.talk.composer.field
    field.setPlainText("Hello {{name}}")
    hand.keys("Ctrl+Enter")
    hand.rest()
    assert demo.bench.outbox.entries() == []
    assert field.toPlainText() == "Hello {{name}}"
    assert not page.talk.composer.strip.isHidden()


def test_a_hostile_text_is_shown_as_text(demo: Window, page: Any) -> None:
    nested = "<table><tr><td>" * 2_000 + "<img src='file:///etc/passwd'>"
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE message SET text = ? WHERE conversation_id = ?", (nested, page.talk.opened.row.id))
    Hand.until(lambda: "<img src=" in page.talk.story.toPlainText(), 5)


def test_a_row_reads_as_a_sentence() -> None:
    row = ConversationRow(
        id=1, title="The box", member_id=2, member="Ελένη", account="Blog", kind="wordpress", public=True,
        state="needs_me", preview="…", last_out=False, last_at=0, waiting_since=100, snoozed_until=None, unread=1,
        unhappy=True, hard=False, handoffs=1, gifts=0, language="el", messages=2,
    )  # fmt: skip
    assert spoken(row, 100 + 3 * 3600) == "Ελένη, Blog, The box, waits 3 hour(s), unread, unhappy, handed off"
