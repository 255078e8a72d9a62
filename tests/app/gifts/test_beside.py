"""A command beside the open workbench: neither goes over the budget unless somebody says yes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.money import Money
from app.base.paths import Profile
from app.gifts import NotYetError
from app.workbench import Workbench

HOUSE = Path(__file__).parents[3]
YEAR = clock.local(clock.now()).year


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path))
    made.members.add("Zsófi Kiss")
    made.gifts.budgets.set(YEAR, "EUR", 1_000)
    yield made
    made.close()


def begin(bench: Workbench, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(HOUSE / "main.py"), "--profile", str(bench.profile.folder), *words, "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=HOUSE)


def told(process: subprocess.Popen[str]) -> tuple[int, Any]:
    out, wrong = process.communicate(timeout=120)
    return process.returncode, json.loads(out or wrong)


def promised(bench: Workbench) -> int:
    return bench.gifts.budgets.of()[0].promised


def test_of_commands_and_a_window_at_once_only_as_many_get_through_as_there_is_money(bench: Workbench) -> None:
    words = ("gift", "log", "P-1", "Mug", "--worth", "3 EUR", "--why", "Kind", "--state", "approved")
    running = [begin(bench, *words) for _ in range(3)]
    through = 0
    while any(process.poll() is None for process in running):
        try:
            bench.gifts.log(1, "Box", "why", Money(300, "EUR"), state="approved")
            through += 1
        except NotYetError:
            pass
    ended = [told(process) for process in running]
    through += sum(status == 0 for status, _ in ended)
    assert (through, promised(bench)) == (3, 900)
    refused = [said["error"] for status, said in ended if status == 1]
    assert all(f"over the {YEAR} budget: only €1 is left. Nothing was changed." in said for said in refused)
    assert all("--over-budget" in said for said in refused)


def test_what_was_shown_is_compared_with_what_is_true_by_then(bench: Workbench) -> None:
    number = bench.gifts.log(1, "Box", "why", Money(700, "EUR"))
    assert bench.gifts.budgets.warning(700, "EUR") == ""  # so it was shown
    words = ("gift", "log", "P-1", "Mug", "--worth", "6 EUR", "--why", "Kind", "--state", "approved")
    assert told(begin(bench, *words))[0] == 0
    with pytest.raises(NotYetError, match="€3 over") as asked:
        bench.gifts.advance(number, seen="idea")
    assert (bench.gifts.get(number).state, promised(bench)) == ("idea", 600)
    status, said = told(begin(bench, *words, "--over-budget"))
    assert (status, said["warning"]) == (0, f"This goes €2 over the {YEAR} budget: only €4 is left.")
    with pytest.raises(NotYetError, match="€9 over"):  # the yes was to 3
        bench.gifts.advance(number, seen="idea", over=str(asked.value))
    assert promised(bench) == 1_200
