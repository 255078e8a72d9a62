"""Two conversations about one matter."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.inbox.links import LINKED, PRIVATE, link, links, move, unlink
from app.intake import Intake
from app.store.store import Store
from tests.app.saying import NOW, account, said


@pytest.fixture
def talks(store: Store) -> list[int]:
    number = account(store)
    taken = Intake(store).take(number, [said(f"m{at}", NOW, thread=f"t{at}", title=f"T{at}") for at in range(3)])
    return sorted(taken.conversation_ids)


def test_both_show_it_and_it_is_there_once(store: Store, talks: list[int]) -> None:
    first, second, third = talks
    with store.write() as conn:
        link(conn, first, second, PRIVATE)
        link(conn, second, first)
        link(conn, first, third)
    seen = {
        talk: [(other.conversation_id, other.why, other.first) for other in links(store.read, talk)] for talk in talks
    }
    assert seen == {
        first: [(second, PRIVATE, True), (third, LINKED, True)],
        second: [(first, PRIVATE, False)],
        third: [(first, LINKED, False)],
    }
    assert links(store.read, second)[0].title == "T0"


def test_it_is_taken_away_from_either_side(store: Store, talks: list[int]) -> None:
    first, second, _ = talks
    with store.write() as conn:
        link(conn, first, second)
        unlink(conn, second, first)
        with pytest.raises(NotFoundError):
            unlink(conn, first, second)
        with pytest.raises(UserError, match="itself"):
            link(conn, first, first)
    assert links(store.read, first) == ()


def test_they_move_to_another_conversation(store: Store, talks: list[int]) -> None:
    first, second, third = talks
    with store.write() as conn:
        link(conn, first, second, PRIVATE)
        move(conn, second, third)
    assert [(other.conversation_id, other.why) for other in links(store.read, third)] == [(first, PRIVATE)]
    assert links(store.read, second) == ()
