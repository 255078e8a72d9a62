"""An address leaves the profile: no byte of any file of it is left, wherever it had been copied to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.text import fold
from app.export import Options
from app.inbox import drafts
from app.safety.checkup import check_file
from app.workbench import Workbench
from tests.app.saying import account, said

STREET, TOWN = "Zyxwvostraße 1247b", "482 13 Qwertzóhely"
LETTER = f"Thank you so much!\n\nMaria Papadopoulou\n{STREET}\n{TOWN}\nGreece\n\nGreetings from the sea"
WORDS = ("Zyxwvostraße", "zyxwvostrasse", "qwertzohely")
DAY = 86_400


@pytest.fixture
def talk(bench: Workbench) -> int:
    """A conversation with Maria, whose gift is asked for; she has answered."""
    place = account(bench.store)
    now = clock.now()
    bench.intake.take(place, [said("1", now - 60 * DAY, "Two of my bottles were broken.", "maria", thread="t")])
    bench.intake.take(place, [said("2", now - 50 * DAY, LETTER, "maria", thread="t")])
    return int(bench.store.read.execute("SELECT id FROM conversation").fetchone()["id"])


def gift_of(bench: Workbench, talk: int, state: str = "asked", at: int | None = None) -> int:
    member = bench.store.read.execute("SELECT id FROM member ORDER BY id LIMIT 1").fetchone()["id"]
    return bench.gifts.log(
        member, "Delight box", "Two bottles were broken", "15", conversation_id=talk, state=state,
        at=clock.now() - 55 * DAY if at is None else at,
    )  # fmt: skip


def answer(bench: Workbench) -> int:
    return int(bench.store.read.execute("SELECT id FROM message WHERE remote_id = '2'").fetchone()["id"])


def traces(folder: Path) -> list[str]:
    """The files of a profile that hold the street, or the postal code with the town, in any way of writing."""
    forms = {
        form.encode(coding)
        for text in (STREET, TOWN, TOWN.replace(" ", "", 1))
        for form in (text, fold(text), text.upper(), text.casefold(), json.dumps(text)[1:-1], *WORDS)
        for coding in ("utf-8", "utf-16-le")
    }
    return [
        f"{file.name}: {form!r}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for form in forms
        if form in file.read_bytes()
    ]


def test_not_a_byte_is_left(bench: Workbench, talk: int, tmp_path: Path) -> None:
    gift = gift_of(bench, talk)
    offer = bench.addresses.awaited(talk)
    assert offer is not None
    taken = bench.addresses.take(offer)
    assert (taken.state, taken.address_1, taken.answer_message_id) == ("address_in", STREET, answer(bench))
    # copied to wherever words go
    store, member = bench.store, taken.member_id
    bench.members.edit(member, {"address_1": STREET, "postal_code": "482 13", "note": f"Lives at {STREET}, {TOWN}"})
    bench.teammates.add("Dora")
    bench.handoffs.add(talk, 1, f"Send it to {STREET.upper()}\n{TOWN} please")
    bench.gifts.edit(gift, {"card_text": f"For {STREET}"})
    bench.gifts.set_state(gift, "to_ship")
    bench.export.file("gifts", tmp_path / "ship.csv", Options())
    inside = bench.profile.folder / "ship.csv"
    bench.export.file("gifts", inside, Options(replace=True))
    fields = {"address_1": STREET, "postal_code": "482 13", "city": "Qwertzóhely"}
    bench.kept_forms.keep("gift", "1", json.dumps(fields))
    with store.write() as conn:
        drafts.save(conn, drafts.Draft(talk, f"> {STREET},\n> {TOWN}\n\nThank you!", "en"))
        conn.execute("INSERT INTO raw (message_id, bytes) VALUES (?, ?)", (answer(bench), LETTER.encode()))
        conn.execute("INSERT INTO message_version (message_id, text, until) VALUES (?, ?, 1)", (answer(bench), LETTER))
    place = bench.store.read.execute("SELECT id FROM account").fetchone()["id"]
    quote = said("3", clock.now(), f"You wrote: {STREET.lower()} / {TOWN}", "us", thread="t", out=True)
    bench.intake.take(place, [quote, said("4", clock.now(), "Nothing of it here.", "maria", thread="t")])
    bench.gifts.set_state(gift, "shipped")
    bench.gifts.edit(gift, {"shipped_on": "2026-01-02"})
    assert traces(bench.profile.folder)
    done = bench.addresses.erase(gift)
    assert done.copies.messages == 2
    assert done.files == ("ship.csv",)
    assert not done.is_left
    assert traces(bench.profile.folder) == []
    after = bench.gifts.get(gift)
    assert (after.address_1, after.postal_code, after.city) == ("", "", "")
    assert after.address_erased_at is not None
    text = store.read.execute("SELECT text FROM message WHERE id = ?", (answer(bench),)).fetchone()["text"]
    today = clock.local(clock.now()).date().isoformat()
    assert text == f"Thank you so much!\n\n[address removed on {today}]\n\nGreetings from the sea"
    entries = store.read.execute("SELECT rowid FROM message_index WHERE message_index MATCH 'greetings'").fetchall()
    assert [tuple(row) for row in entries] == [(answer(bench),)]
    assert check_file(bench.profile.file).sound
    bench.close()
    assert traces(bench.profile.folder) == []


def test_what_was_taken_can_be_undone_and_what_is_erased_cannot(bench: Workbench, talk: int) -> None:
    gift = gift_of(bench, talk)
    offer = bench.addresses.awaited(talk)
    assert offer is not None
    bench.addresses.take(offer)
    action = bench.store.last_action or 0
    bench.store.undo_action(action)
    assert (bench.gifts.get(gift).state, bench.gifts.get(gift).address_1) == ("asked", "")
    bench.store.redo_last()
    assert bench.gifts.get(gift).address_1 == STREET
    bench.addresses.erase(gift)
    with pytest.raises(UserError):
        bench.store.redo_last()
    bench.store.undo_action(action)
    assert bench.gifts.get(gift).address_1 == ""
    assert traces(bench.profile.folder) == []
    with pytest.raises(UserError, match="was erased on"):
        bench.addresses.erase(gift)
