"""kill -9 at random instants while a file that came back is applied: all of it is written or nothing."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from app.base import paths
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.app.returns.returning import Copy, opened
from tests.kill.killing import KILLS, LINE, Killing
from tests.kill.test_import_kill import is_whole

ROWS = 40

pytestmark = pytest.mark.slow


def given(folder: Path) -> Copy:
    """A community whose hand-offs went out in one file, and that file."""
    bench = Workbench(paths.profile(folder))
    jon = bench.teammates.add("Jón Einarsson")
    for number in range(ROWS):
        bench.handoffs.add(None, jon, f"Question {number}")
    bench.export.file("handoffs", folder / "out.csv")
    bench.close()
    return opened(folder / "out.csv")


def state(folder: Path) -> tuple[int, int, int, int]:
    """How many hand-offs are answered and of how many rows and files it is known, after a check that all is whole."""
    bench = Workbench(paths.profile(folder))
    is_whole(bench.store)
    conn = bench.store.read
    found = (
        int(scalar(conn, "SELECT count(*) FROM handoff WHERE status = 'solved' AND answer <> '' AND rev = 2")),
        int(scalar(conn, "SELECT count(*) FROM returned_row")),
        int(scalar(conn, "SELECT count(*) FROM returned_file")),
        int(scalar(conn, "SELECT count(*) FROM action WHERE title LIKE 'Read back%'")),
    )
    assert scalar(conn, "SELECT count(*) FROM handoff WHERE rev = 2") == found[0]
    bench.close()
    return found


def test_kills_while_a_file_is_applied(tmp_path: Path) -> None:
    chance, begun = random.Random(20261201), tmp_path / "begun"
    copy = given(begun)
    for row in range(ROWS):
        copy.edit(row, status="kész", answer=f"Answer {row}")
    file = copy.save(tmp_path)
    nothing = whole = 0
    for number in range(KILLS):
        folder = tmp_path / str(number)
        shutil.copytree(begun, folder)
        later = chance.choice((0.0, chance.uniform(0, 0.03)))
        words = ["tests.kill.merger", str(folder), str(file)]
        said = Killing().run(words, LINE, chance.randint(0, ROWS + 1), later)
        found = state(folder)
        assert found in ((0, 0, 0, 0), (ROWS, ROWS, 1, 1))
        if ["DONE"] in said:
            assert found[0] == ROWS
        nothing += found[0] == 0
        whole += found[0] == ROWS
        shutil.rmtree(folder)
    assert nothing
    assert nothing + whole == KILLS


def test_what_was_killed_is_applied_whole_by_reading_it_again(tmp_path: Path) -> None:
    copy = given(tmp_path / "home").edit(0, status="done", answer="Yes")
    file = copy.save(tmp_path)
    Killing().run(["tests.kill.merger", str(tmp_path / "home"), str(file)], LINE, 1)
    bench = Workbench(paths.profile(tmp_path / "home"))
    bench.returns.apply(bench.returns.read(file))
    assert bench.handoffs.get(1).answer == "Yes"
    bench.close()
