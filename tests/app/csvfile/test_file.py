"""Files written and read back: separators, encodings, names already taken, full folders."""

from __future__ import annotations

import csv
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import DiskError, UserError
from app.csvfile import ExistsError, clean, in_place, inspect_table, rows, write
from tests.app.csvfile.hostile import HOSTILE

cells = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12).map(clean)


@given(
    st.lists(
        st.tuples(st.one_of(cells, st.sampled_from(HOSTILE).map(clean)), cells, st.integers(0, 10**15 - 1)), max_size=8
    ),
    st.sampled_from(",;\t"),
)
def test_any_table_comes_back(table: list[tuple[str, str, int]], separator: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any.csv")
        assert write(path, ["id", "a", "b", "n"], [("x", *row) for row in table], separator=separator) == len(table)
        found = inspect_table(path)
        assert found.separator == separator
        assert [row.cells for row in rows(found)] == [("x", a, b, str(n)) for a, b, n in table]


def test_the_file_starts_with_a_bom_and_is_ours_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, ["a", "b"], [("ž", None)])
    assert path.read_bytes() == "\ufeffa,b\r\nž,\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_python_reads_it_alike(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, ["n", "text"], [("x", text) for text in HOSTILE])
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row[1].removeprefix("'") for row in list(csv.reader(file))[1:]] == [
            clean(text).removeprefix("'") if clean(text)[:1] != "'" else clean(text) for text in HOSTILE
        ]


def test_columns_of_ours_go_unguarded(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(path, ["at", "text"], [("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z")], ours={"at"})
    assert path.read_text("utf-8-sig").splitlines()[1] == "2026-11-23T10:00:00Z,'2026-11-23T10:00:00Z"


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    with pytest.raises(ExistsError, match="already exists"):
        write(path, ["a"], [])
    assert path.read_text() == "mine"
    write(path, ["a"], [], replace=True)
    assert path.read_text("utf-8-sig") == "a\n"


def test_a_name_taken_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(ExistsError), in_place(path):
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def breaking() -> object:
        yield ("1",)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(tmp_path / "out.csv", ["a"], breaking())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="no folder"):
        write(tmp_path / "no" / "out.csv", ["a"], [])


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write(tmp_path, ["a"], [], replace=True)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy; děkujeme za milou zprávu, už to řešíme"),
        ("cp1253", "Καλημέρα σας, το κουτί έφτασε σπασμένο και θα ήθελα να μάθω τι γίνεται"),
        ("cp1252", "Það er ekki hægt að fá sítrónur í búðinni, því miður er allt búið þessa vikuna"),
    ],
)
def test_old_codes_are_guessed_and_shown(tmp_path: Path, encoding: str, text: str) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(f'name;text\nx;"{text}"\n'.encode(encoding))
    found = inspect_table(path)
    assert not found.certain
    assert {code for code, _ in found.previews} == {"cp1250", "cp1252", "cp1253", "iso8859-7"}
    assert text in dict(found.previews)[encoding]
    assert next(rows(inspect_table(path, encoding=encoding))).cells == ("x", text)


def test_utf16_with_a_mark_is_certain(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes("name\ttext\r\nx\tžluť\r\n".encode("utf-16"))
    found = inspect_table(path)
    assert (found.certain, found.separator) == (True, "\t")
    assert next(rows(found)).cells == ("x", "žluť")


def test_excels_note_of_the_separator_is_heeded(tmp_path: Path) -> None:
    path = tmp_path / "sep.csv"
    path.write_text("sep=;\na,x;b\n1;2\n", encoding="utf-8-sig")
    found = inspect_table(path)
    assert found.header == ("a,x", "b")
    assert next(rows(found)).cells == ("1", "2")


def test_damaged_cells_are_flagged_not_guarded_ones(tmp_path: Path) -> None:
    path = tmp_path / "hurt.csv"
    path.write_text("a,b\n1.23E+19,'1.23E+19\n")
    row = next(rows(inspect_table(path)))
    assert (row.cells, row.damaged, row.line) == (("1.23E+19", "1.23E+19"), frozenset({0}), 2)


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04xlsx", b"\x00\x01\x02"])
def test_what_is_no_table_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(UserError):
        inspect_table(path)


def test_a_quotation_mark_never_closed_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text('a,b\n1,"' + "x" * 17_000_000)
    with pytest.raises(UserError, match="never closed"):
        list(rows(inspect_table(path)))
