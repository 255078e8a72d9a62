"""A promise, on a Greek keyboard: made in a reply and taken with a key, late on Today, kept by the reply that tells."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.promises import Promise
from tests.stories.hand import Hand
from tests.ui.layouts import GREEK
from tests.ui.presses import send
from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.pages.inbox.page import InboxPage
from ui.shell.window import Window

BOX = "Το κουτί έφτασε σπασμένο"
WORDS = "Θα ρωτήσω τον Jón και θα σου γράψω αύριο."


def _press(window: Window, *keys: str) -> None:
    for key in keys:
        send(QApplication.activePopupWidget() or window, GREEK.press(key))


def _write(window: Window, page: InboxPage, words: str) -> None:
    """Answer with these words; the draft is looked at once typing pauses."""
    page.list.focus_rows()
    _press(window, "R")
    page.composer.manners.dismiss()
    Hand(window).types(words)
    until(lambda: bool(page.composer.promising.chips))


def _send(window: Window, number: int) -> None:
    """Send and keep open, and let it go at once."""
    _press(window, "Ctrl+Shift+Enter")
    bench = window.bench
    made = bench.outbox.entries(conversation_id=number)[-1]
    bench.outbox.send_now(made.id)
    bench.sync.send(made.account_id)
    assert bench.outbox.get(made.id).state == "sent"


def _made(window: Window) -> Promise:
    return next(one for one in window.bench.promises.listed("all") if one.what == WORDS)


@pytest.mark.slow
def test_a_promise_is_taken_late_and_kept_by_the_reply_that_tells(
    demo: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0]
    monkeypatch.setattr(clock, "now", lambda: int(time.time()) + passed[0])
    page = inbox(demo)
    open_talk(page, BOX)
    number = page.here().row.id
    before = page.here().row.promises

    _write(demo, page, WORDS)
    _press(demo, "Alt+P")
    assert page.composer.promising.chips[0].isChecked()
    _send(demo, number)
    made = _made(demo)
    tomorrow = clock.local(clock.now()).date() + timedelta(days=1)
    assert (made.due_on, made.conversation_id, made.state) == (tomorrow.isoformat(), number, "open")
    assert made.message_id == demo.bench.outbox.get(made.outbox_id or 0).message_id
    assert demo.bench.inbox.row(number).promises == before + 1

    demo.run("done")  # done hides no promise
    demo.run("undo")
    passed[0] += 8 * 86_400
    late = next(row for row in demo.bench.today.groups()[0].rows if row.id == made.id)
    assert (late.note, late.number >= 5) == ("late", True)

    page.open(number)
    demo.bench.promises.keep(next(one.id for one in demo.bench.promises.to_keep(number, None) if one.id != made.id))
    _write(demo, page, "Ο Jón λέει ότι το νέο κουτί έφυγε.")
    _press(demo, "Alt+K")
    assert page.composer.promising.drafted.keeps == (made.id,)
    _send(demo, number)
    kept = _made(demo)
    assert kept.state == "kept"
    assert kept.kept_message_id is not None
    assert demo.bench.promises.in_time(made.member_id).in_time < demo.bench.promises.in_time(made.member_id).over
