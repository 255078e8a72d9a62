"""The line of figures under a member's name."""

from __future__ import annotations

import pytest

from app.members.figures import Figures, line

NOW = 1_795_000_000
DAY = 86_400


def told(**more: object) -> str:
    known: dict[str, object] = {
        "first_at": NOW - 1100 * DAY, "messages": 41, "helped": 7, "gifts": (("mug", 1, 2025),), "promises": 1,
        "last_at": NOW - 12 * DAY - 5,
    }  # fmt: skip
    return line(Figures(**{**known, **more}), NOW)  # type: ignore[arg-type]


def test_it_says_all_of_it_in_one_line() -> None:
    said = "3 yrs · 41 messages · helped 7 others · 1 mug (2025) · 1 open promise · last 12 days ago"
    assert told() == said


def test_what_is_nought_is_left_out() -> None:
    assert told(helped=0, gifts=(), promises=0) == "3 yrs · 41 messages · last 12 days ago"
    assert told(first_at=None, last_at=None, messages=0, helped=0, gifts=(), promises=0) == "has not written yet"


@pytest.mark.parametrize(
    ("gifts", "words"),
    [((("mug", 1, 2024), ("book", 1, 2026)), "2 gifts (2024–2026)"), ((("mug", 2, 2025),), "2 gifts (2025)"),
     ((("mug", 1, 2025), ("mug", 1, 2025)), "2 gifts (2025)")],
)  # fmt: skip
def test_several_gifts_are_counted(gifts: tuple[tuple[str, int, int], ...], words: str) -> None:
    assert words in told(gifts=gifts)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "new today"), (1, "1 day"), (29, "29 days"), (30, "1 month"), (364, "12 months"), (365, "1 yr")],
)
def test_how_long_somebody_is_known(days: int, words: str) -> None:
    assert told(first_at=NOW - days * DAY - 60).split(" · ")[0] == words


def test_singulars_and_today() -> None:
    said = told(messages=1, helped=1, promises=2, last_at=NOW - 30)
    assert "1 message · helped 1 other" in said
    assert "2 open promises · last today" in said
