"""`teammate`: added, changed, listed with what lies with them, thanked, removed and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.teammates import usual_words
from app.handoffs import Load
from tests.app.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path / "mine")
    assert made.run("account", "add", "other", "Meet-ups").status == 0
    return made


def test_a_teammate_from_the_first_day_to_the_last_and_back(shell: Shell) -> None:
    petra = shell.told("teammate", "add", "Petra", "--languages", "Czech,el", "--role", "Press officer")
    assert (petra["languages"], petra["role"], petra["format"]) == (["cs", "el"], "Press officer", "csv")
    jon = shell.told(
        "teammate", "edit", shell.told("teammate", "add", "Jón")["name"], "--away-until", "2099-12-07", "--stand-in",
        "petra", "--columns", "message,context", "--separator", "tab", "--format", "xlsx", "--note", "Mornings",
    )  # fmt: skip
    assert (jon["stand_in"], jon["columns"], jon["separator"]) == ("Petra", ["message", "context"], "\t")
    listed = shell.run("teammate", "list").out
    assert "away until 2099-12-07, Petra stands in" in listed
    assert [one["name"] for one in shell.told("teammate", "list", "--limit", "1")] == ["Jón"]
    assert shell.told("teammate", "thank", "Jón", "The box came in a day")["thanks"] == 1
    shown = shell.told("teammate", "show", "Jón")
    assert [one["words"] for one in shown["thanks"]] == ["The box came in a day"]
    assert shell.told("teammate", "remove", "Jón")["left"] is True
    assert [one["name"] for one in shell.told("teammate", "list")] == ["Petra"]
    assert shell.told("teammate", "bring-back", "Jón")["note"] == "Mornings"
    assert len(shell.told("teammate", "list")) == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("add", "Tom", "--languages", "klingon"), "“klingon” isn't a language that Rapport knows"),
        (("edit", "Petra"), "Say what to change about Petra"),
        (("edit", "Petra", "--columns", "ask"), "“ask” isn't a column that can be left out"),
        (
            ("edit", "Petra", "--away-from", "2099-12-09", "--away-until", "2099-12-01"),
            "is before the first, 2099-12-09",
        ),
        (("bring-back", "Petra"), "Petra hasn't left"),
        (("show", "Nobody"), "There's no teammate “Nobody”"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(shell: Shell, words: tuple[str, ...], why: str) -> None:
    shell.run("teammate", "add", "Petra")
    said = shell.run("teammate", *words)
    assert (said.status, said.out) == (1, "")
    assert why in said.err
    assert len(said.err.splitlines()) == 1


def test_only_an_absence_that_is_not_over_is_shown(shell: Shell) -> None:
    shell.run("teammate", "add", "Petra", "--away-from", "2099-12-01", "--away-until", "2099-12-09")
    assert "away 2099-12-01 to 2099-12-09" in shell.run("teammate", "show", "Petra").out
    shell.run("teammate", "edit", "Petra", "--away-from", "2020-12-01", "--away-until", "2020-12-09")
    assert "away" not in shell.run("teammate", "show", "Petra").out


@pytest.mark.parametrize(
    ("usual", "said"), [(1.0, "1 working day (median"), (2.0, "2 working days"), (1.5, "1.5 working days"), (None, "")]
)
def test_how_long_they_take_is_said_as_one_speaks(usual: float | None, said: str) -> None:
    words = usual_words(Load(usual_days=usual))
    assert words.startswith(said)
    assert bool(words) == bool(said)


def test_two_who_stand_in_for_each_other_are_saved_and_told_when_both_are_away(shell: Shell) -> None:
    shell.run("teammate", "add", "Anna", "--away-until", "2099-12-07")
    shell.run("teammate", "add", "Petra", "--stand-in", "Anna")
    assert "Petra stands in" in shell.run("teammate", "edit", "Anna", "--stand-in", "Petra").out
    said = shell.run("teammate", "edit", "Petra", "--away-until", "2099-12-09").out
    assert "Petra: away until 2099-12-09, with no stand-in today." in said


def test_thanks_are_drafted_as_a_letter_if_one_is_asked_for(demo: Shell) -> None:
    told = demo.told("teammate", "thank", "Jón", "The box came in a day", "--letter")
    assert "The box came in a day" in told["text"]
    assert [one["id"] for one in demo.told("letter", "list") if one["subject"] == "Takk fyrir hjálpina"] == [
        told["letter"]
    ]
    demo.run("undo")
    assert told["letter"] not in [one["id"] for one in demo.told("letter", "list")]
    assert demo.told("teammate", "thank", "Jón", "The box came in a day")["letter"] is None
    demo.told("teammate", "edit", "Jón", "--email", "")
    assert "no e-mail address for Jón" in demo.run("teammate", "thank", "Jón", "Again", "--letter").err
