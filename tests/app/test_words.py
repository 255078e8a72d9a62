from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.base import text

TYPED = st.text(alphabet=st.sampled_from("aÁbß ςΣþæİ\u0301\u00ad\u200b\t\u2028½´-_'x1"), max_size=80)


@given(st.one_of(TYPED, st.text(max_size=120)))
def test_words_are_the_same_whether_folded_whole_or_piece_by_piece(typed: str) -> None:
    assert text.words(typed) == text._WORD.findall(text.fold(typed))
