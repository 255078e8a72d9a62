"""A reply that only promotes gets a note, in five languages; one that says anything to the matter gets none."""

from __future__ import annotations

import pytest

from app.base import resources
from app.base.text import folded_words
from app.intake import Intake
from app.store.store import Store
from app.voice import NOTE, Draft, Voice
from app.voice.marketing import LANGUAGES, ONE_WAY, finding
from tests.app.saying import NOW, account, said
from tests.app.voice.marketing_cases import INNOCENT, PROMOTES, QUESTIONS, WANTED


def _each(cases: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, words) for language in LANGUAGES for words in cases[language]]


@pytest.mark.parametrize(("language", "words"), _each(PROMOTES))
def test_nothing_but_promotion_is_noted(language: str, words: str) -> None:
    found = finding(Draft(words, language, conversation_id=1), QUESTIONS[language])
    assert found is not None
    assert found.level == NOTE
    assert words[found.start : found.end] == found.words


@pytest.mark.parametrize(("language", "words"), _each(INNOCENT))
def test_what_says_anything_to_the_matter_is_not(language: str, words: str) -> None:
    assert finding(Draft(words, language, conversation_id=1), QUESTIONS[language]) is None


@pytest.mark.parametrize(("language", "words"), _each(PROMOTES))
def test_who_asks_where_to_buy_is_answered_so(language: str, words: str) -> None:
    assert finding(Draft(words, language, conversation_id=1), WANTED[language]) is None


def test_the_desk_notes_it_by_the_latest_message_that_it_may_answer(store: Store) -> None:
    voice, number = Voice(store), account(store)
    Intake(store).take(number, [said("1", NOW, QUESTIONS["en"], thread="t")])
    reply = Draft("Order now at https://sitrona.example!", "en", conversation_id=1)
    assert [one.risk for one in voice.look(reply)] == [ONE_WAY]
    Intake(store).take(number, [said("2", NOW + 60, "Where can I buy it?", thread="t")])
    assert voice.look(reply) == ()


def test_a_post_or_a_first_message_may_promote() -> None:
    assert finding(Draft(PROMOTES["en"][0], "en"), QUESTIONS["en"]) is None
    assert finding(Draft(PROMOTES["en"][0], "en", conversation_id=1), "") is None


def test_the_words_are_written_as_they_are_compared() -> None:
    for language in LANGUAGES:
        for words in resources.table("marketing.toml")[language].values():
            assert [one for one in words if folded_words(one.removesuffix("*")) != one.removesuffix("*")] == []
