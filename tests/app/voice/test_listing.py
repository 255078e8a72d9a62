"""The rules as they are listed: in groups with counts, and those that are looked for."""

from __future__ import annotations

from app.voice import Rule
from app.voice.limits import made
from app.voice.listing import counts, grouped, sought

RULES = (
    made("emoji", 2),
    Rule(1, ("κεφτές",), "note", "Λέμε μπιφτέκι.", "el", instead="μπιφτέκι"),
    Rule(2, ("refund",), "ask", "Legal says yes first.", "en", "legal", owner="Dóra"),
    Rule(3, ("raffle",), "ask", "Say so.", "en", "promotion", sort="with", also=("#ad",)),
    Rule(4, ("cheap",), "note", "Say good value."),
)


def test_they_are_grouped_by_risk_and_sort() -> None:
    assert [(group.title, [rule.id for rule in group.rules]) for group in grouped(RULES)] == [
        ("Legal", [2]), ("Tone", [1, 4]), ("Required words", [3]), ("Emoji", [0]),
    ]  # fmt: skip


def test_they_are_found_by_any_of_their_words() -> None:
    def numbers(words: str, language: str = "") -> list[int]:
        return [rule.id for rule in sought(RULES, words, language)]

    assert numbers("") == [0, 1, 2, 3, 4]
    assert numbers("ΜΠΙΦΤΕΚΙ") == [1]
    assert numbers("dora") == [2]
    assert numbers("#ad raffle") == [3]
    assert numbers("legal") == [2]
    assert numbers("say", "en") == [2, 3, 4]
    assert numbers("say", "hu") == [4]
    assert numbers("nowhere") == []


def test_each_language_has_its_count() -> None:
    assert counts(RULES) == {"": 5, "el": 3, "en": 4}
