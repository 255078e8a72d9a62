"""Forms of terms as they are shown, and what is found in a text."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voice import ASK, Rule, check
from app.wordforms import LANGUAGES, forms, sentences, spoken, stems


def found(text: str, word: str, language: str, *, of: str | None = None) -> list[str]:
    return [
        one.words for one in check(text, of if of is not None else language, (Rule(1, (word,), ASK, "x", language),))
    ]


@pytest.mark.parametrize(
    ("language", "word", "some"),
    [
        ("cs", "láhev", {"láhev", "lahve", "lahví"}), ("hu", "szabadalom", {"szabadalmak", "szabadalommal"}),
        ("el", "γεύση", {"γεύσεις", "γεύσης"}), ("en", "steal", {"stole", "stolen", "stealing"}),
        ("is", "flaska", {"flösku", "flöskur"}),
    ],
)  # fmt: skip
def test_forms_are_shown_the_word_first(language: str, word: str, some: set[str]) -> None:
    ((first, *others),) = forms(word, language)
    assert first == word
    assert some <= {first, *others}
    assert others == sorted(others)


def test_a_phrase_has_the_forms_of_each_word_and_a_sentence_has_none() -> None:
    one, two = forms("rodné číslo", "cs")
    assert "rodného" in one
    assert "čísla" in two
    assert forms("you have to understand", "en") == (("you",), ("have",), ("to",), ("understand",))


def test_small_words_and_other_languages_stand_as_they_are() -> None:
    assert forms("our", "en") == (("our",),)
    assert forms("Haus", "de") == (("haus",),)
    assert forms("", "cs") == ()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("cs", "láhev", "lahve"),
        ("is", "flaska", "flösku"),
        ("hu", "szabadalom", "szabadalmak"),
        ("el", "γεύση", "γεύσεις"),
    ],
)  # fmt: skip
def test_two_forms_of_one_word_have_a_stem_in_common(language: str, one: str, other: str) -> None:
    assert stems(one, language) & stems(other, language)
    assert not stems(one, language) & stems("xyzzy", language)


def test_words_are_found_however_they_are_dressed() -> None:
    for dressed in (
        "pří\u200bchutě", "pří\u00adchutě", unicodedata.normalize("NFD", "příchutě"), "ｐřｉ́chutě", "PŘÍCHUTĚ",
        "prichute",
        "p ř í c h u t ě", "p.ř.í.c.h.u.t.ě", "p-ř-í-c-h-u-t-ě",
    ):  # fmt: skip
        assert found(f"Nové {dressed} budou", "příchuť", "cs") == [dressed], dressed
    assert found("s h u t  u p now", "shut up", "en") == ["s h u t  u p"]
    assert found("s h u t u p", "shut up", "en") == ["s h u t u p"]
    assert found("ｒｅｆｕｎｄｓ", "refund", "en") == ["ｒｅｆｕｎｄｓ"]
    assert not found("A. B. C. D. and e f g", "refund", "en")


def test_a_missing_accent_is_forgiven_and_one_too_many_is_another_word() -> None:
    assert found("Móron is lesz kóstoló.", "moron", "en", of="hu") == []
    assert found("az uj izek rol irok, izekrol", "íz", "hu") == ["izek", "izekrol"]
    assert found("Szép kórus a kórból.", "kor", "hu") == []
    assert found("Arra mentünk, és az ár jó.", "ár", "hu") == ["ár"]


def test_a_parted_verb_is_found() -> None:
    assert found("Holnap fizetjük vissza.", "visszafizet", "hu") == ["fizetjük vissza"]


def test_an_equals_sign_keeps_a_word_as_it_stands() -> None:
    assert found("Lemons are cured; it cures.", "=cures", "en") == ["cures"]


def test_what_counts_is_the_language_of_the_sentence() -> None:
    text = "Kedves Anna, köszönöm a levelet, nagyon örülök neki!\n\nWe will refund the money for your parcel today."
    assert found(text, "refund", "en", of="hu") == ["refund"]
    assert found("Az ár már nem változik, és ez így jó lesz nekem is.", "már", "cs", of="cs") == []


@given(st.text())
def test_sentences_are_the_whole_text(text: str) -> None:
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_word_has_forms(text: str, language: str) -> None:
    assert all(one for word in forms(text, language) for one in word)


def test_a_sentence_is_told_by_its_words() -> None:
    for language, text in {
        "cs": "Děkuji, už jsem to našel a je to v pořádku.", "hu": "Köszönöm, megvan, és nagyon szép.",
        "is": "Takk fyrir, ég er búin að finna þetta.", "el": "Ευχαριστώ πολύ!",
        "en": "Thanks, I found it and it is fine.", "": "OK",
    }.items():  # fmt: skip
        assert spoken(text) == language


def test_no_language_is_loaded_before_its_first_word() -> None:
    asked = (
        "import sys, app.voice; from app.voice import Rule, check\n"
        "mods = lambda: sorted(m for m in sys.modules if m in ('islenska', *('app.wordforms.' + n for n in"
        " ('czech', 'greek', 'english', 'hungarian', 'icelandic'))))\n"
        "print(mods()); check('Thank you for the lemons and the bottles', 'en',"
        " (Rule(1, ('refund',), 'ask', 'x', 'en'), Rule(2, ('gjöf',), 'ask', 'x', 'is'))); print(mods())"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['app.wordforms.english']"]


@pytest.mark.parametrize(("word", "shown"), [("money", {"money", "moneys"}), ("story", {"story", "stories"}),
                                             ("kindness", {"kindness", "kindnesses"})])  # fmt: skip
def test_a_word_that_is_only_a_noun_has_no_forms_of_a_verb(word: str, shown: set[str]) -> None:
    assert set(forms(word, "en")[0]) == shown
