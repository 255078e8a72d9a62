"""Rules to begin with: in each language they find what they should, and nothing in ordinary talk."""

from __future__ import annotations

import pytest

from app.voice import Rule, check
from app.voice.starters import LANGUAGES, Starter, lacking, starters
from app.workbench import Workbench


def rules(language: str) -> list[Rule]:
    return [one.rule for one in starters() if one.rule.language == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_kind_of_risk(language: str) -> None:
    assert [rule.risk for rule in rules(language)] == ["spin", "defence", "preaching", "insult"]


@pytest.mark.parametrize("one", starters(), ids=lambda one: f"{one.rule.language}-{one.rule.risk}")
def test_the_examples_are_right(one: Starter) -> None:
    found = check(one.found, one.rule.language, [one.rule])
    assert [finding.risk for finding in found][:1] == [one.rule.risk]
    every = [starter.rule for starter in starters()]
    assert check(one.innocent, one.rule.language, every) == ()
    for word in one.rule.words:
        plain = word.removeprefix("=")
        assert check(f"{plain}.", one.rule.language, [one.rule]), f"{word} finds itself"


def test_they_are_added_by_the_person_once_and_without_words_that_are_there(bench: Workbench) -> None:
    assert bench.voice.rules() == ()
    bench.voice.add_rule(Rule(0, ("dimwit",), "note", "Ours.", "en"))
    fresh = lacking("en", bench.voice.every_rule())
    assert bench.voice.add_rules(fresh) == 4
    insult = next(rule for rule in bench.voice.rules() if rule.risk == "insult")
    assert "dimwit" not in insult.words
    assert len(bench.voice.check("Dimwit!", "en")) == 1
    assert lacking("en", bench.voice.every_rule()) == []
    assert len(lacking("hu", bench.voice.every_rule())) == 4
    bench.actions.undo(bench.store.last_action)
    assert len(bench.voice.rules()) == 1
