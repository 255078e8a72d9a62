"""`member pin|rhythm|fits|involvement`, `member list` by how far somebody takes part, and `audience`."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base import clock
from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.cli.shell import Shell
from tests.app.saying import account, said

DAY = 86_400


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path / "mine")
    made.run("account", "add", "other", "Meet-ups")
    now = clock.now()
    bench = Workbench(Profile(tmp_path / "mine"))
    quiet = [said(f"q{week}", now - 7 * week * DAY, who="anna", thread="anna") for week in range(5, 13)]
    back = [said(f"b{week}", now - 7 * week * DAY, who="bela", thread="bela") for week in (1, 9, 10, 11, 12)]
    new = [said("n", now - DAY, who="nora", thread="nora")]
    bench.intake.take(account(bench.store), [*quiet, *back, *new])
    bench.close()
    return made


def names(shell: Shell, *options: str) -> list[str]:
    return [one["name"] for one in shell.told("member", "list", *options)]


def test_members_are_listed_by_how_far_they_take_part(shell: Shell) -> None:
    assert names(shell, "--involvement", "contributor") == ["Anna"]
    assert names(shell, "--involvement", "participant") == ["Bela"]
    assert names(shell, "--quiet") == ["Anna"]
    assert names(shell, "--back") == ["Bela"]
    assert names(shell, "--new") == ["Nora"]
    assert names(shell, "--second") == names(shell, "--due") == names(shell, "--fits") == []
    assert names(shell, "--quiet", "--involvement", "core") == []
    assert names(shell, "no", "--new", "--limit", "1") == ["Nora"]


def test_a_level_is_pinned_and_given_back(shell: Shell) -> None:
    pinned = shell.told("member", "pin", "nora", "core")
    assert (pinned["level"], pinned["pinned"], pinned["days"]) == ("core", True, 1)
    assert names(shell, "--involvement", "core") == ["Nora"]
    assert shell.told("member", "pin", "nora", "none")["level"] == "visitor"
    assert shell.run("member", "pin", "nora", "boss").status == 2


def test_a_rhythm_is_typed_and_says_with_whom_it_is_time(shell: Shell) -> None:
    assert shell.told("member", "rhythm", "anna", "každé 2 týdny")["rhythm_days"] == 14
    assert names(shell, "--due") == ["Anna"]
    assert "In touch every 2 weeks" in shell.run("member", "involvement", "anna").out
    refused = shell.run("member", "rhythm", "anna", "soon")
    assert (refused.status, "isn't a rhythm" in refused.err) == (1, True)
    assert shell.told("member", "rhythm", "anna", "none")["rhythm_days"] is None


def test_the_figures_are_counted_anew_on_request(shell: Shell) -> None:
    told = shell.told("member", "involvement", "--recount")
    assert told == {"levels": {"core": 0, "contributor": 1, "participant": 1, "visitor": 1}, "recounted": 3}
    assert "Contributor" in shell.run("member", "involvement").out


def test_the_audience_is_described_marked_and_counted(shell: Shell) -> None:
    shown = shell.told("audience", "set", "Home brewers", "--criterion", "Brews", "--criterion", "Asks why")
    assert (shown["description"], shown["criteria"], shown["members"]) == ("Home brewers", ["Brews", "Asks why"], 0)
    assert shell.told("member", "fits", "nora", "Brews", "tea")["fits_why"] == "Brews tea"
    assert names(shell, "--fits") == ["Nora"]
    assert shell.told("audience", "show")["members"] == 1
    assert shell.told("member", "fits", "nora", "--no")["fits"] is False
