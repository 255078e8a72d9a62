"""What is angry in five languages, and what becomes of it: held, shown again, sent now or taken back."""

from __future__ import annotations

import pytest

from app.base import clock, resources
from app.base.paths import Profile
from app.cooling import BY_CHOICE, is_angry
from app.outbox.cooling import COOL_SECONDS, SHOWN_SECONDS
from app.voice import Draft
from app.workbench import Workbench
from tests.app.facts.telling import talks

ANGRY = [
    ("en", "You are a liar and you know it."),
    ("en", "Shut up, nobody asked you. Grow up!"),
    ("is", "Þú ert hálfviti, haltu kjafti."),
    ("is", "Þegiðu, þú ert lygari!"),
    ("hu", "Te idióta, fogd be!"),
    ("hu", "Hazudsz, és szánalmas vagy."),
    ("cs", "Ty jsi debil, drž hubu."),
    ("cs", "Lžeš a jsi trapný!"),
    ("el", "Είσαι βλάκας, σκάσε!"),
    ("el", "Ψεύτη, ντροπή σου!"),
]
CALM = [
    ("en", "You're right, that was stupid of us. I'm sorry."),
    ("en", "I'm sorry, that must have been infuriating. A new box goes out today."),
    ("is", "Þetta er okkar klúður og ég bið þig afsökunar."),
    ("hu", "Nagyon sajnálom, ez a mi hibánk volt."),
    ("cs", "Máte pravdu, tohle jsme zkazili. Omlouváme se."),
    ("el", "Έχεις δίκιο, το λάθος ήταν δικό μας. Συγγνώμη!"),
]


@pytest.mark.parametrize(("language", "text"), ANGRY)
def test_an_insult_is_angry_in_each_language_and_where_it_is_unknown(language: str, text: str) -> None:
    assert is_angry(text, language)
    assert is_angry(text)


@pytest.mark.parametrize(("language", "text"), CALM)
def test_an_apology_is_not(language: str, text: str) -> None:
    assert not is_angry(text, language)


def test_nothing_that_the_demo_says_is_angry() -> None:
    said = [
        entry["text"]
        for talk in resources.tables("demo", "conversations_*.toml", "conversation")
        for entry in talk["message"]
        if entry["from"] == "us"
    ]
    assert len(said) > 200
    assert [text for text in said if is_angry(text)] == []


def _reply(bench: Workbench, text: str, at: int | None = None) -> tuple[int, int]:
    """Submit a reply to Anna, with the words as they are: their own rules are not what is looked at here."""
    talk = talks(bench).anna
    cleared = bench.voice.clear(bench.outbox.read_by(Draft(text, "en"), talk))
    return talk, bench.cooling.reply(cleared, talk, hold_seconds=0, at=at)


def test_an_angry_reply_is_held_and_says_when_it_goes(bench: Workbench) -> None:
    talk, number = _reply(bench, "You are a liar and you know it.")
    entry = bench.outbox.get(number)
    assert (entry.state, entry.cools, entry.later) == ("held", True, True)
    assert abs(entry.held_until - clock.now() - COOL_SECONDS) <= 2
    assert [one.id for one in bench.cooling.held()] == [number]
    bench.sync.send(entry.account_id)
    assert bench.outbox.get(number).state == "held"
    assert bench.inbox.row(talk).state == "needs_me", "nothing was said yet"


def test_a_calm_one_goes_at_once_and_one_by_choice_is_held(bench: Workbench) -> None:
    _talk, number = _reply(bench, "Thank you, Anna!")
    assert not bench.outbox.get(number).cools
    talk = bench.outbox.get(number).conversation_id
    cleared = bench.voice.clear(bench.outbox.read_by(Draft("And one more thing.", "en"), talk))
    chosen = bench.cooling.reply(cleared, talk, at=BY_CHOICE)
    assert bench.outbox.get(chosen).cools


def test_it_can_be_sent_now_or_taken_back(bench: Workbench) -> None:
    talk, number = _reply(bench, "You are a liar and you know it.")
    bench.outbox.discard(number)
    assert bench.cooling.held() == []
    assert bench.inbox.open(talk, 1).draft == "You are a liar and you know it."
    cleared = bench.voice.clear(bench.outbox.read_by(Draft("You liar, go to hell.", "en"), talk))
    again = bench.cooling.reply(cleared, talk)
    bench.outbox.send_now(again)
    bench.sync.send(bench.outbox.get(again).account_id)
    assert bench.outbox.get(again).state == "sent"
    assert bench.cooling.held() == []


def test_undo_of_sending_brings_the_draft_back(bench: Workbench) -> None:
    talk, number = _reply(bench, "You are a liar and you know it.")
    bench.outbox.undo_send(number)
    assert bench.inbox.open(talk, 1).draft == "You are a liar and you know it."


def test_it_survives_a_restart_and_is_shown_before_it_goes(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Workbench(profile)
    _talk, number = _reply(bench, "You are a liar and you know it.")
    bench.close()
    later = clock.now() + COOL_SECONDS + 60
    monkeypatch.setattr(clock, "now", lambda: later)
    again = Workbench(profile)
    try:
        again.outbox.take_charge(15)
        entry = again.outbox.get(number)
        assert (entry.state, entry.held_until) == ("held", later + SHOWN_SECONDS)
        assert again.outbox.due() == []
    finally:
        again.close()
