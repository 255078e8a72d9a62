"""Two people on one address: each message keeps the name that it was signed with, and a new one is asked about once."""

from __future__ import annotations

import pytest

from app.actions import Actions
from app.base.errors import UserError
from app.imports.desk import Imports
from app.inbox import Inbox, Opened
from app.inbox.names import is_same_name, may_be_one
from app.intake import Intake
from app.members import Members
from app.store.store import Store
from tests.app.imports.conftest import Write, mbox
from tests.app.imports.conftest import imports as imports  # noqa: PLC0414  a fixture
from tests.app.imports.conftest import write as write  # noqa: PLC0414  a fixture
from tests.app.saying import is_consistent, rows

PETER, JULIA, SOMEBODY = "Nagy Péter", "Nagy Júlia", "Kovács Éva"


def letter(
    number: int, name: str, *, minute: int | None = None, answers: int | None = None, text: str = "Jó napot!"
) -> bytes:
    refs = f"In-Reply-To: <{answers}@example.net>\n" if answers is not None else ""
    sender = f"{name} <nagy@example.net>" if name else "nagy@example.net"
    return (
        f"From: {sender}\nTo: desk@example.org\nSubject: {number}\nMessage-ID: <{number}@example.net>\n{refs}"
        f"Date: Sat, 28 Nov 2026 10:{number if minute is None else minute:02d}:00 +0000\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def opened(store: Store) -> list[Opened]:
    """Every conversation in the order of its first message."""
    inbox = Inbox(store)
    return [inbox.open(number) for (number,) in store.read.execute("SELECT id FROM conversation ORDER BY first_at, id")]


def authors(store: Store) -> list[str]:
    return [line.author for talk in opened(store) for line in talk.lines]


@pytest.fixture(params=[True, False], ids=["together", "one after the other"])
def couple(request: pytest.FixtureRequest, store: Store, imports: Imports, write: Write) -> Store:
    """A letter by each of them, in conversations of their own."""
    if request.param:
        imports.run(write("box", mbox(letter(1, PETER), letter(5, JULIA))))
    else:
        imports.run(write("a", mbox(letter(1, PETER))))
        imports.run(write("b", mbox(letter(5, JULIA))))
    return store


def test_each_message_keeps_its_name(couple: Store) -> None:
    assert authors(couple) == [PETER, JULIA]
    assert [talk.row.member for talk in opened(couple)] == [PETER, JULIA]
    assert [talk.speakers[0].name for talk in opened(couple)] == [PETER, JULIA]
    assert [talk.speakers[0].address for talk in opened(couple)] == ["nagy@example.net"] * 2
    assert Members(couple).count() == 1


def test_the_new_name_is_asked_about_where_it_stands(couple: Store) -> None:
    first, second = opened(couple)
    assert first.names == ()
    (asked,) = second.names
    assert (asked.name, asked.known_as, asked.address) == (JULIA, PETER, "nagy@example.net")
    assert asked.message_id == second.lines[0].id


def test_the_same_person_is_asked_about_once(couple: Store, imports: Imports, write: Write) -> None:
    (asked,) = opened(couple)[1].names
    Intake(couple).same_person(asked.message_id, same=True)
    imports.run(write("c", mbox(letter(9, JULIA), letter(12, "JULIA NAGY"))))
    assert [talk.names for talk in opened(couple)] == [()] * 4
    assert authors(couple) == [PETER, JULIA, JULIA, "JULIA NAGY"]
    assert Members(couple).count() == 1
    with pytest.raises(UserError, match="no question"):
        Intake(couple).same_person(asked.message_id, same=True)


def test_another_person_is_a_member_with_their_letters_old_and_new(
    couple: Store, imports: Imports, write: Write
) -> None:
    (asked,) = opened(couple)[1].names
    Intake(couple).same_person(asked.message_id, same=False)
    imports.run(write("c", mbox(letter(9, "Júlia Nagy"), letter(12, PETER), letter(14, SOMEBODY))))
    talks = opened(couple)
    assert [talk.row.member_id for talk in talks] == [1, 2, 2, 1, 1]
    assert [bool(talk.names) for talk in talks] == [False, False, False, False, True]
    assert [talk.speakers[0].address for talk in talks] == ["nagy@example.net"] * 5
    assert Members(couple).get(2).name == JULIA
    assert Members(couple).get(2).email == "nagy@example.net"
    assert Members(couple).find("julia") == [2]
    is_consistent(couple)


def test_the_answer_is_undone(couple: Store) -> None:
    before = rows(couple)
    for same in (True, False):
        (asked,) = opened(couple)[1].names
        Intake(couple).same_person(asked.message_id, same=same)
        assert opened(couple)[1].names == ()
        Actions(couple).undo(Actions(couple).last()[0].id)
        assert rows(couple) == before
        assert len(opened(couple)[1].names) == 1
        is_consistent(couple)


def test_the_same_file_again_adds_nothing_after_the_answer(store: Store, imports: Imports, write: Write) -> None:
    path = write("box", mbox(letter(1, PETER), letter(5, JULIA)))
    imports.run(path)
    (asked,) = opened(store)[1].names
    Intake(store).same_person(asked.message_id, same=False)
    again = imports.run(path)
    assert (again.new, again.known) == (0, 2)
    assert Members(store).count() == 2


def test_both_in_one_conversation(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(letter(1, PETER), letter(5, JULIA, answers=1), letter(7, PETER, answers=5))))
    (talk,) = opened(store)
    assert [line.author for line in talk.lines] == [PETER, JULIA, PETER]
    Intake(store).same_person(talk.names[0].message_id, same=False)
    (talk,) = opened(store)
    assert [line.member_id for line in talk.lines] == [1, 2, 1]
    assert {speaker.name for speaker in talk.speakers} == {PETER, JULIA}
    assert talk.row.member == PETER


def test_three_names_are_three_questions(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(letter(1, PETER), letter(3, JULIA), letter(5, SOMEBODY))))
    for talk in opened(store)[1:]:
        Intake(store).same_person(talk.names[0].message_id, same=False)
    assert Members(store).count() == 3
    assert [talk.row.member_id for talk in opened(store)] == [1, 2, 3]


@pytest.mark.parametrize(
    "name", ["Péter Nagy", "NAGY PÉTER", "Nagy Peter", "", "Péter", "Dr. Nagy Péter", "nagy@example.net"]
)
def test_what_may_well_be_one_name_is_not_asked_about(name: str, store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(letter(1, PETER), letter(3, name))))
    assert [talk.names for talk in opened(store)] == [(), ()]
    assert Members(store).count() == 1


def test_an_address_without_a_name_gets_one_without_a_question(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(letter(1, ""), letter(3, JULIA))))
    assert [talk.names for talk in opened(store)] == [(), ()]


def test_a_name_is_searched_that_only_a_message_bears(couple: Store) -> None:
    index = couple.read.execute("SELECT rowid FROM message_index WHERE message_index MATCH 'julia*'").fetchall()
    assert [number for (number,) in index] == [opened(couple)[1].lines[0].id]


@pytest.mark.parametrize(
    ("one", "other", "same", "may_be"),
    [
        (PETER, "Péter Nagy", True, True),
        (PETER, "Péter", False, True),
        (PETER, JULIA, False, False),
        ("A", "", False, True),
    ],
)
def test_when_names_are_one(one: str, other: str, same: bool, may_be: bool) -> None:  # noqa: FBT001  from the table
    assert is_same_name(one, other) is same
    assert may_be_one(one, other) is may_be


@pytest.mark.parametrize("same", [True, False])
def test_taking_the_import_back_leaves_the_answer(same: bool, couple: Store, imports: Imports) -> None:  # noqa: FBT001
    (asked,) = opened(couple)[1].names
    Intake(couple).same_person(asked.message_id, same=same)
    batches = [number for (number,) in couple.read.execute("SELECT id FROM import_batch ORDER BY id DESC")]
    for batch in batches:
        imports.undo_batch(batch)
    assert couple.read.execute("SELECT count(*) FROM message").fetchone()[0] == 0
    assert couple.read.execute("SELECT count(*) FROM known_name").fetchone()[0] == 1
    is_consistent(couple)


@pytest.mark.parametrize("same", [True, False])
def test_two_who_were_told_apart_can_be_merged(same: bool, couple: Store, imports: Imports, write: Write) -> None:  # noqa: FBT001
    (asked,) = opened(couple)[1].names
    Intake(couple).same_person(asked.message_id, same=False)
    Members(couple).merge(1, 2) if same else Members(couple).merge(2, 1)
    imports.run(write("c", mbox(letter(9, JULIA), letter(12, PETER))))
    assert {talk.row.member_id for talk in opened(couple)} == {1 if same else 2}
    is_consistent(couple)
