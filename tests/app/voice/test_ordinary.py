"""The rules that come with Rapport stop what they are for, in every form of the word, and no ordinary sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base import resources
from app.voice import ASK, BLOCK, Rule, check, read
from tests.app.voice.ordinary import FORMS, NEAR, ORDINARY, STOPPED

RULES = {name: read(Path(resources.ROOT, name, "voice.toml").read_text("utf-8")).rules for name in ("demo", "starter")}


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("language", ORDINARY)
def test_no_ordinary_sentence_is_stopped(name: str, language: str) -> None:
    found = {text: [one.words for one in check(text, language, RULES[name])] for text in ORDINARY[language]}
    assert {text: words for text, words in found.items() if words} == {}


@pytest.mark.parametrize("language", STOPPED)
def test_each_form_of_what_a_rule_names_is_stopped(language: str) -> None:
    passed = [text for text in STOPPED[language] if not check(text, language, RULES["demo"])]
    assert passed == []


@pytest.mark.parametrize("language", FORMS)
def test_other_forms_are_found_and_near_words_are_not(language: str) -> None:
    def hits(text: str) -> list[str]:
        return [one.words for rules in RULES.values() for one in check(text, language, rules)]

    assert [text for text in FORMS[language] if not hits(text)] == []
    assert {text: hits(text) for text in NEAR[language] if hits(text)} == {}


@pytest.mark.parametrize(
    ("language", "text", "level"),
    [
        ("en", "You moron", BLOCK), ("hu", "te moron", BLOCK), ("en", "They shut up shop", ASK),
        ("en", "moronic", BLOCK),        ("hu", "barmok", BLOCK), ("cs", "vy blbci", BLOCK),
        ("cs", "držte hubu", BLOCK), ("el", "ηλίθιε", BLOCK),
        ("el", "Σκάσε ένα χαμόγελο", ASK), ("is", "fávitar", BLOCK),
    ],
)  # fmt: skip
def test_insults_of_the_starters(language: str, text: str, level: str) -> None:
    assert [one.level for one in check(text, language, RULES["starter"])] == [level]


def test_moroni_is_a_town() -> None:
    assert check("Moroni is far.", "en", RULES["starter"]) == ()
    assert check("Móron is lesz kóstoló.", "hu", RULES["starter"]) == ()


def _same(one: str, other: str) -> bool:
    return bool(check(one.replace("*", ""), "", [Rule(1, (other,), ASK, "x")]))


@pytest.mark.parametrize("name", RULES)
def test_no_word_of_a_rule_says_again_what_another_says(name: str) -> None:
    again = [
        (word, other)
        for rule in RULES[name]
        for word in rule.words
        for other in rule.words
        if word != other and other.rstrip("*") != other and " " not in word + other and _same(word, other)
    ]
    assert again == []


@pytest.mark.slow
@pytest.mark.parametrize("name", RULES)
def test_nothing_that_we_say_ourselves_is_blocked(name: str) -> None:
    said = [
        (talk["key"], one.words)
        for talk in resources.tables("demo", "conversations_*.toml", "conversation")
        for message in talk["message"]
        if message["from"] == "us"
        for one in check(message["text"], talk["key"][:2], RULES[name])
        if one.level == BLOCK
    ]
    assert said == []
