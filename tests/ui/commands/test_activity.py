"""Seconds in which keys and pointer were in use, long pauses left out."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from ui.commands.activity import IDLE_SECONDS, Activity


class Clock:
    """A clock that is set."""

    at = 100.0

    def __call__(self) -> float:
        return self.at


def test_a_short_pause_counts_whole_and_of_a_long_one_its_first_minute() -> None:
    clock = Clock()
    activity = Activity(clock)
    begin = activity.seconds()
    clock.at += 20
    activity.note(QEvent.Type.KeyPress)
    assert activity.seconds() - begin == 20
    clock.at += 3_600
    assert activity.seconds() - begin == 20 + IDLE_SECONDS
    activity.note(QEvent.Type.MouseMove)
    clock.at += 5
    assert activity.seconds() - begin == 20 + IDLE_SECONDS + 5


def test_what_the_window_does_by_itself_is_no_activity() -> None:
    clock = Clock()
    activity = Activity(clock)
    for _ in range(10):
        clock.at += IDLE_SECONDS
        activity.note(QEvent.Type.Paint)
    assert activity.seconds() == IDLE_SECONDS
