"""What is heard face to face stands in the member's history, and one undo takes it back whole."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.inbox import Inbox
from app.intake import Intake
from app.intake.in_person import InPerson
from app.members import Members
from app.search import Search
from app.store.store import Store
from tests.app.saying import NOW, account, differences, is_consistent, rows, said


@pytest.fixture
def heard(store: Store) -> InPerson:
    intake = Intake(store)
    intake.take(account(store), [said("1", NOW, "Hello", thread="t"), said("2", NOW, "Szia", "béla", thread="u")])
    return InPerson(store, intake)


def test_it_stands_in_their_history_and_asks_for_no_answer(heard: InPerson, store: Store) -> None:
    talk = heard.note(1, "  Lives with a dog called Citrus ", "Brno market")
    row = Inbox(store).row(talk)
    assert (row.state, row.unread, row.member, row.title, row.kind) == (
        "done", 0, "Anna", "In person, Brno market", "in_person",
    )  # fmt: skip
    line = Inbox(store).open(talk).lines[0]
    assert (line.kind, line.text, line.author) == ("offline", "Lives with a dog called Citrus", "Anna")
    assert [hit.conversation_id for hit in Search(store).messages("citrus")] == [talk]
    assert abs((Members(store).get(1).last_at or 0) - time.time()) < 5
    assert heard.note(1, "And a cat") != talk
    assert store.read.execute("SELECT count(*) FROM identity WHERE kind = 'in_person'").fetchone()[0] == 1


def test_one_undo_takes_it_back_whole(heard: InPerson, store: Store) -> None:
    before = rows(store)
    heard.note(2, "Likes mint", "Fair", "2026-01-05")
    store.undo_action(store.last_action or 0)
    assert differences(rows(store), before) == {}
    assert Search(store).messages("mint") == []
    is_consistent(store)


def test_a_day_in_the_past_is_at_noon(heard: InPerson, store: Store) -> None:
    line = Inbox(store).open(heard.note(1, "Likes mint", day="2026-03-29")).lines[0]
    assert clock.local(line.at).strftime("%Y-%m-%d %H:%M") == "2026-03-29 12:00"


@pytest.mark.parametrize(
    ("words", "day", "sentence"),
    [
        ("  ", "", "in a few words"),
        ("x", "yesterday", "isn't a date. Write it like"),
        ("x", "2026-13-01", "isn't a date"),
        ("x", "0001-01-01", "too long ago"),
        ("x", "9999-12-31", "is in the future"),
    ],
)
def test_what_cannot_be_is_said_plainly_and_leaves_nothing(
    heard: InPerson, store: Store, words: str, day: str, sentence: str
) -> None:
    before = rows(store)
    with pytest.raises(UserError, match=sentence):
        heard.note(1, words, day=day)
    assert differences(rows(store), before) == {}


def test_tomorrow_is_still_to_come(heard: InPerson) -> None:
    tomorrow = (clock.local(clock.now()) + timedelta(days=1)).date().isoformat()
    with pytest.raises(UserError, match="is in the future"):
        heard.note(1, "x", day=tomorrow)


def test_whom_nobody_knows_and_who_is_somebody_else_by_now(heard: InPerson, store: Store) -> None:
    with pytest.raises(NotFoundError, match="P-99"):
        heard.note(99, "x")
    Members(store).merge(1, 2)
    assert Inbox(store).row(heard.note(2, "x")).member_id == 1
