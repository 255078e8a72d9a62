"""What the window looks up in the catalogue of sentences was gathered: no table of words was forgotten."""

from __future__ import annotations

import pytest
import sentences

from app.base import words
from app.commands.table import COMMANDS
from tests.test_sentences import Marking, Seen
from tests.ui.settling import settle
from ui.frame.registry import pages
from ui.palette.found import as_row
from ui.shell.window import Window
from ui.widgets.buttons import CommandButton
from ui.widgets.columns import TableHead


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


@pytest.mark.slow
def test_titles_in_tables_are_looked_up_where_they_are_shown(demo: Window) -> None:
    """Of commands, pages, columns and channels: `N_` only marks them."""
    words.use(Marking())
    try:
        names = []
        for entry in pages():
            if entry.id in ("today", "inbox"):
                continue  # were made before
            demo.go(entry.id)
            settle()
            page = demo.page(entry.id)
            assert page is not None
            names.append(page.accessibleName())
            names += [text for one in page.findChildren(CommandButton) for text in (one.text(), one.toolTip())]
            names += [
                one.accessibleDescription() for one in page.findChildren(TableHead) if one.accessibleDescription()
            ]
        names += [title for command in COMMANDS for title in (as_row(command).title, as_row(command).aside) if title]
    finally:
        words.use(None)
    assert len(names) > 100
    assert [name for name in names if name and not name.startswith(Marking.SIGN)] == []
