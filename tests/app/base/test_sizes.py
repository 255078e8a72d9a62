"""Sizes in words."""

from __future__ import annotations

import pytest

from app.base.sizes import in_words


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 byte"), (999, "999 bytes"), (76_804, "77 kB"), (1_260_000, "1.3 MB")]
)
def test_sizes_as_a_person_reads_them(size: int, words: str) -> None:
    assert in_words(size) == words
