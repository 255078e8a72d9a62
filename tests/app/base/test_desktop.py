"""Notices over D-Bus, to a played server on a bus of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from app.base import desktop
from tests.servers.notices import NoticeServer, bus
from tests.waiting import wait_until

needs_bus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None or not desktop.speaks_dbus(), reason="there is no dbus-daemon here"
)


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with bus(tmp_path) as found:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", found)
        yield found


@needs_bus
def test_a_notice_arrives_as_the_specification_has_it(address: str) -> None:
    server = NoticeServer(address)
    try:
        assert desktop.can_notify()
        assert desktop.notify("12 wait, 2 promised for today", "Your block lasts until <19:00>")
        ((program, replaces, icon, summary, body, actions, hints, timeout),) = server.shown
        assert (program, replaces, icon, actions, timeout) == ("Rapport", 0, "rapport", [], -1)
        assert (summary, body) == ("12 wait, 2 promised for today", "Your block lasts until &lt;19:00&gt;")
        assert hints["suppress-sound"] == ("b", True)
    finally:
        server.stop()


@needs_bus
def test_a_click_is_told_once_and_that_on_another_notice_is_not(address: str) -> None:
    server, opened = NoticeServer(address), Event()
    try:
        assert desktop.notify("12 wait", "", "Open Today", opened.set)
        assert server.shown[0][5] == ["default", "Open Today"]
        server.click(7)
        assert not opened.wait(0.3)
        server.click()
        assert opened.wait(5)
        wait_until(lambda: not _listening())
    finally:
        server.stop()


@needs_bus
def test_nobody_listens_for_a_notice_that_was_dismissed(address: str) -> None:
    server, opened = NoticeServer(address), Event()
    try:
        assert desktop.notify("12 wait", "", "Open Today", opened.set)
        assert _listening()
        server.close()
        wait_until(lambda: not _listening())
        assert not opened.is_set()
    finally:
        server.stop()


def _listening() -> bool:
    return any(thread.name == "notice" for thread in threading.enumerate())


@needs_bus
def test_a_bus_on_which_nobody_shows_notices(address: str) -> None:
    assert address
    assert not desktop.can_notify()
    assert not desktop.notify("12 wait", "")
    assert not desktop.notify("12 wait", "", "Open Today", print)


@pytest.mark.parametrize("where", ["unix:path=/nonexistent/bus", "nonsense", None])
def test_without_a_bus_nothing_happens(where: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if where is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", where)
    assert not desktop.can_notify()
    assert not desktop.notify("12 wait", "")
