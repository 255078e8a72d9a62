"""`handoff file`, `handoff round` and `handoff given`: hand-offs that go out, and the register of what went."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.cli.shell import HOUSE, Shell


@pytest.fixture
def shell(planted: Path, tmp_path: Path) -> Shell:
    """Commands on a copy of the demo, where nothing of somebody new was given yet."""
    made = Shell(Path(shutil.copytree(planted, tmp_path / "profile")))
    made.told("teammate", "add", "Jón Bergsson", "--email", "jon.b@limonade.example", "--languages", "is")
    made.told("handoff", "add", "C-5", "--to", "Jón Bergsson", "--ask", "Hvað kostar þetta?")
    return made


def test_a_round_goes_into_a_folder_once_and_is_in_the_register(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    due = shell.told("handoff", "round")
    assert "Jón Bergsson" in [one["teammate"] for one in due]
    assert shell.told("handoff", "round", "--limit", "1") == due[:1]
    done = shell.told("handoff", "file", tmp_path / "out", "--each")
    assert [Path(one["file"]).name for one in done] == [one["file"] for one in due]
    assert [one["rows"] for one in done] == [len(one["waiting"]) for one in due]
    assert shell.told("handoff", "round") == []
    assert shell.told("handoff", "file", tmp_path / "out", "--each") == []
    assert len(shell.told("handoff", "round", "--all")) >= len(due)
    listed = shell.told("handoff", "given")
    assert sorted(one["file"] for one in listed[: len(due)]) == sorted(one["file"] for one in due)
    (mine,) = shell.told("handoff", "given", "--to", "Jón Bergsson")
    assert (mine["standing"], mine["teammate"], len(mine["rows"])) == ("saved", "Jón Bergsson", 1)
    assert len(shell.told("handoff", "given", "--limit", "1")) == 1


def test_a_letter_is_drafted_and_nothing_is_sent(shell: Shell) -> None:
    (made,) = shell.told("handoff", "file", "--letter", "--to", "Jón Bergsson")
    assert (made["to"], made["subject"][:10]) == ("jon.b@limonade.example", "Frá fólkin")
    assert shell.told("handoff", "given", "--to", "Jón Bergsson")[0]["standing"] == "draft"
    shell.told("undo")
    assert shell.told("handoff", "given", "--to", "Jón Bergsson") == []


def test_standard_output_has_the_table_alone(shell: Shell) -> None:
    said = shell.run("handoff", "file", "-", "--to", "Jón Bergsson", "--separator", ";")
    (row,) = csv.DictReader(io.StringIO(said.out.lstrip("\ufeff")), delimiter=";")
    assert row["ask"] == "Hvað kostar þetta?"
    assert shell.told("handoff", "given", "--to", "Jón Bergsson")[0]["standing"] == "output"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--each", "--to", "Jón Bergsson"), "Leave one of them out"),
        (("--to", "Jón Bergsson"), "Name a file"),
        (("-", "--each"), "name a folder"),
        (("x.csv", "--letter", "--each"), "leave out the file"),
        (("--letter",), "Say whom"),
        (("/nowhere/at/all", "--each"), "no folder"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(shell: Shell, words: tuple[str, ...], told: str) -> None:
    assert told in shell.told("handoff", "file", *words, status=1)["error"]


def test_whoever_likes_excel_gets_csv_on_standard_output(shell: Shell) -> None:
    shell.told("teammate", "edit", "Jón Bergsson", "--format", "xlsx", "--separator", ";")
    said = shell.run("handoff", "file", "-", "--to", "Jón Bergsson")
    (row,) = csv.DictReader(io.StringIO(said.out.lstrip("\ufeff")), delimiter=";")
    assert row["ask"] == "Hvað kostar þetta?"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="only there a test has a terminal")
def test_an_excel_file_is_never_written_to_a_terminal(shell: Shell) -> None:
    import pty  # noqa: PLC0415  only on POSIX

    ours, theirs = pty.openpty()
    words = [sys.executable, str(HOUSE / "main.py"), "--profile", str(shell.folder), "handoff", "file", "-", "--xlsx"]
    done = subprocess.run(words, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, "A terminal can't show an Excel file" in done.stderr) == (1, True)
