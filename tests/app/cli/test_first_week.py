"""`first-week`: what it shows is what the desk has; it adds by number, and never draws the start line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.cli import arguments
from app.first_week import STEPS
from tests.app.cli.shell import Shell
from tests.app.first_week import mailbox


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A profile with 400 letters."""
    made = Shell(tmp_path / "profile")
    box = mailbox.write(tmp_path / "Marta.mbox", 400, int(time.time()))
    made.run("import", box, "--own", mailbox.OWN)
    return made


def test_it_says_what_programs_expect(shell: Shell) -> None:
    told = shell.told("first-week")
    assert list(told) == ["shown", "steps", "start_line", "teammates", "templates", "traits"]
    assert [step["step"] for step in told["steps"]] == list(STEPS)
    assert told["shown"] is True
    line = told["start_line"]
    assert line["closes"] == line["needs_reply"] + line["waiting"] > 0
    assert line["drawn_at"] is None
    assert told["teammates"][0]["email"] == "jon@sitrona.example"
    assert all(one["times"] >= 3 for one in told["templates"])


def test_people_read_sentences(shell: Shell) -> None:
    said = shell.run("first-week").out
    assert "Start from today: " in said
    assert "The start line is set in the window" in said
    assert "your own domain" in said


def test_it_adds_by_number_and_undo_takes_it_back(shell: Shell) -> None:
    proposed = shell.told("first-week")
    after = shell.told("first-week", "--teammates", "1", "--templates", "2", "1")
    assert {step["step"]: step["state"] for step in after["steps"]}["teammates"] == "done"
    assert [one["email"] for one in shell.told("teammate", "list")] == [proposed["teammates"][0]["email"]]
    names = {one["name"] for one in shell.told("template", "list")}
    assert names >= {one["name"] for one in proposed["templates"][:2]}
    shell.run("undo")
    assert not {one["name"] for one in proposed["templates"][:2]} & {
        one["name"] for one in shell.told("template", "list")
    }


@pytest.mark.parametrize("number", ["0", "99", "x"])
def test_a_number_that_is_not_there_is_named(shell: Shell, number: str) -> None:
    done = shell.run("first-week", "--traits", number)
    assert done.status == 1
    assert f"“{number}” isn't one of the" in done.err + done.out


def test_steps_are_left_out_taken_back_and_the_list_hidden(shell: Shell) -> None:
    assert shell.told("first-week", "--leave-out", "traits", "--hide")["shown"] is False
    told = shell.told("first-week", "--take-back", "traits", "--show")
    assert told["shown"] is True
    assert {step["step"]: step["state"] for step in told["steps"]}["traits"] == "open"


def test_nothing_it_takes_draws_the_line(shell: Shell) -> None:
    every = [["--teammates", "1"], ["--templates", "1"], ["--traits", "1"], ["--leave-out", "line"], ["--hide"],
             ["--take-back", "line"], ["--show"]]  # fmt: skip
    before = shell.told("first-week")["start_line"]["closes"]
    options = set()
    for words in every:
        options.add(words[0])
        shell.run("first-week", *words)
    known = {
        name for action in arguments.parser()._actions if isinstance(action.choices, dict)
        for sub in action.choices["first-week"]._actions for name in sub.option_strings if name.startswith("--")
    }  # fmt: skip
    assert known - {"--help", "--json"} == options
    after = shell.told("first-week")["start_line"]
    assert (after["closes"], after["drawn_at"]) == (before, None)
