"""The language of a short text, in our five and beyond, and of what is no language at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import language


@pytest.mark.skipif(not language.RECOGNIZES, reason="pycld2 has no package for this Python")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Pakkinn minn kom í dag og tvær flöskur voru brotnar, hvað geri ég nú?", "is"),
        ("Megérkezett a csomagom, de két üveg összetört benne. Mit tegyek?", "hu"),
        ("Balíček dnes dorazil, ale dvě lahve byly rozbité. Co mám dělat?", "cs"),
        ("Το δέμα ήρθε σήμερα αλλά δύο μπουκάλια ήταν σπασμένα. Τι να κάνω;", "el"),
        ("My parcel came today but two bottles were broken. What shall I do?", "en"),
        ("החבילה הגיעה היום אבל שני בקבוקים נשברו בדרך", "he"),
        ("Dnes prišiel balík, ale dve fľaše boli rozbité a stôl bol mokrý", "sk"),
    ],
)
def test_a_sentence_is_told_apart(text: str, code: str) -> None:
    assert language.of(text) == code


@pytest.mark.parametrize("text", ["", "Jó!", "👍👍👍", "12345 67890 12345", "https://", "…" * 40, "\x00" * 40])
def test_too_little_is_not_guessed_at(text: str) -> None:
    assert language.of(text) == ""


@given(st.text(st.characters(exclude_categories=[]), max_size=500))
def test_any_text_has_a_two_letter_code_or_none(text: str) -> None:
    assert len(language.of(text)) in (0, 2, 3)
