"""A promise, on a Greek keyboard: made in a reply and taken with a key, late on Today, kept by the reply that tells."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.paths import Profile
from app.promises import Promise
from tests.stories.hand import Hand
from tests.ui.layouts import GREEK
from tests.ui.opening import opened
from tests.ui.presses import send
from tests.ui.settling import until
from tests.ui.talking import inbox, open_talk
from ui.pages.inbox.page import InboxPage
from ui.shell.window import Window


@pytest.fixture
def window(demo_profile: Profile) -> Iterator[Window]:
    with opened(demo_profile) as made:
        yield made


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
    page.composer.words.check()
    assert page.composer.promising.chips


def _send(window: Window, number: int) -> None:
    """Send and keep open, and let it go at once."""
    _press(window, "Ctrl+Shift+Enter")
    bench = window.bench
    made = bench.outbox.entries(conversation_id=number)[-1]
    bench.outbox.send_now(made.id)
    until(lambda: bench.outbox.get(made.id).state == "sent")


def _made(window: Window) -> Promise:
    return next(one for one in window.bench.promises.listed("all") if one.what == WORDS)


@pytest.mark.slow
def test_a_promise_is_taken_late_and_kept_by_the_reply_that_tells(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0]
    monkeypatch.setattr(clock, "now", lambda: int(time.time()) + passed[0])
    page = inbox(window)
    open_talk(page, BOX)
    number = page.here().row.id
    before = page.here().row.promises

    _write(window, page, WORDS)
    _press(window, "Alt+P")
    assert page.composer.promising.chips[0].isChecked()
    _send(window, number)
    made = _made(window)
    tomorrow = clock.local(clock.now()).date() + timedelta(days=1)
    assert (made.due_on, made.conversation_id, made.state) == (tomorrow.isoformat(), number, "open")
    assert made.message_id == window.bench.outbox.get(made.outbox_id or 0).message_id
    assert window.bench.inbox.row(number).promises == before + 1

    window.run("done")  # done hides no promise
    window.run("undo")
    passed[0] += 8 * 86_400
    late = next(row for row in window.bench.today.groups()[0].rows if row.id == made.id)
    assert (late.note, late.number >= 5) == ("late", True)

    page.open(number)
    window.bench.promises.keep(next(one.id for one in window.bench.promises.to_keep(number, None) if one.id != made.id))
    _write(window, page, "Ο Jón λέει ότι το νέο κουτί έφυγε.")
    _press(window, "Alt+K")
    assert page.composer.promising.drafted.keeps == (made.id,)
    _send(window, number)
    kept = _made(window)
    assert kept.state == "kept"
    assert kept.kept_message_id is not None
    assert window.bench.promises.in_time(made.member_id).in_time < window.bench.promises.in_time(made.member_id).over
