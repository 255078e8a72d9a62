"""Short texts from files: what is read, and what is said of a file that is too long, or no text."""

from __future__ import annotations

import io

import pytest

from app.base.errors import UserError
from app.base.short_texts import MOST_BYTES, read


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", ""), ("\ufeffÞökk\r\nfyrir".encode(), "Þökk\nfyrir"), (b"x" * MOST_BYTES, "x" * MOST_BYTES)],
)
def test_a_text_is_read_with_plain_lines(content: bytes, text: str) -> None:
    assert read(io.BytesIO(content), "a.md") == text


def test_a_long_text_is_too_long_even_where_the_limit_cuts_a_letter() -> None:
    with pytest.raises(UserError, match=r"a\.md is too long"):
        read(io.BytesIO("þ".encode() * MOST_BYTES), "a.md")


def test_what_is_no_text_is_said() -> None:
    with pytest.raises(UserError, match="isn't UTF-8 text"):
        read(io.BytesIO(b"\xff\xfe\x00"), "a.md")
