from __future__ import annotations

import pytest

from app.base.message import Author, Incoming
from app.inbox import Inbox
from app.intake import Intake
from app.search import Filter, Search, walking
from app.store.store import Store


@pytest.fixture
def talk(store: Store) -> Store:
    with store.write() as conn:
        for name in ("A", "B"):
            conn.execute("INSERT INTO account (kind, name, created_at) VALUES ('wordpress', ?, 0)", (name,))
        conn.execute("INSERT INTO setting VALUES ('quiet_days', '90000')")
    intake = Intake(store)
    for number in range(20):
        item = Incoming(
            f"m{number}",
            1_700_000_000 + number * 60,
            "sour lemon",
            Author(f"k{number}", f"k{number}"),
            thread=f"t{number}",
        )
        intake.take(1 + number % 2, [item])
    return store


@pytest.mark.parametrize("few", [0, 5_000])
def test_a_state_finds_the_same_however_rare_it_is_held_to_be(
    talk: Store, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(walking, "_MAX_LISTED", few)
    search, inbox = Search(talk), Inbox(talk)
    assert len(search.messages("lem", Filter(state="needs_me"))) == 20
    assert search.messages("lem", Filter(state="done")) == []
    inbox.done([3, 4])
    assert [hit.conversation_id for hit in search.messages("lem", Filter(state="done"))] == [4, 3]
    assert [hit.conversation_id for hit in search.messages("lem", Filter(state="done", account_id=1))] == [3]
    assert len(search.messages("lem", Filter(state="needs_me"))) == 18
    first = search.messages("lem", Filter(state="needs_me"), limit=5)
    second = search.messages("lem", Filter(state="needs_me"), limit=5, before=first[-1].message_id)
    assert first[-1].message_id > second[0].message_id
