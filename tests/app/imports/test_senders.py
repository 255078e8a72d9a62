"""Whose a mail is, from the file to the inbox: a name never counts as an address."""

from __future__ import annotations

import pytest

from app.imports.desk import Imports
from app.imports.shapes import Options
from app.store.store import Store
from tests.app.imports.conftest import OWN, Write, mail, mbox

MINE = Options(own=(OWN,))


def from_(number: int, sender: str) -> bytes:
    return mail(number).replace(b"From: Anna <anna@example.is>", f"From: {sender}".encode())


@pytest.mark.parametrize(
    "sender",
    [f"{OWN} <guest@example.is>", f'"{OWN}" <guest@example.is>', f"=?utf-8?Q?{OWN}?= <guest@example.is>",
     f"{OWN}, Guest <guest@example.is>", f"guest@example.is ({OWN})"],
)  # fmt: skip
def test_a_stranger_whose_name_is_our_address_is_a_stranger(
    imports: Imports, store: Store, write: Write, sender: str
) -> None:
    imports.run(write("a.mbox", mbox(from_(1, sender))), MINE)
    row = store.read.execute(
        "SELECT m.out, i.handle FROM message m LEFT JOIN identity i ON i.id = m.identity_id"
    ).fetchone()
    assert tuple(row) == (0, "guest@example.is")
    assert imports.run(write("b.mbox", mbox(from_(2, f"Guest <{OWN}>"))), MINE).new == 1
    assert store.read.execute("SELECT count(*) FROM message WHERE out").fetchone()[0] == 1


def test_people_whose_names_look_alike_are_not_one(imports: Imports, store: Store, write: Write) -> None:
    senders = ["Anna @ Garden <a1@example.is>", "Anna@Garden <a2@example.is>", "Guide: Anna <a3@example.is>",
               "Garden, Anna <a4@example.is>", "=?utf-8?Q?Anna_<Garden>?= <a5@example.is>"]  # fmt: skip
    imports.run(write("a.mbox", mbox(*(from_(number, one) for number, one in enumerate(senders)))), MINE)
    rows = store.read.execute("SELECT key, name FROM identity ORDER BY key").fetchall()
    assert [tuple(row) for row in rows] == [
        ("a1@example.is", "Anna @ Garden"),
        ("a2@example.is", "Anna@Garden"),
        ("a3@example.is", "Guide: Anna"),
        ("a4@example.is", "Garden, Anna"),
        ("a5@example.is", "Anna <Garden>"),
    ]


def test_our_own_address_in_other_letters_is_ours(imports: Imports, store: Store, write: Write) -> None:
    imports.run(write("a.mbox", mbox(from_(1, "Desk <desk@xn--dmi-yla.is>"))), Options(own=("desk@dæmi.is",)))
    imports.run(write("b.mbox", mbox(from_(2, "þóra@example.is"))), Options(own=("Þóra@example.is",)))
    assert [row[0] for row in store.read.execute("SELECT out FROM message ORDER BY id")] == [1, 1]
