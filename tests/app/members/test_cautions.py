"""Cautions: said where they hold, with the reason, and never for an answer to what somebody wrote."""

from __future__ import annotations

from typing import Any

import pytest

from app.base.addresses import PERSON_MARK
from app.base.message import Author
from app.members import Members, identities
from app.members.cautions import of_answer, of_gift, of_writing
from app.store.store import Store


@pytest.fixture
def members(store: Store) -> Members:
    desk = Members(store)
    desk.add("Jana", email="Jana@Example.org")
    desk.add("Petr")
    return desk


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"do_not_contact": True}, ""),
        ({"do_not_gift": True}, "Jana asked for no gifts."),
        ({"do_not_gift": True, "do_not_why": "too much stuff."}, "Jana asked for no gifts: too much stuff."),
        ({"minor": True}, "Jana is under age: ask a parent first."),
        ({"public_servant": True}, "Jana is a public servant and may accept small gifts only."),
        ({"kind": "staff"}, "Jana is on your staff."),
        ({"minor": True, "kind": "staff"}, "Jana is under age: ask a parent first. Jana is on your staff."),
    ],
)
def test_what_is_said_before_a_gift(members: Members, values: dict[str, Any], words: str) -> None:
    members.edit(1, values)
    assert of_gift(members.get(1)) == words


def test_a_new_message_is_asked_about_by_member_and_by_any_of_their_addresses(members: Members, store: Store) -> None:
    assert of_writing(store.read, [1, 2], ["jana@example.org"]) == ""
    members.edit(1, {"do_not_contact": True, "do_not_why": "she has too much mail"})
    said = "Jana asked not to be written to: she has too much mail."
    with store.write() as conn:
        identities.add(conn, "email", Author("jana@work.example", "jana@work.example"), 1)
    for given in (([1], []), ([], ["JANA@work.example"]), ([2, 1], ["jana@work.example"])):
        assert of_writing(store.read, *given) == said
    assert of_writing(store.read, [2], ["petr@example.org"]) == ""
    assert of_answer(members.get(1)) == said + " Answer what they asked, and no more."
    assert of_answer(members.get(2)) == ""


def test_addresses_are_known_in_any_of_their_forms_and_after_merges(members: Members, store: Store) -> None:
    members.edit(2, {"do_not_contact": True, "email": "Petr@BÜCHER.example"})
    with store.write() as conn:
        identities.add(conn, "email", Author(f"family@example.org{PERSON_MARK}petr", "family@example.org"), 2)
    for address in ("petr@bücher.example", "petr@xn--bcher-kva.example", "family@example.org"):
        assert of_writing(store.read, [], [address]) == "Petr asked not to be written to."
    members.merge(2, 1)
    assert of_writing(store.read, [1]) == "Petr asked not to be written to."
