"""Private data in what everybody will read needs a reason; our own does not, and nothing does between two people."""

from __future__ import annotations

import pytest

from app.store.store import Store
from app.voice import ASK, RECEIVER, Draft, Stopped, Voice

IBAN = "Please pay to GB82 WEST 1234 5698 7654 32 today."


def kinds(voice: Voice, text: str, *, public: bool) -> list[tuple[str, str]]:
    return [(one.level, one.words) for one in voice.look(Draft(text, "en", public=public)) if one.risk == "personal"]


def test_an_iban_in_public_needs_a_reason(store: Store) -> None:
    voice = Voice(store)
    assert kinds(voice, IBAN, public=True) == [(ASK, "GB82 WEST 1234 5698 7654 32")]
    assert kinds(voice, IBAN, public=False) == []
    with pytest.raises(Stopped, match="bank account"):
        voice.clear(Draft(IBAN, "en", public=True))
    assert voice.clear(Draft(IBAN, "en", public=True), reason="our charity").passed[0].reason == "our charity"
    assert voice.clear(Draft(IBAN, "en", read_by=RECEIVER)).passed == ()


def test_our_own_is_not_asked_about(store: Store) -> None:
    voice = Voice(store)
    text = "Write to hello@sitrona.example or ring +44 20 7946 0958."
    assert [words for _, words in kinds(voice, text, public=True)] == ["hello@sitrona.example", "+44 20 7946 0958"]
    with store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, own, created_at)"
            " VALUES (1, 'email', 'Mail', 'hello@sitrona.example', 0)"
        )
        conn.execute("INSERT INTO signature (account_id, text) VALUES (1, 'Katerina, 020 7946 0958')")
    assert kinds(voice, text, public=True) == []
    assert kinds(voice, "anna@post.example", public=True) == [(ASK, "anna@post.example")]
