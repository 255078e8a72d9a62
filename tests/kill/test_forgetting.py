"""kill -9 at each step of forgetting a member, or just after: the file is as before, or the next start ends it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from app.base import paths
from app.safety import backup
from app.store import wayback
from app.workbench import Workbench
from tests.app.saying import NOW, account, is_consistent, said
from tests.kill.killing import COMMITTED, KILLS, Killing

WORD = "elderflower"
_WORDS = 12  # how often it is said, a few in each conversation
_STEPS = 16

pytestmark = pytest.mark.slow


def given(folder: Path) -> int:
    """A community in which Anna says the word, with a backup and a file to be handed out; Anna's number."""
    bench = Workbench(paths.profile(folder))
    items = [
        said(
            str(one), NOW - 900 + one, f"The {WORD} is lost {one}", who="anna", name="Anna Kovács", thread=str(one % 4)
        )
        for one in range(_WORDS)
    ]
    items.append(said("b", NOW - 10, "Good morning all", who="bela", name="Bela Nagy", thread="b"))
    bench.intake.take(account(bench.store), items)
    number = bench.members.find("Anna")[0]
    bench.members.edit(number, {"note": f"likes {WORD}"})
    (folder / "handed.csv").write_text(f"name,ask\nAnna Kovács,{WORD}\n", encoding="utf-8")
    backup.make(bench.store, bench.profile, wayback.folder_of(bench.profile.file) / "old.rapport")
    bench.close()
    return number


def holds(folder: Path) -> list[str]:
    """The files in which the word stands."""
    word = WORD.encode()
    return sorted(one.name for one in folder.rglob("*") if one.is_file() and word in one.read_bytes())


def after(folder: Path) -> bool:
    """Whether the member is forgotten once Rapport has started again; fails if that is half so."""
    bench = Workbench(paths.profile(folder))
    bench.do_what_is_due()
    is_consistent(bench.store)
    spoken = sum(WORD in row["text"] for row in bench.store.read.execute("SELECT text FROM message"))
    there = bool(bench.members.find("Anna"))
    receipts = len(bench.forgetting.receipts())
    bench.close()
    assert (spoken, receipts) == ((_WORDS, 0) if there else (0, 1))
    if not there:
        assert holds(folder) == []
    return not there


def test_kills_while_a_member_is_forgotten(tmp_path: Path) -> None:
    chance, begun = random.Random(20261202), tmp_path / "begun"
    number = given(begun)
    assert holds(begun)
    gone = 0
    for turn in range(KILLS):
        folder = tmp_path / str(turn)
        shutil.copytree(begun, folder)
        later = chance.choice((0.0, chance.uniform(0, 0.03)))
        words = ["tests.kill.forgetter", str(folder), str(number)]
        said_so = Killing().run(words, COMMITTED, turn % _STEPS, later)
        forgotten = after(folder)
        assert forgotten or ["DONE"] not in said_so
        gone += forgotten
        if not forgotten:  # asked for again, it is whole
            bench = Workbench(paths.profile(folder))
            bench.forgetting.forget(number)
            bench.close()
            assert after(folder)
        shutil.rmtree(folder)
    assert 0 < gone < KILLS
