"""Rules that ask for more than that their words are not there: required words, one or the other, limits, greetings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.base.errors import UserError
from app.voice import Draft, Rule, Stopped
from app.voice.guide import validated
from app.voice.limits import Limits, made
from app.voice.sorts import asked
from app.workbench import Workbench

ADVERT = Rule(7, ("giveaway", "discount"), "ask", "Where we promote, we say so.", "en", "promotion", sort="with",
              also=("#ad", "advert"))  # fmt: skip
HU_ADVERT = replace(ADVERT, words=("nyereményjáték",), also=("#reklám",), language="hu")
PAIR = Rule(8, ("member",), "note", "One word for one thing.", "en", sort="either", also=("customer",))
OFTEN = Rule(9, ("honestly",), "note", "", "en", sort="most", most=1)
HELLO = Rule(10, ("hi", "dear", "good morning"), "note", "", "en", sort="greeting")
BYE = Rule(11, ("warmly", "best wishes"), "note", "", "en", sort="closing")


def words(text: str, *rules: Rule, language: str = "en", **more: object) -> list[tuple[str, str, int | None]]:
    draft = replace(Draft(text, language), **more)  # type: ignore[arg-type]
    return [(one.risk, one.words, one.rule_id) for one in asked(draft, rules)]


def test_required_words_are_missed_in_every_form_of_the_others() -> None:
    assert words("Our giveaways begin on Friday.", ADVERT) == [("promotion", "giveaways", 7)]
    for innocent in ("Our giveaways begin on Friday. #ad", "This discount is an advert.", "We give a lot away.", ""):
        assert words(innocent, ADVERT) == []
    assert words("Indul a nyereményjátékunk!", HU_ADVERT, language="hu") == [("promotion", "nyereményjátékunk", 7)]
    assert words("Indul a nyereményjátékunk! #reklám", HU_ADVERT, language="hu") == []


def test_a_hashtag_that_lacks_is_offered_for_the_end() -> None:
    text = "A giveaway begins on Friday.\n"
    (found,) = asked(Draft(text, "en"), (ADVERT,))
    start, end = found.replaces or (0, 0)
    assert text[:start] + found.instead + text[end:] == "A giveaway begins on Friday. #ad\n"
    (plain,) = asked(Draft(text, "en"), (replace(ADVERT, also=("advert",)),))
    assert (plain.instead, plain.replaces) == ("", None), "where a word belongs in a sentence nobody can tell"


def test_one_of_two_words_is_kept_to() -> None:
    assert words("Members first. Every customer counts.", PAIR) == [("tone", "customer", 8)]
    assert words("Customers first. Every member counts.", PAIR) == [("tone", "member", 8)]
    assert words("Members first. Every member counts.", PAIR) == []


def test_a_word_is_said_at_most_so_often() -> None:
    assert words("Honestly, it is honestly good, honestly.", OFTEN) == [("tone", "honestly", 9)]
    text = "Honestly, it is honestly good"
    (found,) = asked(Draft(text, "en"), (OFTEN,))
    assert (found.start, text[found.start : found.end]) == (16, "honestly")
    assert "1 time in a message; here it is 2" in found.why
    assert words("Honestly, it is good.", OFTEN) == []
    lemon = replace(OFTEN, words=("🍋",), language="")
    assert words("🍋 and 🍋", lemon, language="is") == [("tone", "🍋", 9)]


@pytest.mark.parametrize(
    ("text", "ending", "found"),
    [
        ("Hi Anna,\nhere it is.\n\nWarmly\nTom", "", []),
        ("\n Good morning!\nHere it is.\nBest wishes, Tom", "", []),
        ("Here it is.\nWarmly\nTom", "", ["greeting"]),
        ("Dear Anna,\nhere it is.", "", ["closing"]),
        ("Dear Anna,\nhere it is.", "Best wishes\nTom", []),
        ("Hidden in the parcel: a note", "", ["greeting", "closing"]),
    ],
)
def test_letters_are_greeted_and_signed(text: str, ending: str, found: list[str]) -> None:
    got = asked(Draft(text, "en", letter=True, ending=ending, channel="email"), (HELLO, BYE))
    assert [one.risk for one in got] == found
    assert all(text[one.start : one.end] == one.words for one in got)
    assert asked(Draft(text, "en"), (HELLO, BYE)) == (), "only letters are"


def test_what_is_said_of_a_channel_or_language_goes_before_what_is_said_of_all() -> None:
    rules = (replace(made("exclaim", 0), id=1), replace(made("exclaim", 2), id=2, language="hu"),
             replace(made("exclaim", 1), id=3, channel="mastodon"))  # fmt: skip
    assert words("Yes!", *rules) == [("exclaim", "!", 1)]
    assert words("Igen!!", *rules, language="hu") == []
    assert words("Yes!", *rules, channel="mastodon") == []
    assert words("Yes!!", *rules, channel="mastodon") == [("exclaim", "!", 3)]
    only_there = replace(ADVERT, channel="mastodon")
    assert words("A giveaway", only_there, channel="email") == []
    assert words("A giveaway", only_there, channel="mastodon") == [("promotion", "giveaway", 7)]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (replace(ADVERT, also=()), "needs the other words"), (replace(ADVERT, also=(" *",)), "needs the other words"),
        (replace(ADVERT, words=()), "at least one word"), (replace(ADVERT, why=" "), "needs a reason"),
        (replace(OFTEN, most=None), "between 1 and 99"), (replace(OFTEN, most=0), "between 1 and 99"),
        (made("sentence", 2), "between 3 and 200"), (replace(OFTEN, sort="shout"), "“shout” isn't a sort"),
        (replace(HELLO, words=("=",)), "at least one word"),
    ],
)  # fmt: skip
def test_a_rule_that_lacks_something_gets_one_sentence(rule: Rule, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        validated(rule)


def test_they_are_kept_and_undone_and_hold_up_what_they_should(bench: Workbench) -> None:
    number = bench.voice.add_rule(ADVERT)
    kept = bench.voice.rule(number)
    assert replace(kept, id=7, position=0) == ADVERT
    (found,) = bench.voice.check("The giveaway begins.", "en")
    assert (found.level, found.rule_id) == ("ask", number)
    with pytest.raises(Stopped, match="needs a reason") as stopped:
        bench.voice.clear(Draft("The giveaway begins.", "en"))
    assert [one.rule_id for one in stopped.value.findings] == [number]
    (passed,) = bench.voice.clear(Draft("The giveaway begins.", "en"), reason="No prize").passed
    assert (passed.rule_id, passed.reason) == (number, "No prize")
    assert bench.voice.clear(Draft("The giveaway begins. #ad", "en")).passed == ()
    bench.voice.change_rule(replace(kept, level="block"))
    with pytest.raises(Stopped, match="can't be sent"):
        bench.voice.clear(Draft("The giveaway begins.", "en"), reason="No prize")
    bench.actions.undo(bench.store.last_action)
    assert bench.voice.rule(number) == kept
    assert bench.voice.rules()[-1].named == "giveaway, discount: only with #ad, advert"


def test_the_limits_of_all_messages_are_such_rules(bench: Workbench) -> None:
    bench.voice.limit("emoji", 2)
    (rule,) = bench.voice.rules()
    assert (rule.sort, rule.most, rule.words, rule.named) == ("emoji", 2, (), "Emoji in a message: at most 2")
    bench.voice.add_rule(replace(rule, language="hu", most=5))
    assert bench.voice.limits() == Limits(emoji=2), "that of a language is its own"
    assert [one.words for one in bench.voice.check("🍋🍋🍋", "en")] == ["🍋"]
    assert bench.voice.check("🍋🍋🍋", "hu") == ()
    bench.voice.limit("emoji", None)
    assert [one.language for one in bench.voice.rules()] == ["hu"]


def test_a_draft_of_hostile_length_is_read_in_time(bench: Workbench) -> None:
    for rule in (ADVERT, PAIR, OFTEN, HELLO, BYE, made("sentence", 20), made("exclaim", 1)):
        bench.voice.add_rule(rule)
    text = "honestly " * 7_000
    found = bench.voice.look(Draft(text, "en", letter=True))
    assert {one.risk for one in found} == {"tone", "sentence", "greeting", "closing"}
