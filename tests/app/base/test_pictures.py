"""Pictures in words, and two readings of one message from before and after they were marked so."""

from __future__ import annotations

import pytest

from app.base.pictures import in_text, in_words, may_be, same_but_for_marks, without_files
from app.inbox.rows import AttachedFile


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


@pytest.mark.parametrize(
    ("text", "most", "bare"),
    [
        ("Look\n[a.png]", 1, "Look"), ("Look\n[a.png]\n[b.pdf]", 2, "Look"), ("[a.png]", 1, "[a.png]"),
        ("Look\n[a.png]\n[b.pdf]", 1, "Look\n[a.png]"), ("Look\n[sic]", 0, "Look\n[sic]"),
        ("Look\n\n[Picture: https://a.example/b.png]", 1, "Look"), ("Look [a.png]", 1, "Look [a.png]"),
        ("Look\n[a.png] there", 1, "Look\n[a.png] there"),
    ],
)  # fmt: skip
def test_our_words_without_the_files_below_them(text: str, most: int, bare: str) -> None:
    assert without_files(text, most) == bare


def test_a_file_is_looked_into_for_its_type_or_its_name() -> None:
    assert may_be("x", "image/png")
    assert may_be("Φωτο.JPG", "application/octet-stream")
    assert not may_be("jpg", "application/octet-stream")
    assert not may_be("x.pdf", "application/pdf")


def test_only_what_is_in_our_file_can_be_a_picture_to_show() -> None:
    file = AttachedFile(1, "a.png", 3, "image/png")
    assert file.may_be_picture
    assert not file._replace(is_here=False).may_be_picture
