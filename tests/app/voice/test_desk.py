"""The voice guide is kept, changed, and every change can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.store.store import Store
from app.voice import ASK, BLOCK, Draft, Example, Rule, Stopped, Voice, read

STARTER = Path(__file__).parents[3] / "resources" / "starter" / "voice.toml"


def undo(store: Store) -> None:
    assert store.last_action is not None
    store.undo_action(store.last_action)


def test_rules_come_into_force_and_go(store: Store) -> None:
    voice = Voice(store)
    assert voice.check("a refund", "en") == ()
    number = voice.add_rule(Rule(0, ("refund*", " money back "), ASK, "Ask Legal.", "en", "legal"))
    assert [one.rule_id for one in voice.check("Money back!", "en")] == [number]
    voice.change_rule(Rule(number, ("refund*",), BLOCK, "Never.", "en", "legal"))
    with pytest.raises(Stopped, match="Never"):
        voice.clear(Draft("refunded", "en"), reason="but")
    undo(store)
    assert voice.rule(number).level == ASK
    voice.drop_rule(number)
    assert voice.check("a refund", "en") == ()
    with pytest.raises(NotFoundError):
        voice.rule(number)
    undo(store)
    assert voice.check("a refund", "en")


def test_an_embargo_ends(store: Store) -> None:
    voice = Voice(store)
    voice.add_rule(Rule(0, ("mint",), BLOCK, "Embargo.", until=clock.now() - 1))
    voice.add_rule(Rule(0, ("ginger",), BLOCK, "Embargo.", until=clock.now() + 600))
    assert [one.words for one in voice.check("mint and ginger", "")] == ["ginger"]


@pytest.mark.parametrize(
    "rule",
    [
        Rule(0, ("*",), ASK, "why"),
        Rule(0, ("a",), "shout", "why"),
        Rule(0, ("a",), ASK, " "),
        Rule(0, ("a",), ASK, "why", risk="fun"),
    ],
)
def test_half_a_rule_is_refused(store: Store, rule: Rule) -> None:
    with pytest.raises(UserError):
        Voice(store).add_rule(rule)


def test_traits_with_examples(store: Store) -> None:
    voice = Voice(store)
    trait = voice.add_trait("Warm", "They read on a phone.", [Example("en", "Sure, Tom.", "Dear customer")])
    voice.add_example(trait, Example("hu", "Persze, Tomi."))
    voice.change_trait(trait, "Warm, plain", "")
    (found,) = voice.traits()
    assert (found.name, [one.language for one in found.examples]) == ("Warm, plain", ["en", "hu"])
    pair = found.example("hu")
    assert pair is not None
    voice.change_example(Example("hu", "Hogyne!", id=pair.id))
    voice.drop_example(found.examples[0].id)
    voice.drop_trait(trait)
    assert voice.traits() == ()
    undo(store)
    assert [one.do for one in voice.traits()[0].examples] == ["Hogyne!"]
    voice.drop_trait(trait)
    with pytest.raises(NotFoundError):
        voice.change_trait(trait, "x", "")


def test_a_whole_guide_comes_in_and_goes_back(store: Store) -> None:
    voice = Voice(store)
    guide = read(STARTER.read_text("utf-8"))
    voice.say_who_we_are("Us")
    voice.bring_in(guide)
    kept = voice.guide()
    assert kept.who_we_are == guide.who_we_are
    assert [rule.words for rule in kept.rules] == [rule.words for rule in guide.rules]
    assert {pair.language for trait in kept.traits for pair in trait.examples} == {"en", "is", "hu", "cs", "el"}
    undo(store)
    assert (voice.guide().who_we_are, voice.rules(), voice.traits()) == ("Us", (), ())


def test_the_version_of_a_guide_is_kept_where_there_was_none(store: Store) -> None:
    voice = Voice(store)
    voice.bring_in(read("[guide]\nwho_we_are = 'Us'\nversion = 7"))
    assert voice.guide().version == 7
    voice.bring_in(read("[guide]\nwho_we_are = 'Others'"))
    assert voice.guide().version == 8


def test_what_is_no_guide_says_so() -> None:
    for source in ("[guide", "x = 1", "[guide]\nwho_we_are = 'a'\n[[rule]]\nwords = ['a']"):
        with pytest.raises(UserError):
            read(source)


def test_an_embargo_is_read_as_a_date() -> None:
    source = "[guide]\nwho_we_are = 'a'\n[[rule]]\nwords = ['mint']\nlevel = 'block'\nwhy = 'b'\nuntil = 2027-03-01"
    (rule,) = read(source).rules
    assert rule.until == clock.from_iso("2027-03-01")
