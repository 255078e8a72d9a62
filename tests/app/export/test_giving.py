"""What is given to teammates: who gets what, in which form, with which letter, and what an undo takes back."""

from __future__ import annotations

import csv
import io
import json
from itertools import count
from pathlib import Path

import openpyxl
import pytest

from app import given
from app.base import clock, ids
from app.base.errors import UserError
from app.csvfile import ExistsError
from app.export import Options
from app.outbox import files, of_letter
from app.voice import Draft
from app.workbench import Workbench
from tests.app.csvfile.hostile import HOSTILE
from tests.app.csvfile.test_libreoffice import convert

TODAY = clock.local(clock.now()).date().isoformat()


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    """Three teammates; Jón has two hand-offs, Σοφία one, Farkas Dóra none; mail can be sent."""
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, own, fields, created_at) VALUES (1, 'email', 'Mail', ?, ?, 0)",
            ("us@limonade.example", json.dumps({"address": "us@limonade.example", "name": "Jana"})),
        )
    bench.teammates.add("Jón Einarsson", languages=["is", "en"], email="jon@limonade.example")
    bench.teammates.add("Σοφία Δούκα", languages=["el"], email="sofia@limonade.example")
    bench.teammates.add("Farkas Dóra", languages=["hu"])
    bench.handoffs.add(None, 1, "Where is the parcel?")
    bench.handoffs.add(None, 1, "And the invoice?")
    bench.handoffs.add(None, 2, "Ποιος πληρώνει;")
    return bench


def rows(path: Path, separator: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=separator))


def to_send(bench: Workbench) -> set[int]:
    return {row["id"] for row in bench.store.read.execute("SELECT id FROM handoff WHERE exported_at IS NULL")}


def prefer(bench: Workbench, number: int, **values: str) -> None:
    with bench.store.write() as conn:
        for name, value in values.items():
            conn.execute(f"UPDATE teammate SET {name} = ? WHERE id = ?", (value, number))


def test_a_round_has_everybody_with_something_new_and_nobody_else(bench: Workbench) -> None:
    assert [(due.teammate.id, due.rows, due.news) for due in bench.giving.due()] == [
        (1, (1, 2), (1, 2)), (2, (3,), (3,)),
    ]  # fmt: skip
    bench.handoffs.answer(3, "solved", "We do.")
    assert [due.teammate.id for due in bench.giving.due()] == [1]


def test_what_was_given_is_new_again_only_once_what_is_asked_has_changed(bench: Workbench, tmp_path: Path) -> None:
    bench.giving.save_each(tmp_path, [1, 2])
    assert bench.giving.due() == []
    assert [due.rows for due in bench.giving.due(everything=True)] == [(1, 2), (3,)]
    bench.handoffs.answer(2, "seen")
    bench.handoffs.edit(2, {"ticket": "T-1", "ask": "And the invoice?", "needed_by": ""})
    assert bench.giving.due() == []
    bench.handoffs.add_to(2, "And by when?")
    bench.handoffs.edit(3, {"teammate_id": 3})
    assert [(due.teammate.id, due.rows, due.news) for due in bench.giving.due()] == [(3, (3,), (3,)), (1, (1, 2), (2,))]


def test_each_gets_a_file_with_their_rows_named_after_them_in_plain_letters(bench: Workbench, tmp_path: Path) -> None:
    done = bench.giving.save_each(tmp_path, [1, 2])
    assert [written.path.name for written in done] == [f"handoffs-Jon-{TODAY}.csv", f"handoffs-Sofia-{TODAY}.csv"]
    assert [row["ask"] for row in rows(done[0].path)] == ["Where is the parcel?", "And the invoice?"]
    assert [row["ask"] for row in rows(done[1].path)] == ["Ποιος πληρώνει;"]
    assert to_send(bench) == set()


def test_two_of_one_first_name_get_files_of_different_names(bench: Workbench) -> None:
    bench.teammates.add("Jon Olsen")
    bench.handoffs.add(None, 4, "x")
    assert {due.name for due in bench.giving.due()} >= {
        f"handoffs-Jon-Einarsson-{TODAY}.csv", f"handoffs-Jon-Olsen-{TODAY}.csv",
    }  # fmt: skip


def test_a_file_that_is_there_is_never_overwritten_by_a_round(bench: Workbench, tmp_path: Path) -> None:
    taken = tmp_path / f"handoffs-Jon-{TODAY}.csv"
    taken.write_text("mine")
    (written,) = bench.giving.save_each(tmp_path, [1])
    assert written.path.name == f"handoffs-Jon-{TODAY} (2).csv"
    assert taken.read_text() == "mine"
    with pytest.raises(ExistsError):
        bench.giving.save(1, taken)


def test_a_round_is_one_action_and_its_undo_takes_every_mark_back(bench: Workbench, tmp_path: Path) -> None:
    done = bench.giving.save_each(tmp_path, [1, 2])
    assert len(bench.giving.given()) == 2
    undone = bench.actions.undo()
    assert (undone.title, undone.remark) == (
        "Files for Jón Einarsson, Σοφία Δούκα", "The files themselves stay.",
    )  # fmt: skip
    assert bench.giving.given() == []
    assert to_send(bench) == {1, 2, 3}
    assert all(written.path.exists() for written in done)


def test_a_round_that_fails_leaves_no_file_and_no_mark(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="Farkas Dóra"):
        bench.giving.save_each(tmp_path, [1, 3])
    prefer(bench, 2, file_format="xlsx")
    monkeypatch.setattr("app.export.sheet.write", _refuse)
    with pytest.raises(UserError, match="disk"):
        bench.giving.save_each(tmp_path, [1, 2])
    assert list(tmp_path.glob("handoffs-*")) == []
    assert to_send(bench) == {1, 2, 3}
    assert bench.giving.given() == []
    with pytest.raises(UserError, match="no folder"):
        bench.giving.save_each(tmp_path / "none", [1])


def _refuse(*_: object, **__: object) -> int:
    why = "The disk is full."
    raise UserError(why)


def test_columns_separator_and_format_are_those_that_the_teammate_likes(bench: Workbench, tmp_path: Path) -> None:
    prefer(bench, 1, file_columns=json.dumps(["member"]), file_separator=";")
    prefer(bench, 2, file_format="xlsx")
    one, other = bench.giving.save_each(tmp_path, [1, 2])
    assert list(rows(one.path, ";")[0]) == [
        "handoff_id", "rev", "member", "ask", "owner", "status", "answer", "answered_on", "ticket",
    ]  # fmt: skip
    assert other.path.suffix == ".xlsx"
    base = bench.export.base("handoff", 1, 1)
    assert base is not None
    assert base["context"] == ""  # all of the row is kept, not only what its reader wanted to see


def test_an_xlsx_is_a_form_with_text_cells_locked_columns_and_words_to_choose_from(
    bench: Workbench, tmp_path: Path
) -> None:
    for text in HOSTILE:
        if text.strip():
            bench.handoffs.add(None, 2, text)
    prefer(bench, 2, file_format="xlsx")
    (written,) = bench.giving.save_each(tmp_path, [2])
    page = openpyxl.load_workbook(written.path)["Rapport"]
    header = [cell.value for cell in page[1]]
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row} <= {"s", "inlineStr", "n"}
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert {cell.number_format for row in page.iter_rows() for cell in row} == {"@"}
    open_ = {name for name, cell in zip(header, page[2], strict=True) if not cell.protection.locked}
    assert open_ == {"owner", "status", "answer", "answered_on", "ticket"}
    assert (page.protection.sheet, page.protection.password, page.freeze_panes) == (True, None, "B2")
    (offered,) = page.data_validations.dataValidation
    assert offered.formula1 == '"sent,seen,in work,solved,declined"'
    assert str(offered.sqref) == f"O2:O{page.max_row}"
    assert header.index("status") == 14
    assert page.max_row == written.rows + 1 > 90


@pytest.mark.slow
@pytest.mark.servers("soffice")
def test_libreoffice_opens_the_form_and_changes_no_cell(bench: Workbench, tmp_path: Path) -> None:
    for text in HOSTILE:
        if text.strip():
            bench.handoffs.add(None, 2, text)
    prefer(bench, 2, file_format="xlsx")
    (written,) = bench.giving.save_each(tmp_path, [2])
    page = openpyxl.load_workbook(written.path)["Rapport"]
    before = [[str(cell.value or "") for cell in row] for row in page.iter_rows()]
    assert convert(tmp_path, written.path, "fods").read_text("utf-8").count("table:formula=") == 0
    saved = convert(tmp_path, written.path, "csv:Text - txt - csv (StarCalc):44,34,76,1")
    after = list(csv.reader(io.StringIO(saved.read_text("utf-8"), newline="")))
    assert [[cell.replace("\r\n", "\n") for cell in row] for row in after] == before


def test_a_letter_is_drafted_in_the_teammates_language_with_their_file(bench: Workbench) -> None:
    jon, sofia = bench.giving.letters([1, 2])
    assert jon.receivers[0][1:] == ("Jón Einarsson", "jon@limonade.example")
    assert (jon.language, sofia.language) == ("is", "el")
    assert jon.text.startswith("Hæ Jón,")
    shown = [ids.display(ids.HANDOFF, number) for number in (1, 2)]
    assert jon.subject == f"Frá fólkinu okkar: {shown[0]}, {shown[1]}"
    assert "Γεια σας" in sofia.text
    (carried,) = files.contents(bench.store.read, of_letter(jon.id))
    assert carried.name == f"handoffs-Jon-{TODAY}.csv"
    read = list(csv.DictReader(io.StringIO(carried.content.decode("utf-8-sig"))))
    assert [row["ask"] for row in read] == ["Where is the parcel?", "And the invoice?"]
    assert to_send(bench) == set()
    assert {(one.teammate, one.standing) for one in bench.giving.given()} == {
        ("Jón Einarsson", "draft"), ("Σοφία Δούκα", "draft"),
    }  # fmt: skip
    assert bench.actions.undo().title == "Letters with files to Jón Einarsson, Σοφία Δούκα"
    assert (bench.letters.drafts(), to_send(bench), bench.giving.given()) == ([], {1, 2, 3}, [])


def test_without_an_address_or_an_account_there_is_no_letter(bench: Workbench) -> None:
    bench.handoffs.add(None, 3, "Miért?")
    with pytest.raises(UserError, match="no e-mail address for Farkas Dóra"):
        bench.giving.letters([1, 3])
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET state = 'removed'")
    with pytest.raises(UserError, match="sends e-mail"):
        bench.giving.letters([1])
    assert bench.letters.drafts() == []


def test_a_letter_that_is_discarded_gave_nothing(bench: Workbench, tmp_path: Path) -> None:
    bench.giving.save(1, tmp_path / "first.csv")
    at = bench.handoffs.get(1).exported_at
    bench.handoffs.add(None, 1, "One more")
    (draft,) = bench.giving.letters([1])
    bench.letters.delete(draft.id)
    assert to_send(bench) == {3, 4}
    assert bench.handoffs.get(1).exported_at == at  # the first file still tells of it
    assert [one.name for one in bench.giving.given()] == ["first.csv"]
    bench.actions.undo()
    assert [one.standing for one in bench.giving.given()] == ["draft", "saved"]
    assert to_send(bench) == {3}


def test_a_file_and_its_mark_have_one_time(bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticking = count(clock.now())
    monkeypatch.setattr(clock, "now", lambda: next(ticking))  # a second goes by between any two looks at it
    bench.giving.save(1, tmp_path / "first.csv")
    assert bench.giving.given()[0].at == bench.handoffs.get(1).exported_at


def test_a_letter_whose_file_was_taken_off_gives_nothing(bench: Workbench) -> None:
    (draft,) = bench.giving.letters([2])
    (carried,) = bench.files.attached(of_letter(draft.id))
    bench.files.remove(carried.id)
    assert bench.giving.given() == []
    assert 3 in to_send(bench)


def test_the_register_follows_the_letter_into_the_outbox_and_back(bench: Workbench) -> None:
    (draft,) = bench.giving.letters([1])
    sent = bench.voice.clear(Draft(draft.text, draft.language))
    (number,) = bench.letters.submit(sent, bench.letters.get(draft.id))
    (one,) = bench.giving.given(handoff_id=2)
    assert (one.outbox_id, one.standing, one.rows) == (number, "on_its_way", (1, 2))
    assert one.conversation_id is not None
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'sent' WHERE id = ?", (number,))
    assert bench.giving.given()[0].standing == "sent"
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'failed' WHERE id = ?", (number,))
    assert bench.giving.given()[0].standing == "not_sent"
    bench.outbox.discard(number)
    (one,) = bench.giving.given(1)
    assert (one.standing, one.outbox_id) == ("draft", None)
    assert one.letter_draft_id == bench.letters.drafts()[0].id


def test_gifts_and_files_for_everybody_are_in_the_register_too(bench: Workbench, tmp_path: Path) -> None:
    bench.export.file("handoffs", tmp_path / "all.csv")
    bench.export.file("handoffs", Path("-"), Options(out=io.BytesIO(), to=2))
    number = bench.members.add("Eleni")
    bench.gifts.log(number, "Mug", "Thanks", "7.50", state="to_ship")
    bench.export.file("gifts", tmp_path / "gifts.csv")
    assert [(one.kind, one.name, one.teammate, one.standing, one.rows) for one in bench.giving.given()] == [
        ("gifts", "gifts.csv", "", "saved", (1,)),
        ("handoffs", "", "Σοφία Δούκα", "output", (3,)),
        ("handoffs", "all.csv", "", "saved", (1, 2, 3)),
    ]
    assert len(given.files(bench.store.read, "handoffs", row_id=3)) == 2
    (in_rows,) = bench.store.read.execute("SELECT count(*) FROM given_row").fetchone()
    assert in_rows == sum(len(one.rows) for one in bench.giving.given())


def test_a_file_with_nothing_in_it_was_given_to_nobody(bench: Workbench, tmp_path: Path) -> None:
    bench.export.file("handoffs", tmp_path / "none.csv", Options(to=3))
    assert bench.giving.given() == []
