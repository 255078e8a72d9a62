"""Gifts that were given before come in from a table, count in their year, and leave with their import."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions import Actions
from app.gifts import Gifts
from app.imports import Options, mapping
from app.imports.desk import Imports
from app.store.store import Store
from tests.app.imports.conftest import Write

TABLE = """Name,E-mail,Gift,Reason,Price,Currency,Date,Status,Quantity
Éva Kovács,eva@example.org,Mug,helped a lot,"12,50",EUR,2025-03-04,sent,2
Éva Kovács,,Tea,,8 €,,2026-03-04,,
Bo,,Scarf,winner,3 500 Ft,,2025-05-04,megköszönve,1
Bo,,Scarf,winner,3 500 Ft,,2025-05-04,megköszönve,1
Zed,,Pen,x,abc,,2026-01-01,,
Zed,,Pen,x,3,,,,
Zed,,Pen,x,3,,2026-01-01,lost,
Zed,,,x,3,,2026-01-01,,
Zed,,Pen,x,3,XXXX,2026-01-01,,
Zed,,Pen,x,3,,2026-01-01,,many
"""


@pytest.mark.parametrize(
    "header",
    [
        ["Member", "Gift", "Value", "Date"],
        ["Nafn", "Gjöf", "Verð", "Dagsetning"],
        ["Név", "Ajándék", "Érték", "Dátum"],
        ["Jméno", "Dárek", "Hodnota", "Datum"],
        ["Όνομα", "Δώρο", "Αξία", "Ημερομηνία"],
    ],
)
def test_their_columns_are_known_in_five_languages(header: list[str]) -> None:
    layout = mapping.guess(header)
    assert (layout.holds, layout.fields) == (mapping.GIFTS, ("name", "item", "worth", "at"))


@pytest.mark.parametrize(
    ("header", "holds"),
    [
        (["Name", "Email", "Note"], mapping.MEMBERS),
        (["Author", "Text", "Date", "Item"], mapping.MESSAGES),
        (["Name", "Email", "Status", "Value"], mapping.MEMBERS),
        (["Product", "Price", "Date"], mapping.MEMBERS),
    ],
)
def test_other_tables_are_no_gifts(header: list[str], holds: str) -> None:
    layout = mapping.guess(header)
    assert layout.holds == holds or mapping.missing(layout)


def test_they_count_in_the_budget_of_their_year_and_can_be_undone(store: Store, imports: Imports, write: Write) -> None:
    path = write("gifts.csv", TABLE)
    gifts = Gifts(store)
    seen = imports.preview(path)
    assert (seen.holds, seen.new, seen.known) == ("gifts", 4, 0)
    assert "Counted in the budgets of 2025: €12.50, 2025: 7" in seen.sentence
    assert not gifts.listed("all")
    done = imports.run(path)
    assert (done.new, done.rejected) == (4, 6)
    assert done.rejected_file is not None
    rejected = done.rejected_file.read_text("utf-8-sig")
    for why in ("isn't an amount", "date is blank", "isn't a gift stage", "gift is blank", "XXXX", "isn't a quantity"):
        assert why in rejected, rejected
    spent = {budget.currency: budget.spent for budget in gifts.budgets.of(2025)}
    assert spent == {"EUR": 1250, "HUF": 700000}
    assert {budget.currency: budget.spent for budget in gifts.budgets.of(2026)} == {"EUR": 800}
    given = {gift.item: gift for gift in gifts.listed("all")}
    assert (given["Mug"].qty, given["Mug"].state, given["Mug"].why, given["Mug"].shipped_on) == (
        2, "shipped", "helped a lot", date(2025, 3, 4).isoformat(),
    )  # fmt: skip
    assert (given["Tea"].state, given["Tea"].member_id) == ("thanked", given["Mug"].member_id)
    assert given["Scarf"].why == "winner"
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 2

    again = imports.run(path)
    assert (again.new, again.known) == (0, 4)

    action = Actions(store, lambda: imports).of_import(done.batch_id)
    assert action is not None
    assert "Removed 2 members, 4 gifts." in Actions(store, lambda: imports).undo(action.id).remark
    assert not gifts.listed("all")
    assert imports.run(path).new == 4


def test_one_that_was_changed_since_stays_with_its_member(store: Store, imports: Imports, write: Write) -> None:
    done = imports.run(write("gifts.csv", TABLE))
    gifts = Gifts(store)
    mug = next(gift for gift in gifts.listed("all") if gift.item == "Mug")
    gifts.edit(mug.id, {"why": "helped with the move"})
    imports.undo_batch(int(done.batch_id or 0))
    assert [(gift.item, gift.member) for gift in gifts.listed("all")] == [("Mug", "Éva Kovács")]


def test_a_name_that_two_members_have_needs_more(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("m.csv", "name,email\nAnna,a@example.org\nAnna,b@example.org\n"))
    path = write("gifts.csv", "name,email,gift,date\nAnna,,Mug,2026-01-02\nAnna,b@example.org,Pen,2026-01-02\n")
    done = imports.run(path)
    assert (done.new, done.rejected) == (1, 1)
    assert "2 members are called Anna: add an e-mail address" in Path(done.rejected_file or "").read_text("utf-8-sig")
    row = store.read.execute("SELECT m.email FROM gift g JOIN member m ON m.id = g.member_id").fetchone()
    assert row["email"] == "b@example.org"


def test_nothing_in_a_members_card_is_changed_by_a_gift(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("m.csv", "name,email\nAnna Jónsdóttir,a@example.org\n"))
    done = imports.run(write("gifts.csv", "name,email,gift,date\nANNA,a@example.org,Mug,2026-01-02\n"))
    assert (done.new, done.changes) == (1, ())
    assert store.read.execute("SELECT name FROM member").fetchone()["name"] == "Anna Jónsdóttir"


def test_our_own_list_comes_back_without_a_double(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("gifts.csv", TABLE))
    gift = Gifts(store).listed("all")[0]
    from app.base import ids  # noqa: PLC0415  one test needs it

    back = f"gift_id,rev,item,recipient,date\n{ids.display(ids.GIFT, gift.id)},1,Other,Somebody,2026-01-02\n"
    done = imports.run(write("back.csv", back), Options())
    assert (done.new, done.known) == (0, 1)


def test_one_without_a_value_is_said_to_count_nowhere(imports: Imports, write: Write) -> None:
    table = "Név;Ajándék;Dátum;Érték\nKovács Éva;Bögre;2025. 03. 04.;2500 Ft\nNagy Ádám;Könyv;2025. 04. 05.;\n"
    done = imports.run(write("g.csv", table))
    assert done.new == 2
    assert done.remarks[1:] == (
        "1 gift has no value, so no budget counts it.", "This adds 2 members.",
    )  # fmt: skip
    assert "€" not in done.remarks[0]
