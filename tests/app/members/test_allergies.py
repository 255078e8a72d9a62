"""An allergy that is known of a member meets what an item may hold: both are said, in five languages, on every face."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.members import allergies
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.returns.returning import sent

NUTS = "May contain traces of hazelnuts"


@pytest.fixture
def member(bench: Workbench) -> int:
    return bench.members.add("Eleni")


def item(bench: Workbench, note: str = NUTS) -> int:
    return bench.gifts.items.add("Cookies", kind="swag", worth=500, allergens=note)


@pytest.mark.parametrize(
    ("known", "held"),
    [
        ("Likes blue. She is allergic to nuts! Has a dog.", NUTS),
        ("Er með hnetuofnæmi", NUTS),
        ("Mogyoróallergiája van", NUTS),
        ("Alergie na ořechy", NUTS),
        ("Αλλεργία στους ξηρούς καρπούς", NUTS),
        ("coeliac disease", "Obsahuje lepek"),
        ("Lisztérzékeny", "Contains wheat flour"),
        ("Alergická na lepek", "Περιέχει γλουτένη"),
        ("Δυσανεξία στη λακτόζη", "Tejet tartalmaz"),
        ("Mjólkuróþol", "milk chocolate"),
        ("Allergic to something at the bakery", NUTS),  # it can't be told to what: somebody reads both
    ],
)
def test_what_is_known_meets_what_is_held(bench: Workbench, member: int, known: str, held: str) -> None:
    bench.members.edit(member, {"note": known})
    said = allergies.warns(bench.store.read, member, item(bench, held))
    sentence = next(part for part in known.replace("!", ".").split(". ") if part in said)
    assert said == f"Eleni: “{sentence}”. “Cookies”: “{held}”. Make sure that they can have it."


@pytest.mark.parametrize(
    ("known", "held"),
    [
        ("Loves nuts", NUTS), ("Not allergic to anything", NUTS), ("Nem allergiás semmire", NUTS),
        ("Ekkert ofnæmi", NUTS), ("Není alergická", NUTS), ("δεν έχει αλλεργίες", NUTS),
        ("Allergic to nuts", "Contains milk"), ("Allergic to nuts", ""), ("", NUTS),
        ("Er með kött, og ofnæmi fyrir mjólk", "Contains honey"),
    ],
)  # fmt: skip
def test_what_does_not_meet_warns_of_nothing(bench: Workbench, member: int, known: str, held: str) -> None:
    bench.members.edit(member, {"note": known})
    assert allergies.warns(bench.store.read, member, item(bench, held)) == ""


def test_dated_notes_own_fields_and_what_is_in_a_box_count(bench: Workbench, member: int) -> None:
    inner = item(bench)
    box = bench.gifts.items.add("Box", kind="box", worth=1_000)
    bench.gifts.items.fill(box, {inner: 1})
    other = bench.members.add("Ida")
    bench.members.own.add_note(member, "Told us on the phone.\nAllergy: hazelnuts")
    field = bench.members.own.add_field("Allergies")
    bench.members.own.set_values(other, {field: "ořechy"})
    assert allergies.warns(bench.store.read, member, box).startswith("Eleni: “Allergy: hazelnuts”. “Cookies”")
    assert allergies.warns(bench.store.read, other, box).startswith("Ida: “ořechy”. “Cookies”")


def test_the_shell_asks_before_it_ships_and_says_it_when_one_is_logged(bench: Workbench, member: int) -> None:
    bench.members.edit(member, {"note": "Allergic to nuts"})
    number, shell = item(bench), Shell(bench.profile.folder)
    bench.gifts.items.count(number, 5)
    bench.close()
    made = shell.told("gift", "log", "P-1", f"I-{number}", "--worth", "5", "--why", "Thanks", "--state", "to-ship")
    assert made["caution"].startswith("Eleni: “Allergic to nuts”. “Cookies”")
    said = shell.run("gift", "set", made["id"], "shipped")
    assert (said.status != 0, "Make sure that they can have it. Say so with --anyway." in said.err) == (True, True)
    assert shell.told("gift", "set", made["id"], "shipped", "--anyway")["state"] == "shipped"


def test_a_shippers_file_asks_too(bench: Workbench, member: int, tmp_path: Path) -> None:
    bench.members.edit(member, {"note": "Allergic to nuts"})
    number = item(bench)
    bench.gifts.log(
        member, "Cookies", "Thanks", "5 EUR", state="to_ship", item_id=number, address_1="Street 1", city="Athens"
    )
    found = bench.returns.read(sent(bench, tmp_path, "gifts").edit(0, status="shipped").save(tmp_path))
    (row,) = found.rejected
    assert row.questions[0].reason.startswith("Eleni: “Allergic to nuts”")
    assert bench.returns.agree(found).rejected == []
