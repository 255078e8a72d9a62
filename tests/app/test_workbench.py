"""The workbench: opens a file, hangs desks on itself when they are asked for, lets go of everything."""

from __future__ import annotations

import subprocess
import sys
from functools import cached_property
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.base.paths import Profile
from app.demo import build
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

HOUSE = Path(__file__).parents[2]


def test_an_empty_file_is_a_first_run(profile: Profile) -> None:
    bench = Workbench(profile)
    assert (bench.is_empty, bench.is_demo) == (True, False)
    account(bench.store, mode="live")
    assert (bench.is_empty, bench.is_demo) == (False, False)
    bench.close()


def test_every_desk_can_be_asked_for(profile: Profile) -> None:
    bench = Workbench(profile)
    for name, value in vars(Workbench).items():
        if isinstance(value, cached_property):
            assert getattr(bench, name) is getattr(bench, name)
    bench.close()
    bench.close()


@pytest.mark.slow
def test_opening_loads_neither_qt_nor_what_the_first_page_does_not_need(tmp_path: Path) -> None:
    build(Profile(tmp_path))
    code = (
        "import sys; from pathlib import Path; from app.base.paths import Profile; from app.workbench import Workbench;"
        f"bench = Workbench(Profile(Path({str(tmp_path)!r}))); bench.inbox.counts(); bench.close();"
        "print(*(name for name in ('PySide6', 'sqlite_utils', 'requests', 'keyring', 'pycld2', 'feedparser')"
        " if name in sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_the_card_of_a_member_is_at_hand(profile: Profile) -> None:
    bench = Workbench(profile)
    bench.intake.take(account(bench.store), [said("1", NOW)])
    assert bench.card(1).member.name == "Anna"
    bench.close()


def test_actions_are_listed_newest_first_and_undone_by_number(profile: Profile) -> None:
    bench = Workbench(profile)
    first, second = bench.members.add("Anna"), bench.members.add("Béla")
    done = bench.actions.last(9)
    assert [action.title for action in done] == ["New member: Béla", "New member: Anna"]
    assert bench.actions.undo(done[1].id) == done[1]
    assert bench.members.find() == [second]
    assert [action.title for action in bench.actions.last(9)] == ["New member: Béla"]
    with pytest.raises(UserError, match="already been undone"):
        bench.actions.undo(done[1].id)
    assert first != second
    bench.close()
