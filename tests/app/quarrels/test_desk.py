"""One case for a quarrel, from the message that makes it one until it is settled."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.quarrels import move_conversation
from app.workbench import Workbench
from tests.app.saying import account, is_consistent, said

LINES = (
    ("petr", "Glass is the only honest bottle."),
    ("anna", "You have no idea what you’re talking about."),
    ("petr", "Shut up, Anna."),
)
CALM = ("anna", "It rained all day on the allotment.")


@pytest.fixture
def place(bench: Workbench) -> int:
    return account(bench.store, "wordpress", "Blog")


def take(bench: Workbench, place: int, *lines: tuple[str, str], ago: int = 3600, thread: str = "t") -> None:
    many = bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]
    at = clock.now() - ago
    bench.intake.take(
        place,
        [
            said(f"{thread}-{many + number}", at + number * 60, words, who, thread=thread, title="Glass or cans?")
            for number, (who, words) in enumerate(lines)
        ],
    )


def test_it_is_found_while_it_heats_up_with_both_sides(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (one,) = bench.quarrels.listed()
    assert set(one.names) == {"Petr", "Anna"}
    assert (one.title, one.state, len(one.messages)) == ("Glass or cans?", "open", 2)
    assert bench.store.read.execute("SELECT count(*) FROM quarrel_side").fetchone()[0] == 2
    assert bench.quarrels.of_conversation(one.conversation_id) == one
    assert [each.id for each in bench.quarrels.of_member(one.sides[0].member_id)] == [one.id]
    is_consistent(bench.store)


def test_an_old_one_that_is_read_as_history_is_nobodys_business(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES, ago=30 * 86_400)
    assert bench.quarrels.listed("all") == []


def test_what_is_said_to_be_none_never_is_one_again(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (one,) = bench.quarrels.listed()
    bench.quarrels.dismiss(one.id)
    take(bench, place, *LINES, ago=60)
    assert bench.quarrels.listed() == []
    assert bench.quarrels.get(one.id).state == "none"
    assert bench.quarrels.of_member(one.sides[0].member_id) == []
    with pytest.raises(UserError, match="said already"):
        bench.quarrels.settle(one.id)


def test_settled_it_stays_so_until_it_heats_up_anew(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (one,) = bench.quarrels.listed()
    assert bench.quarrels.settle(one.id, " They shook hands. ").note == "They shook hands."
    take(bench, place, CALM, ago=-60)
    assert bench.quarrels.listed() == []
    take(bench, place, *LINES, ago=-600)
    assert [each.id for each in bench.quarrels.listed()] == [one.id]
    with pytest.raises(NotFoundError):
        bench.quarrels.get(99)


def test_settling_is_undone_and_redone(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (one,) = bench.quarrels.listed()
    bench.quarrels.settle(one.id)
    bench.actions.undo(bench.store.last_action)
    assert bench.quarrels.get(one.id).state == "open"


def test_one_is_raised_by_hand_where_two_have_written(bench: Workbench, place: int) -> None:
    take(bench, place, ("petr", "Glass, of course."), CALM)
    one = bench.quarrels.raise_case(1)
    assert (set(one.names), one.by_hand, one.heat) == ({"Petr", "Anna"}, True, 0)
    assert bench.quarrels.raise_case(1) == one
    take(bench, place, ("petr", "Glass, of course."), thread="u")
    with pytest.raises(UserError, match="takes two"):
        bench.quarrels.raise_case(2)


def test_both_histories_are_told(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (one,) = bench.quarrels.listed()
    pasts = {past.party.name: past for past in bench.quarrels.pasts(one.id)}
    assert {name: (past.messages, past.quarrels) for name, past in pasts.items()} == {"Petr": (2, 0), "Anna": (1, 0)}
    assert [words for _, _, words in pasts["Petr"].said] == ["Shut up, Anna."]


def test_each_side_is_written_to_alone_in_their_language(bench: Workbench, place: int) -> None:
    account(bench.store, "email", "E-mail", own="us@club.example")
    take(bench, place, *LINES)
    (one,) = bench.quarrels.listed()
    petr = next(side for side in one.sides if side.name == "Petr")
    with pytest.raises(UserError, match="no way to write to Petr"):
        bench.quarrels.write_to(one.id, petr.member_id)
    bench.members.edit(petr.member_id, {"email": "petr@mail.example", "language": "cs"})
    draft = bench.quarrels.write_to(one.id, petr.member_id).draft
    assert draft is not None
    assert (draft.language, draft.linked_id, draft.subject) == ("cs", one.conversation_id, "Glass or cans?")
    assert "píšu jen vám" in draft.text
    assert "Glass or cans?" in draft.text
    assert [box.address for box in draft.receivers] == ["petr@mail.example"]
    again = bench.quarrels.write_to(one.id, petr.member_id).draft
    assert again is not None
    assert again.id == draft.id
    assert len(bench.letters.drafts()) == 1
    with pytest.raises(UserError, match="aren't part"):
        bench.quarrels.write_to(one.id, 999)


def test_who_asked_not_to_be_contacted_gets_no_draft(bench: Workbench, place: int) -> None:
    account(bench.store, "email", "E-mail", own="us@club.example")
    take(bench, place, *LINES)
    (one,) = bench.quarrels.listed()
    side = one.sides[0]
    bench.members.edit(side.member_id, {"email": "petr@mail.example"})
    with bench.store.write() as conn:
        conn.execute("UPDATE member SET do_not_contact = 1 WHERE id = ?", (side.member_id,))
    with pytest.raises(UserError, match="asked not to be contacted"):
        bench.quarrels.write_to(one.id, side.member_id)


def test_a_joined_conversation_brings_its_case_along(bench: Workbench) -> None:
    place = account(bench.store, "email", "E-mail", own="us@club.example")
    now = clock.now()
    for thread, lines in (("a", (CALM,)), ("b", LINES)):
        for number, (who, words) in enumerate(lines):
            key = f"<{thread}{number}@x>"
            refs = [f"<{thread}{number - 1}@x>"] if number else []
            item = said(key, now - 900 + number * 60, words, f"{who}@mail.example", refs=refs, name=who.capitalize())
            bench.intake.take(place, [item._replace(letter=key, parent=refs[0] if refs else "")])
    (one,) = bench.quarrels.listed()
    bench.intake.join([1, one.conversation_id])
    assert [each.conversation_id for each in bench.quarrels.listed()] == [1]
    bench.actions.undo(bench.store.last_action)
    assert [each.conversation_id for each in bench.quarrels.listed()] == [one.conversation_id]


def test_nobody_quarrels_with_themselves_once_both_sides_are_one_member(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (case,) = bench.quarrels.listed()
    one, other = (side.member_id for side in case.sides)
    bench.pairs.merge(one, other)
    assert bench.quarrels.listed("all") == []
    assert [entry.kind for entry in bench.history.page(one).entries if entry.kind == "quarrel"] == []
    bench.pairs.part(one)
    assert bench.quarrels.listed() == [case]


def test_what_was_done_to_who_was_merged_counts_on_their_side(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (case,) = bench.quarrels.listed()
    take(bench, place, ("eve", "Buy cheap bottles here!"), thread="u")
    message, eve = bench.store.read.execute(
        "SELECT m.id, i.member_id FROM message m JOIN identity i ON i.id = m.identity_id WHERE i.key = 'eve'"
    ).fetchone()
    bench.moderation.do(message, "hide", "No advertising", hold_seconds=60)
    with bench.store.write() as conn:
        conn.execute("UPDATE moderation SET state = 'failed'")
    bench.moderation.do(message, "hide", "No advertising", hold_seconds=60)
    bench.pairs.merge(case.sides[0].member_id, eve)
    assert [past.deeds for past in bench.quarrels.pasts(case.id)] == [1, 0]


def test_of_two_cases_that_are_joined_the_open_one_is_not_lost(bench: Workbench, place: int) -> None:
    take(bench, place, *LINES)
    (first,) = bench.quarrels.listed()
    bench.quarrels.settle(first.id, "they shook hands")
    other = account(bench.store, name="Other blog")
    take(bench, other, *LINES)
    (second,) = bench.quarrels.listed()
    with bench.store.write("Joined") as conn:
        move_conversation(conn, second.conversation_id, first.conversation_id)
    (one,) = bench.quarrels.listed()
    assert (one.id, one.conversation_id, one.note) == (first.id, first.conversation_id, "they shook hands")
    assert set(one.messages) == {*first.messages, *second.messages}
    assert {side.member_id for side in one.sides} == {side.member_id for side in (*first.sides, *second.sides)}
    bench.actions.undo(bench.store.last_action)
    assert [case.id for case in bench.quarrels.listed()] == [second.id]
    assert bench.quarrels.get(first.id).state == "settled"
