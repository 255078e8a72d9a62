"""`join`, `part`, `link` and `unlink`, with what `show` says of them, each in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.cli.shell import Shell
from tests.app.intake.test_joins import FIRST, LAST, MIDDLE, answering, mail


@pytest.fixture
def shell(empty: Shell, tmp_path: Path) -> Shell:
    """A profile with the two halves of a conversation, whose middle is still to come."""
    bring(empty, tmp_path / "inbox.mbox", LAST, FIRST)
    return empty


def bring(shell: Shell, path: Path, *mails: bytes) -> None:
    path.write_bytes(b"".join(b"From - Sat Nov 28 10:00:00 2026\n" + raw + b"\n" for raw in mails))
    shell.told("import", path, "--channel", "Post", "--own", "desk@example.org")


def test_a_late_middle_joins_what_two_files_brought(shell: Shell, tmp_path: Path) -> None:
    bring(shell, tmp_path / "sent.mbox", MIDDLE)
    whole = shell.told("show", "C-1")
    assert [line["text"][:17] for line in whole["lines"]] == [f"Words of letter {at}"[:17] for at in (0, 10, 20)]
    assert whole["joined"] == ["C-2"]
    other = shell.told("show", "C-2")
    assert (other["id"], other["joined_into"]) == ("C-1", "C-1")
    assert shell.run("show", "C-2").out.startswith("C-2 was joined into C-1:\n")
    assert [one["id"] for one in shell.told("list", "--state", "all")] == ["C-1"]
    assert shell.told("check")["faults"] == []


@pytest.mark.slow
def test_joined_and_taken_back(shell: Shell) -> None:
    made = shell.told("join", "C-1", "C-2")
    assert (made["id"], made["joined"], made["people"], made["messages"]) == ("C-1", ["C-2"], ["Anna"], 2)
    assert shell.told("label", "C-2", "+seen")["id"] == "C-1"
    assert shell.run("snooze", "C-2", "tomorrow").out.startswith("C-1 is snoozed until ")
    shell.told("undo")
    shell.told("undo")
    shell.told("undo")
    assert [shell.told("show", name)["messages"] for name in ("C-1", "C-2")] == [1, 1]
    assert shell.told("join", "C-1", "C-1", status=1)["error"] == "Joining takes two conversations."
    assert "C-9" in shell.told("join", "C-1", "C-9", status=1)["error"]


def test_a_letter_is_parted(shell: Shell, tmp_path: Path) -> None:
    bring(shell, tmp_path / "more.mbox", mail(25, answering(0), subject="Something else"))
    lines = shell.told("show", "C-1")["lines"]
    assert [line["subject"] for line in lines] == [None, "Something else"]
    assert "  Subject: Something else" in shell.run("show", "C-1").out.splitlines()
    made = shell.told("part", lines[1]["id"])
    assert (made["title"], made["parted_from"], made["messages"]) == ("Something else", "C-1", 1)
    assert shell.told("show", made["id"])["lines"][0]["subject"] is None
    assert "began this conversation" in shell.told("part", lines[0]["id"], status=1)["error"]


@pytest.mark.slow
def test_linked_ones_show_each_other(shell: Shell) -> None:
    assert shell.told("link", "C-1", "C-2")["links"] == [
        {"id": "C-2", "title": "Plan", "channel": "Post", "why": "linked"}
    ]
    assert [link["id"] for link in shell.told("show", "C-2")["links"]] == ["C-1"]
    assert "Linked: C-1 Plan" in shell.run("show", "C-2").out.splitlines()
    assert "linked already" in shell.told("link", "C-2", "C-1", status=1)["error"]
    assert "itself" in shell.told("link", "C-1", "C-1", status=1)["error"]
    assert shell.told("unlink", "C-2", "C-1")["links"] == []
    shell.told("undo")
    assert [link["id"] for link in shell.told("show", "C-1")["links"]] == ["C-2"]
