"""Commands where the file can't be written to: those that read work, the others say why not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.paths import Profile
from tests.app.cli.shell import Shell
from tests.disks import Disk


def _fill(disk: Disk) -> None:
    disk.fill()


def _seal(disk: Disk) -> None:
    disk.make_read_only()


@pytest.fixture(params=[_fill, _seal])
def shell(request: pytest.FixtureRequest, disk: Disk, demo_profile: Profile) -> Shell:
    """A shell on the demo community, on a disk that is full or can only be read."""
    shutil.copytree(demo_profile.folder, disk.path / "p")
    hinder: Callable[[Disk], None] = request.param
    hinder(disk)
    return Shell(disk.path / "p")


def test_what_reads_works(shell: Shell, tmp_path: Path) -> None:
    for words in (("list",), ("search", "lemon"), ("member", "list"), ("imports",), ("backups",)):
        said = shell.run(*words)
        assert (said.status, said.err) == (0, ""), words
        assert said.out or words[0] == "imports"
    first = shell.run("list").out.split()[0]
    assert shell.run("show", first).status == 0
    assert shell.run("export", "conversations", tmp_path / "out.csv").status == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").count("\n") > 10


def test_a_backup_elsewhere_and_everything_can_be_taken_away(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("backup", tmp_path / "b.rapport").status == 0
    assert shell.run("export", "everything", tmp_path / "all").status == 0


def test_the_check_says_that_the_file_is_sound_and_why_nothing_can_be_written(shell: Shell) -> None:
    said = shell.run("check")
    assert said.status == 0
    assert "The file is sound" in said.out
    assert "is full" in said.out or "can only be read" in said.out


def test_what_writes_says_why_it_cannot(shell: Shell, tmp_path: Path) -> None:
    first = shell.run("list").out.split()[0]
    (tmp_path / "words").write_text("Hello", encoding="utf-8")
    for words in (("done", first), ("reply", first, "--text-file", tmp_path / "words"), ("backup",)):
        said = shell.run(*words)
        assert said.status == 1, words
        assert f"with {shell.folder}" in said.err
        assert said.err.count("\n") == 1
