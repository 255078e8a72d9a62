"""The hand-off and gift files on a real trip: a spreadsheet opens them, saves them, and nothing has run or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.csvfile import clean, inspect_table, rows
from app.export import Export
from app.gifts import Gifts
from app.handoffs import Handoffs
from app.members import Members
from app.store.store import Store
from app.teammates import Teammates
from tests.app.csvfile.hostile import HOSTILE
from tests.app.csvfile.test_libreoffice import convert


@pytest.mark.slow
@pytest.mark.servers("soffice")
def test_what_strangers_wrote_neither_runs_nor_changes(store: Store, tmp_path: Path) -> None:
    Teammates(store).add("=Jón")
    Members(store).add("=Ελένη", address_1="+1", city="-", postal_code="007")
    handoffs, gifts = Handoffs(store), Gifts(store)
    for text in HOSTILE:
        if text.strip():
            number = handoffs.add(None, 1, text, details={"context": text, "owner": text})
            handoffs.answer(number, "in_work", text)
            gifts.log(1, text, "why", "7.50", state="to_ship", size=text, card_text=text)
    for kind in ("handoffs", "gifts"):
        path = tmp_path / f"{kind}.csv"
        Export(store).write(kind, path)
        options = "--infilter=CSV:44,34,76,1,,1033,false,true"
        assert convert(tmp_path, path, "fods", options).read_text("utf-8").count("table:formula=") == 0
        saved = convert(tmp_path, path, "csv:Text - txt - csv (StarCalc):44,34,76,1", options)
        before, after = ([row.cells for row in rows(inspect_table(one))] for one in (path, saved))
        assert len(before) >= 90
        assert after == before
    asked = {one.ask for one in handoffs.listed("all")}
    assert asked == {text.strip() for text in HOSTILE if text.strip()}
    assert {clean(text) for text in asked} >= {"=1+1", "+3545551234"}
