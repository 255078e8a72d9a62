"""A draft in another language than it is marked as is noted, and sent all the same."""

from __future__ import annotations

from app.store.store import Store
from app.voice import NOTE, Draft, Voice
from app.voice.otherwise import in_another_language

CZECH = "Děkuji, už jsem to našel a je to v pořádku."


def test_most_of_it_in_another_language_is_noted(store: Store) -> None:
    (found,) = in_another_language(f"{CZECH} Díky!", "hu")
    assert (found.level, found.words) == (NOTE, CZECH)
    assert "Czech" in found.why
    assert "Hungarian" in found.why
    voice = Voice(store)
    assert [one.risk for one in voice.look(Draft(CZECH, "hu"))] == ["language"]
    assert voice.clear(Draft(CZECH, "hu")).passed == ()


def test_what_is_right_or_unsure_or_a_quotation_is_not() -> None:
    assert in_another_language(CZECH, "cs") == ()
    assert in_another_language(CZECH, "") == ()
    assert in_another_language(CZECH, "de") == ()
    assert in_another_language("Ahoj!", "hu") == ()
    own = "Köszönöm szépen, és örülök, hogy megírtad, mert ez nekem is nagyon fontos volt."
    assert in_another_language(f"{own} {own} {CZECH}", "hu") == ()
