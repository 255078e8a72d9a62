"""How much of what is private is left out, and how much that is not, by a table of sentences in each language."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.private import redacted

TABLES = sorted(Path(__file__).with_name("private").glob("*.toml"))
RECALL, FALSE = 0.95, 0.02
"""The least share of private words that is left out, and the largest of ordinary sentences that is changed."""


def test_there_is_a_table_for_each_language() -> None:
    assert [one.stem for one in TABLES] == ["cs", "el", "en", "hu", "is"]


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.stem)
def test_private_words_are_left_out_and_ordinary_ones_stay(table: Path) -> None:
    cases = tomllib.loads(table.read_text("utf-8"))
    missed = [said for said, private in cases["private"] if private in redacted(said)]
    changed = [said for said in cases["plain"] if redacted(said) != said]
    assert len(missed) <= (1 - RECALL) * len(cases["private"]), missed
    assert len(changed) <= FALSE * len(cases["plain"]), changed
