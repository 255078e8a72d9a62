"""Forms of a name that were put right by hand: as typed, as kept, and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.corrected_forms import CASES, Asked, packed, read, tidy
from app.base.errors import UserError


@pytest.mark.parametrize(
    ("typed", "language", "kept"),
    [
        ("cs vocative: Honzo", "", "cs vocative: Honzo"),
        ("Czech vocative:  Honzo ", "", "cs vocative: Honzo"),
        ("vocative = Honzo", "cs", "cs vocative: Honzo"),
        ("is dative: Jóni; cs vocative: Jóne", "", "cs vocative: Jóne; is dative: Jóni"),
        ("is dative: Jóni\nis genitive: Jóns", "", "is dative: Jóni; is genitive: Jóns"),
        ("cs vocative of the whole name: pane Nováku", "", "cs vocative of the whole name: pane Nováku"),
        ("vocative (whole name): κύριε Παπαδόπουλε", "el", "el vocative of the whole name: κύριε Παπαδόπουλε"),
        ("", "cs", ""),
        (" ; ", "cs", ""),
    ],
)
def test_what_is_typed_is_kept_in_one_form(typed: str, language: str, kept: str) -> None:
    assert tidy(typed, language) == kept
    assert tidy(kept) == kept


@pytest.mark.parametrize(
    "typed", ["Honzo", "vocative: Honzo", "cs nominative: Honza", "cs vocative:", "xx vocative: Honzo",
              "cs vocative: {{x}}", "cs vocative: " + "o" * 61],
)  # fmt: skip
def test_what_is_no_form_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(UserError, match=r"isn't a form of a name\. Write the language, the case and the form"):
        tidy(typed)


@given(
    st.dictionaries(
        st.builds(Asked, st.sampled_from(["is", "hu", "cs", "el", "en"]), st.sampled_from(CASES), st.booleans()),
        st.text(st.characters(categories=["L"]), min_size=1, max_size=20),
    )
)
def test_what_is_kept_is_read_again(forms: dict[Asked, str]) -> None:
    assert read(packed(forms)) == forms
