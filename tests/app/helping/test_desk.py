"""Help as it is found when messages come in, and marked by hand."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.workbench import Workbench
from tests.app.saying import NOW, account, is_consistent, said


@pytest.fixture
def place(bench: Workbench) -> int:
    return account(bench.store, "discourse", "Forum")


def take(bench: Workbench, place: int, *lines: tuple[str, str], thread: str = "t", at: int = NOW) -> list[int]:
    before = {row[0] for row in bench.store.read.execute("SELECT id FROM message")}
    items = [
        said(f"{thread}-{len(before) + number}", at + number * 600, words, who, thread=thread)
        for number, (who, words) in enumerate(lines)
    ]
    bench.intake.take(place, items)
    return [row[0] for row in bench.store.read.execute("SELECT id FROM message ORDER BY id") if row[0] not in before]


QUESTION = ("bill", "Does the big bottle fit into a cage?")
ANSWER = ("ines", "It does if you take the rubber ring off first.")


def test_it_is_found_with_the_message_and_counted_as_sql_counts(bench: Workbench, place: int) -> None:
    _, answer = take(bench, place, QUESTION, ANSWER)
    (one,) = bench.helps.listed()
    assert (one.message_id, one.helper, one.helped) == (answer, "Ines", "Bill")
    assert bench.helps.tally(one.helper_id) == (1, 1, 0)
    assert bench.helps.tally(one.helped_id) == (0, 0, 1)
    assert [each.message_id for each in bench.helps.received(one.helped_id)] == [answer]
    assert bench.helps.count() == bench.store.read.execute("SELECT count(*) FROM help").fetchone()[0] == 1
    is_consistent(bench.store)


def test_it_is_found_over_two_pulls_and_by_late_thanks(bench: Workbench, place: int) -> None:
    take(bench, place, QUESTION, ("us", "I’ll ask."))
    take(bench, place, ANSWER, at=NOW + 3600)
    assert bench.helps.count() == 0  # ours came first
    take(bench, place, ("bill", "That worked, thank you, Ines!"), at=NOW + 7200)
    assert bench.helps.count() == 1


def test_what_did_not_help_is_none_any_more(bench: Workbench, place: int) -> None:
    take(bench, place, QUESTION, ANSWER)
    assert bench.helps.count() == 1
    take(bench, place, ("bill", "That didn’t work, it still doesn’t fit."), at=NOW + 7200)
    assert bench.helps.count() == 0


def test_unmarked_by_hand_it_is_never_found_again(bench: Workbench, place: int) -> None:
    _, answer = take(bench, place, QUESTION, ANSWER)
    assert bench.helps.toggle(answer)[1] is False
    unmarked = bench.store.last_action
    take(bench, place, ("bill", "That worked, thank you, Ines!"), at=NOW + 7200)
    assert bench.helps.count() == 0
    assert bench.helps.toggle(answer)[1] is True
    assert bench.helps.of_message(answer).by_hand  # type: ignore[union-attr]
    bench.actions.undo(bench.store.last_action)
    bench.actions.undo(unmarked)
    assert not bench.helps.of_message(answer).by_hand  # type: ignore[union-attr]


def test_any_message_of_a_member_can_be_marked_and_no_other(bench: Workbench, place: int) -> None:
    first, later, ours = take(bench, place, ("bill", "It fits."), ("ines", "Good to hear."), ("us", "Fine."))
    made = bench.helps.mark(later)
    assert (made.helper, made.helped, made.by_hand) == ("Ines", "Bill", True)
    with pytest.raises(UserError, match="Nobody else has written here before Bill"):
        bench.helps.mark(first)
    with pytest.raises(UserError, match="isn't a member's message"):
        bench.helps.mark(ours)
    with pytest.raises(NotFoundError):
        bench.helps.mark(7)
    with pytest.raises(UserError, match="isn't marked as help"):
        bench.helps.unmark(first)


def test_who_is_one_person_helped_nobody(bench: Workbench, place: int) -> None:
    take(bench, place, QUESTION, ANSWER)
    (one,) = bench.helps.listed()
    bench.members.merge(one.helped_id, one.helper_id)
    assert bench.helps.listed() == []
    bench.actions.undo(bench.store.last_action)
    assert len(bench.helps.listed()) == 1


def test_a_letter_between_two_people_alone_is_not_even_read(bench: Workbench, place: int) -> None:
    take(bench, place, QUESTION, ("us", "It does."), ("bill", "Thanks!"))
    assert bench.helps.count() == 0
