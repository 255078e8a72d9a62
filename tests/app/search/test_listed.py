"""A search in what few conversations have finds the same however long that list is, and wherever the words stand."""

from __future__ import annotations

import pytest

from app.base.message import Author, Incoming
from app.inbox import Inbox
from app.intake import Intake
from app.search import Search, walking
from app.store.store import Store

_MANY = 80
_WORDS = ("sour lemon", "ripe lemons", "sour apple", "Πού μπορώ να βρω λεμονάδα")
_TYPED = (
    "label:fruit lemon", "label:fruit sour", "label:fruit s", "label:fruit λεμο", "label:fruit apple -ripe",
    'label:fruit "sour lemon"', "label:fruit lemon sour", "label:fruit nothing", "label:fruit rarest",
    "label:fruit from:even sour", 'label:fruit channel:"B" lemon',
)  # fmt: skip


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Eighty conversations, most with a label; one word stands in the oldest alone."""
    store = Store(tmp_path_factory.mktemp("listed") / "community.rapport")
    with store.write() as conn:
        for name in ("A", "B"):
            conn.execute("INSERT INTO account (kind, name, created_at) VALUES ('wordpress', ?, 0)", (name,))
    intake = Intake(store)
    for number in range(_MANY):
        words = "rarest of all" if number == 0 else _WORDS[number % 4 if number > _MANY // 2 else 3 - number % 3]
        who = "even" if number % 2 == 0 else f"odd{number}"
        item = Incoming(f"m{number}", 1_700_000_000 + number * 60, words, Author(who, who, who), thread=f"t{number}")
        intake.take(1 + number % 2, [item])
    Inbox(store).label([number for number in range(1, _MANY + 1) if number % 5 or number == 1], ["fruit"])
    return store


def _found(store: Store, typed: str, limit: int, before: int | None = None) -> list[int]:
    return [hit.message_id for hit in Search(store).messages(typed, limit=limit, before=before)]


@pytest.mark.parametrize("typed", _TYPED)
@pytest.mark.parametrize("limit", [1, 5, 200])
def test_what_is_found_does_not_depend_on_how_many_are_read_before_the_index_is_asked(
    talk: Store, monkeypatch: pytest.MonkeyPatch, typed: str, limit: int
) -> None:
    monkeypatch.setattr(walking, "_READ_EACH", 1)
    one_by_one = _found(talk, typed, limit)
    monkeypatch.setattr(walking, "_READ_EACH", 1_000)
    for sample in (1, 3, 24, 1_000):
        monkeypatch.setattr(walking, "_LIST_SAMPLE", sample)
        assert _found(talk, typed, limit) == one_by_one, sample


def test_a_word_of_the_oldest_is_found_and_pages_go_on_to_it(talk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "_LIST_SAMPLE", 3)
    assert len(_found(talk, "label:fruit rarest", 50)) == 1
    every, pages, before = _found(talk, "label:fruit lemon", 200), list[int](), None
    while page := _found(talk, "label:fruit lemon", 7, before):
        pages, before = [*pages, *page], page[-1]
    assert pages == every
    assert len(every) > 20
