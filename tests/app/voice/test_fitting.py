"""A rule's better words fit the place of the words that they replace."""

from __future__ import annotations

import pytest

from app.base import resources
from app.voice import NOTE, Finding, Rule, check


def found(text: str, language: str, word: str, better: str) -> Finding:
    (one,) = check(text, language, [Rule(1, (word,), NOTE, "Plain words.", language, "tone", better)])
    return one


@pytest.mark.parametrize(
    ("language", "word", "better", "capital", "capitals"),
    [
        ("en", "utilise", "use", "Use", "USE"),
        ("is", "viðskiptavinur", "óskalesandi", "Óskalesandi", "ÓSKALESANDI"),
        ("hu", "ügyfél", "olvasó", "Olvasó", "OLVASÓ"),
        ("cs", "klient", "čtenář", "Čtenář", "ČTENÁŘ"),
        ("el", "πελάτης", "αναγνώστης", "Αναγνώστης", "ΑΝΑΓΝΩΣΤΗΣ"),
    ],
)
def test_better_words_have_the_capitals_of_those_they_replace(
    language: str, word: str, better: str, capital: str, capitals: str
) -> None:
    assert found(f"{word} 1", language, f"={word}", better).instead == better
    assert found(f"{word.capitalize()} 1", language, f"={word}", better).instead == capital
    assert found(f"{word.upper()} 1", language, f"={word}", better).instead == capitals


@pytest.mark.parametrize(
    ("text", "word", "better"),
    [
        ("Telephone", "telephone", "iPhone"),
        ("SITE", "site", "example.org/a"),
        ("Friend", "friend", "{{first_name}}"),
        ("VIP", "VIP", "regular"),
        ("Fans", "Fans", "readers"),
        ("the brand", "brand", "Rapport"),
    ],
)
def test_what_has_its_own_capitals_keeps_them(text: str, word: str, better: str) -> None:
    assert found(text, "en", f"={word}", better).instead == better


def test_greek_capitals_keep_their_diaeresis() -> None:
    assert found("ΦΑΓΗΤΟ", "el", "=φαγητό", "παϊδάκια").instead == "ΠΑΪΔΑΚΙΑ"


@pytest.mark.parametrize(
    ("language", "word", "sentence"),
    [
        ("en", "policy", "Here is what we can do for you."),
        ("is", "regla", "Þetta getum við gert fyrir þig."),
        ("hu", "szabály", "Ezt tudjuk tenni önért."),
        ("cs", "pravidlo", "Co pro vás můžeme udělat?"),
        ("el", "κανόνας", "Τι μπορούμε να κάνουμε;"),
    ],
)
def test_a_sentence_is_advice_and_never_put_in_place_of_a_word(language: str, word: str, sentence: str) -> None:
    one = found(f"{word} 1", language, f"={word}", sentence)
    assert (one.instead, one.replaces) == ("", None)
    assert one.why == f"Plain words. A sentence that says it better: {sentence}"


def test_an_abbreviation_or_one_word_is_no_sentence() -> None:
    assert found("x approximately", "en", "=approximately", "approx.").instead == "approx."


def test_so_many_words_that_they_say_something_of_their_own_are_advice_without_a_full_stop_too() -> None:
    assert found("x free", "en", "=free", "at no cost").instead == "at no cost"
    one = found("x confidential", "en", "=confidential", "I can’t talk about that yet")
    assert one.instead == ""
    assert one.why.endswith("A sentence that says it better: I can’t talk about that yet")


@pytest.mark.parametrize(
    ("text", "better"), [("Answer ASAP, please.", "soon"), ("ANSWER ASAP, PLEASE!", "SOON"), ("Asap, please.", "Soon")]
)
def test_an_abbreviation_is_not_shouted(text: str, better: str) -> None:
    assert found(text, "en", "=asap", "soon").instead == better


@pytest.mark.parametrize("file", [("starter", "voice.toml"), ("demo", "voice.toml")])
def test_what_comes_with_rapport_puts_no_clause_in_place_of_a_word(file: tuple[str, str]) -> None:
    better = [rule["instead"] for rule in resources.table(*file)["rule"] if rule.get("instead")]
    assert better
    assert [words for words in better if len(words.split()) > 1 and not words.endswith(".")] == []


@pytest.mark.parametrize(
    ("text", "language", "word", "better", "fitted"),
    [
        ("two morons", "en", "moron", "visitor", "visitors"), ("MORONS!", "en", "moron", "visitor", "VISITORS"),
        ("We reached out to you", "en", "reach out", "contact", "contacted"),
        ("We are leveraging it", "en", "leverage", "use", "using"),
        ("your complaints", "en", "complaint", "feedback", "feedback"),
        ("my problems", "en", "problem", "open question", "open questions"),
        ("She refuses", "en", "refuse", "turn down", "turns down"),
        ("our brands", "en", "brand", "Rapport", "Rapport"), ("m o r o n", "en", "moron", "visitor", "visitor"),
        ("með fábjánum", "is", "fábjáni", "gestur", "gestum"),
        ("allar kvartanir", "is", "kvörtun", "ábending", "ábendingar"),
        ("a panaszokat", "hu", "panasz", "visszajelzés", "visszajelzéseket"),
        ("egy vevővel", "hu", "vevő", "vendég", "vendéggel"), ("az idiótának", "hu", "idióta", "ügyfél", "ügyfélnek"),
        ("bez stížností", "cs", "stížnost", "žádost", "žádostí"), ("s levnou", "cs", "levný", "výhodný", "výhodnou"),
        ("οι πελάτες", "el", "πελάτης", "επισκέπτης", "επισκέπτες"),
        ("these morons", "en", "moron*", "visitor", "visitor"),
    ],
)  # fmt: skip
def test_a_better_word_is_in_the_form_of_what_it_replaces(
    text: str, language: str, word: str, better: str, fitted: str
) -> None:
    one = found(text, language, word, better)
    assert (one.instead, one.fits) == (fitted, True)


@pytest.mark.parametrize(
    ("text", "language", "word", "better"),
    [
        ("idiots", "en", "idiot", "misinformed"), ("We reached out", "en", "reach out", "write"),
        ("We bought it", "en", "buy", "get"),
        ("dvě lahve", "cs", "láhev", "nádoba"), ("s hlupákem", "cs", "hlupák", "zákazník"),
        ("kedves ügyfelek", "hu", "ügyfél", "tanár"), ("e balekokat", "hu", "balek", "étterem"),
        ("των ηλιθίων", "el", "ηλίθιος", "πελάτης"), ("til fábjána", "is", "fábjáni", "óskalesandinn okkar"),
        ("o značkách", "cs", "značka", "Rapport"),
    ],
)  # fmt: skip
def test_where_its_form_is_not_certain_it_is_said(text: str, language: str, word: str, better: str) -> None:
    one = found(text, language, word, better)
    assert (one.instead, one.fits) == (better, False)
