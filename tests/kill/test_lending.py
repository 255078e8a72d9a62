"""kill -9 while the desk is lent, taken back, or added to: one of the two has the pen, and work came whole or not."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base import clock
from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.saying import account, is_consistent, said
from tests.kill.killing import COMMITTED, KILLS, Killing

_STEPS = 24  # more than any of the three has

pytestmark = pytest.mark.slow


def given(folder: Path) -> None:
    """A small community."""
    bench = Workbench(Profile(folder))
    now = clock.now()
    asked = [said(str(n), now - 90 + n, f"Question {n}", thread=str(n)) for n in range(4)]
    bench.intake.take(account(bench.store), asked)
    bench.close()


def worked(folder: Path) -> None:
    """What is done in a copy."""
    bench = Workbench(Profile(folder))
    now = clock.now()
    new = [said(f"new{n}", now - 9 + n, f"Newer {n}", who=f"who{n}", thread=f"new{n}") for n in range(3)]
    bench.intake.take(1, new)
    bench.inbox.label([1], ["looked at"])
    bench.members.add("Met there")
    bench.close()


def came(folder: Path) -> bool:
    """Whether the work is in the file; fails if half of it is."""
    bench = Workbench(Profile(folder))
    if bench.lending.lent() is None:  # the check writes, and takes it back
        is_consistent(bench.store)
    counts = tuple(
        bench.store.read.execute(
            "SELECT (SELECT count(*) FROM message WHERE text LIKE 'Newer%'),"
            " (SELECT count(*) FROM member WHERE name = 'Met there'),"
            " (SELECT count(*) FROM action_step WHERE tbl = 'copy')"
        ).fetchone()
    )
    bench.close()
    assert counts in ((0, 0, 0), (3, 1, 1))
    return bool(counts[0])


def killed(deed: str, folder: Path, other: Path, turn: int, chance: random.Random) -> bool:
    """Whether the child said that it was done before it died."""
    later = chance.choice((0.0, chance.uniform(0, 0.03)))
    words = ["tests.kill.lender", deed, str(folder), str(other)]
    return ["DONE"] in Killing().run(words, COMMITTED, turn % _STEPS, later)


def whole_or_not(
    deed: str, begun: Path, other: Path, again: Callable[[Workbench, bool], object], chance: random.Random
) -> None:
    """Kill it at each step: the work is in the file or not, and `again`, told which, makes it whole."""
    times = 0
    for turn in range(KILLS):
        home = begun.with_name(f"home{turn}")
        shutil.copytree(begun, home)
        done = killed(deed, home, other, turn, chance)
        has_come = came(home)
        assert has_come or not done
        bench = Workbench(Profile(home))
        again(bench, has_come)
        bench.close()
        assert came(home)
        times += has_come
        shutil.rmtree(home)
    assert 0 < times < KILLS


def test_kills_while_the_desk_is_lent(tmp_path: Path) -> None:
    chance, begun = random.Random(20261203), tmp_path / "begun"
    given(begun)
    for turn in range(KILLS):
        home, stick = tmp_path / f"home{turn}", tmp_path / f"stick{turn}"
        shutil.copytree(begun, home)
        done = killed("lend", home, stick, turn, chance)
        bench = Workbench(Profile(home))
        lent = bench.lending.lent() is not None
        there = (stick / "community.rapport").exists()
        assert lent or not there  # never two that write
        assert (lent and there) or not done
        if lent and not there:  # the copy was never whole: the pen is taken back
            bench.lending.take_back_alone()
        bench.close()
        if there:
            copy = Workbench(Profile(stick))
            assert copy.lending.on_loan() is not None
            copy.members.add("It has the pen")
            copy.close()


def test_kills_while_it_is_taken_back(tmp_path: Path) -> None:
    chance, begun, stick = random.Random(20261204), tmp_path / "begun", tmp_path / "stick"
    given(begun)
    bench = Workbench(Profile(begun))
    bench.lending.lend(stick, "Katerina")
    bench.close()
    worked(stick)
    copy = Workbench(Profile(stick))
    copy.lending.hand_back()
    copy.close()

    def again(bench: Workbench, is_back: bool) -> None:  # noqa: FBT001  as it is told
        assert (bench.lending.lent() is None) == is_back
        if not is_back:
            bench.lending.take_back(stick)

    whole_or_not("take", begun, stick, again, chance)


def test_kills_while_a_copy_is_added(tmp_path: Path) -> None:
    chance, begun, laptop = random.Random(20261205), tmp_path / "begun", tmp_path / "laptop"
    given(begun)
    shutil.copytree(begun, laptop)
    worked(laptop)

    def again(bench: Workbench, has_come: bool) -> None:  # noqa: FBT001  as it is told
        if not has_come:
            bench.lending.add(laptop / "community.rapport")

    whole_or_not("add", begun, laptop, again, chance)
