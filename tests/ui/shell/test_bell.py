"""The working block in the rail's foot, its end, and parking what is left."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import time
from pathlib import Path

import pytest

from app.base import clock, desktop
from app.base.dates import WEEKDAYS
from app.inbox import Query
from tests.servers.notices import NoticeServer, bus
from tests.ui.parts import toast
from tests.ui.settling import until
from ui.pages.settings.page import SettingsPage
from ui.shell.bell import Bell, follow
from ui.shell.window import Window

DAY = 86_400


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the clock to so many minutes after noon of tomorrow."""
    base = clock.on_day(1, time(12), clock.local(clock.now()))

    def at(minutes: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: base + minutes * 60)

    at(0)
    return at


@pytest.fixture
def bell(demo: Window, noon: Callable[[int], None]) -> Bell:
    """With a block from 12 to 13 of that day, and another in three days."""
    assert noon is not None
    today = clock.local(clock.now()).weekday()
    demo.bench.settings.put("answer_hours", 720)
    demo.bench.blocks.put(f"{WEEKDAYS[today]} 12-13, {WEEKDAYS[(today + 3) % 7]} 10-11")
    return follow(demo)


def test_the_rail_says_how_much_of_the_block_is_left(bell: Bell, noon: Callable[[int], None]) -> None:
    assert (bell.line.words, bell.line.isHidden()) == ("60 of 60 min left", False)
    noon(48)
    bell.look()
    assert bell.line.words == "12 of 60 min left"
    assert bell.line.toolTip() == "Your block lasts until 13:00"
    noon(60)
    bell.look()
    assert bell.line.isHidden()


def test_its_end_is_said_once_and_b_parks_the_rest(
    demo: Window, bell: Bell, noon: Callable[[int], None], pressed: Callable[..., None]
) -> None:
    demo.go("inbox")
    waiting = demo.bench.inbox.counts()["needs_me"]
    noon(60)
    bell.look()
    words = toast(demo)._words.text()
    assert words.startswith("The block is over. B parks the rest until ")
    assert "10:00" in words
    toast(demo).hide()
    bell.look()
    assert not toast(demo).isVisible()
    pressed("b")
    until(lambda: "parked until" in toast(demo)._words.text().lower())
    left = demo.bench.inbox.counts()["needs_me"]
    assert left < waiting
    parked = demo.bench.inbox.refs(Query("snoozed"), 500)
    assert clock.on_day(3, time(10), clock.local(clock.now())) in {
        demo.bench.inbox.row(ref.id).snoozed_until for ref in parked
    }
    pressed("z")
    until(lambda: demo.bench.inbox.counts()["needs_me"] == waiting)


def test_an_end_that_was_slept_through_is_not_told(demo: Window, bell: Bell, noon: Callable[[int], None]) -> None:
    noon(60 + 11)
    bell.look()
    assert bell.line.isHidden()
    assert demo._toast is None or not toast(demo)._words.text().startswith("The block is over")


def test_without_blocks_of_ones_own_no_bell_rings(demo: Window, bell: Bell, noon: Callable[[int], None]) -> None:
    demo.bench.blocks.put("")
    noon(10)
    bell.look()
    assert bell.line.isHidden()


def test_the_line_gets_narrow_with_the_rail(demo: Window, bell: Bell) -> None:
    wide = bell.line.sizeHint().height()
    demo.resize(700, 600)
    until(lambda: demo.rail.narrow)
    assert bell.line.sizeHint().height() < wide
    assert bell.line.accessibleName() == bell.line.words


def test_with_nothing_that_can_be_parked_that_is_said(demo: Window, bell: Bell) -> None:
    assert bell is not None
    demo.run("park")
    assert demo.bench.store.last_action is not None
    last = demo.bench.store.last_action
    demo.run("park")
    assert "parked" in toast(demo)._words.text()
    assert toast(demo)._words.text().startswith("Nothing waits that c")
    assert demo.bench.store.last_action == last


@pytest.fixture
def notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NoticeServer]:
    """A played server of notices on a bus of its own."""
    if shutil.which("dbus-daemon") is None or not desktop.speaks_dbus():
        pytest.skip("there is no dbus-daemon here")
    with bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        server = NoticeServer(address)
        yield server
        server.stop()


def settled(demo: Window) -> None:
    """What was given to the workers by now is done."""
    for _ in range(2):
        assert demo.bench.jobs.submit(lambda _job: None, key="last").wait(10)


@pytest.mark.slow
def test_the_start_of_a_block_is_told_by_one_notice(
    demo: Window, bell: Bell, noon: Callable[[int], None], notices: NoticeServer
) -> None:
    demo.bench.settings.put("block_notice", value=True)
    noon(70)
    bell.look()
    noon(7 * 24 * 60)
    bell.look()
    bell.look()
    until(lambda: notices.shown)
    waiting = demo.bench.inbox.counts()["needs_me"]
    noon(7 * 24 * 60 + 5)
    bell.look()
    settled(demo)
    ((*_, summary, body, _actions, _hints, _timeout),) = notices.shown
    assert summary.startswith(f"{waiting} wait")
    assert body == "Your block lasts until 13:00"


@pytest.mark.slow
@pytest.mark.parametrize(("wanted", "seen", "begun"), [(False, 70, 0), (True, None, 0), (True, 70, 30)])
def test_no_notice_unless_it_is_wanted_and_the_block_was_seen_to_begin(
    demo: Window, bell: Bell, noon: Callable[[int], None], notices: NoticeServer,
    *, wanted: bool, seen: int | None, begun: int,
) -> None:  # fmt: skip
    demo.bench.settings.put("block_notice", value=wanted)
    if seen is not None:
        noon(seen)
        bell.look()
        noon(7 * 24 * 60 + begun)
    bell.look()
    settled(demo)
    assert notices.shown == []


@pytest.mark.slow
def test_the_settings_say_whether_anybody_shows_notices(
    demo: Window, notices: NoticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.go("settings")
    page = demo.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.notices.text() == ""
    notices.stop()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    page.activate()
    assert "no notification service" in page.notices.text()


@pytest.mark.slow
def test_a_click_on_the_notice_opens_today_also_from_the_tray(
    demo: Window, bell: Bell, noon: Callable[[int], None], notices: NoticeServer
) -> None:
    demo.bench.settings.put("block_notice", value=True)
    demo.go("settings")
    noon(70)
    bell.look()
    noon(7 * 24 * 60)
    bell.look()
    until(lambda: notices.shown)
    demo.hide()
    notices.click()
    until(lambda: demo.isVisible() and demo.page_id == "today")
