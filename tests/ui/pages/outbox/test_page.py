"""The outbox page: what is not out, and what its buttons do."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.calendar.choices import until
from app.voice import Draft
from tests.ui.parts import toast
from tests.ui.settling import settle
from ui.pages.outbox.page import OutboxPage
from ui.pages.outbox.panel import EntryPanel, WhenForm, together
from ui.shell.window import Window
from ui.widgets.buttons import ActionButton


def _submit(window: Window, text: str) -> int:
    bench = window.bench
    number = bench.inbox.next_needing()
    assert number is not None
    cleared = bench.voice.clear(Draft(text, "en"))
    return int(bench.outbox.submit(cleared, number, then_done=True, hold_seconds=600))


def _page(window: Window) -> OutboxPage:
    window.go("outbox")
    QApplication.processEvents()
    page = window.page("outbox")
    assert isinstance(page, OutboxPage)
    return page


def _press(page: OutboxPage, words: str) -> None:
    def found() -> list[ActionButton]:
        return [one for one in page.findChildren(ActionButton) if one.title() == words and one.isVisible()]

    settle(lambda: bool(found()), 10)  # the page hears of what was written a moment later
    (button,) = found()
    button.click()
    QApplication.processEvents()


def test_an_empty_outbox_says_so(demo: Window) -> None:
    for waiting in demo.bench.outbox.entries():
        demo.bench.outbox.discard(waiting.id)
    assert not _page(demo).findChildren(EntryPanel)


def test_a_held_reply_is_taken_back_and_its_words_are_in_the_draft(demo: Window) -> None:
    number = demo.bench.inbox.next_needing()
    assert number is not None
    _submit(demo, "We look into it today.")
    _click(_of(_page(demo), "We look into it"), "Cancel")
    assert demo.bench.outbox.entries(conversation_id=number) == []
    assert demo.bench.inbox.open(number).draft == "We look into it today."


def test_what_may_have_been_sent_is_decided_by_the_person(demo: Window) -> None:
    before = demo.bench.outbox.needing_me()
    entry = _submit(demo, "We look into it today.")
    with demo.bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'undecided', sending_at = created_at WHERE id = ?", (entry,))
    assert demo.bench.outbox.needing_me() == before + 1
    _press(_page(demo), "It's there")
    assert demo.bench.outbox.needing_me() == before
    assert demo.bench.outbox.get(entry).state == "sent"


NORWAY = "SELECT id FROM conversation WHERE title = 'Fæst límonaðið í Noregi?'"


def _of(page: OutboxPage, words: str) -> EntryPanel:
    def found() -> list[EntryPanel]:
        every = page.findChildren(EntryPanel)
        return [panel for panel in every if panel.isVisible() and words in panel.entry.text]

    settle(lambda: bool(found()), 10)  # the page hears of what was written a moment later
    (panel,) = found()
    return panel


def _click(panel: EntryPanel, words: str) -> None:
    (button,) = [one for one in panel.findChildren(ActionButton) if one.title() == words]
    button.click()
    QApplication.processEvents()


def test_one_that_goes_later_says_when_and_goes_now(demo: Window) -> None:
    panel = _of(_page(demo), "Καλημέρα, Γιώργο")
    assert "Scheduled for tomorrow 09:00" in panel.accessibleName()
    _click(panel, "Send now")
    assert demo.bench.outbox.get(panel.entry.id).state in ("queued", "sending", "sent")


def test_another_time_by_a_letter_or_a_day_of_ones_own(demo: Window) -> None:
    page = _page(demo)
    panel = _of(page, "Καλημέρα, Γιώργο")
    number, now = panel.entry.id, clock.local(clock.now())
    _click(panel, "Reschedule")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    page._when_chosen("M")
    assert demo.bench.outbox.get(number).held_until == until("monday", now)
    settle()
    panel = _of(page, "Καλημέρα, Γιώργο")
    page._moving = panel
    page._when_chosen("D")
    form = panel.findChild(WhenForm)
    assert form is not None
    form.when.setText("1.1.2001")
    _click(panel, "Schedule")
    assert demo.bench.outbox.get(number).held_until == until("monday", now)
    assert demo._toast is not None
    assert "already passed" in toast(demo).accessibleName()
    form.when.setText(f"5. jún {now.year + 1} kl. 14.30")
    _click(panel, "Schedule")
    assert clock.local(demo.bench.outbox.get(number).held_until).strftime("%d.%m. %H:%M") == "05.06. 14:30"


def test_one_that_goes_later_is_taken_back_with_its_words(demo: Window) -> None:
    panel = _of(_page(demo), "Καλημέρα, Γιώργο")
    _click(panel, "Cancel")
    assert demo.bench.inbox.open(panel.entry.conversation_id).draft.startswith("Καλημέρα, Γιώργο")


def test_the_parts_of_a_thread_stand_and_go_back_as_one(demo: Window) -> None:
    row = demo.bench.store.read.execute(NORWAY).fetchone()
    words = ("Ekki enn, en við spurðum hvað kassi til Bergen kostar. " * 20).strip()
    first = demo.bench.outbox.submit(demo.bench.voice.clear(Draft(words, "is")), row[0], thread=True, hold_seconds=600)
    panel = _of(_page(demo), "Ekki enn")
    assert (panel.entry.id, len(panel.parts)) == (first, 3)
    assert "3 parts" in panel.accessibleName()
    _click(panel, "Cancel")
    assert demo.bench.outbox.entries(conversation_id=row[0]) == []
    assert demo.bench.inbox.open(row[0]).draft.split() == words.split()


def test_what_follows_a_part_that_is_out_stands_together(demo: Window) -> None:
    row = demo.bench.store.read.execute(NORWAY).fetchone()
    words = ("Ekki enn, en við spurðum hvað kassi til Bergen kostar. " * 20).strip()
    first = demo.bench.outbox.submit(demo.bench.voice.clear(Draft(words, "is")), row[0], thread=True, hold_seconds=600)
    found = demo.bench.outbox.entries(conversation_id=row[0])
    other = demo.bench.outbox.entries()[0]
    assert [[one.id for one in group] for group in together([found[2], other, found[1]])] == [
        [other.id], [found[1].id, found[2].id],
    ]  # fmt: skip
    assert found[0].id == first


@pytest.mark.slow
def test_the_keys_stay_where_one_was(demo: Window) -> None:
    _submit(demo, "We look into it today.")
    page = _page(demo)
    settle()
    panel = _of(page, "We look into it")
    panel.setFocus()
    _click(panel, "Cancel")
    settle(seconds=0.3)
    assert isinstance(demo.focusWidget(), EntryPanel)
    assert demo.focusWidget() is not panel
