"""What an import changes in a member is told field by field, and a worse spelling changes nothing."""

from __future__ import annotations

import pytest

from app.contacts import updating
from app.contacts.person import Person
from app.imports import Options
from app.imports.desk import Imports
from app.store.store import Store
from tests.app.imports.conftest import Write

OURS = {
    "name": "Éva Kovács", "email": "eva@example.org", "phone": "+36 1 555 0100", "city": "Pécs", "note": "tea",
    "website": "https://eva.example.org/", "company": "",
}  # fmt: skip


def change(column: str, value: str) -> dict[str, str]:
    """What the row changes."""
    columns = {"name": OURS["name"], column: value}
    return updating.changed(OURS, Person(columns, ("eva@example.org",)))


@pytest.mark.parametrize(
    ("column", "value", "changes"),
    [
        ("name", "É. Kovács", False), ("name", "É. K.", False), ("name", "EVA KOVACS", False),
        ("name", "eva kovács", False), ("name", "Eva Kovacs", False),
        ("name", "Kovács Éva", False), ("name", "Éva", False), ("name", "  Éva   Kovács ", False),
        ("name", "eva@example.org", False), ("name", "Éva Szabó", True), ("name", "Dr. Éva Kovács", True),
        ("city", "PECS", False), ("city", "Pecs", False), ("city", "Brno", True), ("city", "", False),
        ("phone", "0036 (1) 555-0100", False), ("phone", "+36 1 555 0199", True),
        ("website", "http://www.eva.example.org", False), ("website", "https://eva.example.org/tea", True),
        ("company", "Kert", True), ("email", "EVA@example.org", False),
    ],
)  # fmt: skip
def test_which_value_is_a_new_one(column: str, value: str, changes: bool) -> None:  # noqa: FBT001  a table's column
    noted = {"note": "tea\nAlso known as Éva Kovács"} if value == "Éva Szabó" else {}
    assert change(column, value) == ({column: value, **noted} if changes else {})


def test_the_better_spelling_is_taken() -> None:
    plain = OURS | {"name": "EVA KOVACS", "city": "Pecs"}
    row = Person({"name": "Éva Kovács", "city": "Pécs"})
    assert updating.changed(plain, row) == {"name": "Éva Kovács", "city": "Pécs"}


def test_a_note_is_added_once() -> None:
    assert updating.changed(OURS, Person({"name": "Éva Kovács"}, note="nuts")) == {"note": "tea\nnuts"}
    assert not updating.changed(OURS, Person({"name": "Éva Kovács"}, note="tea"))


def test_the_preview_tells_old_and_new(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("a.csv", "name,email,city\nÉva Kovács,eva@example.org,Pécs\n"))
    path = write(
        "b.csv",
        "name,email,other email,city,company,mastodon\nEVA,eva@example.org,eva@work.example.org,Brno,,@eva@m.example\n",
    )
    seen = imports.preview(path)
    told = {(one.field, one.before, one.after) for one in seen.changes}
    assert told == {
        ("city", "Pécs", "Brno"), ("other_email", "", "eva@work.example.org"), ("on:mastodon", "", "@eva@m.example"),
    }  # fmt: skip
    assert {one.member for one in seen.changes} == {"Éva Kovács"}
    assert "1 of them to be updated" in seen.sentence
    assert store.read.execute("SELECT city FROM member").fetchone()["city"] == "Pécs"
    done = imports.run(path, Options())
    assert {(one.field, one.before, one.after) for one in done.changes} == told
    assert not imports.preview(path).changes


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b"])
def test_a_control_character_leaves_its_cell_and_nothing_else(
    store: Store, imports: Imports, write: Write, mark: str
) -> None:
    path = write("a.csv", f"name,email\nAnna,anna@example.org\nB{mark}o,bo@example.org\nCy,cy@example.org\n")
    done = imports.run(path)
    assert (done.new, done.rejected) == (3, 0)
    assert done.remarks == ("1 cell had control characters in it, which were left out.",)
    assert [row["name"] for row in store.read.execute("SELECT name FROM member ORDER BY id")] == ["Anna", "Bo", "Cy"]
