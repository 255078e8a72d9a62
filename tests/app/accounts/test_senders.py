"""Addresses that an account sends from, and the signature under each in each language."""

from __future__ import annotations

import pytest

from app.accounts import Accounts
from app.accounts.senders import MAX_SIGNATURE_CHARS, Sender, marked, nearest, senders, speaking
from app.base.errors import NotFoundError, UserError
from app.store.store import Store

FIELDS = {
    "address": "desk@example.org", "name": "Sítróna",
    "aliases": "Jana <jana@example.org>, shop@example.org, DESK@example.org",
}  # fmt: skip


@pytest.fixture
def accounts(store: Store) -> Accounts:
    made = Accounts(store)
    made.add("email", "Post", FIELDS, {})
    return made


def test_each_address_of_the_form_is_one_with_its_own_name_or_the_accounts(accounts: Accounts, store: Store) -> None:
    assert senders(store.read, 1) == [
        Sender("desk@example.org", "Sítróna"), Sender("jana@example.org", "Jana"),
        Sender("shop@example.org", "Sítróna"),
    ]  # fmt: skip
    assert accounts.get(1).own == ("desk@example.org", "jana@example.org", "shop@example.org")
    assert speaking(store.read, 1, "JANA@example.org") == ("Jana", "jana@example.org")
    assert speaking(store.read, 1, "gone@example.org") is None
    assert speaking(store.read, 1, "") is None


@pytest.mark.parametrize(
    ("address", "language", "expected"),
    [
        ("jana@example.org", "hu", "Jana, magyarul"),
        ("jana@example.org", "is", "Jana"),
        ("shop@example.org", "hu", "Üdv"),
        ("shop@example.org", "is", "Best"),
    ],
)
def test_the_nearest_signature_is_taken(address: str, language: str, expected: str) -> None:
    stored = {
        ("jana@example.org", "hu"): "Jana, magyarul",
        ("jana@example.org", ""): "Jana",
        ("", "hu"): "Üdv",
        ("", ""): "Best",
    }
    assert nearest(stored, address, language) == expected
    assert nearest({}, address, language) == ""
    assert marked(expected) == f"-- \n{expected}"
    assert marked(" \n") == ""


def test_signatures_are_changed_as_one_action_and_come_back(accounts: Accounts, store: Store) -> None:
    desk = accounts.signatures
    desk.put(1, "", "", "Best,\nSítróna\n")
    desk.change(1, {("", ""): "", ("jana@example.org", "hu"): "Jana", ("", "cs"): " "})
    assert [(kept.address, kept.language, kept.text) for kept in desk.all(1)] == [("jana@example.org", "hu", "Jana")]
    before = store.last_action
    desk.change(1, {("jana@example.org", "hu"): "Jana"})
    assert store.last_action == before
    assert before is not None
    store.undo_action(before)
    assert [(kept.address, kept.text) for kept in desk.all(1)] == [("", "Best,\nSítróna")]


def test_what_cannot_be_one_is_refused_and_nothing_is_changed(accounts: Accounts) -> None:
    desk = accounts.signatures
    with pytest.raises(UserError, match=r"isn't an address of this account. It can send as: desk@example.org, jana"):
        desk.change(1, {("", ""): "Best", ("eve@example.org", ""): "Eve"})
    with pytest.raises(UserError, match="at most 2000 characters; this one has 2001"):
        desk.put(1, "", "", "x" * (MAX_SIGNATURE_CHARS + 1))
    with pytest.raises(NotFoundError):
        desk.put(1, "", "", " ")
    assert desk.all(1) == []
