"""A draft says what is worth a second look: the same words again, mixed terms, other figures than last time."""

from __future__ import annotations

import pytest

from app.base import clock
from app.store.store import Store
from app.templates import Templates, Text
from app.templates.contradicting import clashes
from app.templates.noticing import CANNED, OTHERWISE, TERMS
from app.voice import Draft, Finding
from tests.app.saying import NOW
from tests.app.templates.people import ask, reply, talk

SORRY = "We packed it in straw this time, so that nothing can break on the way."


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Templates:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Templates(store)


def found(desk: Templates, text: str, member: int, language: str = "en", talk: int | None = None) -> list[Finding]:
    return list(desk.findings(Draft(text, language, to=member, conversation_id=talk)))


def test_the_same_line_to_the_same_member_is_noticed(desk: Templates, store: Store) -> None:
    here, anna = talk(store, "Anna Bell", "en")
    _, other = talk(store, "Tom Hill", "en")
    reply(store, here, f"Hi Anna! {SORRY} Yours, Ragna", "en", at=NOW - 40 * 86_400)
    text = f"Dear Anna, thanks. {SORRY.replace('straw', 'fresh straw')}"
    (note,) = found(desk, text, anna)
    assert (note.level, note.risk) == ("note", CANNED)
    assert note.why.startswith("You sent Anna Bell the same on ")
    assert text[note.start : note.end].startswith("We packed it in fresh straw")
    assert found(desk, text, other) == []
    assert (
        found(desk, "Dear Anna, thank you very much. The parcel leaves Akureyri tomorrow with the morning van.", anna)
        == []
    )


def test_thanks_may_be_said_again_and_again(desk: Templates, store: Store) -> None:
    here, anna = talk(store, "Anna Bell", "en")
    reply(store, here, "Thank you, Anna!", "en", at=NOW - 86_400)
    assert found(desk, "Thank you, Anna!", anna) == []


def test_mixed_terms_are_noticed(desk: Templates, store: Store) -> None:
    _, petr = talk(store, "Petr Novák", "cs")
    (note,) = found(desk, "Ahoj Petře, pošli mi adresu a já vám ji potvrdím.", petr, "cs")
    assert (note.risk, note.words) == (TERMS, "vám")
    assert note.why == "The rest of it is on familiar terms, and this is formal."
    assert found(desk, "Ahoj Petře, pošli mi adresu.", petr, "cs") == []


def test_what_the_profile_says_is_what_a_draft_is_held_against(desk: Templates, store: Store) -> None:
    _, petr = talk(store, "Petr Novák", "cs")
    with store.write() as conn:
        conn.execute("UPDATE member SET form_of_address = 'formal' WHERE id = ?", (petr,))
    (note,) = found(desk, "Ahoj Petře, pošli mi adresu.", petr, "cs")
    assert note.why == "You're on formal terms with Petr Novák, and this is familiar."


def test_another_figure_than_last_time_is_noticed(desk: Templates, store: Store) -> None:
    there, _ = talk(store, "Klára Bílá", "cs")
    ask(store, there, "Kolik stojí velká bedna limonády s dopravou do Brna?", "cs", at=NOW - 9 * 86_400)
    reply(store, there, "Velká bedna stojí 249 Kč i s dopravou.", "cs", at=NOW - 8 * 86_400)
    here, petr = talk(store, "Petr Novák", "cs")
    ask(store, here, "Kolik stojí velká bedna limonády, prosím, s dopravou do Brna?", "cs", at=NOW - 60)
    (note,) = found(desk, "Dobrý den, bedna stojí 269 Kč.", petr, "cs", here)
    assert (note.risk, note.words) == (OTHERWISE, "269 Kč")
    assert note.why.startswith("Klára Bílá was told “249 Kč” on ")
    assert found(desk, "Dobrý den, bedna stojí 249 Kč.", petr, "cs", here) == []


def test_the_same_template_is_compared_over_languages(desk: Templates, store: Store) -> None:
    key = desk.add("sugar", "Sugar", texts=[Text("en", "A", "It has {{grams}} g.")])
    there, _ = talk(store, "Νίκος Παππάς", "el")
    ask(store, there, "Πόση ζάχαρη;", "el", at=NOW - 9 * 86_400)
    told = reply(store, there, "Έχει 8,4 γρ. στα 100 ml.", "el", at=NOW - 8 * 86_400)
    with store.write() as conn:
        conn.execute("UPDATE message SET template_id = ? WHERE id = ?", (key, told))
    here, anna = talk(store, "Anna Bell", "en")
    ask(store, here, "How sweet is it?", "en", at=NOW - 60)
    draft = Draft("It has 7 g of sugar in 100 ml.", "en", key, to=anna, conversation_id=here)
    (note,) = desk.findings(draft)
    assert note.words == "7 g"
    assert "“8,4 γρ”" in note.why


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("It costs €1,990.", "Það kostar 1.890 €.", ["€1,990"]),
        ("It costs 1 990 Kč.", "Stojí 1.990 Kč", []),
        ("It comes on 15 December.", "Kemur 20. desember.", ["15 December"]),
        ("Přijde 15. 12.", "It comes on 15 December.", []),
        ("Hi Anna, yes, it is.", "Szia Anna! Nem, sajnos.", ["yes"]),
        ("Ναι, έχουμε.", "Ano, máme.", []),
        ("It takes 3 days.", "Costs 5 €.", []),
        ("Between 3 and 5 days, at 8 %.", "Within 5 days, at 8%.", []),
    ],
)
def test_figures_days_and_verdicts_are_compared(now: str, before: str, words: list[str]) -> None:
    assert [clash.now.words.strip() for clash in clashes(now, before)] == words
