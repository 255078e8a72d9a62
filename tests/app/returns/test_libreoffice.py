"""The round trip: a thousand hand-offs with hostile cells, edited in LibreOffice, as CSV, .xlsx and .ods, and back."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from app.export import Options
from app.workbench import Workbench
from tests.app.csvfile.hostile import HOSTILE
from tests.app.returns.office import DAY, LOCALES, Office

ROWS, EVERY = 1_000, 3
_IN_USE = list(LOCALES) if os.environ.get("RAPPORT_LOCALES") == "all" else ["cs-CZ", "el-GR"]


def hostile(bench: Workbench) -> None:
    """A thousand hand-offs whose texts a spreadsheet would like to run or to convert."""
    jon = bench.teammates.add("Jón Einarsson")
    texts = [text for text in HOSTILE if text.strip()]
    with bench.store.write():
        for number in range(ROWS):
            text = texts[number % len(texts)]
            details = {"context": text, "owner": text, "answer": text, "ticket": text}
            bench.handoffs.add(None, jon, text, details=details)


def answers(number: int) -> dict[str, str | date]:
    """What a teammate types into every third row."""
    if (number - 2) % EVERY:
        return {}
    return {"status": "hotovo", "answer": f"Vyřízeno, {number}", "answered_on": DAY, "ticket": f"T-{number}"}


@pytest.mark.slow
@pytest.mark.servers("soffice")
@pytest.mark.parametrize("given", ["csv", "xlsx"])
@pytest.mark.parametrize("locale", _IN_USE)
def test_a_thousand_hand_offs_come_back_with_all_edits_and_no_other_change(
    bench: Workbench, tmp_path: Path, locale: str, given: str
) -> None:
    hostile(bench)
    source = tmp_path / f"out.{given}"
    bench.export.write("handoffs", source, Options(xlsx=given == "xlsx"))
    office = Office(tmp_path, locale)
    assert office.formulas(source) == 0
    typed = office.typed(source, answers)
    found = bench.returns.read(source)
    assert len(found.unchanged) == ROWS
    files = {ending: office.save(typed, ending) for ending in ("csv", "xlsx", "ods")}
    for file in files.values():
        found = bench.returns.read(file)
        assert (len(found.rows), found.certain, found.rejected, found.both_changed) == (ROWS, True, [], [])
        assert [row.ignored for row in found.ignored] == []
        assert [row.line for row in found.applied] == list(range(2, ROWS + 2, EVERY))
        for row in found.applied:
            assert {change.column: change.now for change in row.changes} == {
                "status": "solved", "answer": f"Vyřízeno, {row.line}", "answered_on": DAY.isoformat(),
                "ticket": f"T-{row.line}",
            }  # fmt: skip
    done = bench.returns.apply(bench.returns.read(files["ods"]))
    assert done.rows == len(range(0, ROWS, EVERY))
    assert bench.handoffs.get(2).answer == [text for text in HOSTILE if text.strip()][1].strip()
