"""Whatever shape a file comes back in, it is read right or asked about: encodings, titles, orders, spreadsheets."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from app.base.errors import UserError
from app.export import Options
from app.returns import Preview
from app.workbench import Workbench
from tests.app.returns.returning import Copy, community, opened, sent

GREEK = {
    "handoff_id": "Αριθμός", "rev": "έκδοση", "member": "Μέλος", "ask": "Αίτημα", "owner": "Υπεύθυνος",
    "status": "Κατάσταση", "answer": "ΑΠΑΝΤΗΣΗ", "answered_on": "Ημερομηνία", "ticket": "Δελτίο",
}  # fmt: skip
HUNGARIAN = {"handoff_id": "Azonosító", "status": "Állapot", "answer": "Válasz", "answered_on": "Dátum"}


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    return community(bench)


@pytest.fixture
def copy(bench: Workbench, tmp_path: Path) -> Copy:
    return sent(bench, tmp_path)


def changed(found: Preview) -> dict[str, str]:
    """What would be written of the first row."""
    return {change.column: change.now for change in found.rows[0].changes}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_unicode_files_with_any_separator(
    bench: Workbench, tmp_path: Path, copy: Copy, encoding: str, separator: str
) -> None:
    copy.encoding, copy.separator = encoding, separator
    found = bench.returns.read(copy.edit(0, answer="Þórður; ő, „κουτί”\n2. řádek").save(tmp_path))
    assert changed(found) == {"answer": "Þórður; ő, „κουτί”\n2. řádek"}
    assert found.certain
    assert not found.ignored


def test_excels_line_that_names_the_separator_is_skipped(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    copy.separator = ";"
    content = copy.edit(0, answer="Yes").content()
    path = tmp_path / "jon.csv"
    path.write_bytes(b"\xef\xbb\xbfsep=;\r\n" + content.removeprefix(b"\xef\xbb\xbf"))
    assert changed(bench.returns.read(path)) == {"answer": "Yes"}


def plain(copy: Copy, words: str) -> Copy:
    """The copy with the words of an old code page alone."""
    for row in range(len(copy.rows)):
        for column in ("message", "context", "member"):
            copy.edit(row, **{column: words})
    return copy


@pytest.mark.parametrize(
    ("encoding", "member", "answer"),
    [
        ("cp1250", "Jitka Němcová", "Příliš žluťoučký"),
        ("cp1252", "Birna Ólafsdóttir", "Þegar búið, ðæö"),
        ("cp1253", "Ελένη Παπαδοπούλου", "Άμεσα, ΐ"),
        ("iso-8859-7", "Ελένη Παπαδοπούλου", "Ίσως Άμεσα"),
    ],
)
def test_old_code_pages_are_told_by_what_went_out(
    bench: Workbench, tmp_path: Path, copy: Copy, encoding: str, member: str, answer: str
) -> None:
    """The names that went out read right in one code page; where they do in several, one chooses."""
    row = next(place for place in range(5) if copy.cell(place, "member") == member)
    copy.rows = [copy.rows[row]]
    copy.edit(0, message="", context="", answer=answer)
    copy.encoding = encoding
    found = bench.returns.read(copy.save(tmp_path))
    readings = dict(found.encodings)
    if found.certain:
        assert changed(found) == {"answer": answer}
    else:
        assert encoding.replace("iso-", "iso") in readings
        chosen = bench.returns.read(tmp_path / "jon.csv", encoding=encoding)
        assert changed(chosen) == {"answer": answer}
        assert chosen.certain
        with pytest.raises(UserError, match="encoding"):
            bench.returns.apply(found)


def test_an_old_code_page_that_says_the_same_either_way_needs_no_choice(
    bench: Workbench, tmp_path: Path, copy: Copy
) -> None:
    copy.rows = [copy.rows[0]]
    copy.edit(0, message="", context="", status="done", answer="Yes")
    copy.encoding = "cp1253"
    found = bench.returns.read(copy.save(tmp_path))
    assert found.certain
    assert changed(found) == {"status": "solved", "answer": "Yes"}


@pytest.mark.parametrize(
    "titles", [GREEK, HUNGARIAN, {"handoff_id": "Handoff ID", "status": "STATUS ", "answer": "Answer"}]
)
def test_translated_titles_are_known(bench: Workbench, tmp_path: Path, copy: Copy, titles: dict[str, str]) -> None:
    copy.edit(0, status="solved", answer="Yes").retitle(titles)
    assert changed(bench.returns.read(copy.save(tmp_path))) == {"status": "solved", "answer": "Yes"}


def test_columns_in_another_order_with_some_added_and_some_left_out(
    bench: Workbench, tmp_path: Path, copy: Copy
) -> None:
    copy.edit(0, answer="Yes")
    kept = ["answer", "status", "member", "handoff_id", "rev"]
    places = [copy.header.index(column) for column in kept]
    copy.rows = [[row[place] for place in places] + ["my own note"] for row in copy.rows]
    copy.header = [*kept, "Note to self"]
    found = bench.returns.read(copy.save(tmp_path))
    assert changed(found) == {"answer": "Yes"}
    assert any("Note to self" in note for note in found.notes)
    assert any("Ticket" in note for note in found.notes)


def test_rows_sorted_filtered_and_blank_with_the_header_again(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    copy.edit(0, answer="Yes")
    copy.rows = [copy.rows[3], [""] * 18, [" ", *[""] * 17], list(copy.header), copy.rows[0]]
    found = bench.returns.read(copy.save(tmp_path))
    assert [row.number for row in found.rows] == [4, 1]
    assert [row.line for row in found.rows] == [2, 6]
    assert {change.now for change in found.applied[0].changes} == {"Yes"}
    assert any("header is repeated" in note for note in found.notes)


def test_unknown_titles_are_taken_by_place_only_in_the_order_that_went_out(
    bench: Workbench, tmp_path: Path, copy: Copy
) -> None:
    copy.edit(0, answer="Yes")
    copy.header = [f"Column {place}" for place in range(18)]
    found = bench.returns.read(copy.save(tmp_path))
    assert changed(found) == {"answer": "Yes"}
    assert any("order" in note for note in found.notes)
    copy.rows = [row[:17] for row in copy.rows]
    copy.header = copy.header[:17]
    found = bench.returns.read(copy.save(tmp_path))
    assert not found.settled
    with pytest.raises(UserError, match="which columns"):
        bench.returns.apply(found)


def test_control_bytes_are_taken_out_and_told(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    found = bench.returns.read(copy.edit(0, answer="Y\x07es\x00").save(tmp_path))
    assert changed(found) == {"answer": "Yes"}
    assert any("Control characters" in note for note in found.notes)


def book(copy: Copy, path: Path, *, formula: bool = False, number: float | None = None) -> Path:
    """The copy as a spreadsheet program saves it."""
    made = Book()
    sheet = made.active
    assert sheet is not None
    for row in (copy.header, *copy.rows):
        sheet.append([None] * len(row))
        for column, text in enumerate(row, 1):
            cell = sheet.cell(sheet.max_row, column)
            cell.value = text
            cell.data_type = "s"
    if formula:
        sheet.cell(2, copy.header.index("answer") + 1).value = "=1+1"
    if number is not None:
        sheet.cell(2, copy.header.index("ticket") + 1).value = number
    made.save(path)
    return path


def test_an_xlsx_of_our_own_csv_is_read_whatever_its_name(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    copy.edit(0, answer="'=SUM(A1)", status="Kész")  # as the guard stands in a cell of a CSV that was opened
    for name in ("jon.xlsx", "jon.csv"):
        found = bench.returns.read(book(copy, tmp_path / name))
        assert changed(found) == {"answer": "=SUM(A1)", "status": "solved"}
        assert not found.ignored


def test_an_xlsx_that_we_wrote_comes_back(bench: Workbench, tmp_path: Path) -> None:
    bench.handoffs.edit(1, {"answer": "'=looks guarded"})
    path = tmp_path / "out.xlsx"
    bench.export.file("handoffs", path, Options(xlsx=True))
    made = load_workbook(path)
    sheet = made.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(3, titles.index("status") + 1).value = "lokið"
    made.save(path)
    found = bench.returns.read(path)
    assert [row.number for row in found.applied] == [2]
    assert not found.ignored
    assert not found.rejected


def test_a_formula_is_reported_and_never_worked_out(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    found = bench.returns.read(book(copy, tmp_path / "jon.xlsx", formula=True))
    assert "=1+1" in found.rejected[0].questions[0].reason


def test_a_number_that_lost_digits_is_not_taken(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    found = bench.returns.read(book(copy, tmp_path / "jon.xlsx", number=12345678901234567890.0))
    assert [row.number for row in found.rejected] == [1]
    found = bench.returns.read(book(copy, tmp_path / "jon.xlsx", number=4711))
    assert changed(found) == {"ticket": "4711"}


ODS = """<?xml version="1.0"?>{doctype}<o:document-content
 xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><o:body><o:spreadsheet><t:table t:name="One">
<t:table-row><t:table-cell o:value-type="string"><x:p>handoff_id</x:p></t:table-cell>
<t:table-cell><x:p>rev</x:p></t:table-cell><t:table-cell><x:p>status</x:p></t:table-cell>
<t:table-cell><x:p>answer</x:p></t:table-cell><t:table-cell><x:p>answered_on</x:p></t:table-cell></t:table-row>
<t:table-row t:number-rows-repeated="900000"><t:table-cell t:number-columns-repeated="16000"/></t:table-row>
<t:table-row><t:table-cell><x:p>{id}</x:p></t:table-cell><t:table-cell o:value-type="float" o:value="1"><x:p>1</x:p>
</t:table-cell><t:table-cell><o:annotation><x:p>a remark</x:p></o:annotation><x:p>done</x:p></t:table-cell>
<t:table-cell><x:p>One<x:s x:c="2"/>box,<x:tab/><x:span>and &amp; more</x:span></x:p><x:p>second line</x:p>
</t:table-cell>
<t:table-cell o:value-type="date" o:date-value="2026-12-04"><x:p>04.12.26</x:p></t:table-cell></t:table-row>
</t:table></o:spreadsheet></o:body></o:document-content>"""


def ods(path: Path, number: str, doctype: str = "") -> Path:
    """An OpenDocument file with one row."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(id=number, doctype=doctype))
    return path


def test_an_ods_is_read_with_its_repeated_rows_remarks_and_paragraphs(
    bench: Workbench, tmp_path: Path, copy: Copy
) -> None:
    found = bench.returns.read(ods(tmp_path / "jon.ods", copy.cell(0, "handoff_id")))
    assert changed(found) == {
        "status": "solved", "answer": "One  box,\tand & more\nsecond line", "answered_on": "2026-12-04",
    }  # fmt: skip
    assert found.rows[0].line == 900_002


def test_an_ods_with_entities_is_refused(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(UserError, match="damaged"):
        bench.returns.read(ods(tmp_path / "jon.ods", copy.cell(0, "handoff_id"), bomb))


def test_an_ods_that_swells_is_refused(bench: Workbench, tmp_path: Path) -> None:
    row = '<t:table-row t:number-rows-repeated="9999"><t:table-cell t:number-columns-repeated="9999"><x:p>x</x:p>'
    bomb = ODS.format(id="x", doctype="").replace(
        "</t:table>", f"{row}</t:table-cell></t:table-row>" * 9 + "</t:table>"
    )
    path = tmp_path / "jon.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", bomb)
    with pytest.raises(UserError, match="damaged"):
        bench.returns.read(path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04 and no more",
        b"%PDF-1.7\n%\xe2\n",
        bytes(4000),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(bench: Workbench, content: bytes) -> None:
    with pytest.raises(UserError, match=r"jon\.csv"):
        bench.returns.read_bytes("jon.csv", content)


def test_an_archive_of_something_else_is_refused(bench: Workbench) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UserError, match="archive"):
        bench.returns.read_bytes("jon.zip", made.getvalue())


def test_what_is_not_there_and_a_folder_are_told(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="gone"):
        bench.returns.read(tmp_path / "gone.csv")
    with pytest.raises(UserError, match="folder"):
        bench.returns.read(tmp_path)


def test_a_file_without_rows_is_read_and_says_so(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    copy.rows = []
    found = bench.returns.read(copy.save(tmp_path))
    assert not found.rows
    assert any("no rows" in note for note in found.notes)
    assert opened(tmp_path / "jon.csv").header == copy.header


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_an_archive_with_one_table_in_it_is_opened(bench: Workbench, tmp_path: Path, copy: Copy) -> None:
    content = copy.edit(0, answer="Yes").content()
    packed = zipped({"svör/jon.csv": content, "__MACOSX/svör/._jon.csv": b"\0", "readme.txt": b"hello"})
    path = tmp_path / "svör.zip"
    path.write_bytes(packed)
    found = bench.returns.read(path)
    assert (found.name, changed(found)) == ("jon.csv", {"answer": "Yes"})
    assert bench.returns.recognises(path)
    bench.returns.apply(found)
    plain = bench.returns.read_bytes("jon.csv", content)  # the same table outside its archive is the same file
    assert plain.read_before
    assert not plain.applied


def test_an_xlsx_within_an_archive_is_opened(bench: Workbench, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    bench.export.file("handoffs", path, Options(xlsx=True))
    found = bench.returns.read_bytes("out.zip", zipped({"out.xlsx": path.read_bytes()}))
    assert len(found.unchanged) == 5


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("jon.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"Excel or LibreOffice, save it as \.xlsx"),
        ("jon.pdf", b"%PDF-1.7\n%\xe2\n", "is a PDF.*Ask for the table"),
        ("jon.numbers", zipped({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), "File > Export To > CSV"),
        ("jon.docx", zipped({"word/document.xml": b"x"}), "is a Word document"),
        ("two.zip", zipped({"a.csv": b"x", "b.csv": b"y"}), r"several tables: a\.csv, b\.csv"),
        ("deep.zip", zipped({"a.csv": zipped({"b.csv": b"y"})}), "archive, not a table"),
    ],
)
def test_a_file_of_another_program_is_refused_with_what_to_do(
    bench: Workbench, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        bench.returns.read_bytes(name, content)
