"""The palette's matching: accents, case and the Greek script do not count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.commands.table import COMMANDS
from ui.commands.matching import match
from ui.palette.found import commands_for


@pytest.mark.parametrize(
    ("question", "words", "bold"),
    [
        ("ελενη", "Μαρία-Ελένη Κωστή", "Ελένη"),
        ("ελενη", "Lemonade for Eleni’s name day", "Eleni"),
        ("eleni", "Ελένη Παπαδοπούλου", "Ελένη"),
        ("thord", "Guðrún Ásta Þórðardóttir", "Þórð"),
        ("zofie", "Žofie Dvořáková", "Žofie"),
        ("HAND", "Hand off", "Hand"),
    ],
)
def test_found_without_accents_and_marked_where_it_stands(question: str, words: str, bold: str) -> None:
    found = match(question, words)
    assert found is not None
    start, length = found.spans[0]
    assert words[start : start + length] == bold


def test_all_words_have_to_be_there() -> None:
    assert match("gift log", "Log a gift") is not None
    assert match("gift lag", "Log a gift") is None


def test_a_words_beginning_comes_before_its_middle() -> None:
    inside, front = match("end", "Send"), match("end", "End of day")
    assert inside is not None
    assert front is not None
    assert front.rank < inside.rank


@given(st.text(max_size=20), st.text(max_size=40))
def test_marks_stay_inside_the_text(question: str, words: str) -> None:
    found = match(question, words)
    assert found is None or all(0 <= start < start + length <= len(words) for start, length in found.spans)


def test_commands_answer_the_best_first() -> None:
    assert commands_for("snoo", COMMANDS)[0].command == "snooze"
    assert commands_for("done", COMMANDS)[0].command == "done"
    assert not any(row.command == "next" for row in commands_for("", COMMANDS))
