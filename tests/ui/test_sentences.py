"""What the window looks up in the catalogue of sentences was gathered: no table of words was forgotten."""

from __future__ import annotations

import pytest
import sentences

from app.base import words
from tests.test_sentences import Seen
from tests.ui.settling import settle
from ui.frame.registry import pages
from ui.shell.window import Window


@pytest.mark.slow
def test_every_sentence_that_a_page_looks_up_was_gathered(demo: Window) -> None:
    seen = Seen()
    words.use(seen)
    try:
        for entry in pages():
            demo.go(entry.id)
            settle()
            demo.run("keysheet")
            settle()
            demo.run("back")
        demo.run("palette")
        settle()
    finally:
        words.use(None)
    assert len(seen.asked) > 150
    assert seen.asked - sentences.known() == set()
