"""Subjects that may not be spoken of before a day: stopped, held, and told when the day has come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.facts.embargoes import sentence_around
from app.voice import Draft, Stopped
from app.workbench import Workbench
from tests.app.facts.telling import Talks, send, send_draft, talks

LINE = "I can't say more about next year's flavours yet."
NEWS = "In 2027 there will be elderflower."


@pytest.fixture
def asked(bench: Workbench) -> Talks:
    return talks(bench)


def embargo(bench: Workbench, days: int = 5) -> int:
    return bench.embargoes.add("Flavours of 2027", ["elderflower*"], _day(days), {"": LINE}, {"": NEWS})


def _day(days: int) -> str:
    return clock.local(clock.now() + days * 86_400).date().isoformat()


def _later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    at = clock.now() + days * 86_400
    monkeypatch.setattr(clock, "now", lambda: at)


def test_its_words_stop_a_reply_and_the_holding_line_is_offered_for_the_sentence(bench: Workbench) -> None:
    embargo(bench)
    text = "Hello! There will be elderflowers next year. See you!"
    (found,) = bench.voice.check(text, "en")
    assert (found.level, found.words, found.instead, found.kind) == ("block", "elderflowers", LINE, "embargoed")
    assert found.replaces is not None
    assert text[slice(*found.replaces)] == "There will be elderflowers next year."
    assert "can't be told before" in found.why
    with pytest.raises(Stopped) as stopped:
        bench.voice.clear(Draft(text, "en"), reason="I want to")
    assert stopped.value.findings[0].instead == LINE


def test_who_got_the_holding_line_is_listed_and_told_the_news_on_the_day(
    bench: Workbench, asked: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = embargo(bench)
    key = bench.embargoes.get(number).line.key
    send(bench, asked.anna, f"Hi! {bench.facts.insert(key, 'en', asked.anna)}")
    send(bench, asked.bela, "No idea yet.")
    assert [one.who for one in bench.embargoes.waiting(bench.embargoes.get(number))] == ["Anna"]
    assert bench.embargoes.due() == []
    with pytest.raises(UserError, match="can't be told before"):
        bench.embargoes.let_out(number)
    assert bench.facts.listed() == [], "it is no fact of its own"
    assert bench.facts.owed() == []
    _later(monkeypatch, 6)
    assert bench.voice.check("Elderflower!", "en") == (), "its day has come"
    ((due, told),) = bench.embargoes.due()
    assert (due.id, told.who) == (number, "Anna")
    begun = bench.righting.draft(told.id)
    assert begun.text.endswith(NEWS)
    assert len(bench.embargoes.due()) == 1, "nothing is sent by itself"
    send_draft(bench, asked.anna)
    assert bench.embargoes.due() == []
    assert bench.facts.owed() == []


def test_whoever_needs_no_news_is_left_and_offered_none_and_undo_offers_them(
    bench: Workbench, asked: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = embargo(bench)
    key = bench.embargoes.get(number).line.key
    for talk in (asked.anna, asked.anna, asked.bela):
        send(bench, talk, f"Hi! {bench.facts.insert(key, 'en', talk)}")
    waiting = {one.who: one for one in bench.embargoes.waiting(bench.embargoes.get(number))}
    assert bench.embargoes.leave(number, waiting["Anna"].id).who == "Anna"
    left = bench.embargoes.get(number)
    assert [one.who for one in bench.embargoes.waiting(left)] == [name for name in waiting if name != "Anna"]
    assert [one.state for one in bench.embargoes.tellings(left) if one.who == "Anna"] == ["settled", "settled"]
    _later(monkeypatch, 6)
    bench.embargoes.let_out(number)
    assert [one.who for _, one in bench.embargoes.due()] == [name for name in waiting if name != "Anna"]
    bench.actions.undo()
    bench.actions.undo()
    assert {one.who for _, one in bench.embargoes.due()} == set(waiting)
    with pytest.raises(NotFoundError, match="weren't told"):
        bench.embargoes.leave(number, 99_999)


def test_without_news_the_day_says_what_is_missing(
    bench: Workbench, asked: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = bench.embargoes.add("Flavours", ["elderflower*"], _day(5), {"": LINE})
    send(bench, asked.anna, bench.facts.insert(bench.embargoes.get(number).line.key, "en", asked.anna))
    _later(monkeypatch, 6)
    ((_embargo, told),) = bench.embargoes.due()
    with pytest.raises(UserError, match="Write the news on “Flavours” first"):
        bench.righting.draft(told.id)
    one = bench.embargoes.get(number)
    bench.embargoes.change(number, one.subject, one.words, one.day, {"": LINE}, {"": NEWS})
    assert bench.righting.draft(told.id).text.endswith(NEWS)


def test_another_holding_line_leaves_those_who_got_the_old_one_waiting(bench: Workbench, asked: Talks) -> None:
    number = embargo(bench)
    one = bench.embargoes.get(number)
    send(bench, asked.anna, bench.facts.insert(one.line.key, "en", asked.anna))
    bench.embargoes.change(number, "Flavours", ["elder*"], _day(9), {"": "Wait and see.", "is": "Bíddu bara."}, {})
    changed = bench.embargoes.get(number)
    assert (changed.subject, changed.words, changed.day, changed.news) == ("Flavours", ("elder*",), _day(9), {})
    assert [value.words for value in changed.line.values] == ["Wait and see.", "Bíddu bara."]
    assert [told.who for told in bench.embargoes.waiting(changed)] == ["Anna"]
    (found,) = bench.voice.check("Elderflower", "is")
    assert found.instead == "Bíddu bara."
    bench.actions.undo(bench.store.last_action)
    assert bench.embargoes.get(number) == replace(one, line=bench.facts.get(one.line.id))


def test_lifted_it_stops_nothing_and_undo_brings_it_back(bench: Workbench) -> None:
    number = embargo(bench)
    bench.embargoes.remove(number)
    assert bench.voice.check("Elderflower", "en") == ()
    assert bench.embargoes.listed() == []
    bench.actions.undo(bench.store.last_action)
    assert bench.voice.check("Elderflower", "en")[0].instead == LINE


@pytest.mark.parametrize("day", ["2020-01-01", "today"])
def test_a_day_that_is_not_to_come_is_said(bench: Workbench, day: str) -> None:
    with pytest.raises(UserError, match="ends on a day to come"):
        bench.embargoes.add("Flavours", ["elderflower*"], _day(0) if day == "today" else day, {"": LINE})
    assert bench.embargoes.listed() == []
    assert bench.voice.rules() == ()
    assert bench.store.last_action in (None, 0)


def test_what_is_missing_is_said(bench: Workbench) -> None:
    with pytest.raises(UserError, match="Write a holding line"):
        bench.embargoes.add("Flavours", ["x*"], _day(3), {"": " "})
    with pytest.raises(UserError, match="at least one word"):
        bench.embargoes.add("Flavours", [" "], _day(3), {"": LINE})
    with pytest.raises(UserError, match="needs a subject"):
        bench.embargoes.add(" ", ["x"], _day(3), {"": LINE})
    with pytest.raises(UserError, match="On which day"):
        bench.embargoes.add("Flavours", ["x"], "", {"": LINE})
    with pytest.raises(NotFoundError, match="none yet"):
        bench.embargoes.named("Flavours")


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("One. Two word here! Three", "word", "Two word here!"),
        ("word", "word", "word"),
        ("Hæ\n\nNýtt word kemur\nKveðja", "word", "Nýtt word kemur"),
        ("Τι; Το word έρχεται. Ναι", "word", "Το word έρχεται."),
    ],
)
def test_the_sentence_around_words_is_whole(text: str, word: str, sentence: str) -> None:
    at = text.index(word)
    assert text[slice(*sentence_around(text, at, at + len(word)))] == sentence


def test_an_embargo_that_is_changed_keeps_the_forms_of_its_rule(bench: Workbench) -> None:
    number = bench.embargoes.add("Flavours", ["elderflower"], _day(5), {"": LINE})
    rule_id = bench.embargoes.get(number).rule_id
    assert rule_id is not None
    bench.voice.change_rule(replace(bench.voice.rule(rule_id), forms=("elder",), not_forms=("elderflowers",)))
    bench.embargoes.change(number, "Flavours", ["elderflower"], _day(9), {"": LINE}, {})
    kept = bench.voice.rule(rule_id)
    assert (kept.forms, kept.not_forms) == (("elder",), ("elderflowers",))
