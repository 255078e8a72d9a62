"""What a subject is called in other languages."""

from __future__ import annotations

from app.base import resources
from app.base.subject_words import called

_LANGUAGES = {"en", "cs", "hu", "el", "is"}


def test_a_subject_is_called_by_its_words_in_a_language_whatever_language_it_is_typed_in() -> None:
    assert "tričko" in called("T-shirt", "cs")
    assert "csomag" in called("zásilka", "hu")
    assert called("parcel", "de") == ("parcel",)
    assert called("contest rules", "cs") == ("contest rules",)
    assert called("  t-SHIRT ", "el")[1:] == ("μπλουζάκι", "μπλούζα")


def test_each_subject_has_words_in_all_five_languages() -> None:
    for group in resources.table("starter", "subjects.toml")["subject"]:
        assert group.keys() == _LANGUAGES
        assert all(names and all(name.strip() for name in names) for names in group.values())
