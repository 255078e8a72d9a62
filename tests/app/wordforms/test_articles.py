"""The article before a word that is replaced, in English and Hungarian."""

from __future__ import annotations

import pytest

from app.voice import NOTE, Rule, check
from app.wordforms import with_article


@pytest.mark.parametrize(
    ("before", "better", "language", "made"),
    [
        ("We owe you a ", "exchange", "en", ("a ", "an ")),
        ("An ", "refund", "en", ("An ", "A ")),
        ("(a ", "apology", "en", ("a ", "an ")),
        ("it takes an ", "hour", "en", None),
        ("it takes a ", "hour", "en", ("a ", "an ")),
        ("is an ", "honest answer", "en", None),
        ("an ", "user", "en", ("an ", "a ")),
        ("an ", "one-off", "en", ("an ", "a ")),
        ("an ", "European", "en", ("an ", "a ")),
        ("a ", "uninvited guest", "en", ("a ", "an ")),
        ("a ", "umbrella", "en", ("a ", "an ")),
        ("THIS IS A ", "Offer", "en", ("A ", "An ")),
        ("a\n", "offer", "en", ("a\n", "an\n")),
        ("the ", "offer", "en", None),
        ("pasta ", "offer", "en", None),  # an a at the end of a word is no article
        ("a ", "VAT receipt", "en", None),  # spelt out or not: who knows
        ("a ", "8", "en", None),
        ("a ", "", "en", None),
        ("Kérdezd meg az ", "vásárló", "hu", ("az ", "a ")),
        ("Kérdezd meg a ", "ügyfél", "hu", ("a ", "az ")),
        ("A ", "Ügyfél", "hu", ("A ", "Az ")),
        ("A ", "új palack", "hu", ("A ", "Az ")),
        ("a ", "ospite", "cs", None),
    ],
)
def test_the_article_goes_with_the_word(before: str, better: str, language: str, made: tuple[str, str] | None) -> None:
    assert with_article(before, better, language) == made


@pytest.mark.parametrize(
    ("text", "language", "word", "better", "after"),
    [
        ("You get a refund today.", "en", "refund", "exchange", "You get an exchange today."),
        ("You get refunds today.", "en", "refund", "exchange", "You get exchanges today."),
        ("Örül az ügyfél.", "hu", "ügyfél", "vásárló", "Örül a vásárló."),
        ("Írtunk a vevővel.", "hu", "vevő", "ügyfél", "Írtunk az ügyféllel."),
        ("Válasz az idiótának.", "hu", "idióta", "vendég", "Válasz a vendégnek."),
        ("A A refund", "en", "refund", "exchange", "A An exchange"),
    ],
)
def test_a_better_word_takes_its_article_along(text: str, language: str, word: str, better: str, after: str) -> None:
    (one,) = check(text, language, [Rule(1, (word,), NOTE, "Plain words.", language, "tone", better)])
    start, end = one.replaces or (one.start, one.end)
    assert f"{text[:start]}{one.instead}{text[end:]}" == after
    assert text[one.start : one.end] == one.words  # what is marked is what was found
