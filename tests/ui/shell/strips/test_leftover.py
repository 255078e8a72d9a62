"""After a sudden end: what was held is said at the next start, with when it goes, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.base import clock
from app.base.paths import Profile
from app.voice import Draft
from app.workbench import Workbench
from tests.stories.hand import Hand
from tests.ui.parts import left_over
from ui.shell.application import Application
from ui.shell.strips.leftover import LeftOverStrip
from ui.shell.window import Window


@pytest.fixture
def talk(demo_profile: Profile) -> int:
    """A conversation with a reply that was written a moment before the end."""
    bench = Workbench(demo_profile)
    number = bench.inbox.next_needing()
    assert number is not None
    bench.outbox.submit(bench.voice.clear(Draft("Takk fyrir!", "is")), number)
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET created_at = created_at - 5 WHERE conversation_id = ?", (number,))
    bench.close()
    return number


@pytest.fixture
def window(profile: Profile, talk: int, qt: QApplication) -> Iterator[Window]:
    assert talk
    made = Application(profile)
    yield made.start()
    made.close()
    qt.processEvents()


def _strip(window: Window) -> LeftOverStrip:
    Hand.until(lambda: window.strips.left_over is not None and left_over(window).strip is not None)
    strip = left_over(window).strip
    assert isinstance(strip, LeftOverStrip)
    return strip


@pytest.mark.slow
def test_it_is_said_and_there_is_time_to_take_it_back(window: Window, talk: int) -> None:
    strip = _strip(window)
    assert strip.title.text() == "Rapport closed before 1 reply was sent."
    (entry,) = window.bench.outbox.entries(("held",), talk)
    Hand.until(lambda: window.bench.outbox.get(entry.id).held_until >= clock.now() + 8)
    strip.buttons[0].click()
    assert left_over(window).strip is None
    assert window.bench.outbox.entries(conversation_id=talk) == []
    assert window.bench.inbox.open(talk).draft == "Takk fyrir!"


@pytest.mark.slow
def test_it_goes_when_the_person_says_so_and_the_strip_with_it(window: Window, talk: int) -> None:
    _strip(window).buttons[1].click()
    Hand.until(lambda: not window.bench.outbox.entries(conversation_id=talk))
    assert left_over(window).strip is None
    assert window.bench.inbox.open(talk).lines[-1].text.startswith("Takk fyrir!")


@pytest.mark.slow
def test_what_goes_later_and_what_one_posts_oneself_is_not_meant(window: Window, talk: int) -> None:
    strip = _strip(window)
    assert len(window.bench.outbox.entries(("held", "queued"))) >= 3
    assert "1 reply" in strip.title.text()
    window.bench.outbox.undo_send(window.bench.outbox.entries(("held",), talk)[0].id)
    left_over(window).look()
    assert left_over(window).strip is None
