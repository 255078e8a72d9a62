"""The pages as they are known before they are loaded."""

from __future__ import annotations

import pytest

from ui.frame.page import Page
from ui.frame.registry import Entry, page_class, pages


@pytest.mark.parametrize("entry", pages(), ids=lambda entry: entry.id)
def test_a_page_is_asked_for_its_count_where_it_has_one(entry: Entry) -> None:
    own = page_class(entry).count.__func__ is not Page.count.__func__  # type: ignore[attr-defined]
    assert entry.counts is own
