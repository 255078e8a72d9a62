"""How often rules were met in what we sent: each figure is the messages behind it."""

from __future__ import annotations

import pytest

from app.base import clock
from app.store.store import Store
from app.voice import ASK, NOTE, Rule, Voice
from app.voice.drift import months
from tests.app.templates.people import ask, reply, talk


def at(year: int, month: int, day: int) -> int:
    return clock.from_iso(f"{year}-{month:02}-{day:02}T12:00")


def test_a_message_counts_once_for_each_rule_in_its_local_month(store: Store) -> None:
    voice = Voice(store)
    sorry = voice.add_rule(Rule(0, ("inconvenience",), ASK, "Say what went wrong.", "en"))
    kindly = voice.add_rule(Rule(0, ("kindly",), NOTE, "Say please.", "en"))
    talked, _ = talk(store, "Eva", "en")
    old = reply(store, talked, "Kindly wait.", "en", at=at(2026, 9, 30))
    first = reply(store, talked, "Kindly wait, kindly! Sorry for the inconvenience.", "en", at=at(2026, 10, 1))
    reply(store, talked, "All is well again.", "en", at=at(2026, 10, 2))
    ask(store, talked, "Kindly tell me", "en", at=at(2026, 10, 3))
    later = reply(store, talked, "Sorry for the inconveniences.", "en", at=at(2026, 11, 2))
    found = voice.met_since("2026-10")
    assert {(one.rule_id, one.month, one.message_id) for one in found} == {
        (sorry, "2026-10", first), (kindly, "2026-10", first), (sorry, "2026-11", later),
    }  # fmt: skip
    assert len(found) == 3
    assert old in {one.message_id for one in voice.met_since("2026-09")}


def test_only_what_was_sent_and_said_by_us_counts(store: Store) -> None:
    voice = Voice(store)
    voice.add_rule(Rule(0, ("kindly",), NOTE, "Say please.", "en"))
    talked, _ = talk(store, "Eva", "en")
    failed, gone, *_foreign_and_quoted = (
        reply(store, talked, text, language, at=at(2026, 10, 5))
        for text, language in (
            ("Kindly wait.", "en"), ("Kindly wait.", "en"), ("Kindly Kft.", "hu"), ("Gladly.\n\n> Kindly wait", "en"),
        )
    )  # fmt: skip
    with store.write() as conn:
        conn.execute("UPDATE message SET failed = 'refused' WHERE id = ?", (failed,))
        conn.execute("UPDATE message SET gone_at = 1 WHERE id = ?", (gone,))
    assert voice.met_since("2026-10") == ()
    kept = reply(store, talked, "Please call 12345. {{name}} Kindly", "en", at=at(2026, 10, 6))
    assert [(one.message_id, one.words) for one in voice.met_since("2026-10")] == [(kept, "Kindly")]


def test_rules_of_one_channel_and_limits_are_asked_as_well(store: Store) -> None:
    voice = Voice(store)
    voice.limit("exclaim", 1)
    ad = voice.add_rule(Rule(0, ("raffle",), ASK, "Say so.", "en", sort="with", also=("#ad",), channel="blog"))
    other = voice.add_rule(Rule(0, ("raffle",), ASK, "Say so.", "en", sort="with", also=("#ad",), channel="email"))
    talked, _ = talk(store, "Eva", "en")
    reply(store, talked, "Our raffle begins!!", "en", at=at(2026, 10, 5))
    met = {one.rule_id for one in voice.met_since("2026-10")}
    assert ad in met
    assert other not in met
    assert len(met) == 2


@pytest.mark.parametrize(
    ("many", "named"), [(1, ("2026-01",)), (3, ("2025-11", "2025-12", "2026-01")), (13, None)]
)  # fmt: skip
def test_months_go_back_over_the_year(many: int, named: tuple[str, ...] | None) -> None:
    found = months(at(2026, 1, 15), many)
    assert len(found) == many
    assert named is None or found == named
    assert found[-1] == "2026-01"


def test_counting_says_how_far_it_is_and_ends_when_told_to(store: Store) -> None:
    voice = Voice(store)
    kindly = voice.add_rule(Rule(0, ("kindly",), NOTE, "Say please.", "en"))
    voice.add_rule(Rule(0, ("hooray",), NOTE, "Never met.", "en"))
    talked, _ = talk(store, "Eva", "en")
    for day in range(1, 6):
        reply(store, talked, "Kindly wait." if day % 2 else "Gladly.", "en", at=at(2026, 10, day))
    shown, heard = ("2026-09", "2026-10"), list[tuple[int, int]]()

    def stops_at_the_third(done: int, of: int) -> bool:
        heard.append((done, of))
        return done < 2

    assert voice.drift(shown, stops_at_the_third) is None
    assert heard == [(0, 5), (1, 5), (2, 5)]
    whole = voice.drift(shown, lambda _done, _of: True)
    assert whole is not None
    assert (whole.months, whole.messages) == (shown, 5)
    assert [(row.rule.id, len(row.of("2026-09")), len(row.of("2026-10"))) for row in whole.rows] == [(kindly, 0, 3)]
    empty = voice.drift(("2026-11",), lambda _done, _of: True)
    assert empty is not None
    assert (empty.rows, empty.messages) == ((), 0)


def test_messages_are_listed_latest_first_with_what_is_around_the_words(store: Store) -> None:
    voice = Voice(store)
    voice.add_rule(Rule(0, ("kindly",), NOTE, "Say please.", "en"))
    talked, _ = talk(store, "Eva", "en")
    first = reply(store, talked, "Kindly wait\nhere.", "en", at=at(2026, 10, 1))
    long = "The parcel has been on its way since the day before yesterday, so kindly wait a little longer."
    later = reply(store, talked, f"{long}\n\n> quoted", "en", at=at(2026, 10, 2))
    gone = reply(store, talked, "Kindly go.", "en", at=at(2026, 10, 3))
    found = voice.met_since("2026-10")
    with store.write() as conn:
        conn.execute("UPDATE message SET gone_at = 1, text = '' WHERE id = ?", (gone,))
    told = voice.passages(found)
    assert [(one.id, one.talk, one.words) for one in told] == [(later, "Eva", "kindly"), (first, "Eva", "Kindly")]
    assert told[0].passage == "…the day before yesterday, so kindly wait a little longer."
    assert told[1].passage == "Kindly wait here."
