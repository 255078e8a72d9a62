"""Recall, near misses and false alarms of word forms, for each language by its test set in `words/`."""

from __future__ import annotations

import pytest

from tests.app.wordforms.figures import LANGUAGES, measured, terms


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_found_and_ordinary_words_are_not(language: str) -> None:
    known, figures = terms(language), measured(language)
    assert len(known) >= 30
    assert figures.forms >= 120
    assert figures.near >= 60
    assert figures.tokens >= 5_000
    assert sum(" " in term.words for term in known) >= 2
    assert figures.recall >= 0.95, figures.missed
    assert figures.near_stopped <= 0.05, figures.stopped
    assert figures.alarms_in_thousand <= 1, figures.alarms
