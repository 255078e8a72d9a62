"""`gift deserve|pass|fairness|effect`."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base import clock
from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path / "mine")
    bench = Workbench(Profile(tmp_path / "mine"))
    today = f"{clock.local(clock.now()).date():%m-%d}"
    for name, more in (("Anna Nagy", {}), ("Bob Bell", {"do_not_gift": 1, "do_not_why": "no room"})):
        bench.members.edit(bench.members.add(name), {"birthday": today, **more})
    bench.gifts.items.add("Birthday card", kind="card", worth=300)
    bench.close()
    return made


def test_who_deserves_one_and_who_is_left_out(shell: Shell) -> None:
    told = shell.told("gift", "deserve")
    (one,) = told["proposed"]
    assert one == {
        "member": {"id": "P-1", "name": "Anna Nagy"},
        "reasons": [
            {"reason": "birthday", "words": "Birthday: today", "at": one["reasons"][0]["at"], "conversation": None,
             "count": 0}
        ],
        "occasion": "birthday",
        "item": {"name": "Birthday card", "worth": {"amount": "3.00", "currency": "EUR"}},
        "gifts": 0, "last_gift": None, "this_year": [],
    }  # fmt: skip
    (out,) = told["left_out"]
    assert (out["member"]["name"], out["why"], out["words"]) == ("Bob Bell", "no-gifts", "asked for no gifts: no room")
    text = shell.run("gift", "deserve").out
    assert "Birthday card" in text
    assert "Left out:" in text


def test_not_now_and_again(shell: Shell) -> None:
    assert shell.told("gift", "pass", "anna", "--until", "2099-01-05", "--why", "later")["until"] == "2099-01-05"
    assert shell.told("gift", "deserve")["proposed"] == []
    assert "not now, until 2099-01-05" in shell.run("gift", "deserve").out
    assert "nobody" in shell.run("gift", "deserve").out.casefold()
    assert shell.told("gift", "pass", "P-1", "--end")["until"] is None
    assert "was not put off" in shell.run("gift", "pass", "P-1", "--end").out
    assert len(shell.told("gift", "deserve")["proposed"]) == 1
    refused = shell.run("gift", "pass", "anna", "--end", "--why", "x")
    assert (refused.status, "Use --end alone" in refused.err) == (1, True)
    assert shell.run("gift", "pass", "anna", "--until", "2001-01-01").status == 1


def test_shares_and_effect_of_few_gifts(shell: Shell) -> None:
    year = clock.local(clock.now()).year
    assert "No gifts in" in shell.run("gift", "fairness").out
    shell.told("gift", "log", "P-1", "Mug", "--worth", "9", "--why", "For it", "--state", "thanked")
    told = shell.told("gift", "fairness")
    assert (told["year"], told["gifts"], told["active"]) == (year, 1, 0)
    assert told["language"] == [{"key": "", "gifts": 1, "active": 0, "far_below": False}]
    assert "1 of 1 gifts" in shell.run("gift", "fairness").out
    told = shell.told("gift", "effect")
    assert (told["enough"], told["given"]["members"], told["least"], told["days"]) == (False, 0, 10, 90)
    assert "Too few to say" in shell.run("gift", "effect").out
    assert shell.run("gift", "effect", "--until", "2099-01-01").status == 1
