"""A backup that was brought back stands still, says so over every page, and goes on only after a second word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.base.paths import Profile
from app.safety import standstill
from app.voice import Draft
from app.workbench import Workbench
from tests.ui.settling import until
from ui.shell.application import Application
from ui.shell.strips.standstill import StandstillStrip
from ui.shell.window import Window


@pytest.fixture
def brought_back(demo_profile: Profile, qt: QApplication) -> Iterator[Window]:
    """A window over a file that stands still, with one reply that waits and nothing else."""
    bench = Workbench(demo_profile)
    for entry in bench.outbox.entries():
        bench.outbox.discard(entry.id)
    talk = bench.inbox.next_needing()
    assert talk is not None
    bench.outbox.submit(bench.voice.clear(Draft("Takk fyrir!", "is")), talk)
    with bench.store.write() as conn:
        standstill.mark(conn)
    bench.close()
    made = Application(demo_profile)
    window = made.start()
    until(lambda: window.strips.standstill is not None)
    yield window
    made.close()
    qt.processEvents()


def _strip(window: Window) -> StandstillStrip:
    strip = window.strips.standstill
    assert isinstance(strip, StandstillStrip)
    return strip


@pytest.mark.slow
def test_it_is_said_over_every_page(brought_back: Window) -> None:
    strip = _strip(brought_back)
    assert strip.accessibleName() == "This file is a restored backup"
    assert "Nothing is sent or fetched until you say so" in strip.line.text()
    for page in ("members", "accounts", "inbox"):
        brought_back.go(page)
        QApplication.processEvents()
        assert strip.isVisible()
        assert strip.geometry().bottom() < brought_back.stack.geometry().top() + 1


def test_the_first_press_only_asks(brought_back: Window) -> None:
    strip = _strip(brought_back)
    strip.go.click()
    assert brought_back.bench.standstill
    assert "1 message in the outbox is looked for before it's sent" in strip.line.text()
    assert "isn't sent again" in strip.line.text()
    strip.wait.click()
    assert strip.go.isVisible()
    assert not strip.sure.isVisible()
    assert brought_back.bench.standstill


def test_what_was_written_since_is_told_apart(brought_back: Window) -> None:
    bench = brought_back.bench
    talk = bench.inbox.next_needing()
    assert talk is not None
    bench.outbox.submit(bench.voice.clear(Draft("Written on hold.", "en"), reason="test"), talk)
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET created_at = created_at + 2 WHERE id = (SELECT max(id) FROM outbox)")
    strip = _strip(brought_back)
    strip.go.click()
    assert "it's sent, 1 message that you wrote meanwhile will be sent." in strip.line.text()


@pytest.mark.slow
def test_the_second_press_lets_it_go_on(brought_back: Window) -> None:
    strip = _strip(brought_back)
    strip.go.click()
    strip.sure.click()
    until(lambda: brought_back.strips.standstill is None)
    assert not brought_back.bench.standstill
    until(lambda: brought_back.bench.outbox.entries() == [])


def test_one_may_look_into_the_outbox_first(brought_back: Window) -> None:
    _strip(brought_back).look.click()
    assert brought_back.page_id == "outbox"
    assert brought_back.bench.standstill


@pytest.mark.slow
def test_a_word_from_elsewhere_takes_it_away_too(brought_back: Window) -> None:
    brought_back.bench.standstill.release()
    until(lambda: brought_back.strips.standstill is None)


def test_it_fits_a_narrow_window(brought_back: Window) -> None:
    brought_back.resize(480, 600)
    strip = _strip(brought_back)
    strip.go.click()
    QApplication.processEvents()
    for button in (strip.look, strip.sure, strip.wait):
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(strip, button.rect().topRight()).x() < strip.width()


def test_an_ordinary_file_shows_no_strip(window: Window) -> None:
    QApplication.processEvents()
    assert window.strips.standstill is None
