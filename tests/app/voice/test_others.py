"""A public draft doesn't name members who take no part, nor repeat what somebody wrote in private."""

from __future__ import annotations

import pytest

from app.intake import Intake
from app.store.store import Store
from app.voice import ASK, NOTE, RECEIVER, Draft, Stopped, Voice
from tests.app.saying import NOW, account, said

SECRET = "My doctor told me that the sugar in your ginger lemonade makes me ill"


@pytest.fixture
def voice(store: Store) -> Voice:
    """Anna and Ben write in public, Cecilia in private."""
    blog, intake = account(store), Intake(store)
    intake.take(blog, [said("1", NOW, "Is there more of it?", "anna", name="Anna Dahlberg", thread="t")])
    intake.take(blog, [said("2", NOW + 60, "I like it too.", "ben", name="Ben Dahlberg", thread="u")])
    private = said("3", NOW + 120, f"Hello! {SECRET}. Best, C.", "cecilia", name="Cecilia Ek", thread="v")
    intake.take(blog, [private])
    with store.write() as conn:
        conn.execute("UPDATE conversation SET public = 1 WHERE id < 3")
        conn.execute("UPDATE conversation SET public = 0 WHERE id = 3")
        conn.execute("INSERT INTO teammate (name) VALUES ('Ben Dahlberg')")
    return Voice(store)


def found(voice: Voice, text: str, *, public: bool = True, conversation: int | None = 1) -> list[tuple[str, str]]:
    draft = Draft(text, "en", public=public, conversation_id=conversation)
    return [(one.level, one.words) for one in voice.look(draft) if one.risk == "personal"]


def test_a_member_who_takes_no_part_is_noted_by_name(voice: Voice) -> None:
    text = "Ask Cecilia Ek, or Anna Dahlberg, or Ben Dahlberg of ours, or David Ek."
    assert found(voice, text) == [(NOTE, "Cecilia Ek")]
    assert found(voice, text, conversation=3) == [(NOTE, "Anna Dahlberg")]
    assert found(voice, text, public=False) == []


def test_what_somebody_wrote_in_private_needs_a_reason_in_public(voice: Voice) -> None:
    text = f"Thank you! As one of you says: {SECRET.lower()}."
    with pytest.raises(Stopped, match="in private") as stopped:
        voice.clear(Draft(text, "en", public=True, conversation_id=1))
    assert [one.level for one in stopped.value.findings] == [ASK]
    assert voice.clear(Draft(text, "en", public=True, conversation_id=1), reason="she said yes").passed
    assert not voice.clear(Draft(text, "en", public=True, conversation_id=3)).passed
    assert not voice.clear(Draft(text, "en", read_by=RECEIVER)).passed
    assert not voice.clear(Draft("My doctor told me that sugar is fine.", "en", public=True)).passed
