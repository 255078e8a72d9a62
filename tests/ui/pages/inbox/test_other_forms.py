"""The inbox search shows what was typed at once, and other forms of it after a pause; a thread loads them."""

from __future__ import annotations

from tests.ui.settling import until
from tests.ui.talking import inbox
from ui.pages.inbox.page import InboxPage
from ui.shell.window import Window


def test_other_forms_come_after_a_pause(demo: Window) -> None:
    page = inbox(demo)
    plain = demo.bench.search.understand("láhev")
    before = len(demo.bench.search.messages(plain, limit=500))
    assert not demo.bench.search.other_forms.is_ready  # nothing is loaded before somebody searches
    page.list.search.field.setText("láhev")
    until(lambda: page.list.searching.asked is not None)
    assert page.list.searching.asked.words == plain.words
    until(lambda: page.list.searching.asked.words != plain.words)
    wider = page.list.searching.asked
    assert "lahve" in {one.text for word in wider.words for one in word.spellings}
    assert len(demo.bench.search.messages(wider, limit=500)) > before


def test_any_form_finds_the_others_and_what_is_typed_meanwhile_holds(demo: Window) -> None:
    page = inbox(demo)
    field, searching = page.list.search.field, page.list.searching
    field.setText("lahvemi")
    until(lambda: searching.asked is not None and "lahev" in _spelled(page))
    field.setText("flösku")
    until(lambda: searching.asked is not None and "flaska" in _spelled(page))
    assert "lahev" not in _spelled(page)
    field.setText("")
    until(searching.settled)
    assert searching.asked is None


def _spelled(page: InboxPage) -> set[str]:
    asked = page.list.searching.asked
    return {one.text for word in asked.words for one in word.spellings} if asked else set()
