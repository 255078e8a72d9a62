"""Which signs are emoji."""

from __future__ import annotations

import pytest

from app.base.emoji import is_emoji


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("❤️", True), ("❤", True), ("🇬🇷", True), ("1️⃣", True), ("\U0001faff", True), ("x", False), ("1", False),
        ("", False), ("❤️👍", False), ("👍 ", False),
    ],
)  # fmt: skip
def test_an_emoji_is_one_and_alone(text: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_emoji(text) is is_one
