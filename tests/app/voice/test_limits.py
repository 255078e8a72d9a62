"""How many exclamation marks and how long a sentence may be: a note beyond that, which holds nothing up."""

from __future__ import annotations

import pytest

from app.base.errors import UserError
from app.voice import Draft, Finding
from app.voice.limits import Limits, made
from app.voice.sorts import asked
from app.workbench import Workbench


def beyond(text: str, language: str, limits: Limits) -> tuple[Finding, ...]:
    rules = tuple(made(what, most) for what, most in limits._asdict().items() if most is not None)
    return asked(Draft(text, language), rules)


def words(text: str, language: str, limits: Limits) -> list[tuple[str, str]]:
    return [(one.risk, one.words) for one in beyond(text, language, limits)]


@pytest.mark.parametrize(
    ("text", "most", "found"),
    [("Hi! Great!", 2, False), ("Hi! Great!!", 2, True), ("Ναι!", 0, True), ("Já.", 0, False), ("Jó！", 0, True)],
)
def test_exclamation_marks_are_counted_whole(text: str, most: int, *, found: bool) -> None:
    assert bool(beyond(text, "en", Limits(exclaim=most))) is found
    assert beyond(text, "en", Limits()) == ()


def test_the_word_that_is_too_many_is_marked_in_each_long_sentence() -> None:
    text = "One two three four. Yes.\nFive six, seven eight nine"
    assert words(text, "en", Limits(sentence=3)) == [("sentence", "four"), ("sentence", "eight")]
    first = beyond(text, "en", Limits(sentence=3))[0]
    assert text[first.start : first.end] == "four"
    assert "allows 3 words in a sentence; this one has 4" in first.why


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("el", "Πότε θα έρθει; Πού θα το βρω;"),
        ("is", "Þetta kostar 8,90. Það er rétt."),
        ("hu", "Szép napot kívánok! Köszönöm szépen."),
        ("cs", "Dobrý den, Petře… Píšu vám znovu."),
    ],
)
def test_sentences_end_as_each_language_ends_them(language: str, text: str) -> None:
    assert beyond(text, language, Limits(sentence=4)) == ()


def test_they_are_set_in_the_guide_noted_and_undone(bench: Workbench) -> None:
    bench.voice.limit("exclaim", 1)
    bench.voice.limit("sentence", 5)
    assert bench.voice.limits() == Limits(None, 1, 5)
    found = bench.voice.check("Hello!! This is a sentence of too many words", "en")
    assert [(one.level, one.risk) for one in found] == [("note", "exclaim"), ("note", "sentence")]
    assert bench.voice.clear(Draft("Hello!!", "en")).passed == (), "a note holds nothing up"
    bench.actions.undo(bench.store.last_action)
    assert bench.voice.limits() == Limits(None, 1, None)
    for what, most in (("exclaim", -1), ("sentence", 2), ("sentence", 999)):
        with pytest.raises(UserError, match="has to be between"):
            bench.voice.limit(what, most)
