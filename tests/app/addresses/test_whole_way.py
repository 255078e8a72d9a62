"""A broken parcel is made good: the address is asked for, comes by letter, goes to the shipper, and is gone at last."""

from __future__ import annotations

import csv
from pathlib import Path

from app.base import clock
from app.export import Options
from app.inbox import drafts
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import account, said

DAY = 86_400
STREET, TOWN = "Zyxwvou 1247", "113 62 Athens"


def test_from_the_question_to_the_last_byte(bench: Workbench, tmp_path: Path) -> None:
    place = account(bench.store, kind="email", name="Mail", own="us@example.org")
    bench.intake.take(
        place, [said("1", clock.now() - 90, "Two bottles were broken.", "maria@example.org", name="Maria")]
    )
    talk = int(bench.store.read.execute("SELECT id FROM conversation").fetchone()["id"])
    gift = bench.gifts.log(1, "Delight box", "Broken bottles", "15", conversation_id=talk, state="approved")
    begun = bench.addresses.ask(gift)
    kept = drafts.get(bench.store.read, talk)
    assert kept is not None
    draft = Draft(kept.text, kept.language, kept.template_id)
    bench.outbox.submit(bench.voice.clear(bench.outbox.read_by(draft, talk)), begun.conversation_id)
    assert bench.gifts.get(gift).state == "asked"
    with bench.store.write() as conn:
        conn.execute("UPDATE gift SET asked_at = ?", (clock.now() - 60,))
    letter = f"With pleasure!\n\nMaria Papadopoulou\n{STREET}\n{TOWN}\n\n> Where should it go?"
    bench.intake.take(place, [said("2", clock.now() - 30, letter, "maria@example.org", refs=("1",), name="Maria")])
    offer = bench.addresses.awaited(talk)
    assert offer is not None
    assert offer.on_one_line == f"Maria Papadopoulou, {STREET}, {TOWN}"
    assert bench.addresses.take(offer).state == "address_in"
    bench.gifts.set_state(gift, "to_ship")
    file = tmp_path / "ship.csv"
    bench.export.file("gifts", file, Options())
    assert STREET in file.read_text("utf-8-sig")
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0]["recipient"] == "Maria Papadopoulou"
    for state in ("shipped", "arrived", "thanked"):
        bench.gifts.set_state(gift, state)
    came = bench.gifts.get(gift).arrived_on
    assert came == clock.local(clock.now()).date().isoformat()
    assert bench.addresses.run(clock.now() + 29 * DAY) == []
    done = bench.addresses.run(clock.now() + 31 * DAY)
    assert [(one.gift.id, one.is_left, len(one.handed)) for one in done] == [(gift, False, 1)]
    bench.close()
    for each in bench.profile.folder.rglob("*"):
        if each.is_file():
            octets = each.read_bytes()
            assert not any(form in octets for form in (STREET.encode(), b"zyxwvou", b"113 62 Ath")), each.name
