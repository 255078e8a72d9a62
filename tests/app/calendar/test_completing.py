"""What a date that is being typed may become."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.calendar.completing import completions
from app.calendar.typed import Now, read_at

PRAGUE = ZoneInfo("Europe/Prague")
NOW = Now(int(datetime(2026, 12, 2, 10, tzinfo=PRAGUE).timestamp()), PRAGUE)


@pytest.mark.parametrize(("typed", "offered"), [
    ("tom", "tomorrow"), ("zit", "zítra"), ("SOBO", "sobota"), ("holnapu", "holnapután"), ("fostu", "föstudagur"),
    ("παρασ", "Παρασκευή"), ("v pondě", "v pondělí"), ("next bl", "next block"),
])  # fmt: skip
def test_the_last_word_is_completed_as_it_is_spelled(typed: str, offered: str) -> None:
    found = completions(typed, NOW)
    assert offered in found
    assert len(found) <= 5
    for line in found:
        meant = read_at(line, NOW)
        assert meant is not None
        assert meant.unread == ()


@pytest.mark.parametrize("typed", ["", "t", "mon 9", "12", "tomorrow", "xyzz", "friday "])
def test_nothing_is_offered_where_nothing_is_begun(typed: str) -> None:
    assert completions(typed, NOW) == []


def test_one_of_two_days_is_chosen_from_both() -> None:
    assert completions("next friday 14:00", NOW) == ["Fri 4 December, 14:00", "Fri 11 December, 14:00"]
    for line, day in zip(completions("next friday", NOW), ("2026-12-04", "2026-12-11"), strict=True):
        meant = read_at(line, NOW)
        assert meant is not None
        assert (str(meant.day), meant.other) == (day, None)
