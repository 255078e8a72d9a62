"""Direction, eliding, initials and ages."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics, QFontMetricsF

from ui.look import fonts, text

NOON = int(datetime(2026, 11, 23, 17, 40).timestamp())  # noqa: DTZ001  the laptop's own zone


@pytest.mark.parametrize(
    ("words", "rtl"),
    [("דנה לוי", True), ("12 דנה", True), ("Dana דנה", False), ("...?", False), ("", False), ("مرحبا", True)],
)
def test_the_first_strong_letter_sets_the_direction(words: str, *, rtl: bool) -> None:
    assert text.is_rtl(words) is rtl


@given(st.text(max_size=60), st.integers(10, 300))
def test_elided_text_fits_and_is_a_beginning(words: str, width: int) -> None:
    metrics = QFontMetrics(fonts.font("body"))
    shown = text.elide(words, metrics, width)
    if shown != words:
        assert words.startswith(shown.removesuffix("…").rstrip())
        assert metrics.horizontalAdvance(shown) <= width or shown == "…"


@given(st.text(max_size=200), st.floats(-20, 300))
def test_fractions_of_a_pixel_do_as_well(words: str, width: float) -> None:
    metrics = QFontMetricsF(fonts.font("name"))
    shown = text.elide(words, metrics, width)
    if shown != words:
        assert words.startswith(shown.removesuffix("…").rstrip())
        assert metrics.horizontalAdvance(shown) <= width or shown == "…"


@pytest.mark.parametrize("words", ["n" * 10_000, "\u200b" * 10_000, "😀" * 10_000, "ש" * 1_000_000, " " * 10_000])
def test_a_line_without_end_is_cut(words: str) -> None:
    shown = text.elide(words, QFontMetrics(fonts.font("body")), 200)
    assert shown.endswith("…")
    assert len(shown) <= 2_001


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Guðrún Ásta Þórðardóttir", "GÞ"),
        ("Sítróna", "SÍ"),
        ("@eleni.kitchen", "EL"),
        ("", "?"),
        ("Kővári Tamás", "KT"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert text.initials(name) == letters


def test_an_avatar_keeps_its_colour() -> None:
    assert text.avatar_colour("P-17") == 0
    assert {text.avatar_colour(n) for n in range(60)} == set(range(6))


@pytest.mark.parametrize(
    ("past", "shown"),
    [
        (-50, "now"), (20, "now"), (48 * 60, "48 m"), (3 * 3600, "3 h"), (17 * 3600, "17 h"), (24 * 3600, "Yesterday"),
        (3 * 86400, "Fri"), (11 * 86400, "12 Nov"), (400 * 86400, "19 Oct 2025"),
    ],
)  # fmt: skip
def test_ages_are_as_short_as_a_list_wants_them(past: int, shown: str) -> None:
    assert text.age(NOON - past, NOON) == shown


def test_waiting_is_said_in_whole_units() -> None:
    assert [text.waits(NOON - s, NOON) for s in (5, 3000, 7300, 200_000)] == ["1 m", "50 m", "2 h", "2 d"]


def test_a_day_ahead_is_written_as_a_date() -> None:
    assert text.day(date(2026, 11, 27), date(2026, 11, 23)) == "27 Nov"


def test_plain_takes_out_lines_and_open_overrides() -> None:
    assert text.plain("two\n lines\u202e!") == "two lines!"
    assert text.isolate("@a") == "\u2068@a\u2069"
    assert text.isolate("") == ""


def test_numbers_are_grouped() -> None:
    assert text.number(1284) == "1,284"


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(3, "20:40"), (24, "tomorrow 17:40"), (3 * 24, "Thu 17:40"), (7 * 24, "30 Nov 17:40")],
)
def test_a_moment_to_come_is_named_by_its_hour(hours: int, shown: str) -> None:
    assert text.ahead(NOON + hours * 3600, NOON) == shown


def test_one_is_one() -> None:
    assert text.counted(1, "{count} file", "{count} files") == "1 file"
    assert text.counted(2, "{count} file", "{count} files") == "2 files"
    assert text.spoken_age(NOON - 3600, NOON) == "1 hour"
    assert text.spoken_age(NOON - 3 * 86400, NOON) == "3 days"


def test_long_words_can_be_broken_and_short_ones_stay() -> None:
    address = "a.very.long.address.of.somebody@an-even-longer-domain.example"
    broken = text.breakable(f"E-mail to Ann ({address})")
    assert broken.replace("\u200b", "") == f"E-mail to Ann ({address})"
    assert max(len(part) for part in broken.replace(" ", "\u200b").split("\u200b")) <= 18
    assert text.breakable("E-mail to Ann (ann@example.org)") == "E-mail to Ann (ann@example.org)"
