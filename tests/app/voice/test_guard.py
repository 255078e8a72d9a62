"""Findings stand where the words stand, however they are dressed; the worst comes first."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.text import fold
from app.voice import ASK, BLOCK, LEVELS, NOTE, Rule, check, read
from tests.app.timing import grows_in_line

DEMO = Path(__file__).parents[3] / "resources" / "demo" / "voice.toml"
DRESS = st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "\u0301", "\u202e"])


def rule(*words: str, level: str = ASK, language: str = "") -> Rule:
    return Rule(1, words, level, "because", language)


def spans(text: str, *words: str) -> list[str]:
    return [one.words for one in check(text, "", [rule(*words)])]


@given(st.text(), st.lists(st.tuples(st.sampled_from("visszatérít"), DRESS, st.booleans())), st.text())
def test_spans_lie_in_the_original(before: str, letters: list[tuple[str, str, bool]], after: str) -> None:
    text = before + "".join((char.upper() if up else char) + dress for char, dress, up in letters) + after
    for one in check(text, "", [rule("v*", "visszatérít*", "%")]):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        assert fold(one.words)


@given(
    st.text("abc ąőΐ\u200b!\n", max_size=30),
    st.lists(st.tuples(DRESS, st.booleans()), min_size=8, max_size=8),
    st.text("abc ąőΐ\u200b!\n", max_size=30),
)
def test_a_dressed_up_word_is_found_whole(before: str, dress: list[tuple[str, bool]], after: str) -> None:
    word = "".join((c.upper() if up else c) + mark for c, (mark, up) in zip("žluťoučk", dress, strict=True))
    text = f"{before} {word} {after}"
    start = len(before) + 1
    (found,) = check(text, "cs", [rule("zlutouck", language="cs")])
    assert (found.start, found.end) == (start, start + len(word))


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    found = check(text, "", read(DEMO.read_text("utf-8")).rules)
    assert [LEVELS.index(one.level) for one in found] == sorted(LEVELS.index(one.level) for one in found)


@given(st.text("a{}|_b \n", max_size=40))
def test_no_whole_blank_passes(text: str) -> None:
    found = check(f"{text}{{{{what_broke}}}}{text}", "en", [])
    assert any(one.level == BLOCK and one.risk == "blank" for one in found)


def test_stems_stand_for_all_forms_and_words_for_themselves() -> None:
    assert spans("Visszatérítjük, VISSZATERITES; nem-visszatérített", "visszatérít*") == [
        "Visszatérítjük",
        "VISSZATERITES",
        "visszatérített",
    ]
    assert spans("discounts, a discount, rediscount", "discount") == ["discount"]
    assert spans("sítrónulímonaði", "*limonað*") == ["sítrónulímonaði"]


def test_phrases_hold_over_spaces_dashes_and_lines() -> None:
    text = "money back, money-back, money\n  back, MONEY\u00a0BACK, moneyback, my money backpack"
    assert spans(text, "money back") == ["money back", "money-back", "money\n  back", "MONEY\u00a0BACK"]
    assert spans("don’t miss, DON'T MISS", "don't miss") == ["don’t miss", "DON'T MISS"]
    assert spans("20 % off", "% off") == ["% off"]


def test_greek_with_and_without_accents_and_final_sigma() -> None:
    assert spans("ΕΠΙΣΤΡΟΦΗ ΧΡΗΜΑΤΩΝ", "επιστροφή χρημάτων") == ["ΕΠΙΣΤΡΟΦΗ ΧΡΗΜΑΤΩΝ"]
    assert spans("ο τζιρος", "τζίρος") == ["τζιρος"]


def test_decomposed_letters_are_covered_to_the_last_accent() -> None:
    text = unicodedata.normalize("NFD", "příchutě 2027 á")
    assert spans(text, "příchutě 2027", "á") == [unicodedata.normalize("NFD", one) for one in ("příchutě 2027", "á")]


def test_rules_of_another_language_are_left_out_unless_they_block() -> None:
    rules = [rule("slev*", level=NOTE, language="cs"), rule("léčí", level=BLOCK, language="cs")]
    assert [one.level for one in check("sleva léčí", "hu", rules)] == [BLOCK]
    assert [one.level for one in check("sleva léčí", "cs", rules)] == [BLOCK, NOTE]
    assert [one.level for one in check("sleva léčí", "", rules)] == [BLOCK, NOTE]


def test_a_word_that_is_found_only_without_its_accents_does_not_block_another_language() -> None:
    rules = [rule("moron", level=BLOCK, language="en"), rule("cure*", level=BLOCK, language="en")]
    assert not check("Móron is lesz kóstoló. Tady je čůrek vody.", "hu", rules)
    assert not check("Tady je čůrek vody.", "", rules)
    assert [one.words for one in check("Moron, cured", "hu", rules)] == ["Moron", "cured"]
    assert [one.words for one in check("Móron, čůrek", "en", rules)] == ["Móron", "čůrek"]
    accents = [rule("vyléč*", level=BLOCK, language="cs"), rule("café*", level=BLOCK, language="en")]
    assert [one.words for one in check("vyléčíme, vylecime, Café", "hu", accents)] == ["vyléčíme", "vylecime", "Café"]


def test_scraps_of_a_blank_are_asked_about() -> None:
    assert [(one.level, one.words) for one in check("Hi {first_name}, {{when", "en", [])] == [
        (ASK, "{first_name}"),
        (ASK, "{{"),
    ]
    assert not check("a set {x} and f(a) { return }", "en", [])


def test_the_blank_is_named() -> None:
    (found,) = check("Sorry that {{τι_έσπασε|}} broke", "en", [])
    assert "τι_έσπασε" in found.why


@pytest.mark.parametrize(
    ("language", "text", "level", "risk"),
    [
        ("hu", "Persze, visszateritjuk.", ASK, "legal"),
        ("hu", "A 2027-es ízekről", BLOCK, "non_public"),
        ("cs", "nove prichute 2027", BLOCK, "non_public"),
        ("el", "Οι γευσεις του 2027", BLOCK, "non_public"),
        ("is", "Bragðtegundirnar 2027", BLOCK, "non_public"),
        ("en", "our Project\u200b Pith", BLOCK, "edge"),
        ("is", "endurgreiðslan þín", ASK, "legal"),
        ("en", "Send me your phone\nnumber", ASK, "personal"),
        ("cs", "tržní podílu", ASK, "publicity"),
        ("en", "You should have read it", NOTE, "tone"),
    ],
)
def test_the_demo_guide_catches(language: str, text: str, level: str, risk: str) -> None:
    found = check(text, language, read(DEMO.read_text("utf-8")).rules)
    assert (found[0].level, found[0].risk) == (level, risk)


@pytest.mark.parametrize("word", ["_", "\r", "-", "--", " - ", "*", "**", "_*", "\u200b"])
def test_words_without_letters_break_nothing(word: str) -> None:
    for text in ("", "a - b\r\n", "Þ", "x" * 50):
        assert all(one.words for one in check(text, "", [rule(word)]))


def test_gaps_and_stars_take_time_in_proportion() -> None:
    for word, piece in (
        ("a - - - - b", "a" + " " * 30),
        ("a-----------b", "- "),
        ("a*a*a*a*a*a*b", "a"),
        ("a**b", "a"),
        ("_ _a_ _", "\n"),
        ("a * b", "a" + " " * 300),
    ):
        assert grows_in_line(lambda size, word=word, piece=piece: spans(piece * (size // len(piece)), word), 1_000)  # type: ignore[misc]
    assert spans("a - b", "a-b") == spans("a - b", "a - b") == ["a - b"]
    assert spans("refund abxbyb now", "a*b*b") == ["abxbyb"]
