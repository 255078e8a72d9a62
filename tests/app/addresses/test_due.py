"""An address is erased by itself, some days after its gift has arrived, and not while another gift needs it."""

from __future__ import annotations

import json

import pytest

from app.base import clock
from app.base.errors import UserError
from app.safety import backup
from app.workbench import Workbench
from tests.app.saying import account, said

DAY = 86_400
STREET, TOWN = "Laugavegur 1247", "101 Reykjavík"
ADDRESS = {"recipient": "Anna", "address_1": STREET, "postal_code": "101", "city": "Reykjavík", "country": "Ísland"}


def gift(bench: Workbench, state: str, days_ago: int, member: int = 1) -> int:
    return bench.gifts.log(member, "Box", "Thanks", "15", state=state, details=ADDRESS, at=clock.now() - days_ago * DAY)


@pytest.fixture(autouse=True)
def anna(bench: Workbench) -> None:
    """Anna and Ben have written."""
    place = account(bench.store)
    long_ago = clock.now() - 200 * DAY
    bench.intake.take(place, [said("1", long_ago, thread="t"), said("2", long_ago, "Hi", "ben", thread="u")])


@pytest.mark.parametrize(
    ("state", "days", "is_due"),
    [
        ("arrived", 30, True), ("arrived", 29, False), ("thanked", 30, True), ("story", 31, True),
        ("shipped", 40, True), ("shipped", 39, False), ("declined", 30, True), ("lapsed", 29, False),
        ("to_ship", 300, False), ("asked", 300, False),
    ],
)  # fmt: skip
def test_it_is_due_by_the_day_on_which_it_arrived_or_probably_did(
    bench: Workbench, state: str, days: int, *, is_due: bool
) -> None:
    number = gift(bench, state, days)
    assert bench.addresses.due(clock.now()) == ([number] if is_due else [])
    assert len(bench.addresses.run(clock.now())) == is_due
    assert bool(bench.gifts.get(number).address_1) is not is_due
    assert bench.addresses.run(clock.now()) == []


def test_the_setting_says_how_many_days(bench: Workbench) -> None:
    number = gift(bench, "arrived", 5)
    assert bench.addresses.due(clock.now()) == []
    bench.settings.put("address_days", 5)
    assert bench.addresses.due(clock.now()) == [number]


def test_an_address_waits_for_the_last_gift_that_goes_there(bench: Workbench) -> None:
    first, second = gift(bench, "arrived", 90), gift(bench, "to_ship", 3)
    assert bench.addresses.due(clock.now()) == []
    with pytest.raises(UserError, match="still goes to that address"):
        bench.addresses.erase(first)
    bench.gifts.set_state(second, "arrived")
    bench.gifts.edit(second, {"arrived_on": clock.local(clock.now() - 31 * DAY).date().isoformat()})
    assert [done.gift.id for done in bench.addresses.run(clock.now())] == [first, second]
    assert STREET.encode() not in bench.profile.file.read_bytes()


def test_the_town_alone_stays_in_what_others_said(bench: Workbench) -> None:
    place = bench.store.read.execute("SELECT id FROM account").fetchone()["id"]
    bench.intake.take(
        place,
        [said("3", clock.now(), f"I live in {TOWN}, too.", "ben", thread="u"),
         said("4", clock.now(), f"Send it to {TOWN}.", thread="t")],
    )  # fmt: skip
    number = gift(bench, "arrived", 90)
    bench.addresses.erase(number)
    texts = {row["remote_id"]: row["text"] for row in bench.store.read.execute("SELECT remote_id, text FROM message")}
    assert texts["3"] == f"I live in {TOWN}, too."
    assert "Reykjavík" not in texts["4"]


def test_backups_and_files_that_were_handed_out_are_said(bench: Workbench) -> None:
    number = gift(bench, "to_ship", 50)
    bench.gifts.set_state(number, "arrived")
    made = backup.make(bench.store, bench.profile)
    said_before = bench.addresses.said_before(number)
    assert "can't be undone" in said_before[0]
    assert made.file.name in " ".join(said_before)
    done = bench.addresses.erase(number)
    assert (done.backups, done.rewritten) == ((), (made.file.name,))


def test_what_was_undone_or_imported_leaves_no_step_behind(bench: Workbench) -> None:
    number = gift(bench, "to_ship", 50)
    bench.gifts.edit(number, {"address_1": "Laugavegur 999"})
    bench.store.undo_action(bench.store.last_action or 0)
    assert bench.gifts.get(number).address_1 == STREET
    bench.gifts.set_state(number, "arrived")
    bench.addresses.erase(number)
    steps = [tuple(row) for row in bench.store.read.execute("SELECT before, after FROM action_step")]
    assert "Laugavegur" not in json.dumps(steps, ensure_ascii=False)


def test_an_address_that_was_corrected_goes_too(bench: Workbench) -> None:
    place = bench.store.read.execute("SELECT id FROM account").fetchone()["id"]
    number = bench.gifts.log(1, "Box", "Thanks", "15", state="asked", at=clock.now() - DAY)
    with bench.store.write() as conn:
        conn.execute("UPDATE gift SET asked_at = ?", (clock.now() - DAY,))
    first = said("5", clock.now() - 60, "Anna Jónsdóttir\nHringbraut 1777\n107 Reykjavík", thread="t")
    bench.intake.take(place, [first, said("6", clock.now(), f"No, this one:\n{STREET}\n{TOWN}", thread="t")])
    rows = bench.store.read.execute("SELECT id FROM message WHERE remote_id IN ('5', '6') ORDER BY id").fetchall()
    for (message,) in rows:
        bench.addresses.take(bench.addresses.offered(number, message))
    bench.gifts.set_state(number, "arrived")
    assert bench.addresses.erase(number).copies.messages == 2
    octets = bench.profile.file.read_bytes()
    assert b"Hringbraut" not in octets
    assert STREET.encode() not in octets


def test_a_gift_without_an_address_has_nothing_to_erase(bench: Workbench) -> None:
    number = bench.gifts.log(1, "Card", "Thanks", "1")
    with pytest.raises(UserError, match="has no address"):
        bench.addresses.erase(number)


def test_the_channels_own_copy_does_not_bring_it_back(bench: Workbench) -> None:
    place = bench.store.read.execute("SELECT id FROM account").fetchone()["id"]
    letter = said("5", clock.now(), f"Here:\nAnna Jónsdóttir\n{STREET}\n{TOWN}", thread="t")
    bench.intake.take(place, [letter])
    number = bench.gifts.log(1, "Box", "Thanks", "15", state="asked", at=clock.now() - DAY)
    message = int(bench.store.read.execute("SELECT max(id) AS id FROM message").fetchone()["id"])
    taken = bench.addresses.take(bench.addresses.offered(number, message))
    assert taken.recipient == "Anna Jónsdóttir"
    bench.addresses.erase(number)
    bench.intake.take(place, [letter])
    text = bench.store.read.execute("SELECT text FROM message WHERE id = ?", (message,)).fetchone()["text"]
    assert text.startswith("Here:\n[address removed on ")


def test_a_day_that_was_chosen_counts_whatever_becomes_of_the_gift(bench: Workbench) -> None:
    member = bench.members.add("Eleni")
    gift = bench.gifts.log(member, "Box", "Thanks", "15 EUR", state="to_ship", address_1="Zyxwvou 1", city="Athens")
    now = clock.now()
    day = clock.local(now + 3 * 86_400).date()
    assert bench.addresses.erase_on(bench.gifts.get(gift)) is None
    bench.addresses.set_erase_on(gift, day.isoformat())
    assert bench.addresses.erase_on(bench.gifts.get(gift)) == day
    assert bench.addresses.due(now + 2 * 86_400) == []
    assert bench.addresses.due(now + 3 * 86_400) == [gift]
    bench.actions.undo()
    assert bench.addresses.due(now + 3 * 86_400) == []
    with pytest.raises(UserError, match="is over"):
        bench.addresses.set_erase_on(gift, clock.local(now - 86_400).date().isoformat())
    bare = bench.gifts.log(member, "Card", "Thanks", "5 EUR")
    with pytest.raises(UserError, match="has no address"):
        bench.addresses.set_erase_on(bare, day.isoformat())
