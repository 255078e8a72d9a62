"""A template that is unused for long or rewritten each time is told; how much was rewritten is noted as it is sent."""

from __future__ import annotations

import pytest

from app.base import clock
from app.store.store import Store
from app.templates import Templates, Text, note_sent
from app.templates.stale import edited
from app.voice import Draft
from tests.app.saying import NOW
from tests.app.templates.people import talk

BODY = "{{greeting|Hello}}, the green crates leave Akureyri every Tuesday morning with the van."
OTHER = "Hello, your parcel was lost in Glasgow by somebody else and we are sorry about it."
DAY = 86_400


@pytest.fixture
def desk(store: Store, monkeypatch: pytest.MonkeyPatch) -> Templates:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Templates(store)


def test_how_much_of_its_own_words_is_gone() -> None:
    assert edited(BODY, "Hi Anna, the green crates leave Akureyri every Tuesday morning with the van.") == 0
    assert (edited(BODY, OTHER) or 0) > 80
    assert edited("{{answer}}", "Yes.") is None


def test_what_is_rewritten_each_time_is_told(desk: Templates, store: Store) -> None:
    number = desk.add("crates", "Crates", texts=[Text("en", "A", BODY)])
    here, anna = talk(store, "Anna Bell", "en")
    for words in (OTHER, OTHER, OTHER, BODY, OTHER):
        assert desk.wear()[number].why == ""
        with store.write() as conn:
            note_sent(conn, Draft(words, "en", number, "A"), anna, here)
    worn = desk.wear()[number]
    assert (worn.uses, worn.why) == (5, "Mostly rewritten before it's sent: 4 of the last 5 times.")


def test_what_is_unused_for_half_a_year_is_told(desk: Templates, store: Store) -> None:
    number = desk.add("crates", "Crates", texts=[Text("en", "A", BODY)])
    other = desk.add("boxes", "Boxes", texts=[Text("en", "A", BODY)])
    with store.write() as conn:
        conn.execute("UPDATE template SET created_at = ?", (NOW - 300 * DAY,))
        note_sent(conn, Draft(BODY, "en", number, "A"), None, None)
        conn.execute("UPDATE template_use SET at = ?", (NOW - 200 * DAY,))
    worn = desk.wear()
    assert worn[number].why.startswith("Not used since ")
    assert worn[other].why.startswith("Never used since it was made on ")
    with store.write() as conn:
        note_sent(conn, Draft(BODY, "en", number, "A"), None, None)
    assert desk.wear()[number].why == ""


def test_thanks_that_follow_are_counted(desk: Templates, store: Store) -> None:
    number = desk.add("crates", "Crates", texts=[Text("en", "A", BODY)])
    here, anna = talk(store, "Anna Bell", "en")
    with store.write() as conn:
        note_sent(conn, Draft(BODY, "en", number, "A"), anna, here)
        conn.execute(
            "INSERT INTO message (account_id, conversation_id, out, at, text, quiet)"
            " VALUES (1, ?, 0, ?, 'Ta!', 'closer')",
            (here, NOW + 60),
        )
    assert desk.wear()[number].thanked == 1


def test_what_no_template_began_is_not_noted(desk: Templates, store: Store) -> None:
    desk.add("crates", "Crates", texts=[Text("en", "A", BODY)])
    with store.write() as conn:
        note_sent(conn, Draft(BODY, "en"), None, None)
    assert store.read.execute("SELECT count(*) FROM template_use").fetchone()[0] == 0
