"""Answers for programs and for people."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.output import ago, document, one_line, plain, table, width

TEXT = st.text(st.characters(codec="utf-8"))


@given(TEXT)
def test_a_document_reads_back_as_it_was_and_holds_nothing_a_terminal_obeys(text: str) -> None:
    made = document({"text": text})
    assert json.loads(made) == {"text": text}
    assert made.splitlines()[1].strip().startswith('"text"')
    assert not set(made) & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))}


@given(TEXT)
def test_plain_text_cannot_move_the_cursor_or_turn_the_line(text: str) -> None:
    assert not set(plain(text)) & {"\x1b", "\x9b", "\r", "\x08", "\u202e", "\u2066"}


def test_scripts_stay_readable_in_json() -> None:
    assert "Žofie Þórðardóttir Ιωάννα" in document({"name": "Žofie Þórðardóttir Ιωάννα"})


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("žofie", 5), ("e\u0301", 1), ("日本", 4), ("שלום", 4)])
def test_columns_are_counted_as_a_terminal_shows_them(text: str, columns: int) -> None:
    assert width(text) == columns


def test_columns_line_up_whatever_the_script() -> None:
    lines = table([("日本", "a", "x"), ("Ελένη", "", "y")])
    assert [width(line[: line.index(end)]) for line, end in zip(lines, "xy", strict=True)] == [10, 10]


def test_a_column_that_is_empty_throughout_falls_away() -> None:
    assert table([("a", "", "b"), ("cc", "", "d")]) == ["a   b", "cc  d"]


@given(TEXT, st.integers(2, 30))
def test_a_line_is_cut_to_its_columns(text: str, most: int) -> None:
    assert width(one_line(text, most)) <= most


@pytest.mark.parametrize(("seconds", "said"), [(59, "0 min"), (7_199, "119 min"), (7_200, "2 h"), (172_800, "2 d")])
def test_how_long_ago_has_one_unit(seconds: int, said: str) -> None:
    assert ago(1_000_000 - seconds, 1_000_000) == said
