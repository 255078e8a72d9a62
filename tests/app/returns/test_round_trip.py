"""Any text survives the way out and back; none of ten thousand rows is left out."""

from __future__ import annotations

import csv
import io
import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from app.csvfile import clean, guard
from app.returns import sheets
from app.returns.cells import same
from app.workbench import Workbench
from tests.app.returns.returning import answered

TEXTS = int(os.environ.get("RAPPORT_TEXTS", "0")) or settings().max_examples
"""How many random texts are tried; all of them with RAPPORT_TEXTS=100000."""
ROWS = 10_000


def back(texts: list[str], separator: str = ",", encoding: str = "utf-8-sig") -> list[str]:
    """Texts as they come back from a CSV file of ours."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=separator)
    writer.writerow(["n", *(f"text {number}" for number in range(len(texts)))])
    writer.writerow(["1", *(guard(clean(text)) for text in texts)])
    line = sheets.read("back.csv", made.getvalue().encode(encoding, "replace"), separator=separator).lines[0]
    return [line.cell(number + 1) for number in range(len(texts))]


@settings(max_examples=TEXTS)
@given(st.text(), st.sampled_from([(",", "utf-8-sig"), (";", "utf-16"), ("\t", "utf-8")]))
@example("'=1+1", (",", "utf-8"))
@example("'", (";", "utf-8-sig"))
@example("\u202e=1+1", ("\t", "utf-16"))
def test_any_text_survives_escape_and_return(text: str, how: tuple[str, str]) -> None:
    assert back([text], *how) == [clean(text)]


@given(st.lists(st.text(), max_size=5))
def test_any_texts_survive_side_by_side(texts: list[str]) -> None:
    assert back(texts) == [clean(text) for text in texts]


@pytest.mark.slow
@given(st.text(max_size=200))
def test_any_text_is_told_as_the_same_from_a_spreadsheet_with_or_without_its_guard(text: str) -> None:
    base = clean(text).translate(dict.fromkeys((0xFFFE, 0xFFFF)))
    for cell in (base, guard(base)):
        book, file = Book(write_only=True), io.BytesIO()
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  as the writer has it

        sheet = book.create_sheet("Rapport")
        made = WriteOnlyCell(sheet)
        made.value, made.data_type = cell, "s"
        sheet.append(["n", "text"])
        sheet.append(["1", made])
        book.save(file)
        (line,) = sheets.read("back.xlsx", file.getvalue()).lines
        assert same(line.cell(1), base)
        assert not line.formulas


@pytest.mark.slow
def test_ten_thousand_rows_are_all_previewed(bench: Workbench) -> None:
    content = answered(bench, bench.profile.folder / "out.csv", ROWS)
    found = bench.returns.read_bytes("jon.csv", content)
    assert len(found.applied) == ROWS
