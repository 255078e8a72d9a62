"""Tables in .xlsx files, read as the CSV that a spreadsheet would save."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.csvfile import guard, inspect_table, rows
from app.imports.desk import Imports
from app.imports.workbook import Workbook
from app.store.store import Store
from tests.app.imports.conftest import counts

MEMBERS: list[list[Any]] = [
    ["Name", "E-mail", "Phone"],
    ["Éva Kovács", "eva@example.org", 36301234567],
    [],
    ["Jiří", "jiri@example.org", None],
]
STEPS = "choose File > Save As, choose “CSV UTF-8” or “Text CSV” as the type, save it, and import the file"


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # words, as a person types them: else “=0” would be a formula without a result
    made.save(path)
    return path


def test_members(imports: Imports, store: Store, tmp_path: Path) -> None:
    path, before = book(tmp_path / "people.bin", Cover=[], People=MEMBERS, Old=[["x"], [1]]), counts(store)
    seen = imports.preview(path)
    assert (seen.kind, seen.holds, seen.new, seen.total) == ("csv", "members", 2, 2)
    assert "Only the first sheet of people.bin is read, not: Old." in seen.sentence
    assert counts(store) == before
    assert imports.run(path).new == 2
    found = store.read.execute("SELECT name, email, phone FROM member ORDER BY id").fetchall()
    assert [tuple(row) for row in found] == [
        ("Éva Kovács", "eva@example.org", "36301234567"), ("Jiří", "jiri@example.org", ""),
    ]  # fmt: skip
    assert imports.run(path).new == 0


def test_gifts_with_dates_and_amounts_and_rows_that_cannot_be_read(imports: Imports, tmp_path: Path) -> None:
    lines: list[list[Any]] = [
        ["Name", "Gift", "Value", "Date"],
        ["Bo", "Mug", 12.5, datetime(2025, 3, 4, tzinfo=UTC).replace(tzinfo=None)],
        ["Cy", "", 1, date(2025, 3, 4)],
    ]
    done = imports.run(book(tmp_path / "gifts.xlsx", Gifts=lines))
    assert (done.holds, done.new, done.rejected) == ("gifts", 1, 1)
    assert done.rejected_file is not None
    assert done.rejected_file.suffix == ".csv"
    assert "Counted in the budget of 2025: €12.50." in done.remarks


CELLS = st.one_of(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"),
        max_size=20,
    ),
    st.integers(-(10**14), 10**14),
)


def is_like_a_guard(cell: object) -> bool:
    """Whether a cell is what our CSV makes of another text: in a workbook it may be either, and is taken as that."""
    return isinstance(cell, str) and cell[:1] == "'" and guard(cell[1:]) == cell


@given(
    lines=st.lists(st.lists(CELLS.filter(lambda cell: not is_like_a_guard(cell)), min_size=3, max_size=3), max_size=6)
)
def test_every_cell_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, lines: list[list[Any]]) -> None:
    path = book(tmp_path_factory.mktemp("b") / "x.xlsx", One=[["a", "b", "c"], *lines])
    table = inspect_table(Workbook(path), separator=",")  # type: ignore[arg-type]
    wanted = [tuple(map(str, line)) for line in lines if any(map(str, line))]
    assert [row.cells for row in rows(table)] == wanted


def test_what_is_damaged_or_empty_or_another_sheet_is_said(imports: Imports, tmp_path: Path) -> None:
    whole = book(tmp_path / "a.xlsx", People=MEMBERS)
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as made:
        for name in read.namelist():
            made.writestr(name, read.read(name)[: 60 if "sheet" in name or "workbook.xml" in name else None])
    with pytest.raises(UserError, match="damaged, or not quite an Excel file"):
        imports.preview(tmp_path / "b.xlsx")
    with pytest.raises(UserError, match="is empty"):
        imports.preview(book(tmp_path / "c.xlsx", People=[]))
    with zipfile.ZipFile(tmp_path / "d.ods", "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", "<x/>")
    with pytest.raises(UserError) as said:
        imports.preview(tmp_path / "d.ods")
    assert STEPS in str(said.value)


@given(lines=st.lists(st.lists(CELLS.map(str), min_size=3, max_size=3), max_size=6))
def test_a_table_of_ours_saved_as_a_workbook_says_what_it_said(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    guarded = [[guard(cell) for cell in line] for line in lines]
    path = book(tmp_path_factory.mktemp("b") / "x.xlsx", One=[["a", "b", "c"], *guarded])
    table = inspect_table(Workbook(path), separator=",")  # type: ignore[arg-type]
    assert [list(row.cells) for row in rows(table)] == [line for line in lines if any(line)]
