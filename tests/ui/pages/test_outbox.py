"""The outbox page: what is not out, and what its buttons do."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.voice import Draft
from ui.pages.outbox import EntryPanel, OutboxPage
from ui.widgets.buttons import ActionButton
from ui.window import Window


def _submit(window: Window, text: str) -> int:
    bench = window.bench
    number = bench.inbox.next_needing()
    cleared = bench.voice.clear(Draft(text, "en"))
    return int(bench.outbox.submit(cleared, number, then_done=True, hold_seconds=600))


def _page(window: Window) -> OutboxPage:
    window.go("outbox")
    QApplication.processEvents()
    page = window.page("outbox")
    assert isinstance(page, OutboxPage)
    return page


def _press(page: OutboxPage, words: str) -> None:
    (button,) = [one for one in page.findChildren(ActionButton) if one.title() == words and one.isVisible()]
    button.click()
    QApplication.processEvents()


def test_an_empty_outbox_says_so(demo: Window) -> None:
    assert not _page(demo).findChildren(EntryPanel)


def test_a_held_reply_is_taken_back_and_its_words_are_in_the_draft(demo: Window) -> None:
    number = demo.bench.inbox.next_needing()
    _submit(demo, "We look into it today.")
    _press(_page(demo), "Take it back")
    assert demo.bench.outbox.entries() == []
    assert demo.bench.inbox.open(number).draft == "We look into it today."


def test_what_may_have_been_sent_is_decided_by_the_person(demo: Window) -> None:
    entry = _submit(demo, "We look into it today.")
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'undecided', sending_at = created_at WHERE id = ?", (entry,))
    assert OutboxPage.count(demo.bench) == 1
    _press(_page(demo), "It is there")
    assert OutboxPage.count(demo.bench) == 0
    assert demo.bench.outbox.get(entry).state == "sent"
