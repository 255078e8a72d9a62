"""kill -9 at each step of a run of a keeping rule, or just after: the file is as before, or the next start ends it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from app.base import clock, paths
from app.retention import Rule
from app.safety import backup
from app.store import wayback
from app.workbench import Workbench
from tests.app.saying import account, is_consistent, said
from tests.kill.killing import COMMITTED, KILLS, Killing

WORD = "elderflower"
_WORDS = 12  # how often it is said, a few in each conversation
_STEPS = 14

pytestmark = pytest.mark.slow


def given(folder: Path) -> int:
    """A community in which the word was said long ago, with a backup and a list; the number of its rule."""
    bench = Workbench(paths.profile(folder))
    old = clock.now() - 400 * 86_400
    items = [
        said(str(one), old + one, f"The {WORD} is lost for good, number {one}", thread=str(one % 4), title=f"{WORD}")
        for one in range(_WORDS)
    ]
    items.append(said("b", clock.now() - 10, "Good morning all", who="bela", thread="b"))
    bench.intake.take(account(bench.store), items)
    bench.inbox.done([1, 2, 3, 4])
    with bench.store.write() as conn:
        conn.execute("UPDATE conversation SET done_at = last_at WHERE id < 5")
    number = bench.retention.add(Rule(months=12))
    (folder / "handed.csv").write_text(f"ask\nThe {WORD} is lost for good, number 3\n", encoding="utf-8")
    backup.make(bench.store, bench.profile, wayback.folder_of(bench.profile.file) / "old.rapport")
    bench.close()
    return number


def holds(folder: Path) -> list[str]:
    """The files in which the word stands."""
    word = WORD.encode()
    return sorted(one.name for one in folder.rglob("*") if one.is_file() and word in one.read_bytes())


def after(folder: Path) -> bool:
    """Whether the words are erased once Rapport has started again; fails if that is half so."""
    bench = Workbench(paths.profile(folder))
    bench.do_what_is_due()
    is_consistent(bench.store)
    spoken = sum(WORD in row["text"] for row in bench.store.read.execute("SELECT text FROM message"))
    runs = len(bench.retention.runs())
    due = bench.retention.due()[1]
    bench.close()
    assert (spoken, runs, due) in ((_WORDS, 0, 4), (0, 1, 0))
    if not spoken:
        assert holds(folder) == []
    return not spoken


def test_kills_while_a_rule_runs(tmp_path: Path) -> None:
    chance, begun = random.Random(20261203), tmp_path / "begun"
    number = given(begun)
    assert len(holds(begun)) >= 3
    gone = 0
    for turn in range(KILLS):
        folder = tmp_path / str(turn)
        shutil.copytree(begun, folder)
        later = chance.choice((0.0, chance.uniform(0, 0.03)))
        words = ["tests.kill.keeper", str(folder), str(number)]
        said_so = Killing().run(words, COMMITTED, turn % _STEPS, later)
        erased = after(folder)
        assert erased or ["DONE"] not in said_so
        gone += erased
        if not erased:  # asked for again, it is whole
            bench = Workbench(paths.profile(folder))
            bench.retention.run(bench.retention.trial(bench.retention.get(number)))
            bench.close()
            assert after(folder)
        shutil.rmtree(folder)
    assert 0 < gone < KILLS
