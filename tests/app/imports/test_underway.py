"""Imports that broke off: what is told of them, going on, taking back, and when each is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base import paths
from app.base.errors import NotFoundError, UserError
from app.base.locks import FileLock
from app.imports import Options, underway
from app.workbench import Workbench
from tests.app.imports.breaking import CHUNK, ROWS, break_off, said, table

_WHEN = "2026-12-02 20:40"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def bench(folder: Path) -> Iterator[Workbench]:
    """Of before; each test opens the file anew after something broke off."""
    made = Workbench(paths.profile(folder))
    yield made
    made.close()


def _count(bench: Workbench, table_name: str) -> int:
    return int(bench.store.read.execute(f"SELECT count(*) FROM {table_name}").fetchone()[0])


def test_how_far_it_came_is_told(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    assert bench.imports.broken_off() == []
    number = break_off(folder, table(tmp_path))
    assert bench.has_broken_off
    (found,) = bench.imports.broken_off()
    assert (found.batch, found.file, found.path, found.new) == (number, "guests.csv", tmp_path / "guests.csv", CHUNK)
    assert (found.done, found.total, found.in_rows, found.passed) == (CHUNK, ROWS, True, CHUNK)
    assert found.title() == "guests.csv was only partly imported."
    assert found.line(_WHEN) == f"{_WHEN}: the import was cut short after 20 of 50 rows. 20 new members are in."


@pytest.mark.parametrize(("total", "done", "told"), [
    (0, 0, "before the end of the file."), (1000, 412, "after about 41% of the file."),
    (1000, 1000, "after about 99% of the file."),
])  # fmt: skip
def test_how_far_it_came_is_told_where_there_are_no_rows(
    tmp_path: Path, folder: Path, bench: Workbench, total: int, done: int, told: str
) -> None:
    break_off(folder, said(tmp_path))
    (found,) = bench.imports.broken_off()
    other = found._replace(in_rows=False, total=total, done=done, new=0)
    assert other.line(_WHEN) == f"{_WHEN}: the import was cut short {told} Nothing new is in."


def test_it_goes_on_as_it_was_asked_for(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    file = tmp_path / "said.csv"
    lines = [f"2026-03-{one % 27 + 1:02} 10:00,{'Us' if one % 2 else 'Anna'},Word {one}" for one in range(ROWS)]
    file.write_text("\n".join(["when,who,what", *lines, ""]), encoding="utf-8")
    mapping = {"when": "at", "who": "author", "what": "text"}
    number = break_off(folder, file, Options(channel="Tea forum", own=("Us",), mapping=mapping))
    done = bench.imports.go_on(number)
    assert (done.batch_id, done.new, done.known, done.stopped) == (number, ROWS - CHUNK, 0, False)
    rows = bench.store.read.execute(
        "SELECT a.name, m.out, count(*) FROM message m JOIN account a ON a.id = m.account_id GROUP BY 1, 2 ORDER BY 2"
    )
    assert [tuple(row) for row in rows] == [("Tea forum", 0, ROWS // 2), ("Tea forum", 1, ROWS // 2)]
    assert not bench.has_broken_off
    (one,) = bench.imports.listed()
    assert (one.new, one.known, one.finished) == (ROWS, 0, True)


def test_mail_goes_on_where_it_began(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    file = tmp_path / "mails"
    letter = (
        "From a@example.org Sat Mar  2 11:22:33 2024\nFrom: A{0} <a{0}@example.org>\nTo: us@example.org\n"
        "Date: Sat, 2 Mar 2024 11:{0:02}:00 +0000\nMessage-ID: <{0}@example.org>\nSubject: Tea {0}\n\nHello {0}\n\n"
    )
    file.write_text("".join(letter.format(one) for one in range(ROWS)), encoding="utf-8")
    number = break_off(folder, file)
    with bench.store.write() as conn:  # an account that letters go to from now on
        conn.execute("INSERT INTO account (kind, name, mode, created_at) VALUES ('email', 'Desk', 'live', 1)")
    bench.imports.go_on(number)
    rows = bench.store.read.execute(
        "SELECT a.name, count(*) FROM message m JOIN account a ON a.id = m.account_id GROUP BY 1"
    )
    assert [tuple(row) for row in rows] == [("Imported mail", ROWS)]


def test_what_was_changed_meanwhile_comes_in_once(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    file = tmp_path / "names.csv"
    file.write_text("\n".join(["name", *(f"Guest {one}" for one in range(ROWS)), ""]), encoding="utf-8")
    number = break_off(folder, file)
    member = bench.members.find("Guest 3")[0]
    bench.members.edit(member, {"name": "Gyula Kovács", "city": "Győr"})
    bench.imports.go_on(number)
    assert _count(bench, "member") == ROWS
    assert _count(bench, "member WHERE name = 'Guest 3'") == 0


def test_taken_back_what_was_worked_on_stays(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    number = break_off(folder, table(tmp_path))
    member = bench.members.find("Guest 7")[0]
    bench.members.edit(member, {"note": "Likes ginger"})
    undone = bench.actions.take_back_import(number)
    assert undone is not None
    assert "Kept 1 member" in undone.remark
    assert _count(bench, "member") == 1
    assert not bench.has_broken_off
    with pytest.raises(NotFoundError, match="wasn't cut short"):
        bench.imports.go_on(number)


def test_gone_on_one_undo_takes_both_parts_back(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    number = break_off(folder, said(tmp_path))
    bench.imports.go_on(number)
    action = bench.actions.of_import(number)
    assert action is not None
    bench.actions.undo(action.id)
    assert (_count(bench, "message"), _count(bench, "member"), _count(bench, "account")) == (0, 0, 0)


def test_nothing_new_is_taken_back_without_an_undo(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    bench.imports.run(said(tmp_path))
    number = break_off(folder, said(tmp_path))
    assert bench.actions.take_back_import(number) is None
    assert not bench.has_broken_off
    assert _count(bench, "message") == ROWS


def test_a_file_that_is_gone_or_another_is_refused(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    file = said(tmp_path)
    number = break_off(folder, file)
    kept = file.read_bytes()
    file.unlink()
    with pytest.raises(UserError, match=r"^said.csv isn't in .* any more. Put it back there, then go on.$"):
        bench.imports.go_on(number)
    file.write_bytes(kept + b"Blog,2026-04-01 10:00,Anna,Something more\n")
    with pytest.raises(
        UserError, match=r"^said.csv has changed since. Import it as it is now: what's already in isn't"
    ):
        bench.imports.go_on(number)
    assert bench.imports.broken_off()
    bench.imports.run(file)  # as that says
    assert not bench.has_broken_off
    assert _count(bench, "message") == ROWS + 1


def test_one_in_a_folder_that_got_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(b"Subject: A\n\nB\n")
    before = underway.seen(tmp_path)
    (tmp_path / "two.eml").write_bytes(b"")
    os.utime(tmp_path / "two.eml", ns=(1, 1))
    assert underway.seen(tmp_path) != before


def test_one_that_runs_just_now_did_not_break_off(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    number = break_off(folder, table(tmp_path))
    running = FileLock(underway.lock_file(folder, number))
    assert running.take()
    assert bench.imports.broken_off() == []
    with pytest.raises(UserError, match=r"^guests.csv is being imported right now.$"):
        bench.imports.go_on(number)
    assert underway.lock_file(folder, number).exists()
    running.free()
    assert [one.batch for one in bench.imports.broken_off()] == [number]


def test_left_as_it_is(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    number = break_off(folder, table(tmp_path))
    bench.imports.let_be(number)
    assert not bench.has_broken_off
    assert _count(bench, "member") == CHUNK
    assert bench.actions.of_import(number) is not None


def test_an_import_that_ends_leaves_nothing(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    bench.imports.run(table(tmp_path))
    assert not bench.has_broken_off
    assert not list(folder.glob("import-*"))


def test_rows_that_cannot_be_read_are_counted_once(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    file = table(tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[40] = "Nobody,not an address"
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    number = break_off(folder, file)
    bench.imports.go_on(number)
    (one,) = bench.imports.listed()
    assert (one.new, one.known, one.rejected) == (ROWS - 2, 0, 2)


def test_forgotten_with_whom_it_names(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    named = tmp_path / "Guest Kovács 7.csv"
    table(tmp_path).rename(named)
    break_off(folder, named)
    member = bench.members.find("Guest 7")[0]
    bench.members.edit(member, {"name": "Guest Kovács 7"})
    bench.forgetting.forget(member)
    assert not bench.has_broken_off
    assert b"Kov\xc3\xa1cs 7.csv" not in bench.profile.file.read_bytes()


def test_what_a_kill_after_the_last_chunk_left_is_removed(tmp_path: Path, folder: Path, bench: Workbench) -> None:
    over = bench.imports.run(table(tmp_path)).batch_id
    assert over is not None
    left, foreign = underway.lock_file(folder, over), folder / "import-of-mine.lock"
    to_come = underway.lock_file(folder, over + 1)  # of one that has just taken its lock
    for file in (left, foreign, to_come):
        file.touch()
    bench.imports.broken_off()
    assert [file.exists() for file in (left, foreign, to_come)] == [False, True, True]
    left.touch()
    held = FileLock(left)
    assert held.take()
    bench.imports.broken_off()
    assert left.exists()
    held.free()
    bench.imports.run(said(tmp_path))  # the next import removes it, too
    assert not left.exists()
