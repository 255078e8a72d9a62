"""The first week from an empty file: 2,000 letters, the first reply before anything else, then six steps by keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from app.base.paths import Profile
from app.first_week import BLOCKS, LINE, STEPS, TARGETS, TEAMMATES, TEMPLATES, TRAITS
from app.inbox import start_line
from app.store.sqlite import scalar
from tests.app.first_week import mailbox
from tests.stories.hand import Hand
from tests.ui.opening import opened
from tests.ui.presses import press, send
from tests.ui.settling import until
from ui.dialogs.bring_in import BringIn
from ui.frame.files import READY
from ui.pages.firstweek.page import FirstweekPage
from ui.pages.today.page import TodayPage
from ui.pages.today.week import StepLine, WeekCard
from ui.shell.application import qt_application
from ui.shell.window import Window

LETTERS = 2_000
_FIELDS = {
    "address": mailbox.OWN, "name": "Marta", "imap_host": "127.0.0.1", "imap_port": "9", "imap_security": "none",
    "smtp_host": "127.0.0.1", "smtp_port": "9", "smtp_security": "none",
}  # fmt: skip


@pytest.fixture
def window(profile: Profile) -> Iterator[Window]:
    """A window over an empty file: it shows the welcome screen."""
    with opened(profile) as made:
        yield made
        qt_application(["rapport"]).setProperty(READY, None)


def _bring_in(window: Window, hand: Hand, path: Path) -> None:
    """Import a file from the welcome screen, by 3 and Ctrl+Enter in the dialog."""
    qt = QApplication.instance()
    assert qt is not None
    qt.setProperty(READY, str(path))
    timer = QTimer()

    def confirm() -> None:
        dialog: Any = QApplication.activeModalWidget()
        if isinstance(dialog, BringIn) and dialog.preview is None and not dialog._reading:
            dialog.preview_file(path)
        elif isinstance(dialog, BringIn) and dialog.preview is not None and dialog.go.isEnabled():
            assert mailbox.OWN in dialog.own.text()  # it found out whose mailbox this is
            timer.stop()
            dialog.go.click()

    timer.timeout.connect(confirm)
    timer.start(50)
    hand.keys("3")
    until(lambda: scalar(window.bench.store.read, "SELECT count(*) FROM message") == LETTERS)


def _card(window: Window) -> WeekCard:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    until(lambda: page.body is not None and page.day is not None)
    assert page.body is not None
    return page.body.week


def _page(window: Window) -> FirstweekPage:
    page = window.page("firstweek")
    assert isinstance(page, FirstweekPage)
    return page


def _focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _tab_to(hand: Hand, wanted: Callable[[QWidget], bool], most: int = 80) -> QWidget:
    """Press Tab until what is wanted has the focus."""
    for _ in range(most):
        if wanted(_focused()):
            return _focused()
        hand.keys("Tab")
    pytest.fail("Tab does not lead there")


def _step(window: Window, hand: Hand, step: str) -> FirstweekPage:
    """From Today, go to a step by F6, Tab and Enter."""
    hand.keys("Ctrl+1")
    card = _card(window)
    until(lambda: card.isVisible() and any(line.step.id == step for line in card.lines))
    until(lambda: _f6(hand, card))
    _tab_to(hand, lambda at: isinstance(at, StepLine) and at.step.id == step)
    hand.keys("Enter")
    page = _page(window)
    until(lambda: window.page_id == "firstweek" and page.made is not None and not page._wanted)
    return page


def _f6(hand: Hand, card: WeekCard) -> bool:
    if any(line.hasFocus() for line in card.lines):
        return True
    hand.keys("F6")
    return any(line.hasFocus() for line in card.lines)


def _take(window: Window, hand: Hand, step: str, many: int) -> None:
    """Tick the first so many proposals of a step with Space, and press its button with Enter."""
    page = _step(window, hand, step)
    section: Any = page.section(step)
    until(lambda: isinstance(_focused(), QCheckBox))
    for proposal in section.proposals[:many]:
        tick = proposal.tick
        _tab_to(hand, lambda at, tick=tick: at is tick)  # type: ignore[misc]
        hand.types(" ")  # a box is ticked when the key is let go
        send(window, press(Qt.Key.Key_Space, " ", kind=QEvent.Type.KeyRelease))
        assert tick.isChecked()
    _tab_to(hand, lambda at: at is section.button)
    hand.keys("Enter")
    until(lambda: page.made is not None and page.made.step(step).state == "done")


def _reply(window: Window, hand: Hand) -> None:
    """Answer the one who waits longest, from Today."""
    hand.keys("N")
    until(lambda: window.page_id == "inbox")
    hand.keys("R")
    inbox: Any = window.page("inbox")
    here = inbox.opened.row.id
    hand.rest(0.2)
    hand.types("Hello, it is on its way.")
    hand.keys("Ctrl+Enter")
    sent = f"SELECT count(*) FROM outbox WHERE conversation_id = {here}"
    until(lambda: scalar(window.bench.store.read, sent) == 1)


def _draw(window: Window, hand: Hand) -> None:
    """Draw the start line, take it back, and draw it again."""
    conn = window.bench.store.read
    page = _step(window, hand, LINE)
    assert page.made is not None
    offer = page.made.offer
    assert offer.closes > 1_000
    assert f"{offer.closes:,} older conversations are closed" in page.line.closes.text()
    _tab_to(hand, lambda at: at is page.line.button)
    hand.keys("Enter")
    until(lambda: _is(page, LINE, "done"))
    older = f"last_at < {offer.at} AND state IN ('needs_me', 'waiting')"
    assert scalar(conn, f"SELECT count(*) FROM conversation WHERE {older}") == offer.kept
    hand.keys("Z")
    until(lambda: start_line.drawn(window.bench.store.read) is None)
    until(lambda: _is(page, LINE, "open"))
    assert page.made.offer == offer
    _tab_to(hand, lambda at: at is page.line.button)
    hand.keys("Enter")
    until(lambda: _is(page, LINE, "done"))


def _is(page: FirstweekPage, step: str, state: str) -> bool:
    return page.made is not None and page.made.step(step).state == state


def _type(window: Window, hand: Hand) -> None:
    """Type working blocks, and a reply target."""
    _step(window, hand, BLOCKS)
    hand.types("Tue 17-19, Sat 10-12")
    hand.keys("Tab")
    until(lambda: len(window.bench.blocks.all()) == 2)
    page = _step(window, hand, TARGETS)
    hand.types("4 h")
    hand.keys("Tab")
    until(lambda: _is(page, TARGETS, "done"))


@pytest.mark.slow
def test_the_first_week_of_a_mailbox_with_2000_letters(window: Window, tmp_path: Path) -> None:
    bench, hand = window.bench, Hand(window)
    bench.settings.put("hold_seconds", 30)
    box = mailbox.write(tmp_path / "Marta.mbox", LETTERS, int(time.time()))
    assert not bench.first_week.is_shown()
    _bring_in(window, hand, box)
    bench.accounts.add("email", "Marta", _FIELDS, {"password": "lemon"})
    bench.accounts.pause(bench.accounts.named("Marta").id)

    hand.keys("Ctrl+1")  # the first reply comes before any step: nothing stands in the way
    card = _card(window)
    until(card.isVisible)
    assert [line.step.id for line in card.lines] == list(STEPS)
    _reply(window, hand)
    assert {step.state for step in bench.first_week.overview().steps} == {"open"}

    _draw(window, hand)
    _type(window, hand)
    _take(window, hand, TEAMMATES, 2)
    assert [mate.email for mate in bench.teammates.all()] == ["jon@sitrona.example", "petra@sitrona.example"]
    before, traits = len(bench.templates.all()), len(bench.voice.traits())
    _take(window, hand, TEMPLATES, 3)
    assert len(bench.templates.all()) == before + 3
    _take(window, hand, TRAITS, 2)
    assert len(bench.voice.traits()) == traits + 2

    hand.keys("Ctrl+1")  # all is settled: the list is gone, and the palette brings the page back
    until(lambda: not card.isVisible())
    assert not bench.first_week.is_shown()
    hand.keys("Ctrl+K")
    hand.types("first week")
    hand.rest(0.3)
    hand.keys("Enter")
    until(lambda: window.page_id == "firstweek")
