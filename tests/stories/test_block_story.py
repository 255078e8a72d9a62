"""A block of 25 minutes over the demo, with real keys of a Greek layout: from Today through the inbox and back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.base import clock
from app.base.paths import Profile
from tests.ui.layouts import GREEK
from tests.ui.opening import opened
from tests.ui.presses import send
from tests.ui.settling import until
from ui.pages.inbox.page import InboxPage
from ui.pages.today.body import Body
from ui.pages.today.page import TodayPage
from ui.shell.window import Window


@pytest.fixture
def window(demo_profile: Profile) -> Iterator[Window]:
    with opened(demo_profile) as made:
        yield made


def _today(window: Window) -> Body:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    until(lambda: page.body is not None and page.day is not None)
    assert page.body is not None
    return page.body


def _press(window: Window, *keys: str) -> None:
    for key in keys:
        send(QApplication.activePopupWidget() or window, GREEK.press(key))


def _shows(window: Window, number: int | None) -> bool:
    page = window.page("inbox")
    shown = page.opened if isinstance(page, InboxPage) else None
    return window.page_id == "inbox" and shown is not None and shown.row.id == number


@pytest.mark.slow
def test_twenty_five_minutes_from_the_first_to_the_last(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    bench, passed = window.bench, [0]
    monkeypatch.setattr(clock, "now", lambda: int(time.time()) + passed[0])
    body = _today(window)
    assert window.page_id == "today"
    fits = [one.thing for one in body.page.day.queue.fits] if body.page.day is not None else []
    promise, (parcel, box) = fits[0], [thing for thing in fits if thing.angry][:2]
    assert promise.noun == "promise"
    sooner, label = fits[1 : fits.index(parcel)], fits[fits.index(box) + 1]  # what closes soon comes before
    assert fits.index(box) == fits.index(parcel) + 1

    _press(window, "N")  # begins with the late promise, in its conversation
    assert _shows(window, promise.conversation_id)
    passed[0] += 4 * 60
    for thing in (*sooner, parcel):
        _press(window, "N")  # left for later: the next one
        until(partial(_shows, window, thing.conversation_id))

    _press(window, "S", "T")  # the parcel is looked for until tomorrow
    until(lambda: _shows(window, box.conversation_id))
    assert bench.inbox.row(parcel.id).state == "snoozed"

    passed[0] += 6 * 60
    _press(window, "E")  # she is unhappy, and hasn't heard what Jón answered: why it is closed is asked for
    assert bench.inbox.row(box.id).state == "needs_me"
    reason = window.focusWidget()
    assert isinstance(reason, QLineEdit)
    reason.insert("Της τηλεφώνησα")
    _press(window, "Enter")
    until(lambda: bench.inbox.row(box.conversation_id or 0).state == "done")
    until(lambda: _shows(window, label.conversation_id))

    assert bench.run is not None
    left = [step.conversation_id for step in bench.run.left]
    assert parcel.conversation_id not in left
    assert box.conversation_id not in left
    assert promise.conversation_id in left

    _press(window, "Ctrl+1")  # back to what the day still holds
    assert window.page_id == "today"
    day = body.page.day
    assert day is not None
    now_fit = [(one.thing.noun, one.thing.id) for one in day.queue.fits]
    assert now_fit[0] == ("promise", promise.id)
    assert not {("conversation", parcel.id), ("conversation", box.id)} & set(now_fit)
    assert day.queue.used <= 25

    for row in list(bench.run.left):  # the rest by hand: the last of them leads back here
        if row.conversation_id is not None and row.noun == "conversation":
            window.go("inbox", row.conversation_id)
            break
    else:
        pytest.fail("nothing of the inbox was left")
    passed[0] += 15 * 60
    _press(window, "E")
    until(lambda: bench.inbox.row(row.id).state == "done")


@pytest.mark.slow
def test_after_the_last_one_today_is_shown_again(window: Window) -> None:
    bench, body = window.bench, _today(window)
    _press(window, "1")
    assert body.page.day is not None
    _press(window, "N")
    assert bench.run is not None
    for step in list(bench.run.left)[:-1]:
        bench.run.drop(step.noun, step.id)
    (last,) = bench.run.left
    window.go("inbox", last.conversation_id)
    _press(window, "S", "T")
    until(lambda: window.page_id == "today")
    assert bench.run is None


@pytest.mark.slow
def test_without_a_block_the_list_goes_on_as_ever(window: Window) -> None:
    bench = window.bench
    _today(window)
    window.go("inbox")
    page = window.page("inbox")
    assert isinstance(page, InboxPage)
    assert page.opened is not None
    here = page.opened.row.id
    _press(window, "E")
    until(lambda: bench.inbox.row(here).state == "done")
    until(lambda: page.opened is not None and page.opened.row.id != here)
    assert window.page_id == "inbox"
