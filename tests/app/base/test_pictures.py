"""Pictures in words, and two readings of one message from before and after they were marked so."""

from __future__ import annotations

import pytest

from app.base.pictures import in_text, in_words, same_but_for_marks


@pytest.mark.parametrize(
    ("alt", "words"),
    [
        ("A lemon", "[Picture: A lemon]"), (" Þrjár\n flöskur ", "[Picture: Þrjár flöskur]"), ("", "[Picture]"),
        (None, "[Picture]"), ("x" * 5_000, f"[Picture: {'x' * 1_500}]"),
    ],
)  # fmt: skip
def test_what_a_picture_shows(alt: str | None, words: str) -> None:
    assert in_words(alt) == words


@pytest.mark.parametrize(
    ("alt", "words"),
    [("👍🏽", "👍🏽"), (":thumbs_up:", ":thumbs_up:"), ("...", "..."), ("Graph: +3", "[Picture: Graph: +3]")],
)
def test_an_emoji_is_one_of_the_words(alt: str, words: str) -> None:
    assert in_text(alt) == words


@pytest.mark.parametrize(
    ("new", "stored", "same"),
    [
        ("Look\n[Picture: a]", "Look\n[a]", True), ("Look\n[Picture: a]", "Look\n[b]", False), ("a", "a", True),
        ("Look", "Look\n[a]", False), ("[Picture: a]", "[Picture: a]", True), ("[Picture]", "[]", False),
        ("[a]", "[Picture: a]", False),
    ],
)  # fmt: skip
def test_older_readings(new: str, stored: str, *, same: bool) -> None:
    assert same_but_for_marks(new, stored) == same
