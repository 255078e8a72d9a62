"""`merge-back` as a script counts on it."""

from __future__ import annotations

from pathlib import Path

from app.base import ids
from app.base.message import Attached
from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.returns.returning import Copy, letter_of_jon, opened

KEYS = {"applied", "both_changed", "unchanged", "ignored", "rejected"}


def jon(demo: Shell, folder: Path) -> Copy:
    """Jón's file as he opens it."""
    path = folder / "out.csv"
    demo.told("handoff", "file", path, "--to", "Jón")
    return opened(path)


def test_a_dry_run_says_all_and_writes_nothing(demo: Shell, tmp_path: Path) -> None:
    copy = jon(demo, tmp_path).edit(0, status="kész", answer="A futár holnap jön").edit(1, status="Sovled")
    before = demo.told("undo", "--list")
    told = demo.told("merge-back", copy.save(tmp_path), "--dry-run")
    assert told.keys() >= KEYS
    assert [row["id"] for row in told["applied"]] == [copy.cell(0, "handoff_id")]
    assert told["applied"][0]["reason"]
    assert "Sovled" in told["rejected"][0]["reason"]
    assert demo.told("undo", "--list") == before
    assert demo.told("show", copy.cell(0, "handoff_id"))["status"] != "solved"


def test_it_writes_once_and_undo_takes_it_back(demo: Shell, tmp_path: Path) -> None:
    copy = jon(demo, tmp_path).edit(0, status="kész")
    number = copy.cell(0, "handoff_id")
    assert demo.told("merge-back", copy.save(tmp_path))["written"] == 1
    assert demo.told("show", number)["status"] == "solved"
    actions = demo.told("undo", "--list")
    again = demo.told("merge-back", tmp_path / "jon.csv")
    assert (again["written"], again["applied"]) == (0, [])
    assert demo.told("undo", "--list") == actions
    demo.told("undo")
    assert demo.told("show", number)["status"] != "solved"


def test_take_decides_where_both_changed(demo: Shell, tmp_path: Path) -> None:
    copy = jon(demo, tmp_path).edit(0, status="done").edit(1, status="done")
    path = copy.save(tmp_path)
    demo.told("merge-back", path)
    copy.edit(0, status="declined").edit(1, status="declined")
    copy.name = "second.csv"
    path = copy.save(tmp_path)
    told = demo.told("merge-back", path)
    assert (len(told["both_changed"]), told["written"]) == (2, 0)
    assert told["both_changed"][0]["conflicts"][0]["theirs"] == ["declined"]
    assert demo.told("merge-back", path, "--take", "theirs")["written"] == 2
    assert demo.told("show", copy.cell(0, "handoff_id"))["status"] == "declined"


def test_rejected_rows_are_written_where_they_are_asked_for(demo: Shell, tmp_path: Path) -> None:
    copy = jon(demo, tmp_path).edit(0, status="Sovled")
    demo.told("merge-back", copy.save(tmp_path), "--rejected", tmp_path / "again.csv")
    assert opened(tmp_path / "again.csv").header[-1] == "errors"
    said = demo.run("merge-back", tmp_path / "jon.csv", "--rejected", tmp_path / "again.csv")
    assert said.status == 1
    assert "already exists" in said.err


def test_a_wrong_file_is_one_sentence_with_status_1(demo: Shell, tmp_path: Path) -> None:
    demo.told("export", "members", tmp_path / "members.csv")
    said = demo.run("merge-back", tmp_path / "members.csv")
    assert said.status == 1
    assert "members.csv" in said.err
    assert said.out == ""
    assert demo.run("merge-back", tmp_path / "gone.csv").status == 1
    assert demo.run("merge-back", "M-1").status == 1


def test_a_file_is_read_out_of_the_message_that_brought_it(demo: Shell, tmp_path: Path) -> None:
    copy = jon(demo, tmp_path).edit(0, status="kész")
    bench = Workbench(Profile(demo.folder))
    message = letter_of_jon(bench, "Hér er skráin", Attached("jon.csv", "text/csv", copy.content()))
    bench.close()
    told = demo.told("merge-back", ids.display("M", message))
    assert [row["id"] for row in told["applied"]] == [copy.cell(0, "handoff_id")]
    assert demo.told("show", copy.cell(0, "handoff_id"))["status"] == "solved"


def test_a_plain_message_is_taken_as_an_answer(demo: Shell, tmp_path: Path) -> None:
    shown = jon(demo, tmp_path).cell(0, "handoff_id")
    bench = Workbench(Profile(demo.folder))
    message = ids.display("M", letter_of_jon(bench, "Leyst. Kassinn fór í dag.\n\n> Hvar er hann?"))
    bench.close()
    seen = demo.told("take-answer", message, "--dry-run")
    assert shown in seen["handoffs"]
    assert (seen["status"], seen["answer"], seen["taken"]) == ("solved", "Leyst. Kassinn fór í dag.", None)
    said = demo.run("take-answer", message)
    assert said.status == 1
    assert "--handoff" in said.err
    assert demo.told("take-answer", message, "--handoff", shown)["taken"] == shown
    assert demo.told("show", shown)["answer"] == "Leyst. Kassinn fór í dag."
    assert "take-answer" in demo.run("merge-back", message).err


def test_import_says_how_a_file_that_came_back_is_read(demo: Shell, tmp_path: Path) -> None:
    said = demo.run("import", jon(demo, tmp_path).save(tmp_path))
    assert said.status == 1
    assert "merge-back" in said.err


def strange(demo: Shell, folder: Path) -> Copy:
    """Jón's file with titles of his own, its columns the other way round."""
    copy = jon(demo, folder).edit(0, status="kész", answer="Elment ma egy új doboz")
    copy.header = [f"{place}. oszlop" for place in range(len(copy.header), 0, -1)]
    copy.rows = [row[::-1] for row in copy.rows]
    return copy


def test_unknown_columns_are_named_by_map_and_remembered(demo: Shell, tmp_path: Path) -> None:
    shown = jon(demo, tmp_path).cell(0, "handoff_id")
    (tmp_path / "out.csv").unlink()
    copy = strange(demo, tmp_path)
    path = copy.save(tmp_path)
    columns = {cell: title for title, cell in zip(copy.header, copy.rows[0], strict=True) if cell}
    said = demo.run("merge-back", path)
    assert said.status == 1
    assert f"“{columns['kész']}=status”" in said.err
    named = [f"{columns['kész']}=status", f"{columns['Elment ma egy új doboz']}=answer"]
    rev = next(part for part in said.err.split("“") if "=rev”" in part).partition("”")[0]
    told = demo.told("merge-back", path, *(part for one in (*named, rev) for part in ("--map", one)))
    assert [row["id"] for row in told["applied"]] == [shown]
    assert demo.told("show", shown)["answer"] == "Elment ma egy új doboz"
    assert demo.told("merge-back", path)["written"] == 0  # remembered: it is read without --map
    assert "--map" in demo.run("merge-back", path, "--map", "status").err
    assert "no column" in demo.run("merge-back", path, "--map", "Nothing=status").err


def contested(demo: Shell, folder: Path) -> tuple[Copy, Path]:
    """A file of which the first row was answered in another way before."""
    copy = jon(demo, folder).edit(0, status="done")
    demo.told("merge-back", copy.save(folder))
    copy.edit(0, status="declined")
    copy.name = "second.csv"
    return copy, copy.save(folder)


def test_take_says_which_value_was_kept_and_which_was_left(demo: Shell, tmp_path: Path) -> None:
    _copy, path = contested(demo, tmp_path)
    (row,) = demo.told("merge-back", path, "--dry-run")["both_changed"]
    (cell,) = row["conflicts"]
    assert (row["taken"], cell["kept"], cell["left"]) == (None, None, [])
    (row,) = demo.told("merge-back", path, "--dry-run", "--take", "mine")["both_changed"]
    (cell,) = row["conflicts"]
    assert (row["taken"], cell["kept"], cell["left"]) == ("mine", "solved", ["declined"])
    assert "To be kept: Solved; left out: Declined" in demo.run("merge-back", path, "--dry-run", "--take", "mine").out
    assert "Kept: Declined; left out: Solved" in demo.run("merge-back", path, "--take", "theirs").out


def test_two_answers_in_one_file_stay_open_and_it_says_so(demo: Shell, tmp_path: Path) -> None:
    copy, _path = contested(demo, tmp_path)
    copy.rows.append(list(copy.rows[0]))
    copy.edit(-1, status="in work")
    path = copy.save(tmp_path)
    (row,) = demo.told("merge-back", path, "--take", "theirs")["both_changed"]
    assert row["conflicts"][0]["kept"] is None
    assert "Still open: the file says it in two ways" in demo.run("merge-back", path, "--take", "theirs").out


def test_what_was_chosen_in_the_window_counts_unless_one_starts_over(demo: Shell, tmp_path: Path) -> None:
    copy, path = contested(demo, tmp_path)
    number = ids.number("H", copy.cell(0, "handoff_id"))
    bench = Workbench(Profile(demo.folder))
    bench.returns.choose(bench.returns.read(path), number, "status", "declined")
    bench.close()
    (kept,) = demo.told("forms", "list")
    assert "second.csv" in kept["form"]
    told = demo.told("merge-back", path, "--dry-run", "--start-over")
    assert told["both_changed"][0]["conflicts"][0]["kept"] is None
    assert demo.told("merge-back", path)["both_changed"][0]["conflicts"][0]["kept"] == "declined"
    assert demo.told("show", copy.cell(0, "handoff_id"))["status"] == "declined"
    assert demo.told("forms", "list") == []


def test_a_hand_off_that_was_closed_meanwhile_is_told_in_a_line_of_its_own(demo: Shell, tmp_path: Path) -> None:
    copy = jon(demo, tmp_path).edit(0, status="done")
    shown = copy.cell(0, "handoff_id")
    demo.told("handoff", "close", shown, "--why", "It came by itself")
    said = demo.run("merge-back", copy.save(tmp_path), "--dry-run")
    assert "You closed it on" in said.out
