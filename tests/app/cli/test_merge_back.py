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
