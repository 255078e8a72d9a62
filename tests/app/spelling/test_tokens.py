"""Which words are looked up, and where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spelling import tokens

CASES = [
    ("en", "Hello there, Anna!", "Hello there Anna"),
    ("en", "see https://a.example/thier?x=1 and www.thier.example now", "see and now"),
    ("en", "mail thier@example.com or @thier_x, #thier and thier.example/x", "mail or and"),
    ("en", "say {{frist_name}} or {{x|frend}} here", "say or here"),
    ("en", "run `pip instal thing` now", "run now"),
    ("en", "at 10:30 the 5th of B2B, 250 ml, 3x", "at the of"),
    ("en", "NATO, WordPress and iPhone are names", "and are names"),
    ("en", "open C:\\Usres\\x or /usr/shrae/x or notse.txt", "open or or"),
    ("en", "don’t and well-known", "don't and well-known"),
    ("en", "I a z", ""),
    ("en", "the naïve word", "the naïve word"),
    ("en", "a Greek λόγος here", "Greek here"),
    ("en", "good :smlie: day", "good day"),
    ("en", "for 33\u00a0cl only", "for only"),
    ("is", "komdu kl. 15 á morgun", "komdu morgun"),
    ("hu", "a „majdnem”-nél és a Facebook-ról", "majdnem és Facebook-ról"),
    ("hu", "pl. a csomag", "csomag"),
    ("el", "Γι' αυτό ΕΥΧΑΡΙΣΤΩ πολύ, απ’την Αθήνα με facebook", "αυτό πολύ την Αθήνα με"),
    ("el", "η Aθήνα", "Aθήνα"),  # its first letter is a Latin one
    ("el", "84 γρ. ανά λίτρο", "ανά λίτρο"),
    ("ru", "привет and hello", "привет"),
    ("en", "soft\u00adware and e\u0301clair", "software and éclair"),
]


@pytest.mark.parametrize(("language", "line", "words"), CASES)
def test_what_is_looked_up(language: str, line: str, words: str) -> None:
    assert " ".join(token.word for token in tokens.words(line, language)) == words


def test_a_place_is_counted_in_characters_of_the_line() -> None:
    line = "👩‍👩‍👧 e\u0301clair, don’t"
    assert [line[start:end] for start, end, _word in tokens.words(line, "en")] == ["e\u0301clair", "don’t"]


def test_quoted_lines_and_fences_are_left_out() -> None:
    text = "one\n> two\n  | three\n```\nfour\n```\nfive"
    assert [(offset, line) for offset, line in tokens.lines(text)] == [(0, "one"), (text.index("five"), "five")]


@pytest.mark.parametrize(
    ("word", "bare"), [("όνομά", "όνομα"), ("όνομα", "όνομα"), ("αυτοκίνητό", "αυτοκίνητο"), ("word", "word")]
)
def test_the_accent_before_an_unstressed_word(word: str, bare: str) -> None:
    assert tokens.without_second_accent(word) == bare


@given(st.text(max_size=30), st.sampled_from(["en", "el", "hu", "is", "cs", "ru", "xx"]))
def test_whatever_is_typed_each_word_is_found_where_it_stands(line: str, language: str) -> None:
    last = 0
    for start, end, word in tokens.words(line, language):
        assert last <= start < end <= len(line)
        assert tokens.spelt(line[start:end]) == word
        last = end
