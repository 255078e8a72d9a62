"""A new message on which another program writes at the same time: both keep their words."""

from __future__ import annotations

from typing import Any

from app.workbench import Workbench
from tests.stories.hand import Hand
from tests.ui.pages.letter.test_letter import begun, letter
from tests.ui.parts import toast
from ui.shell.window import Window


def _begin(demo: Window, words: str) -> tuple[Any, Hand]:
    hand = Hand(demo)
    demo.go("members")
    hand.keys("C")
    page = letter(demo)
    page.field.setFocus()
    hand.types(words)
    hand.until(lambda: page.draft.id)
    return page, hand


def _elsewhere(demo: Window, number: int, words: str) -> None:
    """As a second program on the file writes it."""
    other = Workbench(demo.bench.profile)
    other.letters.save(other.letters.get(number)._replace(text=words))
    other.close()


def test_what_is_typed_goes_on_as_a_draft_of_its_own(demo: Window) -> None:
    page, hand = _begin(demo, "Dear all")
    first = page.draft.id
    _elsewhere(demo, first, "Dear Anna, the crates are here.")
    hand.types(", come on Sunday")
    hand.until(lambda: page.draft.id != first)
    assert page.field.toPlainText() == "Dear all, come on Sunday"
    assert {draft.text for draft in begun(demo)} == {"Dear Anna, the crates are here.", "Dear all, come on Sunday"}
    assert "Yours is kept beside it" in toast(demo)._words.text()
    hand.types(" at noon")
    page.keep()
    assert len(begun(demo)) == 2
    page.discard.click()
    assert [draft.text for draft in begun(demo)] == ["Dear Anna, the crates are here."]


def test_a_field_that_nobody_writes_in_shows_what_the_other_wrote(demo: Window) -> None:
    page, hand = _begin(demo, "Dear all")
    page.sending.setFocus()
    _elsewhere(demo, page.draft.id, "Dear Anna, the crates are here.")
    assert demo.bench.store.poll_other_processes()
    hand.until(lambda: page.field.toPlainText() == "Dear Anna, the crates are here.")
    assert [draft.text for draft in begun(demo)] == ["Dear Anna, the crates are here."]


def test_what_is_sent_takes_no_words_of_the_other_away(demo: Window) -> None:
    page, _hand = _begin(demo, "Dear all")
    page.open(
        (
            "member",
            demo.bench.store.read.execute(
                "SELECT member_id FROM identity WHERE handle LIKE '%@%.%' LIMIT 1"
            ).fetchone()[0],
        )
    )
    page.field.setPlainText("See you on Sunday.")
    page.subject.setText("Crates")
    page.keep()
    _elsewhere(demo, page.draft.id, "Dear Anna, the crates are here.")
    page._send()
    assert "Dear Anna, the crates are here." in [draft.text for draft in begun(demo)]
    assert "See you on Sunday." in [entry.text for entry in demo.bench.outbox.entries()]
